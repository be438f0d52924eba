"""`pue-desktop demo`: the whole way on the sample photographs that ship with the program.

Its settings are those of the draft effort, made smaller where the sample is small, so that two cores need a few
minutes. It is an ordinary run: every command works on its folders afterwards.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from pue_desktop import cli_run
from pue_desktop.cli_output import Console, Outcome
from pue_desktop.engine import config, pipeline, plans
from pue_desktop.engine.errors import InputRefusedError


def demo_plan(*, quick: bool = False) -> config.Plan:
    """Returns the settings of the demo.

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
    package = Path(__file__).parent
    for resources in (package / "resources", package.parent / "resources"):
        if (resources / "sample" / "train").is_dir():
            return resources / "sample"
    raise InputRefusedError(
        "The sample images are missing from this installation.", hint="Install pue-desktop again, or use run."
    )


def demo(arguments: argparse.Namespace, console: Console) -> Outcome:
    """`pue-desktop demo [--export OUT] [--run RUN]`."""
    work = cli_run.open_or_create(arguments.run, sample_folder())
    plan = demo_plan(quick=arguments.quick)
    folder = str(arguments.export.absolute())
    plan = msgspec.structs.replace(plan, export=config.changed(plan.export, folder=folder))
    return cli_run.carry_out(work, plan, pipeline.STEPS.names(), console)
