"""The metrics of a run as series to draw, rebuilt from its events or grown while it works. No Qt here.

A step that starts again, or goes on from its checkpoint, repeats earlier x: everything from there on is replaced.
"""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate

from pue_desktop.engine.events import Metric, StampedEvent


class Series:
    """One curve: x rising, one value each."""

    def __init__(self) -> None:
        self.x: list[float] = []
        self.y: list[float] = []

    def add(self, x: float, value: float) -> None:
        """Appends a point; if x was reached before, what lies from there on is dropped first."""
        if self.x and x <= self.x[-1]:
            place = bisect_left(self.x, x)
            del self.x[place:]
            del self.y[place:]
        self.x.append(x)
        self.y.append(value)

    def thinned(self, most: int) -> tuple[list[float], list[float]]:
        """Returns at most `most` points: means over equal stretches, so that no stretch is left out."""
        size = -(-len(self.x) // most)
        if size <= 1:
            return list(self.x), list(self.y)
        starts = range(0, len(self.x), size)
        return (
            [self.x[min(start + size, len(self.x)) - 1] for start in starts],
            [sum(part) / len(part) for part in (self.y[start : start + size] for start in starts)],
        )

    def smoothed(self, most: int, span: int = 15) -> tuple[list[float], list[float]]:
        """Returns the thinned series with each value replaced by the mean of the `span` values around it."""
        x, y = self.thinned(most)
        sums = [0.0, *accumulate(y)]
        half = span // 2
        ends = [(max(0, place - half), min(len(y), place + half + 1)) for place in range(len(y))]
        return x, [(sums[end] - sums[start]) / (end - start) for start, end in ends]


class SeriesStore:
    """All series of a run, by step and name."""

    def __init__(self) -> None:
        self._series: dict[tuple[str, str], Series] = {}

    def clear(self, step: str | None = None) -> None:
        """Forgets everything, or what one step told."""
        for key in [key for key in self._series if step in (None, key[0])]:
            del self._series[key]

    def add(self, metrics: Iterable[Metric]) -> None:
        """Takes new points."""
        for metric in metrics:
            self._series.setdefault((metric.step, metric.name), Series()).add(metric.x, metric.value)

    def rebuild(self, events: Iterable[StampedEvent]) -> None:
        """Starts over from the events of a run folder."""
        self.clear()
        self.add(stamped.event for stamped in events if isinstance(stamped.event, Metric))

    def get(self, step: str, name: str) -> Series:
        """Returns a series, an empty one if nothing was told yet."""
        return self._series.get((step, name), Series())
