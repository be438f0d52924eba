"""The one training loop, for surrogates and attackers alike.

SGD with Nesterov-free momentum and a cosine schedule to zero, on images that stay on the device as 8-bit values.
Every random number of step i comes from the stream (seed, purpose, i), so a resumed training needs no generator state
and equals an uninterrupted one, bit for bit on the CPU. Weight noise enters by functional calls; the weights that are
trained are never touched by it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor, nn
from torch.func import functional_call
from torch.nn import functional

from pue_desktop.engine.config_types import Geometry
from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.engine.files import write_atomically
from pue_desktop.engine.runtime import Stop, stream_seed, torch_stream
from pue_desktop.engine.weight_noise import noise_scales, noisy_parameters

MOMENTUM = 0.9
WEIGHT_DECAY = 5e-4
GRADIENT_CLIP = 5.0
CHECKPOINT_SECONDS = 5.0
# Pixels of a batch that is only evaluated: 32 images of 32 pixels a side on a CPU (measured), 1,024 on a GPU.
_CPU_PIXELS = 2**15
_GPU_PIXELS = 2**20

Prepare = Callable[[Tensor, int], Tensor]
Objective = Callable[[nn.Module, Tensor, Tensor, int], tuple[Tensor, Tensor]]


def normalise(images: Tensor) -> Tensor:
    """Maps pixel values 0 to 255 to what networks take, about −2 to 2."""
    return (images / 255.0 - 0.5) / 0.25


def crop_and_flip(images: Tensor, generator: torch.Generator) -> Tensor:
    """Returns each image mirrored with probability 1/2 and shifted by up to an eighth of its side, zeros outside.

    Args:
        images: float `[batch, channel, side, side]`, in 0 to 255.
        generator: On any device; four draws per batch.
    """
    batch, _, height, width = images.shape
    reach = max(1, width // 8)
    where = generator.device
    flip = torch.rand(batch, generator=generator, device=where) < 0.5
    down = torch.randint(0, 2 * reach + 1, (batch,), generator=generator, device=where).to(images.device)
    right = torch.randint(0, 2 * reach + 1, (batch,), generator=generator, device=where).to(images.device)
    mirrored = torch.where(flip.to(images.device)[:, None, None, None], images.flip(3), images)
    padded = functional.pad(mirrored, (reach, reach, reach, reach))
    rows = down[:, None] + torch.arange(height, device=images.device)
    columns = right[:, None] + torch.arange(width, device=images.device)
    each = torch.arange(batch, device=images.device)[:, None, None]
    # Channels last while indexing: one gather instead of one per channel.
    return padded.permute(0, 2, 3, 1)[each, rows[:, :, None], columns[:, None, :]].permute(0, 3, 1, 2)


class Batches:
    """Which images step i trains on: a fresh permutation each epoch, by (seed, purpose, epoch)."""

    def __init__(self, count: int, batch_size: int, seed: int, purpose: str) -> None:
        self.size = min(count, batch_size)
        self.per_epoch = max(1, count // self.size)
        self._count, self._seed, self._purpose = count, seed, f"{purpose} order"
        self._epoch = -1
        self._order = torch.empty(0, dtype=torch.int64)

    def indices(self, step: int) -> Tensor:
        """Returns the positions of the images of step `step`, int64 `[batch]`."""
        epoch, position = divmod(step, self.per_epoch)
        if epoch != self._epoch:
            self._order = torch.randperm(self._count, generator=torch_stream(self._seed, self._purpose, epoch))
            self._epoch = epoch
        return self._order[position * self.size : (position + 1) * self.size]


class Trainer:
    """A model, its optimiser and its place in the schedule."""

    def __init__(self, model: nn.Module, *, steps: int, learning_rate: float) -> None:
        self.model = model
        self.steps = steps
        self._learning_rate = learning_rate
        self._optimiser = torch.optim.SGD(
            model.parameters(), learning_rate, momentum=MOMENTUM, weight_decay=WEIGHT_DECAY
        )

    def forward(self, images: Tensor, *, sigma: float, geometry: Geometry, generator: torch.Generator) -> Tensor:
        """Returns logits of the model under weight noise of standard deviation `sigma`; 0 means none."""
        if sigma == 0.0:
            return cast(Tensor, self.model(images))
        parameters: dict[str, Tensor] = dict(self.model.named_parameters())
        noisy = noisy_parameters(parameters, noise_scales(parameters, geometry), sigma=sigma, generator=generator)
        return cast(Tensor, functional_call(self.model, noisy, (images,)))

    def update(self, loss: Tensor, step: int) -> None:
        """Takes optimiser step `step` (from 0) down the gradient of `loss`, clipped once.

        Raises:
            InputRefusedError: the loss is not a number.
        """
        if not math.isfinite(float(loss.detach())):
            raise out_of_bounds()
        rate = self._learning_rate * 0.5 * (1.0 + math.cos(math.pi * step / self.steps))
        for group in self._optimiser.param_groups:
            group["lr"] = rate
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), GRADIENT_CLIP)
        self._optimiser.step()

    def state(self) -> dict[str, Tensor]:
        """Returns copies of all weights, buffers and momenta by name, on the CPU."""
        tensors = {f"model.{name}": value for name, value in self.model.state_dict().items()}
        for name, parameter in self.model.named_parameters():
            momentum = self._optimiser.state[parameter].get("momentum_buffer")
            if momentum is not None:
                tensors[f"momentum.{name}"] = momentum
        return {name: value.detach().to("cpu", copy=True).contiguous() for name, value in tensors.items()}

    def load(self, state: dict[str, Tensor]) -> None:
        """Puts back what `state` returned."""
        self.model.load_state_dict(model_state(state))
        for name, parameter in self.model.named_parameters():
            momentum = state.get(f"momentum.{name}")
            if momentum is not None:
                self._optimiser.state[parameter]["momentum_buffer"] = momentum.to(parameter.device)


def out_of_bounds() -> InputRefusedError:
    """Returns the refusal of a training whose figures are no numbers any more."""
    return InputRefusedError(
        "The training went out of bounds: the loss is not a number.", hint="Choose a smaller learning rate."
    )


def check_finite(model: nn.Module) -> None:
    """Raises `InputRefusedError` if a weight is not a number, as the last step of all may leave it unseen.

    Such a network answers at random: what it seems not to learn would pass for protected.
    """
    if not all(bool(torch.isfinite(value).all()) for value in model.state_dict().values()):
        raise out_of_bounds()


def model_state(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """Returns weights and buffers of the model by name, out of what `Trainer.state` returned."""
    prefix = "model."
    return {name.removeprefix(prefix): value for name, value in state.items() if name.startswith(prefix)}


class Checkpoint:
    """A file that holds tensors and a step number for one job; a checkpoint of another job is never loaded.

    Args:
        path: The file.
        job: Name of the job.
        earlier: Names that earlier versions gave it.
    """

    def __init__(self, path: Path, job: str, *earlier: str) -> None:
        self.path = path
        self._job = job
        self._known = {job, *earlier}
        self._saved = time.monotonic()

    def due(self) -> bool:
        """Whether the last one is some seconds old."""
        return time.monotonic() - self._saved >= CHECKPOINT_SECONDS

    def save(self, step: int, tensors: dict[str, Tensor]) -> None:
        """Writes the checkpoint, whole or not at all."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(self.path, save(tensors, metadata={"job": self._job, "step": str(step)}))
        self._saved = time.monotonic()

    def load(self) -> tuple[int, dict[str, Tensor]] | None:
        """Returns step and tensors, None if there is no checkpoint of this job."""
        try:
            with safe_open(self.path, framework="pt") as stored:
                header = stored.metadata() or {}
                if header.get("job") not in self._known:
                    return None
                return int(header["step"]), {name: stored.get_tensor(name) for name in stored.keys()}  # noqa: SIM118
        except (OSError, SafetensorError, KeyError, ValueError):
            return None

    def remove(self) -> None:
        """Deletes the file."""
        self.path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Training:
    """What to train on and how.

    Attributes:
        images: uint8, or float in the same units, `[image, 3, side, side]`, on the device.
        labels: int64 `[image]`, on the device.
        steps: Optimiser steps.
        batch_size: Images per step.
        learning_rate: At the start.
        seed: Names every random number.
        purpose: Likewise; two trainings of one seed differ by it.
        sigma: Largest weight noise; each step draws its level uniformly from 0 to it.
        geometry: Of the noise.
        prepare: What is done to a batch (float, 0 to 255) before it is normalised; called with the step.
        objective: Takes the place of `prepare`, weight noise and cross-entropy: of the model, a batch as it is (float,
            0 to 255), its labels and the step it makes the loss to descend and the logits.
    """

    images: Tensor
    labels: Tensor
    steps: int
    batch_size: int
    learning_rate: float
    seed: int
    purpose: str
    sigma: float = 0.0
    geometry: Geometry = "scale-invariant"
    prepare: Prepare | None = None
    objective: Objective | None = None


