"""Every plot of the window. The only module that imports pyqtgraph; pages load it on first use.

Colours come from the palette, so that light and dark follow the system; what matters differs in line style as well as
in colour. Each plot says its figures in its accessible description. Nothing here draws more than `POINTS` points.
"""

import sys
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPalette
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pue_desktop.engine.recovery_results import RecoveryPoint, axis_places, axis_ticks
from pue_desktop.ui.curves import Curves
from pue_desktop.ui.series import Series
from pue_desktop.ui.text import percent

_hook = sys.excepthook
import pyqtgraph as pg  # noqa: E402

# WORKAROUND https://github.com/pyqtgraph/pyqtgraph/issues/1160: importing it replaces the hook for uncaught errors.
sys.excepthook = _hook
pg.setConfigOptions(antialias=True, exitCleanup=False)

POINTS = 400
PROTECTED, UNPROTECTED = "protected", "unprotected"
FOUND, ABOVE, BEYOND = "found", "above", "beyond"


class Plot(QWidget):
    """A titled plot in the colours of the palette."""

    def __init__(self, *, title: str, x: str, y: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._titles = (title, x, y)
        self.canvas = pg.PlotWidget(self)
        self.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.canvas.setAccessibleName(title)
        self.canvas.setMenuEnabled(False)
        self.canvas.setMouseEnabled(False, False)
        self.canvas.hideButtons()
        self.canvas.setFrameShape(self.canvas.Shape.NoFrame)
        self.plot = self.canvas.getPlotItem()
        self.plot.showGrid(x=True, y=True, alpha=0.15)
        self.legend = self.plot.addLegend(offset=(-8, 8))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 140)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self._curves: dict[str, Any] = {}
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._dress()

    def say(self, text: str) -> None:
        """Tells the figures to screen readers."""
        self.setAccessibleDescription(text)
        self.canvas.setAccessibleDescription(text)

    def color(self, name: str) -> QColor:
        """Returns the colour of an arm, readable on the palette's background."""
        dark = self.palette().color(QPalette.ColorRole.Base).lightnessF() < 0.5
        shades = {
            PROTECTED: ("#1668b8", "#6cb4f5"),
            UNPROTECTED: ("#a34407", "#f5a05a"),
            FOUND: ("#7a3e8e", "#c99be0"),
            ABOVE: ("#c8102e", "#ff6b6b"),
        }
        plain, on_dark = shades.get(name, ("#5a5a5a", "#b0b0b0"))
        return QColor(on_dark if dark else plain)

    def pen(
        self, name: str, *, width: float = 2.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine, alpha: int = 255
    ) -> Any:
        """Returns a pen in the colour of an arm."""
        color = QColor(self.color(name))
        color.setAlpha(alpha)
        return pg.mkPen(color, width=width, style=style)

    def redraw(self) -> None:
        """Draws again what depends on colours. Subclasses with fixed items override it."""

    def _dress(self) -> None:
        palette, font = self.palette(), QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.9)
        text = palette.color(QPalette.ColorRole.Text)
        self.canvas.setBackground(palette.color(QPalette.ColorRole.Base))
        title, x, y = self._titles
        size = f"{font.pointSizeF():.0f}pt"
        self.plot.setTitle(title, color=text.name(), size=f"{self.font().pointSizeF():.0f}pt")
        for side, words in (("bottom", x), ("left", y)):
            axis = self.plot.getAxis(side)
            axis.setPen(pg.mkPen(text, width=1))
            axis.setTextPen(text)
            axis.setTickFont(font)
            axis.setLabel(words, **{"color": text.name(), "font-size": size})
            axis.enableAutoSIPrefix(False)
        self.legend.setLabelTextColor(text)
        self.legend.setLabelTextSize(size)
        self.redraw()


class LinePlot(Plot):
    """Noisy series: a faint line for what was measured, a clear one for its mean."""

    def __init__(
        self, *, title: str, x: str, y: str, names: Sequence[str], share: bool = False, parent: QWidget | None = None
    ) -> None:
        self._names = tuple(names)
        self._share = share
        self._lines: dict[str, tuple[Any, Any]] = {}
        super().__init__(title=title, x=x, y=y, parent=parent)
        for name in names:
            faint = self.plot.plot([], [])
            self._lines[name] = (faint, self.plot.plot([], [], name=name if len(names) > 1 else None))
        if share:
            self.plot.setYRange(0, 1, padding=0.03)
        self._dress()

    def redraw(self) -> None:
        """Colours the lines."""
        for name, (faint, clear) in self._lines.items():
            color = name if len(self._names) > 1 else PROTECTED
            style = Qt.PenStyle.DashLine if name == UNPROTECTED else Qt.PenStyle.SolidLine
            faint.setPen(self.pen(color, width=1, alpha=70))
            clear.setPen(self.pen(color, style=style))

    def show_series(self, series: dict[str, Series]) -> None:
        """Shows the series by name."""
        said = []
        for name, one in series.items():
            faint, clear = self._lines[name]
            faint.setData(*one.thinned(POINTS))
            clear.setData(*one.smoothed(POINTS))
            if one.y:
                value = percent(one.y[-1]) if self._share else f"{one.y[-1]:.3g}"
                said.append(f"{name}: {value} at {one.x[-1]:g}")
        self.say("; ".join(said))


