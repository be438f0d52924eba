"""Where a protected picture is looked at: zoom, pan, and six ways to compare it with the original.

100 % means that a pixel of the picture is a pixel of the screen. Enlarged pixels stay sharp squares, so that what is
seen is what is there. Everything the mouse does, the keyboard does as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pue_desktop.ui import inspect_painter as painting
from pue_desktop.ui.inspect_painter import Scene, View
from pue_desktop.ui.screen_images import MARGIN, ScreenImages
from pue_desktop.ui.viewport import Viewport

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pue_desktop.engine.inspection import Kind, Layer, Pair
    from pue_desktop.workers.inspector import Rendering

_GRIP = 8
_NOTCHES = 480.0  # Four notches of a wheel double the size.
_STEP = 1.25
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_KINDS: dict[View, tuple[Kind, ...]] = {
    "split": ("original", "protected"),
    "side": ("original", "protected"),
    "blink": ("original", "protected"),
    "lens": ("original", "protected"),
    "difference": ("difference",),
    "heat": ("heat",),
}


class InspectCanvas(QWidget):
    """Shows a pair of pictures.

    Signals:
        probed(object): The pixel (x, y) that is pointed at, or None.
        zoomed(float): Points of the screen per pixel of the picture.
        needed(object): A `Wish` for parts that have to be computed; `take` brings them.
        stepped(int): The next picture (1) or the one before (-1) is wanted.
        blinked(): The space bar was pressed.
    """

    probed = Signal(object)
    zoomed = Signal(float)
    needed = Signal(object)
    stepped = Signal(int)
    blinked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.images = ScreenImages()
        self.viewport = Viewport((1, 1), (1, 1))
        self.view: View = "split"
        self.channel: int | None = None
        self.gain = 8
        self.top = 8.0
        self.split = 0.5
        self.showing_original = False
        self.probe: tuple[int, int] | None = None
        self._message = ""
        self._fits = True
        self._awaits = False
        self._marked = False
        self._pointer: QPointF | None = None
        self._drag: Literal["", "split", "pan"] = ""
        self._last = QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Picture"))

    def sizeHint(self) -> QSize:
        """A comfortable size."""
        return QSize(640, 480)

    def minimumSizeHint(self) -> QSize:
        """Still recognisable."""
        return QSize(260, 220)

    @property
    def pair(self) -> Pair | None:
        """What is shown."""
        return self.images.pair

    @property
    def zoom(self) -> float:
        """Points of the screen per pixel of the picture."""
        return self.viewport.zoom * self.devicePixelRatioF()

    def show_pair(self, pair: Pair) -> None:
        """Shows a pair, at the same place if it is as large as the one before."""
        same = self.viewport.picture == pair.size
        self._message, self._awaits = "", False
        self.images.show(pair)
        old = self.viewport
        viewport = Viewport(pair.size, self._view_size(), old.zoom, old.left, old.top)
        self._fits = self._fits or not same
        self._set(viewport.fitted() if self._fits else viewport.kept_inside())

    def show_message(self, text: str) -> None:
        """Shows words instead of a picture."""
        self._message, self._awaits = text, False
        self.images.show(None)
        self._point(None)
        self.update()

    def show_view(self, view: View) -> None:
        """Chooses the way to look."""
        self.view = view
        self._resized()

    def set_look(self, *, channel: int | None, gain: int, top: float) -> None:
        """Chooses the colour channel, how much differences are enlarged and where the heat map ends."""
        self.channel, self.gain, self.top = channel, gain, top
        self._changed()

    def toggle(self) -> None:
        """Swaps original and protected in the blink view."""
        self.showing_original = not self.showing_original
        self._changed()

    def fit(self) -> None:
        """Shows the whole picture."""
        self._fits = True
        self._set(self.viewport.fitted())

    def zoom_to(self, zoom: float, place: QPointF | None = None) -> None:
        """Sets the points of the screen per pixel; what lies at `place` (by default the middle) stays there."""
        x, y = self.viewport.view[0] / 2, self.viewport.view[1] / 2
        if place is not None:
            x, y = place.x(), place.y()
        self._fits = False
        self._set(self.viewport.at_zoom(zoom / self.devicePixelRatioF(), x, y))

    def take(self, renderings: Sequence[Rendering]) -> None:
        """Takes what `needed` asked for."""
        self._awaits = False
        self.images.take(renderings)
        self._changed()

    def layers(self) -> tuple[Layer, ...]:
        """Returns what the view is made of, left to right."""
        from pue_desktop.engine.inspection import Layer

        kinds = _KINDS[self.view]
        if self.view == "blink":
            kinds = kinds[:1] if self.showing_original else kinds[1:]
        return tuple(Layer(kind, self.channel, self.gain if kind == "difference" else 1, self.top) for kind in kinds)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws what is seen, and nothing else."""
        painter = QPainter(self)
        ground = self.palette().color(QPalette.ColorRole.Dark)
        painter.fillRect(self.rect(), ground)
        size = (float(self.width()), float(self.height()))
        if self.pair is None:
            painting.caption(painter, QRectF(self.rect()), self._message, Qt.AlignmentFlag.AlignCenter)
        else:
            pointer = self._pointer or QPointF(size[0] / 2, size[1] / 2)
            scale = self.devicePixelRatioF()
            layers = self.layers()
            painting.paint(
                painter,
                Scene(self.images, self.viewport, self.view, layers, size, self.split, pointer, scale, ground),
            )
            if self._marked and self.probe is not None:
                painting.mark(painter, self.viewport, self.probe)
        if self.hasFocus():
            painting.focus(painter, QRectF(self.rect()), self.palette())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the middle, or the whole picture, in view."""
        super().resizeEvent(event)
        self._resized()

    def showEvent(self, event: QShowEvent) -> None:
        """Asks for what was not needed while nobody looked."""
        super().showEvent(event)
        self._changed()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms at the pointer."""
        turned = event.angleDelta().y() or 2 * event.pixelDelta().y()
        if self.pair is not None and turned:
            self.zoom_to(self.zoom * 2 ** (turned / _NOTCHES), self._local(event.position()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold of the split, or of the picture."""
        if event.button() is not Qt.MouseButton.LeftButton or self.pair is None:
            super().mousePressEvent(event)
            return
        self._drag = "split" if self._on_split(event.position()) else "pan"
        self._last = event.position()
        self._show_cursor(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Moves what was taken hold of; tells the pixel under the pointer."""
        place = event.position()
        if self._drag == "split":
            self._move_split(place.x() / max(1, self.width()))
        elif self._drag == "pan":
            moved = place - self._last
            self._fits = False
            self._pointer = None
            self._set(self.viewport.moved(moved.x(), moved.y()))
        self._last = place
        self._marked = False
        self._point(self._local(place))
        self._show_cursor(place)
        if self.view == "lens":
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go."""
        self._drag = ""
        self._show_cursor(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Shows the pixels under the pointer at 100 %, or all of the picture again."""
        if self._fits:
            self.zoom_to(1.0, self._local(event.position()))
        else:
            self.fit()

    def leaveEvent(self, event: QEvent) -> None:
        """Points at nothing."""
        super().leaveEvent(event)
        if not self._marked:
            self._point(None)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Does what the mouse does, and a little more."""
        key = Qt.Key(event.key())
        actions: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Space: self.blinked.emit,
            Qt.Key.Key_PageDown: lambda: self.stepped.emit(1),
            Qt.Key.Key_PageUp: lambda: self.stepped.emit(-1),
            Qt.Key.Key_Plus: lambda: self.zoom_to(self.zoom * _STEP),
            Qt.Key.Key_Equal: lambda: self.zoom_to(self.zoom * _STEP),
            Qt.Key.Key_Minus: lambda: self.zoom_to(self.zoom / _STEP),
            Qt.Key.Key_0: self.fit,
            Qt.Key.Key_1: lambda: self.zoom_to(1.0),
            Qt.Key.Key_2: lambda: self.zoom_to(2.0),
        }
        if key in actions and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~_SHIFT:
            actions[key]()
        elif key in _ARROWS:
            self._arrow(*_ARROWS[key], event.modifiers())
        else:
            super().keyPressEvent(event)

    def _arrow(self, x: int, y: int, modifiers: Qt.KeyboardModifier) -> None:
        far = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if modifiers & _SHIFT:
            self._move_probe(x * (10 if far else 1), y * (10 if far else 1))
        elif far and self.view == "split":
            self._move_split(self.split + 0.02 * x)
        else:
            self._fits = False
            width, height = self.viewport.view
            self._set(self.viewport.moved(-x * width / 8, -y * height / 8))

    def _move_probe(self, x: int, y: int) -> None:
        if self.pair is None:
            return
        width, height = self.pair.size
        view = self.viewport
        start = self.probe or view.pixel_at(view.view[0] / 2, view.view[1] / 2) or (0, 0)
        column = min(max(start[0] + x, 0), width - 1)
        row = min(max(start[1] + y, 0), height - 1)
        self._marked = True
        self._pointer = None
        self._set(view.showing(column, row))
        self._point(QPointF(*self.viewport.to_view(column + 0.5, row + 0.5)))
        self.update()

    def _move_split(self, share: float) -> None:
        self.split = min(1.0, max(0.0, share))
        self.update()

    def _on_split(self, place: QPointF) -> bool:
        return self.view == "split" and abs(place.x() - self.split * self.width()) <= _GRIP

    def _show_cursor(self, place: QPointF) -> None:
        if self._drag == "split" or (not self._drag and self._on_split(place)):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        elif self._drag == "pan":
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            self.setCursor(Qt.CursorShape.CrossCursor if self.pair is not None else Qt.CursorShape.ArrowCursor)

    def _view_size(self) -> tuple[float, float]:
        return painting.pane_size(self.view, (self.width(), self.height()))

    def _local(self, place: QPointF) -> QPointF:
        """Returns a place in the widget as one in the pane it lies in."""
        right = painting.pane(self.view, (self.width(), self.height()), 1)
        return place - right.topLeft() if self.view == "side" and place.x() >= right.left() else place

    def _set(self, viewport: Viewport) -> None:
        self.viewport = viewport
        self.zoomed.emit(self.zoom)
        if self._pointer is not None:
            self._point(self._pointer)
        self._changed()

    def _resized(self) -> None:
        viewport = self.viewport.resized(self._view_size())
        self._set(viewport.fitted() if self._fits else viewport)

    def _changed(self) -> None:
        self.update()
        pair = self.pair
        if pair is None or self._awaits or not self.isVisible():
            return
        scale = self.devicePixelRatioF()
        layers = self.images.missing(self.viewport, self.layers(), scale)
        if layers:
            from pue_desktop.workers.inspector import Wish

            level = self.viewport.level(len(pair.original), scale)
            self._awaits = True
            self.needed.emit(Wish(pair, layers, level, self.viewport.seen(level, MARGIN)))

    def _point(self, place: QPointF | None) -> None:
        self._pointer = place
        inside = place is not None and self.pair is not None
        probe = self.viewport.pixel_at(place.x(), place.y()) if inside and place is not None else None
        if probe != self.probe:
            self.probe = probe
            self.probed.emit(probe)


_SHIFT = Qt.KeyboardModifier.ShiftModifier
