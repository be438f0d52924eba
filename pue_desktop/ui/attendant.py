"""What the window does for somebody who is not looking: the computer stays awake, and tells when work has ended."""

import html
import shutil
import sys
import time

from PySide6.QtCore import QObject, QProcess, Slot
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from pue_desktop.settings import Store
from pue_desktop.ui.text import plain
from pue_desktop.workers.awake import Awake
from pue_desktop.workers.controller import Activity, Controller, Outcome

WORTH_TELLING = 10.0
"""Seconds of work after which somebody may have turned to other things."""
_SHOWN_MS = 15_000


class Attendant(QObject):
    """Watches the controller; does what the preferences allow."""

    def __init__(self, controller: Controller, store: Store, window: QWidget) -> None:
        super().__init__(window)
        self._controller = controller
        self._store = store
        self._window = window
        self._tray: QSystemTrayIcon | None = None
        self._began = 0.0
        self.awake = Awake()
        controller.activity_changed.connect(self.refresh)
        controller.ended.connect(self._ended)

    @Slot()
    def refresh(self) -> None:
        """Holds the computer awake or lets it sleep, by what is done and what the user prefers."""
        activity = self._controller.activity
        if activity is Activity.RUNNING and self._controller.starting:
            self._began = time.monotonic()
        if activity in (Activity.RUNNING, Activity.STOPPING) and self._store.value.keep_awake:
            self.awake.hold()
        else:
            self.awake.release()

    @Slot(object, object)
    def _ended(self, outcome: Outcome, _steps: tuple[str, ...]) -> None:
        long = time.monotonic() - self._began >= WORTH_TELLING
        if long and self._store.value.notify and outcome is not Outcome.CANCELLED and not self._window.isActiveWindow():
            snapshot = self._controller.snapshot
            name = plain(snapshot.source.name) if snapshot is not None else ""
            done = outcome is Outcome.DONE
            self.tell(self.tr("{}: done").format(name) if done else self.tr("{}: stopped by an error").format(name))

    def tell(self, text: str) -> None:
        """Shows a notification of the desktop, by whatever it has for it; the task bar blinks in any case."""
        QApplication.alert(self._window)
        if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            if self._tray is None:
                style = self._window.style()
                icon = style.standardIcon(style.StandardPixmap.SP_DialogApplyButton)
                self._tray = QSystemTrayIcon(icon, self)
                self._tray.messageClicked.connect(self._come_back)
            self._tray.show()
            self._tray.showMessage("PUE Desktop", text, self._tray.icon(), _SHOWN_MS)
        elif sys.platform.startswith("linux") and (program := shutil.which("notify-send")):
            # The body may hold markup, so a name must not.
            QProcess.startDetached(program, ["--app-name=PUE Desktop", "PUE Desktop", html.escape(text)])

    @Slot()
    def _come_back(self) -> None:
        self._window.raise_()
        self._window.activateWindow()

    def shutdown(self) -> None:
        """Lets the computer sleep and takes the icon away."""
        self.awake.release()
        if self._tray is not None:
            self._tray.hide()
