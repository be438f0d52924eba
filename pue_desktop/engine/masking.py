"""Texture masking: how strong a perturbation is at each place of a picture, so that it hides where there is texture.

Eyes miss in leaves what they see in a sky (contrast masking: Legge & Foley, "Contrast masking in human vision", Journal
of the Optical Society of America 70, 1980). So a masked perturbation has its full size where the picture is busy at the
perturbation's own scale, a fifth of it where the picture is flat, and over the whole picture a bounded energy: at
least 34 dB of peak signal-to-noise ratio at epsilon 8, 6 dB more at half of that epsilon.

Texture t of a cell of 4 by 4 pixels, two by two of the perturbation's own: the standard deviation of luma. Strength
there: 0.2 + 0.8 t / (t + 8).

Strengths are computed by one function for NumPy arrays, from which files are made, and for torch tensors, on which
crafting works; torch is never imported here.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

CANVAS_SCALE = 2
"""Texture is measured on the picture squashed to this many times the side of its perturbation."""
CELL = 4
LEAST_STRENGTH = 0.2
HALF_TEXTURE = 8.0
RMS_SHARE = 255.0 / 10 ** (34 / 20) / 8.0
"""Largest root mean square of a perturbation, as a share of epsilon: 34 dB at epsilon 8."""

_LUMA = (19595, 38470, 7471)  # of 65536, ITU-R BT.601


def cell_strengths(images: Any, cell: int = CELL) -> Any:
    """Returns the strength of each cell, `[…, side / cell, side / cell]`, from 0.2 to below 1.

    Args:
        images: Whole numbers 0 to 255, `[…, 3, side, side]`, an array or a tensor of 64-bit integers.
        cell: Side of a cell in pixels; what is left over at the far edges is not looked at.
    """
    red, green, blue = (images[..., channel, :, :] for channel in range(3))
    luma = (red * _LUMA[0] + green * _LUMA[1] + blue * _LUMA[2] + 32768) // 65536
    *lead, side, _ = luma.shape
    count = side // cell
    cells = luma[..., : count * cell, : count * cell].reshape(*lead, count, cell, count, cell)
    # Sums of whole numbers are exact, so every machine finds the same strengths.
    total = cells.sum(-1).sum(-2)
    squares = (cells * cells).sum(-1).sum(-2)
    texture = (cell**2 * squares - total * total) ** 0.5 / cell**2
    return LEAST_STRENGTH + (1.0 - LEAST_STRENGTH) * texture / (texture + HALF_TEXTURE)


def strength_map(squashed: NDArray[np.uint8], *, width: int, height: int) -> NDArray[np.float32]:
    """Returns the strength at every pixel of a picture, float32 `[height, width, 1]`.

    Args:
        squashed: The picture squashed to a square, uint8 `[3, side, side]`.
        width: Of the picture, in pixels.
        height: Likewise.
    """
    cells = cell_strengths(squashed.astype(np.int64)).astype(np.float32)
    return np.asarray(Image.fromarray(cells).resize((width, height), Image.Resampling.BILINEAR))[..., None]


def within_budget(whole: NDArray[np.float32], epsilon_255: float) -> NDArray[np.float32]:
    """Returns a perturbation `[height, width, channel]` scaled down until, rounded, its energy is within the budget."""
    limit = (RMS_SHARE * epsilon_255) ** 2 * whole.size
    energy = float(np.square(whole, dtype=np.float64).sum())
    scaled = whole * np.float32(min(1.0, (limit / energy) ** 0.5 if energy else 1.0))
    while float(np.square(np.rint(scaled), dtype=np.float64).sum()) > limit:
        scaled = scaled * np.float32(0.98)
    return scaled
