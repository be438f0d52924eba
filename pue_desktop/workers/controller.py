"""The one who knows which run is open, with which settings, and what is being done to it.

Pages ask the controller and listen to it; they never see a thread, a lock or a generator. All work goes through
`pipeline.run_steps`, exactly as on the command line. One job at a time.
"""

import time
from collections.abc import Callable, Generator
from enum import Enum
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from pue_desktop.engine import config as configs
from pue_desktop.engine import library, pipeline
from pue_desktop.engine.config import Plan
from pue_desktop.engine.errors import PueError
from pue_desktop.engine.events import Event, Metric, Progress
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop
from pue_desktop.workers import snapshot as snapshots
from pue_desktop.workers.background import Background
from pue_desktop.workers.engine_thread import EngineThread
from pue_desktop.workers.job import Job
from pue_desktop.workers.snapshot import OpenedRun, RunSnapshot

PROTECTION = ("scan", "craft", "certify", "stress")
_SETTLE_MS = 150


class Activity(Enum):
    """What the controller is doing."""

    IDLE = "idle"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPING = "stopping"


class Outcome(Enum):
    """How a job ended."""

    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Controller(QObject):
    """Drives one run at a time.

    Attributes:
        plan: The settings of all steps.
        snapshot: What the open run holds, None when nothing is open.
        step: The step at work, empty when idle.
        starting: Whether `activity_changed` is told because a job begins, not because one goes on.

    Signals:
        activity_changed(object): The new `Activity`.
        opened(object): The list of events of a run that was just opened (empty for a new one).
        snapshot_changed(object): The `RunSnapshot`, or None when nothing is open.
        plan_changed(object): The `Plan`.
        step_changed(str): The step at work.
        progressed(object): A `JobProgress`.
        event_came(object): A `Preview` or `Notice`.
        metrics(object): A tuple of `Metric`.
        ended(object, object): The job's `Outcome` and its steps.
        problem(object): A `PueError` to show.
    """

    activity_changed = Signal(object)
    opened = Signal(object)
    snapshot_changed = Signal(object)
    plan_changed = Signal(object)
    step_changed = Signal(str)
    progressed = Signal(object)
    event_came = Signal(object)
    metrics = Signal(object)
    ended = Signal(object, object)
    problem = Signal(object)

    def __init__(
        self,
        plan: Plan,
        runs_folder: Path,
        *,
        fresh: Callable[[], Plan] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.plan = plan
        self._fresh = fresh
        self.background = Background(self, threads=2)
        self.runs_folder = runs_folder
        self.snapshot: RunSnapshot | None = None
        self.step = ""
        self.starting = False
        self._noted = ""
        self._path: Path | None = None
        self._activity = Activity.IDLE
        self._outcome = Outcome.DONE
        self._thread: EngineThread | None = None
        self._stop = Stop()
        self._looked_at = 0
        self._job: Job | None = None
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.refresh)

    @property
    def activity(self) -> Activity:
        """What is being done."""
        return self._activity

    @property
    def busy(self) -> bool:
        """Whether a job is running, paused or stopping."""
        return self._activity is not Activity.IDLE

    @property
    def job_steps(self) -> tuple[str, ...]:
        """The steps of the job that runs, or ran last."""
        return self._job.steps if self._job is not None else ()

    @property
    def refreshing(self) -> bool:
        """Whether a newer state of the run is on its way."""
        return self._settle.isActive() or self.background.awaits("snapshot") or self.background.awaits("open")

    @property
    def run_path(self) -> Path | None:
        """The open run folder."""
        return self._path

    def open_path(self, path: Path) -> None:
        """Opens a run folder, or starts a new run for an image folder and scans it."""
        if self.busy:
            self.problem.emit(PueError("Something is still running.", hint="Stop it first, then open another folder."))
        elif (path / "run.json").is_file():
            self.open_run(path)
        else:
            self.open_folder(path)

    def new_plan(self) -> Plan:
        """Returns what a new run begins with: what was chosen while nothing was open, else what the user prefers."""
        return self.plan if self.snapshot is None or self._fresh is None else self._fresh()

    def renew_plan(self) -> None:
        """Takes the settings that the user prefers."""
        if self._fresh is not None:
            self.set_plan(self._fresh())

    def open_folder(self, source: Path, plan: Plan | None = None, *, labels: Path | None = None) -> bool:
        """Makes a new run for the image folder `source` and scans it; returns whether that began.

        Args:
            source: The image folder.
            plan: Settings of the run; None: `new_plan`.
            labels: A table with the classes of the images, where `plan` is None.
        """
        try:
            self._path = library.create_in(self.runs_folder, source).path
        except PueError as error:
            self.problem.emit(error)
            return False
        # Labels and test images of the folder before have nothing to do with this one.
        self.set_plan(self.new_plan() if plan is None else plan)
        if plan is None:
            self.change("scan", labels=str(labels or ""), test_folder="")
        self._show(RunSnapshot(self._path, source.resolve()))
        self.opened.emit([])
        self.start(("scan",))
        return True

    def open_run(self, path: Path) -> None:
        """Opens a run made earlier, with the settings it was made with."""
        self.background.submit("open", lambda: snapshots.open_run(path), self._run_opened, self.problem.emit)

    def close_run(self) -> None:
        """Leaves the open run, for instance because its folder is gone; the settings stay."""
        if self.busy or self._path is None:
            return
        self._settle.stop()
        for key in ("snapshot", "open"):
            self.background.forget(key)
        self._path = self.snapshot = None
        self.opened.emit([])
        self._show(None)

    def set_plan(self, plan: Plan) -> None:
        """Takes other settings; what they make stale is shown soon after."""
        if plan == self.plan:
            return
        self.plan = plan
        self.plan_changed.emit(plan)
        if self._path is not None:
            self._settle.start()

    def change(self, step: str, **values: object) -> None:
        """Changes settings of one step. Raises `UsageError` for a value out of range."""
        config = configs.changed(self.plan.of(step), **values)
        self.set_plan(msgspec.structs.replace(self.plan, **{step: config}))

    @Slot()
    def refresh(self) -> None:
        """Reads the state of the run again, off the GUI thread."""
        path, plan = self._path, self.plan
        if path is not None:
            self.background.submit("snapshot", lambda: snapshots.take(path, plan), self._show, self.problem.emit)

    def steps_left(self, wanted: tuple[str, ...] = PROTECTION) -> tuple[str, ...]:
        """Returns those of `wanted` that still have to run."""
        return self.snapshot.steps_left(wanted) if self.snapshot is not None else ()

    def start(self, steps: tuple[str, ...]) -> None:
        """Runs `steps` of the open run on the engine thread; those that are done are passed over."""
        path, plan = self._path, self.plan
        if self.busy or path is None or not steps:
            return
        self._stop = stop = Stop()
        stop.looked_at = self._looked_at
        index = self.snapshot.index if self.snapshot is not None else None
        images, held = (len(index.images), len(index.of_split("hold_out"))) if index is not None else (0, 0)
        self._job = Job(steps, plan, images=images, hold_out=held)
        self.step, self._noted = steps[0], ""
        self.starting = True

        def work() -> Generator[Event, None, None]:
            return pipeline.run_steps(Run.open(path), steps, plan, stop)

        thread = EngineThread(work, self)
        thread.event_came.connect(self._take_event)
        thread.metrics.connect(self._take_metrics)
        thread.succeeded.connect(self._succeeded)
        thread.cancelled.connect(self._cancelled)
        thread.failed.connect(self._failed)
        thread.finished.connect(self._finished)
        self._thread = thread
        self._set_activity(Activity.RUNNING)
        self.starting = False
        thread.start()

    @Slot()
    def pause(self) -> None:
        """Lets the step wait at its next safe point."""
        if self._activity is Activity.RUNNING:
            self._stop.pause()
            self._set_activity(Activity.PAUSED)

    @Slot()
    def resume(self) -> None:
        """Goes on after a pause."""
        if self._activity is Activity.PAUSED:
            self._stop.resume()
            self._set_activity(Activity.RUNNING)

    @Slot()
    def cancel(self) -> None:
        """Stops the job; what was reached is saved."""
        if self._activity in (Activity.RUNNING, Activity.PAUSED):
            self._stop.cancel()
            self._set_activity(Activity.STOPPING)

    def look_at(self, number: int) -> None:
        """Tells which of the pictures that crafting shows is looked at: it is refreshed first."""
        self._looked_at = self._stop.looked_at = number

    def shutdown(self) -> None:
        """Stops everything and waits for it. For the end of the program, after `cancel` had its time."""
        self._settle.stop()
        self._stop.cancel()
        if self._thread is not None:
            self._thread.wait()
        self.background.shutdown()

    def _run_opened(self, opened: OpenedRun) -> None:
        if self.busy:
            return
        self._path = opened.snapshot.path
        self.plan = opened.plan
        self.plan_changed.emit(self.plan)
        self._show(opened.snapshot)
        self.opened.emit(opened.events)

    def _show(self, snapshot: RunSnapshot | None) -> None:
        self.snapshot = snapshot
        self.snapshot_changed.emit(snapshot)

    def _set_activity(self, activity: Activity) -> None:
        if activity is not self._activity:
            self._activity = activity
            self.activity_changed.emit(activity)

    def _note_step(self, step: str) -> None:
        if step != self._noted:
            # What the step before left is shown while this one works; what this one left earlier no longer holds.
            self.step = self._noted = step
            self.step_changed.emit(step)
            self.refresh()

    @Slot(object)
    def _take_metrics(self, metrics: tuple[Metric, ...]) -> None:
        self._note_step(metrics[-1].step)
        self.metrics.emit(metrics)

    @Slot(object)
    def _take_event(self, event: Event) -> None:
        self._note_step(event.step)
        if isinstance(event, Progress):
            if self._job is not None:
                self.progressed.emit(self._job.update(event, time.monotonic()))
        else:
            self.event_came.emit(event)

    @Slot()
    def _succeeded(self) -> None:
        self._outcome = Outcome.DONE

    @Slot()
    def _cancelled(self) -> None:
        self._outcome = Outcome.CANCELLED

    @Slot(object)
    def _failed(self, error: PueError) -> None:
        self._outcome = Outcome.FAILED
        self.problem.emit(error)

    @Slot()
    def _finished(self) -> None:
        if self._thread is not None:
            self._thread.wait()
            self._thread.deleteLater()
            self._thread = None
        steps = self._job.steps if self._job is not None else ()
        self.step = ""
        self._set_activity(Activity.IDLE)
        self.ended.emit(self._outcome, steps)
        self.refresh()
