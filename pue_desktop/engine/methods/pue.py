"""PUE: weight noise while the surrogate trains and while the perturbation is optimised.

Wang et al., "Provably Unlearnable Data Examples", arXiv 2405.03316. For data sets to be released whole; it lowers
what networks near the surrogate, not only the surrogate itself, can learn.
"""

from pue_desktop.engine.methods.error_minimising import ErrorMinimising


class PUE(ErrorMinimising):
    """Weight noise on."""
