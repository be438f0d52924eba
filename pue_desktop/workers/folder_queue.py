"""Several folders of images, one after the other: each gets a run of its own, all with the same settings.

One folder that can't be protected does not keep the others waiting. Stopping stops the queue; what was reached in
each run is kept, as always.
"""

from dataclasses import dataclass
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from pue_desktop.engine import config as configs
from pue_desktop.engine.config import Plan
from pue_desktop.engine.errors import PueError
from pue_desktop.workers.controller import Controller, Outcome
from pue_desktop.workers.snapshot import RunSnapshot


@dataclass(frozen=True, slots=True)
class Protected:
    """What became of a folder. Attributes: folder: the images; problem: why they are not protected, or empty."""

    folder: Path
    problem: str = ""


class FolderQueue(QObject):
    """Protects folders by turns; the export of each is left to the user.

    Attributes:
        folders: All of them, in order; empty while there is no queue.
        plan: The settings of all of them.
        results: What became of those that are through.

    Signals:
        changed(): Another folder's turn has come, or the queue has ended.
        ended(object, object): The results, and the folders that were left out because the user stopped.
    """

    changed = Signal()
    ended = Signal(object, object)

    def __init__(self, controller: Controller, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self.plan = Plan()
        self._problem = ""
        self._waits_for_scan = False
        self.folders: list[Path] = []
        self.results: list[Protected] = []
        controller.ended.connect(self._job_ended)
        controller.problem.connect(self._note)
        controller.snapshot_changed.connect(self._go_on)

    @property
    def current(self) -> Path | None:
        """The folder whose turn it is."""
        return self.folders[len(self.results)] if len(self.results) < len(self.folders) else None

    @property
    def waiting(self) -> list[Path]:
        """The folders whose turn is still to come."""
        return self.folders[len(self.results) + 1 :]

    def start(self, folders: list[Path]) -> None:
        """Begins with the first folder; does nothing while something else works."""
        if self._controller.busy or self.folders or not folders:
            return
        plan = self._controller.new_plan()
        self.plan = msgspec.structs.replace(plan, export=configs.changed(plan.export, folder=""))
        self.folders, self.results = list(folders), []
        self._next()

    @Slot(object)
    def add(self, folders: list[Path]) -> None:
        """Lets folders join the queue, with its settings, or begins one with them."""
        if self.current is None:
            self.start(folders)
            return
        self.folders += [folder for folder in folders if folder not in self.folders]
        self.changed.emit()

    def leave_out_rest(self) -> None:
        """Takes away the folders whose turn has not come yet."""
        del self.folders[len(self.results) + 1 :]
        self.changed.emit()

    def abandon(self) -> None:
        """Forgets everything without a word, because the window goes."""
        self.folders, self.results = [], []
        self._waits_for_scan = False

    @Slot()
    def _next(self) -> None:
        folder = self.current
        if not self.folders:
            return
        if folder is None:
            self._end([])
            return
        self._problem, self._waits_for_scan = "", False
        if self._controller.open_folder(folder, self.plan):
            self.changed.emit()
        else:
            self._finish_folder()

    def _finish_folder(self, problem: str = "") -> None:
        folder = self.current
        if folder is not None:
            self.results.append(Protected(folder, problem or self._problem))
        # The window hears first how this folder's job has ended.
        QTimer.singleShot(0, self, self._next)

    def _end(self, left_out: list[Path]) -> None:
        results = self.results
        self.folders, self.results = [], []
        self.changed.emit()
        self.ended.emit(results, left_out)

    @Slot(object)
    def _note(self, error: PueError) -> None:
        self._problem = str(error)

    @Slot(object, object)
    def _job_ended(self, outcome: Outcome, steps: tuple[str, ...]) -> None:
        if not self.folders:
            return
        if outcome is Outcome.CANCELLED:
            self._end(self.folders[len(self.results) :])
        elif outcome is Outcome.FAILED or steps != ("scan",):
            self._finish_folder()
        else:
            self._waits_for_scan = True

    @Slot(object)
    def _go_on(self, snapshot: RunSnapshot | None) -> None:
        if not self._waits_for_scan or snapshot is None or self._controller.busy:
            return
        self._waits_for_scan = False
        if snapshot.index is None or self.current is None or snapshot.source != self.current.resolve():
            self._finish_folder("Its images could not be read.")
        else:
            QTimer.singleShot(0, self, self._protect)

    @Slot()
    def _protect(self) -> None:
        left = self._controller.steps_left()
        if left:
            self._controller.start(left)
        else:
            self._finish_folder()
