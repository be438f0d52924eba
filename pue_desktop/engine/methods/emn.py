"""EMN: error-minimising noise, without weight noise.

Huang et al., "Unlearnable Examples: Making Personal Data Unexploitable", ICLR 2021. The baseline that PUE is compared
with. Loss: cross-entropy of the surrogate, minimised over weights and patterns alike.
"""

from pue_desktop.engine.methods.error_minimising import ErrorMinimising


class EMN(ErrorMinimising):
    """Class-wise."""


class SampleWiseEMN(ErrorMinimising):
    """Each image has a pattern of its own: harder to see through and to take off, weaker where few steps are taken."""

    sample_wise = True
