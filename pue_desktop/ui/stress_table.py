"""What attackers reached, every figure as a table: measured, not certified."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from pue_desktop.engine.countermeasures import COUNTERMEASURES
from pue_desktop.engine.stress_results import AttackFigures, StressRow
from pue_desktop.engine.surrogates import SURROGATES
from pue_desktop.ui.engine_words import said
from pue_desktop.ui.stress_words import with_interval
from pue_desktop.ui.text import percent, plain, tooltip


class StressTable(QTableWidget):
    """One row for each attacker and countermeasure, the most dangerous first; ± is half a 95 % interval over seeds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 7, parent)
        self.setAccessibleName(self.tr("All figures of the attackers"))
        titles = (
            (self.tr("Attacker"), self.tr("The network that learned from the images.")),
            (self.tr("Countermeasure"), self.tr("What was done to the images before learning.")),
            (self.tr("Protected"), self.tr("Accuracy on clean images after learning from the protected ones.")),
            (self.tr("Best epoch"), self.tr("The highest accuracy at any time while it learned.")),
            (self.tr("Originals"), self.tr("The same network after learning from the originals.")),
            (self.tr("Best epoch"), self.tr("The highest accuracy at any time while it learned from those.")),
            (self.tr("Chance"), self.tr("Accuracy of always naming the largest class.")),
        )
        for column, (title, meaning) in enumerate(titles):
            item = QTableWidgetItem(title)
            item.setToolTip(tooltip(meaning))
            self.setHorizontalHeaderItem(column, item)
        self.verticalHeader().setVisible(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in range(2):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setHighlightSections(False)

    def show_rows(self, rows: Sequence[StressRow], chance: float) -> None:
        """Shows figures in the order given, and what guessing gets."""
        summaries = {entry.name: entry.summary for table in (SURROGATES, COUNTERMEASURES) for entry in table}
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            figures = [with_interval(row, name) for name in AttackFigures.__struct_fields__]
            for column, text in enumerate((row.attacker, row.countermeasure, *figures, percent(chance))):
                item = QTableWidgetItem(plain(text))
                if column > 1:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                elif text in summaries:
                    item.setToolTip(tooltip(said(summaries[text])))
                self.setItem(number, column, item)
