"""The thread that drives an engine generator and turns what it yields into signals.

A `QThread` subclass that lives on the GUI thread and emits from `run`, so that every slot runs on the GUI thread.
`Progress` is thinned to 20 a second, metrics are collected and handed over in batches: none is lost, and no flood
reaches the event loop. After the last event comes exactly one of `succeeded`, `failed` and `cancelled`. The generator
is closed here, on its own thread, so that its `finally` blocks save what was reached before the window goes on.
"""

import logging
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Generator
from contextlib import suppress

from PySide6.QtCore import QObject, QThread, Signal

from pue_desktop.engine.errors import CancelledError, PueError
from pue_desktop.engine.events import Event, Metric, Progress

PER_SECOND = 20
_NICENESS = 10

_log = logging.getLogger(__name__)

EventStream = Generator[Event, None, None]


class UnexpectedError(PueError):
    """A bug, or a failure that nobody foresaw, in words for the user.

    Attributes:
        details: The traceback, for "Copy details".
    """

    def __init__(self, message: str, *, hint: str, details: str) -> None:
        super().__init__(message, hint=hint)
        self.details = details


class EngineThread(QThread):
    """Runs one generator from its first event to its end.

    `event` is taken by `QObject`, hence `event_came`.

    Signals:
        event_came(object): A `Progress` (thinned), `Preview` or `Notice`.
        metrics(object): A tuple of `Metric`, in order, none left out.
        succeeded(): The generator came to its end.
        failed(object): It raised; the `PueError` to show.
        cancelled(): It stopped because it was asked to.
    """

    event_came = Signal(object)
    metrics = Signal(object)
    succeeded = Signal()
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, work: Callable[[], EventStream], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work

    def run(self) -> None:
        """Runs on the new thread: drives the generator and tells how it ended."""
        _let_the_window_go_first()
        border = _Border(self)
        error: PueError | None
        try:
            error = self._drive(border)
        # Whatever happens on this thread must reach the user: a swallowed error looks like an endless job.
        except BaseException as unexpected:  # noqa: BLE001, RUF100
            error = _unexpected(unexpected)
        border.flush()
        if error is None:
            self.succeeded.emit()
        elif isinstance(error, CancelledError):
            self.cancelled.emit()
        else:
            self.failed.emit(error)

    def _drive(self, border: "_Border") -> PueError | None:
        stream = self._work()
        try:
            for event in stream:
                border.take(event)
        except PueError as error:
            return error
        finally:
            stream.close()
        return None


class _Border:
    """Thins what crosses to the GUI thread to `PER_SECOND` emissions of each kind."""

    def __init__(self, thread: EngineThread) -> None:
        self._thread = thread
        self._progress: Progress | None = None
        self._metrics: list[Metric] = []
        self._last = 0.0
        self._step = ""

    def take(self, event: Event) -> None:
        """Passes an event on now, or keeps it until its turn."""
        if event.step != self._step:
            self.flush()
            self._step = event.step
        if isinstance(event, Progress):
            self._progress = event
        elif isinstance(event, Metric):
            self._metrics.append(event)
        else:
            self._thread.event_came.emit(event)
        if time.monotonic() - self._last >= 1 / PER_SECOND:
            self.flush()

    def flush(self) -> None:
        """Passes on everything that was kept."""
        self._last = time.monotonic()
        if self._metrics:
            self._thread.metrics.emit(tuple(self._metrics))
            self._metrics.clear()
        if self._progress is not None:
            self._thread.event_came.emit(self._progress)
            self._progress = None


def _unexpected(error: BaseException) -> PueError:
    details = "".join(traceback.format_exception(error))
    _log.error("the engine failed unexpectedly\n%s", details)
    text = str(error).splitlines()[0] if str(error) else ""
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return UnexpectedError(
            "There is not enough memory for this.",
            hint="What was reached is saved. Close other programs or choose a smaller batch size, then continue.",
            details=details,
        )
    return UnexpectedError(
        f"Something went wrong that should not: {type(error).__name__}{': ' if text else ''}{text}",
        hint="This is a bug. What was reached is saved; please report it with the copied details.",
        details=details,
    )


def _let_the_window_go_first() -> None:
    """Lowers the priority of this thread and of those it starts (torch's), so that the window stays fluent."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
