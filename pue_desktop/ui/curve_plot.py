"""The learnability curve as a plot, with what searches found. Takes pyqtgraph from `plots`; loaded on first use."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QBrush, QColor, QPalette
from PySide6.QtWidgets import QWidget

from pue_desktop.engine.recovery_results import RecoveryPoint, axis_places, axis_ticks
from pue_desktop.ui.curves import Curves
from pue_desktop.ui.plots import ABOVE, BEYOND, CHANCE, FOUND, PROTECTED, UNPROTECTED, Plot, pg, series_name
from pue_desktop.ui.text import count, figure, percent

translate = QCoreApplication.translate
# Of the mark beside a name in the legend, with what is free around it; in pixels.
_SAMPLE_WIDTH = 50


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
            self.plot.setXRange(0, 1, padding=0.02)
            self.plot.setYRange(0, 100, padding=0)
            self._write(self._waiting, 0.5, 50)
            self.say(self._waiting)
            return
        end = max(curves.protected.etas, default=1.0)
        places = axis_places([point.eta for point in curves.found], end)
        right = max([end, *places.values()])
        self.plot.getAxis("bottom").setTicks([_ticks(end, places), []] if right > end else None)
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
                name=series_name(name),
            )
        if curves.chance is not None:
            chance = [curves.chance * 100] * 2
            self.plot.plot(
                [0, right],
                chance,
                pen=self.pen(CHANCE, width=1.5, style=Qt.PenStyle.DotLine),
                name=series_name(CHANCE),
            )
        values = [value for curve in (curves.protected, curves.unprotected) for _, value in curve.certified]
        if self._all:
            values += self._other_bounds(curves)
        values += [point.accuracy for point in curves.found]
        self._searches(curves, places, end)
        top = max([*values, curves.chance or 0.0, 0.2])
        self.plot.setXRange(0, right, padding=0.02)
        # Points may lie anywhere: the legend goes above them.
        self.legend.setColumnCount(self._columns() if curves.found else 1)
        self.plot.setYRange(0, top * 150 if curves.found else min(100.0, top * 115), padding=0)
        self._tell(curves)

    def _columns(self) -> int:
        """Returns how many names fit side by side in the legend."""
        names = (CHANCE, PROTECTED, UNPROTECTED)
        words = [*map(series_name, names), self.tr("found by a search"), self.tr("found beyond")]
        widest = max(self.fontMetrics().horizontalAdvance(each) for each in words) + _SAMPLE_WIDTH
        return max(1, min(4, (self.width() - 2 * _SAMPLE_WIDTH) // widest))

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
        shade = QColor(self.color(CHANCE))
        shade.setAlpha(110)
        region = pg.LinearRegionItem(
            (start, right), movable=False, brush=QBrush(shade, Qt.BrushStyle.BDiagPattern), pen=pg.mkPen(None)
        )
        region.setZValue(-10)
        self.plot.addItem(region)
        words = self.tr("no certificate")
        if curves.growing:
            words = self.tr("no certificate yet, {} draws").format(count(max(curves.draws)))
        self._write(words, (start + end) / 2, 0, above=True)

    def _write(self, text: str, x: float, y: float, *, above: bool = False) -> None:
        palette = self.palette()
        words = pg.TextItem(text, color=palette.color(QPalette.ColorRole.Text), anchor=(0.5, 1.2 if above else 0.5))
        words.fill = pg.mkBrush(palette.color(QPalette.ColorRole.Base))
        words.setPos(x, y)
        self.plot.addItem(words, ignoreBounds=True)

    def _tell(self, curves: Curves) -> None:
        said = [self.tr("{} draws protected, {} unprotected").format(*map(count, curves.draws))]
        for name, curve in ((PROTECTED, curves.protected), (UNPROTECTED, curves.unprotected)):
            points = curve.certified
            if points:
                first, last = points[0], points[-1]
                words = self.tr("{}: at most {} at η {}, {} at η {}").format(
                    series_name(name), percent(first[1]), _eta(first[0]), percent(last[1]), _eta(last[0])
                )
            else:
                words = self.tr("{}: no certificate").format(series_name(name))
            said.append(words)
        if curves.chance is not None:
            said.append(self.tr("chance: {}").format(percent(curves.chance)))
        said += [_figures(point) for point in curves.found]
        self.say("; ".join(said))


def _kind(point: RecoveryPoint) -> str:
    return ABOVE if point.above else BEYOND if point.certified is None else FOUND


def _figures(point: RecoveryPoint) -> str:
    """Returns one search in words."""
    parts = [translate("CurvePlot", "found at η {}: {}").format(_eta(point.eta), percent(point.accuracy))]
    if point.certified is None:
        parts.append(translate("CurvePlot", "nothing certified"))
    else:
        parts.append(translate("CurvePlot", "certified at most {}").format(percent(point.certified)))
    if point.statistics == "free":
        parts.append(translate("CurvePlot", "own statistics"))
    if point.above:
        parts.append(translate("CurvePlot", "above the curve"))
    return ", ".join(parts)


def _ticks(end: float, places: dict[float, float]) -> list[tuple[float, str]]:
    return [(place, figure(text)) for place, text in axis_ticks(end, places)]


def _eta(value: float) -> str:
    return figure(f"{value:.3g}")


def _tip(*, x: float, y: float, data: str) -> str:
    del x, y
    return data
