"""How visible each strength is: a part of the user's own picture with a pattern as strong as a crafted one.

The pattern is random and protects nothing: it stands for a crafted one before there is any. It has the same coarseness
over the picture, nearly the same energy (every value at ±epsilon), and goes through the same masking.
"""

from collections.abc import Iterable

import numpy as np

from pue_desktop.engine.apply import protect
from pue_desktop.engine.image_files import Picture
from pue_desktop.engine.perturbation import Perturbation

WINDOW = 256
_LEAST_SIDE = 2


def middle(picture: Picture, window: int = WINDOW) -> Picture:
    """Returns the part of at most `window` by `window` pixels in the middle."""
    width, height = picture.size
    left, top = max(0, (width - window) // 2), max(0, (height - window) // 2)
    part = np.ascontiguousarray(picture.pixels[top : top + window, left : left + window])
    return Picture(part, picture.mode, picture.icc_profile, picture.format, picture.stored_mode)


def strength_samples(
    picture: Picture, epsilons_255: Iterable[float], *, side: int, masked: bool, window: int = WINDOW
) -> list[Picture]:
    """Returns the middle of the picture at every strength, in order.

    Args:
        picture: The whole picture.
        epsilons_255: Strengths, of 255.
        side: Side of a crafted pattern, which is stretched over the whole picture.
        masked: Whether photographs' texture hides the pattern (see `masking`).
        window: Longest side of the part, in pixels.
    """
    part = middle(picture, window)
    # As many of the pattern's pixels as a crafted one has over this part.
    share = max(part.size[0] / picture.size[0], part.size[1] / picture.size[1])
    cells = max(_LEAST_SIDE, round(side * share))
    signs = np.random.default_rng(0).choice(np.array([-1.0, 1.0], dtype=np.float32), (1, 3, cells, cells))
    return [protect(part, Perturbation(signs * epsilon, epsilon, masked=masked), 0) for epsilon in epsilons_255]
