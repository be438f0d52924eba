"""The patterns that a surrogate method works on, class-wise or sample-wise, behind one face.

Class-wise patterns lie in memory; the gradient of one is summed over the images of its class before its sign is
taken, so that pixels clipped at black or white do not pull it to zero, and averaged over steps (Dong et al., "Boosting
Adversarial Attacks with Momentum", arXiv 1710.06081), because one batch holds only a few images of a class.
Sample-wise patterns lie on the disk and take plain sign steps (Huang et al., ICLR 2021): each meets one image alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from torch import Tensor

from pue_desktop.engine.methods.contract import Material
from pue_desktop.engine.methods.pattern_store import PatternStore
from pue_desktop.engine.perturbation import Perturbation

_MOMENTUM = 0.9
_TINY = 1e-12
_ROWS_AT_ONCE = 256


class Patterns(Protocol):
    """What both kinds can do. Rows are places in the list of training images, hold-out images after them."""

    def leaf(self, rows: Tensor) -> Tensor:
        """Returns what gradients are wanted of."""
        ...

    def of_batch(self, leaf: Tensor, rows: Tensor) -> Tensor:
        """Returns the pattern of each image of a batch, `[batch, 3, side, side]`, differentiable in `leaf`."""
        ...

    def improve(self, leaf: Tensor, gradient: Tensor, rows: Tensor, size_255: float) -> None:
        """Takes a sign step of `size_255` down the gradient, within ±epsilon."""
        ...

    def state(self) -> dict[str, Tensor]:
        """Returns what a checkpoint must hold."""
        ...

    def resume(self, step: int, state: dict[str, Tensor] | None) -> bool:
        """Takes up the state of a checkpoint of `step`, or starts (None); returns False if that can't be done."""
        ...

    def commit(self, step: int, save_checkpoint: Callable[[], None]) -> None:
        """Saves the checkpoint of `step` and, with it, every change made so far."""
        ...

    @property
    def full(self) -> bool:
        """Whether a checkpoint is due because of them."""
        ...

    def mean_abs(self) -> float:
        """Returns the mean absolute value over the training images' patterns."""
        ...

    def perturbation(self, ids: Sequence[str]) -> Perturbation:
        """Returns the perturbation as it is now, at least for these images."""
        ...

    def save(self, path: Path) -> None:
        """Writes the whole perturbation; every change is committed."""
        ...


class ClassPatterns:
    """One pattern per class, in memory, with momentum."""

    full = False

    def __init__(self, material: Material) -> None:
        config, images = material.config, material.train.pixels
        self._epsilon = config.epsilon_255
        self._masked = config.masking == "texture"
        self._labels = images.labels
        self._device = images.images.device
        self._delta = torch.zeros(material.classes, 3, config.working_size, config.working_size, device=self._device)
        self._velocity = torch.zeros_like(self._delta)

    def leaf(self, rows: Tensor) -> Tensor:  # noqa: ARG002 - every class may occur
        """Returns all patterns."""
        return self._delta.detach().requires_grad_()

    def of_batch(self, leaf: Tensor, rows: Tensor) -> Tensor:
        """Returns the pattern of each image's class."""
        return leaf[self._labels[rows]]

    def improve(self, leaf: Tensor, gradient: Tensor, rows: Tensor, size_255: float) -> None:  # noqa: ARG002
        """Takes a sign step along the averaged gradient."""
        scale = gradient.abs().mean(dim=(1, 2, 3), keepdim=True).clamp_min(_TINY)
        self._velocity = _MOMENTUM * self._velocity + gradient / scale
        moved = leaf.detach() - size_255 * self._velocity.sign()
        self._delta = moved.clamp_(-self._epsilon, self._epsilon)

    def state(self) -> dict[str, Tensor]:
        """Returns patterns and momenta."""
        return {"delta_255": self._delta.to("cpu", copy=True), "velocity": self._velocity.to("cpu", copy=True)}

    def resume(self, step: int, state: dict[str, Tensor] | None) -> bool:  # noqa: ARG002 - all is in the state
        """Takes up a state."""
        if state is not None:
            self._delta = state["delta_255"].to(self._device)
            self._velocity = state["velocity"].to(self._device)
        return True

    def commit(self, step: int, save_checkpoint: Callable[[], None]) -> None:  # noqa: ARG002 - all is in the state
        """Saves the checkpoint."""
        save_checkpoint()

    def mean_abs(self) -> float:
        """Returns the mean over all classes."""
        return float(self._delta.abs().mean())

    def perturbation(self, ids: Sequence[str]) -> Perturbation:  # noqa: ARG002 - it fits every image
        """Returns the patterns of all classes."""
        return Perturbation(self._delta.to("cpu", copy=True).numpy(), self._epsilon, masked=self._masked)

    def save(self, path: Path) -> None:
        """Writes all patterns."""
        self.perturbation(()).save(path)


