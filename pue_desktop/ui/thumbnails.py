"""Small pictures of large files, decoded off the GUI thread and kept in a cache of bounded size.

Ask for a thumbnail while painting: it is there or it will be, and `ready` says when. Originals are only ever read.
Qt's own reader comes first, because it can decode a JPEG at a fraction of its size; the engine's reader is the
fallback for formats that Qt does not know.
"""

from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QSize, Qt, QThreadPool, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QImageReader, QPixmap

SIDE = 96
_KEPT = 2000
_WAITING = 200


def read_scaled(path: Path, side: int) -> QImage:
    """Returns the image in `path`, upright, at most `side` pixels large; a null image if it can't be read."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return image if not image.isNull() else _read_with_engine(path, side)


def _read_with_engine(path: Path, side: int) -> QImage:
    from pue_desktop.engine.image_files import UnusableImageError, read

    try:
        picture = read(path).image().convert("RGB")
    except UnusableImageError:
        return QImage()
    picture.thumbnail((side, side))
    # The copy owns its bytes.
    return QImage(
        picture.tobytes(), picture.width, picture.height, picture.width * 3, QImage.Format.Format_RGB888
    ).copy()


class Thumbnails(QObject):
    """A cache of thumbnails.

    Signals:
        ready(): New thumbnails have arrived; views showing some should paint again. At most 10 times a second.
        decoded(str, object): Path and `QImage` (internal).
    """

    ready = Signal()
    decoded = Signal(str, object)

    def __init__(self, parent: QObject | None = None, *, side: int = SIDE) -> None:
        super().__init__(parent)
        self._side = side
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pixmaps: OrderedDict[str, QPixmap] = OrderedDict()
        self._waiting: set[str] = set()
        self._tell = QTimer(self, singleShot=True, interval=100)
        self._tell.timeout.connect(self.ready)
        self.decoded.connect(self._keep)

    def get(self, path: Path) -> QPixmap | None:
        """Returns the thumbnail of `path` if it is there, else fetches it; a null pixmap if it can't be read."""
        name = str(path)
        found = self._pixmaps.get(name)
        if found is not None:
            self._pixmaps.move_to_end(name)
            return found
        if name not in self._waiting and len(self._waiting) < _WAITING:
            self._waiting.add(name)
            self._pool.start(_Decode(self, path, self._side))
        return None

    def shutdown(self) -> None:
        """Forgets what is waiting and waits for the one being decoded."""
        self._tell.stop()
        self._pool.clear()
        self._pool.waitForDone()

    @Slot(str, object)
    def _keep(self, name: str, image: QImage) -> None:
        self._waiting.discard(name)
        self._pixmaps[name] = QPixmap.fromImage(image)
        while len(self._pixmaps) > _KEPT:
            self._pixmaps.popitem(last=False)
        if not self._tell.isActive():
            self._tell.start()


class _Decode(QRunnable):
    def __init__(self, owner: Thumbnails, path: Path, side: int) -> None:
        super().__init__()
        self._owner, self._path, self._side = owner, path, side

    def run(self) -> None:
        """Decodes on a pool thread."""
        self._owner.decoded.emit(str(self._path), read_scaled(self._path, self._side))
