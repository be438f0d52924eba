"""What all plots of the window share, and the simple ones. The only module that imports pyqtgraph, loaded on first use.

Colours come from the palette, so that light and dark follow the system; what matters differs in line style as well as
in colour. Each plot says its figures in its accessible description, under the pointer, and in the files it can be saved
as. Nothing here draws more than `POINTS` points.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QFont, QPalette, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QVBoxLayout, QWidget

from pue_desktop.engine.errors import PueError
from pue_desktop.engine.files import write_atomically
from pue_desktop.ui import contrast
from pue_desktop.ui.plot_saving import FORMATS, Line, contents, with_suffix
from pue_desktop.ui.series import Series
from pue_desktop.ui.text import count, figure, percent

_hook = sys.excepthook
import pyqtgraph as pg  # noqa: E402

# WORKAROUND https://github.com/pyqtgraph/pyqtgraph/issues/1160: importing it replaces the hook for uncaught errors.
sys.excepthook = _hook
pg.setConfigOptions(antialias=True, exitCleanup=False)

__all__ = [
    "ABOVE",
    "BEYOND",
    "CHANCE",
    "FOUND",
    "PROTECTED",
    "UNPROTECTED",
    "DrawsPlot",
    "LinePlot",
    "Plot",
    "pg",
    "series_name",
]

POINTS = 400
PROTECTED, UNPROTECTED, CHANCE = "protected", "unprotected", "chance"
FOUND, ABOVE, BEYOND = "found", "above", "beyond"
# For high contrast: at least 7 to 1 on white, and on black.
_CLEAR = {
    PROTECTED: ("#003f8a", "#7cc4ff"),
    UNPROTECTED: ("#7a2e00", "#ffb05c"),
    FOUND: ("#5a1f70", "#e0b3f5"),
    ABOVE: ("#8f0018", "#ff9a9a"),
}


def series_name(name: str) -> str:
    """Returns what people call a series."""
    known = {
        PROTECTED: QCoreApplication.translate("Plot", "protected"),
        UNPROTECTED: QCoreApplication.translate("Plot", "unprotected"),
        CHANCE: QCoreApplication.translate("Plot", "chance"),
        "loss": QCoreApplication.translate("Plot", "loss"),
        "error": QCoreApplication.translate("Plot", "error"),
    }
    return known.get(name, name)


class _Axis(pg.AxisItem):  # type: ignore[misc]
    """An axis whose figures are written as the language does."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Returns the words at the ticks."""
        return [figure(text) for text in super().tickStrings(values, scale, spacing)]


