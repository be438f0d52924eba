"""The only composition root of the window.

What happens at start, in order:

1. Errors that nobody catches are logged (to a file, too) and shown in the message bar instead of being lost.
2. Qt starts, with the native style of the system (Fusion where there is none) and its palette.
3. The preferences are read; whatever is wrong with them, there is something to start with.
4. The controller gets the settings of the last strength, effort and device; the window gets the controller.
5. The window is shown, and only then the folder or run given on the command line is opened.
6. On the way out the window has stopped and saved everything; preferences are written.

Nothing else reaches for globals, and nothing heavy (torch, numpy, pyqtgraph) is imported before it is needed.
"""

import logging
import signal
import sys
import traceback
from pathlib import Path
from types import TracebackType

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from pue_desktop import __version__, diagnostics, settings
from pue_desktop.engine import config, plans
from pue_desktop.engine.errors import PueError, UsageError
from pue_desktop.shipped import shipped
from pue_desktop.ui.appearance import apply_theme
from pue_desktop.ui.contrast import apply_contrast, when_system_changes
from pue_desktop.ui.language import speak
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.workers.controller import Controller
from pue_desktop.workers.engine_thread import UnexpectedError

_log = logging.getLogger(__name__)


class _Uncaught(QObject):
    """Carries errors that nobody caught, from any thread, to the window. Signals: happened(object): a `PueError`."""

    happened = Signal(object)

    def install(self) -> None:
        """Takes the place of the interpreter's own hook."""
        sys.excepthook = self._hook

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        details = "".join(traceback.format_exception(kind, error, trace))
        _log.error("uncaught error\n%s", details)
        if isinstance(error, PueError):
            self.happened.emit(error)
            return
        self.happened.emit(
            UnexpectedError(
                f"Something went wrong that should not: {kind.__name__}: {error}",
                hint="This is a bug. Please report it with the copied details.",
                details=details,
            )
        )


def compose(store: settings.Store) -> MainWindow:
    """Builds the window and everything behind it, without showing it."""
    speak(store.value.language)
    apply_theme(store.value.theme)
    apply_contrast(store.value.contrast)
    controller = Controller(preferred(store.value), store.value.runs_path, fresh=lambda: preferred(store.value))
    window = MainWindow(controller, store)
    controller.setParent(window)
    when_system_changes(window.apply_preferences)
    return window


def preferred(preferences: settings.Preferences) -> config.Plan:
    """Returns the settings that new runs begin with; the defaults where the preferences name something unknown."""
    try:
        plan = plans.plan(strength=preferences.strength, effort=preferences.effort, device=preferences.device or "auto")
        export = config.changed(plan.export, page=preferences.page, key=preferences.key)
        return msgspec.structs.replace(plan, export=export)
    except UsageError as error:
        _log.warning("preferences name something unknown: %s", error)
        return plans.plan()


def main(argv_path: str | None = None) -> int:
    """Opens the window and returns the exit code once it is closed.

    Args:
        argv_path: What to open, as if it had been dropped on the window: an image folder, a run, an export; or None.
    """
    application = QApplication.instance() or QApplication(["pue-desktop"])
    QCoreApplication.setApplicationName("PUE Desktop")
    QCoreApplication.setApplicationVersion(__version__)
    # By this name desktops find the entry, and with it the icon, of a window.
    QGuiApplication.setDesktopFileName("pue-desktop")
    icon = shipped("resources", "icon.svg")
    if icon is not None:
        QGuiApplication.setWindowIcon(QIcon(str(icon)))
    # Qt's loop leaves no room for Python's handler; what was reached is on the disk at any moment.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    before = sys.excepthook
    uncaught = _Uncaught()
    uncaught.install()
    log = diagnostics.start_log()
    try:
        window = compose(settings.Store(settings.default_path()))
        # The palette follows this signal, so that what is made of it has to wait.
        scheme_changed = QGuiApplication.styleHints().colorSchemeChanged
        scheme_changed.connect(window.apply_preferences, Qt.ConnectionType.QueuedConnection)
        uncaught.happened.connect(window.messages.show_error)
        window.show()
        if argv_path is not None:
            path = Path(argv_path).absolute()
            QTimer.singleShot(0, window, lambda: window.take([path]))
        return application.exec()
    finally:
        sys.excepthook = before
        diagnostics.stop_log(log)
