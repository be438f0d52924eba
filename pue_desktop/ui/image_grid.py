"""A grid of thumbnails over any number of images: only what is in view is decoded, drawn and asked for.

The model holds rows of small frozen values and no pictures; the delegate asks the thumbnail cache while it paints.
Names are drawn as plain text, whatever they contain.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pue_desktop.ui.picture_cell import paint_picture
from pue_desktop.ui.text import plain, tooltip
from pue_desktop.ui.thumbnails import SIDE, Thumbnails

Index = QModelIndex | QPersistentModelIndex
PATH_ROLE = Qt.ItemDataRole.UserRole
_MARGIN = 6


@dataclass(frozen=True, slots=True)
class Cell:
    """One image of a grid.

    Attributes:
        path: Of its file.
        name: What to call it: its path in the folder.
        words: More about it, for the tool tip and for screen readers.
    """

    path: Path
    name: str
    words: str = ""


class GridModel(QStandardItemModel):
    """Images in a row; what they are is made from a row's number only when a view asks for it.

    Rows without items cost nothing. A list model of our own would be asked for its number of rows, in Python, for every
    cell of every layout: 200 ms for 100,000 of them, against 15 (measured).
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: Sequence[Cell] = ()

    def show_cells(self, cells: Sequence[Cell]) -> None:
        """Shows other images. The sequence may make its cells on demand; it is never copied or walked through."""
        self.clear()
        self._cells = cells
        self.setColumnCount(1)
        self.setRowCount(len(cells))

    def cell(self, row: int) -> Cell:
        """Returns the image of a row."""
        return self._cells[row]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What an image is called, and where it is."""
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
            PATH_ROLE,
        ):
            return None
        cell = self._cells[index.row()]
        if role == PATH_ROLE:
            return cell.path
        if role == Qt.ItemDataRole.DisplayRole:
            return plain(cell.name.rpartition("/")[2])
        words = ", ".join(part for part in (plain(cell.name), plain(cell.words)) if part)
        return tooltip(words) if role == Qt.ItemDataRole.ToolTipRole else words


class _CellDelegate(QStyledItemDelegate):
    """A picture and its name below it."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws the style's background, the picture and the name, cut in its middle where it is long."""
        full = QStyleOptionViewItem(option)
        self.initStyleOption(full, index)
        name, full.text = full.text, ""
        full.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, full, painter, full.widget)
        area: QRect = full.rect
        picture = QRect(area.left() + (area.width() - SIDE) // 2, area.top() + _MARGIN, SIDE, SIDE)
        paint_picture(painter, picture, index.data(PATH_ROLE), self._thumbnails, full.palette)
        selected = bool(full.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        painter.setPen(full.palette.color(role))
        painter.setFont(full.font)
        line = QRect(area.left() + 2, picture.bottom() + 2, area.width() - 4, area.bottom() - picture.bottom() - 2)
        cut = full.fontMetrics.elidedText(name, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, cut)

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """The same for every image."""
        return QSize(SIDE + 4 * _MARGIN, SIDE + 2 * _MARGIN + option.fontMetrics.height())


class ImageGrid(QListView):
    """The view: wraps like text, scrolls by pixels, selects several with the keyboard or the mouse."""

    def __init__(self, name: str, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.images = GridModel(self)
        self.setModel(self.images)
        self.setItemDelegate(_CellDelegate(thumbnails, self))
        self.setAccessibleName(name)
        # List mode with wrapping lays 100,000 cells out in one short pass; icon mode keeps a tree of all of them.
        self.setViewMode(QListView.ViewMode.ListMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(QSize(SIDE + 4 * _MARGIN, SIDE + 2 * _MARGIN + self.fontMetrics().height()))
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        thumbnails.ready.connect(self.viewport().update)

    def selected(self) -> list[Cell]:
        """Returns the selected images, in their order."""
        return [self.images.cell(row) for row in sorted(index.row() for index in self.selectedIndexes())]
