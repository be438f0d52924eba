"""A run folder as one frozen value: what the window shows of it. No Qt here.

Reading checks digests of results and may take a while, so it happens off the GUI thread; the pages only ever see the
finished value. Results that are missing or damaged are simply absent: the state of their step says why.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import msgspec

from pue_desktop.engine import pipeline
from pue_desktop.engine.config import CertifyConfig, Plan
from pue_desktop.engine.errors import SchemaError
from pue_desktop.engine.events import StampedEvent
from pue_desktop.engine.library import plan_of
from pue_desktop.engine.results import (
    CertifyResult,
    CraftResult,
    DatasetIndex,
    ExportResult,
)
from pue_desktop.engine.run import Run, State
from pue_desktop.engine.stress_results import StressResult

Result = TypeVar("Result")


@dataclass(frozen=True)
class RunSnapshot:
    """What a run holds.

    Attributes:
        path: The run folder.
        source: The image folder.
        states: State of every step for the plan that was asked about.
        seconds: Time worked on each step.
        index: The data set, once scanned.
        craft: Result of crafting, None if there is none.
        certify: Likewise of certifying.
        certify_config: The settings `certify` was made with.
        stress: Likewise of the stress test.
        export: Likewise of the export.
    """

    path: Path
    source: Path
    states: dict[str, State] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    index: DatasetIndex | None = None
    craft: CraftResult | None = None
    certify: CertifyResult | None = None
    certify_config: CertifyConfig | None = None
    stress: StressResult | None = None
    export: ExportResult | None = None

    def steps_left(self, wanted: tuple[str, ...]) -> tuple[str, ...]:
        """Returns those of `wanted` that are not done, in their order."""
        return tuple(step for step in wanted if self.states.get(step) is not State.DONE)


@dataclass(frozen=True)
class OpenedRun:
    """A run that was opened: the settings it was made with, what it holds and everything that happened."""

    plan: Plan
    snapshot: RunSnapshot
    events: list[StampedEvent]


def take(path: Path, plan: Plan) -> RunSnapshot:
    """Reads the run folder `path` for `plan`. Raises `PueError` if it can't be read."""
    return _snapshot(Run.open(path), plan)


def open_run(path: Path) -> OpenedRun:
    """Opens a run folder made earlier. Raises `PueError` if it can't be read."""
    run = Run.open(path)
    plan = plan_of(run)
    return OpenedRun(plan, _snapshot(run, plan), run.events())


def _snapshot(run: Run, plan: Plan) -> RunSnapshot:
    steps = pipeline.status(run, plan)
    return RunSnapshot(
        path=run.path,
        source=run.source,
        states={step.step: step.state for step in steps},
        seconds={step.step: step.seconds for step in steps},
        index=_index(run),
        craft=_load(run, "craft", "craft/result.json", CraftResult),
        certify=_certified(run),
        certify_config=_certify_config(run),
        stress=_stress(run),
        export=_load(run, "export", "export.json", ExportResult),
    )


def _load(run: Run, step: str, relative: str, kind: type[Result]) -> Result | None:
    record = run.record(step)
    if record is None or not record.done:
        return None
    with suppress(SchemaError):
        return run.load(relative, kind)
    return None


def _stress(run: Run) -> StressResult | None:
    record = run.record("stress")
    if record is None or not record.done:
        return None
    with suppress(SchemaError):
        return pipeline.load_stress(run)
    return None


def _certified(run: Run) -> CertifyResult | None:
    record = run.record("certify")
    if record is None or not record.done:
        return None
    # Imports numpy: only here, off the GUI thread.
    from pue_desktop.engine.figures import load_result

    with suppress(SchemaError):
        return load_result(run)
    return None


def _index(run: Run) -> DatasetIndex | None:
    record = run.record("scan")
    if record is None or not record.done:
        return None
    # Imports numpy: only here, off the GUI thread.
    from pue_desktop.engine.dataset import load_index

    with suppress(SchemaError):
        return load_index(run)
    return None


def _certify_config(run: Run) -> CertifyConfig | None:
    record = run.record("certify")
    if record is None or not record.done:
        return None
    with suppress(msgspec.ValidationError):
        return msgspec.convert(record.config, CertifyConfig)
    return None
