"""Which part of a picture is seen, and how large: pure geometry, without Qt.

A point (x, y) of the picture lies at ((x − left) · zoom, (y − top) · zoom) in the view. Pixel (0, 0) covers the square
from (0, 0) to (1, 1).
"""

import math
from dataclasses import dataclass, replace

LARGEST_ZOOM = 64.0


@dataclass(frozen=True, slots=True)
class Viewport:
    """A view of a picture.

    Attributes:
        picture: Width and height of the picture, in its pixels.
        view: Width and height of the view, in the units that `zoom` speaks of.
        zoom: Size of a picture's pixel in the view.
        left: Where the left edge of the view lies in the picture.
        top: Likewise the upper edge.
    """

    picture: tuple[int, int]
    view: tuple[float, float]
    zoom: float = 1.0
    left: float = 0.0
    top: float = 0.0

    @property
    def fitting_zoom(self) -> float:
        """The zoom at which the whole picture is as large as fits."""
        return min(self.view[0] / self.picture[0], self.view[1] / self.picture[1], LARGEST_ZOOM)

    def fitted(self) -> "Viewport":
        """Shows the whole picture, in the middle."""
        return replace(self, zoom=self.fitting_zoom).kept_inside()

    def at_zoom(self, zoom: float, x: float, y: float) -> "Viewport":
        """Zooms so that what lies at (x, y) of the view stays there, unless that would leave the picture."""
        zoom = min(LARGEST_ZOOM, max(zoom, min(self.fitting_zoom, 1.0) / 4))
        place = self.to_picture(x, y)
        return replace(self, zoom=zoom, left=place[0] - x / zoom, top=place[1] - y / zoom).kept_inside()

    def moved(self, x: float, y: float) -> "Viewport":
        """Moves the picture by (x, y) of the view."""
        return replace(self, left=self.left - x / self.zoom, top=self.top - y / self.zoom).kept_inside()

    def resized(self, view: tuple[float, float]) -> "Viewport":
        """Changes the size of the view; what was in the middle stays there."""
        x, y = self.to_picture(self.view[0] / 2, self.view[1] / 2)
        left, top = x - view[0] / 2 / self.zoom, y - view[1] / 2 / self.zoom
        return replace(self, view=view, left=left, top=top).kept_inside()

    def showing(self, x: float, y: float) -> "Viewport":
        """Moves as little as is needed for a point of the picture to be seen."""
        across, down = self.view[0] / self.zoom, self.view[1] / self.zoom
        left = min(max(self.left, x + 1 - across), x)
        top = min(max(self.top, y + 1 - down), y)
        return replace(self, left=left, top=top).kept_inside()

    def kept_inside(self) -> "Viewport":
        """Leaves no empty margin at one side only; a picture smaller than the view lies in the middle."""
        left = _inside(self.left, self.picture[0], self.view[0] / self.zoom)
        top = _inside(self.top, self.picture[1], self.view[1] / self.zoom)
        return replace(self, left=left, top=top)

    def to_picture(self, x: float, y: float) -> tuple[float, float]:
        """Returns the point of the picture that lies at (x, y) of the view."""
        return self.left + x / self.zoom, self.top + y / self.zoom

    def to_view(self, x: float, y: float) -> tuple[float, float]:
        """Returns where a point of the picture lies in the view."""
        return (x - self.left) * self.zoom, (y - self.top) * self.zoom

    def pixel_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Returns the pixel at (x, y) of the view, None beside the picture."""
        column, row = (math.floor(value) for value in self.to_picture(x, y))
        inside = 0 <= column < self.picture[0] and 0 <= row < self.picture[1]
        return (column, row) if inside and 0 <= x < self.view[0] and 0 <= y < self.view[1] else None

    def level(self, levels: int, scale: float = 1.0) -> int:
        """Returns the coarsest of so many levels whose pixels need not be enlarged; each is half of the one before.

        Args:
            levels: How many there are.
            scale: Points of the screen in one unit of the view.
        """
        zoom = self.zoom * scale
        return 0 if zoom >= 1 else min(levels - 1, math.floor(math.log2(1 / zoom) + 1e-9))

    def seen(self, level: int, margin: float = 0.0) -> tuple[int, int, int, int]:
        """Returns what is seen as left, top, right, bottom in pixels of a level, whole ones; right ≥ left.

        Args:
            level: Of the picture's pyramid.
            margin: Share of the view to add at each side.
        """
        size = 2**level
        edges = []
        for start, length, picture in (
            (self.left, self.view[0] / self.zoom, self.picture[0]),
            (self.top, self.view[1] / self.zoom, self.picture[1]),
        ):
            most = -(-picture // size)
            first = math.floor((start - margin * length) / size)
            last = math.ceil((start + (1 + margin) * length) / size)
            edges.append((min(max(first, 0), most), min(max(last, 0), most)))
        (left, right), (top, bottom) = edges
        return left, top, right, bottom


def _inside(start: float, length: float, seen: float) -> float:
    return (length - seen) / 2 if seen >= length else min(max(start, 0.0), length - seen)
