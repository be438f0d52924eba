"""What others do to published images, in a form that gradients flow through: images are float `[batch, 3, side, side]`.

Values are in 0 to 255 before and after.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

_LUMA = (0.299, 0.587, 0.114)


def greyed(images: Tensor) -> Tensor:
    """Returns luma (ITU-R BT.601, as Pillow's mode L) in all three channels."""
    weights = torch.tensor(_LUMA, device=images.device)[:, None, None]
    return (images * weights).sum(dim=1, keepdim=True).expand_as(images)


def resized(images: Tensor, side: int) -> Tensor:
    """Returns the images scaled to `side` and back, without aliasing."""
    small = functional.interpolate(images, (side, side), mode="bilinear", align_corners=False, antialias=True)
    return functional.interpolate(small, images.shape[2:], mode="bilinear", align_corners=False, antialias=True)
