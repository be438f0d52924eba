"""Small pictures of large files, decoded off the GUI thread and kept in a cache of bounded size.

Ask for a thumbnail while painting: it is there or it will be, and `ready` says when. What was asked for last comes
first, and what was scrolled past long ago is forgotten undecoded. Originals are only ever read. Qt's own reader comes
first, because it can decode a JPEG at a fraction of its size; the engine's reader is the fallback for formats that Qt
does not know.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage, QImageReader, QPixmap

_log = logging.getLogger(__name__)

SIDE = 96
MOST_BYTES = 128 * 2**20
_WAITING = 400
_AT_ONCE = 2
_LEAST_BYTES = 1024


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

    Args:
        parent: Of this object.
        side: Largest side in pixels of the screen; None: `SIDE` times its scale.
        most_bytes: How much the cache may hold; what was not looked at for longest goes first.
        load: Decodes a file; called on another thread.

    Signals:
        ready(): New thumbnails have arrived; views showing some should paint again. At most 10 times a second.
        decoded(str, object): Path and `QImage` (internal).
    """

    ready = Signal()
    decoded = Signal(str, object)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        side: int | None = None,
        most_bytes: int = MOST_BYTES,
        load: Callable[[Path, int], QImage] = read_scaled,
    ) -> None:
        super().__init__(parent)
        application = QGuiApplication.instance()
        scale = application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0
        self._side = side or round(SIDE * scale)
        self._load = load
        self._most_bytes = most_bytes
        self._bytes = 0
        self._closed = False
        # Not Qt's pool: to start a runnable of Python's there takes this thread 0.6 ms, four times as long (measured).
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="thumbnails")
        self._pixmaps: OrderedDict[str, QPixmap] = OrderedDict()
        self._wanted: OrderedDict[str, Path] = OrderedDict()
        self._running: set[str] = set()
        self._tell = QTimer(self, singleShot=True, interval=100)
        self._tell.timeout.connect(self.ready)
        self.decoded.connect(self._keep)

    @property
    def bytes_kept(self) -> int:
        """Memory of the cache."""
        return self._bytes

    def get(self, path: Path) -> QPixmap | None:
        """Returns the thumbnail of `path` if it is there, else fetches it; a null pixmap if it can't be read."""
        name = str(path)
        found = self._pixmaps.get(name)
        if found is not None:
            self._pixmaps.move_to_end(name)
            return found
        if name not in self._running and not self._closed:
            self._wanted[name] = path
            self._wanted.move_to_end(name)
            while len(self._wanted) > _WAITING:
                self._wanted.popitem(last=False)
            self._start_some()
        return None

    def shutdown(self) -> None:
        """Forgets what is waiting and waits for the one being decoded."""
        self._closed = True
        self._tell.stop()
        self._wanted.clear()
        self._pool.shutdown(cancel_futures=True)

    def _start_some(self) -> None:
        while self._wanted and len(self._running) < _AT_ONCE and not self._closed:
            name, path = self._wanted.popitem()
            self._running.add(name)
            self._pool.submit(self._decode, name, path)

    def _decode(self, name: str, path: Path) -> None:
        """Runs on the pool's thread. Whatever goes wrong with a file, its place is not left waiting."""
        image = QImage()
        try:
            image = self._load(path, self._side)
        # A bug in a decoder: the picture is missing, the window goes on.
        except Exception:
            _log.exception("%s can't be shown", name)
        self.decoded.emit(name, image)

    @Slot(str, object)
    def _keep(self, name: str, image: QImage) -> None:
        self._running.discard(name)
        self._pixmaps[name] = QPixmap.fromImage(image)
        self._bytes += _cost(self._pixmaps[name])
        while self._bytes > self._most_bytes and len(self._pixmaps) > 1:
            _, oldest = self._pixmaps.popitem(last=False)
            self._bytes -= _cost(oldest)
        self._start_some()
        # One that was being decoded may arrive after the end.
        if not self._closed and not self._tell.isActive():
            self._tell.start()


def _cost(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4 + _LEAST_BYTES
