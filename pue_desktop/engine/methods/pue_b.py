"""PUE-B: the surrogate trains under weight noise, the perturbation is an ordinary one.

The ablation of Wang et al., arXiv 2405.03316: it tells what a robust surrogate alone achieves. Loss: cross-entropy,
minimised over the weights under noise and over the patterns at the weights as they are. That takes two passes a
step, so crafting takes 1.6 times as long as PUE.
"""

from pue_desktop.engine.methods.error_minimising import ErrorMinimising


class PUEB(ErrorMinimising):
    """Class-wise."""

    weight_noise = True
    quiet_pattern = True
