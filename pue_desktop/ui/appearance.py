"""Light or dark: as the system is, unless the user prefers otherwise. High contrast is always the system's own."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from pue_desktop.settings import Theme

_SCHEMES: dict[Theme, Qt.ColorScheme] = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


def apply_theme(theme: Theme) -> None:
    """Asks Qt for a colour scheme; where the desktop has none to choose from, nothing changes."""
    QGuiApplication.styleHints().setColorScheme(_SCHEMES[theme])
