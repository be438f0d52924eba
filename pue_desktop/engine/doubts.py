"""What in a scanned folder makes figures say less than they seem to: refused, or told with what to do."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.engine.events import Event, Notice, Progress
from pue_desktop.engine.export_names import shown
from pue_desktop.engine.look_alikes import pairs
from pue_desktop.engine.results import ImageRecord, LookAlike
from pue_desktop.engine.runtime import Stop

LEAST_HELD = 20
"""With fewer held-out images, one of them decides about more than the verdict's margin of 5 %."""

_EXAMPLES = 3
_TELL_EVERY = 64

Looks = Mapping[str, tuple[str, str]]


def check_different(folder: Path, looks: Looks) -> None:
    """Raises `InputRefusedError` if all pictures are one and the same; `looks` has hash and pixel digest by id."""
    if len({digest for _, digest in looks.values()}) == 1:
        raise InputRefusedError(
            f"All {len(looks):,} images in {folder} are the same picture.",
            hint="There is nothing to tell classes apart by: choose a folder of different images.",
        )


def doubts(images: Sequence[ImageRecord], looks: Looks, stop: Stop) -> Generator[Event, None, tuple[LookAlike, ...]]:
    """Tells of a hold-out that is too small, or that networks know already; returns the held-out look-alikes.

    Args:
        images: With labels and split.
        looks: Perceptual hash and pixel digest by id.
        stop: Serves pause and cancel.
    """
    held = [image for image in images if image.split == "hold_out"]
    if len(held) < LEAST_HELD:
        yield Notice(
            "scan",
            f"Only {len(held)} images are held out to measure with: a single one changes an accuracy by "
            f"{1 / len(held):.0%}. Take more images, or hold out more of them.",
            "warning",
        )
    alike = yield from _look_alikes(held, [image for image in images if image.split == "train"], looks, stop)
    if alike:
        examples = "; ".join(f"{shown(one.path)}: {one.reason}" for one in islice(alike, _EXAMPLES))
        yield Notice(
            "scan",
            f"{len(alike):,} of {len(held):,} held-out images look the same as images to learn from, so what is "
            f"measured on them can't be trusted. Take one of each two out of the folder, or hold out both. {examples}.",
            "warning",
        )
    return alike


def _look_alikes(
    held: Sequence[ImageRecord], trained: Sequence[ImageRecord], looks: Looks, stop: Stop
) -> Generator[Event, None, tuple[LookAlike, ...]]:
    found: list[LookAlike] = []
    compared = pairs([looks[image.id] for image in held], [looks[image.id] for image in trained])
    for done, pair in enumerate(compared, start=1):
        if pair is not None:
            other = shown(trained[pair.trained].id)
            reason = f"it is the same picture as {other}" if pair.same else f"it looks nearly the same as {other}"
            found.append(LookAlike(held[pair.held].id, reason))
        if done % _TELL_EVERY == 0:
            stop.check()
            yield Progress("scan", 1, 1, "comparing the images")
    return tuple(found)