@dataclass(frozen=True, slots=True)
class TrainingPoint:
    """After one step: `step` counts from 1, `loss` and `error` are those of its batch."""

    step: int
    loss: float
    error: float


def train(
    model: nn.Module, job: Training, stop: Stop, checkpoint: Checkpoint, *, notes: dict[str, Tensor] | None = None
) -> Generator[TrainingPoint, None, None]:
    """Trains `model` in place, from the checkpoint if there is one; saves one when it ends, early or not.

    Args:
        model: On the device of the images.
        job: What to train on.
        stop: Serves pause and cancel.
        checkpoint: Where weights and momenta are kept.
        notes: Tensors that the caller fills between the points; saved with each checkpoint and, on resuming, filled
            with what they held then.

    Raises:
        InputRefusedError: the loss, or a weight in the end, is not a number.
        CancelledError: asked for by `stop`.
    """
    trainer = Trainer(model, steps=job.steps, learning_rate=job.learning_rate)
    kept = {f"notes.{name}": value for name, value in (notes or {}).items()}
    done = 0
    resumed = checkpoint.load()
    if resumed is not None:
        done = resumed[0]
        trainer.load(resumed[1])
        for name, value in kept.items():
            value.copy_(resumed[1][name])
    batches = Batches(len(job.images), job.batch_size, job.seed, job.purpose)
    model.train()
    try:
        while done < job.steps:
            stop.check()
            point = _train_step(trainer, job, batches, done)
            done += 1
            yield point
            if checkpoint.due():
                checkpoint.save(done, {**trainer.state(), **kept})
        check_finite(model)
    finally:
        checkpoint.save(done, {**trainer.state(), **kept})
        model.eval()


