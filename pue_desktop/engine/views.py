"""What a stranger's loading may do to a photograph before a network sees it: cut out a part, stretch it, scale it.

Crafting averages over such views, so that the perturbation does not depend on one of them (expectation over
transformations, Athalye et al., arXiv 1707.07397). The photographs and the perturbation are cut and scaled together,
at twice the working size, the way an export carries a perturbation to an image of its own size.
"""

import math

import torch
from torch import Tensor
from torch.nn import functional

_WIDEST_ASPECT = 4 / 3


def carry(patterns: Tensor, side: int) -> Tensor:
    """Returns patterns `[batch, 3, height, width]` stretched bilinearly to `side`, as `Perturbation.at_size` does."""
    if patterns.shape[-1] == side:
        return patterns
    return functional.interpolate(patterns, (side, side), mode="bilinear", align_corners=False)


def random_view(images: Tensor, size: int, *, smallest: float, generator: torch.Generator) -> Tensor:
    """Returns one random part of every image, the same part of all, scaled to a square.

    Args:
        images: float `[batch, 3, side, side]`; gradients flow through.
        size: Side of the result.
        smallest: Least share of the area, 0 to 1; the share is uniform up to 1, the aspect up to 4:3 either way.
        generator: On any device; four draws.

    Returns:
        float `[batch, 3, size, size]`, scaled without aliasing.
    """
    side = images.shape[-1]
    area, aspect, down, right = torch.rand(4, generator=generator, device=generator.device).tolist()
    area = smallest + (1.0 - smallest) * area
    aspect = math.exp((2.0 * aspect - 1.0) * math.log(_WIDEST_ASPECT))
    height = min(side, max(1, round(side * math.sqrt(area * aspect))))
    width = min(side, max(1, round(side * math.sqrt(area / aspect))))
    top, left = int(down * (side - height + 1)), int(right * (side - width + 1))
    part = images[:, :, top : top + height, left : left + width]
    return functional.interpolate(part, (size, size), mode="bilinear", align_corners=False, antialias=True)
