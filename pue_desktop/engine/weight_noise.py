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
from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.func import functional_call

from pue_desktop.engine.config_types import Geometry
from pue_desktop.engine.runtime import torch_stream

_PURPOSE = "weight draw"
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
        noisy[name] = value + (sigma * scales[name]) * z.to(value)
    return noisy


def count_correct(
    model: nn.Module,
    parameters: dict[str, Tensor],
    batches: list[tuple[Tensor, Tensor]],
) -> int:
    """Returns how many images `model` with `parameters` in place of its own classifies right.

    Args:
        model: In evaluation mode.
        parameters: By name, complete.
        batches: Pairs of images `[batch, channel, height, width]` as the model takes them and labels `[batch]`.
    """
    correct = torch.zeros((), dtype=torch.int64, device=batches[0][1].device)
    for images, labels in batches:
        correct += (functional_call(model, parameters, (images,)).argmax(dim=1) == labels).sum()
    return int(correct)


def correct_draws(
    model: nn.Module,
    batches: list[tuple[Tensor, Tensor]],
    *,
    sigma: float,
    geometry: Geometry,
    seed: int,
    draws: int,
    start: int = 0,
) -> Iterator[int]:
    """Yields the number of right answers under weight draw `start`, `start` + 1, …; `draws` of them.

    Model and batches lie on one device; draws are made there. The model is in evaluation mode and is not changed.
    """
    parameters = {name: value.detach() for name, value in model.named_parameters()}
    scales = noise_scales(parameters, geometry)
    device = str(batches[0][0].device)
    for index in range(start, start + draws):
        generator = torch_stream(seed, _PURPOSE, index, device=device)
        # Entered anew for each draw: a generator that pauses inside it would switch its caller to inference mode.
        with torch.inference_mode():
            noisy = noisy_parameters(parameters, scales, sigma=sigma, generator=generator)
            correct = count_correct(model, noisy, batches)
        yield correct


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
    batches = [
        (part.to(device), answers.to(device))
        for part, answers in zip(torch.split(images, batch_size), torch.split(labels, batch_size), strict=True)
    ]
    counts = correct_draws(replica, batches, sigma=sigma, geometry=geometry, seed=seed, draws=draws, start=start)
    return np.fromiter(counts, dtype=np.float64, count=draws) / len(images)
