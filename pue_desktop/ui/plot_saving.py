"""A plot as a file: SVG and PNG as it is seen, CSV with the figures behind its lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QWidget

FORMATS = {".svg": "SVG", ".png": "PNG", ".csv": "CSV"}
_PNG_SCALE = 2


@dataclass(frozen=True)
class Line:
    """What one line of a plot shows.

    Attributes:
        name: In the legend.
        x: Of its points.
        y: Likewise.
    """

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]

    def near(self, x: float) -> tuple[float, float] | None:
        """Returns the point whose x is nearest, None if there is none."""
        return min(zip(self.x, self.y, strict=True), key=lambda point: abs(point[0] - x), default=None)


def contents(plot: QWidget, lines: Iterable[Line], suffix: str) -> bytes:
    """Returns the bytes of a file that shows `plot`.

    Args:
        plot: The widget as it is on the screen.
        lines: For CSV.
        suffix: One of `FORMATS`.
    """
    if suffix == ".csv":
        return _csv(lines)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if suffix == ".svg":
        _draw_svg(plot, buffer)
    else:
        image = QImage(plot.size() * _PNG_SCALE, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_PNG_SCALE)
        plot.render(image, QPoint())
        QImageWriter(buffer, QByteArray(b"png")).write(image)
    data: QByteArray = buffer.data()
    return bytes(data.data())


def _draw_svg(plot: QWidget, buffer: QBuffer) -> None:
    from PySide6.QtSvg import QSvgGenerator

    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(plot.size())
    generator.setViewBox(plot.rect())
    generator.setTitle(plot.accessibleName())
    generator.setDescription(plot.accessibleDescription())
    painter = QPainter(generator)
    plot.render(painter, QPoint())
    painter.end()


def _csv(lines: Iterable[Line]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("line", "x", "y"))
    for line in lines:
        writer.writerows((line.name, repr(x), repr(y)) for x, y in zip(line.x, line.y, strict=True))
    return text.getvalue().encode("utf-8-sig")


def with_suffix(chosen: str, filtered: str) -> Path:
    """Returns the chosen path, with the ending of the chosen filter ("SVG (*.svg)") where it has none of ours."""
    path = Path(chosen)
    if path.suffix.lower() in FORMATS:
        return path
    ending = next((suffix for suffix, name in FORMATS.items() if filtered.startswith(name)), ".svg")
    return path.with_name(path.name + ending)
