"""Original, protected and their difference, beside each other.

Small pictures are enlarged pixel by pixel, never blurred, so that what is seen is what is there. The difference is
shown as 128 + k · (protected − original): grey where nothing changed.
"""

import re
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QSizePolicy, QSlider, QVBoxLayout, QWidget

from pue_desktop.engine.events import Preview
from pue_desktop.ui.text import label, plain

_NAME = re.compile(r"^(?P<stem>.+)-(original|protected)\.png$")
LARGEST_GAIN = 64
USUAL_GAIN = 8
_GAP = 10
_SMALLEST, _LARGEST = 96, 360


def difference(original: QImage, protected: QImage, gain: int) -> tuple[QImage, int]:
    """Returns 128 + gain · (protected − original), clamped, and the largest difference; null if sizes differ."""
    if original.isNull() or original.size() != protected.size():
        return QImage(), 0
    import numpy as np

    from pue_desktop.engine.inspection import magnified

    def pixels(image: QImage) -> "np.ndarray[tuple[int, ...], np.dtype[np.int32]]":
        rgb = image.convertToFormat(QImage.Format.Format_RGB888)
        rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
        return rows[:, : rgb.width() * 3].astype(np.int32)

    delta = pixels(protected) - pixels(original)
    shown = np.ascontiguousarray(magnified(delta, gain))
    width, height = original.width(), original.height()
    image = QImage(shown.tobytes(), width, height, width * 3, QImage.Format.Format_RGB888).copy()
    return image, int(np.abs(delta).max(initial=0))


class Picture(QWidget):
    """One image, as large as fits, in its own proportions."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def image(self) -> QImage:
        """What is shown."""
        return self._image

    def show_image(self, image: QImage) -> None:
        """Shows an image; a null one leaves the place empty."""
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        """A comfortable size."""
        return QSize(200, 200)

    def minimumSizeHint(self) -> QSize:
        """Still recognisable."""
        return QSize(96, 96)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the image into the middle."""
        painter = QPainter(self)
        if self._image.isNull():
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            return
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(self.rect().center())
        enlarged = place.width() > self._image.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not enlarged)
        painter.drawImage(place, self._image)


class ImageCompare(QWidget):
    """Chooses among the previews of a run and compares the two sides of one.

    Signals:
        looked_at(int): Number of the preview that was chosen.
    """

    looked_at = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder: Path | None = None
        self._pairs: dict[str, Path] = {}
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Image to look at"))
        self.choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.choice.setMinimumContentsLength(8)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.currentIndexChanged.connect(self._load)
        self.gain = QSlider(Qt.Orientation.Horizontal)
        self.gain.setRange(1, LARGEST_GAIN)
        self.gain.setValue(USUAL_GAIN)
        self.gain.setPageStep(8)
        self.gain.setMinimumWidth(60)
        self.gain.setMaximumWidth(140)
        self.gain.setAccessibleName(self.tr("How much the difference is enlarged"))
        self.gain.valueChanged.connect(self._show_difference)
        self.original = Picture(self.tr("Original"))
        self.protected = Picture(self.tr("Protected"))
        self.difference = Picture(self.tr("Difference"))
        self.caption = label(dim=True)
        self._gain_text = label()
        self._lay_out()
        self._show_difference()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        choose = label(self.tr("&Image"))
        choose.setBuddy(self.choice)
        top.addWidget(choose)
        top.addWidget(self.choice, 1)
        top.addSpacing(12)
        enlarge = label(self.tr("&Difference"))
        enlarge.setBuddy(self.gain)
        top.addWidget(enlarge)
        top.addWidget(self.gain)
        self._gain_text.setMinimumWidth(self._gain_text.fontMetrics().horizontalAdvance("×64 "))
        top.addWidget(self._gain_text)
        grid = QGridLayout()
        grid.setHorizontalSpacing(_GAP)
        columns = ((self.original, label(self.tr("Original"))), (self.protected, label(self.tr("Protected"))))
        for column, (picture, title) in enumerate((*columns, (self.difference, self.caption))):
            grid.addWidget(picture, 1, column)
            title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            grid.addWidget(title, 0, column)
            grid.setColumnStretch(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addLayout(grid)
        layout.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives every picture a square: whatever its proportions, it fits."""
        super().resizeEvent(event)
        side = max(_SMALLEST, min(_LARGEST, (event.size().width() - 2 * _GAP) // 3))
        for picture in (self.original, self.protected, self.difference):
            picture.setFixedHeight(side)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look at yet."""
        return not self._pairs

    def clear(self, folder: Path | None) -> None:
        """Forgets everything; previews to come lie in the run folder `folder`."""
        self._folder = folder
        self._pairs.clear()
        self.choice.clear()
        for picture in (self.original, self.protected, self.difference):
            picture.show_image(QImage())
        self._show_difference()

    def add(self, preview: Preview) -> None:
        """Takes a preview that was written, for the first time or again."""
        if self._folder is None:
            return
        match = _NAME.match(preview.path)
        if match is None:
            return
        stem = match["stem"]
        if stem not in self._pairs:
            self._pairs[stem] = self._folder / stem
            self.choice.addItem(plain(preview.label) or stem, stem)
        elif self.choice.currentData() == stem:
            self._load()

    @Slot()
    def _load(self) -> None:
        stem = self._pairs.get(self.choice.currentData() or "")
        for picture, kind in ((self.original, "original"), (self.protected, "protected")):
            picture.show_image(QImage() if stem is None else QImage(f"{stem}-{kind}.png"))
        self._show_difference()
        if self.choice.currentIndex() >= 0:
            self.looked_at.emit(self.choice.currentIndex())

    @Slot()
    def _show_difference(self) -> None:
        gain = self.gain.value()
        self._gain_text.setText(f"×{gain}")
        image, largest = difference(self.original.image, self.protected.image, gain)
        self.difference.show_image(image)
        if image.isNull():
            self.caption.setText(self.tr("Difference ×{}").format(gain))
        else:
            self.caption.setText(self.tr("Difference ×{} (at most {} of 255)").format(gain, largest))
        self.difference.setAccessibleDescription(self.caption.text())