class DrawsPlot(Plot):
    """How accurate the weight draws are: a histogram of both arms."""

    def __init__(self, *, title: str, x: str, y: str, parent: QWidget | None = None) -> None:
        self._bars: dict[str, Any] = {}
        super().__init__(title=title, x=x, y=y, parent=parent)
        for name in (PROTECTED, UNPROTECTED):
            self._bars[name] = self.plot.plot([0, 0], [0], stepMode="center", fillLevel=0, name=name)
        self._dress()

    def redraw(self) -> None:
        """Colours the bars."""
        for name, bars in self._bars.items():
            fill = QColor(self.color(name))
            fill.setAlpha(80)
            style = Qt.PenStyle.DashLine if name == UNPROTECTED else Qt.PenStyle.SolidLine
            bars.setPen(self.pen(name, width=1.5, style=style))
            bars.setBrush(fill)

    def show_draws(self, protected: Sequence[float], unprotected: Sequence[float]) -> None:
        """Shows the accuracies of all draws so far."""
        import numpy as np

        both = [*protected, *unprotected]
        if not both:
            for bars in self._bars.values():
                bars.setData([0, 0], [0])
            self.say("")
            return
        low, high = min(both), max(both)
        margin = max(0.01, (high - low) * 0.05)
        edges = np.linspace(max(0.0, low - margin), min(1.0, high + margin), 41)
        said = []
        for name, values in ((PROTECTED, protected), (UNPROTECTED, unprotected)):
            counts, _ = np.histogram(values, edges)
            self._bars[name].setData(edges * 100, counts)
            if len(values):
                said.append(f"{name}: {len(values)} draws, median accuracy {percent(float(np.median(values)))}")
        self.say("; ".join(said))


