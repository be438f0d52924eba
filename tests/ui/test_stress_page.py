"""The Stress test page in all its states: nothing yet, running, paused, stopped, failed, done, reopened."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fake_steps import FakeSteps
from pue_desktop import app, settings
from pue_desktop.engine.errors import StorageError
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.pages.stress import StressPage
from pue_desktop.ui.stress_matrix import shade

NAMES = ("vgg", "small-bn")
CHANGES = ("none", "grey")


def stress_page(window: MainWindow) -> StressPage:
    found = window.page("stress")
    assert isinstance(found, StressPage)
    return found


@pytest.fixture
def crafted(scanned: MainWindow, settled: Callable[[], None]) -> MainWindow:
    """The window with protected images, two attackers and two countermeasures chosen, and the page in sight."""
    scanned.controller.change("stress", attackers=NAMES, countermeasures=CHANGES)
    scanned.controller.start(("craft",))
    settled()
    scanned.go_to("stress")
    return scanned


def texts(page: StressPage) -> dict[str, list[str]]:
    """The matrix as it is read: rows by their headers, cells by column."""
    matrix = page.matrix
    found = {}
    for row in range(matrix.rowCount()):
        header = matrix.verticalHeaderItem(row)
        assert header is not None
        items = [matrix.item(row, column) for column in range(matrix.columnCount())]
        found[header.text()] = [item.text().replace("\xa0", " ") for item in items if item is not None]
    return found


def attackers(page: StressPage) -> list[str]:
    items = [page.matrix.horizontalHeaderItem(column) for column in range(page.matrix.columnCount())]
    return [item.text() for item in items if item is not None]


def hold(window: MainWindow, fake_steps: FakeSteps, qtbot: QtBot, *, before: int) -> StressPage:
    """Lets attackers work until the one after `before` others is half-way."""
    page = stress_page(window)
    fake_steps.attack_hold.clear()
    fake_steps.attacks_before_hold = before
    qtbot.mouseClick(page.start_button, Qt.MouseButton.LeftButton)

    def waits() -> bool:
        board = page.board
        cell = board.at_work if board is not None else None
        return cell is not None and cell.share == pytest.approx(2 / 3) and board.ended == before  # type: ignore[union-attr]

    qtbot.waitUntil(waits, timeout=10_000)
    return page


def test_without_protected_images_there_is_nothing_to_try(window: MainWindow, scanned: MainWindow) -> None:
    scanned.go_to("stress")
    page = stress_page(scanned)
    assert not page.start_button.isEnabled()
    assert "First protect the images" in page.why_not.text()
    assert page.why_not.isVisible()
    assert page.state.text() == "No attacker has been tried yet."
    assert texts(page) == {"crop-flip": ["not tried yet"]}
    assert not page.meaning_box.isVisible()
    assert not page.save_button.isVisible()


def test_the_empty_window_says_how_to_begin(window: MainWindow) -> None:
    window.go_to("stress")
    assert stress_page(window).state.text().startswith("Open a folder of images")


def test_it_fills_while_attackers_learn_and_a_cell_shows_its_curve(
    crafted: MainWindow, fake_steps: FakeSteps, qtbot: QtBot
) -> None:
    page = hold(crafted, fake_steps, qtbot, before=3)
    assert crafted.sidebar.badge([one.name for one in crafted.pages].index("stress")) == "Working…"
    assert page.state.text() == "Attackers are learning: 3 of 8 trainings are done."
    assert not page.start_button.isEnabled()
    assert not page.choices.isEnabled()
    # The second countermeasure reached more: it comes first, though its comparison is not finished.
    filled = {
        "grey": ["65.0 % so far: a little\nlearning… 67 %, 1 of 2 trainings done", "not tried yet"],
        "none": ["55.0 %: hardly anything\noriginals 96.0 %", "not tried yet"],
    }
    qtbot.waitUntil(lambda: texts(page) == filled, timeout=10_000)
    assert page.matrix.chosen == ("vgg", "grey")
    assert "is vgg with grey" in page.meaning.text()
    assert "best that any of them got from the originals so far is 96.0\xa0%" in page.meaning.text()
    qtbot.waitUntil(lambda: page.plot is not None, timeout=10_000)
    assert page.plot is not None
    said = page.plot.accessibleDescription()
    assert "from the originals: 96.0\xa0% after epoch 2" in said
    assert "from protected images: 62.0\xa0% after epoch 3, 65.0\xa0% at best" in said
    assert "guessing: 50.0\xa0%" in said
    page.matrix.setFocus()
    qtbot.keyClick(page.matrix, Qt.Key.Key_Down)
    assert page.matrix.chosen == ("vgg", "none")
    assert page.plot.accessibleDescription().startswith(
        "from the originals: 95.0\xa0% after epoch 3, 96.0\xa0% at best"
    )
    fake_steps.attack_hold.set()
    qtbot.waitUntil(lambda: page.state.text().startswith("All 8 trainings"), timeout=10_000)
    assert not page.start_button.isEnabled()
    assert not crafted.messages.messages
    # The chosen cell stays, though others came above it.
    assert page.matrix.chosen == ("vgg", "none")


def test_pause_is_told(crafted: MainWindow, fake_steps: FakeSteps, qtbot: QtBot) -> None:
    page = hold(crafted, fake_steps, qtbot, before=0)
    qtbot.mouseClick(crafted.job_bar.pause_button, Qt.MouseButton.LeftButton)
    assert page.state.text() == "Paused. 0 of 8 trainings are done."
    assert texts(page)["none"][0] == "paused at 67 %\n0 of 2 trainings done"
    qtbot.mouseClick(crafted.job_bar.resume_button, Qt.MouseButton.LeftButton)
    assert texts(page)["none"][0].startswith("learning… 67 %")


def test_what_was_reached_outlives_stopping_and_opening_again(
    crafted: MainWindow, fake_steps: FakeSteps, qtbot: QtBot, settled: Any, no_doctor: None
) -> None:
    page = hold(crafted, fake_steps, qtbot, before=2)
    qtbot.mouseClick(crafted.job_bar.cancel_button, Qt.MouseButton.LeftButton)
    settled()
    expected = "Stopped half-way. 2 of 8 trainings are done and kept; “Try these attackers” goes on from there."
    assert page.state.text() == expected
    assert texts(page)["none"] == ["55.0 %: hardly anything\noriginals 96.0 %", "not tried yet"]
    assert page.start_button.isEnabled()
    path = crafted.controller.run_path
    assert path is not None
    other = app.compose(settings.Store(settings.default_path()))
    qtbot.addWidget(other)
    other.show()
    other.open_path(path)
    other.go_to("stress")
    again = stress_page(other)
    qtbot.waitUntil(lambda: again.state.text() == expected, timeout=10_000)
    assert texts(again)["none"] == ["55.0 %: hardly anything\noriginals 96.0 %", "not tried yet"]
    assert again.meaning_box.isVisible()
    assert again.plot is not None
    assert "from protected images: 52.0\xa0% after epoch 3" in again.plot.accessibleDescription()
    fake_steps.attack_hold.set()
    qtbot.mouseClick(again.start_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: again.state.text().startswith("All 8"), timeout=10_000)
    qtbot.waitUntil(lambda: not other.controller.busy, timeout=10_000)
    other.close()


def test_done_it_says_what_it_means_the_most_dangerous_first(
    crafted: MainWindow, qtbot: QtBot, settled: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = stress_page(crafted)
    qtbot.mouseClick(page.start_button, Qt.MouseButton.LeftButton)
    settled()
    qtbot.waitUntil(lambda: page.state.text().startswith("All 8 trainings are done."), timeout=10_000)
    assert attackers(page) == ["small-bn", "vgg"]
    assert texts(page) == {
        "grey": ["85.0 %: nearly all\noriginals 96.0 %", "65.0 %: a little\noriginals 96.0 %"],
        "none": ["75.0 %: much\noriginals 96.0 %", "55.0 %: hardly anything\noriginals 96.0 %"],
    }
    assert "The most dangerous attack tried is small-bn with grey" in page.meaning.text()
    assert "recognises 85.0\xa0% of clean ones" in page.meaning.text()
    assert "does next to nothing" in page.meaning.text()
    assert (
        page.scale.text()
        .replace("\xa0", " ")
        .endswith("between guessing (50.0 %) and the best from the originals (96.0 %):")
    )
    assert "ended 2,000 times the largest certified radius from it" in page.measured.text()
    assert "get 62.5\xa0% of 4 others right; the curve is at 50.5\xa0%." in page.measured.text()
    assert not page.start_button.isEnabled()
    page.tabs.setCurrentIndex(1)
    assert page.table.rowCount() == 4
    first = page.table.item(0, 3)
    assert first is not None
    assert first.text() == "85.0\xa0%"
    path = tmp_path / "curve.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), "CSV (*.csv)"))
    qtbot.mouseClick(page.save_button, Qt.MouseButton.LeftButton)
    assert "from protected images,2.0,85.0" in path.read_text("utf-8-sig")


def test_several_trainings_make_an_interval(crafted: MainWindow, qtbot: QtBot, settled: Any) -> None:
    crafted.controller.change("stress", attackers=("vgg",), countermeasures=("none",), seeds=2)
    settled()
    page = stress_page(crafted)
    qtbot.mouseClick(page.start_button, Qt.MouseButton.LeftButton)
    settled()
    # 55 and 57 %: their mean, and 12.706 (Student's t, one degree of freedom) times one point.
    qtbot.waitUntil(
        lambda: texts(page) == {"none": ["56.0 % ± 12.7: hardly anything\noriginals 96.0 % ± 0.0"]}, timeout=5000
    )
    assert "Means of 2 trainings" in page.cell.text()


def test_an_error_keeps_what_was_reached(
    crafted: MainWindow, fake_steps: FakeSteps, qtbot: QtBot, settled: Any
) -> None:
    fake_steps.stress_error = StorageError("The disk is full.")
    page = stress_page(crafted)
    qtbot.mouseClick(page.start_button, Qt.MouseButton.LeftButton)
    settled()
    qtbot.waitUntil(lambda: page.state.text().startswith("It stopped because of an error. 8 of 8"), timeout=10_000)
    assert crafted.messages.messages[0].text == "The disk is full."
    assert texts(page)["none"][1] == "55.0 %: hardly anything\noriginals 96.0 %"


def test_other_settings_keep_what_still_holds(crafted: MainWindow, qtbot: QtBot, settled: Any) -> None:
    page = stress_page(crafted)
    qtbot.mouseClick(page.start_button, Qt.MouseButton.LeftButton)
    settled()
    page.form.field("countermeasures").boxes["blur"].click()  # type: ignore[attr-defined]
    settled()
    qtbot.waitUntil(lambda: page.state.text().startswith("8 of 12 trainings hold"), timeout=10_000)
    assert texts(page)["blur"] == ["not tried yet", "not tried yet"]
    crafted.controller.change("stress", learning_rate=0.01)
    settled()
    qtbot.waitUntil(lambda: page.state.text().startswith("Made with earlier settings"), timeout=10_000)
    assert set(texts(page)) == set(CHANGES)
    assert page.start_button.isEnabled()
    assert not page.why_not.isVisible()
    crafted.controller.change("stress", learning_rate=0.05)
    crafted.controller.change("craft", epsilon_255=4.0)
    settled()
    qtbot.waitUntil(page.why_not.isVisible, timeout=5000)
    assert page.why_not.text().startswith("The protection has other settings now.")
    assert page.state.text().startswith("Made with earlier settings")
    assert not page.start_button.isEnabled()


def test_attackers_who_learn_nothing_from_the_originals_show_nothing(
    crafted: MainWindow, fake_steps: FakeSteps, qtbot: QtBot, settled: Any
) -> None:
    fake_steps.originals = [0.5, 0.52, 0.51]
    crafted.controller.change("stress", attackers=("vgg",), countermeasures=("none",))
    page = stress_page(crafted)
    qtbot.mouseClick(page.start_button, Qt.MouseButton.LeftButton)
    settled()
    qtbot.waitUntil(lambda: "says nothing about the protection" in page.meaning.text(), timeout=10_000)
    assert texts(page)["none"][0].startswith("55.0 %: shows nothing")


def test_presets_and_time(crafted: MainWindow, qtbot: QtBot, settled: Any) -> None:
    page = stress_page(crafted)
    assert page.time.text().startswith("How long these attackers take is measured")
    speeds = {f"{name}@32": {"train": 10.0, "evaluate": 30.0} for name in ("vgg", "small-bn", "small")}
    page.desk.machine.take_speeds({"speeds": {"cpu": speeds}})
    # 320 epochs of 16 images to learn from and 4 held out, for two attackers, two countermeasures and both arms.
    assert pytest.approx(4437, abs=1) == 8 * 320 * (16 / 10 + 4 / 30)
    assert page.time.text().startswith("These attackers take about 1 h 14 min on this machine. Quick: about 18 min;")
    qtbot.mouseClick(page.start_button, Qt.MouseButton.LeftButton)
    settled()
    qtbot.waitUntil(lambda: "all of it is done" in page.time.text(), timeout=10_000)
    qtbot.mouseClick(page.presets.buttons["quick"], Qt.MouseButton.LeftButton)
    assert crafted.controller.plan.stress.attackers == ("vgg",)
    assert crafted.controller.plan.stress.countermeasures == ("crop-flip",)
    snapshot = crafted.controller.snapshot
    settled()
    assert snapshot is not None
    qtbot.waitUntil(lambda: texts(page) == {"crop-flip": ["not tried yet"]}, timeout=10_000)


@pytest.mark.parametrize(("text", "ground"), [("#000000", "#ffffff"), ("#f0f0f0", "#1e1e1e")])
def test_text_in_every_colour_is_readable(text: str, ground: str) -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor(ground))

    def luminance(color: QColor) -> float:
        parts = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (color.redF(), color.greenF(), color.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    for level in range(4):
        low, high = sorted((luminance(QColor(text)), luminance(shade(level, palette))))
        assert (high + 0.05) / (low + 0.05) >= 4.5, level
