"""Somebody who has read nothing drops a folder: how many clicks until protected images lie beside a certificate?"""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pictures import real_photographs
from pue_desktop.engine import plans
from pue_desktop.engine.run import State
from pue_desktop.engine.verify import verify
from pue_desktop.ui.main_window import MainWindow
from tiny import tiny_plan

MOST_CLICKS = 6


class Clicks(QObject):
    """Counts what the mouse does in any widget of the program."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.count = 0
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
        self.count += isinstance(watched, QWidget) and pressed
        return False


def drop(window: MainWindow, folder: Path) -> None:
    """Sends what a file manager sends."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, data, buttons, keys))


def button(window: MainWindow, text: str) -> QPushButton:
    """Returns the button with that text; only one that could be clicked, on top of everything else."""
    found = [
        one
        for one in window.findChildren(QPushButton)
        if one.text().replace("&", "") == text and one.isVisible() and one.isEnabled()
    ]
    reached = [one for one in found if window.childAt(one.mapTo(window, one.rect().center())) is one]
    assert reached, f"there is no button {text!r} to click"
    return reached[0]


@pytest.mark.slow
def test_from_a_dropped_folder_to_an_export_in_six_clicks(
    window: MainWindow, settled: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    assert plans.effort_of(window.controller.plan.craft) == "draft"
    # The settings a new user begins with, only smaller: less to wait for, not fewer clicks.
    window.controller.set_plan(tiny_plan())
    source = real_photographs(tmp_path / "pictures")
    clicks = Clicks(window)
    drop(window, source)
    qtbot.waitUntil(lambda: window.controller.busy, timeout=5000)
    settled()
    qtbot.mouseClick(button(window, "Protect these images"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.controller.busy, timeout=5000)
    qtbot.waitUntil(lambda: not window.controller.busy, timeout=120_000)
    settled()
    qtbot.mouseClick(button(window, "Export…"), Qt.MouseButton.LeftButton)
    qtbot.wait(50)
    qtbot.mouseClick(button(window, "Export"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.controller.busy, timeout=5000)
    qtbot.waitUntil(lambda: not window.controller.busy, timeout=60_000)
    settled()
    assert clicks.count == 3
    assert clicks.count <= MOST_CLICKS
    snapshot = window.controller.snapshot
    assert snapshot is not None
    assert set(snapshot.states.values()) == {State.DONE}
    assert snapshot.export is not None
    out = Path(snapshot.export.folder)
    assert out.parent == tmp_path
    assert (out / "certificate.pdf").read_bytes().startswith(b"%PDF-")
    report = verify(out, originals=source)
    assert report.ok, report
    assert (report.images, report.intact) == (40, 40)
