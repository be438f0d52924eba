"""The certificates of two runs in one picture. Loads pyqtgraph; import it on first use."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from pue_desktop.ui.curves import Curves
from pue_desktop.ui.plots import PROTECTED, UNPROTECTED, Plot
from pue_desktop.ui.text import figure, percent, plain

translate = QCoreApplication.translate
_COLORS = (PROTECTED, UNPROTECTED)
_LINES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine)
_SYMBOLS = ("o", "s")


class OverlayPlot(Plot):
    """Certified learnability of two runs over η: a thick line each, and a thin dotted one for the unprotected images.

    The runs differ in line style and symbol as well as in colour.
    """

    def __init__(self, *, title: str, x: str, y: str, parent: QWidget | None = None) -> None:
        self._runs: list[tuple[str, Curves]] = []
        super().__init__(title=title, x=x, y=y, parent=parent)

    def show_runs(self, runs: list[tuple[str, Curves]]) -> None:
        """Shows the curves of runs by name; at most two."""
        self._runs = runs
        self.redraw()

    def redraw(self) -> None:
        """Draws everything anew."""
        self.plot.clear()
        top = end = 0.0
        said = []
        for (name, curves), color, line, symbol in zip(self._runs, _COLORS, _LINES, _SYMBOLS, strict=False):
            protected, unprotected = curves.protected.certified, curves.unprotected.certified
            self.plot.plot(
                [eta for eta, _ in protected],
                [100 * value for _, value in protected],
                pen=self.pen(color, style=line),
                symbol=symbol,
                symbolSize=6,
                symbolPen=None,
                symbolBrush=self.color(color),
                name=_legend(name),
            )
            self.plot.plot(
                [eta for eta, _ in unprotected],
                [100 * value for _, value in unprotected],
                pen=self.pen(color, width=1.5, style=Qt.PenStyle.DotLine),
                name=_legend(self.tr("{}, unprotected").format(name)),
            )
            top = max([top, curves.chance or 0.0, *(value for _, value in (*protected, *unprotected))])
            end = max([end, *curves.protected.etas])
            words = self.tr("{name}: {protected}; unprotected: {unprotected}")
            said.append(words.format(name=plain(name), protected=_words(protected), unprotected=_words(unprotected)))
        self.plot.setXRange(0, end or 1.0, padding=0.02)
        self.plot.setYRange(0, min(100.0, max(top, 0.2) * 115), padding=0)
        self.say("; ".join(said))


def _words(points: list[tuple[float, float]]) -> str:
    if not points:
        return translate("OverlayPlot", "no certificate")
    first, last = points[0], points[-1]
    return translate("OverlayPlot", "at most {} at η {}, {} at η {}").format(
        percent(first[1]), figure(f"{first[0]:.3g}"), percent(last[1]), figure(f"{last[0]:.3g}")
    )


def _legend(name: str) -> str:
    """Returns a name for the legend, which reads HTML."""
    return plain(name).replace("&", "&amp;").replace("<", "&lt;")
