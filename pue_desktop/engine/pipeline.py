"""The steps in their order, and the one loop that runs them. Window, command line and tests all drive this.

A step is a generator `step(run, config, stop) -> Iterator[Event]` that returns the files it left. Its implementation
is imported only when it runs, so that listing steps or opening a run costs no torch.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

import msgspec

from pue_desktop.engine.config import Plan, ScanConfig, StepConfig, StressConfig
from pue_desktop.engine.errors import InputRefusedError, SchemaError
from pue_desktop.engine.events import Event, Progress
from pue_desktop.engine.export_names import MANIFEST
from pue_desktop.engine.files import BAD_JSON, sha256_file
from pue_desktop.engine.plans import fitted
from pue_desktop.engine.registry import Entry, Registry
from pue_desktop.engine.results import INDEX_FILE, IndexHeader
from pue_desktop.engine.run import Run, State
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.stress_results import STRESS_FILE, StressResult

EventStream = Generator[Event, None, list[Path]]


class Step(Protocol):
    """What a step's implementation looks like."""

    def __call__(self, run: Run, config: StepConfig, stop: Stop) -> EventStream:
        """Yields events while it works and returns its output files (paths inside the run folder)."""
        ...


STEPS = Registry(
    "step",
    "pue_desktop.engine",
    (
        Entry("scan", "Find the images and their classes.", "dataset:scan_step"),
        Entry("craft", "Craft the perturbation.", "craft:craft_step"),
        Entry("certify", "Certify how learnable the protected images are.", "certify:certify_step"),
        Entry("stress", "Let attackers train on the protected images.", "stress:stress_step"),
        Entry("export", "Write the protected images and the certificate.", "export:export_step"),
    ),
)

# Which results a step reads. "stress" reaches the certificate of the export where it is there, and searches near the
# certified network where there is one.
INPUTS: dict[str, tuple[str, ...]] = {
    "scan": (),
    "craft": ("scan",),
    "certify": ("scan", "craft"),
    "stress": ("scan", "craft", "certify"),
    "export": ("scan", "craft", "certify", "stress"),
}
OPTIONAL_INPUTS: dict[str, tuple[str, ...]] = {"export": ("stress",), "stress": ("certify",)}
# Inputs that earlier versions did not read: a record that does not name one is not stale for it. To tell such a record
# from one made while the input was not there, the latter names it, too.
LATER_INPUTS: dict[str, tuple[str, ...]] = {"stress": ("certify",)}
_NOT_THERE = ""


@dataclass(frozen=True, slots=True)
class StepStatus:
    """A step's place in a run.

    Attributes:
        step: Its name.
        state: How far it is for the plan asked about.
        seconds: Time worked on it so far.
    """

    step: str
    state: State
    seconds: float


def step_inputs(run: Run, step: str, config: StepConfig | None = None) -> dict[str, str]:
    """Returns the digests of the results that `step` reads, by step; absent ones are left out, or empty if later.

    A scan's table of labels counts as one called "labels".

    Args:
        run: The run.
        step: Name of the step.
        config: Its settings, if it matters that they do without an input, or name a file.
    """
    found: dict[str, str] = {}
    for name in _read_by(step, config):
        record = run.record(name)
        if record is not None and record.done:
            found[name] = record.digest
        elif name in LATER_INPUTS.get(step, ()):
            found[name] = _NOT_THERE
    if isinstance(config, ScanConfig) and config.labels:
        found["labels"] = _labels_digest(run, Path(config.labels))
    return found


def _read_by(step: str, config: StepConfig | None) -> tuple[str, ...]:
    """Returns the steps whose results `step` reads with these settings."""
    if isinstance(config, StressConfig) and not config.recovery_steps:
        return tuple(name for name in INPUTS[step] if name != "certify")
    return INPUTS[step]


def _labels_digest(run: Run, table: Path) -> str:
    """Returns the digest of a table of labels; one that is gone is no news: what the scan made of it is its result."""
    try:
        return sha256_file(table)
    except OSError:
        record = run.record("scan")
        return record.inputs.get("labels", "") if record is not None else ""


def known_inputs(run: Run, step: str, config: StepConfig | None = None) -> dict[str, str]:
    """Returns `step_inputs` as far as the step's record knows of them: what it is to be compared with."""
    record, inputs = run.record(step), step_inputs(run, step, config)
    later = LATER_INPUTS.get(step, ())
    return {
        name: value for name, value in inputs.items() if record is None or name in record.inputs or name not in later
    }


