"""Page 4: how learnable the protected images still are, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGroupBox, QVBoxLayout, QWidget

from pue_desktop.engine.config import CertifyConfig, Plan
from pue_desktop.engine.measured_words import search_words
from pue_desktop.engine.run import State
from pue_desktop.ui import curves
from pue_desktop.ui.config_form import ConfigForm, Folded
from pue_desktop.ui.engine_words import said
from pue_desktop.ui.layouts import Columns, CurrentStack, column, reach_after, scrolling
from pue_desktop.ui.pages.base import Desk, Page
from pue_desktop.ui.planner import Planner, reach_words
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
    steps = ("certify",)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.form = ConfigForm(CertifyConfig, only=_MAIN)
        self.more = ConfigForm(CertifyConfig, without=(*_MAIN, "device"))
        self.reach = label(dim=True, scale=0.9)
        self.planner = Planner()
        self.no_plot = label(
            self.tr("The curve appears here once the images are protected and the first weights are drawn."), dim=True
        )
        self.plots: CertifyPlots | None = None
        self.meaning = label()
        self.limits = label(dim=True)
        self.searched = label(dim=True)
        self.stale = label(self.tr("Made with earlier settings or images. Continue brings it up to date."), dim=True)
        self.stress_button = self.button(self.tr("What attackers &reach…"), lambda: desk.go_to("stress"))
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
            spacing=8,
        )
        self.no_plot.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.plot_stack = CurrentStack()
        self.plot_stack.addWidget(self.no_plot)
        self.plot_stack.setMinimumHeight(300)
        self.meaning_box = QGroupBox(self.tr("What does this mean?"))
        words = QVBoxLayout(self.meaning_box)
        for text in (self.stale, self.meaning, self.limits, self.searched):
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(text)
        words.addWidget(self.stress_button, 0, Qt.AlignmentFlag.AlignLeft)
        right = QWidget()
        layout = QVBoxLayout(right)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot_stack, 1)
        layout.addWidget(self.meaning_box)
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
        for form in (self.form, self.more):
            form.edited.connect(self._edited)
        self.planner.chosen.connect(self._draws_chosen)
        self.planner.asked.connect(self._show_time)
        self.desk.machine.speeds_found.connect(self._show_time)
        self._show_plan(controller.plan)
        self._show_snapshot(controller.snapshot)

    @Slot(object)
    def _show_plan(self, plan: Plan) -> None:
        self.form.show_config(plan.certify)
        self.more.show_config(plan.certify)
        self.reach.setText(reach_words(plan.certify))
        self.planner.show_config(plan.certify)

    @Slot(int)
    def _draws_chosen(self, draws: int) -> None:
        self.desk.controller.change("certify", draws=draws)

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
        self.desk.controller.change("certify", **{name: value})

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
        self.meaning_box.setVisible(result is not None)
        if snapshot is None or result is None or snapshot.certify_config is None:
            self._grow()
            self._show_time()
            return
        meaning, limits = explain(result, snapshot.certify_config, stress)
        self.meaning.setText(said(meaning))
        self.limits.setText(said(limits))
        near = said(search_words(found)) if found is not None else ""
        self.searched.setText(near)
        self.searched.setVisible(bool(near))
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
