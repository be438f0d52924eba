"""Events: the frozen values that a step yields while it works.

The window, the command line and `events.jsonl` all live on the same four kinds. An event never carries a tensor or
an object that goes on changing. JSON is their only stored form; the field `type` tells the kind.
"""

from collections import deque
from collections.abc import Generator
from typing import Literal, TypeVar

import msgspec


class Progress(msgspec.Struct, frozen=True, tag="progress"):
    """How far a step is.

    Attributes:
        step: Name of the step.
        done: Units finished, 0 to `total`; the units of all phases of the step are weighted to compare in time.
        total: Units in the whole step, more than 0.
        phase: What is being done now, in a few words for people.
    """

    step: str
    done: float
    total: float
    phase: str = ""


class Metric(msgspec.Struct, frozen=True, tag="metric"):
    """One point of a curve: series `name` of `step` has `value` at `x`. A repeated `x` replaces the earlier point."""

    step: str
    name: str
    x: float
    value: float


class Preview(msgspec.Struct, frozen=True, tag="preview"):
    """A picture was written to `path`, relative to the run folder."""

    step: str
    path: str
    label: str = ""


class Notice(msgspec.Struct, frozen=True, tag="notice"):
    """Something the user should read once."""

    step: str
    text: str
    level: Literal["info", "warning"] = "info"


Event = Progress | Metric | Preview | Notice
Result = TypeVar("Result")


def ended(work: Generator[object, None, Result]) -> Result:
    """Runs a generator to its end, whatever it yields, and returns what it returns. Raises what it raises."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: Result = end.value
            return result


class StampedEvent(msgspec.Struct, frozen=True):
    """A line of `events.jsonl`: an event and when it happened (seconds since 1970)."""

    time: float
    event: Event


class Phases:
    """One honest progress bar for a step of several phases, each with its share of the time.

    Args:
        step: Name of the step.
        weights: Phases in order: text for people, and its expected time in any one unit.
    """

    def __init__(self, step: str, weights: dict[str, float]) -> None:
        self._step = step
        self._weights = weights
        self._total = sum(weights.values())

    def at(self, phase: str, fraction: float) -> Progress:
        """Returns the progress when `fraction` (0 to 1) of `phase` and all phases before it are done."""
        before = 0.0
        for name, weight in self._weights.items():
            if name == phase:
                return Progress(self._step, before + weight * fraction, self._total, phase)
            before += weight
        raise KeyError(phase)


class TimeEstimate:
    """Seconds left, from the pace of the last progress events.

    The first second of a step is left out: it is spent on warming up and says nothing about the rest. A pause between
    two events (`gap` seconds or more) is not counted as work.
    """

    def __init__(self, *, window: int = 400, gap: float = 20.0) -> None:
        self._points: deque[tuple[float, float]] = deque(maxlen=window)
        self._gap = gap
        self._step = ""
        self._began = 0.0

    def update(self, progress: Progress, now: float) -> float | None:
        """Takes the next event at time `now` (seconds); returns seconds left in this step, None while unknown."""
        if progress.step != self._step or (self._points and now - self._points[-1][0] > self._gap):
            self._points.clear()
            self._step = progress.step
            self._began = now
        if now - self._began < 1.0:
            return None
        self._points.append((now, progress.done))
        (first_time, first_done), (last_time, last_done) = self._points[0], self._points[-1]
        if last_time - first_time < 1.0 or last_done <= first_done:
            return None
        return (progress.total - last_done) * (last_time - first_time) / (last_done - first_done)


def encode(event: StampedEvent) -> bytes:
    """Returns the JSON line of an event, without a newline."""
    return msgspec.json.encode(event)


def decode(line: bytes) -> StampedEvent:
    """Reads one line of `events.jsonl`. Raises `msgspec.DecodeError` on anything else."""
    return msgspec.json.decode(line, type=StampedEvent)
