"""Light or dark: as the system is, unless the user prefers otherwise. For high contrast see `contrast`.

Where the desktop has no dark colours to choose from, the program brings its own. Two kinds of text are too faint in
many systems' palettes, Qt's own among them: hints in empty fields, and what is selected. They are made readable.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from pue_desktop.settings import Theme

CONTRAST = 4.5
"""Of text and its ground, at least: WCAG 2.2, success criterion 1.4.3."""
_SCHEMES: dict[Theme, Qt.ColorScheme] = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}
_DARK = {
    QPalette.ColorRole.Window: "#323232",
    QPalette.ColorRole.Base: "#191919",
    QPalette.ColorRole.AlternateBase: "#242424",
    QPalette.ColorRole.Button: "#3c3c3c",
    QPalette.ColorRole.WindowText: "#f0f0f0",
    QPalette.ColorRole.Text: "#f0f0f0",
    QPalette.ColorRole.ButtonText: "#f0f0f0",
    QPalette.ColorRole.BrightText: "#ffffff",
    QPalette.ColorRole.ToolTipBase: "#1e1e1e",
    QPalette.ColorRole.ToolTipText: "#f0f0f0",
    QPalette.ColorRole.PlaceholderText: "#9a9a9a",
    QPalette.ColorRole.Highlight: "#2f6db3",
    QPalette.ColorRole.HighlightedText: "#ffffff",
    QPalette.ColorRole.Link: "#8ecbff",
    QPalette.ColorRole.LinkVisited: "#8ecbff",
    QPalette.ColorRole.Light: "#4a4a4a",
    QPalette.ColorRole.Midlight: "#404040",
    QPalette.ColorRole.Mid: "#202020",
    QPalette.ColorRole.Dark: "#151515",
}
_DARK_DISABLED = "#8a8a8a"


def apply_theme(theme: Theme) -> None:
    """Gives the program the colours of a theme."""
    QGuiApplication.styleHints().setColorScheme(_SCHEMES[theme])
    # An empty palette brings the desktop's own back, in the scheme it was asked for.
    QApplication.setPalette(QPalette())
    light = QApplication.palette().color(QPalette.ColorRole.Window).lightnessF() >= 0.5
    made = dark_palette() if theme == "dark" and light else QPalette()
    _make_readable(made, made if theme == "dark" and light else QApplication.palette())
    QApplication.setPalette(made)


def dark_palette() -> QPalette:
    """Returns the program's own dark colours."""
    palette = QPalette()
    for role, color in _DARK.items():
        palette.setColor(role, QColor(color))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(_DARK_DISABLED))
    return palette


def _make_readable(made: QPalette, palette: QPalette) -> None:
    """Gives `made` hints and selections like those of `palette`, with enough contrast; no other colour is touched."""
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        base, text = palette.color(group, QPalette.ColorRole.Base), palette.color(group, QPalette.ColorRole.Text)
        hint = palette.color(group, QPalette.ColorRole.PlaceholderText)
        seen = mixed(base, hint, hint.alphaF())
        made.setColor(group, QPalette.ColorRole.PlaceholderText, _moved(seen, text, base))
        ground = palette.color(group, QPalette.ColorRole.Highlight)
        letters = palette.color(group, QPalette.ColorRole.HighlightedText)
        far = QColor("black" if letters.lightnessF() > 0.5 else "white")
        made.setColor(group, QPalette.ColorRole.Highlight, _moved(ground, far, letters))


def contrast(one: QColor, other: QColor) -> float:
    """Returns the contrast of two opaque colours, 1 to 21, as WCAG 2.2 defines it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: QColor) -> float:
    parts = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    )
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """Returns the colour between two that has `share` (0 to 1) of the second."""
    pairs = ((one.redF(), other.redF()), (one.greenF(), other.greenF()), (one.blueF(), other.blueF()))
    red, green, blue = (first + share * (second - first) for first, second in pairs)
    return QColor.fromRgbF(red, green, blue)


def _moved(color: QColor, towards: QColor, beside: QColor) -> QColor:
    """Returns the colour nearest to `color`, on the way to `towards`, that has enough contrast to `beside`."""
    for step in range(21):
        found = mixed(color, towards, step / 20)
        if contrast(found, beside) >= CONTRAST:
            break
    return found
