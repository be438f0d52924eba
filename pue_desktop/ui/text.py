"""Words for people: names as they may be shown, figures, times and sizes.

A file name may hold markup, line breaks or characters that turn the reading direction. Labels show plain text only
(`label`), and `plain` makes what is left visible instead of letting it act.
"""

import html

from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from pue_desktop.engine.export_names import shown
from pue_desktop.ui import contrast
from pue_desktop.ui.appearance import mixed


def plain(text: str) -> str:
    """Returns `text` on one line, with characters that would act (controls, direction marks) made visible."""
    return shown(text)


def tooltip(text: str) -> str:
    """Returns `text` for a tool tip, which would otherwise guess whether it is rich text."""
    return f"<p>{html.escape(text)}</p>" if text else ""


class _QuietLabel(QLabel):
    """A label whose text is quieter than others, in whatever palette; its contrast stays above 4.5 to 1."""

    def __init__(self) -> None:
        super().__init__()
        self._dim()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the system from light to dark."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationPaletteChange, QEvent.Type.PaletteChange):
            self._dim()

    def _dim(self) -> None:
        palette = QApplication.palette(self)
        text, ground = palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Window)
        wanted = text if contrast.high() else mixed(text, ground, 0.28)
        if self.palette().color(QPalette.ColorGroup.Active, QPalette.ColorRole.WindowText) == wanted:
            return
        quiet = QPalette()
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            quiet.setColor(group, QPalette.ColorRole.WindowText, wanted)
        self.setPalette(quiet)


def label(text: str = "", *, dim: bool = False, bold: bool = False, scale: float = 1.0) -> QLabel:
    """Returns a label that wraps and never reads its text as markup."""
    widget = _QuietLabel() if dim else QLabel()
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setText(text)
    widget.setWordWrap(True)
    if bold or scale != 1.0:
        font = QFont(widget.font())
        font.setBold(bold)
        font.setPointSizeF(font.pointSizeF() * scale)
        widget.setFont(font)
    return widget


def figure(text: str) -> str:
    """Returns a figure as Python writes it, "1,234.5", as the language of the window does: in German "1.234,5"."""
    locale = QLocale()
    return text.translate({ord(","): locale.groupSeparator(), ord("."): locale.decimalPoint()})


def count(number: int) -> str:
    """Returns a whole number with its thousands apart."""
    return figure(f"{number:,}")


def percent(share: float, digits: int = 1) -> str:
    """Returns a share in [0, 1] as "12.3 %", which no line break parts."""
    return figure(f"{share * 100:.{digits}f}\N{NO-BREAK SPACE}%")


def rounded_percent(share: float) -> str:
    """Returns a share in [0, 1] with as many digits as it has: "90 %", "99.9 %"."""
    return figure(f"{share * 100:g}\N{NO-BREAK SPACE}%")


def duration(seconds: float) -> str:
    """Returns a time as somebody would say it: "40 s", "3 min", "2 h 10 min"."""
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60:02d} min"
