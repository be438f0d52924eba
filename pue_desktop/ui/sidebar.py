"""The list of pages at the left, with the state of each page's step beside its name.

Painted by a delegate on top of the style's own selection, so that it looks native in every palette; the state is in
words as well, never in colour alone.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pue_desktop.ui.picture_cell import paint_focus

_BADGE = Qt.ItemDataRole.UserRole + 1
_WIDTH = 168
_MARGIN = 12


class _PageDelegate(QStyledItemDelegate):
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws the style's row, then name and badge over it."""
        full = QStyleOptionViewItem(option)
        self.initStyleOption(full, index)
        full.text = ""
        widget = full.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, full, painter, widget)
        selected = bool(full.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        paint_focus(painter, full)
        painter.save()
        painter.setPen(full.palette.color(role))
        area: QRect = full.rect.adjusted(_MARGIN, 6, -_MARGIN, -6)
        title = QFont(full.font)
        title.setBold(selected)
        painter.setFont(title)
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, str(index.data()))
        small = QFont(full.font)
        small.setPointSizeF(small.pointSizeF() * 0.88)
        painter.setFont(small)
        badge = str(index.data(_BADGE) or "")
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, badge)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines and some air."""
        height = option.fontMetrics.height()
        return QSize(_WIDTH, round(2.1 * height) + 14)


class Sidebar(QListWidget):
    """The pages by name.

    Signals:
        chosen(int): Row of the page the user went to.
    """

    chosen = Signal(int)

    def __init__(self, titles: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_PageDelegate(self))
        self.setAccessibleName(self.tr("Pages"))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        for title in titles:
            self.addItem(QListWidgetItem(title))
        self.currentRowChanged.connect(self._row_changed)

    def set_badge(self, row: int, text: str) -> None:
        """Says in a word or two how far the page's step is."""
        item = self.item(row)
        if item.data(_BADGE) != text:
            item.setData(_BADGE, text)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}: {text}" if text else item.text())

    def badge(self, row: int) -> str:
        """Returns what stands beside a page's name."""
        return str(self.item(row).data(_BADGE) or "")

    @Slot(int)
    def _row_changed(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(row)
