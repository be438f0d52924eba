"""OPS: one-pixel shortcut, kept within epsilon.

Wu et al., "One-Pixel Shortcut: on the Learning Preference of Deep Neural Networks", ICLR 2023, arXiv 2205.12141. All
images of a class are changed at one place towards one corner of the colour cube, chosen so that the change is large
and steady over the class: the place and the corner with the greatest ratio of mean to variance of the distance. No
surrogate.

The source puts the corner itself there, a change of up to 255 of 255. This program promises that no value changes by
more than epsilon, and every certificate says so; therefore the pixel moves towards the corner by epsilon and no more.
That is a far weaker protection than the published one: it is here to be compared with. The place is one pixel at the
working size; on a larger image it covers the area of that pixel. No two classes share place and corner.
"""

from __future__ import annotations

import torch
from torch import Tensor

from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.engine.methods.class_patterns import ClassPatternMethod
from pue_desktop.engine.methods.contract import Material
from pue_desktop.engine.views import carry

_TINY = 1e-6
_AT_ONCE = 256


class OPS(ClassPatternMethod):
    """One pixel of each class."""

    def __init__(self, material: Material) -> None:
        super().__init__(material)
        self._taken: set[int] = set()
        places = 8 * material.config.working_size**2
        if material.classes > places:
            raise InputRefusedError(
                f"One pixel can't tell {material.classes} classes apart: there are {places} ways to change one.",
                hint="Choose another method, or a larger working size.",
            )

    def pattern(self, label: int) -> Tensor:
        """Returns ±epsilon in the three channels of one pixel, zero elsewhere."""
        side = self.material.config.working_size
        order = _scores(self._images(label)).flatten().argsort(descending=True, stable=True).tolist()
        best = next(choice for choice in order if choice not in self._taken)
        self._taken.add(best)
        corner, place = divmod(best, side * side)
        found = torch.zeros(3, side, side)
        found[:, place // side, place % side] = self.material.config.epsilon_255 * (_CORNERS[corner] / 127.5 - 1.0)
        return found

    def _images(self, label: int) -> Tensor:
        """Returns the training images of a class at the working size, uint8 `[image, 3, side, side]`, on the CPU."""
        pixels = self.material.train.pixels
        chosen = pixels.images[pixels.labels == label]
        side = self.material.config.working_size
        return torch.cat(
            [carry(part.float(), side).round().to("cpu", torch.uint8) for part in torch.split(chosen, _AT_ONCE)]
        )


_CORNERS = torch.tensor([[255.0 * (corner >> channel & 1) for channel in range(3)] for corner in range(8)])


def _scores(images: Tensor) -> Tensor:
    """Returns mean / variance over images of the distance to each corner, `[corner, side, side]`.

    The distance is the mean of the channels' absolute differences, as a share of 255.
    """
    scores: list[Tensor] = []
    for corner in _CORNERS:
        total, squares = torch.zeros(images.shape[2:]), torch.zeros(images.shape[2:])
        for part in torch.split(images, _AT_ONCE):
            distance = (part.double() - corner[:, None, None]).abs().mean(dim=1) / 255.0
            total = total + distance.sum(dim=0)
            squares = squares + distance.square().sum(dim=0)
        mean = total / len(images)
        scores.append(mean / (squares / len(images) - mean.square()).clamp_min(_TINY))
    return torch.stack(scores)
