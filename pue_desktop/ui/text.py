"""Words for people: names as they may be shown, figures, times and sizes.

A file name may hold markup, line breaks or characters that turn the reading direction. Labels show plain text only
(`label`), and `plain` makes what is left visible instead of letting it act.
"""

import html

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from pue_desktop.engine.export_names import shown


def plain(text: str) -> str:
    """Returns `text` on one line, with characters that would act (controls, direction marks) made visible."""
    return shown(text)


def tooltip(text: str) -> str:
    """Returns `text` for a tool tip, which would otherwise guess whether it is rich text."""
    return f"<p>{html.escape(text)}</p>" if text else ""


def label(text: str = "", *, dim: bool = False, bold: bool = False, scale: float = 1.0) -> QLabel:
    """Returns a label that wraps and never reads its text as markup."""
    widget = QLabel()
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setText(text)
    widget.setWordWrap(True)
    widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if bold or scale != 1.0:
        font = QFont(widget.font())
        font.setBold(bold)
        font.setPointSizeF(font.pointSizeF() * scale)
        widget.setFont(font)
    if dim:
        dimmed(widget)
    return widget


def dimmed(widget: QWidget) -> None:
    """Makes a widget's text quieter, in whatever palette; stays above a contrast of 4.5 to 1."""
    palette = widget.palette()
    text, base = palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Window)
    channels = ((text.redF(), base.redF()), (text.greenF(), base.greenF()), (text.blueF(), base.blueF()))
    red, green, blue = (0.72 * a + 0.28 * b for a, b in channels)
    mixed = QColor.fromRgbF(red, green, blue)
    palette.setColor(QPalette.ColorGroup.All, QPalette.ColorRole.WindowText, mixed)
    widget.setPalette(palette)


def percent(share: float, digits: int = 1) -> str:
    """Returns a share in [0, 1] as "12.3 %", which no line break parts."""
    return f"{share * 100:.{digits}f}\N{NO-BREAK SPACE}%"


def rounded_percent(share: float) -> str:
    """Returns a share in [0, 1] with as many digits as it has: "90 %", "99.9 %"."""
    return f"{share * 100:g}\N{NO-BREAK SPACE}%"


def duration(seconds: float) -> str:
    """Returns a time as somebody would say it: "40 s", "3 min", "2 h 10 min"."""
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60:02d} min"
