"""Random class noise: every value of a class's pattern is −epsilon or +epsilon by the toss of a coin.

No loss and no surrogate. The control: what a perturbation of this strength does that was not made for anything (it is
also a baseline of Huang et al., ICLR 2021, section 4.1).
"""

import torch
from torch import Tensor

from pue_desktop.engine.methods.class_patterns import ClassPatternMethod
from pue_desktop.engine.runtime import torch_stream


class RandomNoise(ClassPatternMethod):
    """A coin for each value."""

    def pattern(self, label: int) -> Tensor:
        """Returns the class's coins."""
        config = self.material.config
        side = config.working_size
        coins = torch.randint(0, 2, (3, side, side), generator=torch_stream(config.seed, "random pattern", label))
        return config.epsilon_255 * (2.0 * coins.float() - 1.0)
