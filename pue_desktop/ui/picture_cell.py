"""How a thumbnail is drawn into a cell, and the frame around the cell where keys go.

A picture is shown whole and centred; before it is there a quiet field, and a question mark if it never will be.
"""

from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

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


def paint_focus(painter: QPainter, cell: QStyleOptionViewItem) -> None:
    """Draws a frame into the selected cell where keys go, once Tab was used; styles' own are lost on the selection."""
    wanted = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus
    by_keys = cell.widget.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    if not by_keys or cell.state & wanted != wanted:
        return
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(cell.palette.color(QPalette.ColorRole.HighlightedText), 1, Qt.PenStyle.DashLine))
    painter.drawRect(cell.rect.adjusted(2, 2, -3, -3))
    painter.restore()
