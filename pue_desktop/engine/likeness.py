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

from pue_desktop.engine.image_files import Picture

_RADIUS, _SIGMA = 5, 1.5
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
_LUMA = (0.299, 0.587, 0.114)
# Large pictures are gone through in tiles that fit a core's cache; columns within a tile are blurred by blocks. The
# matrices are so small that no library shares one out to several threads: pictures are, already.
_TILE_ROWS, _TILE_COLUMNS, _BLOCK = 32, 160, 32

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
    if min(original.size) <= 2 * _RADIUS:
        edges = ((_RADIUS, _RADIUS), (_RADIUS, _RADIUS), (0, 0))[: one.ndim]
        one, other = (np.pad(pixels, edges, mode="symmetric") for pixels in (one, other))
    height, width = one.shape[0] - 2 * _RADIUS, one.shape[1] - 2 * _RADIUS
    total: float = 0.0
    for top in range(0, height, _TILE_ROWS):
        check()
        # With the pixels that the windows of the outermost places reach into.
        rows = slice(top, min(top + _TILE_ROWS, height) + 2 * _RADIUS)
        for left in range(0, width, _TILE_COLUMNS):
            columns = slice(left, min(left + _TILE_COLUMNS, width) + 2 * _RADIUS)
            total += _sum(_luma(one[rows, columns]), _luma(other[rows, columns]))
    mean: float = total / (height * width)
    return min(1.0, max(-1.0, mean))


def _luma(pixels: NDArray[np.uint8]) -> Floats:
    """Returns `[height, width]` of L, LA, RGB or RGBA pixels (ITU-R BT.601, as the authors' code has it)."""
    if pixels.ndim == 2:
        return pixels.astype(np.float64)
    if pixels.shape[2] == 2:
        return pixels[..., 0].astype(np.float64)
    luma: Floats = pixels[..., :3].astype(np.float64) @ np.array(_LUMA)
    return luma


def _windows(count: int) -> Floats:
    """Returns the weights with which each of `count` places next to each other sees a row of pixels.

    `[place, pixel]`: blurring is a product of matrices, several times as fast as going along the rows.
    """
    offsets = np.arange(-_RADIUS, _RADIUS + 1)
    weights = np.exp(-(offsets**2) / (2 * _SIGMA**2))
    rows = np.zeros((count, count + 2 * _RADIUS))
    for place in range(count):
        rows[place, place : place + len(offsets)] = weights / weights.sum()
    return rows


_DOWN, _ALONG = _windows(_TILE_ROWS), np.ascontiguousarray(_windows(_BLOCK).T)


def _sum(x: Floats, y: Floats) -> float:
    """Returns the sum of the similarity over all places whose windows lie inside of two tiles."""
    height, width = x.shape[0] - 2 * _RADIUS, x.shape[1] - 2 * _RADIUS
    down = _DOWN[:height, : height + 2 * _RADIUS] @ np.stack([x, y, x * y, x * x + y * y])
    maps = down.reshape(4 * height, width + 2 * _RADIUS)
    means = np.empty((4 * height, width))
    for left in range(0, width, _BLOCK):
        right = min(left + _BLOCK, width)
        seen = right - left + 2 * _RADIUS
        np.matmul(maps[:, left : left + seen], _ALONG[:seen, : right - left], out=means[:, left:right])
    mean_x, mean_y, products, squares = means.reshape(4, height, width)
    both, alone = mean_x * mean_y, mean_x**2 + mean_y**2
    numerator = (2 * both + _C1) * (2 * (products - both) + _C2)
    return float((numerator / ((alone + _C1) * (squares - alone + _C2))).sum())
