"""LSP: linearly separable perturbations, large blocks of plain colour.

Yu et al., "Availability Attacks Create Shortcuts", KDD 2022, arXiv 2111.00898. Networks learn a linearly separable
pattern before anything else. No loss and no surrogate: each class gets one corner of a hypercube, a value for each
block of a 4 x 4 grid and each channel. In the source, corners are the centres of Gaussian clouds, one point for each
image, and the bound is one of length; here every image of a class carries the corner itself, at ±epsilon, which keeps
the bound on single values. Blocks are low in frequency: they survive scaling and mild compression, and are the easiest
of all patterns to see and to project away.
"""

from __future__ import annotations

import torch
from torch import Tensor

from pue_desktop.engine.methods.class_patterns import ClassPatternMethod
from pue_desktop.engine.methods.contract import Material
from pue_desktop.engine.runtime import torch_stream

GRID = 4


class LSP(ClassPatternMethod):
    """Blocks."""

    def __init__(self, material: Material) -> None:
        super().__init__(material)
        self._corners = _corners(material.classes, material.config.seed)

    def pattern(self, label: int) -> Tensor:
        """Returns the class's corner, each value spread over its block."""
        side = self.material.config.working_size
        block = torch.arange(side) * GRID // side
        corner = self._corners[label].reshape(3, GRID, GRID)
        return self.material.config.epsilon_255 * corner[:, block][:, :, block]


def _corners(classes: int, seed: int) -> Tensor:
    """Returns different corners of the hypercube, ±1, float `[class, 3 · GRID²]`.

    Pictures in grey take the mean of the channels; corners differ in the sign of that mean somewhere, too.
    """
    found: list[Tensor] = []
    taken: set[tuple[float, ...]] = set()
    attempt = 0
    while len(found) < classes:
        generator = torch_stream(seed, "lsp corner", attempt)
        corner = 2.0 * torch.randint(0, 2, (3 * GRID**2,), generator=generator).float() - 1.0
        grey = tuple(corner.reshape(3, -1).sum(dim=0).sign().tolist())
        if grey not in taken:
            taken.add(grey)
            found.append(corner)
        attempt += 1
    return torch.stack(found)
