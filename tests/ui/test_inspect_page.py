"""The Inspect page with real widgets over real runs: what is on the screen is what is in the files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from certified_run import plan
from fake_steps import FakeSteps
from pue_desktop.engine import inspection
from pue_desktop.engine.files import pretty_json
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.pipeline import run_step, step_config, step_inputs
from pue_desktop.engine.results import PERTURBATION_FILE, CraftResult
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop
from pue_desktop.ui.inspect_painter import VIEWS
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.pages.inspect import InspectPage

MARKUP = "<img src=x> & <b>co.png"
GREY, CHANGE = 100, 8
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


def page_of(window: MainWindow) -> InspectPage:
    page: Any = window.page("inspect")
    return page


def crafted(run_path: Path, source: Path, perturbation: Perturbation | None = None) -> Run:
    """A run whose patterns add `CHANGE` everywhere, unless others are given."""
    run, chosen = Run.create(run_path, source), plan(run_path.parent / "out")
    with run.locked():
        for _ in run_step(run, "scan", chosen, Stop()):
            pass
        craft(run, perturbation or Perturbation(np.full((2, 3, 4, 4), CHANGE, np.float32), 8.0))
    return run


def craft(run: Run, perturbation: Perturbation) -> None:
    chosen = plan(run.path.parent / "out")
    run.begin("craft", step_config(run, "craft", chosen), step_inputs(run, "craft"))
    (run.path / "craft").mkdir(exist_ok=True)
    perturbation.save(run.path / PERTURBATION_FILE)
    result = run.write("craft/result.json", pretty_json(CraftResult(1, 1, 1, 0.1, 0.1, 8.0)))
    run.finish("craft", [run.path / PERTURBATION_FILE, result], 1.0)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Two classes: grey pictures of 40 × 20, the first with a mark, and pictures full of texture."""
    random = np.random.default_rng(0)
    for number in range(4):
        for name in ("plain", "rough"):
            folder = tmp_path / "source" / name
            folder.mkdir(parents=True, exist_ok=True)
            pixels = np.full((20, 40, 3), GREY, np.uint8)
            if name == "rough":
                pixels = random.integers(0, 256, pixels.shape).astype(np.uint8)
            elif number == 0:
                pixels[9, 15] = (10, 20, 250)
            file = MARKUP if (name, number) == ("rough", 3) else f"{number}.png"
            Image.fromarray(pixels).save(folder / file)
    return tmp_path / "source"


@pytest.fixture
def opened(window: MainWindow, qtbot: QtBot, source: Path, tmp_path: Path) -> InspectPage:
    """The page over a crafted run that was reopened, its first picture shown and measured."""
    crafted(tmp_path / "run", source)
    window.open_path(tmp_path / "run")
    window.go_to("inspect")
    page = page_of(window)
    settle(page, qtbot)
    return page


def settle(page: InspectPage, qtbot: QtBot, *, survey: bool = True) -> None:
    inspector = page.inspector
    qtbot.waitUntil(lambda: page._material is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not inspector.waiting and not page._wait.isActive(), timeout=20_000)
    if survey:
        qtbot.waitUntil(lambda: not inspector.survey.at_work, timeout=20_000)


def color(page: InspectPage, x: float, y: float) -> tuple[int, int, int]:
    """What is on the screen at a share of the canvas."""
    canvas = page.canvas
    image = canvas.grab().toImage()
    found: QColor = image.pixelColor(round(x * (image.width() - 1)), round(y * (image.height() - 1)))
    return found.red(), found.green(), found.blue()


def at(page: InspectPage, x: int, y: int) -> QPointF:
    """Where the middle of a pixel lies in the canvas."""
    return QPointF(*page.canvas.viewport.to_view(x + 0.5, y + 0.5))


def move(page: InspectPage, place: QPointF, qtbot: QtBot) -> None:
    # Moved from elsewhere, so that the second move is not taken for none.
    qtbot.mouseMove(page.canvas, QPoint(1, 1))
    qtbot.mouseMove(page.canvas, place.toPoint())


