"""Measures one picture after the other while nothing else is to do, so that the worst and the typical can be found.

Pictures are taken in an order that is drawn once, so that what was measured so far is a sample of all. Off the GUI
thread; it stops at once when asked to, and forgets at most the picture it was at.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from pue_desktop.engine.errors import CancelledError, PueError
from pue_desktop.engine.results import ImageRecord
from pue_desktop.engine.runtime import Stop
from pue_desktop.workers.background import Background

if TYPE_CHECKING:
    from pue_desktop.engine.inspection import Measures
    from pue_desktop.engine.perturbation import Perturbation

_KEY = "survey"
_SECONDS_AT_ONCE = 0.25


@dataclass(frozen=True)
class _Some:
    """What a sitting brought: measures by id, and how many pictures it took (unreadable ones are left out)."""

    measures: dict[str, Measures]
    taken: int


class Survey(QObject):
    """Measures the pictures of a run.

    Signals:
        measured(object): Measures by image id, a few at a time.
    """

    measured = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._left: list[ImageRecord] = []
        self._source = Path()
        self._perturbation: Perturbation | None = None
        self._wanted = False
        self._held = False
        self._stop = Stop()

    @property
    def at_work(self) -> bool:
        """Whether an answer is still to come."""
        return self._background.awaits(_KEY)

    def begin(self, source: Path, images: Iterable[ImageRecord], perturbation: Perturbation) -> None:
        """Takes other pictures: those of `images` below the folder `source`."""
        self.forget()
        self._source, self._perturbation = source, perturbation
        self._left = sorted(images, key=lambda image: image.id)
        random.Random(len(self._left)).shuffle(self._left)
        self._go_on()

    def forget(self) -> None:
        """Takes no pictures any more."""
        self._end()
        self._left, self._perturbation = [], None

    def set_wanted(self, wanted: bool) -> None:
        """Tells whether there is somebody to measure for, and nothing else that needs the machine."""
        self._wanted = wanted
        self._turn()

    def set_held(self, held: bool) -> None:
        """Tells whether somebody waits for a picture, which goes first."""
        self._held = held
        self._turn()

    def shutdown(self) -> None:
        """Ends everything and waits for it."""
        self.forget()
        self._background.shutdown()

    def _turn(self) -> None:
        if self._wanted and not self._held:
            self._go_on()
        else:
            self._end()

    def _end(self) -> None:
        self._stop.cancel()
        self._background.forget(_KEY)

    def _go_on(self) -> None:
        perturbation = self._perturbation
        if self._held or not self._wanted or perturbation is None or not self._left or self.at_work:
            return
        stop = self._stop = Stop()
        source, images = self._source, tuple(self._left)
        self._background.submit(
            _KEY, lambda: _measure_some(source, images, perturbation, stop), self._took, self._failed
        )

    @Slot(object)
    def _took(self, some: _Some) -> None:
        del self._left[: some.taken]
        self.measured.emit(some.measures)
        self._go_on()

    @Slot(object)
    def _failed(self, error: PueError) -> None:
        if not isinstance(error, CancelledError):
            # A bug, and told as one already; the next sitting would meet it again.
            self.forget()


def _measure_some(source: Path, images: tuple[ImageRecord, ...], perturbation: Perturbation, stop: Stop) -> _Some:
    from pue_desktop.engine.inspection import measure, open_pictures

    measures: dict[str, Measures] = {}
    end = time.monotonic() + _SECONDS_AT_ONCE
    taken = 0
    for image in images:
        stop.check()
        taken += 1
        try:
            original, protected = open_pictures(source, image, perturbation, stop.check)
            measures[image.id] = measure(original, protected, stop.check)
        except CancelledError:
            raise
        except PueError:
            # Nothing to tell: whoever opens the picture is told what is wrong with it.
            continue
        if time.monotonic() >= end:
            break
    return _Some(measures, taken)
