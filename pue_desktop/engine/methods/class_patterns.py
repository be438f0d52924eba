"""What methods without a surrogate share: patterns that follow from the classes, made in a moment."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

import torch
from torch import Tensor

from pue_desktop.engine.methods.contract import CraftPoint, Material
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.results import CraftResult
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.training import Checkpoint


class ClassPatternMethod:
    """Makes one pattern after the other; nothing is worth a checkpoint."""

    sample_wise = False

    def __init__(self, material: Material) -> None:
        side = material.config.working_size
        self.material = material
        self._delta = torch.zeros(material.classes, 3, side, side)

    def pattern(self, label: int) -> Tensor:
        """Returns the pattern of a class, `[3, side, side]`, on the CPU, within ±epsilon."""
        raise NotImplementedError

    def craft(self, stop: Stop, checkpoint: Checkpoint) -> Generator[CraftPoint, None, None]:  # noqa: ARG002
        """Yields after every class. Raises `CancelledError` when asked for by `stop`."""
        classes = self.material.classes
        for label in range(classes):
            stop.check()
            self._delta[label] = self.pattern(label)
            yield CraftPoint(label + 1, None, None, (label + 1) / classes)

    def perturbation(self, ids: Sequence[str]) -> Perturbation:  # noqa: ARG002 - it fits every image
        """Returns the patterns made so far, zero for other classes."""
        config = self.material.config
        return Perturbation(self._delta.numpy().copy(), config.epsilon_255, masked=config.masking == "texture")

    def save(self, path: Path) -> None:
        """Writes all patterns."""
        self.perturbation(()).save(path)

    def result(self) -> CraftResult:
        """Returns what there is to say without a surrogate."""
        return CraftResult(
            steps=0,
            noisy_steps=0,
            perturbation_steps=0,
            final_loss=None,
            final_error=None,
            mean_abs_delta_255=float(self._delta.abs().mean()),
        )
