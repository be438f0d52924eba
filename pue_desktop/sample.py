"""The sample images that ship with the program, and the settings that are right for so few of them."""

from pathlib import Path

from pue_desktop.engine import config, plans
from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.shipped import shipped


def demo_plan(*, quick: bool = False) -> config.Plan:
    """Returns the settings for the sample: `draft`, with fewer steps and draws than for thousands of images.

    Args:
        quick: Only shows that every part works: far too few steps for a protection worth having.
    """
    plan = plans.plan(strength="standard", effort="draft")
    if quick:
        return config.Plan(
            craft=config.changed(plan.craft, steps=40, batch_size=64),
            certify=config.changed(plan.certify, draws=100, training_steps=40, training_draws=5, batch_size=64),
            stress=config.changed(plan.stress, steps=20, batch_size=64, recovery_steps=2),
        )
    # On so few images attackers find the pattern of the GroupNorm network, not that of the BatchNorm one (measured).
    return config.Plan(
        craft=config.changed(plan.craft, surrogate="small", sigma=0.3, steps=1000, batch_size=64),
        certify=config.changed(plan.certify, draws=400, training_steps=400, training_draws=20, batch_size=64),
        stress=config.changed(plan.stress, steps=600, batch_size=64),
    )


def sample_folder() -> Path:
    """Returns the folder of the sample images, installed or in a source tree.

    Raises:
        InputRefusedError: this installation has none.
    """
    found = shipped("resources", "sample")
    if found is None or not (found / "train").is_dir():
        raise InputRefusedError(
            "The sample images are missing from this installation.", hint="Install pue-desktop again, or use run."
        )
    return found
