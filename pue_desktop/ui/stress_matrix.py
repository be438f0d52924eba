"""The stress test as a matrix: countermeasures down, attackers across, the most dangerous at the top left.

Colour shows how much an attacker learned, and so do the words in the cell. Figures are measured, not certified.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from pue_desktop.engine.countermeasures import COUNTERMEASURES
from pue_desktop.engine.surrogates import SURROGATES
from pue_desktop.ui.engine_words import said
from pue_desktop.ui.stress_board import Board, Pair
from pue_desktop.ui.stress_words import cell_sentence, cell_words, level_names
from pue_desktop.ui.text import label, plain, tooltip

_LEVEL = int(Qt.ItemDataRole.UserRole)
_SHADES = (("#d3e8dd", "#1d4433"), ("#f4ecc2", "#463f14"), ("#f9d8b5", "#573613"), ("#f3bfba", "#612326"))
_LETTERS = 30  # of the longest first line of a cell
_WIDEST = 320
_ROWS_SHOWN = 3


def shade(level: int, palette: QPalette) -> QColor:
    """Returns the ground of a cell of that level of danger, on which the palette's text is readable."""
    dark = palette.color(QPalette.ColorRole.Base).lightnessF() < 0.5
    return QColor(_SHADES[level][dark])


class _Cells(QStyledItemDelegate):
    """Draws the ground by danger, and a frame around the chosen cell, which keeps its colour."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws one cell."""
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        option.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
        place = option.rect.adjusted(1, 1, -1, -1)
        level = index.data(_LEVEL)
        base = option.palette.color(QPalette.ColorRole.Base)
        # The table has painted a chosen cell already.
        painter.fillRect(option.rect, base)
        painter.fillRect(place, base if level is None else shade(int(level), option.palette))
        super().paint(painter, option, index)
        if chosen:
            width = 3 if option.widget is not None and option.widget.hasFocus() else 2
            painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Highlight), width))
            painter.drawRect(place.adjusted(1, 1, -1, -1))


class StressMatrix(QTableWidget):
    """Chooses among attacks.

    Signals:
        picked(object): The pair of attacker and countermeasure whose cell was chosen, by the user or by itself.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What attackers reached"))
        self.setItemDelegate(_Cells(self))
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(True)
        across, down = self.horizontalHeader(), self.verticalHeader()
        self._narrowest = _LETTERS * self.fontMetrics().averageCharWidth()
        across.setMinimumSectionSize(self._narrowest)
        across.setMaximumSectionSize(max(_WIDEST, self._narrowest))
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(2 * self.fontMetrics().lineSpacing() + 12)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        for header in (across, down):
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
        self._board: Board | None = None
        self._chosen: Pair | None = None
        self._by_hand = False
        self.currentCellChanged.connect(self._picked)

    @property
    def chosen(self) -> Pair | None:
        """The pair whose cell is chosen."""
        return self._chosen

    def minimumSizeHint(self) -> QSize:
        """A few rows."""
        return QSize(self._narrowest, self._height(_ROWS_SHOWN))

    def sizeHint(self) -> QSize:
        """As many rows as there are."""
        return QSize(self._narrowest * 2, self._height(max(_ROWS_SHOWN, self.rowCount())))

    def _height(self, rows: int) -> int:
        return self.horizontalHeader().sizeHint().height() + rows * self.verticalHeader().defaultSectionSize() + 4

    def forget_choice(self) -> None:
        """Lets the matrix choose by itself again: the cell at work, or the most dangerous."""
        self._chosen, self._by_hand = None, False

    def show_board(self, board: Board, *, paused: bool = False) -> None:
        """Shows another state; the chosen cell stays chosen wherever it comes to lie."""
        self._board = board
        summaries = {entry.name: entry.summary for table in (SURROGATES, COUNTERMEASURES) for entry in table}
        self.blockSignals(True)
        self.setRowCount(len(board.countermeasures))
        self.setColumnCount(len(board.attackers))
        for column, name in enumerate(board.attackers):
            self.setHorizontalHeaderItem(column, _header(name, summaries.get(name, "")))
        for row, name in enumerate(board.countermeasures):
            self.setVerticalHeaderItem(row, _header(name, summaries.get(name, "")))
            for column, attacker in enumerate(board.attackers):
                self._show_cell(row, column, (attacker, name), paused=paused)
        self._choose()
        self.blockSignals(False)
        self.updateGeometry()
        self.picked.emit(self._chosen)

    def _show_cell(self, row: int, column: int, pair: Pair, *, paused: bool) -> None:
        assert self._board is not None
        cell = self._board.cells[pair]
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            self.setItem(row, column, item)
        sentence = cell_sentence(cell, self._board.chance)
        item.setText("\n".join(words for words in cell_words(cell, paused=paused) if words))
        item.setData(_LEVEL, cell.level)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, sentence)
        item.setToolTip(tooltip(sentence))

    def _choose(self) -> None:
        board = self._board
        assert board is not None
        if self._chosen not in board.cells:
            self._chosen, self._by_hand = None, False
        if not self._by_hand:
            first = board.cells.get((board.attackers[0], board.countermeasures[0])) if board.cells else None
            chosen = board.at_work or board.most_dangerous or first
            self._chosen = chosen.pair if chosen is not None else None
        if self._chosen is not None:
            row, column = board.countermeasures.index(self._chosen[1]), board.attackers.index(self._chosen[0])
            if (row, column) != (self.currentRow(), self.currentColumn()):
                self.setCurrentCell(row, column)

    @Slot(int, int, int, int)
    def _picked(self, row: int, column: int, _from_row: int, _from_column: int) -> None:
        board = self._board
        if board is not None and row >= 0 and column >= 0:
            self._chosen, self._by_hand = (board.attackers[column], board.countermeasures[row]), True
            self.picked.emit(self._chosen)


def _header(name: str, summary: str) -> QTableWidgetItem:
    item = QTableWidgetItem(plain(name))
    item.setToolTip(tooltip(said(summary)))
    return item


class _Swatch(QWidget):
    """A square in the colour of a level."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level
        side = self.fontMetrics().height()
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fills it, with a frame, because some colours are close to the ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), shade(self._level, self.palette()))
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.drawRect(QRect(0, 0, self.width() - 1, self.height() - 1))


class StressLegend(QWidget):
    """What the colours of the matrix mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for level, name in enumerate(level_names()):
            words = label(name, scale=0.9)
            words.setWordWrap(False)
            row.addWidget(_Swatch(level))
            row.addWidget(words)
            row.addSpacing(8)
        row.addStretch(1)
