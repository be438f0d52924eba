"""Gaussian noise on the weights of a network, by index; the network itself is never changed.

Draw i of a seed is the same whether it is computed first, last, after a resume or by another process. Two geometries
of noise ε (Wang et al., arXiv 2405.03316, smooth with the first):

    isotropic:        ε = z,    z ~ N(0, σ²I)
    scale-invariant:  ε = D z,  D a fixed positive diagonal: for a weight with output filters the root mean square of
                      its filter, for a vector (bias, normalisation) its own root mean square.

D is fixed from the network before anything is drawn, so D⁻¹ is a change of coordinates and every bound for isotropic
noise holds with ‖D⁻¹υ‖₂ in place of ‖υ‖₂. All named parameters are perturbed, normalisation layers' included; running
statistics of BatchNorm are not, and stay frozen.
"""

from __future__ import annotations

import copy
import threading
import warnings
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.func import functional_call

from pue_desktop.engine.config_types import Geometry
from pue_desktop.engine.folding import Plain, Way, fastest
from pue_desktop.engine.runtime import Stop, in_order, torch_stream, with_smaller_batches

Batches = list[tuple[Tensor, Tensor]]

# How counts come about; a certificate names it, because other ways differ in the last bits of logits.
ARITHMETIC = "normalisation folded into convolutions"
_PURPOSE = "weight draw"
_SMALL = 1_000_000  # weights
_AT_ONCE = 8  # draws of a small network on a GPU, which would wait for the next kernel more than it computes
_TINY_SCALE = 1e-12


def noise_scales(parameters: dict[str, Tensor], geometry: Geometry) -> dict[str, Tensor]:
    """Returns the diagonal D of the noise by parameter name, each tensor broadcastable to its parameter.

    A filter or vector that is exactly zero gets a tiny positive scale: D must stay invertible for the bound.
    """
    if geometry == "isotropic":
        return {name: torch.ones((), device=value.device) for name, value in parameters.items()}
    scales: dict[str, Tensor] = {}
    for name, value in parameters.items():
        squares = value.detach().square()
        mean = squares.mean(dim=tuple(range(1, value.ndim)), keepdim=True) if value.ndim > 1 else squares.mean()
        scales[name] = mean.sqrt().clamp_min(_TINY_SCALE)
    return scales


def noisy_parameters(
    parameters: dict[str, Tensor], scales: dict[str, Tensor], *, sigma: float, generator: torch.Generator
) -> dict[str, Tensor]:
    """Returns θ + D z with z ~ N(0, σ²I), differentiable in θ. Parameters are visited in the given order."""
    noisy: dict[str, Tensor] = {}
    for name, value in parameters.items():
        z = torch.randn(value.shape, generator=generator, device=generator.device)
        noisy[name] = value + z.to(value).mul_(sigma * scales[name])
    return noisy


def count_correct(
    model: nn.Module,
    parameters: dict[str, Tensor],
    batches: Batches,
    stop: Stop | None = None,
) -> int:
    """Returns how many images `model` with `parameters` in place of its own classifies right.

    Args:
        model: In evaluation mode.
        parameters: By name, complete.
        batches: Pairs of images `[batch, channel, height, width]` as the model takes them and labels `[batch]`.
        stop: Asked before each batch.
    """
    correct = torch.zeros((), dtype=torch.int64, device=batches[0][1].device)
    for images, labels in batches:
        if stop is not None:
            stop.check()
        correct += (functional_call(model, parameters, (images,)).argmax(dim=1) == labels).sum()
    return int(correct)


