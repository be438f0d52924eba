"""Ways to perturb: one line each in this table; see `contract` for what a method is.

Costs were measured on the sample photographs with `small-bn` at 32 and 64 pixels.
"""

from pue_desktop.engine.registry import Entry, Registry

METHODS = Registry(
    "method",
    __name__,
    (
        Entry("pue", "PUE: noise on the weights of the surrogate and while the perturbation is found.", "pue:PUE"),
        Entry("pue-sample", "PUE with a pattern of its own for every image.", "pue:SampleWisePUE", held_sign_steps=20),
        Entry(
            "pue-hardened",
            "PUE in blue, waves of each picture in red and green: survives more of what is done to images.",
            "pue_hardened:HardenedPUE",
        ),
        Entry(
            "pue-b",
            "PUE-B: noise on the weights of the surrogate only; takes 1.6 times as long.",
            "pue_b:PUEB",
            cost=1.6,
        ),
        Entry("emn", "EMN: error-minimising noise without weight noise, the baseline.", "emn:EMN"),
        Entry("emn-sample", "EMN with a pattern of its own for every image.", "emn:SampleWiseEMN", held_sign_steps=20),
        Entry(
            "bands",
            "Bands: each image's own waves of its class's length and direction, raised.",
            "bands:Bands",
            cost=0.0,
        ),
        Entry(
            "tap",
            "TAP: makes a network take every image for the next class.",
            "tap:TAP",
            cost=0.9,
            sign_steps=40,
            held_sign_steps=40,
        ),
        Entry("lsp", "LSP: large blocks of colour, one arrangement for each class.", "lsp:LSP", cost=0.0),
        Entry("ops", "OPS: a single pixel for each class, moved by epsilon at most; weak.", "ops:OPS", cost=0.0),
        Entry("random", "Random noise for each class: no protection, a control.", "random_noise:RandomNoise", cost=0.0),
    ),
)
