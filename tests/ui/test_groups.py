"""Groups by look in the window: made off the GUI thread, renamed, mended, accepted as labels that others can use."""

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from pictures import picture
from pue_desktop import cli
from pue_desktop.engine import clusters
from pue_desktop.ui.group_table import GroupModel
from pue_desktop.ui.group_view import GroupView
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.pages.images import ImagesPage

Settled = Callable[[], None]


@pytest.fixture
def hues(tmp_path: Path) -> Path:
    """Seven red, six green, five blue pictures side by side, one file that is none."""
    root = tmp_path / "hues & <b>"
    root.mkdir()
    for label, (name, count) in enumerate((("red", 7), ("green", 6), ("blue", 5))):
        for number in range(count):
            picture(label, number).save(root / f"{number}-{name}.png")
    (root / "broken.png").write_text("no picture")
    return root


@pytest.fixture
def grouped(window: MainWindow, hues: Path, settled: Settled, qtbot: QtBot) -> Iterator[GroupView]:
    """The groups of the flat folder in the real window: three of them."""
    page = window.page("images")
    assert isinstance(page, ImagesPage)
    window.open_path(hues)
    settled()
    page.groups.count.setValue(3)
    qtbot.mouseClick(page.options.groups_button, Qt.MouseButton.LeftButton)
    assert page.stack.currentWidget() is page.groups
    qtbot.waitUntil(lambda: page.groups.ready, timeout=10_000)
    yield page.groups
    page.groups.shutdown()


def hue_of(paths: Any) -> set[str]:
    return {path.split("-")[1] for path in paths}


def test_groups_are_renamed_mended_and_used(
    grouped: GroupView, hues: Path, settled: Settled, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    window = grouped.window()
    assert isinstance(window, MainWindow)
    model = grouped.table.groups
    assert model.names == ("group-1", "group-2", "group-3")
    assert [hue_of(paths) for paths in model.members] == [{"red.png"}, {"green.png"}, {"blue.png"}]
    assert [model.data(model.index(row, 1)) for row in range(3)] == ["7", "6", "5"]
    assert model.setData(model.index(0, 0), " <b>warm</b> ")
    assert model.setData(model.index(1, 0), "cold")
    assert model.setData(model.index(2, 0), "cold")  # one class together
    grouped.table.selectRow(1)
    assert grouped.grid.images.rowCount() == 6
    assert not grouped.move_button.isEnabled()
    grouped.grid.setCurrentIndex(grouped.grid.images.index(0, 0))
    moved = grouped.grid.selected()[0].name
    assert grouped.target.itemText(0) == "<b>warm</b>"
    grouped.target.setCurrentIndex(0)
    grouped.move_button.click()
    assert [len(paths) for paths in model.members] == [8, 5, 5]
    assert moved in model.of(0)
    grouped.use_button.click()
    qtbot.waitUntil(lambda: bool(window.controller.plan.scan.labels))
    settled()
    run = window.controller.run_path
    assert run is not None
    assert window.controller.plan.scan.labels == str(run / "labels.csv")
    page = window.page("images")
    assert isinstance(page, ImagesPage)
    assert page.options.labels_words.text() == "the groups you accepted"
    assert page.totals.text().startswith("18 images in 2 classes")
    assert [(file.path, file.reason) for file in page.left_out.refused.files] == [
        ("broken.png", "it is not an image, or of a format that can't be protected")
    ]
    # The command line makes the same of it.
    assert cli.main(["scan", str(hues), "--labels", str(run / "labels.csv"), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["class_counts"] == [
        {"name": "<b>warm</b>", "train": 6, "hold_out": 2},
        {"name": "cold", "train": 8, "hold_out": 2},
    ]


def test_another_number_is_grouped_without_measuring_again(
    grouped: GroupView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "_measure", None)
    grouped.count.setValue(2)
    qtbot.mouseClick(grouped.again_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: grouped.ready and len(grouped.table.groups.names) == 2, timeout=10_000)
    grouped.count.setValue(19)
    with qtbot.waitSignal(grouped.failed) as told:
        grouped.again_button.click()
    assert "18 images can't be parted into 19 groups" in str(told.args)
    qtbot.waitUntil(lambda: grouped.ready)


def test_keyboard_renames_and_walks(grouped: GroupView, qtbot: QtBot) -> None:
    grouped.table.setFocus()
    grouped.table.setCurrentIndex(grouped.table.groups.index(1, 0))
    qtbot.keyClick(grouped.table, Qt.Key.Key_F2)
    editor = grouped.table.viewport().findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "leaves")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: grouped.table.groups.names[1] == "leaves")
    qtbot.keyClick(grouped.table, Qt.Key.Key_Down)
    assert hue_of(cell.name for cell in map(grouped.grid.images.cell, range(5))) == {"blue.png"}


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "a\u202eb", "a\nb"])
def test_names_that_are_no_labels_are_not_taken(name: str) -> None:
    model = GroupModel()
    model.show_groups(Path(), ["kept"], [["a.png"]])
    assert not model.setData(model.index(0, 0), name)
    assert model.names == ("kept",)


def test_cancel_while_comparing_leaves_all_as_it_was(
    window: MainWindow, hues: Path, settled: Settled, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = window.page("images")
    assert isinstance(page, ImagesPage)
    window.open_path(hues)
    settled()
    held = threading.Event()
    measure = clusters._measure
    monkeypatch.setattr(clusters, "_measure", lambda path: measure(path) if held.wait(10) else None)
    page.options.groups_button.click()
    assert page.groups.progress.isVisible()
    assert not page.groups.use_button.isEnabled()
    assert not page.groups.again_button.isEnabled()
    page.groups.grouper.cancel()
    held.set()
    qtbot.waitUntil(lambda: not page.groups.grouper.busy, timeout=5000)
    qtbot.mouseClick(page.groups.cancel_button, Qt.MouseButton.LeftButton)
    assert page.stack.currentIndex() == 1
    assert page.groups.table.groups.rowCount() == 0
    assert window.controller.plan.scan.labels == ""
