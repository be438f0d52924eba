"""Where something can be dropped: the dashed frame, and the path of what was dropped."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QWidget


def dropped_path(data: QMimeData) -> Path | None:
    """Returns the first file or folder on this computer, None if there is none."""
    return next((Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()), None)


def dropped_folders(data: QMimeData) -> list[Path]:
    """Returns all folders on this computer that are dropped, each once."""
    paths = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    return [path for path in dict.fromkeys(paths) if path.is_dir()]


def paint_frame(widget: QWidget) -> None:
    """Draws a dashed frame inside `widget`; to be called while it paints."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(widget.palette().color(QPalette.ColorRole.PlaceholderText), 2, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(widget.rect().adjusted(4, 4, -4, -4), 12, 12)
