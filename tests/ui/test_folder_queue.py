"""Several folders dropped at once: asked once, protected one after the other, each in a run of its own."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from fake_steps import FakeSteps
from pictures import folder
from pue_desktop.engine import library
from pue_desktop.engine.run import State
from pue_desktop.ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform, about any dialog


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """Three folders, the second without images."""
    found = [folder(tmp_path / name, images=4) for name in ("cats", "<b>dogs", "birds")]
    for picture in found[1].rglob("*.png"):
        picture.unlink()
    return found


def drop(window: MainWindow, paths: list[Path], role: QMessageBox.ButtonRole) -> str:
    """Drops paths, answers the question with the button of that role, and returns what was asked."""
    asked: list[str] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(f"{box.text()}\n{box.informativeText()}")
        next(button for button in box.buttons() if box.buttonRole(button) == role).click()

    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)
    QTimer.singleShot(0, press)
    QApplication.processEvents()
    return asked[0]


def states(window: MainWindow) -> dict[str, State]:
    """How far the attackers are in every run, by the name of its images."""
    entries = library.entries(library.known_runs(window.controller.runs_folder))
    return {one.source.name: one.states["stress"] for one in entries if one.source is not None}


def test_each_gets_a_run_and_one_that_fails_keeps_nobody_waiting(
    window: MainWindow, fake_steps: FakeSteps, folders: list[Path], qtbot: QtBot
) -> None:
    window.controller.change("craft", epsilon_255=16.0)
    asked = drop(window, folders, QMessageBox.ButtonRole.DestructiveRole)
    assert "Protect 3 folders" in asked
    assert "pue, strong (16 of 255), draft" in asked
    assert folders[1].name in asked
    assert window.queue_bar.isVisible()
    assert window.queue_bar.text.text().startswith("Folder 1 of 3: cats. Still to come: ")
    assert window.queue_bar.text.textFormat() is Qt.TextFormat.PlainText
    qtbot.waitUntil(lambda: not window.queue.folders and not window.controller.refreshing, timeout=30_000)
    assert states(window) == {"cats": State.DONE, folders[1].name: State.MISSING, "birds": State.DONE}
    entries = library.entries(library.known_runs(window.controller.runs_folder))
    assert {one.settings for one in entries if one.images} == {"pue, strong (16 of 255), draft"}
    message = window.messages.messages[0]
    assert message.text == "2 of 3 folders are protected."
    assert message.hint.startswith(f"{folders[1].name}: ")
    assert not window.queue_bar.isVisible()
    assert message.on_action is not None
    message.on_action()
    assert window.pages[window.sidebar.currentRow()].name == "runs"


def test_no_means_no(window: MainWindow, folders: list[Path]) -> None:
    drop(window, folders, QMessageBox.ButtonRole.RejectRole)
    assert not window.queue.folders
    assert not window.controller.busy
    assert not window.controller.runs_folder.exists()


def test_stopping_leaves_the_others_out(
    window: MainWindow, fake_steps: FakeSteps, folders: list[Path], qtbot: QtBot, settled: Any
) -> None:
    fake_steps.hold.clear()
    drop(window, [folders[0], folders[2]], QMessageBox.ButtonRole.DestructiveRole)
    qtbot.waitUntil(lambda: bool(window.series.get("craft", "loss").x), timeout=10_000)
    window.controller.cancel()
    settled()
    assert states(window) == {"cats": State.MISSING}
    message = window.messages.messages[0]
    assert message.text == "0 of 2 folders are protected."
    assert "cats, birds" in message.hint


def test_the_rest_can_be_left_out(window: MainWindow, fake_steps: FakeSteps, folders: list[Path], qtbot: QtBot) -> None:
    fake_steps.hold.clear()
    drop(window, [folders[0], folders[2]], QMessageBox.ButtonRole.DestructiveRole)
    qtbot.waitUntil(lambda: bool(window.series.get("craft", "loss").x), timeout=10_000)
    qtbot.mouseClick(window.queue_bar.skip_button, Qt.MouseButton.LeftButton)
    assert window.queue_bar.text.text() == "Folder 1 of 1: cats."
    assert not window.queue_bar.skip_button.isVisible()
    fake_steps.hold.set()
    qtbot.waitUntil(lambda: not window.queue.folders and not window.controller.refreshing, timeout=30_000)
    assert states(window) == {"cats": State.DONE}


def test_a_folder_that_is_gone_is_told(
    window: MainWindow, fake_steps: FakeSteps, folders: list[Path], qtbot: QtBot
) -> None:
    gone = folders[0].with_name("gone")
    window.queue.start([gone, folders[2]])
    qtbot.waitUntil(lambda: not window.queue.folders and not window.controller.refreshing, timeout=30_000)
    assert states(window) == {"birds": State.DONE}
    assert "gone is not a folder" in window.messages.messages[0].hint


def test_closing_ends_the_queue(window: MainWindow, fake_steps: FakeSteps, folders: list[Path], qtbot: QtBot) -> None:
    window.queue.start([folders[0], folders[2]])
    # The moment between two folders, when nothing works.
    window.controller.ended.connect(lambda _outcome, steps: steps != ("scan",) and window.close())
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=30_000)
    qtbot.wait(50)
    assert states(window) == {"cats": State.DONE}
