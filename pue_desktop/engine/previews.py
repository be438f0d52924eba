"""What can be looked at while the perturbation is crafted: a few pictures as they become, and how much it changes.

Crafting must not wait for it: at each turn two pictures are written, the one that somebody looks at and another, and
turns are so far apart that all of them together take no more than a small share of the time.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from PIL import Image

from pue_desktop.engine.apply import protect
from pue_desktop.engine.events import Event, Metric, Preview
from pue_desktop.engine.files import write_atomically
from pue_desktop.engine.image_files import Picture
from pue_desktop.engine.methods.contract import Method
from pue_desktop.engine.pixels import read_original
from pue_desktop.engine.results import DatasetIndex, ImageRecord
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop

PREVIEW_COUNT = 8
PREVIEW_SIDE = 768
TURN_SECONDS = 1.0
TURN_SHARE = 0.02
"""Of the time, at most, for turns."""
CHANGE = "change"
"""Series: mean absolute value of the patterns, in units of 1/255."""
_MEASURED = 64
_FOLDER = "craft/previews"


class Previews:
    """Pictures of a few training images, as they were and as they are with the perturbation so far."""

    def __init__(self, run: Run, index: DatasetIndex, stop: Stop) -> None:
        self._run = run
        self._index = index
        self._stop = stop
        trained = index.of_split("train")
        self._shown = _spread(trained, PREVIEW_COUNT)
        # Of images with patterns of their own some stand for all.
        some = trained[:: max(1, len(trained) // _MEASURED)][:_MEASURED]
        self._ids = list(dict.fromkeys(image.id for image in (*self._shown, *some)))
        self._pictures: list[Picture] = []
        self._next = 0.0
        self._turn = 0

    @property
    def due(self) -> bool:
        """Whether it is time for a turn."""
        return time.monotonic() >= self._next

    def write(self, method: Method, step: int, *, every: bool = False) -> Iterator[Event]:
        """Writes two pictures, or at first and if wanted every one, and tells where they are and the mean change.

        Args:
            method: At work.
            step: Steps done; 0: not known, so the mean change is not told.
            every: Whether to write every picture.
        """
        began = time.monotonic()
        every = every or not self._pictures
        if not self._pictures:
            self._begin()
        perturbation = method.perturbation(self._ids)
        if step:
            yield Metric("craft", CHANGE, step, float(np.abs(perturbation.delta_255).mean(dtype=np.float64)))
        for number in range(len(self._shown)) if every else self._chosen():
            image, name = self._shown[number], f"{_FOLDER}/{number}-protected.png"
            picture = protect(self._pictures[number], perturbation, image.label, image.id)
            _write_png(self._run, name, picture)
            yield Preview("craft", name, f"{self._index.classes[image.label]}: {image.id}")
        now = time.monotonic()
        # The first time all originals are read, too: no measure of what is to come.
        self._next = now + (TURN_SECONDS if every else max(TURN_SECONDS, (now - began) / TURN_SHARE))

    def _begin(self) -> None:
        (self._run.path / _FOLDER).mkdir(parents=True, exist_ok=True)
        self._pictures = [_reduced(read_original(self._run, image)) for image in self._shown]
        for number, picture in enumerate(self._pictures):
            _write_png(self._run, f"{_FOLDER}/{number}-original.png", picture)

    def _chosen(self) -> Iterable[int]:
        """Returns the picture that somebody looks at, and another by turns."""
        self._turn += 1
        looked_at = min(max(0, self._stop.looked_at), len(self._shown) - 1)
        return sorted({looked_at, self._turn % len(self._shown)})


def _spread(images: Sequence[ImageRecord], count: int) -> list[ImageRecord]:
    """Returns up to `count` images from as many classes as there are."""
    firsts: dict[int, ImageRecord] = {}
    for image in images:
        firsts.setdefault(image.label, image)
    chosen = [firsts[label] for label in sorted(firsts)][:count]
    chosen += [image for image in images if image not in chosen][: count - len(chosen)]
    return chosen


def _reduced(picture: Picture) -> Picture:
    width, height = picture.size
    if max(width, height) <= PREVIEW_SIDE:
        return picture
    image = picture.image()
    image.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.LANCZOS)
    return Picture(np.array(image), picture.mode, picture.icc_profile, picture.format, picture.stored_mode)


def _write_png(run: Run, name: str, picture: Picture) -> None:
    write_atomically(run.path / name, lambda stream: picture.image().save(stream, "PNG", compress_level=1))
