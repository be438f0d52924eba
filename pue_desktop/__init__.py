"""PUE Desktop: share images without giving away what a model could learn from them."""

__version__ = "0.1.0"
