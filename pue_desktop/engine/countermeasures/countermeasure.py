"""What every countermeasure is: three moments at which an attacker may do something, each with a plain default.

An attacker prepares his training images once (`prepare_set`), changes every batch (`prepare_batch`), and learns from it
(`loss`). A countermeasure overrides what it is about. Except for `none`, every batch is also cropped and mirrored, as
almost everybody does and as the published comparisons do (APBench, Qin et al., arXiv 2308.03258), so that rows differ
by one thing. Images held out to measure with are never changed.

A countermeasure keeps nothing between calls: every random number comes from a stream named by (seed, purpose, index),
so a training that was interrupted goes on bit for bit.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from pue_desktop.engine.runtime import Stop, torch_stream
from pue_desktop.engine.training import crop_and_flip, normalise

_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class Material:
    """What an attacker trains on.

    Attributes:
        images: uint8 `[image, 3, side, side]`, the published ones.
        labels: int64 `[image]`.
        originals: As `images`, of the same pictures before they were protected: for attackers who have some of them.
        classes: Number of classes.
    """

    images: Tensor
    labels: Tensor
    originals: Tensor
    classes: int


class Countermeasure:
    """Learns from the published images as they are, cropped and mirrored at random.

    Attributes:
        alone: The same attacker had nothing been published, to compare with; None: there would be nothing to learn.
    """

    alone: "Countermeasure | None" = None

    def prepare_set(self, material: Material, *, seed: int, stop: Stop) -> Tensor:
        """Returns the images to train on: uint8, or float32 in units of 1/255 without limits; done once.

        Args:
            material: What the attacker has; it is left as it was.
            seed: Names every random number.
            stop: Serves pause and cancel.

        Raises:
            CancelledError: asked for by `stop`.
        """
        del seed, stop
        return material.images

    def prepare_batch(
        self, images: Tensor, labels: Tensor, *, classes: int, seed: int, index: int
    ) -> tuple[Tensor, Tensor]:
        """Returns one batch to train on and what to answer; done at every step.

        Args:
            images: float `[batch, 3, side, side]`, in units of 1/255.
            labels: int64 `[batch]`.
            classes: Number of classes.
            seed: Names every random number.
            index: Of the batch, from 0.

        Returns:
            Images of the same form, and targets: int64 `[batch]` or shares `[batch, classes]`.
        """
        del classes
        return crop_and_flip(images, torch_stream(seed, "crop-flip", index, device=str(images.device))), labels

    def loss(
        self, model: nn.Module, images: Tensor, targets: Tensor, *, seed: int, index: int
    ) -> tuple[Tensor, Tensor]:
        """Returns the loss to descend and the logits `[batch, classes]`, of a prepared batch."""
        del seed, index
        logits: Tensor = model(normalise(images))
        return functional.cross_entropy(logits, targets), logits


class Filter(Countermeasure):
    """Sends every training image through the same fixed change, once."""

    def __init__(self, change: Callable[[Tensor], Tensor]) -> None:
        """`change` takes and returns float `[batch, 3, side, side]` in 0 to 255; it may leave that range a little."""
        self._change = change

    def prepare_set(self, material: Material, *, seed: int, stop: Stop) -> Tensor:
        """See `Countermeasure`."""
        del seed
        changed = [to_pixels(self._change(part.float())) for part in parts(material.images, stop)]
        return torch.cat(changed)


def parts(images: Tensor, stop: Stop) -> Iterator[Tensor]:
    """Yields the images some hundred at a time; serves pause and cancel in between."""
    for part in torch.split(images, _AT_ONCE):
        stop.check()
        yield part


def to_pixels(images: Tensor) -> Tensor:
    """Returns the images rounded to uint8."""
    return images.round().clamp(0, 255).to(torch.uint8)


def box(height: int, width: int, rows: tuple[Tensor, Tensor], columns: tuple[Tensor, Tensor]) -> Tensor:
    """Returns which pixels lie in one box per image: bool `[batch, 1, height, width]`.

    Args:
        height: Of the images.
        width: Of the images.
        rows: First row and the one after the last, int64 `[batch]` each; what lies outside is cut off.
        columns: Likewise.
    """
    down = torch.arange(height, device=rows[0].device)
    right = torch.arange(width, device=rows[0].device)
    inside_rows = (down >= rows[0][:, None]) & (down < rows[1][:, None])
    inside_columns = (right >= columns[0][:, None]) & (right < columns[1][:, None])
    return (inside_rows[:, :, None] & inside_columns[:, None, :])[:, None]
