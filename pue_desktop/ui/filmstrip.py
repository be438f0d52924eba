"""The pictures of a run in one row of thumbnails, as many as there are: only those that are seen are decoded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pue_desktop.engine.results import ImageRecord
from pue_desktop.ui.picture_cell import paint_focus
from pue_desktop.ui.text import plain, tooltip
from pue_desktop.ui.thumbnails import Thumbnails

Index = QModelIndex | QPersistentModelIndex
_SIDE = 64
_PAD = 5


class PictureModel(QAbstractListModel):
    """One row for each picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.images: Sequence[ImageRecord] = ()
        self._rows: dict[str, int] = {}
        self._source = Path()

    def show_images(self, source: Path, images: Sequence[ImageRecord]) -> None:
        """Shows other pictures, which lie below `source`."""
        self.beginResetModel()
        self._source, self.images = source, images
        self._rows = {image.id: row for row, image in enumerate(images)}
        self.endResetModel()

    def row_of(self, image: str) -> int | None:
        """Returns where a picture is, None if it is not shown."""
        return self._rows.get(image)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Number of pictures."""
        return 0 if parent.isValid() else len(self.images)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The picture's name; its file for the delegate."""
        image = self.images[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return plain(image.id)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(plain(image.id))
        return self._source / image.id if role == Qt.ItemDataRole.UserRole else None


class _ThumbnailDelegate(QStyledItemDelegate):
    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws the thumbnail if it is there, in the style's own frame for what is selected."""
        full = QStyleOptionViewItem(option)
        self.initStyleOption(full, index)
        full.text = ""
        full.widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, full, painter, full.widget)
        area: QRect = full.rect.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        paint_focus(painter, full)
        pixmap = self._thumbnails.get(index.data(Qt.ItemDataRole.UserRole))
        if pixmap is None or pixmap.isNull():
            painter.fillRect(area, full.palette.color(QPalette.ColorRole.Mid))
            return
        size = pixmap.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(area.center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, pixmap.width() > place.width())
        painter.drawPixmap(place, pixmap)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """A square with some air."""
        return QSize(_SIDE + 2 * _PAD, _SIDE + 2 * _PAD)


class Filmstrip(QListView):
    """Chooses among pictures.

    Signals:
        chosen(str): Id of the picture to look at.
    """

    chosen = Signal(str)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = PictureModel(self)
        self.setModel(self.pictures)
        self.setItemDelegate(_ThumbnailDelegate(thumbnails, self))
        thumbnails.ready.connect(self.viewport().update)
        self.setAccessibleName(self.tr("Pictures"))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.SinglePass)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setFixedHeight(_SIDE + 2 * _PAD + 2 * self.frameWidth() + self.horizontalScrollBar().sizeHint().height())
        self.selectionModel().currentChanged.connect(self._current_changed)

    @property
    def current(self) -> str | None:
        """Id of the chosen picture."""
        row = self.currentIndex().row()
        return self.pictures.images[row].id if 0 <= row < len(self.pictures.images) else None

    def choose(self, image: str) -> None:
        """Chooses a picture by its id; one that is not shown is not chosen."""
        row = self.pictures.row_of(image)
        if row is not None:
            index = self.pictures.index(row)
            self.setCurrentIndex(index)
            self.scrollTo(index, QListView.ScrollHint.PositionAtCenter)

    def step(self, by: int) -> None:
        """Chooses the picture that many places on, within the row."""
        rows = self.pictures.rowCount()
        if rows:
            self.choose(self.pictures.images[min(max(self.currentIndex().row() + by, 0), rows - 1)].id)

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        current = self.current
        if current is not None:
            self.chosen.emit(current)