class DrawCounter:
    """Counts the right answers of one network on one set of images, weight draw by weight draw.

    The network is rewritten once so that it runs faster (see `folding`). Whatever the batch, the numbers of draw i are
    the same. Draws computed together belong to fixed groups, counted from draw 0, so that a count does not depend on
    where a computation began either.

    Args:
        model: In evaluation mode; it is never changed.
        split: Makes pairs of images, as the model takes them, and labels of a batch size; all on one device, where
            the draws are made.
        batch_size: Images at once; halved for good where memory does not suffice.
        sigma: Standard deviation of the noise, in its geometry.
        geometry: Of the noise.
        seed: Names the draws.
        at_once: Draws computed together; None chooses by network and device.
        ways: How the network may be run, best first.
    """

    def __init__(
        self,
        model: nn.Module,
        split: Callable[[int], Batches],
        batch_size: int,
        *,
        sigma: float,
        geometry: Geometry,
        seed: int,
        at_once: int | None = None,
        ways: tuple[Way, ...] = ("packed", "folded"),
    ) -> None:
        self._split, self._sigma, self._seed = split, sigma, seed
        self._parameters = {name: value.detach() for name, value in model.named_parameters()}
        self._scales = noise_scales(self._parameters, geometry)
        self._found: tuple[int, list[int]] = (-1, [])
        self._copies = threading.local()
        with_smaller_batches(self._shrink, batch_size, lambda _: None)
        images = self._batches[0][0]
        small = sum(value.numel() for value in self._parameters.values()) < _SMALL
        # Draws computed together, if the network lets itself be.
        self.at_once = at_once or (_AT_ONCE if small and images.device.type == "cuda" else 1)
        ways = ways if self.at_once == 1 else tuple(way for way in ways if way != "packed")

        def choose(size: int) -> Plain:
            if size != self._size:
                self._shrink(size)
            return fastest(model, self._draw(0), self._batches[0][0], ways)

        self._network = with_smaller_batches(choose, self._size, lambda _: None)
        if self.at_once > 1 and not self._goes_together(images):
            self.at_once = 1
        # Small networks leave cores idle when each layer is shared among them; whole draws do not.
        self.threads = torch.get_num_threads() if small and self.at_once == 1 and images.device.type == "cpu" else 1

    def correct(self, index: int, stop: Stop) -> int:
        """Returns the number of right answers under weight draw `index`; up to `threads` threads may ask at once.

        Raises:
            CancelledError: asked for by `stop`.
        """
        group, place = divmod(index, self.at_once)
        if self.at_once > 1 and self._found[0] == group:
            return self._found[1][place]
        found = with_smaller_batches(lambda size: self._attempt(size, group, stop), self._size, self._shrink)
        self._found = group, found
        return found[place]

    def _attempt(self, size: int, group: int, stop: Stop) -> list[int]:
        batches = self._batches if size == self._size else _laid_out(self._split(size))
        with torch.inference_mode():
            network = self._mine()
            draws = [
                network.weights(self._draw(index)) for index in range(group * self.at_once, (group + 1) * self.at_once)
            ]
            if self.at_once == 1:
                return [count_correct(network.module, draws[0], batches, stop)]
            return _count_together(network.module, draws, batches, stop)

    def _draw(self, index: int) -> dict[str, Tensor]:
        generator = torch_stream(self._seed, _PURPOSE, index, device=str(self._batches[0][0].device))
        return noisy_parameters(self._parameters, self._scales, sigma=self._sigma, generator=generator)

    def _goes_together(self, images: Tensor) -> bool:
        """Whether several draws of this network can be computed at once, and not one behind another all the same."""
        weights = self._network.weights(self._draw(0))
        try:
            with warnings.catch_warnings(), torch.inference_mode():
                warnings.simplefilter("error")
                _count_together(self._network.module, [weights, weights], [(images, images.new_zeros(1))], Stop())
        # torch.func.vmap refuses with errors of many kinds.
        except Exception:
            return False
        return True

    def _mine(self) -> Plain:
        """Returns the network, or this thread's copy: its weights are replaced while it runs."""
        if self.threads == 1:
            return self._network
        if not hasattr(self._copies, "network"):
            self._copies.network = self._network.copied()
        return cast(Plain, self._copies.network)

    def _shrink(self, size: int) -> None:
        self._size, self._batches = size, _laid_out(self._split(size))