def _train_step(trainer: Trainer, job: Training, batches: Batches, step: int) -> TrainingPoint:
    chosen = batches.indices(step).to(job.images.device)
    images, labels = job.images[chosen].float(), job.labels[chosen]
    # Dropout draws from torch's global generators: they too get a stream of this step, and are put back.
    with torch.random.fork_rng(devices=[images.device] if images.device.type == "cuda" else []):
        torch.manual_seed(stream_seed(job.seed, f"{job.purpose} dropout", step))
        loss, logits = _objective(trainer, job, images, labels, step)
    trainer.update(loss, step)
    error = float((logits.argmax(dim=1) != labels).float().mean())
    return TrainingPoint(step + 1, float(loss.detach()), error)


def _objective(trainer: Trainer, job: Training, images: Tensor, labels: Tensor, step: int) -> tuple[Tensor, Tensor]:
    """Returns loss and logits of one batch."""
    if job.objective is not None:
        return job.objective(trainer.model, images, labels, step)
    noise = torch_stream(job.seed, f"{job.purpose} noise", step, device=str(images.device))
    if job.prepare is not None:
        images = job.prepare(images, step)
    level = job.sigma * float(torch.rand((), generator=noise, device=noise.device)) if job.sigma else 0.0
    logits = trainer.forward(normalise(images), sigma=level, geometry=job.geometry, generator=noise)
    return functional.cross_entropy(logits, labels), logits


def recalibrate(model: nn.Module, images: Tensor, batch_size: int) -> None:
    """Re-estimates the running statistics of BatchNorm layers on uint8 `images`; leaves `model` in evaluation mode.

    Noisy forward passes in training mode blur them. Networks without BatchNorm are left as they are.
    """
    norms = batch_norms(model)
    if norms:
        for norm in norms:
            norm.reset_running_stats()
            norm.momentum = None  # a plain average over all batches
        model.train()
        with torch.no_grad():
            for part in torch.split(images, batch_size):
                model(normalise(part.float()))
    model.eval()


def batch_norms(model: nn.Module) -> list[nn.modules.batchnorm._BatchNorm]:
    """Returns the layers that keep running statistics."""
    return [module for module in model.modules() if isinstance(module, nn.modules.batchnorm._BatchNorm)]


def evaluation_batch(images: Tensor) -> int:
    """Returns how many of `images` to pass through a network at once: what fits a core's cache, or fills a GPU."""
    pixels = _CPU_PIXELS if images.device.type == "cpu" else _GPU_PIXELS
    return max(4, pixels // (images.shape[-1] * images.shape[-2]))


def evaluation_batches(images: Tensor, labels: Tensor, batch_size: int) -> list[tuple[Tensor, Tensor]]:
    """Splits uint8 images into normalised float batches with their labels; every image is in exactly one."""
    return [
        (normalise(part.float()), answers)
        for part, answers in zip(torch.split(images, batch_size), torch.split(labels, batch_size), strict=True)
    ]


def build_seeded(build: Callable[[int, int], nn.Module], classes: int, size: int, seed: int, purpose: str) -> nn.Module:
    """Builds a network whose initial weights are named by (seed, purpose); torch's global generator is left alone."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(stream_seed(seed, f"{purpose} initial weights"))
        return build(classes, size)
