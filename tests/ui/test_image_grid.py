"""The grid of thumbnails and its cache: a hundred thousand rows cost what is in view."""

from collections.abc import Sequence
from pathlib import Path
from typing import overload

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from pue_desktop.ui.image_grid import PATH_ROLE, Cell, ImageGrid
from pue_desktop.ui.thumbnails import Thumbnails

ROWS = 100_000


class Counted(Sequence[Cell]):
    """A hundred thousand images that exist only when somebody asks for one."""

    def __init__(self) -> None:
        self.asked: set[int] = set()

    def __len__(self) -> int:
        return ROWS

    @overload
    def __getitem__(self, place: int) -> Cell: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Cell]: ...
    def __getitem__(self, place: int | slice) -> Cell | Sequence[Cell]:
        assert isinstance(place, int)
        self.asked.add(place)
        return Cell(Path(f"/nowhere/{place}.png"), f"kind/{place}.png", "kind")


class Loader:
    """Stands for the decoder: a square of one colour for any path, and a record of what was asked for."""

    def __init__(self) -> None:
        self.paths: list[Path] = []

    def __call__(self, path: Path, side: int) -> QImage:
        self.paths.append(path)
        image = QImage(side, side, QImage.Format.Format_RGB32)
        image.fill(0x336699)
        return image


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform, about a bare widget
def test_only_what_is_in_view_is_touched(qtbot: QtBot) -> None:
    loader = Loader()
    thumbnails = Thumbnails(load=loader)
    grid = ImageGrid("Pictures", thumbnails)
    qtbot.addWidget(grid)
    grid.resize(620, 500)
    cells = Counted()
    grid.images.show_cells(cells)
    grid.show()
    assert grid.images.rowCount() == ROWS
    columns = grid.viewport().width() // grid.gridSize().width()
    in_view = columns * (grid.viewport().height() // grid.gridSize().height() + 2)
    assert 10 < in_view < 60
    qtbot.waitUntil(lambda: len(loader.paths) >= 10)
    qtbot.wait(300)
    assert cells.asked <= set(range(in_view))
    assert len(loader.paths) <= in_view
    assert len(set(loader.paths)) == len(loader.paths), "nothing is decoded twice"
    grid.scrollToBottom()
    qtbot.waitUntil(lambda: Path(f"/nowhere/{ROWS - 1}.png") in loader.paths)
    qtbot.wait(300)
    assert len(cells.asked) <= 3 * in_view
    pixel = grid.grab().toImage().pixelColor(grid.visualRect(grid.images.index(ROWS - 1, 0)).center())
    assert pixel.getRgb()[:3] == (0x33, 0x66, 0x99)
    thumbnails.shutdown()


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_keyboard_walks_selects_and_reads_aloud(qtbot: QtBot) -> None:
    thumbnails = Thumbnails(load=Loader())
    grid = ImageGrid("Pictures", thumbnails)
    qtbot.addWidget(grid)
    grid.resize(620, 500)
    grid.images.show_cells(Counted())
    grid.show()
    grid.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(grid, key)
    columns = grid.viewport().width() // grid.gridSize().width()
    assert grid.currentIndex().row() in {columns + 1, columns + 2}
    qtbot.keyClick(grid, Qt.Key.Key_End)
    assert grid.currentIndex().row() == ROWS - 1
    qtbot.keyClick(grid, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert [cell.name for cell in grid.selected()] == ["kind/99998.png", "kind/99999.png"]
    assert grid.accessibleName() == "Pictures"
    assert grid.images.data(grid.currentIndex(), Qt.ItemDataRole.AccessibleTextRole) == "kind/99998.png, kind"
    grid.selectionModel().select(grid.images.index(5, 0), QItemSelectionModel.SelectionFlag.Select)
    assert grid.selected()[0].path == Path("/nowhere/5.png")
    thumbnails.shutdown()


def test_names_with_markup_stay_text(qtbot: QtBot) -> None:
    thumbnails = Thumbnails(load=Loader())
    grid = ImageGrid("Pictures", thumbnails)
    qtbot.addWidget(grid)
    grid.images.show_cells([Cell(Path("/x"), "a/<img src=x> & \u202ey\n.png", "<b>kind</b>")])
    index = grid.images.index(0, 0)
    assert grid.images.data(index) == "<img src=x> & \\u202ey\\n.png"
    assert grid.images.data(index, Qt.ItemDataRole.ToolTipRole) == (
        "<p>a/&lt;img src=x&gt; &amp; \\u202ey\\n.png, &lt;b&gt;kind&lt;/b&gt;</p>"
    )
    assert grid.images.data(index, PATH_ROLE) == Path("/x")
    thumbnails.shutdown()


def test_the_cache_is_bounded_and_keeps_what_was_seen_last(qtbot: QtBot) -> None:
    loader = Loader()
    one = 10 * 10 * 4 + 1024
    thumbnails = Thumbnails(side=10, most_bytes=3 * one, load=loader)
    paths = [Path(f"/{name}") for name in "abcd"]
    for path in paths[:3]:
        with qtbot.waitSignal(thumbnails.decoded):
            assert thumbnails.get(path) is None
    assert thumbnails.bytes_kept == 3 * one
    assert thumbnails.get(paths[0]) is not None  # seen again: b is the oldest now
    with qtbot.waitSignal(thumbnails.decoded):
        thumbnails.get(paths[3])
    assert thumbnails.bytes_kept == 3 * one
    assert [thumbnails.get(path) is not None for path in (paths[0], paths[2], paths[3])] == [True] * 3
    with qtbot.waitSignal(thumbnails.decoded):
        assert thumbnails.get(paths[1]) is None
    thumbnails.shutdown()


def test_what_is_asked_for_last_comes_first_and_a_broken_file_blocks_nothing(qtbot: QtBot) -> None:
    asked: list[str] = []

    def load(path: Path, _side: int) -> QImage:
        asked.append(path.name)
        return QImage() if path.name == "broken" else QImage(4, 4, QImage.Format.Format_RGB32)

    thumbnails = Thumbnails(load=load)
    for name in ("broken", "1", "2", "3", "4"):
        thumbnails.get(Path(f"/{name}"))
    qtbot.waitUntil(lambda: all(thumbnails.get(Path(f"/{name}")) for name in "1234"))
    assert asked[2:] == ["4", "3", "2"]
    broken = thumbnails.get(Path("/broken"))
    assert broken is not None
    assert broken.isNull()
    thumbnails.shutdown()
