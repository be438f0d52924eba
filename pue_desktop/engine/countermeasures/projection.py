"""Taking the perturbation out of the training set by what its images of one class have in common.

Orthogonal projection (Sandoval-Segura et al., "What Can We Learn from Unlearnable Datasets?", NeurIPS 2023, arXiv
2305.19254, algorithm 1): a softmax regression without bias on the pixels finds one direction per class that tells the
classes apart; a QR decomposition makes them orthonormal, and every image loses its share along them. Made for
perturbations that are the same for a whole class.

Class means: every image loses what the mean of its class has more than the mean of all images. That removes a
perturbation that is the same for a whole class entirely, together with the classes' own mean colours and shapes.

Both leave float images that may lie a little outside 0 to 255, as rounding would bring part of it back.
"""

import torch
from torch import Tensor
from torch.nn import functional

from pue_desktop.engine.countermeasures.countermeasure import Countermeasure, Material, parts
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.training import Batches, normalise

_EPOCHS = 20
_BATCH = 128
_LEAST_STEPS, _MOST_STEPS = 1000, 8000
_RATE = 2.0  # on images of about length one a third of what may diverge
_MOMENTUM = 0.9


class _OrthogonalProjection(Countermeasure):
    def prepare_set(self, material: Material, *, seed: int, stop: Stop) -> Tensor:
        """See `Countermeasure`."""
        directions = class_directions(material, seed=seed, stop=stop)
        # Started at zero they add up to zero, so the last one lies in the span of the others.
        basis = torch.linalg.qr(directions[:-1].T).Q
        kept = []
        for part in parts(material.images, stop):
            flat = normalise(part.float()).flatten(1)
            kept.append(((flat - (flat @ basis) @ basis.T) * 0.25 + 0.5) * 255.0)
        return torch.cat(kept).reshape(material.images.shape)


class _ClassMeans(Countermeasure):
    def prepare_set(self, material: Material, *, seed: int, stop: Stop) -> Tensor:
        """See `Countermeasure`."""
        del seed
        images, labels = material.images, material.labels
        sums = torch.zeros(material.classes, *images.shape[1:], device=images.device, dtype=torch.float64)
        answers = torch.split(labels, len(next(parts(images, stop))))
        for part, answer in zip(parts(images, stop), answers, strict=True):
            sums.index_add_(0, answer, part.double())
        counts = torch.bincount(labels, minlength=material.classes)
        own = (sums / counts.clamp(min=1)[:, None, None, None] - sums.sum(dim=0) / len(images)).float()
        return torch.cat(
            [part.float() - own[answer] for part, answer in zip(parts(images, stop), answers, strict=True)]
        )


def class_directions(material: Material, *, seed: int, stop: Stop) -> Tensor:
    """Returns the weights of a softmax regression on the pixels, without bias: float `[classes, 3 · side · side]`.

    Twenty epochs of SGD (1,000 to 8,000 steps) whose rate falls evenly to zero, on normalised images divided by the
    square root of their number of values, so that one learning rate serves every size.
    """
    images, labels = material.images, material.labels
    batches = Batches(len(images), _BATCH, seed, "orthogonal projection")
    steps = min(_MOST_STEPS, max(_LEAST_STEPS, _EPOCHS * batches.per_epoch))
    length = images[0].numel() ** 0.5
    weights = torch.zeros(material.classes, images[0].numel(), device=images.device)
    velocity = torch.zeros_like(weights)
    for step in range(steps):
        stop.check()
        chosen = batches.indices(step).to(images.device)
        flat = normalise(images[chosen].float()).flatten(1) / length
        wrong = torch.softmax(flat @ weights.T, dim=1) - functional.one_hot(labels[chosen], material.classes)
        velocity = _MOMENTUM * velocity + wrong.T @ flat / len(flat)
        weights = weights - _RATE * (1.0 - step / steps) * velocity
    return weights


orthogonal = _OrthogonalProjection()
class_means = _ClassMeans()
