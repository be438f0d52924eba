"""How a thumbnail is drawn into a cell, and the frame around the cell where keys go.

A picture is shown whole and centred; before it is there a quiet field, and a question mark if it never will be.
"""

from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPalette, QPen

from pue_desktop.ui.thumbnails import Thumbnails


def paint_picture(painter: QPainter, cell: QRect, path: Path, thumbnails: Thumbnails, palette: QPalette) -> None:
    """Draws the thumbnail of `path` into `cell`; asks for it if it is not there yet."""
    pixmap = thumbnails.get(path)
    if pixmap is None or pixmap.isNull():
        painter.fillRect(cell, palette.color(QPalette.ColorRole.AlternateBase))
        if pixmap is not None:
            painter.setPen(palette.color(QPalette.ColorRole.Text))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, "?")
        return
    size = pixmap.size().scaled(cell.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(0, 0, size.width(), size.height())
    place.moveCenter(cell.center())
    # Pixels of a small original stay sharp squares; a large one is smoothed.
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, pixmap.width() > cell.width())
    painter.drawPixmap(place, pixmap)


def paint_focus(painter: QPainter, cell: QRect, palette: QPalette) -> None:
    """Draws a frame into a selected cell that has the focus; the styles' own is lost in the colour of the selection."""
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.HighlightedText), 1, Qt.PenStyle.DashLine))
    painter.drawRect(cell.adjusted(2, 2, -3, -3))
    painter.restore()
