"""Hardened PUE: two perturbations in one, so that whatever is done to the images leaves one of them.

This program's own. Grey takes away what is only a colour, a projection what is the same in all images of a class, JPEG
what is fine, and scaling what is finer still; no one pattern was found that withstands all four
(docs/research/04-hardening.md). So the colours are shared out by what they add to brightness. Red and green, which make
89 % of it, raise the picture's own waves of its class (`waves`): these withstand grey, JPEG and projection. Blue makes
11 % and is left for PUE (Wang et al., arXiv 2405.03316): one pattern per class, found under weight noise with the waves
in place, on images that were scaled to half the side and back, which is what the waves do not withstand. Loss:
cross-entropy under the noise, minimised over the weights and the blue patterns. In the first class blue follows the
waves, so that its images stay the most like clean ones: a network then takes clean pictures for that class.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor

from pue_desktop.engine.methods import transforms
from pue_desktop.engine.methods.contract import Material, Subjects
from pue_desktop.engine.methods.patterns import ClassPatterns, Patterns, SamplePatterns, half_precision_bound
from pue_desktop.engine.methods.pue import PUE
from pue_desktop.engine.methods.waves import Waves
from pue_desktop.engine.perturbation import Perturbation

_SCALE = 0.5
_AT_ONCE = 128


class HardenedPUE(PUE):
    """Sample-wise in red and green, class-wise in blue."""

    sample_wise = True

    def first_patterns(self, material: Material) -> Patterns:
        """Returns waves, and a blue of zero."""
        return WavesAndBlue(material)

    def finished_rows(self) -> Sequence[Tensor]:
        """Returns nothing: waves and the blue of a class fit any image."""
        return ()

    def changed(self, images: Tensor, generator: torch.Generator) -> Tensor:  # noqa: ARG002 - the same for all
        """Returns the batch, scaled to half the side and back."""
        return transforms.resized(images, round(_SCALE * images.shape[-1]))


class WavesAndBlue(ClassPatterns):
    """Only the blue is optimised and kept, `[class, 1, side, side]`; the waves follow from the images."""

    def __init__(self, material: Material) -> None:
        super().__init__(material)
        self._material = material
        self._delta, self._velocity = self._delta[:, :1], self._velocity[:, :1]
        self._bound = half_precision_bound(self._epsilon)
        self._waves = Waves(material.classes, material.config.working_size, self._device)

    def of_batch(self, leaf: Tensor, rows: Tensor) -> Tensor:
        """Returns the patterns of training images."""
        pixels = self._material.train.pixels
        return self._patterns(leaf, pixels.images[rows], pixels.labels[rows])

    def mean_abs(self) -> float:
        """Returns the mean over the training images."""
        train = self._material.train
        total = sum(float(part.abs().sum(dtype=torch.float64)) for part in self._all(train))
        return total / (len(train.ids) * 3 * self._delta[0].numel())

    def perturbation(self, ids: Sequence[str]) -> Perturbation:
        """Returns the patterns of these images alone."""
        found: dict[str, Tensor] = {}
        for subjects in self._subjects():
            places = [place for place, name in enumerate(subjects.ids) if name in set(ids)]
            patterns = self._of(subjects, torch.tensor(places, dtype=torch.int64))
            found |= {subjects.ids[place]: pattern for place, pattern in zip(places, patterns, strict=True)}
        array = torch.stack([found[name] for name in ids]).to("cpu", torch.float16).numpy()
        return Perturbation(array, self._epsilon, {name: row for row, name in enumerate(ids)}, self._masked)

    def save(self, path: Path) -> None:
        """Writes the patterns of all images."""
        store = SamplePatterns(self._material)
        store.resume(0, None)
        first = 0
        for subjects in self._subjects():
            for part in self._all(subjects):
                store.put(torch.arange(first, first + len(part)), part)
                store.commit(0, lambda: None)
                first += len(part)
        store.save(path)

    def _subjects(self) -> list[Subjects]:
        return [subjects for subjects in (self._material.train, self._material.held) if subjects is not None]

    def _all(self, subjects: Subjects) -> Iterator[Tensor]:
        """Yields the patterns of all images in order, some hundred at a time."""
        for places in torch.split(torch.arange(len(subjects.ids)), _AT_ONCE):
            yield self._of(subjects, places)

    def _of(self, subjects: Subjects, places: Tensor) -> Tensor:
        places = places.to(self._device)
        patterns = self._patterns(self._delta, subjects.pixels.images[places], subjects.pixels.labels[places])
        return patterns.clamp(-self._bound, self._bound)

    def _patterns(self, blue: Tensor, images: Tensor, labels: Tensor) -> Tensor:
        """Returns patterns `[batch, 3, side, side]`, differentiable in blue `[class, 1, side, side]`."""
        waves = self._epsilon * self._waves.signs(images.float(), labels)
        followed = torch.where((labels == 0)[:, None, None], waves, blue[labels, 0])
        return torch.stack((waves, waves, followed), dim=1)
