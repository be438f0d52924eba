"""A pair of pictures as images that a painter can draw, at the level that fits the zoom, and only what is seen of it.

Pixels that a picture itself has are drawn from its pyramid at once. All else is computed off the GUI thread; until it
is there, the latest of its kind is drawn, enlarged or moved to where it belongs, so that nothing flickers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter

from pue_desktop.ui.viewport import Viewport

if TYPE_CHECKING:
    from pue_desktop.engine.inspection import Box, Layer, Pair
    from pue_desktop.engine.pyramid import Bytes
    from pue_desktop.workers.inspector import Rendering

# Computed beyond what is seen, at each side, so that small moves need nothing new.
MARGIN = 0.125


def screen_image(pixels: Bytes, *, alpha: bool = False) -> QImage:
    """Returns an image over `pixels`, `[h, w, 4]`, without a copy: keep them as long as the image."""
    height, width = pixels.shape[:2]
    kind = QImage.Format.Format_ARGB32 if alpha else QImage.Format.Format_RGB32
    return QImage(pixels.data, width, height, pixels.strides[0], kind)


@dataclass(frozen=True)
class Blit:
    """One image to draw.

    Attributes:
        image: Pixels from `box` of `level`, or the whole level.
        level: Level of the pyramid it belongs to.
        origin: Where the image's left upper corner lies in the level.
        box: What to draw: left, top, right, bottom in pixels of the level.
    """

    image: QImage
    level: int
    origin: tuple[int, int]
    box: Box


class ScreenImages:
    """What there is to draw of a pair."""

    def __init__(self) -> None:
        self.pair: Pair | None = None
        self._levels: dict[str, list[QImage]] = {}
        self._latest: dict[str, tuple[Rendering, QImage, QImage]] = {}

    def show(self, pair: Pair | None) -> None:
        """Takes another pair, or none."""
        self._latest.clear()
        self._levels.clear()
        self.pair = pair
        if pair is not None:
            for kind, levels in (("original", pair.original), ("protected", pair.protected)):
                self._levels[kind] = [screen_image(level, alpha=pair.has_alpha) for level in levels]

    def take(self, renderings: Iterable[Rendering]) -> None:
        """Takes what was computed; what belongs to another pair is dropped."""
        for made in renderings:
            if made.pair is self.pair:
                alpha = self.pair.has_alpha and made.layer.kind in ("original", "protected")
                part, whole = (screen_image(pixels, alpha=alpha) for pixels in (made.pixels, made.overview))
                self._latest[made.layer.kind] = (made, part, whole)

    def missing(self, viewport: Viewport, layers: Iterable[Layer], scale: float) -> tuple[Layer, ...]:
        """Returns those of `layers` that would have to be computed to be seen as they are."""
        if self.pair is None:
            return ()
        level = viewport.level(len(self.pair.original), scale)
        return tuple(
            layer for layer in layers if not layer.as_stored and not self._holds(layer, level, viewport.seen(level))
        )

    def plan(self, viewport: Viewport, layer: Layer, scale: float) -> list[Blit]:
        """Returns what to draw for a layer, in order; `scale`: points of the screen in one unit of the view."""
        if self.pair is None:
            return []
        levels = len(self.pair.original)
        level = viewport.level(levels, scale)
        if layer.as_stored:
            return [Blit(self._levels[layer.kind][level], level, (0, 0), viewport.seen(level))]
        latest = self._latest.get(layer.kind)
        if latest is None:
            return []
        made, part, whole = latest
        seen = viewport.seen(made.level)
        box = tuple(max(a, b) for a, b in zip(seen[:2], made.box[:2], strict=True))
        box += tuple(min(a, b) for a, b in zip(seen[2:], made.box[2:], strict=True))
        blits = []
        if box != seen:
            blits.append(Blit(whole, levels - 1, (0, 0), viewport.seen(levels - 1)))
        if box[0] < box[2] and box[1] < box[3]:
            blits.append(Blit(part, made.level, (made.box[0], made.box[1]), (box[0], box[1], box[2], box[3])))
        return blits

    def draw(self, painter: QPainter, viewport: Viewport, layer: Layer, scale: float) -> None:
        """Draws a layer where the viewport has it; the view's corner is the painter's origin."""
        self._blit(painter, viewport, scale, self.plan(viewport, layer, scale))

    def draw_now(self, painter: QPainter, viewport: Viewport, layer: Layer, scale: float) -> None:
        """Draws a layer without waiting for anything: for small views."""
        if self.pair is None or layer.as_stored:
            self.draw(painter, viewport, layer, scale)
            return
        from pue_desktop.engine.inspection import render

        level = viewport.level(len(self.pair.original), scale)
        box = viewport.seen(level)
        if box[0] < box[2] and box[1] < box[3]:
            pixels = render(self.pair, layer, level, box)
            image = screen_image(pixels, alpha=self.pair.has_alpha)
            self._blit(painter, viewport, scale, [Blit(image, level, (box[0], box[1]), box)])

    def _blit(self, painter: QPainter, viewport: Viewport, scale: float, blits: list[Blit]) -> None:
        for blit in blits:
            target = _place(viewport, blit)
            if blit.image.hasAlphaChannel():
                painter.fillRect(target, QColor("#c8c8c8"))
                painter.fillRect(target, QBrush(QColor("#8c8c8c"), Qt.BrushStyle.Dense4Pattern))
            enlarged = viewport.zoom * scale * 2**blit.level
            smooth = enlarged < 1 or blit.level > 0
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            left, top, right, bottom = blit.box
            source = QRectF(left - blit.origin[0], top - blit.origin[1], right - left, bottom - top)
            painter.drawImage(target, blit.image, source)

    def _holds(self, layer: Layer, level: int, box: Box) -> bool:
        made = self._latest[layer.kind][0] if layer.kind in self._latest else None
        if made is None or made.layer != layer or made.level != level:
            return False
        inside = all(a <= b for a, b in zip(made.box[:2], box[:2], strict=True))
        return inside and all(a >= b for a, b in zip(made.box[2:], box[2:], strict=True))


def _place(viewport: Viewport, blit: Blit) -> QRectF:
    size = 2**blit.level
    left, top = viewport.to_view(blit.box[0] * size, blit.box[1] * size)
    width, height = viewport.picture
    right, bottom = viewport.to_view(min(blit.box[2] * size, width), min(blit.box[3] * size, height))
    return QRectF(left, top, right - left, bottom - top)
