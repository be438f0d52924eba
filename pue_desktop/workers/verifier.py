"""Verifies an export on a thread of its own, through the same function as the command line.

One verification at a time: a new one replaces the one at work, whose answer is dropped.
"""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pue_desktop.engine.errors import CancelledError, PueError
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.verify_report import VerifyReport
from pue_desktop.workers.background import Background

_KEY = "verify"
_TICK_SECONDS = 0.05


class Verifier(QObject):
    """Starts verifications and tells what came of them.

    Signals:
        progressed(int, int): Files looked at, and of how many.
        verified(object): The `VerifyReport`.
        failed(object): A `PueError`: nothing could be verified.
    """

    progressed = Signal(int, int)
    verified = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._stop = Stop()

    @property
    def running(self) -> bool:
        """Whether an answer is still to come."""
        return self._background.awaits(_KEY)

    def start(self, path: Path, *, public_key: str = "", originals: Path | None = None) -> None:
        """Begins to verify an export folder, a certificate.pdf or a certificate.json.

        Args:
            path: What to verify.
            public_key: The key that must have signed, see `engine.verify.verify`; empty: any.
            originals: The folder that was protected; None: the change is not measured again.
        """
        self.stop()
        stop = self._stop = Stop()
        tell = self._teller(stop)

        def work() -> VerifyReport:
            from pue_desktop.engine.verify import verify

            return verify(path, public_key=public_key.strip() or None, originals=originals, stop=stop, tell=tell)

        self._background.submit(_KEY, work, self.verified.emit, self._failed)

    def stop(self) -> None:
        """Ends the verification at work, if any, without an answer."""
        self._background.forget(_KEY)
        self._stop.cancel()

    def shutdown(self) -> None:
        """Ends everything and waits for it."""
        self.stop()
        self._background.shutdown()

    def _teller(self, stop: Stop) -> Callable[[int, int], None]:
        """Returns the function, called on the worker thread, that thins progress to some signals a second."""
        told = 0.0

        def tell(done: int, total: int) -> None:
            nonlocal told
            now = time.monotonic()
            if (now - told >= _TICK_SECONDS or done == total) and not stop.cancelled:
                told = now
                self.progressed.emit(done, total)

        return tell

    @Slot(object)
    def _failed(self, error: PueError) -> None:
        if not isinstance(error, CancelledError):
            self.failed.emit(error)
