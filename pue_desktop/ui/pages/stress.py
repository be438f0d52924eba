"""Page 5: what attackers really reach: choose them, watch them learn, and see what they have learned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QGroupBox, QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from pue_desktop.engine.config import Plan, StressConfig
from pue_desktop.engine.measured_words import measured_words
from pue_desktop.engine.presets import STRESS_PRESETS, stress_preset
from pue_desktop.engine.run import Run, State
from pue_desktop.engine.stress_attacks import Attack, AttackSoFar, StressSoFar, stress_so_far
from pue_desktop.ui.config_form import ConfigForm, Folded
from pue_desktop.ui.engine_words import said
from pue_desktop.ui.layouts import Columns, CurrentStack, column, scrolling
from pue_desktop.ui.pages.base import Desk, Page
from pue_desktop.ui.preset_buttons import PresetButtons
from pue_desktop.ui.stress_board import Board, Live, Pair, fill
from pue_desktop.ui.stress_matrix import StressLegend, StressMatrix
from pue_desktop.ui.stress_table import StressTable
from pue_desktop.ui.stress_times import StressTimes
from pue_desktop.ui.stress_words import cell_sentence, meaning, nothing_left, scale_words, status
from pue_desktop.ui.text import label
from pue_desktop.workers.controller import Activity, Outcome
from pue_desktop.workers.snapshot import RunSnapshot

if TYPE_CHECKING:
    from pue_desktop.ui.learning_plot import LearningPlot

REDRAW_MS = 250
_MAIN = ("attackers", "countermeasures", "seeds")
_KEY = "stress so far"
_NARROW_HEIGHT = 950


class StressPage(Page):
    """Attackers, countermeasures, and the matrix of both."""

    name = "stress"
    steps = ("stress",)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.presets = PresetButtons(STRESS_PRESETS)
        self.form = ConfigForm(StressConfig, only=_MAIN)
        self.more = ConfigForm(StressConfig, without=(*_MAIN, "device"))
        self.time = label(dim=True, scale=0.9)
        self.start_button = self.button(self.tr("&Try these attackers"), self._start)
        self._first = self.tr("First protect the images: there is nothing to learn from yet.")
        self._anew = self.tr("The protection has other settings now. Protect the images anew, then try again.")
        self.why_not = label(dim=True, scale=0.9)
        self.state = label()
        self.matrix = StressMatrix()
        self.table = StressTable()
        self.legend = StressLegend()
        self.scale = label(dim=True, scale=0.9)
        self.no_plot = label(self.tr("The learning curve of the chosen attack appears here."), dim=True)
        self.plot: LearningPlot | None = None
        self.cell = label()
        self.meaning = label()
        self.measured = label(dim=True)
        self._times = StressTimes(desk.machine)
        self.live = Live()
        self.board: Board | None = None
        self._so_far: StressSoFar | None = None
        self._outcome: Outcome | None = None
        self._was_at_work = False
        self._redraw = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._redraw.timeout.connect(self._draw)
        self._lay_out()
        self._connect()

    def title(self) -> str:
        """See `Page`."""
        return self.tr("Stress test")

    def _lay_out(self) -> None:
        self.choices = column(
            label(self.tr("What is tried"), bold=True),
            label(
                self.tr(
                    "Whoever takes your images may train another network, and may change the images first. Here such "
                    "people are played: each network learns from the protected images, and for comparison from the "
                    "originals; then it is asked about clean images it has never seen."
                ),
                dim=True,
                scale=0.9,
            ),
            self.presets,
            self.form,
            Folded(self.tr("&More stress test settings"), self.more),
            spacing=8,
        )
        self.meaning_box = QGroupBox(self.tr("What does this mean?"))
        words = QVBoxLayout(self.meaning_box)
        for text in (self.meaning, self.measured, self.cell, self.state):
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.more_measured = Folded(self.tr("&What else was measured"), self.measured)
        words.addWidget(self.meaning)
        words.addWidget(self.more_measured)
        right = QWidget()
        layout = QVBoxLayout(right)
        layout.setContentsMargins(0, 0, 0, 0)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        for text in (self.state, self.why_not, self.time):
            lines.addWidget(text)
        head = QHBoxLayout()
        head.addLayout(lines, 1)
        head.addWidget(self.start_button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        self._make_results()
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.plot_stack, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.cell, 1)
        foot.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(foot)
        layout.addWidget(self.meaning_box)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.addWidget(Columns(scrolling(self.choices), right, narrow_height=_NARROW_HEIGHT))

    def _make_results(self) -> None:
        matrix = QWidget()
        upper = QVBoxLayout(matrix)
        upper.setContentsMargins(0, 4, 0, 0)
        upper.addWidget(self.matrix, 1)
        upper.addWidget(self.scale)
        upper.addWidget(self.legend)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.tr("Results of the stress test"))
        self.tabs.tabBar().setAccessibleName(self.tabs.accessibleName())
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(matrix, self.tr("Matri&x"))
        self.tabs.addTab(self.table, self.tr("All fi&gures"))
        self.no_plot.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.plot_stack = CurrentStack()
        self.plot_stack.addWidget(self.no_plot)
        self.save_button = QPushButton(self.tr("Sa&ve plot…"))
        self.save_button.setAccessibleName(self.tr("Save plot"))
        self.save_button.clicked.connect(self._save)
        self.plot_stack.setMinimumHeight(160)

    def _connect(self) -> None:
        controller = self.desk.controller
        controller.plan_changed.connect(self._show_plan)
        controller.activity_changed.connect(self._show_activity)
        controller.step_changed.connect(self._step_changed)
        controller.snapshot_changed.connect(self._show_snapshot)
        controller.opened.connect(self._opened)
        controller.metrics.connect(self._metrics_came)
        controller.ended.connect(self._ended)
        for form in (self.form, self.more):
            form.edited.connect(self._edited)
        self.presets.chosen.connect(self._preset_chosen)
        self.matrix.picked.connect(self._show_cell)
        self.desk.machine.speeds_found.connect(self._show_time)
        self._show_plan(controller.plan)
        self._draw()

    @property
    def at_work(self) -> bool:
        """Whether attackers learn now, or would if they were not paused."""
        return self.desk.controller.busy and self.desk.controller.step == "stress"

    @Slot()
    def _start(self) -> None:
        self.desk.controller.start(("stress",))

    @Slot(object)
    def _show_plan(self, plan: Plan) -> None:
        self.form.show_config(plan.stress)
        self.more.show_config(plan.stress)
        self._show_time()

    @Slot(str, object)
    def _edited(self, name: str, value: object) -> None:
        self.desk.controller.change("stress", **{name: value})

    @Slot(str)
    def _preset_chosen(self, name: str) -> None:
        self.desk.controller.change("stress", **stress_preset(name))

    @Slot(object)
    def _show_activity(self, activity: Activity) -> None:
        self.choices.setEnabled(activity is Activity.IDLE)
        self._draw()

    @Slot(str)
    def _step_changed(self, step: str) -> None:
        self._was_at_work = step == "stress"
        if self._was_at_work:
            self.live, self._outcome = Live(), None
            self._read()

    @Slot(object, object)
    def _ended(self, outcome: Outcome, _steps: tuple[str, ...]) -> None:
        if self._was_at_work:
            self._outcome = outcome
        self._was_at_work = False
        self._draw()

    @Slot(object)
    def _opened(self, _events: object) -> None:
        self.live, self._outcome, self._so_far = Live(), None, None
        self.matrix.forget_choice()
        self._show_snapshot(self.desk.controller.snapshot)

    @Slot(object)
    def _show_snapshot(self, _snapshot: RunSnapshot | None) -> None:
        self._read()
        self._draw()

    @Slot(object)
    def _metrics_came(self, metrics: tuple[Any, ...]) -> None:
        if metrics[-1].step != "stress":
            return
        if self.live.take(metrics):
            self._read()
        if self.isVisible() and not self._redraw.isActive():
            self._redraw.start()

    def showEvent(self, event: Any) -> None:
        """Catches up with what came while the page was hidden."""
        super().showEvent(event)
        self._read()
        self._draw()

    def _read(self) -> None:
        """Looks, off the GUI thread, at what lies in the run folder."""
        controller = self.desk.controller
        path, plan = controller.run_path, controller.plan
        if path is not None and self.isVisible():
            controller.background.submit(_KEY, lambda: stress_so_far(Run.open(path), plan), self._take_so_far)

    def _take_so_far(self, so_far: StressSoFar) -> None:
        self._so_far = so_far
        self._show_time()
        self._draw()

    def _fill(self) -> Board:
        """Returns the board: of the finished result, or of what there is for the present settings."""
        controller, so_far = self.desk.controller, self._so_far
        snapshot = controller.snapshot
        result = snapshot.stress if snapshot is not None else None
        index = snapshot.index if snapshot is not None else None
        held = index.counts("hold_out") if index is not None else []
        chance = result.chance if result is not None else max(held) / sum(held) if any(held) else None
        attacks: dict[Attack, AttackSoFar] = so_far.attacks if so_far is not None else {}
        config = so_far.config if so_far is not None else controller.plan.stress
        rows = so_far.rows if so_far is not None else ()
        states = snapshot.states if snapshot is not None else {}
        done, stale = states.get("stress") is State.DONE, states.get("craft") is State.STALE
        holds = so_far is not None and so_far.holds and not stale
        # Attackers of the first version left nothing but the result.
        bare = result is not None and not self.at_work and (not attacks if done else not holds)
        if result is not None and bare:
            rows, attacks = result.rows, attacks if done else {}
            config = StressConfig(
                attackers=tuple(dict.fromkeys(row.attacker for row in rows)) or config.attackers,
                countermeasures=tuple(dict.fromkeys(row.countermeasure for row in rows)) or config.countermeasures,
                seeds=max((len(row.by_seed) for row in rows), default=0) or 1,
            )
        return fill(
            config, attacks, rows, chance=chance, live=self.live if self.at_work else None, old=bare and not done
        )

    @Slot()
    def _draw(self) -> None:
        controller = self.desk.controller
        snapshot = controller.snapshot
        self.board = board = self._fill()
        states = snapshot.states if snapshot is not None else {}
        crafted, done = states.get("craft") is State.DONE, nothing_left(board, snapshot)
        self.start_button.setEnabled(crafted and not done and not controller.busy)
        self.why_not.setText(self._anew if states.get("craft") is State.STALE else self._first)
        self.why_not.setVisible(snapshot is not None and not crafted)
        self.state.setText(status(board, snapshot, controller.activity, self._outcome, at_work=self.at_work))
        if not self.isVisible():
            return
        self.matrix.show_board(board, paused=controller.activity is Activity.PAUSED)
        self.table.show_rows(board.rows, board.chance or 0.0)
        self.scale.setText(scale_words(board))
        for widget in (self.scale, self.legend):
            widget.setVisible(board.chance is not None)
        meant = meaning(board)
        self.meaning.setText(meant)
        result = snapshot.stress if snapshot is not None else None
        words = " ".join(map(said, measured_words(result))) if result is not None else ""
        self.measured.setText(words)
        self.more_measured.setVisible(bool(words))
        self.meaning_box.setVisible(bool(meant))

    @Slot(object)
    def _show_cell(self, pair: Pair | None) -> None:
        board = self.board
        cell = board.cells.get(pair) if board is not None and pair is not None else None
        self.save_button.setVisible(cell is not None and bool(cell.curves))
        if board is None or cell is None or not cell.curves:
            self.cell.setText("")
            self.plot_stack.setCurrentIndex(0)
            return
        self.cell.setText(cell_sentence(cell, board.chance))
        if self.plot is None:
            from pue_desktop.ui.learning_plot import LearningPlot

            self.plot = LearningPlot()
            self.plot.failed.connect(self.desk.messages.show_error)
            self.plot_stack.addWidget(self.plot)
        self.plot_stack.setCurrentWidget(self.plot)
        self.plot.show_curves(cell.pair, cell.curves, board.chance)

    @Slot()
    def _save(self) -> None:
        if self.plot is not None:
            self.plot.save_action.trigger()

    @Slot()
    def _show_time(self) -> None:
        self.time.setText(
            self._times.words(self.desk.controller.plan.stress, self.desk.controller.snapshot, self._so_far)
        )

    def shutdown(self) -> None:
        """See `Page`."""
        self._redraw.stop()
