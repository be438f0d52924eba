"""What a window really shows: every text that it paints, in its colour, on its ground; and what can be worked in it."""

import re
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QRegion, QTransform
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)

from pue_desktop.ui.appearance import contrast, mixed

INTERACTIVE = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QAbstractItemView)
_SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Text:
    """A text as painted.

    Attributes:
        words: What it says.
        color: Of its letters, as seen on its ground.
        ground: The colour it lies on.
        widget: What painted it.
    """

    words: str
    color: QColor
    ground: QColor
    widget: QWidget

    @property
    def contrast(self) -> float:
        """Of the letters, 1 to 21."""
        return contrast(self.color, self.ground)


def painted_texts(window: QWidget) -> list[Text]:
    """Returns every text that `window` and what lies in it paint, as far as it is seen."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGBX8888)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).astype(int)
    found = []
    for widget in (window, *window.findChildren(QWidget)):
        region = widget.visibleRegion() if widget.isVisible() else QRegion()
        if region.isEmpty():
            continue
        origin = widget.mapTo(window, QPoint())
        for words, color, area in _texts_of(_svg(widget)):
            # What is scrolled half out of sight is judged where it is seen whole.
            seen = area.toRect().intersected(widget.rect())
            if words.strip() and not seen.isEmpty() and region.contains(seen.center()):
                place = seen.intersected(region.boundingRect()).translated(origin).intersected(image.rect())
                ground = _ground(pixels, place)
                found.append(Text(words, mixed(ground, color, color.alphaF()), ground, widget))
    return found


def _svg(widget: QWidget) -> bytes:
    # A vector graphic keeps texts as texts, with the colour of the pen that drew them.
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    generator.setResolution(96)
    widget.render(generator, QPoint(), renderFlags=QWidget.RenderFlag.DrawWindowBackground)
    buffer.close()
    return buffer.data().data()


def _texts_of(svg: bytes) -> list[tuple[str, QColor, QRectF]]:
    found: list[tuple[str, QColor, QRectF]] = []

    def walk(element: ElementTree.Element, outer: QTransform, opacity: float) -> None:
        inner = _transform(element.get("transform", "")) * outer
        opacity *= float(element.get("opacity", "1"))
        if element.tag == f"{_SVG}text":
            color = QColor(element.get("fill", "#000000"))
            color.setAlphaF(opacity * float(element.get("fill-opacity", "1")))
            font = QFont(element.get("font-family", "").strip("'"))
            font.setPixelSize(max(1, round(float(element.get("font-size", "12")))))
            font.setBold(int(element.get("font-weight", "400")) >= 600)
            words, metrics = element.text or "", QFontMetricsF(font)
            x, y = float(element.get("x", "0")), float(element.get("y", "0"))
            area = QRectF(x - 2, y - metrics.ascent(), metrics.horizontalAdvance(words) + 4, metrics.height())
            found.append((words, color, inner.mapRect(area)))
        for child in element:
            walk(child, inner, opacity)

    walk(ElementTree.fromstring(svg), QTransform(), 1.0)
    return found


def _transform(text: str) -> QTransform:
    numbers = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", text)]
    return QTransform(*numbers) if text.startswith("matrix") and len(numbers) == 6 else QTransform()


def _ground(pixels: "np.ndarray[Any, Any]", area: QRect) -> QColor:
    """Returns the colour in the middle between dark and bright: letters cover less than half of their lines."""
    part = pixels[area.top() : area.bottom() + 1, area.left() : area.right() + 1, :3].reshape(-1, 3)
    middle = part[np.argsort(part @ (2, 7, 1), kind="stable")[len(part) // 2]]
    return QColor(*(int(value) for value in middle))


def interactive(window: QWidget) -> list[QWidget]:
    """Returns every widget that somebody can work, hidden ones too; without what styles build others from."""
    found = []
    for widget in window.findChildren(QWidget):
        inside = widget.parent()
        if isinstance(widget, QScrollBar) or isinstance(inside, QTabBar | QAbstractItemView | QComboBox):
            continue
        if isinstance(widget, QLineEdit) and isinstance(inside, QAbstractSpinBox):
            continue
        kinds = {one.metaObject().className() for one in (widget, inside) if one is not None}
        if kinds & {"QTableCornerButton", "QComboBoxPrivateContainer"} or widget.objectName().startswith("qt_"):
            continue
        if isinstance(widget, INTERACTIVE):
            found.append(widget)
    return found
