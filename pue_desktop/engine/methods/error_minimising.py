"""The shared core of EMN and PUE: a surrogate and a perturbation take their steps together.

    min over δ, θ of  E_ε Σ L(f_{θ+ε}(clip(x + δ)), y),   ‖δ‖∞ ≤ epsilon

EMN: Huang et al., "Unlearnable Examples", ICLR 2021 (no weight noise, ε = 0). PUE: Wang et al., arXiv 2405.03316.
Stochastic descent averages over ε by itself: each step draws one noise level, uniform in [0, σ], and one ε, and one
backward pass gives the gradients of both the weights and the perturbation. Photographs come larger than the working
size and are shown in random views (`views`). Sample-wise patterns move once each time their image is drawn, so they
need steps · batch size / images of some 10 or more.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from pue_desktop.engine.methods.surrogate_method import SurrogateMethod, error_rate
from pue_desktop.engine.runtime import torch_stream
from pue_desktop.engine.training import normalise


class ErrorMinimising(SurrogateMethod):
    """Crafts while the surrogate trains.

    Attributes:
        quiet_pattern: Whether the perturbation's gradient is taken without weight noise, in a pass of its own.
    """

    quiet_pattern = False

    def train_step(self, rows: Tensor, step: int) -> tuple[Tensor, Tensor]:
        """Moves the weights and the patterns of `rows` by one step."""
        config = self.config
        images, labels, grey = self.batch(rows)
        generator = torch_stream(config.seed, "craft step", step, device=str(self.device))
        level = self.level(generator)
        leaf = self.patterns.leaf(rows)
        perturbed = self.perturbed(images, self.patterns.of_batch(leaf, rows), grey)
        seen = normalise(self.seen(self.changed(perturbed, generator), generator))
        gradient: Tensor | None = None
        if self.quiet_pattern:
            quiet = functional.cross_entropy(self.trainer.model(seen), labels)
            (gradient,) = torch.autograd.grad(quiet, leaf)
            seen = seen.detach()
        logits = self.trainer.forward(seen, sigma=level, geometry=config.geometry, generator=generator)
        loss = functional.cross_entropy(logits, labels)
        self.trainer.update(loss, step)
        gradient = leaf.grad if gradient is None else gradient
        assert gradient is not None
        self.patterns.improve(leaf, gradient, rows, self.decayed(config.step_255, step, config.steps))
        return loss, error_rate(logits, labels)

    def changed(self, images: Tensor, generator: torch.Generator) -> Tensor:  # noqa: ARG002 - for methods that do
        """Returns what others make of the published images before a network sees them: here nothing."""
        return images
