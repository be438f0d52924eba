"""UEraser-max: of five strong random changes of every image, learn from the one the network errs most on.

Qin et al., "Learning the Unlearnable", arXiv 2303.15127, the strongest known countermeasure that needs no data of its
own (93.6 % on CIFAR-10 under EM in APBench, arXiv 2308.03258); -max: in every epoch. Each change is a plasma of
brightness and one of contrast (each for half of the images, each channel with a plasma of its own), a random order of
the channels (for half of them), then one ordinary change of random strength (for half of them): TrivialAugment (Müller
and Hutter, arXiv 2103.10158) with the twelve changes and ranges of kornia's, which the source uses. There a batch gets
one kind of change and every image a strength of its own; here every eighth of a batch gets a kind and a strength. A
plasma is a fractal in [0, 1] by the diamond-square algorithm. Five passes a step, and the changes themselves.
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as transforms

from pue_desktop.engine.countermeasures.countermeasure import Countermeasure, to_pixels
from pue_desktop.engine.runtime import torch_stream
from pue_desktop.engine.training import normalise

REPEATS = 5
_ROUGHNESS = (0.3, 0.7)
_INTENSITY = (0.5, 1.0)
_CONTRAST = 4.0  # the plasma's mean of 1/2 doubles the contrast
_MIDDLE = 127.5
_EIGHTH = 8


class _UEraser(Countermeasure):
    def loss(
        self, model: nn.Module, images: Tensor, targets: Tensor, *, seed: int, index: int
    ) -> tuple[Tensor, Tensor]:
        """Returns the mean over the images of the greatest loss among their changes, and the logits of those."""
        logits, losses = [], []
        for repeat in range(REPEATS):
            changed = self.changed(images, seed=seed, index=REPEATS * index + repeat)
            logits.append(model(normalise(changed)))
            losses.append(functional.cross_entropy(logits[-1], targets, reduction="none"))
        worst, which = torch.stack(losses).max(dim=0)
        return worst.mean(), torch.stack(logits)[which, torch.arange(len(images), device=which.device)]

    def changed(self, images: Tensor, *, seed: int, index: int) -> Tensor:
        """Returns every image, float `[batch, 3, side, side]` in 0 to 255, after a random change of its own."""
        generator = torch_stream(seed, "ueraser", index, device=str(images.device))
        images = shuffled(contrasted(brightened(images, generator), generator), generator)
        return torch.cat([_ordinary(part, generator) for part in torch.chunk(images, _EIGHTH)])


def brightened(images: Tensor, generator: torch.Generator) -> Tensor:
    """Returns half of the images brighter here and darker there, by up to their whole range."""
    low, high = _INTENSITY
    intensity = low + (high - low) * _uniform((len(images), 1, 1, 1), generator)
    change = 255.0 * intensity * (2.0 * _plasmas(images, generator) - 1.0)
    return torch.where(_half(images, generator), (images + change).clamp(0.0, 255.0), images)


def contrasted(images: Tensor, generator: torch.Generator) -> Tensor:
    """Returns half of the images with the contrast multiplied by 0 to 4, differently from place to place."""
    contrast = _CONTRAST * _plasmas(images, generator)
    return torch.where(_half(images, generator), ((images - _MIDDLE) * contrast + _MIDDLE).clamp(0.0, 255.0), images)


def shuffled(images: Tensor, generator: torch.Generator) -> Tensor:
    """Returns half of the images with their channels in random order."""
    order = _uniform(images.shape[:2], generator).argsort(dim=1)
    return torch.where(_half(images, generator), images.gather(1, order[:, :, None, None].expand_as(images)), images)


def _ordinary(images: Tensor, generator: torch.Generator) -> Tensor:
    """Returns half of the images after one ordinary change, the same for all of them."""
    kind, strength = _uniform((2,), generator).tolist()
    changed = ORDINARY[int(kind * len(ORDINARY))](to_pixels(images), strength).float()
    return torch.where(_half(images, generator), changed, images)


def _moved(images: Tensor, *, turn: float = 0.0, shift: tuple[float, float] = (0.0, 0.0), shear: float = 0.0) -> Tensor:
    """Returns images turned (degrees), shifted (shares of the side, right and down) and slanted (degrees)."""
    side = images.shape[-1]
    moved: Tensor = transforms.affine(
        images, turn, [round(share * side) for share in shift], 1.0, [shear, 0.0], InterpolationMode.BILINEAR
    )
    return moved


# Of uint8 images `[batch, 3, side, side]` and a strength from 0 to 1; those that go either way do nothing at 1/2.
ORDINARY: tuple[Callable[[Tensor, float], Tensor], ...] = (
    lambda images, _: transforms.autocontrast(images),
    lambda images, _: transforms.equalize(images),
    lambda images, strength: transforms.posterize(images, 1 + int(3.999 * strength)),
    lambda images, strength: transforms.solarize(images, 255.0 * strength),
    lambda images, strength: transforms.adjust_contrast(images, 0.1 + 1.8 * strength),
    lambda images, strength: transforms.adjust_brightness(images, 0.1 + 1.8 * strength),
    lambda images, strength: transforms.adjust_sharpness(images, 0.1 + 1.8 * strength),
    lambda images, strength: _moved(images, turn=60.0 * strength - 30.0),
    lambda images, strength: _moved(images, shear=34.0 * strength - 17.0),
    lambda images, strength: _moved(images.mT, shear=34.0 * strength - 17.0).mT,
    lambda images, strength: _moved(images, shift=(strength - 0.5, 0.0)),
    lambda images, strength: _moved(images, shift=(0.0, strength - 0.5)),
)


def plasma(roughness: Tensor, side: int, generator: torch.Generator) -> Tensor:
    """Returns fractals `[count, side, side]` in [0, 1], whose mean is 1/2 over all draws.

    From 3 × 3 random values on, each round halves the distance between them: a new value is the mean of those around
    it, mixed with a random one whose share is the roughness, its square, its cube and so on.

    Args:
        roughness: `[count]`, each in [0, 1], on the generator's device.
        side: At least 2, in pixels.
        generator: Of every random value.
    """
    grid = _uniform((len(roughness), 3, 3), generator)
    share = roughness[:, None, None]
    while grid.shape[-1] < side:
        grid, share = _finer(grid, share, generator), share * roughness[:, None, None]
    return grid[:, :side, :side]


def _finer(grid: Tensor, share: Tensor, generator: torch.Generator) -> Tensor:
    """Returns the fractal at twice the resolution: first the middles of squares, then of their sides."""
    side = 2 * grid.shape[-1] - 1
    random = share * _uniform((len(grid), side, side), generator)
    finer = torch.zeros_like(random)
    finer[:, ::2, ::2] = grid
    corners = grid[:, 1:, 1:] + grid[:, 1:, :-1] + grid[:, :-1, 1:] + grid[:, :-1, :-1]
    finer[:, 1::2, 1::2] = (1.0 - share) * corners / 4.0 + random[:, 1::2, 1::2]
    # At the edge of the picture a side has three neighbours instead of four.
    padded = functional.pad(finer, (1, 1, 1, 1))
    around = padded[:, :-2, 1:-1] + padded[:, 2:, 1:-1] + padded[:, 1:-1, :-2] + padded[:, 1:-1, 2:]
    neighbours = torch.full_like(finer, 4.0)
    neighbours[:, [0, -1]] = 3.0
    neighbours[:, :, [0, -1]] = 3.0
    between = (1.0 - share) * around / neighbours + random
    finer[:, ::2, 1::2] = between[:, ::2, 1::2]
    finer[:, 1::2, ::2] = between[:, 1::2, ::2]
    return finer


def _plasmas(images: Tensor, generator: torch.Generator) -> Tensor:
    """Returns a plasma for every channel of every image, in the images' shape; an image's channels are as rough."""
    count, channels, side, _ = images.shape
    low, high = _ROUGHNESS
    roughness = low + (high - low) * _uniform((count,), generator)
    return plasma(roughness.repeat_interleave(channels), side, generator).reshape(images.shape)


def _half(images: Tensor, generator: torch.Generator) -> Tensor:
    """Returns which images a change is for, each with probability 1/2: bool `[batch, 1, 1, 1]`."""
    return _uniform((len(images), 1, 1, 1), generator) < 0.5


def _uniform(shape: tuple[int, ...], generator: torch.Generator) -> Tensor:
    return torch.rand(shape, generator=generator, device=generator.device)


ueraser = _UEraser()