def wheel(page: InspectPage, place: QPointF, notches: int) -> None:
    canvas = page.canvas
    event = QWheelEvent(
        place,
        QPointF(canvas.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        NO_MODIFIER,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def click(page: InspectPage, view: str, qtbot: QtBot) -> None:
    buttons: dict[str, Any] = dict(page.look.buttons.items())
    qtbot.mouseClick(buttons[view], Qt.MouseButton.LeftButton)
    settle(page, qtbot)


def test_nothing_is_open(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    window.go_to("inspect")
    assert page.stack.currentIndex() == 0
    assert page.empty_words.text() == "No pictures yet. Open a folder of images first."
    qtbot.mouseClick(page.empty_button, Qt.MouseButton.LeftButton)
    assert window.page("images").isVisible()


def test_nothing_is_crafted_then_it_is(
    scanned: MainWindow, fake_steps: FakeSteps, settled: Callable[[], None], qtbot: QtBot
) -> None:
    page = page_of(scanned)
    scanned.go_to("inspect")
    assert "Press “Protect these images”" in page.empty_words.text()
    qtbot.mouseClick(page.empty_button, Qt.MouseButton.LeftButton)
    assert scanned.page("protect").isVisible()
    fake_steps.hold.clear()
    scanned.controller.start(("craft",))
    qtbot.waitUntil(lambda: bool(scanned.series.get("craft", "loss").x), timeout=5000)
    scanned.go_to("inspect")
    assert "is being made" in page.empty_words.text()
    fake_steps.hold.set()
    settled()
    settle(page, qtbot)
    assert page.stack.currentIndex() == 1
    assert page.film.pictures.rowCount() == 20
    assert page.facts.values["largest"].text() == "3 of 255"
    scanned.controller.start(("certify",))
    settled()
    scanned.go_to("inspect")
    assert page.canvas.pair is not None
    assert not page.stale.isVisible()
    scanned.controller.change("craft", steps=77)
    settled()
    assert page.stale.isVisible()


def test_a_reopened_run_shows_its_first_picture(opened: InspectPage, source: Path) -> None:
    facts = {key: value.text() for key, value in opened.facts.values.items()}
    assert facts["name"].replace("\u200b", "") == "plain/0.png"
    assert facts["kind"].replace("\u200b", "") == "plain"
    assert facts["size"] == "40 × 20 pixels"
    assert facts["largest"] == "8 of 255"
    # One pixel of 800 is 250 blue already, and can only rise by 5.
    assert facts["mean"] == f"{8 - 3 / 2400:.2f} of 255"
    assert facts["psnr"] == "30.1\N{NO-BREAK SPACE}dB"
    assert opened.survey_words.text() == "All 8 pictures are measured."
    assert not opened.stale.isVisible()
    assert opened.canvas.accessibleDescription() == "plain/0.png"


def test_the_split_is_dragged(opened: InspectPage, qtbot: QtBot) -> None:
    canvas = opened.canvas
    assert color(opened, 0.3, 0.5) == (GREY,) * 3
    assert color(opened, 0.7, 0.5) == (GREY + CHANGE,) * 3
    middle, y = canvas.width() // 2, canvas.height() // 2
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, NO_MODIFIER, QPoint(middle + 3, y))
    qtbot.mouseMove(canvas, QPoint(round(canvas.width() * 0.8), y))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, NO_MODIFIER, QPoint(round(canvas.width() * 0.8), y))
    assert color(opened, 0.7, 0.5) == (GREY,) * 3
    assert color(opened, 0.9, 0.5) == (GREY + CHANGE,) * 3
    before = canvas.viewport
    for _ in range(20):
        qtbot.keyClick(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert canvas.split == pytest.approx(0.4, abs=0.01)
    assert canvas.viewport == before
    assert color(opened, 0.5, 0.5) == (GREY + CHANGE,) * 3


def test_side_by_side_is_linked(opened: InspectPage, qtbot: QtBot) -> None:
    click(opened, "side", qtbot)
    assert color(opened, 0.25, 0.5) == (GREY,) * 3
    assert color(opened, 0.75, 0.5) == (GREY + CHANGE,) * 3
    canvas = opened.canvas
    pane = canvas.viewport.view[0]
    y = canvas.height() // 2
    before = canvas.viewport.to_picture(80, y)
    wheel(opened, QPointF(canvas.width() - pane + 80, y), 8)
    assert canvas.viewport.to_picture(80, y) == pytest.approx(before)
    assert canvas.viewport.zoom > 20


def test_the_space_bar_blinks(opened: InspectPage, qtbot: QtBot) -> None:
    opened.canvas.setFocus()
    qtbot.keyClick(opened.canvas, Qt.Key.Key_Space)
    assert opened.look.buttons["blink"].isChecked()
    assert not opened.look.buttons["split"].isChecked()
    seen = [color(opened, 0.5, 0.5)]
    for _ in range(2):
        qtbot.keyClick(opened.canvas, Qt.Key.Key_Space)
        seen.append(color(opened, 0.5, 0.5))
    assert seen == [(GREY + CHANGE,) * 3, (GREY,) * 3, (GREY + CHANGE,) * 3]
    qtbot.mouseClick(opened.look.buttons["blink"], Qt.MouseButton.LeftButton)
    assert color(opened, 0.5, 0.5) == (GREY,) * 3


@pytest.mark.parametrize(("gain", "shown"), [(1, 136), (8, 192), (15, 248), (16, 255), (64, 255)])
def test_the_difference_is_enlarged(opened: InspectPage, qtbot: QtBot, gain: int, shown: int) -> None:
    click(opened, "difference", qtbot)
    opened.look.gain.setValue(gain)
    settle(opened, qtbot)
    assert opened.look.gain_text.text() == f"×{gain}"
    assert color(opened, 0.5, 0.5) == (shown,) * 3


def test_the_heat_map_and_single_colours(opened: InspectPage, qtbot: QtBot) -> None:
    click(opened, "heat", qtbot)
    assert color(opened, 0.5, 0.5) == (252, 255, 164)
    opened.look.colour.setCurrentIndex(3)
    settle(opened, qtbot)
    place = at(opened, 15, 9)
    # Blue rose by 5 of 8: colour 159 of 255.
    blue, green, red, _ = inspection.heat_colours()[159].tolist()
    canvas = opened.canvas
    assert color(opened, place.x() / canvas.width(), place.y() / canvas.height()) == (red, green, blue)
    click(opened, "blink", qtbot)
    assert color(opened, place.x() / canvas.width(), place.y() / canvas.height()) == (255, 255, 255)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    settle(opened, qtbot)
    assert color(opened, place.x() / canvas.width(), place.y() / canvas.height()) == (250, 250, 250)


def test_the_lens_shows_both(opened: InspectPage, qtbot: QtBot) -> None:
    click(opened, "lens", qtbot)
    opened.canvas.zoom_to(2.0)
    canvas = opened.canvas
    middle = canvas.width() / 2 - 10
    move(opened, QPointF(middle, canvas.height() / 2), qtbot)
    assert color(opened, (middle - 60) / canvas.width(), 0.5) == (GREY,) * 3
    assert color(opened, (middle + 60) / canvas.width(), 0.5) == (GREY + CHANGE,) * 3


def test_pixels_under_the_pointer_are_those_of_the_file(opened: InspectPage, source: Path, qtbot: QtBot) -> None:
    move(opened, at(opened, 15, 9), qtbot)
    values = {key: value.text() for key, value in opened.pixel.values.items()}
    stored = tuple(int(value) for value in np.asarray(Image.open(source / "plain/0.png"))[9, 15])
    assert stored == (10, 20, 250)
    assert values == {
        "place": "x 15  y 9",
        "original": "10  20  250",
        "protected": "18  28  255",
        "change": "+8  +8  +5",
    }
    for _ in range(2):
        qtbot.keyClick(opened.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert opened.pixel.values["place"].text() == "x 17  y 9"
    assert opened.pixel.values["original"].text() == "100  100  100"
    move(opened, QPointF(opened.canvas.width() / 2, 3), qtbot)
    assert opened.pixel.values["place"].text() == "–"


def test_zoom_stays_at_the_pointer_and_enlarges_sharply(opened: InspectPage, qtbot: QtBot) -> None:
    canvas = opened.canvas
    place = at(opened, 15, 9)
    before = canvas.viewport.to_picture(place.x(), place.y())
    wheel(opened, place, 4)
    assert canvas.viewport.to_picture(place.x(), place.y()) == pytest.approx(before)
    x, y = canvas.viewport.to_view(15, 9)
    size = canvas.viewport.zoom
    assert size > 30
    canvas.split = 1.0
    for inner, outer in ((2, -2), (size - 3, size + 2)):
        row = (y + size / 2) / canvas.height()
        assert color(opened, (x + inner) / canvas.width(), row) == (10, 20, 250)
        assert color(opened, (x + outer) / canvas.width(), row) == (GREY,) * 3


def test_zoom_buttons_keys_and_double_click(opened: InspectPage, qtbot: QtBot) -> None:
    canvas = opened.canvas
    fit = canvas.zoom
    for button, zoom, words in zip(opened.look.zoom_buttons, (fit, 1.0, 2.0), (None, "100", "200"), strict=True):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert canvas.zoom == pytest.approx(zoom)
        if words:
            assert opened.look.zoom_text.text() == f"Zoom {words}\N{NO-BREAK SPACE}%"
    for key, zoom in ((Qt.Key.Key_Plus, 2.5), (Qt.Key.Key_Minus, 2.0), (Qt.Key.Key_1, 1.0), (Qt.Key.Key_0, fit)):
        qtbot.keyClick(canvas, key)
        assert canvas.zoom == pytest.approx(zoom)
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, NO_MODIFIER, QPoint(50, 50))
    assert canvas.zoom == 1.0


def test_dragging_and_arrows_move_the_picture(opened: InspectPage, qtbot: QtBot) -> None:
    canvas = opened.canvas
    canvas.zoom_to(60.0)
    before = canvas.viewport
    start, end = QPoint(100, 100), QPoint(160, 70)
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, NO_MODIFIER, start)
    qtbot.mouseMove(canvas, end)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, NO_MODIFIER, end)
    assert canvas.viewport == before.moved(60, -30)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.viewport == before.moved(60, -30).moved(-before.view[0] / 8, 0)


