"""What the window is like when it is opened again: its place and size, what is docked in it, and the page."""

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow

from pue_desktop.settings import Preferences


def described(window: QMainWindow) -> dict[str, str]:
    """Returns the preferences `geometry` and `layout` of a window."""
    return {
        "geometry": bytes(window.saveGeometry().toBase64().data()).decode(),
        "layout": bytes(window.saveState().toBase64().data()).decode(),
    }


def restore(window: QMainWindow, preferences: Preferences) -> None:
    """Makes a window as it was; Qt itself refuses what does not fit this screen or version."""
    if preferences.geometry:
        window.restoreGeometry(_bytes(preferences.geometry))
    if preferences.layout:
        window.restoreState(_bytes(preferences.layout))


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(QByteArray(text.encode()))
