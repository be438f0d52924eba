"""How each way to compare two pictures is painted: halves, panes, lens, captions, the scale of the heat map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette, QPen

from pue_desktop.ui import contrast
from pue_desktop.ui.screen_images import ScreenImages, screen_image
from pue_desktop.ui.viewport import LARGEST_ZOOM, Viewport

if TYPE_CHECKING:
    from pue_desktop.engine.inspection import Layer

View = Literal["split", "side", "blink", "lens", "difference", "heat"]
VIEWS: tuple[View, ...] = ("split", "side", "blink", "lens", "difference", "heat")
LENS = QSizeF(320, 220)
LENS_ENLARGES = 4.0
GAP = 6
_SCALE = QSizeF(180, 12)
_PAD = 6
_TOP_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_TOP_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
_BOTTOM_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom


@dataclass(frozen=True)
class Scene:
    """Everything that decides what is seen.

    Attributes:
        images: What there is to draw.
        viewport: Which part, in each pane.
        view: The way to compare.
        layers: What the view is made of, left to right.
        size: Width and height of the widget.
        split: Where the split lies, as a share of the width.
        pointer: Where the lens is.
        scale: Points of the screen in one unit of the widget.
        ground: What lies beside the picture.
    """

    images: ScreenImages
    viewport: Viewport
    view: View
    layers: tuple[Layer, ...]
    size: tuple[float, float]
    split: float
    pointer: QPointF
    scale: float
    ground: QColor


def pane_size(view: View, size: tuple[float, float]) -> tuple[float, float]:
    """Returns width and height of one pane; only side by side there are two."""
    return max(1.0, (size[0] - GAP) / 2 if view == "side" else size[0]), max(1.0, size[1])


def pane(view: View, size: tuple[float, float], number: int) -> QRectF:
    """Returns where a pane, 0 or 1, lies."""
    width, height = pane_size(view, size)
    return QRectF(number * (width + GAP) if view == "side" else 0, 0, width, height)


def paint(painter: QPainter, scene: Scene) -> None:
    """Paints the picture or pictures with what explains them."""
    left, right = (pane(scene.view, scene.size, number) for number in (0, 1))
    if scene.view == "split":
        width, height = scene.size
        middle = scene.split * width
        left, right = QRectF(0, 0, middle, height), QRectF(middle, 0, width - middle, height)
        origin = QPointF(0, 0)
        for layer, half in zip(scene.layers, (left, right), strict=True):
            _layer(painter, scene, layer, half, origin)
        _divider(painter, middle, 0, height)
        _name_two(painter, scene.layers, left, right)
    elif scene.view == "side":
        for layer, area in zip(scene.layers, (left, right), strict=True):
            _layer(painter, scene, layer, area, area.topLeft())
        _name_two(painter, scene.layers, left, right)
    elif scene.view == "lens":
        _layer(painter, scene, scene.layers[-1], left, left.topLeft())
        caption(painter, left, _name(scene.layers[-1]))
        _lens(painter, scene)
    else:
        layer = scene.layers[0]
        _layer(painter, scene, layer, left, left.topLeft())
        if layer.kind == "heat":
            _heat_scale(painter, left, layer.top)
        else:
            caption(painter, left, _name(layer))


def mark(painter: QPainter, viewport: Viewport, probe: tuple[int, int]) -> None:
    """Draws a frame around the pixel that the keyboard points at."""
    left, top = viewport.to_view(*probe)
    right, bottom = viewport.to_view(probe[0] + 1, probe[1] + 1)
    frame = QRectF(QPointF(left, top), QPointF(right, bottom))
    if frame.width() < 8:
        middle = frame.center()
        frame = QRectF(0, 0, 9, 9)
        frame.moveCenter(middle)
    _frame(painter, frame)


def focus(painter: QPainter, area: QRectF, palette: QPalette) -> None:
    """Draws the frame that says where keys go."""
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 4 if contrast.high() else 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area.adjusted(1, 1, -1, -1))


def caption(
    painter: QPainter, area: QRectF, text: str, place: Qt.AlignmentFlag = _TOP_LEFT, *, room: float = 0.0
) -> None:
    """Writes words on a picture, readable on any; none where there is no room. `room`: to keep free below them."""
    inner = area.adjusted(10, 10, -10, -10 - room)
    flags = place | Qt.TextFlag.TextWordWrap
    words = painter.boundingRect(inner.adjusted(_PAD, _PAD, -_PAD, -_PAD), flags, text)
    box = words.adjusted(-_PAD, -_PAD / 2, _PAD, _PAD / 2)
    if not text or not inner.contains(box):
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 255 if contrast.high() else 190))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor("white"))
    painter.drawText(words, flags, text)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _name(layer: Layer) -> str:
    if layer.kind == "original":
        return QCoreApplication.translate("InspectPainter", "Original")
    if layer.kind == "protected":
        return QCoreApplication.translate("InspectPainter", "Protected")
    text = QCoreApplication.translate("InspectPainter", "Difference ×{}, grey where nothing changed")
    return text.format(layer.gain)


def _name_two(painter: QPainter, layers: Sequence[Layer], left: QRectF, right: QRectF) -> None:
    caption(painter, left, _name(layers[0]))
    caption(painter, right, _name(layers[1]), _TOP_RIGHT)


def _layer(painter: QPainter, scene: Scene, layer: Layer, clip: QRectF, origin: QPointF) -> None:
    painter.save()
    painter.setClipRect(clip)
    painter.translate(origin)
    scene.images.draw(painter, scene.viewport, layer, scene.scale)
    painter.restore()


def _lens(painter: QPainter, scene: Scene) -> None:
    """Draws original and protected enlarged, half of the lens each, around the same point."""
    x, y = scene.viewport.to_picture(scene.pointer.x(), scene.pointer.y())
    zoom = min(LARGEST_ZOOM, max(scene.viewport.zoom * LENS_ENLARGES, 1 / scene.scale))
    frame = QRectF(QPointF(0, 0), LENS)
    frame.moveCenter(scene.pointer)
    half, height = LENS.width() / 2, LENS.height()
    view = Viewport(scene.viewport.picture, (half, height), zoom, x - half / 2 / zoom, y - height / 2 / zoom)
    for place, layer in enumerate(scene.layers):
        area = QRectF(frame.left() + place * half, frame.top(), half, height)
        painter.save()
        painter.setClipRect(area)
        painter.fillRect(area, scene.ground)
        painter.translate(area.topLeft())
        scene.images.draw_now(painter, view, layer, scene.scale)
        painter.restore()
    _divider(painter, frame.center().x(), frame.top(), frame.bottom())
    _frame(painter, frame)
    _name_two(painter, scene.layers, QRectF(frame.topLeft(), QSizeF(half, height)), frame)


def _heat_scale(painter: QPainter, area: QRectF, top: float) -> None:
    """Draws the colours of the heat map with what they mean."""
    from pue_desktop.engine.inspection import heat_colours

    words = QCoreApplication.translate("InspectPainter", "Change of 0 to {} of 255").format(f"{top:g}")
    caption(painter, area, words, _BOTTOM_LEFT, room=_SCALE.height() + _PAD)
    bar = QRectF(QPointF(area.left() + 10, area.bottom() - 10 - _SCALE.height()), _SCALE)
    colours = heat_colours()[None]
    image: QImage = screen_image(colours)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(bar, image)
    _frame(painter, bar)


def _divider(painter: QPainter, x: float, top: float, bottom: float) -> None:
    for color, width in ((QColor(0, 0, 0, 160), 3.0), (QColor("white"), 1.0)):
        painter.setPen(QPen(color, width))
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))


def _frame(painter: QPainter, frame: QRectF) -> None:
    """Draws a frame in two colours, so that it is seen on any picture."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((QColor(0, 0, 0, 200), 3.0), (QColor("white"), 1.0)):
        painter.setPen(QPen(color, width))
        painter.drawRect(frame)
