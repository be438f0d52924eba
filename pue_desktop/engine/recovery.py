"""The recovery attack: the best weights that somebody finds near a surrogate's, with clean images at hand.

Wang et al., arXiv 2405.03316 (recovery attack): projected SGD from the certified weights θ̂, never farther than η. It is
what a certificate does not bound: that speaks of a quantile over Gaussian draws, this of one searched point in the same
ball. Distances are those of the certificate, ‖D⁻¹(θ − θ̂)‖₂ with D the noise's scales at θ̂ (`noise_scales`), and
descent follows the gradient in the coordinates u = D⁻¹(θ − θ̂), in steps of a set length.

Unlike the reference code, the images searched with are never those measured with, and the projection is a true one,
u · min(1, η / ‖u‖): weights inside the ball stay where they are. BatchNorm's running statistics are no weights and have
no distance: they stay frozen, or the searcher takes those of the own images.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Generator
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.func import functional_call
from torch.nn import functional

from pue_desktop.engine.config_types import Geometry
from pue_desktop.engine.recovery_results import Statistics
from pue_desktop.engine.runtime import Stop, torch_stream
from pue_desktop.engine.training import Batches, batch_norms, crop_and_flip, evaluation_batches, normalise, recalibrate
from pue_desktop.engine.weight_noise import count_correct, noise_scales

_BATCH = 128
_FIRST_STEP = 0.2  # of η; the steps shrink along a cosine


@dataclass(frozen=True, slots=True)
class Recovered:
    """The best weights found within one radius.

    Attributes:
        eta: The radius, in the certificate's geometry.
        distance: Of the weights found, at most `eta`.
        accuracy: Share of the images measured with that they classify right, in [0, 1].
    """

    eta: float
    distance: float
    accuracy: float


def disjoint_halves(labels: Tensor, seed: int) -> tuple[Tensor, Tensor]:
    """Returns positions to search with and to measure with: half of each class each; an odd image measures.

    Args:
        labels: int64 `[image]`.
        seed: Names the draw.
    """
    search: list[Tensor] = []
    measure: list[Tensor] = []
    for label in range(int(labels.max()) + 1):
        own = (labels == label).nonzero().flatten().cpu()
        order = own[torch.randperm(len(own), generator=torch_stream(seed, "recovery halves", label))]
        search.append(order[: len(own) // 2])
        measure.append(order[len(own) // 2 :])
    return torch.cat(search).sort().values, torch.cat(measure).sort().values


@dataclass(frozen=True, slots=True)
class Halves:
    """Clean images, half of them to search with and the others to measure with.

    Attributes:
        images: To search with, uint8 `[image, 3, side, side]`.
        labels: int64 `[image]`.
        measured: Batches of the others, as networks take them, with their labels.
        count: Number of images measured with.
    """

    images: Tensor
    labels: Tensor
    measured: list[tuple[Tensor, Tensor]]
    count: int


def in_halves(images: Tensor, labels: Tensor, seed: int) -> Halves:
    """Splits clean images that the network did not learn from.

    Args:
        images: uint8 `[image, 3, side, side]`, on the device.
        labels: int64 `[image]`; at least two images of some class.
        seed: Names the draw.

    Raises:
        ValueError: no class has two images.
    """
    search, measure = (half.to(labels.device) for half in disjoint_halves(labels, seed))
    if len(search) == 0:
        raise ValueError("needed: two images of some class")
    measured = evaluation_batches(images[measure], labels[measure], _BATCH)
    return Halves(images[search], labels[search], measured, len(measure))


def recover(
    model: nn.Module,
    halves: Halves,
    *,
    eta: float,
    geometry: Geometry,
    statistics: Statistics,
    steps: int,
    seed: int,
    stop: Stop,
) -> Generator[int, None, Recovered]:
    """Searches within one radius and measures what was found; yields the steps done.

    Args:
        model: The certified network; it is left as it was.
        halves: Images on its device.
        eta: Radius ≥ 0.
        geometry: Of the certificate.
        statistics: "free": BatchNorm's statistics are those of each batch while searching, then those of all images
            searched with; otherwise they stay as they are.
        steps: Descent steps, at least 1.
        seed: Names every random number.
        stop: Serves pause and cancel.

    Raises:
        ValueError: a number is out of range.
        CancelledError: asked for by `stop`.
    """
    if steps < 1 or not eta >= 0:
        raise ValueError("needed: steps >= 1, eta >= 0")
    model = copy.deepcopy(model).eval()
    if statistics == "free":
        for norm in batch_norms(model):
            norm.train()
    weights, distance = yield from search_within(
        model, halves.images, halves.labels, eta=eta, geometry=geometry, steps=steps, seed=seed, stop=stop
    )
    with torch.no_grad():
        for name, value in model.named_parameters():
            value.copy_(weights[name])
    if statistics == "free":
        recalibrate(model, halves.images, _BATCH)
    with torch.inference_mode():
        correct = count_correct(model, {}, halves.measured)
    return Recovered(eta, distance, correct / halves.count)


def search_within(
    model: nn.Module,
    images: Tensor,
    labels: Tensor,
    *,
    eta: float,
    geometry: Geometry,
    steps: int,
    seed: int,
    stop: Stop,
) -> Generator[int, None, tuple[dict[str, Tensor], float]]:
    """Yields the steps done; returns the weights that projected SGD ends at, by name, and their distance.

    Arguments as `recover`. The weights of `model` are not changed; statistics of layers in training mode are.
    """
    start = {name: value.detach() for name, value in model.named_parameters()}
    scales = noise_scales(start, geometry)
    shift = {name: torch.zeros_like(value) for name, value in start.items()}
    batches = Batches(len(images), _BATCH, seed, "recovery")
    for step in range(steps):
        stop.check()
        chosen = batches.indices(step).to(images.device)
        generator = torch_stream(seed, "recovery augment", step, device=str(images.device))
        batch = normalise(crop_and_flip(images[chosen].float(), generator))
        inner = {name: value.requires_grad_() for name, value in shift.items()}
        weights = {name: start[name] + scales[name] * value for name, value in inner.items()}
        loss = functional.cross_entropy(functional_call(model, weights, (batch,)), labels[chosen])
        gradients = dict(zip(inner, torch.autograd.grad(loss, list(inner.values())), strict=True))
        length = eta * _FIRST_STEP * 0.5 * (1.0 + math.cos(math.pi * step / steps)) / max(_norm(gradients), 1e-30)
        moved = {name: value.detach() - length * gradients[name] for name, value in inner.items()}
        shift = project(moved, eta)
        yield step + 1
    return {name: start[name] + scales[name] * value for name, value in shift.items()}, _norm(shift)


def distance_between(certified: nn.Module, weights: dict[str, Tensor], geometry: Geometry) -> float | None:
    """Returns how far `weights` are from a certified network, in the certificate's geometry.

    Args:
        certified: Its weights are the origin and give the scales.
        weights: By parameter name; more names do no harm.
        geometry: Of the certificate.

    Returns:
        ‖D⁻¹(θ − θ̂)‖₂, None if the weights are those of another architecture.
    """
    start = {name: value.detach().cpu() for name, value in certified.named_parameters()}
    if any(name not in weights or weights[name].shape != value.shape for name, value in start.items()):
        return None
    scales = noise_scales(start, geometry)
    return _norm({name: (weights[name].cpu() - value) / scales[name] for name, value in start.items()})


def project(shift: dict[str, Tensor], eta: float) -> dict[str, Tensor]:
    """Returns the point of the ball of radius `eta` around zero that is nearest to `shift`."""
    norm = _norm(shift)
    if norm <= eta:
        return shift
    return {name: value * (eta / norm) for name, value in shift.items()}


def _norm(tensors: dict[str, Tensor]) -> float:
    return math.sqrt(sum(float(value.double().square().sum()) for value in tensors.values()))