def half_precision_bound(epsilon_255: float) -> float:
    """Returns the largest float16 that is no more than epsilon: rounding must not lead beyond it."""
    bound = np.float16(epsilon_255)
    # As Python numbers: numpy would round epsilon to half precision too before it compares.
    return float(bound if float(bound) <= epsilon_255 else np.nextafter(bound, np.float16(0)))


class SamplePatterns:
    """One pattern per training image and per hold-out image that is exported, on the disk."""

    def __init__(self, material: Material) -> None:
        config = material.config
        ids = material.train.ids + (material.held.ids if material.held else ())
        self._rows = {name: row for row, name in enumerate(ids)}
        self._trained = len(material.train.ids)
        self._epsilon = config.epsilon_255
        self._masked = config.masking == "texture"
        self._bound = half_precision_bound(config.epsilon_255)
        self._device = material.train.pixels.images.device
        shape = (len(ids), 3, config.working_size, config.working_size)
        self._store = PatternStore(material.folder, shape, material.job)

    @property
    def full(self) -> bool:
        """Whether many changes wait in memory."""
        return self._store.full

    def leaf(self, rows: Tensor) -> Tensor:
        """Returns the patterns of the batch."""
        return self._store.read(rows.tolist()).to(self._device).requires_grad_()

    def of_batch(self, leaf: Tensor, rows: Tensor) -> Tensor:  # noqa: ARG002 - they are those of the batch
        """Returns `leaf`."""
        return leaf

    def improve(self, leaf: Tensor, gradient: Tensor, rows: Tensor, size_255: float) -> None:
        """Takes a plain sign step."""
        self.put(rows, leaf.detach() - size_255 * gradient.sign())

    def put(self, rows: Tensor, patterns: Tensor) -> None:
        """Sets the patterns of `rows`, float `[batch, 3, side, side]`, cut off at ±epsilon."""
        self._store.write(rows.tolist(), patterns.clamp(-self._bound, self._bound))

    def state(self) -> dict[str, Tensor]:
        """Returns nothing: the store keeps in step with the checkpoint by itself."""
        return {}

    def resume(self, step: int, state: dict[str, Tensor] | None) -> bool:
        """Opens the patterns of a checkpoint, or creates them."""
        if state is not None:
            return self._store.recover(step)
        self._store.create()
        return True

    def commit(self, step: int, save_checkpoint: Callable[[], None]) -> None:
        """Saves the checkpoint together with all changes."""
        self._store.commit(step, save_checkpoint)

    def mean_abs(self) -> float:
        """Returns the mean over the training images."""
        array = self._store.array[: self._trained]
        parts = (array[start : start + _ROWS_AT_ONCE] for start in range(0, len(array), _ROWS_AT_ONCE))
        return float(sum(np.abs(part).sum(dtype=np.float64) for part in parts)) / array.size

    def perturbation(self, ids: Sequence[str]) -> Perturbation:
        """Returns the patterns of these images alone, in memory."""
        patterns = self._store.read([self._rows[name] for name in ids]).to(torch.float16).numpy()
        return Perturbation(patterns, self._epsilon, {name: row for row, name in enumerate(ids)}, self._masked)

    def save(self, path: Path) -> None:
        """Writes the patterns of all images."""
        Perturbation(self._store.array, self._epsilon, self._rows, self._masked).save(path)
