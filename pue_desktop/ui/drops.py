"""Where something can be dropped: the dashed frame, and what the dropped things are good for."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QMimeDatabase, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QWidget

from pue_desktop.engine.export_names import CERTIFICATE_JSON, MANIFEST
from pue_desktop.ui import contrast


@dataclass(frozen=True)
class Dropped:
    """What to do with things that were dropped. At most one of `folder`, `verify` and `queue` is there.

    Attributes:
        folder: To open: an image folder or a run folder.
        labels: A table of labels for the images.
        verify: An export to verify.
        files: How many single images were dropped; their folder is `folder`.
        queue: Several folders, to be worked on one after the other; then nothing else is there.
    """

    folder: Path | None = None
    labels: Path | None = None
    verify: Path | None = None
    files: int = 0
    queue: tuple[Path, ...] = ()


def dropped_paths(data: QMimeData) -> list[Path]:
    """Returns the files and folders on this computer, in their order."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def dropped_path(data: QMimeData) -> Path | None:
    """Returns the first file or folder on this computer, None if there is none."""
    return next(iter(dropped_paths(data)), None)


def understood(paths: Sequence[Path]) -> Dropped:
    """Returns what dropped things are good for; nothing in it where they are good for nothing.

    A folder is opened, several are put in a queue, an export and a certificate are verified, a CSV file holds labels,
    and of single images the folder they lie in is opened.
    """
    labels = next((path for path in paths if path.suffix.lower() == ".csv" and path.is_file()), None)
    folders = [path for path in dict.fromkeys(paths) if path.is_dir() and not _is_export(path)]
    if len(folders) > 1:
        return Dropped(queue=tuple(folders))
    images = 0
    folder: Path | None = None
    for path in paths:
        if _is_export(path):
            return Dropped(verify=path)
        if path.is_dir():
            return Dropped(folder=path, labels=labels)
        if path.name == "run.json":
            return Dropped(folder=path.parent)
        if _is_image(path):
            images += 1
            folder = folder or path.parent
    return Dropped(folder=folder, labels=labels, files=images)


def _is_export(path: Path) -> bool:
    if path.is_dir():
        return (path / CERTIFICATE_JSON).is_file() and (path / MANIFEST).is_file()
    return path.suffix.lower() == ".pdf" or path.name == CERTIFICATE_JSON


def _is_image(path: Path) -> bool:
    kind = QMimeDatabase().mimeTypeForFile(str(path), QMimeDatabase.MatchMode.MatchExtension)
    return kind.name().startswith("image/")


def paint_frame(widget: QWidget) -> None:
    """Draws a dashed frame inside `widget`; to be called while it paints."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(
        QPen(
            widget.palette().color(QPalette.ColorRole.PlaceholderText),
            3 if contrast.high() else 2,
            Qt.PenStyle.DashLine,
        )
    )
    painter.drawRoundedRect(widget.rect().adjusted(4, 4, -4, -4), 12, 12)
