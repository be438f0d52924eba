"""An attacker who has some of the originals: they take the place of as many protected images of each class.

Which ones is drawn by the seed; a larger share holds all images of a smaller one. What such an attacker reaches is to
be read beside what the same share of originals would teach alone: the protection does not hide originals.
"""

from collections.abc import Iterator

import torch
from torch import Tensor

from pue_desktop.engine.countermeasures.countermeasure import Countermeasure, Material
from pue_desktop.engine.runtime import Stop, torch_stream


class _CleanShare(Countermeasure):
    def __init__(self, share: float) -> None:
        self._share = share
        self.alone = _Alone(share)

    def prepare_set(self, material: Material, *, seed: int, stop: Stop) -> Tensor:
        """See `Countermeasure`."""
        images = material.images.clone()
        for _, leaked in _leaked(material, self._share, seed, stop):
            images[leaked] = material.originals[leaked]
        return images


class _Alone(Countermeasure):
    """Sees nothing but those originals, over and over: one in the place of every image, so that only that differs.

    Of a class of which it has none it sees black pictures.
    """

    def __init__(self, share: float) -> None:
        self._share = share

    def prepare_set(self, material: Material, *, seed: int, stop: Stop) -> Tensor:
        """See `Countermeasure`."""
        images = torch.zeros_like(material.images)
        for own, leaked in _leaked(material, self._share, seed, stop):
            if len(leaked):
                again = torch.arange(len(own), device=leaked.device) % len(leaked)
                images[own] = material.originals[leaked[again]]
        return images


def _leaked(material: Material, share: float, seed: int, stop: Stop) -> Iterator[tuple[Tensor, Tensor]]:
    """Yields, for each class, the positions of its images and of those whose originals the attacker has."""
    labels = material.labels.cpu()
    for label in range(material.classes):
        stop.check()
        own = (labels == label).nonzero().flatten()
        order = torch.randperm(len(own), generator=torch_stream(seed, "clean share", label))
        leaked = own[order[: round(share * len(own))]]
        yield own.to(material.images.device), leaked.to(material.images.device)


tenth = _CleanShare(0.1)
fifth = _CleanShare(0.2)
half = _CleanShare(0.5)
