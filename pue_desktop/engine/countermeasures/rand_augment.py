"""RandAugment: two random changes of every image out of fourteen (Cubuk et al., arXiv 1909.13719).

torchvision's, with its default strength (9 of 30): shifts, shears, turns, brightness, contrast, colour, sharpness,
posterising, solarising, equalising. It draws from torch's global generator, so every image gets that generator set to
its own stream, and it is put back afterwards.
"""

import torch
from torch import Tensor
from torchvision.transforms import RandAugment

from pue_desktop.engine.countermeasures.countermeasure import Countermeasure, to_pixels
from pue_desktop.engine.runtime import stream_seed


class _RandAugment(Countermeasure):
    def __init__(self) -> None:
        self._change = RandAugment()

    def prepare_batch(
        self, images: Tensor, labels: Tensor, *, classes: int, seed: int, index: int
    ) -> tuple[Tensor, Tensor]:
        """See `Countermeasure`."""
        images, targets = super().prepare_batch(images, labels, classes=classes, seed=seed, index=index)
        pixels = to_pixels(images).cpu()
        changed = torch.empty_like(pixels)
        with torch.random.fork_rng(devices=[]):
            for position, image in enumerate(pixels):
                torch.default_generator.manual_seed(stream_seed(seed, f"randaugment {index}", position))
                changed[position] = self._change(image)
        return changed.to(images.device).float(), targets


rand_augment = _RandAugment()
