"""Training images that are two images at once, with two answers: mixup and CutMix.

mixup blends each image with another one of its batch (Zhang et al., arXiv 1710.09412); CutMix pastes a random box of
the other one into it (Yun et al., arXiv 1905.04899). The share of the first is uniform from 0 to 1, one for the whole
batch, as in CutMix's paper (Beta(1, 1)) and in mixup's public code; the answers are mixed in the same shares.
"""

from abc import abstractmethod

import torch
from torch import Tensor
from torch.nn import functional

from pue_desktop.engine.countermeasures.countermeasure import Countermeasure, box
from pue_desktop.engine.runtime import torch_stream


class _Mixing(Countermeasure):
    def prepare_batch(
        self, images: Tensor, labels: Tensor, *, classes: int, seed: int, index: int
    ) -> tuple[Tensor, Tensor]:
        """See `Countermeasure`."""
        images, labels = super().prepare_batch(images, labels, classes=classes, seed=seed, index=index)
        generator = torch_stream(seed, "mixing", index)
        share = float(torch.rand((), generator=generator))
        partner = torch.randperm(len(images), generator=generator).to(images.device)
        mixed, share = self.mix(images, images[partner], share, generator)
        answers = functional.one_hot(labels, classes).float()
        return mixed, share * answers + (1.0 - share) * answers[partner]

    @abstractmethod
    def mix(self, first: Tensor, second: Tensor, share: float, generator: torch.Generator) -> tuple[Tensor, float]:
        """Returns images made of `first` and `second`, and the share of `first` they really have."""
        raise NotImplementedError


class _Mixup(_Mixing):
    def mix(self, first: Tensor, second: Tensor, share: float, generator: torch.Generator) -> tuple[Tensor, float]:
        """See `_Mixing`."""
        del generator
        return share * first + (1.0 - share) * second, share


class _CutMix(_Mixing):
    def mix(self, first: Tensor, second: Tensor, share: float, generator: torch.Generator) -> tuple[Tensor, float]:
        """See `_Mixing`."""
        _, _, height, width = first.shape
        part = (1.0 - share) ** 0.5
        tall, wide = int(height * part), int(width * part)
        top = torch.randint(0, height, (1,), generator=generator) - tall // 2
        left = torch.randint(0, width, (1,), generator=generator) - wide // 2
        pasted = box(height, width, (top, top + tall), (left, left + wide))
        # A box that reaches over the edge is smaller than it was drawn.
        kept = 1.0 - float(pasted.float().mean())
        return torch.where(pasted.to(first.device), second, first), kept


mixup = _Mixup()
cutmix = _CutMix()