def test_next_previous_and_class(opened: InspectPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(opened.next_button, Qt.MouseButton.LeftButton)
    assert opened.film.current == "plain/1.png"
    opened.canvas.setFocus()
    qtbot.keyClick(opened.canvas, Qt.Key.Key_PageDown)
    assert opened.film.current == "plain/2.png"
    qtbot.mouseClick(opened.previous_button, Qt.MouseButton.LeftButton)
    settle(opened, qtbot)
    pair = opened.canvas.pair
    assert pair is not None
    assert pair.record.id == "plain/1.png"
    opened.classes.setCurrentIndex(2)
    assert opened.film.pictures.rowCount() == 4
    assert opened.film.current == "rough/0.png"
    settle(opened, qtbot)
    opened.film.step(-5)
    assert opened.film.current == "rough/0.png"
    opened.film.step(5)
    assert opened.film.current == f"rough/{MARKUP}"


def test_worst_and_typical_are_one_click_away(opened: InspectPage, qtbot: QtBot) -> None:
    known = {name: found.ssim for name, found in opened.inspector.measures.items()}
    assert len(known) == 8
    qtbot.mouseClick(opened.worst_button, Qt.MouseButton.LeftButton)
    settle(opened, qtbot)
    worst = opened.film.current
    assert worst is not None
    assert worst.startswith("plain/")
    assert known[worst] == min(known.values())
    qtbot.mouseClick(opened.typical_button, Qt.MouseButton.LeftButton)
    settle(opened, qtbot)
    typical = opened.film.current
    assert typical is not None
    assert known[typical] == sorted(known.values())[4]


def test_a_name_with_markup_is_plain_text(opened: InspectPage, source: Path, qtbot: QtBot) -> None:
    opened.film.choose(f"rough/{MARKUP}")
    settle(opened, qtbot)
    assert opened.facts.values["name"].text().replace("\u200b", "") == f"rough/{MARKUP}"
    for text in opened.findChildren(QLabel):
        assert text.textFormat() == Qt.TextFormat.PlainText, text.text()
    index = opened.film.currentIndex()
    assert "&lt;img src=x&gt; &amp;" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_missing_and_changed_originals_are_told_in_the_page(opened: InspectPage, source: Path, qtbot: QtBot) -> None:
    (source / "rough" / MARKUP).unlink()
    Image.new("RGB", (40, 20)).save(source / "rough" / "1.png")
    for name, words in ((MARKUP, "vanished since it was scanned"), ("1.png", "changed since it was scanned")):
        opened.film.choose(f"rough/{name}")
        settle(opened, qtbot)
        assert opened.canvas.pair is None
        assert f"rough/{name} {words}" in opened.canvas.accessibleDescription()
        assert "Scan the folder again" in opened.canvas.accessibleDescription()
    assert QApplication.activeModalWidget() is None
    opened.film.choose("rough/0.png")
    settle(opened, qtbot)
    assert opened.canvas.pair is not None


def test_patterns_and_spectrum(window: MainWindow, source: Path, tmp_path: Path, qtbot: QtBot) -> None:
    delta = np.zeros((2, 3, 8, 8), np.float32)
    delta[0] = 8
    delta[1, :, ::2] = -4
    crafted(tmp_path / "run", source, Perturbation(delta, 8.0))
    window.open_path(tmp_path / "run")
    window.go_to("inspect")
    page = page_of(window)
    settle(page, qtbot)
    page.tabs.setCurrentIndex(1)
    settle(page, qtbot)
    gallery = page.gallery
    assert [gallery.list.item(row).text() for row in range(gallery.list.count())] == ["plain", "rough"]
    assert gallery.pattern.image.pixelColor(3, 3) == QColor(255, 255, 255)
    assert gallery.facts.text() == "8 × 8 pixels; changes by at most 8 of 255, by 8.00 on average."
    gallery.list.setCurrentRow(1)
    settle(page, qtbot)
    assert gallery.title.text() == "rough"
    assert gallery.pattern.image.pixelColor(0, 0) == QColor(64, 64, 64)
    assert gallery.pattern.image.pixelColor(0, 1) == QColor(128, 128, 128)
    assert "at most 0 of" not in gallery.facts.text()
    # Stripes: as much at zero frequency (4, 4) as at the highest vertical one (4, 0), and nothing elsewhere.
    spectrum = gallery.spectrum.image
    assert spectrum.pixelColor(4, 4) == spectrum.pixelColor(4, 0) == QColor(252, 255, 164)
    assert spectrum.pixelColor(2, 4) == QColor(0, 0, 4)


def test_patterns_of_single_pictures(window: MainWindow, source: Path, tmp_path: Path, qtbot: QtBot) -> None:
    names = [f"plain/{number}.png" for number in range(4)]
    delta = np.stack([np.full((3, 4, 4), number, np.float16) for number in range(4)])
    other = np.full((4, 3, 4, 4), -8, np.float16)
    rows = {name: row for row, name in enumerate([*names, *(f"rough/{n}.png" for n in range(3)), f"rough/{MARKUP}"])}
    crafted(tmp_path / "run", source, Perturbation(np.concatenate([delta, other]), 8.0, rows))
    window.open_path(tmp_path / "run")
    window.go_to("inspect")
    page = page_of(window)
    settle(page, qtbot)
    page.film.choose("plain/2.png")
    settle(page, qtbot)
    assert page.facts.values["largest"].text() == "2 of 255"
    page.classes.setCurrentIndex(2)
    page.tabs.setCurrentIndex(1)
    settle(page, qtbot)
    assert page.gallery.list.count() == 4
    assert page.gallery.list.item(3).text() == f"rough/{MARKUP}"
    assert page.gallery.words.text() == "Every picture has a pattern of its own."


def test_a_damaged_perturbation_is_told(window: MainWindow, source: Path, tmp_path: Path, qtbot: QtBot) -> None:
    run = crafted(tmp_path / "run", source)
    (run.path / PERTURBATION_FILE).write_bytes(b"nothing")
    window.open_path(run.path)
    window.go_to("inspect")
    page = page_of(window)
    qtbot.waitUntil(lambda: "can't be read as a perturbation" in page.empty_words.text(), timeout=5000)
    assert "Craft it again." in page.empty_words.text()
    assert page.stack.currentIndex() == 0


def test_another_crafting_replaces_what_is_shown(
    opened: InspectPage, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    craft(Run.open(tmp_path / "run"), Perturbation(np.full((2, 3, 4, 4), -2, np.float32), 8.0))
    window.controller.refresh()
    qtbot.waitUntil(lambda: opened.facts.values["largest"].text() == "2 of 255", timeout=5000)
    settle(opened, qtbot)
    move(opened, at(opened, 0, 0), qtbot)
    assert opened.pixel.values["change"].text() == "−2  −2  −2"


def test_nothing_is_read_before_the_page_is_shown(
    window: MainWindow, source: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    crafted(tmp_path / "run", source)
    window.open_path(tmp_path / "run")
    qtbot.waitUntil(lambda: window.controller.snapshot is not None, timeout=5000)
    page = page_of(window)
    assert page.inspector.material is None
    assert not page.inspector.waiting
    window.go_to("inspect")
    settle(page, qtbot, survey=False)
    window.go_to("images")
    assert not page.inspector.survey.at_work


def test_every_view_is_reached_by_keyboard(opened: InspectPage, window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    opened.classes.setFocus()
    reached = []
    for _ in range(24):
        focus = QApplication.focusWidget()
        assert focus is not None
        reached.append(focus.accessibleName())
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    for name in ("Next", "Worst", "Split", "Side by side", "Blink", "Lens", "Difference", "Heat map", "Colour"):
        assert name in reached
    for name in ("Fit the whole picture", "Picture", "Pictures"):
        assert name in reached
    for view in VIEWS:
        opened.look.buttons[view].setFocus()
        qtbot.keyClick(opened.look.buttons[view], Qt.Key.Key_Space)
        settle(opened, qtbot)
        assert opened.canvas.view == view


def test_focus_is_seen(opened: InspectPage, window: MainWindow) -> None:
    window.activateWindow()
    opened.classes.setFocus()
    without = opened.canvas.grab().toImage()
    opened.canvas.setFocus()
    assert opened.canvas.grab().toImage() != without
