"""Several folders chosen from the menu: with the keyboard alone, and while a queue is at work."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from fake_steps import FakeSteps
from pictures import folder
from pue_desktop.ui.folder_dialog import FolderDialog
from pue_desktop.ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform, about any dialog


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    return [folder(tmp_path / "many" / name, images=4) for name in ("birds", "cats", "<b>dogs")]


def opened(window: MainWindow, qtbot: QtBot) -> FolderDialog:
    """Opens the dialog as somebody without a mouse does."""
    window.activateWindow()
    window.queue_bar.add_action.trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), FolderDialog), timeout=5000)
    found = QApplication.activeModalWidget()
    assert isinstance(found, FolderDialog)
    return found


def answer(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(path or ""))


def test_it_is_in_the_menu_with_a_key(window: MainWindow) -> None:
    menu = window.menuBar().actions()[0].menu()
    assert window.queue_bar.add_action in menu.actions()  # type: ignore[attr-defined]
    assert window.queue_bar.add_action.shortcut().toString() == "Ctrl+Shift+F"


def test_folders_are_chosen_removed_and_protected(
    window: MainWindow, fake_steps: FakeSteps, folders: list[Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(window, qtbot)
    assert not dialog.go_button.isEnabled()
    (folders[0].parent / ".hidden").mkdir()
    (folders[0].parent / "notes.txt").write_text("")
    answer(monkeypatch, None)
    qtbot.mouseClick(dialog.add_button, Qt.MouseButton.LeftButton)
    assert dialog.folders == []
    answer(monkeypatch, folders[0].parent)
    qtbot.mouseClick(dialog.inside_button, Qt.MouseButton.LeftButton)
    assert dialog.folders == sorted(folders)
    answer(monkeypatch, folders[0])
    qtbot.mouseClick(dialog.add_button, Qt.MouseButton.LeftButton)
    assert len(dialog.folders) == 3
    texts = [dialog.list.item(row).text() for row in range(3)]
    assert texts[0].endswith(folders[2].name)
    dialog.list.setFocus()
    dialog.list.setCurrentRow(0)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Delete)
    assert dialog.folders == [folders[0], folders[1]]
    qtbot.keyClick(dialog.go_button, Qt.Key.Key_Space)
    assert window.queue.folders == [folders[0], folders[1]]
    qtbot.waitUntil(lambda: not window.queue.folders and not window.controller.refreshing, timeout=30_000)
    assert window.messages.messages[0].text == "2 of 2 folders are protected."


def test_more_join_a_queue_at_work_and_nothing_joins_another_job(
    window: MainWindow, fake_steps: FakeSteps, folders: list[Path], qtbot: QtBot, settled: Any
) -> None:
    fake_steps.hold.clear()
    window.controller.change("craft", epsilon_255=16.0)
    window.queue.start([folders[0]])
    qtbot.waitUntil(lambda: bool(window.series.get("craft", "loss").x), timeout=10_000)
    assert window.queue_bar.add_action.isEnabled()
    dialog = opened(window, qtbot)
    assert dialog.go_button.text() == "Add to the &queue"
    dialog.add([folders[1], folders[0]])
    qtbot.mouseClick(dialog.go_button, Qt.MouseButton.LeftButton)
    assert window.queue.folders == [folders[0], folders[1]]
    assert window.queue_bar.text.text() == "Folder 1 of 2: birds. Still to come: cats."
    fake_steps.hold.set()
    qtbot.waitUntil(lambda: not window.queue.folders and not window.controller.refreshing, timeout=30_000)
    assert window.controller.plan.craft.epsilon_255 == 16.0
    fake_steps.hold.clear()
    window.open_path(folders[2])
    settled()
    window.controller.start(("craft",))
    assert not window.queue_bar.add_action.isEnabled()
    window.controller.cancel()
    settled()
    assert window.queue_bar.add_action.isEnabled()
