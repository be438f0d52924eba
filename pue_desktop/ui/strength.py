"""How strong and how thorough: a slider with three stops and a choice of efforts, each with what it means."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QSlider, QVBoxLayout, QWidget

from pue_desktop.engine.plans import EFFORTS, STRENGTHS
from pue_desktop.ui.engine_words import said
from pue_desktop.ui.text import duration, figure, label, tooltip


class StrengthSlider(QWidget):
    """Subtle, standard or strong.

    Signals:
        chosen(str): Name of the strength the user took.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, len(STRENGTHS) - 1)
        self.slider.setPageStep(1)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.setTickInterval(1)
        self.slider.setAccessibleName(self.tr("Strength"))
        self.slider.valueChanged.connect(self._moved)
        self.words = label(dim=True, scale=0.9)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.slider, 0, 0, 1, 3)
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)
        for place, (title, side) in enumerate(zip(self._titles(), sides, strict=True)):
            grid.addWidget(label(title), 1, place, side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(grid)
        layout.addWidget(self.words)
        self.show_epsilon(STRENGTHS["standard"])

    def _titles(self) -> tuple[str, str, str]:
        return self.tr("Subtle"), self.tr("Standard"), self.tr("Strong")

    def _meanings(self) -> tuple[str, str, str]:
        return (
            self.tr("Hardly visible, and the weakest protection."),
            self.tr("A faint texture on smooth areas. Right for most images."),
            self.tr("A visible texture, and the best protection."),
        )

    def show_epsilon(self, epsilon_255: float) -> None:
        """Shows a strength without telling anybody; one between the stops is shown at the nearest."""
        values = list(STRENGTHS.values())
        place = min(range(len(values)), key=lambda one: abs(values[one] - epsilon_255))
        self.slider.blockSignals(True)
        self.slider.setValue(place)
        self.slider.blockSignals(False)
        changes = self.tr("Changes every pixel by at most {} of 255.").format(figure(f"{epsilon_255:g}"))
        self.words.setText(f"{changes} {self._meanings()[place]}")
        self.slider.setAccessibleDescription(self.words.text())

    @Slot(int)
    def _moved(self, place: int) -> None:
        self.chosen.emit(list(STRENGTHS)[place])


class EffortChoice(QWidget):
    """Draft, standard or paper, with the time it takes here once that is known.

    Signals:
        chosen(str): Name of the effort the user took.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seconds: dict[str, float] = {}
        self.box = QComboBox()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(8)
        self.box.setAccessibleName(self.tr("Effort"))
        for name, summary in EFFORTS.items():
            self.box.addItem(self._title(name), name)
            self.box.setItemData(self.box.count() - 1, tooltip(said(summary)), Qt.ItemDataRole.ToolTipRole)
        self.box.activated.connect(self._activated)
        self.words = label(dim=True, scale=0.9)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(self.box)
        layout.addWidget(self.words)
        self.show_effort("draft")

    def _title(self, name: str) -> str:
        known = {"draft": self.tr("Draft"), "standard": self.tr("Standard"), "paper": self.tr("Paper")}
        return known.get(name, name.capitalize())

    def show_effort(self, name: str) -> None:
        """Shows a choice without telling anybody."""
        self.box.setCurrentIndex(max(0, self.box.findData(name)))
        self._explain()

    def show_seconds(self, seconds: dict[str, float]) -> None:
        """Shows how long each effort will take here."""
        self._seconds = seconds
        for place in range(self.box.count()):
            name = str(self.box.itemData(place))
            title = self._title(name)
            if name in seconds:
                title = self.tr("{} (about {} here)").format(title, duration(seconds[name]))
            self.box.setItemText(place, title)
        self._explain()

    def _explain(self) -> None:
        self.words.setText(said(EFFORTS[str(self.box.currentData())]))
        self.box.setAccessibleDescription(self.words.text())

    @Slot(int)
    def _activated(self, place: int) -> None:
        self._explain()
        self.chosen.emit(str(self.box.itemData(place)))
