"""Page 1: the images. Drop a folder, see its classes and pictures, what is left out and why, and what is held out."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from pue_desktop.engine.config import Plan
from pue_desktop.engine.errors import PueError
from pue_desktop.engine.labels import write_table
from pue_desktop.engine.refusals import FilesRefusedError
from pue_desktop.engine.results import DatasetIndex, SkippedFile
from pue_desktop.ui.class_table import ClassTable
from pue_desktop.ui.data_options import DataOptions
from pue_desktop.ui.drops import paint_frame
from pue_desktop.ui.feedback import Message
from pue_desktop.ui.group_view import GroupView
from pue_desktop.ui.layouts import CurrentStack
from pue_desktop.ui.pages.base import Desk, Page
from pue_desktop.ui.picture_browser import PictureBrowser
from pue_desktop.ui.recent import RecentMenu
from pue_desktop.ui.refused_list import RefusedList
from pue_desktop.ui.text import count, label, plain
from pue_desktop.workers.controller import Activity
from pue_desktop.workers.snapshot import RunSnapshot

# In the run folder; the command line takes it with --labels.
GROUPS_FILE = "labels.csv"
_RESCAN_MS = 700


class DropTarget(QWidget):
    """The first thing to see: where to drop a folder."""

    def __init__(self, desk: Desk, recent: RecentMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder_button = QPushButton(self.tr("&Choose a folder of images…"))
        self.folder_button.setAccessibleName(self.tr("Choose a folder of images"))
        self.folder_button.clicked.connect(desk.ask_for_folder)
        self.run_button = QPushButton(self.tr("&Open a run…"))
        self.run_button.setAccessibleName(self.tr("Open a run"))
        self.run_button.clicked.connect(desk.ask_for_run)
        self.recent_button = QPushButton(self.tr("Open &recent"))
        self.recent_button.setAccessibleName(self.tr("Open recent"))
        self.recent_button.setMenu(recent)
        self.recent_button.setEnabled(bool(desk.store.value.recent_folders))
        self.sample_button = QPushButton(self.tr("&Try it with the sample images"))
        self.sample_button.setAccessibleName(self.tr("Try it with the sample images"))
        if desk.store.value.recent_folders:
            self.sample_button.hide()
        self.setAccessibleName(self.tr("Drop a folder of images here"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 32, 32, 32)
        layout.addStretch(1)
        for text in (
            label(self.tr("Drop a folder of images here"), bold=True, scale=1.6),
            label(
                self.tr("One folder for each class, such as “cats” and “dogs”; or “train” and “test” with them inside.")
            ),
            label(self.tr("Originals are only read, never changed. Nothing leaves this computer."), dim=True),
        ):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(text)
        layout.addSpacing(12)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.folder_button)
        row.addWidget(self.run_button)
        row.addWidget(self.recent_button)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addSpacing(12)
        layout.addWidget(self.sample_button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws a dashed frame."""
        paint_frame(self)


