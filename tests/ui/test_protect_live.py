"""The Protect page while it crafts: curves, and the picture that somebody looks at comes first."""

from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fake_steps import FakeSteps
from pue_desktop.engine.events import Metric
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.pages.protect import ProtectPage


def protect_page(window: MainWindow) -> ProtectPage:
    found = window.page("protect")
    assert isinstance(found, ProtectPage)
    return found


def test_loss_errors_and_change_grow(scanned: MainWindow, fake_steps: FakeSteps, qtbot: QtBot) -> None:
    page = protect_page(scanned)
    fake_steps.hold.clear()
    qtbot.mouseClick(scanned.job_bar.run_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(page.plots), timeout=10_000)
    for name, said in (("loss", "loss: 2 at 0"), ("error", "error: 90.0\xa0% at 0"), ("change", "change: 0 at 0")):
        qtbot.waitUntil(lambda name=name, said=said: page.plots[name].accessibleDescription() == said, timeout=5000)
        assert page.plots[name].isVisible()
    fake_steps.hold.set()
    qtbot.waitUntil(lambda: page.plots["change"].accessibleDescription() == "change: 2.9 at 29", timeout=10_000)
    # As it was measured: a mean over neighbours would be wrong at the ends of so few points.
    (line,) = page.plots["change"].lines()
    assert line.y[:3] == (0.0, 0.1, 0.2)


def test_the_picture_looked_at_is_told_to_the_step(
    scanned: MainWindow, fake_steps: FakeSteps, qtbot: QtBot, settled: Any
) -> None:
    page = protect_page(scanned)
    fake_steps.hold.clear()
    qtbot.mouseClick(scanned.job_bar.run_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.compare.choice.count() == 2, timeout=10_000)
    assert fake_steps.stop is not None
    assert fake_steps.stop.looked_at == 0
    page.compare.choice.setFocus()
    qtbot.keyClick(page.compare.choice, Qt.Key.Key_Down)
    assert fake_steps.stop.looked_at == 1
    scanned.controller.cancel()
    settled()
    qtbot.mouseClick(scanned.job_bar.run_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: scanned.controller.step == "craft", timeout=10_000)
    # Another sitting has another `Stop`, and the same picture is looked at.
    qtbot.waitUntil(lambda: fake_steps.stop is not None and fake_steps.stop.looked_at == 1, timeout=5000)
    fake_steps.hold.set()


def test_a_method_without_a_surrogate_has_only_the_change(scanned: MainWindow, qtbot: QtBot) -> None:
    page = protect_page(scanned)
    scanned.go_to("protect")
    scanned.controller.metrics.emit((Metric("craft", "change", 1, 4.0),))
    qtbot.waitUntil(lambda: bool(page.plots), timeout=10_000)
    assert page.plots["change"].isVisible()
    assert not page.plots["loss"].isVisible()
    assert not page.plots["error"].isVisible()
    assert page.plot_words.isVisible()