class CurvePlot(Plot):
    """Certified learnability over η: protected, unprotected, chance; hatched where there is no certificate.

    Points are what a search near the certified networks found: red crosses above the curve, grey beyond it, where the
    axis goes on in steps. Below the unprotected curve a band reaches down to what that certificate can't fall below.
    With `show_all` thin lines show the other kinds of bounds for the protected images.
    """

    def __init__(self, *, title: str, x: str, y: str, parent: QWidget | None = None) -> None:
        self._shown: Curves | None = None
        self._all = False
        self._waiting = ""
        super().__init__(title=title, x=x, y=y, parent=parent)
        self._waiting = self.tr("The curve begins with the first weight draws.")
        self.redraw()

    def show_curves(self, curves: Curves | None) -> None:
        """Shows another state of the curves, or none."""
        self._shown = curves
        self.redraw()

    def show_all(self, every: bool) -> None:
        """Shows every kind of bound, or only those that hold along the whole curve."""
        self._all = every
        self.redraw()

    def redraw(self) -> None:
        """Draws everything anew; a curve has a few dozen points."""
        self.plot.clear()
        curves = self._shown
        if curves is None:
            self.plot.setXRange(0, 1)
            self.plot.setYRange(0, 100)
            self._write(self._waiting, 0.5, 50)
            self.say(self._waiting)
            return
        end = max(curves.protected.etas, default=1.0)
        places = axis_places([point.eta for point in curves.found], end)
        right = max([end, *places.values()])
        self.plot.getAxis("bottom").setTicks([axis_ticks(end, places), []] if right > end else None)
        self._hatch(curves, end, right)
        self._band(curves)
        for name, curve, symbol in (
            (UNPROTECTED, curves.unprotected, "s"),
            (PROTECTED, curves.protected, "o"),
        ):
            points = curve.certified
            style = Qt.PenStyle.DashLine if name == UNPROTECTED else Qt.PenStyle.SolidLine
            self.plot.plot(
                [eta for eta, _ in points],
                [value * 100 for _, value in points],
                pen=self.pen(name, style=style),
                symbol=symbol,
                symbolSize=6,
                symbolPen=None,
                symbolBrush=self.color(name),
                name=name,
            )
        if curves.chance is not None:
            chance = [curves.chance * 100] * 2
            self.plot.plot(
                [0, right], chance, pen=self.pen("chance", width=1.5, style=Qt.PenStyle.DotLine), name="chance"
            )
        values = [value for curve in (curves.protected, curves.unprotected) for _, value in curve.certified]
        if self._all:
            values += self._other_bounds(curves)
        values += [point.accuracy for point in curves.found]
        self._searches(curves, places, end)
        top = max([*values, curves.chance or 0.0, 0.2])
        self.plot.setXRange(0, right, padding=0.02)
        # Points may lie anywhere: the legend goes above them.
        self.legend.setColumnCount(4 if curves.found else 1)
        self.plot.setYRange(0, top * 150 if curves.found else min(100.0, top * 115), padding=0)
        self._tell(curves)

    def _searches(self, curves: Curves, places: dict[float, float], end: float) -> None:
        """Draws what was found, with its figures under the pointer; what lies above the curve on top."""
        beyond = [place for place in places.values() if place > end]
        if beyond:
            pen = self.pen(BEYOND, width=1, style=Qt.PenStyle.DotLine)
            self.plot.addItem(pg.InfiniteLine((end + min(beyond)) / 2, pen=pen))
        for kind, words in (
            (FOUND, self.tr("found by a search")),
            (BEYOND, self.tr("found beyond")),
            (ABOVE, self.tr("found above")),
        ):
            for own in (False, True):
                points = [p for p in curves.found if _kind(p) == kind and (p.statistics == "free") is own]
                if points:
                    marks = pg.ScatterPlotItem(
                        x=[places[point.eta] for point in points],
                        y=[100 * point.accuracy for point in points],
                        data=[_figures(point) for point in points],
                        symbol="x" if kind == ABOVE else "t1",
                        size=11,
                        pen=pg.mkPen(self.color(kind), width=1.5),
                        brush=pg.mkBrush(None if own else self.color(kind)),
                        hoverable=True,
                        hoverSize=15,
                        tip=_tip,
                        # One of the hollow marks explains them all.
                        name=words if not own else self.tr("own statistics") if kind == BEYOND else None,
                    )
                    marks.setZValue(10 if kind == ABOVE else 5)
                    self.plot.addItem(marks)

    def _band(self, curves: Curves) -> None:
        floor = dict(curves.unprotected.points(curves.at_least))
        both = [(eta, value) for eta, value in curves.unprotected.certified if eta in floor]
        if not both:
            return
        etas = [eta for eta, _ in both]
        fill = QColor(self.color(UNPROTECTED))
        fill.setAlpha(60)
        edges = [
            pg.PlotDataItem(etas, [100 * floor[eta] for eta in etas]),
            pg.PlotDataItem(etas, [100 * value for _, value in both]),
        ]
        self.plot.addItem(pg.FillBetweenItem(*edges, brush=fill))

    def _other_bounds(self, curves: Curves) -> list[float]:
        """Draws them; returns their values."""
        found: list[float] = []
        curve = curves.protected
        for name, values, style in (
            (self.tr("this η alone"), curve.alone, Qt.PenStyle.DotLine),
            (self.tr("images like these"), curve.population, Qt.PenStyle.DashLine),
            (self.tr("mean"), curve.mean, Qt.PenStyle.DashDotLine),
        ):
            points = curve.points(values)
            found += [value for _, value in points]
            pen = self.pen(PROTECTED, width=1.5, style=style)
            self.plot.plot([eta for eta, _ in points], [100 * value for _, value in points], pen=pen, name=name)
        return found

    def _hatch(self, curves: Curves, end: float, right: float) -> None:
        points = curves.protected.certified
        start = points[-1][0] if points else 0.0
        if start >= right:
            return
        shade = QColor(self.color("chance"))
        shade.setAlpha(110)
        region = pg.LinearRegionItem(
            (start, right), movable=False, brush=QBrush(shade, Qt.BrushStyle.BDiagPattern), pen=pg.mkPen(None)
        )
        region.setZValue(-10)
        self.plot.addItem(region)
        words = self.tr("no certificate")
        if curves.growing:
            words = self.tr("no certificate yet, {} draws").format(f"{max(curves.draws):,}")
        self._write(words, (start + end) / 2, 0, above=True)

    def _write(self, text: str, x: float, y: float, *, above: bool = False) -> None:
        palette = self.palette()
        words = pg.TextItem(text, color=palette.color(QPalette.ColorRole.Text), anchor=(0.5, 1.2 if above else 0.5))
        words.fill = pg.mkBrush(palette.color(QPalette.ColorRole.Base))
        words.setPos(x, y)
        self.plot.addItem(words, ignoreBounds=True)

    def _tell(self, curves: Curves) -> None:
        said = [f"{curves.draws[0]} draws protected, {curves.draws[1]} unprotected"]
        for name, curve in ((PROTECTED, curves.protected), (UNPROTECTED, curves.unprotected)):
            points = curve.certified
            if points:
                first, last = points[0], points[-1]
                said.append(
                    f"{name}: at most {percent(first[1])} at η {first[0]:.3g}, {percent(last[1])} at η {last[0]:.3g}"
                )
            else:
                said.append(f"{name}: no certificate")
        if curves.chance is not None:
            said.append(f"chance: {percent(curves.chance)}")
        said += [_figures(point) for point in curves.found]
        self.say("; ".join(said))


def _kind(point: RecoveryPoint) -> str:
    return ABOVE if point.above else BEYOND if point.certified is None else FOUND


def _figures(point: RecoveryPoint) -> str:
    """Returns one search in words."""
    beside = "nothing certified" if point.certified is None else f"certified at most {percent(point.certified)}"
    own = ", own statistics" if point.statistics == "free" else ""
    above = ", above the curve" if point.above else ""
    return f"found at η {point.eta:.3g}{own}: {percent(point.accuracy)}, {beside}{above}"


def _tip(*, x: float, y: float, data: str) -> str:
    del x, y
    return data
