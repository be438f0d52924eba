"""Pages and the blocks that flow over them: headings, paragraphs, lists, tables. Nothing is ever clipped or overlaps.

A `Sheet` knows where the next block goes and begins a new page when it does not fit. All text is plain text: names of
files and classes come from strangers, so markup in them is shown, not obeyed. Measures are in points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextLayout, QTextOption

from pue_desktop.engine.export_names import shown
from pue_desktop.report import style
from pue_desktop.report.paper import Paper
from pue_desktop.report.style import font, pt

Align = Literal["left", "right"]
_LONGEST_TEXT = 2400
_LEADING = 1.42
_KEPT_TOGETHER = 150.0  # tables up to this height are not broken over two pages


def plain(text: str, limit: int = _LONGEST_TEXT) -> str:
    """Returns text safe to draw: without control characters, of bounded length (the middle is left out)."""
    if len(text) > limit:
        half = limit // 2
        text = f"{text[:half]} … {text[-half:]}"
    return shown(text)


class Laid:
    """Text broken into lines, ready to be drawn."""

    def __init__(
        self, text: str, face: QFont, width: float, *, align: Align = "left", leading: float = _LEADING
    ) -> None:
        self._layout = QTextLayout(plain(text), face)
        option = QTextOption(Qt.AlignmentFlag.AlignRight if align == "right" else Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setUseDesignMetrics(True)
        self._layout.setTextOption(option)
        self._leading = face.pixelSize() / style.UNITS * leading
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(pt(width))
            line.setPosition(QPointF(0, 0))
        self._layout.endLayout()

    @property
    def lines(self) -> int:
        """Number of lines."""
        return self._layout.lineCount()

    @property
    def leading(self) -> float:
        """Distance of two lines."""
        return self._leading

    @property
    def height(self) -> float:
        """Height of all lines."""
        return self.lines * self._leading

    @property
    def natural_width(self) -> float:
        """Width of the longest line."""
        return max((self._layout.lineAt(i).naturalTextWidth() for i in range(self.lines)), default=0.0) / style.UNITS

    def draw_line(self, painter: QPainter, index: int, x: float, y: float) -> None:
        """Draws one line with its top at `y`."""
        line = self._layout.lineAt(index)
        # Centred in its leading, whatever the ascent of a fallback font.
        drop = (pt(self._leading) - line.height()) / 2
        line.draw(painter, QPointF(pt(x), pt(y) + drop))

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draws all lines."""
        for index in range(self.lines):
            self.draw_line(painter, index, x, y + index * self._leading)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its share of the width, and how it is aligned."""

    share: float
    align: Align = "left"
    mono: bool = False


class Sheet:
    """The pages of one document while it is drawn.

    Attributes:
        painter: Draws on the current page.
        y: Where the next block goes.
        page: Number of the current page, from 1.
        page_height: In points as they are drawn, before the scale.
    """

    def __init__(self, paper: Paper, *, footer: str, pages: int, scale: float = 1.0) -> None:
        self._paper = paper
        self._footer = footer
        self._pages = pages
        self.painter = paper.begin()
        self.page = 1
        self.y = style.MARGIN_TOP
        self.page_height = style.PAGE_HEIGHT / scale
        scale *= min(paper.size.width() / style.PAGE_WIDTH, paper.size.height() / style.PAGE_HEIGHT)
        self.painter.translate(pt((paper.size.width() - scale * style.PAGE_WIDTH) / 2), 0)
        self.painter.scale(scale, scale)
        self._draw_footer()

    def end(self) -> None:
        """Finishes the document."""
        self.painter.end()

    @property
    def room(self) -> float:
        """Height left on the page."""
        return self.page_height - style.MARGIN_BOTTOM - self.y

    def new_page(self) -> None:
        """Goes to the top of a new page."""
        self._paper.next_page(self.painter)
        self.page += 1
        self.y = style.MARGIN_TOP
        self._draw_footer()

    def need(self, height: float) -> None:
        """Goes to a new page unless `height` fits here."""
        if height > self.room and self.y > style.MARGIN_TOP:
            self.new_page()

    def rule(self, y: float, colour: QColor = style.HAIRLINE, width: float = 0.6) -> None:
        """Draws a line across the text width."""
        self.painter.setPen(QPen(colour, pt(width)))
        left = pt(style.MARGIN_SIDE)
        self.painter.drawLine(QPointF(left, pt(y)), QPointF(left + pt(style.TEXT_WIDTH), pt(y)))

    def box(self, x: float, y: float, width: float, height: float, fill: QColor, *, radius: float = 5) -> None:
        """Fills a rounded rectangle."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(fill)
        self.painter.drawRoundedRect(QRectF(pt(x), pt(y), pt(width), pt(height)), pt(radius), pt(radius))

    def write(self, laid: Laid, x: float, y: float, colour: QColor = style.INK) -> None:
        """Draws laid-out text at a place, without moving on."""
        self.painter.setPen(colour)
        laid.draw(self.painter, x, y)

    def text(self, text: str, face: QFont, *, colour: QColor = style.INK, after: float = 6, indent: float = 0) -> None:
        """Writes a paragraph; it goes on over the page's end line by line."""
        laid = Laid(text, face, style.TEXT_WIDTH - indent)
        for index in range(laid.lines):
            self.need(laid.leading)
            self.painter.setPen(colour)
            laid.draw_line(self.painter, index, style.MARGIN_SIDE + indent, self.y)
            self.y += laid.leading
        self.y += after

    def heading(self, text: str, *, keep: float = 60) -> None:
        """Writes a section heading that stays with at least `keep` of what follows."""
        if self.y > style.MARGIN_TOP:
            self.y += 9
        self.need(24 + keep)
        laid = Laid(text, font(12, "strong"), style.TEXT_WIDTH)
        self.write(laid, style.MARGIN_SIDE, self.y, style.ACCENT)
        self.y += laid.height + 5

    def bullets(self, texts: Sequence[str], *, size: float = 8.8) -> None:
        """Writes a list."""
        for text in texts:
            laid = Laid(text, font(size), style.TEXT_WIDTH - 12)
            self.need(min(laid.height, 3 * laid.leading))
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.setBrush(style.ACCENT)
            self.painter.drawEllipse(
                QPointF(pt(style.MARGIN_SIDE + 3), pt(self.y + laid.leading / 2)), pt(1.5), pt(1.5)
            )
            self.text(text, font(size), indent=12, after=3)
        self.y += 3

    def table(
        self, columns: Sequence[Column], header: Sequence[str], rows: Sequence[Sequence[str]], *, size: float = 7.8
    ) -> None:
        """Writes a table; cells wrap, rows stay whole, the header is repeated on every page."""
        cells = [self._cells(columns, row, size=size, head=False) for row in rows]
        whole = sum(height for _, height in cells)
        if whole <= _KEPT_TOGETHER:
            self.need(whole + 22)
        self._row(columns, header, size=size - 0.4, head=True)
        for laid, height in cells:
            if height > self.room:
                self.new_page()
                self._row(columns, header, size=size - 0.4, head=True)
            self._draw_cells(laid, height)
        self.y += 6

    def _row(self, columns: Sequence[Column], cells: Sequence[str], *, size: float, head: bool) -> None:
        if not any(cells):
            return
        laid, height = self._cells(columns, cells, size=size, head=head)
        self.need(height + 30)
        self._draw_cells(laid, height, colour=style.MUTED)

    def _cells(
        self, columns: Sequence[Column], row: Sequence[str], *, size: float, head: bool
    ) -> tuple[list[tuple[float, Laid]], float]:
        gap, x = 8.0, style.MARGIN_SIDE
        whole = sum(column.share for column in columns)
        laid: list[tuple[float, Laid]] = []
        for column, cell in zip(columns, row, strict=True):
            width = style.TEXT_WIDTH * column.share / whole
            mono = column.mono and not head
            face = font(size - 0.8 if mono else size, "mono" if mono else "regular")
            laid.append((x, Laid(cell, face, width - gap, align=column.align, leading=1.3)))
            x += width
        return laid, max(cell.height for _, cell in laid) + 3

    def _draw_cells(self, laid: list[tuple[float, Laid]], height: float, colour: QColor = style.INK) -> None:
        for x, cell in laid:
            self.write(cell, x, self.y + 1.5, colour)
        self.y += height
        self.rule(self.y, width=0.4)

    def _draw_footer(self) -> None:
        y = self.page_height - style.MARGIN_BOTTOM + 20
        self.rule(y - 5, width=0.4)
        self.write(Laid(self._footer, font(7.2), style.TEXT_WIDTH - 80), style.MARGIN_SIDE, y, style.MUTED)
        number = Laid(f"Page {self.page} of {self._pages}", font(7.2), 80, align="right")
        self.write(number, style.MARGIN_SIDE + style.TEXT_WIDTH - 80, y, style.MUTED)
