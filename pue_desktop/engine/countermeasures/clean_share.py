"""An attacker who has some of the originals: they take the place of as many protected images of each class.

Which ones is drawn by the seed; a larger share holds all images of a smaller one. What such an attacker reaches is to
be read beside what the same share of originals would teach alone: the protection does not hide originals.
"""

import torch
from torch import Tensor

from pue_desktop.engine.countermeasures.countermeasure import Countermeasure, Material
from pue_desktop.engine.runtime import Stop, torch_stream


class _CleanShare(Countermeasure):
    def __init__(self, share: float) -> None:
        self._share = share

    def prepare_set(self, material: Material, *, seed: int, stop: Stop) -> Tensor:
        """See `Countermeasure`."""
        images, labels = material.images.clone(), material.labels.cpu()
        for label in range(material.classes):
            stop.check()
            own = (labels == label).nonzero().flatten()
            order = torch.randperm(len(own), generator=torch_stream(seed, "clean share", label))
            leaked = own[order[: round(self._share * len(own))]].to(images.device)
            images[leaked] = material.originals[leaked]
        return images


tenth = _CleanShare(0.1)
fifth = _CleanShare(0.2)
half = _CleanShare(0.5)
