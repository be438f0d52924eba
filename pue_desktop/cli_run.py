"""The commands that work on a run folder: `run` for every step, `craft`, `certify`, `stress`, `export` for one.

What is asked for now wins over what the run recorded, and that over the plan of an effort; so a bare second call goes
on with the settings of the first, and a changed flag redoes exactly the steps that depend on it.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

import msgspec

from pue_desktop import cli_flags, cli_keys, cli_progress, cli_summary
from pue_desktop.cli_output import Console, Outcome
from pue_desktop.engine import config, pipeline, plans
from pue_desktop.engine.config import Plan
from pue_desktop.engine.errors import AbstainedError, InputRefusedError, StorageError, UsageError
from pue_desktop.engine.events import Event, Notice
from pue_desktop.engine.export_conflicts import destination
from pue_desktop.engine.export_folder import Journal
from pue_desktop.engine.export_space import estimated_bytes, space
from pue_desktop.engine.exporters import exporter
from pue_desktop.engine.files import byte_size
from pue_desktop.engine.identities import signing_key
from pue_desktop.engine.presets import stress_preset
from pue_desktop.engine.run import Run, State
from pue_desktop.engine.runtime import Stop


def run(arguments: argparse.Namespace, console: Console) -> Outcome:
    """`pue-desktop run FOLDER --run RUN --export OUT`."""
    work = open_or_create(arguments.run, arguments.folder)
    return carry_out(work, asked_plan(work, arguments), pipeline.STEPS.names(), console)


def single_step(arguments: argparse.Namespace, console: Console) -> Outcome:
    """`pue-desktop craft RUN` and the like."""
    work = Run.open(arguments.run.absolute())
    step: str = arguments.step
    values = _preset(arguments, step) | cli_flags.given(arguments, step)
    plan = with_values(recorded_plan(work, Plan()), step, values)
    if step == "export" and not plan.export.folder:
        raise UsageError("Where to export is not known yet.", hint="Say it with --folder.")
    return carry_out(work, plan, (step,), console)


def open_or_create(path: Path, source: Path) -> Run:
    """Opens the run folder `path`, or makes it. A source that is not there leaves no empty run behind."""
    if not source.is_dir():
        raise InputRefusedError(
            f"There is no folder {source}.", hint="Give the folder that holds one folder of images per class."
        )
    return Run.open_or_create(path.absolute(), source)


def carry_out(work: Run, plan: Plan, steps: Sequence[str], console: Console) -> Outcome:
    """Runs steps with progress and returns what the run has reached; exit code 4 where the certificate abstained."""
    if "export" in steps:
        _check_export(work, plan, console)

    def start(stop: Stop) -> Generator[Event, None, None]:
        if "export" in steps:
            # Room is looked for before hours of work, too, as soon as it is known how much.
            yield from pipeline.run_steps(work, [step for step in steps if step == "scan"], plan, stop)
            yield from _room(work, plan)
        yield from pipeline.run_steps(work, steps, plan, stop)

    cli_progress.follow(console, steps, start)
    what = cli_summary.reached(work)
    abstained = what.abstained and {"certify", "export"}.intersection(steps)
    return Outcome(
        facts=cli_summary.facts(what),
        text=cli_summary.text(what),
        exit_code=AbstainedError.exit_code if abstained else 0,
    )


def _check_export(work: Run, plan: Plan, console: Console) -> None:
    """Refuses a target or a key that the export would refuse anyway, before hours of work and not after them."""
    if pipeline.step_state(work, "export", plan) is State.DONE:
        return
    cli_keys.unlock(plan.export.key, console)
    signing_key(plan.export.key)
    folder = destination(work, Path(plan.export.folder).resolve(), plan.export.conflict, Journal(work))
    place = next(parent for parent in (folder, *folder.parents) if parent.exists())
    if not os.access(place, os.W_OK):
        raise StorageError(f"{place} can't be written: no permission.", hint="Choose a folder that you may write to.")


def _room(work: Run, plan: Plan) -> Iterator[Event]:
    """Tells how much room an export takes, and refuses what can't end well: before hours of work, and not after them.

    Raises:
        InputRefusedError: the format can't store the images, or there is no such room.
    """
    if pipeline.step_state(work, "export", plan) is State.DONE:
        return
    from pue_desktop.engine.dataset import load_index
    from pue_desktop.engine.export_image import check_storable

    images = load_index(work).published
    check_storable(images, exporter(plan.export), plan.export.format)
    journal = Journal(work)
    folder = destination(work, Path(plan.export.folder).resolve(), plan.export.conflict, journal)
    found = space(folder, estimated_bytes(images, plan.export))
    if not journal.knows(folder):
        # What an earlier export left is replaced or kept: the step itself knows.
        found.refuse_if_short()
    yield Notice(
        "export",
        f"About {byte_size(found.needed)} will be written to {folder}; {byte_size(found.free)} are free there.",
    )


def asked_plan(work: Run, arguments: argparse.Namespace) -> Plan:
    """Returns the plan that the flags of `run` describe, on top of what the run recorded."""
    plan = recorded_plan(work, plans.plan()) if arguments.effort is None else plans.plan(effort=arguments.effort)
    for step in pipeline.STEPS.names():
        names = {setting.name for setting in config.settings(config.CONFIG_TYPES[step])}
        common = {"seed": arguments.seed, "device": arguments.device}
        values: dict[str, object] = {
            name: value for name, value in common.items() if name in names and value is not None
        }
        if step == "craft" and arguments.strength is not None:
            values["epsilon_255"] = plans.parse_strength(arguments.strength)
        if step == "craft" and arguments.method is not None:
            values["method"] = arguments.method
        if step == "export":
            values["folder"] = str(arguments.export.absolute())
        plan = with_values(plan, step, values | _preset(arguments, step) | cli_flags.given(arguments, step))
    return plan


def _preset(arguments: argparse.Namespace, step: str) -> dict[str, object]:
    """Returns the settings that a preset of the step stands for; single flags win over them."""
    name: str | None = getattr(arguments, "preset", None)
    return stress_preset(name) if name is not None and step == "stress" else {}


def recorded_plan(work: Run, default: Plan) -> Plan:
    """Returns the settings that the run's steps were last asked for with; those of `default` where they never were."""
    for step in pipeline.STEPS.names():
        asked = work.asked(step)
        if asked is not None:
            default = with_values(default, step, asked)
    return default


def with_values(plan: Plan, step: str, values: dict[str, object]) -> Plan:
    """Returns `plan` with some settings of one step replaced. Raises `UsageError` if one is out of range."""
    if not values:
        return plan
    return msgspec.structs.replace(plan, **{step: config.changed(plan.of(step), **values)})
