"""The plots of the Certify page: the learnability curve, the draws behind it, and how the surrogates learned.

While draws come in, the curve is computed anew off the GUI thread, at most twice a second. This module loads
pyqtgraph; the page imports it on first use.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QTabWidget, QWidget

from pue_desktop.engine.config import CertifyConfig
from pue_desktop.ui import curves
from pue_desktop.ui.curve_plot import CurvePlot
from pue_desktop.ui.curves import Curves
from pue_desktop.ui.plots import PROTECTED, UNPROTECTED, DrawsPlot, LinePlot
from pue_desktop.ui.series import SeriesStore
from pue_desktop.workers.background import Background

GROW_MS = 500
_ARMS = (PROTECTED, UNPROTECTED)


class CertifyPlots(QTabWidget):
    """Three tabs: curve, draws, training.

    Signals:
        failed(object): A plot could not be saved; the `PueError`.
    """

    failed = Signal(object)

    def __init__(self, series: SeriesStore, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._series = series
        self._background = background
        self._config = CertifyConfig()
        self._held: list[int] = []
        self._finished: Curves | None = None
        self._tab_chosen = False
        for widget in (self, self.tabBar()):
            widget.setAccessibleName(self.tr("Plots of the certificate"))
        self.setDocumentMode(True)
        self.curve = CurvePlot(
            title=self.tr("Certified learnability"),
            x=self.tr("η: how far the weights may lie from the surrogate's"),
            y=self.tr("accuracy at most (%)"),
        )
        self.draws = DrawsPlot(
            title=self.tr("Accuracy of the weight draws"), x=self.tr("accuracy (%)"), y=self.tr("draws")
        )
        self.training = {
            "loss": LinePlot(title=self.tr("Loss"), x=self.tr("step"), y="", names=_ARMS),
            "error": LinePlot(title=self.tr("Share it gets wrong"), x=self.tr("step"), y="", names=_ARMS, share=True),
        }
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        for plot in self.training.values():
            row.addWidget(plot)
        self.every = QCheckBox(self.tr("A&ll bounds"))
        self.every.setAccessibleName(self.tr("All bounds"))
        self.every.setToolTip(
            self.tr("Also for this η alone, for images like those of the hold-out, and for the mean of all networks.")
        )
        self.every.toggled.connect(self.curve.show_all)
        self.save = QPushButton(self.tr("Sa&ve plot…"))
        self.save.setAccessibleName(self.tr("Save plot"))
        self.save.setToolTip(self.tr("As SVG or PNG, or its figures as CSV; any plot by its context menu."))
        self.save.clicked.connect(self._save)
        corner = QWidget()
        beside = QHBoxLayout(corner)
        beside.setContentsMargins(0, 0, 0, 4)
        beside.addWidget(self.every)
        beside.addWidget(self.save)
        self.setCornerWidget(corner)
        for each in (self.curve, self.draws, *self.training.values()):
            each.failed.connect(self.failed)
        self.addTab(self.curve, self.tr("&Learnability"))
        self.addTab(self.draws, self.tr("&Draws"))
        self.addTab(both, self.tr("Surrogate &training"))
        self.currentChanged.connect(self._draw_tab)
        self.tabBarClicked.connect(self._tab_clicked)
        self._timer = QTimer(self, singleShot=True, interval=GROW_MS)
        self._timer.timeout.connect(self._draw_tab)

    def show_finished(self, finished: Curves) -> None:
        """Shows a finished certificate."""
        self._background.forget("curve")
        self._finished = finished
        self._lead_to(0)
        self.curve.show_curves(finished)
        self._draw_tab()

    def show_growing(self, config: CertifyConfig, held: list[int]) -> None:
        """Shows what the draws so far allow; call it whenever some came.

        Args:
            config: Settings of the certification.
            held: Hold-out images of each class; at least one in all.
        """
        self._config, self._held, self._finished = config, held, None
        drawn = self._series.get("certify", "draw/protected").x or self._series.get("certify", "draw/unprotected").x
        self._lead_to(0 if drawn else 2)
        if not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Ends the waiting for a redraw."""
        self._timer.stop()
        self._background.forget("curve")

    def _lead_to(self, tab: int) -> None:
        """Shows the tab on which something happens, unless the user has chosen one."""
        if not self._tab_chosen:
            self.setCurrentIndex(tab)

    @Slot(int)
    def _tab_clicked(self, _tab: int) -> None:
        self._tab_chosen = True

    @Slot()
    def _save(self) -> None:
        (self.curve, self.draws, self.training["loss"])[self.currentIndex()].save_action.trigger()

    def _accuracies(self, arm: str) -> list[float]:
        return list(self._series.get("certify", f"draw/{arm}").y)

    @Slot()
    def _draw_tab(self) -> None:
        shown = self.currentIndex()
        self.every.setVisible(shown == 0)
        if shown == 0 and self._finished is None:
            self._grow()
        elif shown == 1:
            self.draws.show_draws(self._accuracies(PROTECTED), self._accuracies(UNPROTECTED))
        elif shown == 2:
            for name, plot in self.training.items():
                plot.show_series({arm: self._series.get("certify", f"{name}/{arm}") for arm in _ARMS})

    def _grow(self) -> None:
        config, held = self._config, self._held
        protected, unprotected = self._accuracies(PROTECTED), self._accuracies(UNPROTECTED)
        if not protected and not unprotected:
            self.curve.show_curves(None)
            return
        self._background.submit(
            "curve", lambda: curves.grow(protected, unprotected, config, held), self.curve.show_curves
        )