class ImagesPage(Page):
    """The data set."""

    name = "images"
    steps = ("scan",)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._refusal: FilesRefusedError | None = None
        self._source: Path | None = None
        self.recent = RecentMenu(self.tr("Open re&cent"), desk.store, desk.controller.background, self)
        self.drop_target = DropTarget(desk, self.recent)
        self.heading = label(bold=True, scale=1.3)
        self.source = label(dim=True)
        self.totals = label()
        self.table = ClassTable(desk.thumbnails)
        self.browser = PictureBrowser(desk.thumbnails)
        self.left_out = RefusedList()
        self.look_alikes = RefusedList()
        self.tabs = QTabWidget()
        self.options = DataOptions()
        self.groups = GroupView(desk.thumbnails)
        self.other_button = self.button(self.tr("Choose &another folder…"), desk.ask_for_folder)
        self.next_button = self.button(self.tr("&Next: protect"), self._next)
        self._rescan = QTimer(self, singleShot=True, interval=_RESCAN_MS)
        self._rescan.timeout.connect(self._scan_again)
        self._lay_out()
        self._connect()
        self._show_snapshot(desk.controller.snapshot)

    def title(self) -> str:
        """See `Page`."""
        return self.tr("Images")

    def use_labels(self, path: Path | None) -> None:
        """Takes the classes from a CSV file, or from the folders again, and reads the images anew."""
        if self.desk.controller.snapshot is None:
            self.desk.messages.show_message(
                Message(
                    self.tr("There is no folder of images yet that these labels could be about."),
                    self.tr("Open the folder first, or drop folder and CSV file together."),
                    level="warning",
                )
            )
            return
        self._change(labels="" if path is None else str(path))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.heading)
        words.addWidget(self.source)
        top.addLayout(words, 1)
        top.addWidget(self.other_button, 0, Qt.AlignmentFlag.AlignTop)
        self.tabs.addTab(self.table, self.tr("&Classes"))
        self.tabs.addTab(self.browser, self.tr("P&ictures"))
        self.tabs.addTab(self.left_out, "")
        self.tabs.addTab(self.look_alikes, "")
        self.tabs.tabBar().setAccessibleName(self.tr("Views of the images"))
        self.tabs.setMinimumHeight(260)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.next_button)
        loaded = QWidget()
        layout = QVBoxLayout(loaded)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.totals)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.options)
        layout.addLayout(foot)
        self.stack = CurrentStack()
        self.stack.addWidget(self.drop_target)
        self.stack.addWidget(loaded)
        self.stack.addWidget(self.groups)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.addWidget(self.stack)

    def _connect(self) -> None:
        controller = self.desk.controller
        controller.snapshot_changed.connect(self._show_snapshot)
        controller.activity_changed.connect(self._activity_changed)
        controller.plan_changed.connect(self._show_plan)
        controller.problem.connect(self._take_problem)
        controller.opened.connect(self._opened)
        self.recent.chosen.connect(self._open_recent)
        self.table.activated.connect(self._show_class)
        for files in (self.left_out, self.look_alikes):
            files.failed.connect(self.desk.messages.show_error)
        self.options.labels_chosen.connect(self.use_labels)
        self.options.test_folder_chosen.connect(self._use_test_folder)
        self.options.hold_out_changed.connect(self._hold_out_changed)
        self.options.groups_wanted.connect(self._show_groups)
        self.groups.accepted.connect(self._use_groups)
        self.groups.closed.connect(self._leave_groups)
        self.groups.failed.connect(self.desk.messages.show_error)

    @Slot(object)
    def _show_snapshot(self, snapshot: RunSnapshot | None) -> None:
        self._source = None if snapshot is None else snapshot.source
        if snapshot is None:
            self.stack.setCurrentIndex(0)
            return
        index = snapshot.index
        if self.stack.currentWidget() is not self.groups:
            self.stack.setCurrentIndex(1)
        self.heading.setText(plain(snapshot.source.name or str(snapshot.source)))
        self.source.setText(plain(str(snapshot.source)))
        if self.table.property("index_of") is not index:
            self.table.setProperty("index_of", index)
            self.table.classes.show_index(index)
        self.browser.show_index(index)
        if index is not None:
            self._refusal = None
        self._show_left_out(index)
        self._show_words()

    def _show_left_out(self, index: DatasetIndex | None) -> None:
        files: tuple[SkippedFile, ...] = ()
        if index is not None:
            files = index.skipped
        elif self._refusal is not None:
            files = self._refusal.files
        self.left_out.show_files(files, mend=index is None)
        self.tabs.setTabText(2, self.tr("&Left out ({})").format(count(len(files))))
        if index is not None and not self.tabs.isTabVisible(0):
            self.tabs.setCurrentIndex(0)
        for tab in (0, 1):
            self.tabs.setTabVisible(tab, index is not None)
        self.tabs.setTabVisible(2, bool(files))
        self.tabs.setVisible(index is not None or bool(files))
        alike = index.look_alikes if index is not None else ()
        self.look_alikes.show_look_alikes(alike)
        self.tabs.setTabText(3, self.tr("D&uplicates ({})").format(count(len(alike))))
        self.tabs.setTabVisible(3, bool(alike))

    def _show_words(self) -> None:
        controller = self.desk.controller
        index = controller.snapshot.index if controller.snapshot is not None else None
        idle = controller.activity is Activity.IDLE
        if index is not None:
            held = self.table.classes.held
            text = self.tr("{} images in {} classes: {} to learn from, {} held out to measure with.").format(
                count(len(index.images)), len(index.classes), count(len(index.images) - held), count(held)
            )
        elif self._refusal is not None:
            text = self.tr("The images can't be used like this. The list says why.")
        else:
            text = self.tr("The folder has not been read yet.") if idle else self.tr("Reading the images…")
        self.totals.setText(text)
        self.options.show_config(
            controller.plan.scan,
            own=controller.run_path,
            source=self._source,
            split_given=index is not None and index.header.split_given,
            enabled=idle and self._source is not None,
        )
        self.other_button.setEnabled(idle)
        self.next_button.setEnabled(index is not None)

    @Slot(object)
    def _activity_changed(self, activity: Activity) -> None:
        if activity is Activity.RUNNING and self.desk.controller.starting and "scan" in self.desk.controller.job_steps:
            self._refusal = None
        self._show_words()

    @Slot(object)
    def _show_plan(self, _plan: Plan) -> None:
        self._show_words()

    @Slot(object)
    def _take_problem(self, error: PueError) -> None:
        if isinstance(error, FilesRefusedError):
            self._refusal = error

    @Slot(object)
    def _opened(self, _events: object) -> None:
        self._refusal = None
        self._leave_groups()
        self.drop_target.recent_button.setEnabled(True)
        self.drop_target.sample_button.hide()

    @Slot(object)
    def _open_recent(self, path: Path) -> None:
        self.desk.messages.clear()
        self.desk.controller.open_path(path)

    @Slot(QModelIndex)
    def _show_class(self, index: QModelIndex) -> None:
        self.browser.show_class(index.row())
        self.tabs.setCurrentWidget(self.browser)

    def _change(self, **values: object) -> None:
        self.desk.controller.change("scan", **values)
        self._scan_again()

    @Slot(object)
    def _use_test_folder(self, path: Path | None) -> None:
        self._change(test_folder="" if path is None else str(path))

    @Slot(float)
    def _hold_out_changed(self, share: float) -> None:
        self.desk.controller.change("scan", hold_out=share)
        self._rescan.start()

    @Slot()
    def _scan_again(self) -> None:
        self.desk.controller.start(("scan",))

    @Slot()
    def _show_groups(self) -> None:
        if self._source is not None:
            self.desk.messages.clear()
            self.stack.setCurrentWidget(self.groups)
            self.groups.show_folder(self._source)
            self.groups.count.setFocus()

    @Slot()
    def _leave_groups(self) -> None:
        self.groups.shutdown()
        self.stack.setCurrentIndex(0 if self._source is None else 1)

    @Slot(object)
    def _use_groups(self, labels: dict[str, str]) -> None:
        run = self.desk.controller.run_path
        if run is None or self.desk.controller.busy:
            return
        path = run / GROUPS_FILE
        self._leave_groups()
        self.desk.controller.background.submit(
            "labels",
            lambda: write_table(path, labels),
            lambda _written: self.use_labels(path),
            self.desk.messages.show_error,
        )

    @Slot()
    def _next(self) -> None:
        self.desk.go_to("protect")

    def shutdown(self) -> None:
        """See `Page`."""
        self._rescan.stop()
        self.groups.shutdown()