class Plot(QWidget):
    """A titled plot in the colours of the palette; its context menu saves it as a file.

    Signals:
        failed(object): It could not be saved; the `PueError`.
    """

    failed = Signal(object)

    def __init__(self, *, title: str, x: str, y: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._titles = (title, x, y)
        self.canvas = pg.PlotWidget(self, axisItems={side: _Axis(side) for side in ("bottom", "left")})
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
        self._pointed = pg.TextItem(anchor=(0, 0))
        self._pointed.setZValue(10)
        self._pointed.hide()
        self.canvas.scene().sigMouseMoved.connect(self._point)
        self.save_action = QAction(self.tr("&Save this plot…"), self)
        self.save_action.triggered.connect(self._save)
        self.addAction(self.save_action)
        self.canvas.addAction(self.save_action)
        self.canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._dress()

    def lines(self) -> list[Line]:
        """Returns what the named lines show."""
        return _lines({item.name(): item for item in self.plot.listDataItems() if item.name()})

    def read_out(self, x: float) -> str:
        """Returns the values of all lines nearest to `x`."""
        near = [(line.name, line.near(x)) for line in self.lines()]
        return "\n".join(
            figure(f"{point[1]:.4g} ({point[0]:.3g})").join((f"{name}: ", ""))
            for name, point in near
            if point is not None
        )

    def leaveEvent(self, event: QEvent) -> None:
        """Forgets the pointer."""
        super().leaveEvent(event)
        self._pointed.hide()

    @Slot(QPointF)
    def _point(self, place: QPointF) -> None:
        view = self.plot.getViewBox()
        inside = view.sceneBoundingRect().contains(place)
        words = self.read_out(view.mapSceneToView(place).x()) if inside else ""
        if self._pointed.scene() is None and words:
            self.plot.addItem(self._pointed, ignoreBounds=True)  # drawing anew may have taken it away
        self._pointed.setVisible(bool(words))
        if words:
            palette = self.palette()
            self._pointed.setText(words, color=palette.color(QPalette.ColorRole.Text))
            self._pointed.fill = pg.mkBrush(palette.color(QPalette.ColorRole.Base))
            area = view.sceneBoundingRect()
            right, below = place.x() > area.center().x(), place.y() > area.center().y()
            self._pointed.setAnchor((1.1 if right else -0.1, 1.1 if below else -0.1))
            self._pointed.setPos(view.mapSceneToView(place))

    @Slot()
    def _save(self) -> None:
        proposed = str(Path.home() / f"{self._titles[0]}.svg".replace("/", "-"))
        filters = ";;".join(f"{name} (*{suffix})" for suffix, name in FORMATS.items())
        chosen, filtered = QFileDialog.getSaveFileName(self, self.tr("Save this plot"), proposed, filters)
        if not chosen:
            return
        self._pointed.hide()
        path = with_suffix(chosen, filtered)
        try:
            write_atomically(path, contents(self, self.lines(), path.suffix.lower()))
        except PueError as error:
            self.failed.emit(error)

    def changeEvent(self, event: QEvent) -> None:
        """Follows the palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the title within the plot."""
        super().resizeEvent(event)
        self._show_title()

    def _show_title(self) -> None:
        # A title that is wider than the plot would make all of it wider than what is seen.
        letters = self.fontMetrics()
        # It stands beside the axis, whose figures may become a little longer.
        room = self.width() - round(self.plot.getAxis("left").width()) - 3 * letters.averageCharWidth()
        shown = letters.elidedText(self._titles[0], Qt.TextElideMode.ElideRight, room)
        color = self.palette().color(QPalette.ColorRole.Text).name()
        self.plot.setTitle(shown, color=color, size=f"{self.font().pointSizeF():.0f}pt")

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
        if contrast.high():
            shades = _CLEAR
        plain, on_dark = shades.get(name, ("#5a5a5a", "#b0b0b0") if not contrast.high() else ("#000000", "#ffffff"))
        return QColor(on_dark if dark else plain)

    def pen(
        self, name: str, *, width: float = 2.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine, alpha: int = 255
    ) -> Any:
        """Returns a pen in the colour of an arm, `width` points of the screen wide however densely it is packed."""
        color = QColor(self.color(name))
        clear = contrast.high()
        color.setAlpha(max(alpha, 160) if clear else alpha)
        return pg.mkPen(color, width=(1.5 if clear else 1.0) * width * self.devicePixelRatioF(), style=style)

    def redraw(self) -> None:
        """Draws again what depends on colours. Subclasses with fixed items override it."""

    def _dress(self) -> None:
        palette, font = self.palette(), QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.9)
        text = palette.color(QPalette.ColorRole.Text)
        self.canvas.setBackground(palette.color(QPalette.ColorRole.Base))
        _, x, y = self._titles
        size = f"{font.pointSizeF():.0f}pt"
        self._show_title()
        for side, words in (("bottom", x), ("left", y)):
            axis = self.plot.getAxis(side)
            axis.setPen(pg.mkPen(text, width=1))
            axis.setTextPen(text)
            axis.setTickFont(font)
            axis.setLabel(words, **{"color": text.name(), "font-size": size})
            axis.enableAutoSIPrefix(False)
        self.plot.showGrid(x=True, y=True, alpha=0.5 if contrast.high() else 0.15)
        self.legend.setLabelTextColor(text)
        self.legend.setLabelTextSize(size)
        self.redraw()


def _lines(items: dict[str, Any]) -> list[Line]:
    """Returns the lines that pyqtgraph's items draw, without empty ones; bars between edges by their middles."""
    found = []
    for name, item in items.items():
        x, y = item.getData()
        if y is not None and len(y):
            x = (x[:-1] + x[1:]) / 2 if len(x) == len(y) + 1 else x
            found.append(Line(name, tuple(map(float, x)), tuple(map(float, y))))
    return found


class LinePlot(Plot):
    """Noisy series: a faint line for what was measured, a clear one for its mean."""

    def __init__(
        self,
        *,
        title: str,
        x: str,
        y: str,
        names: Sequence[str],
        share: bool = False,
        smooth: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        self._names = tuple(names)
        self._share = share
        self._smooth = smooth
        self._lines: dict[str, tuple[Any, Any]] = {}
        super().__init__(title=title, x=x, y=y, parent=parent)
        for name in names:
            faint = self.plot.plot([], [])
            self._lines[name] = (faint, self.plot.plot([], [], name=series_name(name) if len(names) > 1 else None))
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

    def lines(self) -> list[Line]:
        """See `Plot`; a single line has no name in the legend."""
        return _lines({series_name(name): clear for name, (_, clear) in self._lines.items()})

    def show_series(self, series: dict[str, Series]) -> None:
        """Shows the series by name."""
        said = []
        for name, one in series.items():
            faint, clear = self._lines[name]
            faint.setData(*one.thinned(POINTS))
            clear.setData(*(one.smoothed(POINTS) if self._smooth else one.thinned(POINTS)))
            if one.y:
                value = percent(one.y[-1]) if self._share else figure(f"{one.y[-1]:.3g}")
                said.append(self.tr("{}: {} at {}").format(series_name(name), value, figure(f"{one.x[-1]:g}")))
        self.say("; ".join(said))


class DrawsPlot(Plot):
    """How accurate the weight draws are: a histogram of both arms."""

    def __init__(self, *, title: str, x: str, y: str, parent: QWidget | None = None) -> None:
        self._bars: dict[str, Any] = {}
        super().__init__(title=title, x=x, y=y, parent=parent)
        for name in (PROTECTED, UNPROTECTED):
            self._bars[name] = self.plot.plot([0, 0], [0], stepMode="center", fillLevel=0, name=series_name(name))
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
                words = self.tr("{}: {} draws, median accuracy {}")
                median = percent(float(np.median(values)))
                said.append(words.format(series_name(name), count(len(values)), median))
        self.say("; ".join(said))
