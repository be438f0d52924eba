"""What a certificate costs: how far the draws reach, and how many draws and how much time a wish takes."""

import msgspec
from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QDoubleSpinBox, QFormLayout, QPushButton, QVBoxLayout, QWidget

from pue_desktop.engine.config import CertifyConfig
from pue_desktop.engine.planner import MOST_DRAWS, Reach, draws_for, draws_needed, reach
from pue_desktop.ui.text import count, duration, figure, label

translate = QCoreApplication.translate


def reach_words(config: CertifyConfig) -> str:
    """Returns how far the draws that are set reach, in a sentence or two."""
    found = reach(
        q=config.q,
        sigma=config.sigma,
        draws=config.draws,
        confidence=config.confidence,
        surrogates=config.surrogate_seeds,
    )
    if found.alone is None:
        least = draws_needed(config.q, config.confidence)
        words = translate("Planner", "Too few draws: with this quantile and confidence at least {} are needed.")
        return words.format(count(least or MOST_DRAWS))
    alone = figure(f"{found.alone:g}")
    if found.together is None:
        words = translate("Planner", "These draws certify a single η up to {}, but no curve as a whole. More draws do.")
        return words.format(alone)
    words = translate("Planner", "These draws certify the whole curve up to η = {}, a single η up to {}.")
    return words.format(figure(f"{found.together:g}"), alone)


class Planner(QWidget):
    """A wish for η, and what it takes.

    Signals:
        chosen(int): The number of draws the user took.
        asked(): The wish changed; answer with `show_seconds`.
    """

    chosen = Signal(int)
    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._config = CertifyConfig()
        self._found: Reach | None = None
        self.eta = QDoubleSpinBox()
        self.eta.setRange(0.0, 20.0)
        self.eta.setDecimals(3)
        self.eta.setKeyboardTracking(False)
        self.eta.setAccessibleName(self.tr("Wanted η"))
        self.words = label(dim=True, scale=0.9)
        self.take = QPushButton(self.tr("&Use these draws"))
        self.take.setAccessibleName(self.tr("Use these draws"))
        title = label(self.tr("Wanted η, for the whole curve"))
        title.setBuddy(self.eta)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(title, self.eta)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        layout.addWidget(self.words)
        layout.addWidget(self.take)
        self.eta.valueChanged.connect(self._work_out)
        self.take.clicked.connect(self._taken)
        self.show_config(self._config)

    @property
    def wanted(self) -> CertifyConfig | None:
        """The settings with as many draws as the wish takes; None if no number that can be made suffices."""
        return None if self._found is None else msgspec.structs.replace(self._config, draws=self._found.draws)

    def show_config(self, config: CertifyConfig) -> None:
        """Plans with other settings; σ is the step of the wish's scale."""
        first = self._config.sigma != config.sigma or self.eta.value() == 0.0
        self._config = config
        self.eta.setSingleStep(config.sigma / 10)
        if first:
            self.eta.blockSignals(True)
            self.eta.setValue(config.sigma)
            self.eta.blockSignals(False)
        self._work_out()

    def show_seconds(self, seconds: float | None) -> None:
        """Shows how long the certification then takes here; None while unknown."""
        if self._found is None:
            self.words.setText(self.tr("More than {} draws: out of reach.").format(count(MOST_DRAWS)))
            return
        said = self.tr("takes {} draws").format(count(self._found.draws))
        if seconds is not None:
            said = self.tr("{}, about {} here").format(said, duration(seconds))
        self.words.setText(f"{said}.")

    @Slot()
    def _work_out(self) -> None:
        config = self._config
        self._found = draws_for(
            q=config.q,
            sigma=config.sigma,
            eta=self.eta.value(),
            confidence=config.confidence,
            surrogates=config.surrogate_seeds,
        )
        enough = self._found is not None and self._found.draws >= 10
        self.take.setEnabled(enough and self._found is not None and self._found.draws != config.draws)
        self.show_seconds(None)
        self.asked.emit()

    @Slot()
    def _taken(self) -> None:
        if self._found is not None:
            self.chosen.emit(self._found.draws)
