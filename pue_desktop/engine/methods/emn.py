"""EMN: error-minimising noise, without weight noise.

Huang et al., "Unlearnable Examples: Making Personal Data Unexploitable", ICLR 2021. The baseline that PUE is compared
with.
"""

from pue_desktop.engine.methods.error_minimising import ErrorMinimising


class EMN(ErrorMinimising):
    """Weight noise off."""

    weight_noise = False
