"""Hardened PUE: PUE in expectation over what will be done to the images, so that the perturbation survives it.

This program's own. PUE (Wang et al., arXiv 2405.03316) with expectation over transformations (Athalye et al., arXiv
1707.07397): at every step a quarter of the batch is shown as it is, and each of the other quarters after a change
drawn at random: grey, JPEG of quality 10 to 95, a bit depth of 2 to 6, a resize to half the side or more and back, a
mild blur, or a random crop of a third of the area or more. Loss: cross-entropy under weight noise and these changes,
minimised over weights and patterns alike. What one pattern per class can't survive is a projection that removes just
these patterns. Not the default: measured on CIFAR-10 it gains nothing over PUE (grey and projection still remove
it); let the stress test say what it gives on your images.
"""

from __future__ import annotations

import torch
from torch import Tensor

from pue_desktop.engine.methods import transforms
from pue_desktop.engine.methods.pue import PUE
from pue_desktop.engine.views import random_view

_QUARTERS = 4
_QUALITIES = (10, 95)
_BITS = (2, 6)
_LEAST_SCALE = 0.5
_BLURS = (0.3, 1.0)
_LEAST_CROP = 1 / 3


class HardenedPUE(PUE):
    """Class-wise."""

    def changed(self, images: Tensor, generator: torch.Generator) -> Tensor:
        """Returns the batch with a random change on all but its first quarter."""
        plain, *others = torch.chunk(images, _QUARTERS)
        return torch.cat([plain, *(random_change(part, generator) for part in others)])


def random_change(images: Tensor, generator: torch.Generator) -> Tensor:
    """Returns float images `[batch, 3, side, side]` after one change, the same for all; gradients flow through."""
    kind, strength = torch.rand(2, generator=generator, device=generator.device).tolist()
    side = images.shape[-1]
    match int(kind * 6):
        case 0:
            return transforms.greyed(images)
        case 1:
            return transforms.jpeg(images, round(_QUALITIES[0] + strength * (_QUALITIES[1] - _QUALITIES[0])))
        case 2:
            return transforms.coarsened(images, _BITS[0] + int(strength * (_BITS[1] - _BITS[0] + 1)))
        case 3:
            return transforms.resized(images, round(side * (_LEAST_SCALE + strength * (1.0 - _LEAST_SCALE))))
        case 4:
            return transforms.blurred(images, _BLURS[0] + strength * (_BLURS[1] - _BLURS[0]))
        case _:
            return random_view(images, side, smallest=_LEAST_CROP, generator=generator)
