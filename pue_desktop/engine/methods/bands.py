"""Bands: every image's own waves of its class's length and direction, made stronger.

This program's own. Each class has a band of spatial frequencies. An image's brightness is filtered to the band of its
class, and the pattern is ±epsilon by the sign of what is left: where the picture has a faint wave of that kind, it is
raised in step with it. So no network crafts it, it takes a moment, and as far as it can be it is built for what others
do to images: it is the same in all colours (grey leaves it whole), in step with the picture, and its sign follows each
picture, so its mean over a class is nothing that a projection or a difference of means could take away. Measured, it
withstands grey and projection; under JPEG it is no better than PUE, and halving the size removes it. What tells the
classes apart is how strong their waves are; networks find that before shapes. Longer waves survive harder compression
and are learned more slowly: the bands are a compromise (measured). More than ten classes share bands: one, then two,
then three at once, and so on, up to 1023 classes.
"""

from __future__ import annotations

import itertools
from collections.abc import Generator, Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.engine.methods.contract import CraftPoint, Material
from pue_desktop.engine.methods.patterns import SamplePatterns
from pue_desktop.engine.methods.transforms import greyed
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.results import CraftResult
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.training import Checkpoint

CENTRES = ((0, 3), (3, 0), (0, 6), (6, 0), (3, 3), (6, 3), (3, 6), (6, 6), (0, 9), (9, 0))
"""Of the bands, down and right, in waves per 32 pixels; a mirror image lies in the same band."""
WIDTH = 1.2
"""Standard deviation of a band, in waves per 32 pixels."""
_UNIT = 32
_MARGIN = 4  # the image is mirrored beyond its borders by side / _MARGIN
_AT_ONCE = 128


class Bands:
    """Sample-wise, without a surrogate."""

    sample_wise = True

    def __init__(self, material: Material) -> None:
        self._material = material
        self._codes = codes(material.classes)
        self._patterns = SamplePatterns(material)
        self._filters = filters(material.config.working_size).to(material.train.pixels.images.device)

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
        side = self._material.config.working_size
        if images.shape[-1] != side:
            images = functional.interpolate(images, (side, side), mode="bilinear", align_corners=False, antialias=True)
        margin = side // _MARGIN
        padded = functional.pad(greyed(images)[:, :1], (margin,) * 4, mode="reflect")[:, 0]
        chosen = self._codes.to(labels.device)[labels].float() @ self._filters.flatten(1)
        spectrum = torch.fft.fft2(padded - padded.mean(dim=(1, 2), keepdim=True))
        wave = torch.fft.ifft2(spectrum * chosen.reshape(spectrum.shape)).real
        sign = wave[:, margin : margin + side, margin : margin + side].sign()
        # Where a picture is one plain colour there is no wave to raise; that the sign is 0 there would leave it bare.
        sign = torch.where(sign == 0.0, torch.ones_like(sign), sign)
        return self._material.config.epsilon_255 * sign[:, None].expand(-1, 3, -1, -1)

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


def codes(classes: int) -> Tensor:
    """Returns which bands each class has, bool `[class, band]`; no two classes have the same.

    Raises:
        InputRefusedError: there are more classes than sets of bands.
    """
    most = 2 ** len(CENTRES) - 1
    if classes > most:
        raise InputRefusedError(
            f"This method can't tell {classes} classes apart: there are {most} sets of bands.",
            hint="Choose another method.",
        )
    sets = (chosen for size in range(1, len(CENTRES) + 1) for chosen in itertools.combinations(CENTRES, size))
    return torch.tensor([[centre in chosen for centre in CENTRES] for chosen in itertools.islice(sets, classes)])


def filters(side: int) -> Tensor:
    """Returns the bands as filters of the spectrum of an image with its margins, `[band, height, width]`.

    Each is a Gaussian about its centre and the centre's mirror images, scaled so that natural images, whose waves grow
    with their length, have about as much in every band.
    """
    waves = _UNIT * torch.fft.fftfreq(side + 2 * (side // _MARGIN)).abs()
    made = []
    for down, right in CENTRES:
        distance = (waves[:, None] - down) ** 2 + (waves[None] - right) ** 2
        made.append((down**2 + right**2) ** 0.5 * torch.exp(-distance / (2.0 * WIDTH**2)))
    return torch.stack(made)
