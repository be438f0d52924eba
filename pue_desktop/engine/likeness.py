"""How like the original a picture is: peak signal-to-noise ratio and structural similarity (SSIM).

SSIM after Wang, Bovik, Sheikh, Simoncelli, "Image quality assessment: from error visibility to structural
similarity", IEEE Transactions on Image Processing 13 (2004), with its constants: a Gaussian window of 11 by 11 with
standard deviation 1.5, K1 0.01, K2 0.03, L 255, on luma, averaged over all places where the window lies inside.

    SSIM = (2 μx μy + C1)(2 σxy + C2) / ((μx² + μy² + C1)(σx² + σy² + C2)),  C1 = (K1 L)², C2 = (K2 L)²
"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import correlate1d

from pue_desktop.engine.image_files import Picture

_RADIUS, _SIGMA = 5, 1.5
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
_LUMA = (0.299, 0.587, 0.114)
# Rows at once: large pictures are gone through in strips, so that memory stays bounded.
_STRIP = 256

Floats = NDArray[np.float64]


def psnr_db(original: Picture, changed: Picture) -> float | None:
    """Returns the peak signal-to-noise ratio in decibels, over colour and alpha; None if nothing changed."""
    difference = original.pixels.astype(np.int32) - changed.pixels
    squares = float(np.mean(np.square(difference), dtype=np.float64))
    return None if squares == 0 else 10 * math.log10(255**2 / squares)


def ssim(original: Picture, changed: Picture, check: Callable[[], None] = lambda: None) -> float:
    """Returns the structural similarity of two pictures of the same size, in [-1, 1]; exactly 1 if they are the same.

    Alpha is left out. A picture with a side shorter than the window is continued by reflection at its edges.
    `check` is called before each strip of rows; what it raises ends the measuring.
    """
    if np.array_equal(original.pixels, changed.pixels):
        return 1.0
    one, other = original.pixels, changed.pixels
    inner = 0 if min(original.size) <= 2 * _RADIUS else _RADIUS
    height = one.shape[0]
    total, count = 0.0, 0
    for top in range(inner, height - inner, _STRIP):
        check()
        bottom = min(top + _STRIP, height - inner)
        # With the rows that the window of the first and the last row reaches into.
        above, below = max(0, top - _RADIUS), min(height, bottom + _RADIUS)
        similarity = _map(_luma(one[above:below]), _luma(other[above:below]))[top - above : bottom - above]
        if inner:
            similarity = similarity[:, inner:-inner]
        total += float(similarity.sum())
        count += similarity.size
    return min(1.0, max(-1.0, total / count))


def _luma(pixels: NDArray[np.uint8]) -> Floats:
    """Returns `[height, width]` of L, LA, RGB or RGBA pixels (ITU-R BT.601, as the authors' code has it)."""
    if pixels.ndim == 2:
        return pixels.astype(np.float64)
    if pixels.shape[2] == 2:
        return pixels[..., 0].astype(np.float64)
    luma: Floats = pixels[..., :3].astype(np.float64) @ np.array(_LUMA)
    return luma


def _window() -> Floats:
    offsets = np.arange(-_RADIUS, _RADIUS + 1)
    weights = np.exp(-(offsets**2) / (2 * _SIGMA**2))
    window: Floats = weights / weights.sum()
    return window


def _map(x: Floats, y: Floats) -> Floats:
    """Returns the similarity at every pixel; beyond the edges the pictures are reflected."""
    window = _window()

    def mean(values: Floats) -> Floats:
        blurred: Floats = correlate1d(correlate1d(values, window, axis=0), window, axis=1)
        return blurred

    mean_x, mean_y = mean(x), mean(y)
    variances = mean(x * x + y * y) - mean_x**2 - mean_y**2
    covariance = mean(x * y) - mean_x * mean_y
    numerator = (2 * mean_x * mean_y + _C1) * (2 * covariance + _C2)
    similarity: Floats = numerator / ((mean_x**2 + mean_y**2 + _C1) * (variances + _C2))
    return similarity
