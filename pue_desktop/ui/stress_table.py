"""What attackers reached, as a table: measured, not certified."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from pue_desktop.engine.results import StressResult
from pue_desktop.ui.text import percent, tooltip


class StressTable(QTableWidget):
    """One row for each attacker and countermeasure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 6, parent)
        self.setAccessibleName(self.tr("What attackers reached"))
        titles = (
            (self.tr("Attacker"), self.tr("The network that learned from the images.")),
            (self.tr("Countermeasure"), self.tr("What was done to the images before learning.")),
            (self.tr("Protected"), self.tr("Accuracy on clean images after learning from the protected ones.")),
            (self.tr("Its best epoch"), self.tr("The highest accuracy at any time while it learned.")),
            (self.tr("Originals"), self.tr("The same network after learning from the originals.")),
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
        self.horizontalHeader().setHighlightSections(False)

    def show_result(self, result: StressResult | None) -> None:
        """Shows a result, or none."""
        rows = result.rows if result is not None else ()
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            chance = result.chance if result is not None else 0.0
            texts = (
                row.attacker,
                row.countermeasure,
                percent(row.accuracy),
                percent(row.best_accuracy),
                percent(row.clean_accuracy),
                percent(chance),
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column > 1:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(number, column, item)
        height = self.horizontalHeader().sizeHint().height() + 6
        height += sum(self.rowHeight(number) for number in range(min(4, len(rows)))) or self.fontMetrics().height() * 2
        self.setFixedHeight(height)
