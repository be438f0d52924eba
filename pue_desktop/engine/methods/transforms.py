"""What others do to published images, in a form that gradients flow through: images are float `[batch, 3, side, side]`.

Values are in 0 to 255 before and after. Rounding has no useful gradient: where it only makes values coarser it is
passed straight through (Bengio et al., arXiv 1308.3432); where it removes what is small, as JPEG does, its gradient
is that of a cubic, small near whole numbers (Shin & Song, "JPEG-resistant Adversarial Images", NIPS workshop 2017).
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

_LUMA = (0.299, 0.587, 0.114)
_BLUR_REACH = 3
_BLOCK, _UNIT = 8, 16

# The tables of ITU-T T.81, annex K, which libjpeg scales by its quality.
_LUMINANCE = (
    (16, 11, 10, 16, 24, 40, 51, 61),
    (12, 12, 14, 19, 26, 58, 60, 55),
    (14, 13, 16, 24, 40, 57, 69, 56),
    (14, 17, 22, 29, 51, 87, 80, 62),
    (18, 22, 37, 56, 68, 109, 103, 77),
    (24, 35, 55, 64, 81, 104, 113, 92),
    (49, 64, 78, 87, 103, 121, 120, 101),
    (72, 92, 95, 98, 112, 100, 103, 99),
)
_CHROMINANCE = (
    (17, 18, 24, 47, 99, 99, 99, 99),
    (18, 21, 26, 66, 99, 99, 99, 99),
    (24, 26, 56, 99, 99, 99, 99, 99),
    (47, 66, 99, 99, 99, 99, 99, 99),
    *((99,) * 8,) * 4,
)


def greyed(images: Tensor) -> Tensor:
    """Returns luma (ITU-R BT.601, as Pillow's mode L) in all three channels."""
    weights = torch.tensor(_LUMA, device=images.device)[:, None, None]
    return (images * weights).sum(dim=1, keepdim=True).expand_as(images)


def coarsened(images: Tensor, bits: int) -> Tensor:
    """Returns values rounded to 2^bits levels from 0 to 255, 1 ≤ bits ≤ 8."""
    step = 255.0 / float(2**bits - 1)
    return images + (torch.round(images / step) * step - images).detach()


def resized(images: Tensor, side: int) -> Tensor:
    """Returns the images scaled to `side` and back, without aliasing."""
    small = functional.interpolate(images, (side, side), mode="bilinear", align_corners=False, antialias=True)
    return functional.interpolate(small, images.shape[2:], mode="bilinear", align_corners=False, antialias=True)


def blurred(images: Tensor, sigma: float) -> Tensor:
    """Returns a Gaussian blur of `sigma` > 0 pixels, cut at 3 pixels; borders are mirrored."""
    distance = torch.arange(-_BLUR_REACH, _BLUR_REACH + 1, device=images.device)
    line = torch.exp(-0.5 * (distance / sigma) ** 2)
    line = line / line.sum()
    padded = functional.pad(images, (_BLUR_REACH,) * 4, mode="reflect")
    down = functional.conv2d(padded, line.view(1, 1, -1, 1).expand(3, 1, -1, 1), groups=3)
    return functional.conv2d(down, line.view(1, 1, 1, -1).expand(3, 1, 1, -1), groups=3)


def jpeg(images: Tensor, quality: int) -> Tensor:
    """Returns what JPEG of libjpeg's `quality` (1 to 100), colours at half the size, leaves of the images."""
    height, width = images.shape[2:]
    padded = functional.pad(images, (0, -width % _UNIT, 0, -height % _UNIT), mode="replicate")
    red, green, blue = padded.unbind(dim=1)
    luma = _LUMA[0] * red + _LUMA[1] * green + _LUMA[2] * blue
    colours = torch.stack((0.5 * (blue - luma) / (1 - _LUMA[2]), 0.5 * (red - luma) / (1 - _LUMA[0])), dim=1)
    luma = _coded(luma - 128.0, _LUMINANCE, quality) + 128.0
    colours = _coded(functional.avg_pool2d(colours, 2), _CHROMINANCE, quality)
    colours = functional.interpolate(colours, scale_factor=2, mode="bilinear", align_corners=False)
    blue = luma + 2.0 * (1 - _LUMA[2]) * colours[:, 0]
    red = luma + 2.0 * (1 - _LUMA[0]) * colours[:, 1]
    green = (luma - _LUMA[0] * red - _LUMA[2] * blue) / _LUMA[1]
    return torch.stack((red, green, blue), dim=1)[:, :, :height, :width].clamp(0.0, 255.0)


def _coded(planes: Tensor, table: tuple[tuple[int, ...], ...], quality: int) -> Tensor:
    """Returns planes `[…, height, width]`, sides multiples of 8, as their rounded cosine coefficients give them."""
    scale = 5000 / quality if quality < 50 else 200 - 2 * quality
    steps = torch.tensor(table, device=planes.device, dtype=planes.dtype)
    steps = torch.floor((steps * scale + 50.0) / 100.0).clamp(1.0, 255.0)
    cosine = _cosine(planes)
    *lead, height, width = planes.shape
    blocks = planes.reshape(-1, height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK).transpose(2, 3)
    coded = _rounded(cosine @ blocks @ cosine.T / steps) * steps
    return (cosine.T @ coded @ cosine).transpose(2, 3).reshape(*lead, height, width)


def _cosine(like: Tensor) -> Tensor:
    """Returns the orthonormal cosine transform of 8 values, `[8, 8]`."""
    place = torch.arange(_BLOCK, device=like.device, dtype=like.dtype)
    matrix = torch.cos(math.pi / _BLOCK * (place + 0.5) * place[:, None]) * math.sqrt(2 / _BLOCK)
    matrix[0] /= math.sqrt(2)
    return matrix


def _rounded(values: Tensor) -> Tensor:
    whole = values.detach().round()
    cubic = whole + (values - whole) ** 3
    return cubic + (whole - cubic).detach()
