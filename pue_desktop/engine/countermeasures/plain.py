"""The two ordinary ways to train: on the files as they are, and with random crops and mirror images."""

from torch import Tensor

from pue_desktop.engine.countermeasures.countermeasure import Countermeasure


class _Plain(Countermeasure):
    def prepare_batch(
        self, images: Tensor, labels: Tensor, *, classes: int, seed: int, index: int
    ) -> tuple[Tensor, Tensor]:
        """Returns the batch unchanged."""
        del classes, seed, index
        return images, labels


none = _Plain()
crop_flip = Countermeasure()
