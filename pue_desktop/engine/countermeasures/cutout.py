"""Cutout: a random square of every image is covered with grey (DeVries and Taylor, arXiv 1708.04552).

The square's side is half of the image's, as in that paper for CIFAR-10; its centre is anywhere in the image.
"""

import torch
from torch import Tensor

from pue_desktop.engine.countermeasures.countermeasure import Countermeasure, box
from pue_desktop.engine.runtime import torch_stream

_GREY = 127.5  # what is zero once normalised


class _Cutout(Countermeasure):
    def prepare_batch(
        self, images: Tensor, labels: Tensor, *, classes: int, seed: int, index: int
    ) -> tuple[Tensor, Tensor]:
        """See `Countermeasure`."""
        images, targets = super().prepare_batch(images, labels, classes=classes, seed=seed, index=index)
        count, _, height, width = images.shape
        generator = torch_stream(seed, "cutout", index)
        side = width // 2
        top = torch.randint(0, height, (count,), generator=generator).to(images.device) - side // 2
        left = torch.randint(0, width, (count,), generator=generator).to(images.device) - side // 2
        covered = box(height, width, (top, top + side), (left, left + side))
        return images.masked_fill(covered, _GREY), targets


cutout = _Cutout()
