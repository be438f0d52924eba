"""Page 3: a close look at what the protection does to each picture, and at the patterns themselves."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from pue_desktop.engine.errors import PueError
from pue_desktop.engine.run import State
from pue_desktop.ui.filmstrip import Filmstrip
from pue_desktop.ui.inspect_canvas import InspectCanvas
from pue_desktop.ui.inspect_facts import PictureFacts, PixelFacts
from pue_desktop.ui.inspect_painter import View
from pue_desktop.ui.layouts import Columns, CurrentStack, column, scrolling
from pue_desktop.ui.look_controls import LookControls
from pue_desktop.ui.pages.base import Desk, Page
from pue_desktop.ui.patterns import PatternGallery
from pue_desktop.ui.text import count, label, plain, tooltip
from pue_desktop.workers.controller import Activity
from pue_desktop.workers.inspector import Inspector, Material
from pue_desktop.workers.snapshot import RunSnapshot

WAIT_MS = 200
_SIDE = 250


class InspectPage(Page):
    """Pictures and patterns."""

    name = "inspect"
    steps = ()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.inspector = Inspector(self)
        self.canvas = InspectCanvas()
        self.look = LookControls()
        self.facts = PictureFacts()
        self.pixel = PixelFacts()
        self.film = Filmstrip(desk.thumbnails)
        self.gallery = PatternGallery()
        self.classes = QComboBox()
        self.classes.setAccessibleName(self.tr("Class to show"))
        self.classes.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.classes.setMinimumContentsLength(8)
        self.survey_words = label(dim=True, scale=0.9)
        self.stale = label(self.tr("The settings have changed since these patterns were made."), dim=True)
        self.empty_words = label()
        self.purpose = label(
            self.tr("Here you see, pixel by pixel, what the protection does to your pictures."), bold=True, scale=1.2
        )
        self.empty_button = QPushButton()
        self._material: Material | None = None
        self._go_to = "images"
        self._found_patterns = False
        # A picture that comes at once needs no words before it.
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._wait.timeout.connect(self._show_waiting)
        self._lay_out()
        self._connect()
        self._show_empty(desk.controller.snapshot)

    def title(self) -> str:
        """See `Page`."""
        return self.tr("Inspect")

    def _lay_out(self) -> None:
        self.previous_button = self.button(self.tr("Pre&vious"), lambda: self.film.step(-1))
        self.next_button = self.button(self.tr("Ne&xt"), lambda: self.film.step(1))
        self.worst_button = self.button(self.tr("W&orst"), lambda: self._find("worst"))
        self.typical_button = self.button(self.tr("&Typical"), lambda: self._find("typical"))
        for button, words in (
            (self.worst_button, self.tr("The picture that changed most visibly: lowest SSIM.")),
            (self.typical_button, self.tr("The picture in the middle between least and most visibly changed.")),
        ):
            button.setToolTip(tooltip(words))
            button.setAccessibleDescription(words)
        steps = QWidget()
        grid = QGridLayout(steps)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        buttons = (self.previous_button, self.next_button, self.worst_button, self.typical_button)
        for place, button in enumerate(buttons):
            grid.addWidget(button, place // 2, place % 2)
        choose = label(self.tr("Sho&w"), bold=True)
        choose.setBuddy(self.classes)
        left = column(
            choose,
            self.classes,
            steps,
            self.survey_words,
            label(self.tr("Compare"), bold=True),
            self.look,
            label(self.tr("Picture"), bold=True),
            self.facts,
            label(self.tr("Under the pointer"), bold=True),
            self.pixel,
            spacing=6,
        )
        right = QWidget()
        layout = QVBoxLayout(right)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas, 1)
        layout.addWidget(self.film)
        layout.addWidget(label(self._keys(), dim=True, scale=0.9))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for widget in (self.tabs, self.tabs.tabBar()):
            widget.setAccessibleName(self.tr("What to inspect"))
        pictures = Columns(scrolling(left), right, width=_SIDE, narrow_height=0, result_first=True)
        pictures.setContentsMargins(0, 8, 0, 0)
        self.tabs.addTab(pictures, self.tr("Pictures"))
        self.tabs.addTab(self.gallery, self.tr("Patterns"))
        loaded = QWidget()
        whole = QVBoxLayout(loaded)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stale)
        whole.addWidget(self.tabs, 1)
        self.stack = CurrentStack(wraps=False)
        self.stack.addWidget(self._empty())
        self.stack.addWidget(loaded)
        page = QVBoxLayout(self)
        page.setContentsMargins(16, 12, 16, 12)
        page.addWidget(self.stack)

    def _keys(self) -> str:
        return self.tr(
            "Wheel or + and − zoom, 0 fits. Drag or arrow keys move; with Shift they move the pointer by a pixel, "
            "with Ctrl the line. Space blinks. Page Up and Page Down change the picture."
        )

    def _empty(self) -> QWidget:
        empty = QWidget()
        layout = QVBoxLayout(empty)
        for words in (self.purpose, self.empty_words):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty_button.clicked.connect(lambda: self.desk.go_to(self._go_to))
        layout.addStretch(1)
        layout.addWidget(self.purpose)
        layout.addWidget(self.empty_words)
        layout.addSpacing(12)
        layout.addWidget(self.empty_button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        return empty

    def _connect(self) -> None:
        controller, inspector, canvas = self.desk.controller, self.inspector, self.canvas
        controller.snapshot_changed.connect(self._show_snapshot)
        controller.activity_changed.connect(self._show_activity)
        inspector.opened.connect(self._opened)
        inspector.unreadable.connect(self._unreadable)
        inspector.shown.connect(self._show_pair)
        inspector.not_shown.connect(self._not_shown)
        inspector.measured.connect(self._show_measures)
        inspector.rendered.connect(canvas.take)
        inspector.found.connect(self.film.choose)
        inspector.patterns_found.connect(self._show_patterns)
        inspector.pattern_made.connect(self.gallery.show_pattern)
        canvas.needed.connect(inspector.render)
        canvas.probed.connect(self._show_pixel)
        canvas.zoomed.connect(self.look.show_zoom)
        canvas.stepped.connect(self.film.step)
        canvas.blinked.connect(self._blink)
        self.look.view_chosen.connect(self._show_view)
        self.look.look_changed.connect(self._show_look)
        self.look.zoom_wanted.connect(self._zoom)
        self.film.chosen.connect(self._chosen)
        self.classes.currentIndexChanged.connect(self._filter)
        self.tabs.currentChanged.connect(self._tab_changed)
        self.gallery.chosen.connect(inspector.show_pattern)

    def showEvent(self, event: QShowEvent) -> None:
        """Looks at the run: nothing is read before somebody wants to see it."""
        super().showEvent(event)
        self._show_snapshot(self.desk.controller.snapshot)
        self._show_activity()

    def hideEvent(self, event: QHideEvent) -> None:
        """Measures nothing while nobody looks."""
        super().hideEvent(event)
        self._show_activity()

    @Slot(object)
    def _show_snapshot(self, snapshot: RunSnapshot | None) -> None:
        other = self._material is not None and (snapshot is None or snapshot.path != self._material.run)
        if other or snapshot is None or snapshot.index is None or snapshot.craft is None:
            self._forget()
            self._show_empty(snapshot)
        if snapshot is not None and self.isVisible():
            self.stale.setVisible(snapshot.states.get("craft") is State.STALE)
            self.inspector.open(snapshot)

    @Slot()
    def _show_activity(self) -> None:
        idle = self.desk.controller.activity is Activity.IDLE
        self.inspector.survey.set_wanted(idle and self.isVisible())
        if self._material is None:
            self._show_empty(self.desk.controller.snapshot)

    def _show_empty(self, snapshot: RunSnapshot | None) -> None:
        self._go_to = "protect"
        if snapshot is None or snapshot.index is None:
            self._go_to = "images"
            words = self.tr("No pictures yet. Open a folder of images first.")
        elif snapshot.craft is not None:
            words = self.tr("Reading the protection…")
        elif self.desk.controller.busy:
            words = self.tr("The protection is being made. Once it is crafted, you can look at every picture here.")
        else:
            words = self.tr("Nothing is protected yet. Press “Protect these images” below, and look at every one here.")
        self._say(words)

    def _say(self, words: str) -> None:
        self.stack.setCurrentIndex(0)
        self.empty_words.setText(words)
        text = self.tr("Go to I&mages") if self._go_to == "images" else self.tr("Go to &Protect")
        self.empty_button.setText(text)
        self.empty_button.setAccessibleName(text.replace("&", ""))

    def _forget(self) -> None:
        self._wait.stop()
        self.inspector.close()
        self._material = None
        self._found_patterns = False
        self.canvas.show_message("")

    @Slot(object)
    def _opened(self, material: Material) -> None:
        self.stack.setCurrentIndex(1)
        if material is self._material:
            self._show_survey()
            return
        self._material = material
        self._found_patterns = False
        self.classes.blockSignals(True)
        self.classes.clear()
        self.classes.addItem(self.tr("All classes"), None)
        for number, name in enumerate(material.classes):
            self.classes.addItem(plain(name), number)
        self.classes.blockSignals(False)
        self._show_look()
        self._filter()
        self._tab_changed()

    @Slot(object)
    def _unreadable(self, error: PueError) -> None:
        self._forget()
        self._go_to = "protect"
        self._say(plain(str(error)))

    @Slot()
    def _filter(self) -> None:
        """Shows the pictures of the chosen class, and stays at the same picture where that can be."""
        if self._material is None:
            return
        wanted, before = self.classes.currentData(), self.film.current
        images = tuple(image for image in self._material.images.values() if wanted is None or image.label == wanted)
        self.film.pictures.show_images(self._material.source, images)
        if before is None or self.film.pictures.row_of(before) is None:
            before = images[0].id if images else None
        if before is not None:
            self.film.choose(before)
        self._found_patterns &= self._material.perturbation.rows is None
        self._show_survey()

    @Slot(str)
    def _chosen(self, image: str) -> None:
        material = self._material
        if material is None:
            return
        record = material.images[image]
        self.facts.show_picture(record, material.classes[record.label])
        self.pixel.clear()
        measures = self.inspector.measures.get(image)
        if measures is not None:
            self.facts.show_measures(measures)
        self._wait.start()
        self.inspector.look_at(image)

    @Slot()
    def _show_waiting(self) -> None:
        self.canvas.show_message(self.tr("Protecting {}…").format(plain(self.film.current or "")))

    @Slot(object)
    def _show_pair(self, pair: Any) -> None:
        self._wait.stop()
        self.canvas.show_pair(pair)
        self.canvas.setAccessibleDescription(plain(pair.record.id))

    @Slot(str, object)
    def _not_shown(self, image: str, error: PueError) -> None:
        if image == self.film.current:
            self._wait.stop()
            self.canvas.show_message(plain(str(error)))
            self.canvas.setAccessibleDescription(plain(str(error)))

    @Slot(object)
    def _show_measures(self, measures: dict[str, Any]) -> None:
        current = self.film.current
        if current in measures:
            self.facts.show_measures(measures[current])
        self._show_survey()

    def _show_survey(self) -> None:
        images, known = self.film.pictures.images, self.inspector.measures
        done = sum(image.id in known for image in images)
        for button in (self.worst_button, self.typical_button):
            button.setEnabled(done > 0)
        if done == len(images):
            words = self.tr("All {} pictures are measured.").format(count(done))
        else:
            words = self.tr("{0} of {1} pictures are measured so far.").format(count(done), count(len(images)))
        self.survey_words.setText(words)

    def _find(self, which: str) -> None:
        self.inspector.find(which, [image.id for image in self.film.pictures.images])

    @Slot(object)
    def _show_pixel(self, place: tuple[int, int] | None) -> None:
        self.pixel.show_pixel(self.canvas.pair, place)

    @Slot(str)
    def _show_view(self, view: View) -> None:
        if view == self.canvas.view == "blink":
            self.canvas.toggle()
        self.canvas.show_view(view)

    @Slot()
    def _show_look(self) -> None:
        top = self._material.perturbation.epsilon_255 if self._material is not None else 8.0
        self.canvas.set_look(channel=self.look.channel, gain=self.look.gain.value(), top=top)

    @Slot(float)
    def _zoom(self, zoom: float) -> None:
        if zoom:
            self.canvas.zoom_to(zoom)
        else:
            self.canvas.fit()

    @Slot()
    def _blink(self) -> None:
        self.look.choose("blink")
        self._show_view("blink")

    @Slot()
    def _tab_changed(self) -> None:
        if self.tabs.currentWidget() is self.gallery and not self._found_patterns:
            self._found_patterns = True
            self.inspector.find_patterns(tuple(self.film.pictures.images))

    @Slot(object)
    def _show_patterns(self, found: list[tuple[Any, Any]]) -> None:
        material = self._material
        if material is not None:
            by_class = material.perturbation.rows is None
            total = len(material.classes if by_class else self.film.pictures.images)
            names, small = [name for name, _ in found], [pixels for _, pixels in found]
            self.gallery.show_patterns(names, small, by_class=by_class, more=len(names) < total)

    def shutdown(self) -> None:
        """See `Page`."""
        self._wait.stop()
        self.inspector.shutdown()
