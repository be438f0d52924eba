"""What a way to perturb gets, and what it must give: the contract between the craft step and `methods`.

A method is a class that takes a `Material`. It crafts step by step, going on from a checkpoint, and ends with a
perturbation that is class-wise (one pattern for each class) or sample-wise (one for each image, by its stable id).
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from torch import Tensor, nn

from pue_desktop.engine.config import CraftConfig
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.pixels import Pixels
from pue_desktop.engine.results import CraftResult
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.training import Checkpoint


@dataclass(frozen=True, slots=True)
class CraftPoint:
    """State after one step.

    Attributes:
        step: Steps done, from 1.
        loss: Of the surrogate on its batch of perturbed images; None where no network takes part, or where the step
            says nothing about images as they will be published.
        error: Likewise, share of wrong answers.
        share: Of all the work, 0 to 1.
    """

    step: int
    loss: float | None
    error: float | None
    share: float


@dataclass(frozen=True, slots=True)
class Subjects:
    """Images that are to be perturbed.

    Attributes:
        pixels: At the canvas's size, on the device.
        grey: bool `[image]`, on the device: the picture has one channel, so it takes the mean of the three patterns.
        ids: Stable ids, in the same order.
    """

    pixels: Pixels
    grey: Tensor
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a method works on.

    Attributes:
        config: Its settings, with sizes filled in.
        model: A fresh surrogate, on the device.
        train: The images that networks learn from.
        held: Hold-out images that will be exported too; given to sample-wise methods alone, because class-wise
            patterns fit any image. No network may learn from them: they get patterns when all learning is over.
        classes: Number of classes.
        folder: Where working files may be kept, with the checkpoint.
        job: Digest of what is worked on; working files of another job are never used.
    """

    config: CraftConfig
    model: nn.Module
    train: Subjects
    held: Subjects | None
    classes: int
    folder: Path
    job: str


class Method(Protocol):
    """What a way to perturb looks like at work."""

    def craft(self, stop: Stop, checkpoint: Checkpoint) -> Generator[CraftPoint, None, None]:
        """Yields after every step, from the checkpoint on; saves one when it ends, early or not."""
        ...

    def perturbation(self, ids: Sequence[str]) -> Perturbation:
        """Returns the perturbation as it is now, at least for these images."""
        ...

    def save(self, path: Path) -> None:
        """Writes the whole perturbation."""
        ...

    def result(self) -> CraftResult:
        """Returns what was reached so far."""
        ...


class MethodClass(Protocol):
    """What the table lists."""

    sample_wise: bool

    def __call__(self, material: Material) -> Method:
        """Prepares the method."""
        ...
