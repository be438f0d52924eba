"""Two runs side by side: their settings and figures in a table, their certificates in one plot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from pue_desktop.ui import curves
from pue_desktop.ui.comparison import Comparison, Line
from pue_desktop.ui.engine_words import said
from pue_desktop.ui.layouts import Columns, CurrentStack
from pue_desktop.ui.text import label, plain, tooltip

if TYPE_CHECKING:
    from pue_desktop.ui.overlay_plot import OverlayPlot


class CompareView(QWidget):
    """What differs between two runs. Signals: back_wanted(): the user wants the list again."""

    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparison: Comparison | None = None
        self.plot: OverlayPlot | None = None
        self.back_button = QPushButton(self.tr("&Back to the list"))
        self.back_button.setAccessibleName(self.tr("Back to the list"))
        self.back_button.clicked.connect(self.back_wanted)
        self.heading = label(bold=True, scale=1.3)
        self.only_different = QCheckBox(self.tr("Only what di&ffers"))
        self.only_different.setAccessibleName(self.tr("Only what differs"))
        self.only_different.setChecked(True)
        self.only_different.toggled.connect(self._fill)
        self.same = label(self.tr("Settings and figures of both runs are the same."), dim=True)
        self.table = self._make_table()
        self.no_plot = label(self.tr("Neither of them is certified yet."), dim=True)
        self.no_plot.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.plots = CurrentStack()
        self.plots.addWidget(self.no_plot)
        self.plots.setMinimumSize(300, 220)
        self._lay_out()

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setAccessibleName(self.tr("Settings and figures of both runs"))
        table.verticalHeader().setVisible(False)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setAlternatingRowColors(True)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.setMinimumHeight(200)
        return table

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignTop)
        left = QWidget()
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.only_different)
        rows.addWidget(self.same)
        rows.addWidget(self.table, 1)
        self.columns = Columns(left, self.plots, width=520)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.columns, 1)

    def show_comparison(self, comparison: Comparison) -> None:
        """Shows two other runs."""
        self._comparison = comparison
        names = [plain(one.path.name) for one in (comparison.left, comparison.right)]
        self.heading.setText(self.tr("{} and {}").format(*names))
        self.table.setHorizontalHeaderLabels(["", *names])
        for column, one in ((1, comparison.left), (2, comparison.right)):
            item = self.table.horizontalHeaderItem(column)
            if item is not None:
                item.setToolTip(tooltip(plain(str(one.path))))
        self._fill()
        self._draw(comparison)

    @Slot()
    def _fill(self) -> None:
        if self._comparison is None:
            return
        lines = [line for line in self._comparison.lines if line.differs or not self.only_different.isChecked()]
        self.same.setVisible(not lines)
        self.table.setVisible(bool(lines))
        self.table.clearSpans()
        self.table.setRowCount(0)
        group = ""
        for line in lines:
            if line.group != group:
                group = line.group
                self._add_heading(group)
            self._add(line)

    def _add_heading(self, group: str) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        item = QTableWidgetItem(said(group))
        font = QFont(self.table.font())
        font.setBold(True)
        item.setFont(font)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.table.setItem(row, 0, item)
        self.table.setSpan(row, 0, 1, 3)

    def _add(self, line: Line) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, text in enumerate(map(said, (line.title, line.left, line.right))):
            item = QTableWidgetItem(text)
            item.setToolTip(tooltip(text))
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            self.table.setItem(row, column, item)

    def _draw(self, comparison: Comparison) -> None:
        entries = (comparison.left, comparison.right)
        found = [(one.path.name, curves.finished(one.certified)) for one in entries if one.certified is not None]
        if not found:
            self.plots.setCurrentIndex(0)
            return
        if self.plot is None:
            from pue_desktop.ui.overlay_plot import OverlayPlot

            self.plot = OverlayPlot(
                title=self.tr("Certified learnability of both runs"),
                x=self.tr("η: how far the weights may lie from the surrogate's"),
                y=self.tr("accuracy at most (%)"),
            )
            self.plots.addWidget(self.plot)
        self.plots.setCurrentWidget(self.plot)
        self.plot.show_runs(found)
