"""`pue-desktop demo`: the whole way on the sample photographs that ship with the program.

Its settings are those of the draft effort, made smaller where the sample is small, so that two cores need a few
minutes. It is an ordinary run: every command works on its folders afterwards.
"""

from __future__ import annotations

import argparse

import msgspec

from pue_desktop import cli_run
from pue_desktop.cli_output import Console, Outcome
from pue_desktop.engine import config, pipeline
from pue_desktop.sample import demo_plan, sample_folder


def demo(arguments: argparse.Namespace, console: Console) -> Outcome:
    """`pue-desktop demo [--export OUT] [--run RUN]`."""
    work = cli_run.open_or_create(arguments.run, sample_folder())
    plan = demo_plan(quick=arguments.quick)
    folder = str(arguments.export.absolute())
    plan = msgspec.structs.replace(plan, export=config.changed(plan.export, folder=folder))
    return cli_run.carry_out(work, plan, pipeline.STEPS.names(), console)
