"""PUE: weight noise while the surrogate trains and while the perturbation is optimised.

Wang et al., "Provably Unlearnable Data Examples", arXiv 2405.03316. For data sets to be released whole; it lowers
what networks near the surrogate, not only the surrogate itself, can learn. Loss: cross-entropy under noise on the
weights, minimised over weights and patterns alike.
"""

from pue_desktop.engine.methods.error_minimising import ErrorMinimising


class PUE(ErrorMinimising):
    """Class-wise."""

    weight_noise = True


class SampleWisePUE(PUE):
    """Each image has a pattern of its own."""

    sample_wise = True
