"""The classes of a data set as a table: name, counts, a bar of both splits, and a few of their pictures.

Models hold no pictures: the delegate asks the thumbnail cache while it paints, so that only visible rows are decoded.
"""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from pue_desktop.engine.results import DatasetIndex
from pue_desktop.ui.picture_cell import paint_picture
from pue_desktop.ui.text import count, plain, tooltip
from pue_desktop.ui.thumbnails import Thumbnails

Index = QModelIndex | QPersistentModelIndex
PICTURES = 6
_SIDE = 44
_GAP = 4
ROW_HEIGHT = _SIDE + 2 * _GAP
_NAME, _TRAIN, _HOLD_OUT, _SHARE, _PICTURES = range(5)
HELD_PATTERN = Qt.BrushStyle.Dense4Pattern


class ClassModel(QAbstractTableModel):
    """One row for each class."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._train: list[int] = []
        self._held: list[int] = []
        self._paths: dict[int, list[Path]] = {}

    def show_index(self, index: DatasetIndex | None) -> None:
        """Shows another data set, or none."""
        self.beginResetModel()
        names: tuple[str, ...] = () if index is None else index.classes
        self._names = names
        self._train, self._held = [0] * len(names), [0] * len(names)
        self._paths = {label: [] for label in range(len(names))}
        # One pass: a data set has up to a hundred thousand images, and the window waits for this.
        for image in index.images if index is not None else ():
            (self._train if image.split == "train" else self._held)[image.label] += 1
            chosen = self._paths[image.label]
            if len(chosen) < PICTURES and index is not None:
                chosen.append(Path(index.header.source) / image.id)
        self.endResetModel()

    @property
    def held(self) -> int:
        """Number of images held out, over all classes."""
        return sum(self._held)

    def name(self, row: int) -> str:
        """Returns the name of a class, as it is."""
        return self._names[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Number of classes."""
        return 0 if parent.isValid() else len(self._names)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Name, images to learn from, hold-out, share, pictures."""
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.ToolTipRole and section == _SHARE:
            return tooltip(self.tr("Full: images to learn from. Dotted: images held out to measure with."))
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = (
            self.tr("Class"),
            self.tr("To learn from"),
            self.tr("Held out"),
            self.tr("Share"),
            self.tr("A few of them"),
        )
        return titles[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (plain(self._names[row]), count(self._train[row]), count(self._held[row]), "", "")[column]
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (_TRAIN, _HOLD_OUT):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and column == _NAME:
            return tooltip(plain(self._names[row]))
        if role == Qt.ItemDataRole.UserRole:
            return self._special(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == _SHARE:
            return self.tr("{} of {} held out").format(
                count(self._held[row]), count(self._train[row] + self._held[row])
            )
        return None

    def _special(self, row: int, column: int) -> Any:
        if column == _SHARE:
            largest = max(1, *(a + b for a, b in zip(self._train, self._held, strict=True)))
            return self._train[row] / largest, self._held[row] / largest
        return self._paths.get(row, []) if column == _PICTURES else None


class _ShareDelegate(QStyledItemDelegate):
    """A bar for the number of images beside the largest class: full for those to learn from, dotted for the others."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws the row's background and the bar."""
        super().paint(painter, option, index)
        learned, held = index.data(Qt.ItemDataRole.UserRole) or (0.0, 0.0)
        area: QRect = option.rect.adjusted(8, 0, -8, 0)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        color = option.palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Highlight)
        bar = QRect(area.left(), area.center().y() - 5, max(2, round(area.width() * learned)), 10)
        painter.fillRect(bar, color)
        rest = QRect(bar.right() + 1, bar.top(), max(2, round(area.width() * held)), 10)
        painter.fillRect(rest, QBrush(color, HELD_PATTERN))


class PicturesDelegate(QStyledItemDelegate):
    """A few thumbnails in a row."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws the pictures that are there; asks for the others."""
        super().paint(painter, option, index)
        area: QRect = option.rect
        left = area.left() + _GAP
        painter.save()
        painter.setClipRect(area)
        for path in index.data(Qt.ItemDataRole.UserRole) or []:
            if left > area.right():
                break
            cell = QRect(left, area.center().y() - _SIDE // 2, _SIDE, _SIDE)
            paint_picture(painter, cell, path, self._thumbnails, option.palette)
            left += _SIDE + _GAP
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Room for all pictures."""
        return QSize(PICTURES * (_SIDE + _GAP) + _GAP, ROW_HEIGHT)


class PicturesTable(QTableView):
    """A table of rows that show pictures: one is chosen at a time, and Tab leads out of it."""

    def __init__(self, thumbnails: Thumbnails, model: QAbstractTableModel, column: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        model.setParent(self)
        self.setModel(model)
        self.setItemDelegateForColumn(column, PicturesDelegate(thumbnails, self))
        thumbnails.ready.connect(self.viewport().update)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class ClassTable(PicturesTable):
    """The table of classes."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        self.classes = ClassModel()
        super().__init__(thumbnails, self.classes, _PICTURES, parent)
        self.setItemDelegateForColumn(_SHARE, _ShareDelegate(self))
        self.setAccessibleName(self.tr("Classes"))
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(48)
        unit = QFontMetrics(self.font()).averageCharWidth()
        for column, width in ((_NAME, 30), (_TRAIN, 15), (_HOLD_OUT, 12), (_SHARE, 22)):
            self.setColumnWidth(column, max(width * unit, header.sectionSizeHint(column)))
