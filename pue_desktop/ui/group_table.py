"""Groups of images as a table: a name that can be edited, how many there are, and the most typical of them."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from pue_desktop.engine.export_names import shown
from pue_desktop.engine.labels import MAX_LABEL
from pue_desktop.ui.class_table import PICTURES, PicturesTable
from pue_desktop.ui.text import count, plain
from pue_desktop.ui.thumbnails import Thumbnails

Index = QModelIndex | QPersistentModelIndex
_NAME, _IMAGES, _PICTURES = range(3)


class GroupModel(QAbstractTableModel):
    """One row for each group. Two groups of the same name are one class."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = Path()
        self._names: list[str] = []
        self._members: list[list[str]] = []

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the groups."""
        return tuple(self._names)

    @property
    def members(self) -> tuple[tuple[str, ...], ...]:
        """Paths of the images of each group, relative to the folder."""
        return tuple(map(tuple, self._members))

    def of(self, row: int) -> Sequence[str]:
        """Returns the paths of one group."""
        return self._members[row]

    def show_groups(self, folder: Path, names: Sequence[str], members: Sequence[Sequence[str]]) -> None:
        """Shows other groups."""
        self.beginResetModel()
        self._folder, self._names, self._members = folder, list(names), [list(ids) for ids in members]
        self.endResetModel()

    def move(self, paths: Collection[str], source: int, target: int) -> None:
        """Moves images from one group to the end of another."""
        moving = frozenset(paths)
        self._members[target] += [path for path in self._members[source] if path in moving]
        self._members[source] = [path for path in self._members[source] if path not in moving]
        for row in (source, target):
            self.dataChanged.emit(self.index(row, 0), self.index(row, _PICTURES))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Number of groups."""
        return 0 if parent.isValid() else len(self._names)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Name, images, pictures."""
        return 0 if parent.isValid() else 3

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Names can be edited."""
        editable = Qt.ItemFlag.ItemIsEditable if index.column() == _NAME else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | editable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (self.tr("Name (edit it)"), self.tr("Images"), self.tr("The most typical of them"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (plain(self._names[row]), count(len(self._members[row])), "")[column]
        if role == Qt.ItemDataRole.EditRole and column == _NAME:
            return self._names[row]
        if role == Qt.ItemDataRole.TextAlignmentRole and column == _IMAGES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.UserRole and column == _PICTURES:
            return [self._folder / path for path in self._members[row][:PICTURES]]
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Renames a group; a name that can't be a label is not taken."""
        name = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not name or len(name) > MAX_LABEL or shown(name) != name:
            return False
        self._names[index.row()] = name
        self.dataChanged.emit(index, index)
        return True


class GroupTable(PicturesTable):
    """The table of groups; F2 or a double click edits a name."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        self.groups = GroupModel()
        super().__init__(thumbnails, self.groups, _PICTURES, parent)
        self.setAccessibleName(self.tr("Groups"))
        unit = QFontMetrics(self.font()).averageCharWidth()
        for column, width in ((_NAME, 30), (_IMAGES, 11)):
            self.setColumnWidth(column, width * unit)
