"""The Inspect page with real widgets over real runs: which picture is shown, and what is told about it."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from fake_steps import FakeSteps
from inspecting import MARKUP, at, craft, crafted, move, page_of, settle
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.results import PERTURBATION_FILE
from pue_desktop.engine.run import Run
from pue_desktop.ui.inspect_painter import VIEWS
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.pages.inspect import InspectPage


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


def test_a_reopened_run_shows_its_first_picture(inspected: InspectPage, source: Path) -> None:
    facts = {key: value.text() for key, value in inspected.facts.values.items()}
    assert facts["name"].replace("\u200b", "") == "plain/0.png"
    assert facts["kind"].replace("\u200b", "") == "plain"
    assert facts["size"] == "40 × 20 pixels"
    assert facts["largest"] == "8 of 255"
    # One pixel of 800 is 250 blue already, and can only rise by 5.
    assert facts["mean"] == f"{8 - 3 / 2400:.2f} of 255"
    assert facts["psnr"] == "30.1\N{NO-BREAK SPACE}dB"
    assert inspected.survey_words.text() == "All 8 pictures are measured."
    assert not inspected.stale.isVisible()
    assert inspected.canvas.accessibleDescription() == "plain/0.png"


def test_next_previous_and_class(inspected: InspectPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(inspected.next_button, Qt.MouseButton.LeftButton)
    assert inspected.film.current == "plain/1.png"
    inspected.canvas.setFocus()
    qtbot.keyClick(inspected.canvas, Qt.Key.Key_PageDown)
    assert inspected.film.current == "plain/2.png"
    qtbot.mouseClick(inspected.previous_button, Qt.MouseButton.LeftButton)
    settle(inspected, qtbot)
    pair = inspected.canvas.pair
    assert pair is not None
    assert pair.record.id == "plain/1.png"
    inspected.classes.setCurrentIndex(2)
    assert inspected.film.pictures.rowCount() == 4
    assert inspected.film.current == "rough/0.png"
    settle(inspected, qtbot)
    inspected.film.step(-5)
    assert inspected.film.current == "rough/0.png"
    inspected.film.step(5)
    assert inspected.film.current == f"rough/{MARKUP}"


def test_worst_and_typical_are_one_click_away(inspected: InspectPage, qtbot: QtBot) -> None:
    known = {name: found.ssim for name, found in inspected.inspector.measures.items()}
    assert len(known) == 8
    qtbot.mouseClick(inspected.worst_button, Qt.MouseButton.LeftButton)
    settle(inspected, qtbot)
    worst = inspected.film.current
    assert worst is not None
    assert worst.startswith("plain/")
    assert known[worst] == min(known.values())
    qtbot.mouseClick(inspected.typical_button, Qt.MouseButton.LeftButton)
    settle(inspected, qtbot)
    typical = inspected.film.current
    assert typical is not None
    assert known[typical] == sorted(known.values())[4]


def test_a_name_with_markup_is_plain_text(inspected: InspectPage, source: Path, qtbot: QtBot) -> None:
    inspected.film.choose(f"rough/{MARKUP}")
    settle(inspected, qtbot)
    assert inspected.facts.values["name"].text().replace("\u200b", "") == f"rough/{MARKUP}"
    for text in inspected.findChildren(QLabel):
        assert text.textFormat() == Qt.TextFormat.PlainText, text.text()
    index = inspected.film.currentIndex()
    assert "&lt;img src=x&gt; &amp;" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_missing_and_changed_originals_are_told_in_the_page(inspected: InspectPage, source: Path, qtbot: QtBot) -> None:
    (source / "rough" / MARKUP).unlink()
    Image.new("RGB", (40, 20)).save(source / "rough" / "1.png")
    for name, words in ((MARKUP, "vanished since it was scanned"), ("1.png", "changed since it was scanned")):
        inspected.film.choose(f"rough/{name}")
        settle(inspected, qtbot)
        assert inspected.canvas.pair is None
        assert f"rough/{name} {words}" in inspected.canvas.accessibleDescription()
        assert "Scan the folder again" in inspected.canvas.accessibleDescription()
    assert QApplication.activeModalWidget() is None
    inspected.film.choose("rough/0.png")
    settle(inspected, qtbot)
    assert inspected.canvas.pair is not None


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
    inspected: InspectPage, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    craft(Run.open(tmp_path / "run"), Perturbation(np.full((2, 3, 4, 4), -2, np.float32), 8.0))
    window.controller.refresh()
    qtbot.waitUntil(lambda: inspected.facts.values["largest"].text() == "2 of 255", timeout=5000)
    settle(inspected, qtbot)
    move(inspected, at(inspected, 0, 0), qtbot)
    assert inspected.pixel.values["change"].text() == "−2  −2  −2"


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


def test_every_view_is_reached_by_keyboard(inspected: InspectPage, window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    inspected.classes.setFocus()
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
        inspected.look.buttons[view].setFocus()
        qtbot.keyClick(inspected.look.buttons[view], Qt.Key.Key_Space)
        settle(inspected, qtbot)
        assert inspected.canvas.view == view


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
