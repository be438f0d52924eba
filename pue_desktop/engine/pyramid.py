"""A picture at its own size, at half of it, at a quarter, … so that any zoom touches few pixels.

Level 0 is the picture itself; a pixel of level n stands for a square of 2^n by 2^n pixels, cut off at the right and
bottom edge. Colours are averaged; `peaks` keeps the largest value instead, so that nothing small gets lost.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

# The coarsest level is no larger than this: small enough to be drawn whole while something finer is on its way.
COARSEST = 256
# Rows of level 0 gone through at once, where what is wanted takes more memory than the picture.
STRIP = 512

Bytes = NDArray[np.uint8]


def level_count(width: int, height: int) -> int:
    """Returns how many levels a picture of that size has, at least 1."""
    count, side = 1, max(width, height)
    while side > COARSEST:
        side = (side + 1) // 2
        count += 1
    return count


def halved(values: NDArray[Any]) -> NDArray[Any]:
    """Returns `[⌈h/2⌉, ⌈w/2⌉, c]` of `[h, w, c]`, each the mean of four (at an odd edge of two), rounded half up.

    Args:
        values: uint8, or int16 within ±8191.
    """
    one, two, three, four = _quarters(values)
    total = one.astype(np.int16)
    for other in (two, three, four):
        total += other
    total += 2
    total >>= 2
    return total.astype(values.dtype)


def peaks_halved(values: NDArray[Any]) -> NDArray[Any]:
    """Returns `[⌈h/2⌉, ⌈w/2⌉, c]` of `[h, w, c]`, each the largest of four."""
    one, two, three, four = _quarters(values)
    largest: NDArray[Any] = np.maximum(np.maximum(one, two), np.maximum(three, four))
    return largest


def pyramid(pixels: Bytes) -> tuple[Bytes, ...]:
    """Returns all levels of `[h, w, c]`, the first being `pixels` itself."""
    levels = [pixels]
    for _ in range(level_count(pixels.shape[1], pixels.shape[0]) - 1):
        levels.append(halved(levels[-1]))
    return tuple(levels)


def _quarters(values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]:
    height, width = values.shape[:2]
    if height % 2 or width % 2:
        values = np.pad(values, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    return values[0::2, 0::2], values[0::2, 1::2], values[1::2, 0::2], values[1::2, 1::2]
