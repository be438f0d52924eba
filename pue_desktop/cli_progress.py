"""Progress on stderr: a bar per step with the time left on a terminal, a line every few seconds elsewhere.

The events come from the engine; nothing here knows what a step does. Signals become a request to stop, so that a
step saves what it reached before the process ends.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Protocol, TypeVar

from pue_desktop.cli_output import Console
from pue_desktop.engine.events import Event, Notice, Progress, TimeEstimate
from pue_desktop.engine.runtime import Stop

if TYPE_CHECKING:
    from rich.progress import TaskID

Result = TypeVar("Result")

SECONDS_BETWEEN_LINES = 5.0


class Display(Protocol):
    """Shows events to people."""

    def show(self, event: Event) -> None:
        """Takes the next event."""
        ...


def follow(console: Console, steps: Sequence[str], work: Callable[[Stop], Generator[Event, None, Result]]) -> Result:
    """Runs `work` to its end, shows its events, and turns Ctrl-C and SIGTERM into a request to stop.

    Args:
        console: Where progress goes.
        steps: Names of the steps to come, in order.
        work: Starts the work with the stop token it has to obey.

    Raises:
        CancelledError: the user stopped it; what was reached is saved.
    """
    stop = Stop()
    with ExitStack() as stack:
        stack.enter_context(stopped_by_signals(stop, console))
        display = stack.enter_context(_display(console, steps))
        events = work(stop)
        stack.callback(events.close)
        while True:
            try:
                event = next(events)
            except StopIteration as end:
                result: Result = end.value
                return result
            display.show(event)


def duration(seconds: float) -> str:
    """Returns a time span for people: "45 s", "1 min 20 s", "2 h 5 min"."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


@contextmanager
def stopped_by_signals(stop: Stop, console: Console) -> Iterator[None]:
    """Makes Ctrl-C, SIGTERM and a closed terminal ask for a stop; the second time the process ends at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before: dict[int, object] = {}

    def handle(number: int, _frame: FrameType | None) -> None:
        stop.cancel()
        # The second time the process ends at once: whatever hangs must not hold the user.
        signal.signal(number, signal.SIG_DFL)
        console.tell("Stopping and saving. Once more ends it at once.")

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # What the caller had us ignore (nohup) stays ignored.
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, handle)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]


@contextmanager
def _display(console: Console, steps: Sequence[str]) -> Iterator[Display]:
    if not console.progress_stream.isatty() or os.environ.get("TERM") == "dumb":
        yield _Lines(console, steps)
        return
    with ExitStack() as stack:
        yield _Bars(console, steps, stack)


class _Lines:
    """For log files and pipes: at most one line of progress every `SECONDS_BETWEEN_LINES`."""

    def __init__(self, console: Console, steps: Sequence[str]) -> None:
        self._console = console
        self._steps = steps
        self._estimate = TimeEstimate()
        self._last = -SECONDS_BETWEEN_LINES

    def show(self, event: Event) -> None:
        """Prints notices, and progress now and then."""
        if isinstance(event, Notice):
            self._console.tell(event.text)
        if not isinstance(event, Progress):
            return
        now = time.monotonic()
        left = self._estimate.update(event, now)
        if now - self._last < SECONDS_BETWEEN_LINES:
            return
        self._last = now
        parts = [f"{_title(event.step, self._steps)}: {100 * event.done / event.total:.0f} %"]
        if left is not None:
            parts.append(f"about {duration(left)} left")
        if event.phase:
            parts.append(event.phase)
        self._console.tell(", ".join(parts))


class _Bars:
    """For terminals: one bar per step."""

    def __init__(self, console: Console, steps: Sequence[str], stack: ExitStack) -> None:
        from rich.console import Console as RichConsole
        from rich.progress import BarColumn, TaskProgressColumn, TextColumn
        from rich.progress import Progress as RichProgress

        self._steps = steps
        self._estimate = TimeEstimate()
        self._tasks: dict[str, TaskID] = {}
        self._bars = stack.enter_context(
            RichProgress(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                TaskProgressColumn(),
                TextColumn("{task.fields[left]}", markup=False),
                TextColumn("{task.fields[phase]}", style="dim", markup=False),
                console=RichConsole(file=console.progress_stream),
            )
        )

    def show(self, event: Event) -> None:
        """Moves the bar of the event's step; prints notices above the bars."""
        if isinstance(event, Notice):
            self._bars.console.print(event.text, markup=False, highlight=False)
        if not isinstance(event, Progress):
            return
        left = self._estimate.update(event, time.monotonic())
        if event.step not in self._tasks:
            self._tasks[event.step] = self._bars.add_task(
                _title(event.step, self._steps), total=event.total, left="", phase=""
            )
        finished = event.done >= event.total
        self._bars.update(
            self._tasks[event.step],
            completed=event.done,
            total=event.total,
            left="" if left is None or finished else f"{duration(left)} left",
            phase=event.phase,
        )


def _title(step: str, steps: Sequence[str]) -> str:
    if step not in steps or len(steps) == 1:
        return step
    return f"[{steps.index(step) + 1}/{len(steps)}] {step}"
