"""Ways to perturb: one file each, one line each in this table."""

from pue_desktop.engine.registry import Entry, Registry

METHODS = Registry(
    "method",
    __name__,
    (
        Entry("pue", "PUE: noise on the weights of the surrogate and while the perturbation is found.", "pue:PUE"),
        Entry("emn", "EMN: error-minimising noise without weight noise, the baseline.", "emn:EMN"),
    ),
)
