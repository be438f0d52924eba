"""The bar at the foot of the window: what is being done, how far it is, and the buttons that start and stop it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pue_desktop.engine.run import State
from pue_desktop.ui.engine_words import said
from pue_desktop.ui.text import duration, label
from pue_desktop.workers.controller import PROTECTION, Activity, Controller, Outcome
from pue_desktop.workers.job import JobProgress
from pue_desktop.workers.snapshot import RunSnapshot

_RANGE = 1000


class JobBar(QFrame):
    """Run, pause, resume and cancel the work on the open run.

    Signals:
        export_wanted(): The main button was pressed and only the export is left.
    """

    export_wanted = Signal()

    def __init__(self, controller: Controller, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._outcome: Outcome | None = None
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(self.tr("Progress"))
        self.text = label(self.tr("Open a folder of images to begin."))
        self.progress = QProgressBar()
        self.progress.setRange(0, _RANGE)
        self.progress.setTextVisible(True)
        self.progress.setAccessibleName(self.tr("Progress of the whole job"))
        self.run_button = self._button(self.tr("&Protect these images"), self._run)
        # Not the style's default button: several styles draw that one as if it had the focus.
        font = self.run_button.font()
        font.setBold(True)
        self.run_button.setFont(font)
        self.pause_button = self._button(self.tr("P&ause"), controller.pause)
        self.resume_button = self._button(self.tr("&Resume"), controller.resume)
        self.cancel_button = self._button(self.tr("&Stop"), controller.cancel)
        self._lay_out()
        controller.activity_changed.connect(self._refresh)
        controller.snapshot_changed.connect(self._refresh)
        controller.progressed.connect(self._progressed)
        controller.ended.connect(self._ended)
        self._refresh()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.text)
        words.addWidget(self.progress)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addLayout(words, 1)
        for button in (self.pause_button, self.resume_button, self.cancel_button, self.run_button):
            row.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _button(self, text: str, slot: object) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text.replace("&", ""))
        button.clicked.connect(slot)
        return button

    @Slot()
    def _run(self) -> None:
        left = self._controller.steps_left()
        if left:
            self._controller.start(left)
        else:
            self.export_wanted.emit()

    @Slot()
    def _refresh(self) -> None:
        controller, activity = self._controller, self._controller.activity
        left = controller.steps_left()
        exported = controller.snapshot is not None and controller.snapshot.states.get("export") is State.DONE
        self.run_button.setVisible(activity is Activity.IDLE and (bool(left) or not exported))
        self.run_button.setEnabled(controller.snapshot is not None and bool(controller.snapshot.states))
        self.run_button.setText(self._run_words(controller.snapshot))
        self.run_button.setAccessibleName(self.run_button.text().replace("&", ""))
        self.pause_button.setVisible(activity is Activity.RUNNING)
        self.resume_button.setVisible(activity is Activity.PAUSED)
        self.cancel_button.setVisible(activity is not Activity.IDLE)
        self.cancel_button.setEnabled(activity is not Activity.STOPPING)
        self.progress.setVisible(activity is not Activity.IDLE)
        if activity is Activity.RUNNING and self._outcome is not None:
            self._outcome = None
            self.progress.setValue(0)
            self.text.setText(self.tr("Starting…"))
        elif activity is Activity.PAUSED:
            self.text.setText(self.tr("Paused. What was reached is kept."))
        elif activity is Activity.STOPPING:
            self.text.setText(self.tr("Stopping and saving what was reached…"))
        elif activity is Activity.IDLE:
            self.text.setText(self._idle_words(controller.snapshot, left))

    def _run_words(self, snapshot: RunSnapshot | None) -> str:
        if snapshot is not None and snapshot.states and not snapshot.steps_left(PROTECTION):
            return self.tr("&Export…")
        states = [] if snapshot is None else [snapshot.states.get(step) for step in PROTECTION[1:]]
        begun = any(state in (State.PARTIAL, State.DONE) for state in states)
        return self.tr("&Continue") if begun else self.tr("&Protect these images")

    def _idle_words(self, snapshot: RunSnapshot | None, left: tuple[str, ...]) -> str:
        if snapshot is None:
            return self.tr("Open a folder of images to begin.")
        if self._outcome is Outcome.FAILED:
            return self.tr("It stopped because of an error. What was reached is saved.")
        if self._outcome is Outcome.CANCELLED:
            return self.tr("Stopped. What was reached is saved; Continue goes on from there.")
        if not left:
            exported = snapshot.states.get("export") is State.DONE
            return self.tr("Everything is done.") if exported else self.tr("Protected and certified. Ready to export.")
        if snapshot.index is None:
            return self.tr("The folder has not been read yet.")
        names = {
            "scan": self.tr("reading the images"),
            "craft": self.tr("crafting the protection"),
            "certify": self.tr("certifying"),
            "stress": self.tr("letting attackers try"),
        }
        return self.tr("Still to do: {}.").format(", ".join(names.get(step, step) for step in left))

    @Slot(object)
    def _progressed(self, progress: JobProgress) -> None:
        if self._controller.activity is not Activity.RUNNING:
            return
        self.progress.setValue(round(progress.fraction * _RANGE))
        words = {
            "scan": self.tr("Reading the images"),
            "craft": self.tr("Crafting the protection"),
            "certify": self.tr("Certifying"),
            "stress": self.tr("Letting attackers try"),
            "export": self.tr("Exporting"),
        }.get(progress.step, progress.step)
        parts = [f"{words}: {said(progress.phase)}" if progress.phase else words]
        if progress.seconds_left is not None:
            parts.append(self.tr("about {} left").format(duration(progress.seconds_left)))
        self.text.setText(" · ".join(parts))

    @Slot(object, object)
    def _ended(self, outcome: Outcome, _steps: tuple[str, ...]) -> None:
        self._outcome = outcome
        self._refresh()
