"""How one attacker learned: accuracy on clean images after each epoch. Takes pyqtgraph from `plots`; loaded late."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pue_desktop.engine.stress_attacks import Attack
from pue_desktop.ui.plots import FOUND, PROTECTED, UNPROTECTED, Plot
from pue_desktop.ui.stress_board import Pair
from pue_desktop.ui.text import percent, plain

ALONE = "alone"
_STYLES = (
    (UNPROTECTED, UNPROTECTED, Qt.PenStyle.DashLine, "s"),
    (ALONE, FOUND, Qt.PenStyle.DashDotLine, "t"),
    (PROTECTED, PROTECTED, Qt.PenStyle.SolidLine, "o"),
)
_MARKED = 40  # points; more marks would hide the line


class LearningPlot(Plot):
    """Learned from protected images, from the originals, by guessing; of several trainings their mean, and each."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        self._pair: Pair | None = None
        self._curves: Mapping[Attack, Sequence[float]] = {}
        self._chance: float | None = None
        self._missing = ""
        super().__init__(title="", x="", y="", parent=parent)
        self._titles = (self.tr("Learning curve"), self.tr("epoch"), self.tr("recognised (%)"))
        self.setAccessibleName(self._titles[0])
        self.canvas.setAccessibleName(self._titles[0])
        # At the left, where whoever learns is still low.
        self.legend.setOffset((8, 4))
        self._missing = self.tr("No epoch of this attack is over yet.")
        self._dress()

    def show_curves(self, pair: Pair | None, curves: Mapping[Attack, Sequence[float]], chance: float | None) -> None:
        """Shows the curves of one cell.

        Args:
            pair: Attacker and countermeasure; None: nothing.
            curves: Accuracy after each epoch, from the first, by attack.
            chance: Accuracy of always naming the largest class.
        """
        if (pair, curves, chance) == (self._pair, self._curves, self._chance):
            return
        self._pair, self._curves, self._chance = pair, dict(curves), chance
        name = self.tr("Learning curve")
        if pair is not None:
            name = self.tr("Learning curve: {attacker}, {countermeasure}").format(
                attacker=plain(pair[0]), countermeasure=plain(pair[1])
            )
        self._titles = (name, *self._titles[1:])
        self._dress()

    def redraw(self) -> None:
        """Draws everything anew; there are a few lines of a few dozen points."""
        self.plot.clear()
        values = [value for curve in self._curves.values() for value in curve]
        longest = max((len(curve) for curve in self._curves.values()), default=0)
        right = max(2, longest)
        said = []
        for arm, color, style, symbol in _STYLES:
            curves = [curve for attack, curve in self._curves.items() if attack.arm == arm and curve]
            if not curves:
                continue
            mean = _mean(curves)
            if len(curves) > 1:
                for curve in curves:
                    self._line(curve, self.pen(color, width=1, style=style, alpha=90))
            self.plot.plot(
                list(range(1, len(mean) + 1)),
                [100 * value for value in mean],
                pen=self.pen(color, style=style),
                symbol=symbol if len(mean) <= _MARKED else None,
                symbolSize=6,
                symbolPen=None,
                symbolBrush=self.color(color),
                name=self._name(arm),
            )
            said.append(
                self.tr("{line}: {last} after epoch {epoch}, {best} at best").format(
                    line=self._name(arm), last=percent(mean[-1]), epoch=len(mean), best=percent(max(mean))
                )
            )
        if self._chance is not None:
            self.plot.plot(
                [1, right],
                [100 * self._chance] * 2,
                pen=self.pen("chance", width=1.5, style=Qt.PenStyle.DotLine),
                name=self.tr("guessing"),
            )
            said.append(self.tr("guessing: {chance}").format(chance=percent(self._chance)))
        self.plot.setXRange(1, right, padding=0.03)
        # Room for the legend, which lies above the lines.
        self.plot.setYRange(0, min(105, 130 * max([*values, self._chance or 0.0, 0.2])), padding=0)
        self.say("; ".join(said) if longest else self._missing)

    def _name(self, arm: str) -> str:
        return {
            PROTECTED: self.tr("from protected images"),
            UNPROTECTED: self.tr("from the originals"),
            ALONE: self.tr("from his own originals alone"),
        }[arm]

    def _line(self, curve: Sequence[float], pen: object) -> None:
        self.plot.plot(list(range(1, len(curve) + 1)), [100 * value for value in curve], pen=pen)


def _mean(curves: Sequence[Sequence[float]]) -> list[float]:
    """Returns the mean after each epoch, of those that are that far."""
    of = [[curve[epoch] for curve in curves if epoch < len(curve)] for epoch in range(max(map(len, curves)))]
    return [sum(values) / len(values) for values in of]
