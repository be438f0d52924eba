"""Bands: every image's own waves of its class's length and direction, made stronger.

This program's own. The pattern is ±epsilon in all three colours by the sign of the picture's waves of its class
(`waves`): where the picture has a faint wave of that kind, it is raised in step with it. No network crafts it, and it
takes a moment. Measured on CIFAR-10, it withstands grey, projection, JPEG and few bits; halving the size removes it,
and on plain surfaces it can be seen. More than ten classes share bands, up to 1023 classes.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

import torch
from torch import Tensor

from pue_desktop.engine.methods.contract import CraftPoint, Material
from pue_desktop.engine.methods.patterns import SamplePatterns
from pue_desktop.engine.methods.waves import Waves
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.results import CraftResult
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.training import Checkpoint

_AT_ONCE = 128


class Bands:
    """Sample-wise, without a surrogate."""

    sample_wise = True

    def __init__(self, material: Material) -> None:
        self._material = material
        device = material.train.pixels.images.device
        self._waves = Waves(material.classes, material.config.working_size, device)
        self._patterns = SamplePatterns(material)

    def craft(self, stop: Stop, checkpoint: Checkpoint) -> Generator[CraftPoint, None, None]:
        """Yields after every some hundred images. Raises `CancelledError` when asked for by `stop`."""
        resumed = checkpoint.load()
        if resumed is None or not self._patterns.resume(*resumed):
            checkpoint.remove()
            self._patterns.resume(0, None)
            resumed = None
        done = resumed[0] if resumed else 0
        parts = self._parts()
        try:
            while done < len(parts):
                stop.check()
                rows, images, labels = parts[done]
                self._patterns.put(rows, self.pattern(images.float(), labels))
                done += 1
                yield CraftPoint(done, None, None, done / len(parts))
                if checkpoint.due() or self._patterns.full:
                    self._save(checkpoint, done)
        finally:
            self._save(checkpoint, done)

    def pattern(self, images: Tensor, labels: Tensor) -> Tensor:
        """Returns the patterns `[batch, 3, side, side]` of images (float, 0 to 255, at the canvas's size)."""
        return self._material.config.epsilon_255 * self._waves.signs(images, labels)[:, None].expand(-1, 3, -1, -1)

    def perturbation(self, ids: Sequence[str]) -> Perturbation:
        """Returns the patterns of these images as they are now."""
        return self._patterns.perturbation(ids)

    def save(self, path: Path) -> None:
        """Writes all patterns."""
        self._patterns.save(path)

    def result(self) -> CraftResult:
        """Returns what there is to say without a surrogate."""
        return CraftResult(
            steps=0,
            noisy_steps=0,
            perturbation_steps=0,
            final_loss=None,
            final_error=None,
            mean_abs_delta_255=self._patterns.mean_abs(),
        )

    def _parts(self) -> list[tuple[Tensor, Tensor, Tensor]]:
        """Returns rows, images and labels of all that is to be perturbed, some hundred at a time."""
        found: list[tuple[Tensor, Tensor, Tensor]] = []
        before = 0
        for subjects in (self._material.train, self._material.held):
            if subjects is not None:
                images, labels = subjects.pixels.images, subjects.pixels.labels
                rows = torch.arange(before, before + len(labels))
                parts = (torch.split(part, _AT_ONCE) for part in (rows, images, labels))
                found += zip(*parts, strict=True)
                before += len(labels)
        return found

    def _save(self, checkpoint: Checkpoint, done: int) -> None:
        self._patterns.commit(done, lambda: checkpoint.save(done, {}))
