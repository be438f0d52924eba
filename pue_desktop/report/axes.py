"""A plotting field of the certificate's drawings: frame, ticks, levels, and where values lie."""

import math
from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from pue_desktop.report import style
from pue_desktop.report.sheet import Laid, Sheet
from pue_desktop.report.style import font, pt

LEFT, _BOTTOM = 38.0, 30.0


class Axes:
    """A plotting field on a sheet: maps radius and accuracy to the page. Accuracy runs from 0 to `top`."""

    def __init__(self, sheet: Sheet, *, y: float, height: float, right: float, top: float) -> None:
        self.sheet = sheet
        self.field = QRectF(style.MARGIN_SIDE + LEFT, y, style.TEXT_WIDTH - LEFT - 9, height - _BOTTOM)
        self._right, self._top = right or 1.0, top

    def at(self, x: float, accuracy: float) -> QPointF:
        """Returns the place of a value, in drawn units."""
        share = min(max(accuracy / self._top, 0.0), 1.0)
        return QPointF(
            pt(self.field.left() + self.field.width() * x / self._right),
            pt(self.field.bottom() - self.field.height() * share),
        )

    def draw_frame(self, label_x: str, ticks_x: Iterable[tuple[float, str]]) -> None:
        """Draws grid, ticks and labels; `ticks_x` are places with what to write there."""
        sheet, field = self.sheet, self.field
        step = next(step for step in (0.02, 0.05, 0.1, 0.2, 0.25) if self._top / step <= 6)
        for index in range(math.floor(self._top / step + 1e-9) + 1):
            place = self.at(0, index * step)
            sheet.painter.setPen(QPen(style.HAIRLINE, pt(0.5)))
            sheet.painter.drawLine(place, QPointF(pt(field.right()), place.y()))
            label = Laid(f"{index * step * 100:.0f} %", font(7.5), LEFT - 6, align="right")
            sheet.write(label, style.MARGIN_SIDE, place.y() / style.UNITS - label.height / 2, style.MUTED)
        for tick, words in ticks_x:
            place = self.at(tick, 0)
            sheet.painter.setPen(QPen(style.MUTED, pt(0.5)))
            sheet.painter.drawLine(place, QPointF(place.x(), place.y() + pt(3)))
            text = Laid(words, font(7.5), 60)
            sheet.write(text, place.x() / style.UNITS - text.natural_width / 2, field.bottom() + 4, style.MUTED)
        title = Laid(label_x, font(7.5), field.width())
        sheet.write(title, field.center().x() - title.natural_width / 2, field.bottom() + 16, style.MUTED)

    def level(self, accuracy: float, colour: QColor, pattern: Qt.PenStyle) -> None:
        """Draws a line across the field."""
        self.sheet.painter.setPen(QPen(colour, pt(0.9), pattern))
        start = self.at(0, accuracy)
        self.sheet.painter.drawLine(start, QPointF(pt(self.field.right()), start.y()))