def counted(draws: Iterable[tuple[DrawCounter, int]], stop: Stop) -> Generator[int, None, None]:
    """Yields the counts of pairs (counter, index of the draw) in their order, computed a few at a time on threads.

    Raises:
        CancelledError: asked for by `stop`.
    """
    pairs = list(draws)
    threads = min((counter.threads for counter, _ in pairs), default=1)
    if threads == 1:
        for counter, index in pairs:
            stop.check()
            yield counter.correct(index, stop)
        return
    before = torch.get_num_threads()
    try:
        work = in_order(
            lambda pair: pair[0].correct(pair[1], stop),
            pairs,
            stop,
            workers=threads,
            prepare=lambda: torch.set_num_threads(1),
        )
        with closing(work):
            yield from (correct for _, correct in work)
    finally:
        torch.set_num_threads(before)


def _laid_out(batches: Batches) -> Batches:
    """Puts the channels of images last in memory, as convolutions take them fastest."""
    return [
        (images.contiguous(memory_format=torch.channels_last) if images.ndim == 4 else images, labels)
        for images, labels in batches
    ]


def _count_together(module: nn.Module, draws: list[dict[str, Tensor]], batches: Batches, stop: Stop) -> list[int]:
    """Returns the right answers under each of several draws, all computed at once."""
    stacked = {name: torch.stack([draw[name] for draw in draws]) for name in draws[0]}
    forward = torch.func.vmap(lambda weights, images: functional_call(module, weights, (images,)), in_dims=(0, None))
    correct = torch.zeros(len(draws), dtype=torch.int64, device=batches[0][1].device)
    for images, labels in batches:
        stop.check()
        correct += (forward(stacked, images).argmax(dim=2) == labels).sum(dim=1)
    return [int(count) for count in correct.tolist()]


def accuracy_draws(
    model: nn.Module,
    images: Tensor,
    labels: Tensor,
    *,
    sigma: float,
    draws: int,
    seed: int,
    batch_size: int = 500,
    device: str | torch.device = "cpu",
    start: int = 0,
    geometry: Geometry = "isotropic",
) -> NDArray[np.float64]:
    """Returns accuracies of a network under Gaussian weight noise; input of `certified_learnability`.

    Args:
        model: Any classifier; it is evaluated in evaluation mode and left as it was, wherever it was.
        images: `[image, channel, height, width]`, as the model takes them.
        labels: int64 `[image]`.
        sigma: Standard deviation σ ≥ 0 of the noise, in its geometry.
        draws: Number of weight draws, at least 1.
        seed: Names the draws.
        batch_size: Images at once; every image counts once, also those of the last batch.
        device: Where to compute. Draws of one seed differ between kinds of device.
        start: Index of the first draw.
        geometry: "isotropic" (the paper's) or "scale-invariant".

    Returns:
        float64 `[draws]`, in [0, 1]; entry i is draw `start + i`.

    Raises:
        ValueError: no images, or not as many labels, or a number out of range.
    """
    if len(images) == 0 or len(images) != len(labels):
        raise ValueError(f"needed: as many labels as images, and at least one; got {len(images)} and {len(labels)}")
    if draws < 1 or batch_size < 1 or start < 0 or not sigma >= 0:
        raise ValueError("needed: draws >= 1, batch_size >= 1, start >= 0, sigma >= 0")
    replica = copy.deepcopy(model).eval().to(device)

    def split(size: int) -> Batches:
        parts = zip(torch.split(images, size), torch.split(labels, size), strict=True)
        return [(part.to(device), answers.to(device)) for part, answers in parts]

    counter = DrawCounter(replica, split, batch_size, sigma=sigma, geometry=geometry, seed=seed)
    counts = counted(((counter, index) for index in range(start, start + draws)), Stop())
    return np.fromiter(counts, dtype=np.float64, count=draws) / len(images)
