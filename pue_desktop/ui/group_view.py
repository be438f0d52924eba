"""Images without classes, grouped by look: to rename, to mend, and to use as labels or not.

The groups come from a `Grouper`; what the user made of them leaves as one table of labels.
"""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from pue_desktop.ui.group_table import GroupTable
from pue_desktop.ui.image_grid import Cell, ImageGrid
from pue_desktop.ui.text import label, plain
from pue_desktop.ui.thumbnails import Thumbnails
from pue_desktop.workers.grouper import Grouper

FIRST_COUNT = 5


class GroupView(QWidget):
    """Groups at the top, the images of the chosen one below.

    Signals:
        accepted(object): Label by path: a dict from str to str.
        closed(): The user wants none of it.
        failed(object): A `PueError`.
    """

    accepted = Signal(object)
    closed = Signal()
    failed = Signal(object)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grouper = Grouper(self)
        self._folder = Path()
        self.count = QSpinBox(minimum=2, maximum=50, value=FIRST_COUNT)
        self.count.setAccessibleName(self.tr("Number of groups"))
        self.again_button = self._button(self.tr("Group ag&ain"), self._again)
        self.progress = QProgressBar(maximum=1000)
        self.progress.setAccessibleName(self.tr("Comparing the images"))
        self.table = GroupTable(thumbnails)
        self.grid = ImageGrid(self.tr("Pictures of the group"), thumbnails)
        self.target = QComboBox()
        self.target.setAccessibleName(self.tr("Group to move to"))
        self.target.setMinimumContentsLength(16)
        self.move_button = self._button(self.tr("&Move the selected pictures"), self._move)
        self.cancel_button = self._button(self.tr("Cancel"), self._close)
        self.use_button = self._button(self.tr("&Use these groups"), self._accept)
        self._lay_out()
        self.grouper.progressed.connect(self._show_progress)
        self.grouper.grouped.connect(self._show_groups)
        self.grouper.failed.connect(self.failed)
        self.grouper.ended.connect(self._show_state)
        self.table.selectionModel().currentRowChanged.connect(self._show_pictures)
        self.table.groups.dataChanged.connect(self._fill_targets)
        self.grid.selectionModel().selectionChanged.connect(self._show_state)

    @property
    def ready(self) -> bool:
        """Whether there are groups to look at."""
        return self.table.groups.rowCount() > 0 and not self.grouper.busy

    def show_folder(self, folder: Path) -> None:
        """Makes groups of the images in `folder` and shows them."""
        self._folder = folder
        self.grouper.forget()
        self.table.groups.show_groups(folder, (), ())
        self._again()

    def shutdown(self) -> None:
        """Stops what is going on."""
        self.grouper.forget()

    def _lay_out(self) -> None:
        words = label(
            self.tr(
                "The groups are a guess by colour and shape; the program does not know what is in the pictures. "
                "Rename them, move pictures that lie wrong, and give two groups the same name to make them one class."
            )
        )
        number = label(self.tr("&Number of groups"))
        number.setWordWrap(False)
        number.setBuddy(self.count)
        top = QHBoxLayout()
        for widget in (number, self.count, self.again_button):
            top.addWidget(widget)
        top.addWidget(self.progress, 1)
        top.addStretch(1)
        move = QHBoxLayout()
        to = label(self.tr("&to group"))
        to.setWordWrap(False)
        to.setBuddy(self.target)
        move.addWidget(self.move_button)
        move.addWidget(to)
        move.addWidget(self.target)
        move.addStretch(1)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.grid, 1)
        below.addLayout(move)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(lower)
        split.setChildrenCollapsible(False)
        self.table.setMinimumHeight(120)
        self.grid.setMinimumHeight(130)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.use_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label(self.tr("Groups by look"), bold=True, scale=1.3))
        layout.addWidget(words)
        layout.addLayout(top)
        layout.addWidget(split, 1)
        layout.addLayout(foot)

    def _button(self, text: str, slot: object) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text.replace("&", ""))
        button.clicked.connect(slot)
        return button

    @Slot()
    def _again(self) -> None:
        self.progress.setValue(0)
        self.grouper.start(self._folder, self.count.value())
        self._show_state()

    @Slot(float)
    def _show_progress(self, share: float) -> None:
        self.progress.setValue(round(share * self.progress.maximum()))

    @Slot(object)
    def _show_groups(self, made: list[tuple[str, ...]]) -> None:
        from pue_desktop.engine.clusters import group_names

        self.table.groups.show_groups(self._folder, group_names(len(made)), made)
        self._fill_targets()
        self.table.selectRow(0)
        self._show_pictures()

    @Slot()
    def _show_pictures(self) -> None:
        row = self.table.currentIndex().row()
        paths = self.table.groups.of(row) if row >= 0 else ()
        self.grid.images.show_cells([Cell(self._folder / path, path) for path in paths])
        self._show_state()

    @Slot()
    def _fill_targets(self) -> None:
        chosen = self.target.currentIndex()
        self.target.clear()
        for name in self.table.groups.names:
            self.target.addItem(plain(name))
        self.target.setCurrentIndex(max(0, chosen))
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        busy = self.grouper.busy
        self.progress.setVisible(busy)
        for widget in (self.again_button, self.count):
            widget.setEnabled(not busy)
        self.use_button.setEnabled(self.ready)
        self.move_button.setEnabled(self.ready and self.grid.selectionModel().hasSelection())

    @Slot()
    def _move(self) -> None:
        row, target = self.table.currentIndex().row(), self.target.currentIndex()
        if row >= 0 and target >= 0 and target != row:
            self.table.groups.move([cell.name for cell in self.grid.selected()], row, target)
            self._show_pictures()

    @Slot()
    def _close(self) -> None:
        self.grouper.cancel()
        self.closed.emit()

    @Slot()
    def _accept(self) -> None:
        from pue_desktop.engine.clusters import labels_of

        groups = self.table.groups
        labels: Mapping[str, str] = labels_of(groups.members, groups.names, self.grouper.unread)
        self.accepted.emit(dict(labels))
