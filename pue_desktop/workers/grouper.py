"""Groups of images by look, made on a thread of their own: measured once, grouped again as often as wanted."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from pue_desktop.engine.events import Event, Progress
from pue_desktop.engine.runtime import Stop
from pue_desktop.workers.engine_thread import EngineThread

if TYPE_CHECKING:
    from pue_desktop.engine.clusters import Features


class Grouper(QObject):
    """Makes groups of the images of one folder at a time.

    Attributes:
        unread: Image files of the folder that could not be opened.

    Signals:
        progressed(float): How far measuring is, 0 to 1.
        grouped(object): The groups: a list of tuples of paths relative to the folder.
        failed(object): A `PueError`.
        ended(): Nothing is being done any more, whether it worked, failed or was stopped.
    """

    progressed = Signal(float)
    grouped = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.unread: tuple[str, ...] = ()
        self._folder: Path | None = None
        self._features: Features | None = None
        self._made: list[tuple[str, ...]] | None = None
        self._thread: EngineThread | None = None
        self._stop = Stop()

    @property
    def busy(self) -> bool:
        """Whether groups are being made."""
        return self._thread is not None

    def start(self, folder: Path, count: int, *, seed: int = 0) -> None:
        """Makes `count` groups of the images in `folder`; what was measured of the same folder before is used again."""
        if self.busy:
            return
        if folder != self._folder:
            self._features = None
        self._folder, self._made = folder, None
        self._stop = stop = Stop()

        def work() -> Generator[Event, None, None]:
            # Imports numpy: only here, off the GUI thread.
            from pue_desktop.engine import clusters

            if self._features is None:
                self._features = yield from clusters.features(folder, stop)
            self._made = clusters.groups(self._features, count, seed, stop)

        thread = EngineThread(work, self)
        thread.event_came.connect(self._take_event)
        thread.failed.connect(self.failed)
        thread.finished.connect(self._finished)
        self._thread = thread
        thread.start()

    @Slot()
    def cancel(self) -> None:
        """Stops; `ended` follows."""
        self._stop.cancel()

    def forget(self) -> None:
        """Stops, waits, and measures again next time: the files may have changed. No signal follows."""
        self._folder = None
        self.cancel()
        if self._thread is not None:
            self._thread.finished.disconnect(self._finished)
            self._let_go(self._thread)

    def _let_go(self, thread: EngineThread) -> None:
        thread.wait()
        thread.deleteLater()
        self._thread = None

    @Slot(object)
    def _take_event(self, event: Event) -> None:
        if isinstance(event, Progress):
            self.progressed.emit(event.done / event.total)

    @Slot()
    def _finished(self) -> None:
        if self._thread is not None:
            self._let_go(self._thread)
        if self._made is not None and self._features is not None and not self._stop.cancelled:
            self.unread = self._features.unread
            self.grouped.emit(self._made)
        self.ended.emit()
