"""TAP: targeted adversarial poisoning.

Fowl et al., "Adversarial Examples Make Strong Poisons", NeurIPS 2021, arXiv 2106.10807. The surrogate trains on the
original images; then every image is changed until that network takes it for the next class: projected sign descent on
its cross-entropy towards the target. Whoever learns from the result learns features of wrong classes. Sample-wise; for
comparison, and against attackers who turn images grey, which it withstands better than class-wise patterns (published
figures). The source takes 250 sign steps an image; here 40, under random shifts, flips and views.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from pue_desktop.engine.methods.contract import Material
from pue_desktop.engine.methods.surrogate_method import SurrogateMethod, error_rate
from pue_desktop.engine.runtime import torch_stream
from pue_desktop.engine.training import normalise


class TAP(SurrogateMethod):
    """First the network, then every image's pattern."""

    sample_wise = True
    finishing_steps = 40

    def __init__(self, material: Material) -> None:
        self._classes = material.classes
        self._trained = len(material.train.ids)
        self._sign_steps = -(-self._trained // material.config.batch_size) * self.finishing_steps
        super().__init__(material)

    def train_step(self, rows: Tensor, step: int) -> tuple[Tensor, Tensor]:
        """Trains on original images."""
        images, labels, _ = self.batch(rows)
        generator = torch_stream(self.config.seed, "craft step", step, device=str(self.device))
        logits = self.trainer.model(normalise(self.seen(images, generator)))
        loss = functional.cross_entropy(logits, labels)
        self.trainer.update(loss, step)
        return loss, error_rate(logits, labels)

    def target(self, labels: Tensor) -> Tensor:
        """Returns the next class; the last one's is the first."""
        return (labels + 1) % self._classes

    def finished_rows(self) -> Sequence[Tensor]:
        """Returns all training images, then the hold-out images that are exported."""
        return (torch.arange(self._trained), *super().finished_rows())

    def tells(self, step: int) -> bool:
        """Tells whether `step` is the last sign step of a batch of training images."""
        sign_step = step - self.config.steps
        return 0 <= sign_step < self._sign_steps and sign_step % self.finishing_steps == self.finishing_steps - 1

    def outcome(self) -> Tensor:
        """Returns loss and error towards the target at the last sign step of each batch of training images."""
        taken = self.history[self.config.steps : self.config.steps + self._sign_steps]
        return taken[self.finishing_steps - 1 :: self.finishing_steps]

    def perturbation_steps(self) -> int:
        """Returns the sign steps of all batches."""
        return super().perturbation_steps() - self.config.steps
