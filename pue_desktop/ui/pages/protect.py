"""Page 2: how the images are protected, what it does to them, and how the crafting goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pue_desktop.engine import config as configs
from pue_desktop.engine import plans
from pue_desktop.engine.config import CraftConfig, Plan
from pue_desktop.engine.events import Event, Preview, StampedEvent
from pue_desktop.ui.config_form import ConfigForm, Folded
from pue_desktop.ui.device_picker import DevicePicker
from pue_desktop.ui.image_compare import ImageCompare
from pue_desktop.ui.layouts import Columns, CurrentStack, column, scrolling
from pue_desktop.ui.pages.base import Desk, Page
from pue_desktop.ui.strength import EffortChoice, StrengthSlider
from pue_desktop.ui.strength_pictures import StrengthPictures
from pue_desktop.ui.text import label
from pue_desktop.workers.controller import Activity
from pue_desktop.workers.snapshot import RunSnapshot

if TYPE_CHECKING:
    from pue_desktop.ui.plots import LinePlot

REDRAW_MS = 250
_SAMPLES = 12
_NARROWEST_PLOT = 120


class ProtectPage(Page):
    """Strength, effort, device; preview and curves."""

    name = "protect"
    steps = ("craft",)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.strength = StrengthSlider()
        self.effort = EffortChoice()
        self.device = DevicePicker()
        self.machine = desk.machine
        self.form = ConfigForm(CraftConfig, without=("epsilon_255", "device"))
        self.advanced = Folded(self.tr("Ad&vanced settings"), self.form)
        self.compare = ImageCompare()
        self.strengths = StrengthPictures(desk.controller.background)
        self.no_preview = label(self.tr("Here you will see what the protection does to your images."), dim=True)
        self.plots: dict[str, LinePlot] = {}
        self.plot_words = label(
            self.tr(
                "While the pattern is crafted, a network of the program's own learns from the images as they are just "
                "then. Its loss and its errors fall because the pattern makes the images easy: whoever finds them easy "
                "learns the pattern instead of the pictures. The mean change never exceeds the strength."
            ),
            dim=True,
            scale=0.9,
        )
        self.plot_words.hide()
        self._looked = False
        self._redraw = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._redraw.timeout.connect(self._draw)
        self._lay_out()
        self._connect()

    def title(self) -> str:
        """See `Page`."""
        return self.tr("Protect")

    def _lay_out(self) -> None:
        left: list[QWidget] = []
        for title, widget, buddy in (
            (self.tr("S&trength"), self.strength, self.strength.slider),
            (self.tr("&Effort"), self.effort, self.effort.box),
            (self.tr("Dev&ice"), self.device, self.device.box),
        ):
            heading = label(title, bold=True)
            heading.setBuddy(buddy)
            left += [heading, widget]
        self.choices = column(*left, self.advanced, spacing=6)
        self.no_preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview = CurrentStack()
        self.preview.addWidget(self.no_preview)
        self.preview.addWidget(self.compare)
        self.preview.addWidget(self.strengths)
        self.preview.setMinimumHeight(180)
        self._plot_area = QWidget()
        self._plot_row = QHBoxLayout(self._plot_area)
        self._plot_row.setContentsMargins(0, 0, 0, 0)
        self._plot_area.setMinimumHeight(160)
        right = QWidget()
        layout = QVBoxLayout(right)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.preview)
        layout.addWidget(self._plot_area, 1)
        layout.addWidget(self.plot_words)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.addWidget(Columns(scrolling(self.choices), right))

    def _connect(self) -> None:
        controller = self.desk.controller
        controller.plan_changed.connect(self._show_plan)
        controller.activity_changed.connect(self._show_activity)
        controller.opened.connect(self._opened)
        controller.event_came.connect(self._take)
        controller.metrics.connect(self._metrics_came)
        controller.snapshot_changed.connect(self._show_snapshot)
        self.compare.looked_at.connect(controller.look_at)
        self.strength.chosen.connect(self._strength_chosen)
        self.strengths.chosen.connect(self._strength_chosen)
        self.effort.chosen.connect(self._effort_chosen)
        self.device.chosen.connect(self._device_chosen)
        self.machine.devices_found.connect(self.device.show_devices)
        self.machine.not_found.connect(self.device.show_not_found)
        self.machine.speeds_found.connect(self._show_times)
        self.form.edited.connect(self._edited)
        self._show_plan(controller.plan)

    @Slot(object)
    def _show_plan(self, plan: Plan) -> None:
        self.strength.show_epsilon(plan.craft.epsilon_255)
        self.strengths.show_strength(plan.craft.epsilon_255)
        self.effort.show_effort(plans.effort_of(plan.craft))
        self.device.show_device(plan.craft.device)
        self.form.show_config(plan.craft)
        self._show_preview()
        self._show_times()

    @Slot(object)
    def _show_activity(self, activity: Activity) -> None:
        self.choices.setEnabled(activity is Activity.IDLE)
        self.machine.set_quiet(activity is Activity.IDLE)

    @Slot(object)
    def _show_snapshot(self, snapshot: RunSnapshot | None) -> None:
        self._show_preview()
        if snapshot is not None and not self._looked:
            self._looked = True
            self.device.show_looking()
            self.machine.look()
        self._show_times()

    @Slot(object)
    def _opened(self, events: list[StampedEvent]) -> None:
        self.compare.clear(self.desk.controller.run_path)
        latest: dict[str, Preview] = {}
        for stamped in events:
            if isinstance(stamped.event, Preview):
                latest[stamped.event.path] = stamped.event
        for preview in latest.values():
            self._take(preview)
        self._redraw.start()

    @Slot(object)
    def _take(self, event: Event) -> None:
        if isinstance(event, Preview) and event.step == "craft":
            self.compare.add(event)
            self._show_preview()

    def _show_preview(self) -> None:
        """Shows what crafting makes of the images; before that, what the strengths would look like."""
        snapshot = self.desk.controller.snapshot
        index = snapshot.index if snapshot is not None else None
        if not self.compare.empty or snapshot is None or index is None:
            self.preview.setCurrentIndex(0 if self.compare.empty else 1)
            return
        craft = plans.fitted(self.desk.controller.plan.craft, index.header.median_side)
        assert isinstance(craft, CraftConfig)
        trained = index.of_split("train")
        step = max(1, len(trained) // _SAMPLES)
        images = [snapshot.source / image.id for image in trained[::step][:_SAMPLES]]
        self.strengths.show_images(images, side=craft.working_size, masked=craft.masking == "texture")
        self.preview.setCurrentIndex(2)

    @Slot(object)
    def _metrics_came(self, _metrics: object) -> None:
        if self.isVisible() and not self._redraw.isActive():
            self._redraw.start()

    def showEvent(self, event: Any) -> None:
        """Catches up with what came while the page was hidden."""
        super().showEvent(event)
        self._redraw.start()

    @Slot()
    def _draw(self) -> None:
        series = {name: self.desk.series.get("craft", name) for name in ("loss", "error", "change")}
        if not self.plots and not any(one.x for one in series.values()):
            return
        if not self.plots:
            self._make_plots()
        for name, one in series.items():
            self.plots[name].show_series({name: one})
            # A method without a surrogate has neither loss nor errors, an early run no change.
            self.plots[name].setVisible(bool(one.x))

    def _make_plots(self) -> None:
        from pue_desktop.ui.plots import LinePlot

        self.plots = {
            "loss": LinePlot(title=self.tr("Loss on protected images"), x=self.tr("step"), y="", names=["loss"]),
            "error": LinePlot(
                title=self.tr("Share it gets wrong"), x=self.tr("step"), y="", names=["error"], share=True
            ),
            "change": LinePlot(
                title=self.tr("Mean change of a pixel (of 255)"),
                x=self.tr("step"),
                y="",
                names=["change"],
                smooth=False,
            ),
        }
        for plot in self.plots.values():
            plot.failed.connect(self.desk.messages.show_error)
            plot.setMinimumWidth(_NARROWEST_PLOT)
            self._plot_row.addWidget(plot)
        self.plot_words.show()

    @Slot(str)
    def _strength_chosen(self, name: str) -> None:
        self.desk.store.remember(strength=name)
        self.desk.controller.change("craft", epsilon_255=plans.STRENGTHS[name])

    @Slot(str)
    def _effort_chosen(self, name: str) -> None:
        self.desk.store.remember(effort=name)
        plan = self.desk.controller.plan
        fresh = plans.plan(
            strength=f"{plan.craft.epsilon_255:g}", effort=name, seed=plan.craft.seed, device=plan.craft.device
        )
        self.desk.controller.set_plan(msgspec.structs.replace(fresh, scan=plan.scan, export=plan.export))

    @Slot(str)
    def _device_chosen(self, name: str) -> None:
        self.desk.store.remember(device=name)
        plan = self.desk.controller.plan
        self.desk.controller.set_plan(
            msgspec.structs.replace(
                plan,
                craft=configs.changed(plan.craft, device=name),
                certify=configs.changed(plan.certify, device=name),
                stress=configs.changed(plan.stress, device=name),
            )
        )

    @Slot(str, object)
    def _edited(self, name: str, value: object) -> None:
        self.desk.controller.change("craft", **{name: value})

    @Slot()
    def _show_times(self) -> None:
        controller = self.desk.controller
        index = controller.snapshot.index if controller.snapshot is not None else None
        if index is not None:
            plan, held, side = controller.plan, len(index.of_split("hold_out")), index.header.median_side
            device, trained = plan.craft.device, len(index.images) - held
            times = self.machine.efforts(device, trained=trained, held=held, side=side)
            # The present effort's time is that of the present settings, the method above all.
            present = self.machine.step_seconds(
                plan, device, trained=trained, held=held, side=side, split_given=index.header.split_given
            )
            if present is not None:
                times[plans.effort_of(plan.craft)] = sum(present.values())
            self.effort.show_seconds(times)

    def shutdown(self) -> None:
        """See `Page`."""
        self._redraw.stop()
        self.machine.shutdown()
