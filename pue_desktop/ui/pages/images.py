"""Page 1: the images. Drop a folder, see its classes, what was refused and why, and how much is held out."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSpinBox,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from pue_desktop.engine.config import Plan
from pue_desktop.ui.class_table import ClassTable, RefusedModel
from pue_desktop.ui.drops import paint_frame
from pue_desktop.ui.layouts import CurrentStack
from pue_desktop.ui.pages.base import Desk, Page
from pue_desktop.ui.text import label, plain
from pue_desktop.workers.controller import Activity
from pue_desktop.workers.snapshot import RunSnapshot

_RESCAN_MS = 700


class DropTarget(QWidget):
    """The first thing to see: where to drop a folder."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder_button = QPushButton(self.tr("&Choose a folder of images…"))
        self.folder_button.setAccessibleName(self.tr("Choose a folder of images"))
        self.folder_button.clicked.connect(desk.ask_for_folder)
        self.run_button = QPushButton(self.tr("&Open a run…"))
        self.run_button.setAccessibleName(self.tr("Open a run"))
        self.run_button.clicked.connect(desk.ask_for_run)
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
        row.addStretch(1)
        layout.addLayout(row)
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
        self.drop_target = DropTarget(desk)
        self.heading = label(bold=True, scale=1.3)
        self.source = label(dim=True)
        self.totals = label()
        self.table = ClassTable(desk.thumbnails)
        self.refused = RefusedModel(self)
        self.refused_title = label(bold=True)
        self.refused_table = self._make_refused_table()
        self.hold_out = QSpinBox(suffix=" %", minimum=5, maximum=50)
        self.hold_out.setAccessibleName(self.tr("Hold-out share"))
        self.hold_out.setKeyboardTracking(False)
        self.hold_out_words = label(dim=True)
        self.other_button = QPushButton(self.tr("Choose &another folder…"))
        self.next_button = QPushButton(self.tr("&Next: protect"))
        self._rescan = QTimer(self, singleShot=True, interval=_RESCAN_MS)
        self._rescan.timeout.connect(self._scan_again)
        self._lay_out()
        self._connect()
        self._show_snapshot(desk.controller.snapshot)

    def title(self) -> str:
        """See `Page`."""
        return self.tr("Images")

    def _make_refused_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.refused)
        table.setAccessibleName(self.tr("Refused files"))
        table.verticalHeader().setVisible(False)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.setMinimumHeight(90)
        table.setMaximumHeight(170)
        return table

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.heading)
        words.addWidget(self.source)
        top.addLayout(words, 1)
        top.addWidget(self.other_button, 0, Qt.AlignmentFlag.AlignTop)
        share = QHBoxLayout()
        share_label = label(self.tr("&Held out to measure with"))
        share_label.setWordWrap(False)
        share_label.setBuddy(self.hold_out)
        share.addWidget(share_label)
        share.addWidget(self.hold_out)
        share.addWidget(self.hold_out_words, 1)
        self.next_button.setAccessibleName(self.tr("Next: protect"))
        share.addWidget(self.next_button)
        loaded = QWidget()
        layout = QVBoxLayout(loaded)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.totals)
        layout.addWidget(self.table, 1)
        self.table.setMinimumHeight(160)
        layout.addWidget(self.refused_title)
        layout.addWidget(self.refused_table)
        layout.addLayout(share)
        self.stack = CurrentStack()
        self.stack.addWidget(self.drop_target)
        self.stack.addWidget(loaded)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.addWidget(self.stack)

    def _connect(self) -> None:
        controller = self.desk.controller
        controller.snapshot_changed.connect(self._show_snapshot)
        controller.activity_changed.connect(self._show_activity)
        controller.plan_changed.connect(self._show_plan)
        self.hold_out.valueChanged.connect(self._hold_out_changed)
        self.other_button.setAccessibleName(self.tr("Choose another folder"))
        self.other_button.clicked.connect(self.desk.ask_for_folder)
        self.next_button.clicked.connect(self._next)
        self._show_plan(controller.plan)

    @Slot(object)
    def _show_snapshot(self, snapshot: RunSnapshot | None) -> None:
        if snapshot is None:
            self.stack.setCurrentIndex(0)
            return
        index = snapshot.index
        self.stack.setCurrentIndex(1)
        self.heading.setText(plain(snapshot.source.name or str(snapshot.source)))
        self.source.setText(plain(str(snapshot.source)))
        if self.table.property("index_of") is not index:
            self.table.setProperty("index_of", index)
            self.table.classes.show_index(index)
            self.refused.show_index(index)
        refused = len(index.skipped) if index is not None else 0
        for widget in (self.refused_title, self.refused_table):
            widget.setVisible(refused > 0)
        self.refused_title.setText(
            self.tr("Files that can't be protected, and will not be exported: {}").format(f"{refused:,}")
        )
        if index is None:
            self.totals.setText(self.tr("The folder has not been read yet."))
        else:
            held = len(index.of_split("hold_out"))
            self.totals.setText(
                self.tr("{} images in {} classes: {} to learn from, {} held out to measure with.").format(
                    f"{len(index.images):,}", len(index.classes), f"{len(index.images) - held:,}", f"{held:,}"
                )
            )
        self._show_activity()

    @Slot()
    def _show_activity(self) -> None:
        controller = self.desk.controller
        index = controller.snapshot.index if controller.snapshot is not None else None
        given = index is not None and index.header.split_given
        idle = controller.activity is Activity.IDLE
        self.hold_out.setEnabled(idle and index is not None and not given)
        self.hold_out_words.setText(
            self.tr("The folder came with its own test images.")
            if given
            else self.tr("of each class. Networks never learn from these images.")
        )
        self.other_button.setEnabled(idle)
        self.next_button.setEnabled(index is not None)

    @Slot(object)
    def _show_plan(self, plan: Plan) -> None:
        self.hold_out.blockSignals(True)
        self.hold_out.setValue(round(plan.scan.hold_out * 100))
        self.hold_out.blockSignals(False)

    @Slot(int)
    def _hold_out_changed(self, value: int) -> None:
        self.desk.controller.change("scan", hold_out=value / 100)
        self._rescan.start()

    @Slot()
    def _scan_again(self) -> None:
        self.desk.controller.start(("scan",))

    @Slot()
    def _next(self) -> None:
        self.desk.go_to("protect")

    def shutdown(self) -> None:
        """See `Page`."""
        self._rescan.stop()
