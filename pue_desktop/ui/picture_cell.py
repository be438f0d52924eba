"""How a thumbnail is drawn into a cell: whole, centred; a quiet field until it is there, a question mark if never."""

from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPalette

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
