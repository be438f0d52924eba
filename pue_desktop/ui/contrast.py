"""High contrast: whether the system or the user asks for it, and what the window's own painting does then.

Qt passes on what a desktop says since 6.10 (`QAccessibilityHints`): Windows' contrast themes, "increase contrast" of
macOS and GNOME. On Windows such a theme brings its own colours, which stay as they are; elsewhere, and where the user
asks for it in the preferences, the window gets black on white or white on black. What it paints itself has no faint
tones then, and thicker lines.
"""

import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication

from pue_desktop.settings import Contrast

_PROPERTY, _STYLE = "high contrast", "style without high contrast"
# The plainest of Qt's styles, on every system: its borders have the palette's own colours.
_OUTLINED = "windows"
_LINKS = ("#0000c0", "#8ecbff")


def system_wants() -> bool:
    """Whether the desktop asks for high contrast; False where it, or this version of Qt, does not say."""
    # PySide forgets what an object handed out together with the object: both need a name.
    style = QGuiApplication.styleHints()
    hints = _hints(style)
    return hints is not None and bool(hints.contrastPreference() == Qt.ContrastPreference.HighContrast)


def when_system_changes(slot: Callable[[], None]) -> None:
    """Calls `slot` whenever the desktop asks for high contrast, or no longer does."""
    style = QGuiApplication.styleHints()
    hints = _hints(style)
    if hints is not None:
        hints.contrastPreferenceChanged.connect(slot)


def _hints(style: QStyleHints) -> Any:
    return style.accessibility() if hasattr(style, "accessibility") else None


def high() -> bool:
    """Whether the window is drawn with high contrast; for custom painting."""
    application = QCoreApplication.instance()
    return application is not None and bool(application.property(_PROPERTY))


def apply_contrast(chosen: Contrast) -> None:
    """Gives the program high contrast if it is asked for; to be called after the theme, whose palette it builds on."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return
    wanted = chosen == "high" or system_wants()
    application.setProperty(_PROPERTY, wanted)
    ours = wanted and (chosen == "high" or sys.platform != "win32")
    _use_style(application, _OUTLINED if ours else "")
    if ours:
        application.setPalette(high_palette(dark=_is_dark(application.palette())))


def _use_style(application: QApplication, wanted: str) -> None:
    """Takes a style by name, the desktop's own for an empty one; Qt's others draw borders in tones of the ground."""
    before = str(application.property(_STYLE) or "")
    if wanted and not before:
        application.setProperty(_STYLE, application.style().objectName())
        application.setStyle(wanted)
    elif before and not wanted:
        application.setProperty(_STYLE, "")
        application.setStyle(before)


def high_palette(*, dark: bool) -> QPalette:
    """Returns white on black, or black on white, without a tone between that carries a meaning."""
    ground, text = (QColor("black"), QColor("white")) if dark else (QColor("white"), QColor("black"))
    soft, link = QColor("#1c1c1c" if dark else "#ececec"), QColor(_LINKS[dark])
    chosen = QColor("#ffe14d" if dark else "#00307a")
    palette = QPalette()
    roles = QPalette.ColorRole
    grounds = (roles.Window, roles.Base, roles.AlternateBase, roles.Button, roles.ToolTipBase)
    texts = (roles.WindowText, roles.Text, roles.ButtonText, roles.ToolTipText, roles.BrightText)
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        for role in grounds:
            palette.setColor(group, role, soft if role == roles.Button else ground)
        for role in (*texts, roles.Light, roles.Midlight, roles.Mid, roles.Dark, roles.Shadow):
            palette.setColor(group, role, text)
        for role in (roles.Highlight, roles.Accent):
            palette.setColor(group, role, chosen)
        palette.setColor(group, roles.HighlightedText, ground)
        palette.setColor(group, roles.Link, link)
        palette.setColor(group, roles.LinkVisited, link)
        # A hint in an empty field must not look like what was typed; 7 to 1 it has.
        palette.setColor(group, roles.PlaceholderText, QColor("#b0b0b0" if dark else "#505050"))
    # What can't be used stays legible (6 to 1), but is told apart.
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor("#a0a0a0" if dark else "#505050"))
    return palette


def _is_dark(palette: QPalette) -> bool:
    return palette.color(QPalette.ColorRole.Window).lightnessF() < 0.5
