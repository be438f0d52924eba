"""Page 3: how learnable the protected images still are, how sure that is, and what attackers really reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGroupBox, QVBoxLayout, QWidget

from pue_desktop.engine.config import CertifyConfig, Plan, StressConfig
from pue_desktop.engine.measured_words import measured_words
from pue_desktop.engine.presets import STRESS_PRESETS, stress_preset
from pue_desktop.engine.run import State
from pue_desktop.ui import curves
from pue_desktop.ui.config_form import ConfigForm, Folded
from pue_desktop.ui.engine_words import said
from pue_desktop.ui.layouts import Columns, CurrentStack, column, reach_after, scrolling
from pue_desktop.ui.pages.base import Desk, Page
from pue_desktop.ui.planner import Planner, reach_words
from pue_desktop.ui.preset_buttons import PresetButtons
from pue_desktop.ui.stress_table import StressTable
from pue_desktop.ui.text import label
from pue_desktop.ui.verdict import explain
from pue_desktop.workers.controller import Activity
from pue_desktop.workers.snapshot import RunSnapshot

if TYPE_CHECKING:
    from pue_desktop.ui.certify_plots import CertifyPlots

_MAIN = ("q", "sigma", "draws", "confidence")


class CertifyPage(Page):
    """The certificate's figures."""

    name = "certify"
    steps = ("certify", "stress")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.form = ConfigForm(CertifyConfig, only=_MAIN)
        self.more = ConfigForm(CertifyConfig, without=(*_MAIN, "device"))
        self.stress_form = ConfigForm(StressConfig, without=("device",))
        self.presets = PresetButtons(STRESS_PRESETS)
        self.reach = label(dim=True, scale=0.9)
        self.planner = Planner()
        self.no_plot = label(
            self.tr("The curve appears here once the images are protected and the first weights are drawn."), dim=True
        )
        self.plots: CertifyPlots | None = None
        self.meaning = label()
        self.limits = label(dim=True)
        self.stale = label(self.tr("Made with earlier settings or images. Continue brings it up to date."), dim=True)
        self.stress_table = StressTable()
        self.no_stress = label(self.tr("No attacker has been tried yet."), dim=True)
        self.measured = label(dim=True)
        self.measured.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        self._connect()

    def title(self) -> str:
        """See `Page`."""
        return self.tr("Certify")

    def _lay_out(self) -> None:
        self.choices = column(
            label(self.tr("Certificate"), bold=True),
            self.form,
            self.reach,
            Folded(self.tr("&Plan the draws"), self.planner),
            Folded(self.tr("&More certificate settings"), self.more),
            Folded(self.tr("Stress &test settings"), column(self.presets, self.stress_form, spacing=8)),
            spacing=8,
        )
        self.no_plot.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.plot_stack = CurrentStack()
        self.plot_stack.addWidget(self.no_plot)
        self.plot_stack.setMinimumHeight(300)
        self.meaning_box = QGroupBox(self.tr("What does this mean?"))
        words = QVBoxLayout(self.meaning_box)
        for text in (self.stale, self.meaning, self.limits):
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(text)
        stress_box = QGroupBox(self.tr("Stress test: what attackers reach (measured, not certified)"))
        rows = QVBoxLayout(stress_box)
        rows.addWidget(self.no_stress)
        rows.addWidget(self.stress_table)
        rows.addWidget(self.measured)
        right = QWidget()
        layout = QVBoxLayout(right)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot_stack, 1)
        layout.addWidget(self.meaning_box)
        layout.addWidget(stress_box)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.addWidget(Columns(scrolling(self.choices), right))

    def _connect(self) -> None:
        controller = self.desk.controller
        controller.plan_changed.connect(self._show_plan)
        controller.activity_changed.connect(self._show_activity)
        controller.snapshot_changed.connect(self._show_snapshot)
        controller.opened.connect(self._opened)
        controller.metrics.connect(self._metrics_came)
        for form, step in ((self.form, "certify"), (self.more, "certify"), (self.stress_form, "stress")):
            form.setProperty("step", step)
            form.edited.connect(self._edited)
        self.presets.chosen.connect(self._preset_chosen)
        self.planner.chosen.connect(self._draws_chosen)
        self.planner.asked.connect(self._show_time)
        self.desk.machine.speeds_found.connect(self._show_time)
        self._show_plan(controller.plan)
        self._show_snapshot(controller.snapshot)

    @Slot(object)
    def _show_plan(self, plan: Plan) -> None:
        self.form.show_config(plan.certify)
        self.more.show_config(plan.certify)
        self.stress_form.show_config(plan.stress)
        self.reach.setText(reach_words(plan.certify))
        self.planner.show_config(plan.certify)

    @Slot(int)
    def _draws_chosen(self, draws: int) -> None:
        self.desk.controller.change("certify", draws=draws)

    @Slot(str)
    def _preset_chosen(self, name: str) -> None:
        self.desk.controller.change("stress", **stress_preset(name))

    @Slot()
    def _show_time(self) -> None:
        controller, wanted = self.desk.controller, self.planner.wanted
        index = controller.snapshot.index if controller.snapshot is not None else None
        if wanted is None or index is None:
            return
        held = len(index.of_split("hold_out"))
        plan = msgspec.structs.replace(controller.plan, certify=wanted)
        trained = len(index.images) - held
        side = index.header.median_side
        seconds = self.desk.machine.step_seconds(plan, wanted.device, trained=trained, held=held, side=side)
        self.planner.show_seconds(seconds["certify"] if seconds else None)

    @Slot(object)
    def _show_activity(self, activity: Activity) -> None:
        self.choices.setEnabled(activity is Activity.IDLE)

    @Slot(str, object)
    def _edited(self, name: str, value: object) -> None:
        sender = self.sender()
        step = str(sender.property("step")) if sender is not None else "certify"
        self.desk.controller.change(step, **{name: value})

    @Slot(object)
    def _opened(self, _events: object) -> None:
        if self.plots is not None:
            self.plots.stop()
            self.plot_stack.setCurrentIndex(0)
        self._show_snapshot(self.desk.controller.snapshot)

    @Slot(object)
    def _metrics_came(self, metrics: tuple[Any, ...]) -> None:
        if any(metric.step == "certify" for metric in metrics):
            self._grow()

    def showEvent(self, event: Any) -> None:
        """Catches up with what came while the page was hidden."""
        super().showEvent(event)
        self._show_snapshot(self.desk.controller.snapshot)

    @Slot(object)
    def _show_snapshot(self, snapshot: RunSnapshot | None) -> None:
        result = snapshot.certify if snapshot is not None else None
        stress = snapshot.stress if snapshot is not None else None
        found = stress.recovery if stress is not None else None
        self.stress_table.show_result(stress)
        self.stress_table.setVisible(stress is not None)
        self.no_stress.setVisible(stress is None)
        measured = " ".join(map(said, measured_words(stress))) if stress is not None else ""
        self.measured.setText(measured)
        self.measured.setVisible(bool(measured))
        self.meaning_box.setVisible(result is not None)
        if snapshot is None or result is None or snapshot.certify_config is None:
            self._grow()
            self._show_time()
            return
        meaning, limits = explain(result, snapshot.certify_config, stress)
        self.meaning.setText(said(meaning))
        self.limits.setText(said(limits))
        self.stale.setVisible(snapshot.states.get("certify") is State.STALE)
        if self.isVisible():
            self._need_plots().show_finished(curves.finished(result, found.points if found is not None else ()))

    def _grow(self) -> None:
        """Shows what the draws so far allow, if the page is looked at and there are some."""
        controller, series = self.desk.controller, self.desk.series
        some = any(series.get("certify", f"{kind}/protected").x for kind in ("loss", "draw"))
        if not self.isVisible() or not some:
            return
        snapshot = controller.snapshot
        held = snapshot.index.counts("hold_out") if snapshot is not None and snapshot.index is not None else []
        if any(held):
            self._need_plots().show_growing(controller.plan.certify, held)

    def _need_plots(self) -> CertifyPlots:
        if self.plots is None:
            from pue_desktop.ui.certify_plots import CertifyPlots

            self.plots = CertifyPlots(self.desk.series, self.desk.controller.background)
            self.plots.failed.connect(self.desk.messages.show_error)
            self.plot_stack.addWidget(self.plots)
            reach_after(self.plot_stack, self.plots)
        self.plot_stack.setCurrentWidget(self.plots)
        return self.plots

    def shutdown(self) -> None:
        """See `Page`."""
        if self.plots is not None:
            self.plots.stop()
