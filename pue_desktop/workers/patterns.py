"""The patterns of a perturbation as pictures, made off the GUI thread by `Inspector`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pue_desktop.engine.perturbation import Perturbation
    from pue_desktop.engine.pyramid import Bytes
    from pue_desktop.engine.results import ImageRecord

MOST = 1000
MOST_OF_IMAGES = 200
_SMALL_SIDE = 96


@dataclass(frozen=True)
class PatternName:
    """Which pattern: that of the class `label`, or, where every image has its own, that of the image `image`.

    Attributes:
        title: What people call it.
        label: Class.
        image: Image id; empty if the pattern is the class's.
    """

    title: str
    label: int
    image: str = ""


@dataclass(frozen=True)
class ShownPattern:
    """One pattern, large.

    Attributes:
        name: Which.
        pixels: Around grey, for the screen.
        spectrum: Logarithm of its spectrum, likewise; as bright as it gets for the largest value.
        largest: Of its values, in units of 1/255.
        mean: Of their magnitudes.
        side: Pixels in a row.
    """

    name: PatternName
    pixels: Bytes
    spectrum: Bytes
    largest: float
    mean: float
    side: int


def names_of(
    perturbation: Perturbation, classes: tuple[str, ...], images: tuple[ImageRecord, ...]
) -> list[PatternName]:
    """Returns the patterns there are: of all classes, or of the first of `images`."""
    if perturbation.rows is None:
        return [PatternName(name, label) for label, name in enumerate(classes[:MOST])]
    known = [image for image in images if image.id in perturbation.rows]
    return [PatternName(image.id, image.label, image.id) for image in known[:MOST_OF_IMAGES]]


def small_pixels(perturbation: Perturbation, name: PatternName) -> Bytes:
    """Returns a pattern for a gallery, for the screen: every so many pixels of a large one."""
    from pue_desktop.engine.inspection import pattern_pixels

    pattern = perturbation.pattern(name.label, name.image)
    step = max(1, -(-pattern.shape[1] // _SMALL_SIDE))
    return pattern_pixels(pattern[:, ::step, ::step], perturbation.epsilon_255)


def shown_pattern(perturbation: Perturbation, name: PatternName) -> ShownPattern:
    """Returns a pattern with its spectrum."""
    import numpy as np

    from pue_desktop.engine.inspection import heat, pattern_pixels, spectrum

    pattern = perturbation.pattern(name.label, name.image)
    sizes, logarithm = np.abs(pattern), spectrum(pattern)
    return ShownPattern(
        name,
        pattern_pixels(pattern, perturbation.epsilon_255),
        heat(logarithm, float(logarithm.max())),
        float(sizes.max()),
        float(sizes.mean()),
        pattern.shape[1],
    )
