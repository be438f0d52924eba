"""The shared core of EMN and PUE: a surrogate and a class-wise perturbation take their steps together.

    min over δ, θ of  E_ε Σ L(f_{θ+ε}(clip(x + δ_y)), y),   ‖δ‖∞ ≤ epsilon

EMN: Huang et al., "Unlearnable Examples", ICLR 2021 (no weight noise, ε = 0). PUE: Wang et al., arXiv 2405.03316.
Stochastic descent averages over ε by itself: each step draws one noise level, uniform in [0, σ], and one ε, and one
backward pass gives the gradients of both the weights and the perturbation. The gradient of a class's pattern is summed
over its images before the sign is taken, so that pixels clipped at black or white do not pull it to zero, and averaged
over steps (Dong et al., "Boosting Adversarial Attacks with Momentum", arXiv 1710.06081), because one batch holds only
a few images of a class. Photographs come larger than the working size and are shown in random views (`views`).
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from pue_desktop.engine.config import CraftConfig
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.pixels import Pixels
from pue_desktop.engine.results import CraftResult
from pue_desktop.engine.runtime import Stop, torch_stream
from pue_desktop.engine.training import Batches, Checkpoint, Trainer, crop_and_flip, normalise
from pue_desktop.engine.views import carry, random_view

_LAST_STEP_SHARE = 0.1
_MOMENTUM = 0.9
_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class CraftPoint:
    """State after one step.

    Attributes:
        step: Surrogate steps done.
        loss: Of the surrogate on its batch of perturbed images.
        error: Likewise, share of wrong answers.
    """

    step: int
    loss: float
    error: float


class ErrorMinimising:
    """Crafts a class-wise perturbation; `weight_noise` says whether the surrogate's weights are noisy meanwhile."""

    weight_noise = True

    def __init__(self, config: CraftConfig, model: nn.Module, pixels: Pixels, classes: int) -> None:
        self._config = config
        self._pixels = pixels
        self._device = pixels.images.device
        self._trainer = Trainer(model, steps=config.steps, learning_rate=config.learning_rate)
        side = config.working_size
        self._delta = torch.zeros(classes, 3, side, side, device=self._device)
        self._velocity = torch.zeros_like(self._delta)
        # Loss and error of every step: part of the state, so that a resumed run reports what an undisturbed one does.
        self._history = torch.full((config.steps, 2), torch.nan)

    def craft(self, stop: Stop, checkpoint: Checkpoint) -> Generator[CraftPoint, None, None]:
        """Yields after every step; goes on from the checkpoint, saves one when it ends.

        Raises:
            InputRefusedError: the loss is not a number.
            CancelledError: asked for by `stop`.
        """
        config = self._config
        done = self._resume(checkpoint)
        batches = Batches(len(self._pixels.images), config.batch_size, config.seed, "craft")
        self._trainer.model.train()
        try:
            while done < config.steps:
                stop.check()
                point = self._step(batches.indices(done).to(self._device), done)
                done += 1
                yield point
                if checkpoint.due():
                    checkpoint.save(done, self._state())
        finally:
            checkpoint.save(done, self._state())

    def perturbation(self) -> Perturbation:
        """Returns the perturbation as it is now."""
        delta = self._delta.detach().to("cpu", copy=True).numpy()
        return Perturbation(delta, self._config.epsilon_255)

    def result(self) -> CraftResult:
        """Returns what was reached so far; at least one step must be done."""
        done = int(torch.isfinite(self._history[:, 0]).sum())
        recent = self._history[max(0, done - max(1, self._config.steps // 10)) : done].mean(dim=0)
        noisy = self.weight_noise and self._config.sigma > 0.0
        return CraftResult(
            steps=done,
            noisy_steps=done if noisy else 0,
            perturbation_steps=done,
            final_loss=float(recent[0]),
            final_error=float(recent[1]),
            mean_abs_delta_255=float(self._delta.detach().abs().mean()),
        )

    def _step(self, chosen: Tensor, step: int) -> CraftPoint:
        config = self._config
        images, labels = self._pixels.images[chosen].float(), self._pixels.labels[chosen]
        generator = torch_stream(config.seed, "craft step", step, device=str(self._device))
        sigma = config.sigma if self.weight_noise else 0.0
        level = sigma * float(torch.rand((), generator=generator, device=generator.device)) if sigma else 0.0
        delta = self._delta.requires_grad_()
        perturbed = (images + carry(delta[labels], images.shape[-1])).clamp(0.0, 255.0)
        if perturbed.shape[-1] != config.working_size:
            perturbed = random_view(perturbed, config.working_size, smallest=config.smallest_view, generator=generator)
        seen = normalise(crop_and_flip(perturbed, generator))
        logits = self._trainer.forward(seen, sigma=level, geometry=config.geometry, generator=generator)
        loss = functional.cross_entropy(logits, labels)
        self._trainer.update(loss, step)
        assert delta.grad is not None
        self._improve(delta.detach(), delta.grad, step)
        point = CraftPoint(step + 1, float(loss.detach()), float((logits.argmax(dim=1) != labels).float().mean()))
        self._history[step] = torch.tensor([point.loss, point.error])
        return point

    def _improve(self, delta: Tensor, gradient: Tensor, step: int) -> None:
        """Takes one sign step of the perturbation, smaller towards the end."""
        config = self._config
        scale = gradient.abs().mean(dim=(1, 2, 3), keepdim=True).clamp_min(_TINY)
        self._velocity = _MOMENTUM * self._velocity + gradient / scale
        size = config.step_255 * (1.0 - (1.0 - _LAST_STEP_SHARE) * step / config.steps)
        moved = delta - size * self._velocity.sign()
        self._delta = moved.clamp_(-config.epsilon_255, config.epsilon_255)

    def _state(self) -> dict[str, Tensor]:
        own = {
            "delta_255": self._delta.detach().to("cpu", copy=True),
            "velocity": self._velocity.to("cpu", copy=True),
            "history": self._history,
        }
        return {**own, **self._trainer.state()}

    def _resume(self, checkpoint: Checkpoint) -> int:
        resumed = checkpoint.load()
        if resumed is None:
            return 0
        step, tensors = resumed
        self._delta = tensors["delta_255"].to(self._device)
        self._velocity = tensors["velocity"].to(self._device)
        self._history = tensors["history"]
        self._trainer.load(tensors)
        return step
