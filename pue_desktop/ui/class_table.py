"""The classes of a data set as a table: name, counts, share, and a few of their pictures. Also the refused files.

Models hold no pictures: the delegate asks the thumbnail cache while it paints, so that only visible rows are decoded.
"""

from collections import defaultdict
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from pue_desktop.engine.results import DatasetIndex
from pue_desktop.ui.text import plain, tooltip
from pue_desktop.ui.thumbnails import Thumbnails

Index = QModelIndex | QPersistentModelIndex
PICTURES = 6
_SIDE = 44
_GAP = 4
_NAME, _IMAGES, _HOLD_OUT, _SHARE, _PICTURES = range(5)


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
        paths: dict[int, list[Path]] = defaultdict(list)
        self._names, self._train, self._held = (), [], []
        if index is not None:
            self._names = index.classes
            self._train, self._held = index.counts("train"), index.counts("hold_out")
            source = Path(index.header.source)
            for image in index.images:
                if len(paths[image.label]) < PICTURES:
                    paths[image.label].append(source / image.id)
        self._paths = dict(paths)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Number of classes."""
        return 0 if parent.isValid() else len(self._names)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Name, images, hold-out, share, pictures."""
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        titles = (self.tr("Class"), self.tr("Images"), self.tr("Hold-out"), self.tr("Share"), self.tr("A few of them"))
        return titles[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        row, column = index.row(), index.column()
        total = self._train[row] + self._held[row]
        if role == Qt.ItemDataRole.DisplayRole:
            return (plain(self._names[row]), f"{total:,}", f"{self._held[row]:,}", "", "")[column]
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (_IMAGES, _HOLD_OUT):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and column == _NAME:
            return tooltip(plain(self._names[row]))
        if role == Qt.ItemDataRole.UserRole:
            return self._special(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == _SHARE:
            return f"{self._special(row, column):.0%}"
        return None

    def _special(self, row: int, column: int) -> Any:
        if column == _SHARE:
            largest = max(a + b for a, b in zip(self._train, self._held, strict=True))
            return (self._train[row] + self._held[row]) / max(1, largest)
        return self._paths.get(row, []) if column == _PICTURES else None


class _ShareDelegate(QStyledItemDelegate):
    """A bar for the number of images, beside the largest class."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws the row's background and the bar."""
        super().paint(painter, option, index)
        share = float(index.data(Qt.ItemDataRole.UserRole) or 0.0)
        area: QRect = option.rect.adjusted(8, 0, -8, 0)
        bar = QRect(area.left(), area.center().y() - 5, max(2, round(area.width() * share)), 10)
        painter.fillRect(bar, option.palette.color(QPalette.ColorRole.Highlight))


class _PicturesDelegate(QStyledItemDelegate):
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
            pixmap = self._thumbnails.get(path)
            if pixmap is None or pixmap.isNull():
                painter.fillRect(cell, option.palette.color(QPalette.ColorRole.AlternateBase))
            else:
                size = pixmap.size().scaled(cell.size(), Qt.AspectRatioMode.KeepAspectRatio)
                place = QRect(0, 0, size.width(), size.height())
                place.moveCenter(cell.center())
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, max(pixmap.width(), 1) > _SIDE)
                painter.drawPixmap(place, pixmap)
            left += _SIDE + _GAP
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Room for all pictures."""
        return QSize(PICTURES * (_SIDE + _GAP) + _GAP, _SIDE + 2 * _GAP)


class ClassTable(QTableView):
    """The table of classes."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.classes = ClassModel(self)
        self.setModel(self.classes)
        self.setItemDelegateForColumn(_SHARE, _ShareDelegate(self))
        self.setItemDelegateForColumn(_PICTURES, _PicturesDelegate(thumbnails, self))
        thumbnails.ready.connect(self.viewport().update)
        self.setAccessibleName(self.tr("Classes"))
        self.setAlternatingRowColors(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setDefaultSectionSize(_SIDE + 2 * _GAP)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(48)
        unit = QFontMetrics(self.font()).averageCharWidth()
        for column, width in ((_NAME, 30), (_IMAGES, 11), (_HOLD_OUT, 12), (_SHARE, 22)):
            self.setColumnWidth(column, width * unit)


class RefusedModel(QAbstractTableModel):
    """The files that can't be protected, each with its reason."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, str]] = []

    def show_index(self, index: DatasetIndex | None) -> None:
        """Shows another data set's refused files, or none."""
        self.beginResetModel()
        self._rows = [] if index is None else [(plain(file.path), plain(file.reason)) for file in index.skipped]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Number of refused files."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """File and reason."""
        return 0 if parent.isValid() else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (self.tr("File"), self.tr("Why it can't be protected"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        text = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        return tooltip(text) if role == Qt.ItemDataRole.ToolTipRole else None
