"""Short work off the GUI thread: reading results, digests, statistics.

Each job is a function without arguments; its result, or its `PueError`, comes back as a call on the GUI thread. Jobs
of the same `key` replace one another: the answer of an outdated job is dropped, so that the latest question wins.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from pue_desktop.engine.errors import PueError

_BROKEN = PueError("Something could not be read.", hint="This is a bug; please report it.")


class Background(QObject):
    """A small pool of threads whose answers arrive on the thread that owns this object.

    Signals:
        answered(str, int, object, object): Key, serial number, result, `PueError` or None (internal).
    """

    answered = Signal(str, int, object, object)

    def __init__(self, parent: QObject | None = None, *, threads: int = 1) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._serial = 0
        self._waiting: dict[str, tuple[int, Callable[[Any], None], Callable[[PueError], None] | None]] = {}
        self.answered.connect(self._deliver)

    def submit(
        self,
        key: str,
        function: Callable[[], object],
        on_result: Callable[[Any], None],
        on_error: Callable[[PueError], None] | None = None,
    ) -> None:
        """Runs `function` on a pool thread; an earlier job with the same `key` is forgotten."""
        self._serial += 1
        self._waiting[key] = (self._serial, on_result, on_error)
        self._pool.start(_Job(self, key, self._serial, function))

    def awaits(self, key: str) -> bool:
        """Whether the answer of the job called `key` is still to come."""
        return key in self._waiting

    def forget(self, key: str) -> None:
        """Drops the answer of the job called `key`, if it comes."""
        self._waiting.pop(key, None)

    def shutdown(self) -> None:
        """Forgets all jobs and waits for those that run."""
        self._waiting.clear()
        self._pool.clear()
        self._pool.waitForDone()

    @Slot(str, int, object, object)
    def _deliver(self, key: str, serial: int, result: object, error: PueError | None) -> None:
        waiting = self._waiting.get(key)
        if waiting is None or waiting[0] != serial:
            return
        del self._waiting[key]
        _, on_result, on_error = waiting
        if error is None:
            on_result(result)
        elif on_error is not None:
            on_error(error)


class _Job(QRunnable):
    def __init__(self, owner: Background, key: str, serial: int, function: Callable[[], object]) -> None:
        super().__init__()
        self._owner, self._key, self._serial, self._function = owner, key, serial, function

    def run(self) -> None:
        """Runs on a pool thread. What is not a `PueError` goes on to `sys.excepthook`, after the asker was answered."""
        result: object = None
        failure: PueError | None = _BROKEN
        try:
            result = self._function()
            failure = None
        except PueError as error:
            failure = error
        finally:
            self._owner.answered.emit(self._key, self._serial, result, failure)
