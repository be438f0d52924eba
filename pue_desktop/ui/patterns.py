"""The patterns themselves: every class's as a picture around grey, and the chosen one large, with its spectrum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from pue_desktop.ui.image_compare import Picture
from pue_desktop.ui.screen_images import screen_image
from pue_desktop.ui.text import figure, label, plain, tooltip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pue_desktop.engine.pyramid import Bytes
    from pue_desktop.workers.patterns import PatternName, ShownPattern

_ICON = 72
_SMALLEST = 120
# Room for what is written above and below the pictures.
_WORDS = 130


class PatternGallery(QWidget):
    """Chooses among patterns and shows one.

    Signals:
        chosen(object): The `PatternName` to show; `show_pattern` brings it.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Patterns"))
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(_ICON, _ICON))
        self.list.setGridSize(QSize(_ICON + 40, _ICON + 2 * self.fontMetrics().height() + 8))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.currentRowChanged.connect(self._choose)
        self.words = label(dim=True)
        self.pattern = Picture(self.tr("Pattern"))
        self.spectrum = Picture(self.tr("Spectrum of the pattern"))
        self.title = label(bold=True)
        self.facts = label()
        self._names: Sequence[PatternName] = ()
        self._lay_out()

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.words)
        left.addWidget(self.list, 1)
        right.addWidget(self.title)
        right.addWidget(self.facts)
        pictures = QHBoxLayout()
        pictures.setSpacing(16)
        texts = (
            (self.pattern, self.tr("The pattern around grey: light adds, dark takes away")),
            (self.spectrum, self.tr("Its spectrum: broad areas in the middle, fine texture outside; light is much")),
        )
        for picture, text in texts:
            one = QVBoxLayout()
            one.addWidget(picture)
            one.addWidget(label(text, dim=True, scale=0.9))
            one.addStretch(1)
            pictures.addLayout(one, 1)
        right.addLayout(pictures)
        right.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.setSpacing(16)
        whole.addLayout(left, 2)
        whole.addLayout(right, 3)
        self.list.setMinimumWidth(_ICON + 80)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives both pictures a square."""
        super().resizeEvent(event)
        side = min(self.pattern.width(), max(_SMALLEST, event.size().height() - _WORDS))
        for picture in (self.pattern, self.spectrum):
            picture.setFixedHeight(side)

    def show_patterns(
        self, names: Sequence[PatternName], small: Sequence[Bytes], *, by_class: bool, more: bool
    ) -> None:
        """Shows other patterns.

        Args:
            names: Which there are.
            small: Each as a small picture for the screen.
            by_class: Whether a class has one pattern, not every picture its own.
            more: Whether there are more that are not shown.
        """
        self._names = names
        self.list.blockSignals(True)
        self.list.clear()
        for name, pixels in zip(names, small, strict=True):
            item = QListWidgetItem(_icon(pixels), plain(name.title))
            item.setToolTip(tooltip(plain(name.title)))
            self.list.addItem(item)
        self.list.blockSignals(False)
        if by_class:
            words = self.tr("Every picture of a class gets the same pattern, stretched to its size.")
        else:
            words = self.tr("Every picture has a pattern of its own.")
        if more:
            words += " " + self.tr("The first {} are shown.").format(len(names))
        self.words.setText(words)
        for picture in (self.pattern, self.spectrum):
            picture.show_image(QImage())
        self.title.setText("")
        self.facts.setText("")
        self.list.setCurrentRow(0)

    def show_pattern(self, shown: ShownPattern) -> None:
        """Shows one pattern, if it is still the chosen one."""
        row = self.list.currentRow()
        if not 0 <= row < len(self._names) or self._names[row] != shown.name:
            return
        # Copies, because the pixels are not kept.
        self.pattern.show_image(screen_image(shown.pixels).copy())
        self.spectrum.show_image(screen_image(shown.spectrum).copy())
        self.title.setText(plain(shown.name.title))
        self.facts.setText(
            self.tr("{0} × {0} pixels; changes by at most {1} of 255, by {2} on average.").format(
                shown.side, figure(f"{shown.largest:g}"), figure(f"{shown.mean:.2f}")
            )
        )
        self.pattern.setAccessibleDescription(self.facts.text())

    @Slot(int)
    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._names):
            self.chosen.emit(self._names[row])


def _icon(pixels: Bytes) -> QIcon:
    image = screen_image(pixels).scaled(_ICON, _ICON, Qt.AspectRatioMode.KeepAspectRatio)
    icon = QIcon(QPixmap.fromImage(image))
    # Qt would tint the icon of a selected item.
    icon.addPixmap(QPixmap.fromImage(image), QIcon.Mode.Selected)
    return icon
