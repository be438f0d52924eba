"""Adversarial training: every batch is first changed, within 4/255, so that the network errs most (PGD).

Madry et al., arXiv 1706.06083, section 2.1: from a random place within the limit, ten steps of 1/255 along the sign of
the loss's gradient, each put back within the limit. A network that must not care about changes that small cannot learn
a perturbation of that size: the strongest known countermeasure, at eleven times the cost. The network is in evaluation
mode while its images are sought, so that BatchNorm's running statistics are those of the images it learns from.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from pue_desktop.engine.countermeasures.countermeasure import Countermeasure
from pue_desktop.engine.runtime import torch_stream
from pue_desktop.engine.training import normalise

STEPS = 10
EPSILON_255 = 4.0
_STEP_255 = 1.0


class _Adversarial(Countermeasure):
    def loss(
        self, model: nn.Module, images: Tensor, targets: Tensor, *, seed: int, index: int
    ) -> tuple[Tensor, Tensor]:
        """See `Countermeasure`."""
        generator = torch_stream(seed, "adversarial start", index)
        start = (2.0 * torch.rand(images.shape, generator=generator) - 1.0) * EPSILON_255
        training = model.training
        model.eval()
        worst = hardest(model, images, targets, start=start.to(images.device))
        model.train(training)
        return super().loss(model, worst, targets, seed=seed, index=index)


def hardest(model: nn.Module, images: Tensor, targets: Tensor, *, start: Tensor) -> Tensor:
    """Returns the images within ε of `images`, in 0 to 255, that PGD finds hardest for the model; leaves it as it was.

    Args:
        model: Takes normalised images.
        images: float `[batch, 3, side, side]`, in 0 to 255.
        targets: int64 `[batch]` or shares `[batch, classes]`.
        start: Where to begin, as a change of at most ε, in units of 1/255.
    """
    low, high = (images - EPSILON_255).clamp(min=0.0), (images + EPSILON_255).clamp(max=255.0)
    found = (images + start).clamp(low, high)
    for _ in range(STEPS):
        with torch.enable_grad():
            found = found.detach().requires_grad_()
            loss = functional.cross_entropy(model(normalise(found)), targets)
            (gradient,) = torch.autograd.grad(loss, found)
        found = (found.detach() + _STEP_255 * gradient.sign()).clamp(low, high)
    return found


adversarial = _Adversarial()