def load_stress(run: Run) -> StressResult:
    """Reads the stress test's result, without what it found near a network that is no longer the certified one.

    Raises:
        SchemaError: it is missing or damaged.
    """
    result = run.load(STRESS_FILE, StressResult)
    record, inputs = run.record("stress"), known_inputs(run, "stress")
    now = record is not None and all(record.inputs.get(name) == inputs.get(name) for name in LATER_INPUTS["stress"])
    return result if now else msgspec.structs.replace(result, recovery=None)


def median_side(run: Run) -> int:
    """Returns the median length of the images' shorter sides in pixels, 0 while the folder is not scanned."""
    record = run.record("scan")
    if record is None or not record.done:
        return 0
    with suppress(OSError, *BAD_JSON), (run.path / INDEX_FILE).open("rb") as lines:
        return msgspec.json.decode(lines.readline(), type=IndexHeader).median_side
    return 0


def step_config(run: Run, step: str, plan: Plan) -> StepConfig:
    """Returns the settings of `step`, those that `plan` leaves to the images filled in."""
    return fitted(plan.of(step), median_side(run))


def step_state(run: Run, step: str, plan: Plan) -> State:
    """Returns how far `step` is for `plan`; an export whose folder is gone is stale."""
    config = step_config(run, step, plan)
    state = run.state(step, config, known_inputs(run, step, config))
    if state is State.DONE and step == "export" and not (_exported_to(run, plan) / MANIFEST).is_file():
        return State.STALE
    return state


def _exported_to(run: Run, plan: Plan) -> Path:
    """Returns the folder of the run's export: where its own name may carry a number, what the export itself says."""
    folder = plan.export.folder
    if plan.export.conflict == "new-folder":
        with suppress(SchemaError):
            folder = run.load("export.json", _Exported).folder
    return Path(folder)


class _Exported(msgspec.Struct):
    """Of an `ExportResult`, what can be read without all the rest."""

    folder: str


def status(run: Run, plan: Plan) -> list[StepStatus]:
    """Returns the state of every step of `run` for `plan`; a step after a stale one is stale too."""
    found: list[StepStatus] = []
    unsettled: set[str] = set()
    for entry in STEPS:
        state = step_state(run, entry.name, plan)
        record = run.record(entry.name)
        # An input that its record does not name is none of its own.
        foreign = set(LATER_INPUTS.get(entry.name, ())).difference(record.inputs if record else ())
        if state is State.DONE and unsettled.intersection(INPUTS[entry.name]) - foreign:
            state = State.STALE
        if state is not State.DONE:
            unsettled.add(entry.name)
        found.append(StepStatus(entry.name, state, record.seconds if record else 0.0))
    return found


def run_step(run: Run, step: str, plan: Plan, stop: Stop) -> Generator[Event, None, None]:
    """Runs one step unless it is done. The caller holds the run's lock.

    Raises:
        InputRefusedError: a step that it needs is not done.
        CancelledError: the user stopped it; what was reached is saved.
    """
    config = step_config(run, step, plan)
    for needed in INPUTS[step]:
        record = run.record(needed)
        if (record is None or not record.done) and needed not in OPTIONAL_INPUTS.get(step, ()):
            raise InputRefusedError(
                f"{step} needs the result of {needed}, which is not there yet.", hint=f"Run {needed} first."
            )
    inputs = step_inputs(run, step, config)
    if step_state(run, step, plan) is State.DONE:
        yield Progress(step, 1, 1, "already done")
        return
    stop.check()
    run.begin(step, config, inputs)
    began = time.monotonic()
    finished = False
    events = cast(Step, STEPS.load(step))(run, config, stop)
    try:
        while True:
            try:
                event = next(events)
            except StopIteration as end:
                run.finish(step, cast(list[Path], end.value), time.monotonic() - began)
                finished = True
                break
            run.append_event(event)
            yield event
    finally:
        events.close()
        if not finished:
            run.pause(step, time.monotonic() - began)


def run_steps(run: Run, steps: Iterable[str], plan: Plan, stop: Stop) -> Generator[Event, None, None]:
    """Runs `steps` in order under the run's lock; what is done already is passed over."""
    wanted = tuple(steps)
    with run.locked():
        run.ask({step: plan.of(step) for step in wanted})
        for step in wanted:
            yield from run_step(run, step, plan, stop)
