"""A photograph of 24 megapixels: the work is done elsewhere, and what is painted is what is seen."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QObject, QPoint, QPointF, QThread
from pytestqt.qtbot import QtBot

from pue_desktop.engine import inspection
from pue_desktop.engine.files import sha256_file
from pue_desktop.engine.image_files import Picture
from pue_desktop.engine.inspection import Layer, make_pair
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.results import (
    PERTURBATION_FILE,
    CraftResult,
    DatasetIndex,
    ExportedImage,
    ExportResult,
    ImageRecord,
    IndexHeader,
)
from pue_desktop.engine.run import State
from pue_desktop.ui.inspect_canvas import InspectCanvas
from pue_desktop.ui.screen_images import ScreenImages
from pue_desktop.ui.viewport import Viewport
from pue_desktop.workers import inspector as inspectors
from pue_desktop.workers.inspector import Inspector, Material, Wish
from pue_desktop.workers.snapshot import RunSnapshot

SIZE = (6000, 4000)


@pytest.fixture(scope="module")
def photograph() -> inspection.Pair:
    """A ramp from left to right that was made lighter by 8, the last column aside."""
    row = np.linspace(0, 200, SIZE[0]).astype(np.uint8)
    before = np.broadcast_to(row[None, :, None], (SIZE[1], SIZE[0], 3))
    after = before + np.uint8(8)
    after[:, -1] = before[:, -1]
    record = ImageRecord("a/0.png", 0, "train", "", *SIZE, "RGB", "PNG", 1)
    return make_pair(record, *(Picture(pixels, "RGB", None, "PNG", "RGB") for pixels in (before, after)))


@pytest.fixture
def canvas(qtbot: QtBot, photograph: inspection.Pair) -> InspectCanvas:
    made = InspectCanvas()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    made.show_pair(photograph)
    return made


@pytest.fixture
def inspector(qtbot: QtBot) -> Iterator[Inspector]:
    made = Inspector()
    yield made
    made.shutdown()


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform, about a bare widget
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("zoom", [0.05, 0.1333, 0.3, 0.5, 1.0, 8.0, 64.0])
def test_painting_touches_little_more_than_what_is_seen(photograph: inspection.Pair, zoom: float, scale: float) -> None:
    images = ScreenImages()
    images.show(photograph)
    viewport = Viewport(SIZE, (800, 600)).at_zoom(zoom, 400, 300)
    blits = images.plan(viewport, Layer("protected"), scale)
    touched = sum((right - left) * (bottom - top) for left, top, right, bottom in (blit.box for blit in blits))
    # Twice as fine as the screen at most, and a pixel more at each edge.
    assert 0 < touched <= (2 * 800 * scale + 2) * (2 * 600 * scale + 2)
    (blit,) = blits
    left, top, right, bottom = blit.box
    size = 2**blit.level
    seen = viewport.to_picture(0, 0), viewport.to_picture(800, 600)
    assert (left - seen[0][0] / size > -1, top - seen[0][1] / size > -1) == (True, True)
    assert (right - seen[1][0] / size < 1, bottom - seen[1][1] / size < 1) == (True, True)


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_the_screen_shows_the_file_at_any_zoom(canvas: InspectCanvas) -> None:
    for zoom in (0.0, 0.3, 1.0, 16.0):
        if zoom:
            canvas.zoom_to(zoom)
        for share in (0.1, 0.9):
            place = QPointF(round(canvas.width() * share) + 0.5, canvas.height() / 2 + 0.5)
            column, row = (int(value) for value in canvas.viewport.to_picture(place.x(), place.y()))
            assert canvas.pair is not None
            before, after = canvas.pair.values(column, row)
            expected = before if share < 0.5 else after
            shown = canvas.grab().toImage().pixelColor(int(place.x()), int(place.y()))
            assert abs(shown.red() - expected[0]) <= 1


class Listener(QObject):
    """Notes wishes, and answers none."""

    def __init__(self) -> None:
        super().__init__()
        self.wishes: list[Wish] = []


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_one_wish_at_a_time_and_never_more_than_is_seen_with_a_margin(canvas: InspectCanvas) -> None:
    listener = Listener()
    canvas.needed.connect(listener.wishes.append)
    canvas.show_view("difference")
    for gain in range(2, 30):
        canvas.set_look(channel=None, gain=gain, top=8.0)
        canvas.zoom_to(canvas.zoom * 1.1)
    assert len(listener.wishes) == 1
    canvas.take(inspectors._render(listener.wishes[0]))
    assert len(listener.wishes) == 2
    wish = listener.wishes[1]
    assert wish.layers == (Layer("difference", None, 29, 8.0),)
    left, top, right, bottom = wish.box
    assert (right - left) * (bottom - top) <= (2 * 800 * 1.25 + 2) * (2 * 600 * 1.25 + 2)
    canvas.take(inspectors._render(wish))
    assert len(listener.wishes) == 2
    middle = canvas.grab().toImage().pixelColor(400, 300)
    assert (middle.red(), middle.blue()) == (255, 255)


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_while_something_finer_is_made_the_overview_is_moved_along(canvas: InspectCanvas) -> None:
    listener = Listener()
    canvas.needed.connect(listener.wishes.append)
    canvas.show_view("difference")
    canvas.take(inspectors._render(listener.wishes.pop()))
    canvas.zoom_to(1.0, QPointF(0, 300))
    assert len(listener.wishes) == 1
    shown = canvas.grab().toImage().pixelColor(400, 300)
    assert (shown.red(), shown.green()) == (192, 192)


def crafted(tmp_path: Path, count: int, size: tuple[int, int]) -> RunSnapshot:
    folder = tmp_path / "source" / "a"
    folder.mkdir(parents=True)
    records = []
    for number in range(count):
        file = folder / f"{number}.png"
        Image.new("RGB", size, (number, 0, 0)).save(file, compress_level=1)
        records.append(ImageRecord(f"a/{number}.png", 0, "train", sha256_file(file), *size, "RGB", "PNG", 1))
    (tmp_path / "run" / "craft").mkdir(parents=True)
    Perturbation(np.ones((1, 3, 4, 4), np.float32), 8.0).save(tmp_path / "run" / PERTURBATION_FILE)
    index = DatasetIndex(IndexHeader(1, str(tmp_path / "source"), ("a",), False), tuple(records), ())
    result = CraftResult(1, 1, 1, None, None, 1.0)
    return RunSnapshot(tmp_path / "run", tmp_path / "source", index=index, craft=result)


def test_all_work_is_done_off_the_gui_thread(
    inspector: Inspector, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: dict[str, list[QThread]] = {}
    for name in ("open_pictures", "make_pair", "measure", "render", "ranked", "pattern_pixels", "spectrum"):
        work = getattr(inspection, name)

        def noted(*arguments: Any, _name: str = name, _work: Any = work) -> Any:
            threads.setdefault(_name, []).append(QThread.currentThread())
            return _work(*arguments)

        monkeypatch.setattr(inspection, name, noted)
    shown: list[inspection.Pair] = []
    inspector.shown.connect(shown.append)
    inspector.pattern_made.connect(lambda _made: None)
    with qtbot.waitSignal(inspector.opened, timeout=20_000):
        inspector.open(crafted(tmp_path, 1, (1200, 800)))
    with qtbot.waitSignal(inspector.measured, timeout=60_000):
        inspector.look_at("a/0.png")
    (pair,) = shown
    assert pair.size == (1200, 800)
    with qtbot.waitSignal(inspector.rendered, timeout=20_000):
        inspector.render(Wish(pair, (Layer("heat"),), 1, (0, 0, 600, 400)))
    with qtbot.waitSignal(inspector.found, timeout=20_000):
        inspector.find("worst", ["a/0.png"])
    with qtbot.waitSignal(inspector.patterns_found, timeout=20_000) as found:
        inspector.find_patterns(())
    with qtbot.waitSignal(inspector.pattern_made, timeout=20_000):
        inspector.show_pattern(found.args[0][0][0])
    assert len(threads) == 7
    for name, seen in threads.items():
        assert QThread.currentThread() not in seen, name


def test_a_few_pictures_are_kept(
    inspector: Inspector, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with qtbot.waitSignal(inspector.opened, timeout=20_000):
        inspector.open(crafted(tmp_path, 12, (40, 30)))
    names = [f"a/{number}.png" for number in range(12)]
    for name in names:
        with qtbot.waitSignal(inspector.shown, timeout=20_000):
            inspector.look_at(name)
    assert inspector.kept() == names[-inspectors.MOST_PAIRS :]
    monkeypatch.setattr(inspectors, "MOST_BYTES", 3 * 2 * 40 * 30 * 4)
    with qtbot.waitSignal(inspector.shown, timeout=20_000):
        inspector.look_at("a/0.png")
    assert inspector.kept() == ["a/10.png", "a/11.png", "a/0.png"]
    monkeypatch.setattr(inspectors, "MOST_BYTES", 1)
    with qtbot.waitSignal(inspector.shown, timeout=20_000):
        inspector.look_at("a/1.png")
    assert inspector.kept() == ["a/1.png"]


def test_the_latest_wish_wins(inspector: Inspector, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(inspector.opened, timeout=20_000):
        inspector.open(crafted(tmp_path, 6, (40, 30)))
    shown: list[str] = []
    inspector.shown.connect(lambda pair: shown.append(pair.record.id))
    for number in range(6):
        inspector.look_at(f"a/{number}.png")
    qtbot.waitUntil(lambda: not inspector.waiting, timeout=20_000)
    assert shown == ["a/5.png"]


def test_what_the_export_measured_is_known(inspector: Inspector, tmp_path: Path, qtbot: QtBot) -> None:
    before = crafted(tmp_path, 2, (40, 30))
    inspector.survey.set_wanted(False)
    with qtbot.waitSignal(inspector.opened, timeout=20_000):
        inspector.open(before)
    assert inspector.measures == {}
    file = ExportedImage("a/1.png", "images/a/1.png", "", "", "", "train", 1.0, 48.0, 0.97)
    result = ExportResult("out", (file,), (), 0, 1.0, 48.0, "")
    with qtbot.waitSignal(inspector.opened, timeout=20_000) as opened:
        inspector.open(replace(before, export=result, states={"export": State.DONE}))
    material: Material = opened.args[0]
    assert material is inspector.material
    assert inspector.measures["a/1.png"].ssim == 0.97
    with qtbot.waitSignal(inspector.measured, timeout=20_000):
        inspector.survey.set_wanted(True)
    assert inspector.measures["a/0.png"].mean_abs_delta_255 == 1.0
    assert inspector.measures["a/1.png"].mean_abs_delta_255 is None
    with qtbot.waitSignal(inspector.measured, timeout=20_000):
        inspector.look_at("a/1.png")
    assert inspector.measures["a/1.png"].mean_abs_delta_255 == 1.0
    qtbot.waitUntil(lambda: not inspector.survey.at_work, timeout=20_000)


def test_the_pointer_is_told_on_a_large_picture(canvas: InspectCanvas, qtbot: QtBot) -> None:
    told: list[object] = []
    canvas.probed.connect(told.append)
    qtbot.mouseMove(canvas, QPoint(10, 10))
    canvas.zoom_to(1.0, QPointF(799, 300))
    qtbot.mouseMove(canvas, QPoint(700, 300))
    assert told[-1] == canvas.viewport.pixel_at(700, 300)
