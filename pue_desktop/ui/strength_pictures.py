"""What the strengths look like on the user's own image, before anything is crafted.

Three times the same part of one image, at its own size, with a pattern as strong as a crafted one at each strength.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pue_desktop.engine.plans import STRENGTHS
from pue_desktop.ui.engine_words import said
from pue_desktop.ui.image_compare import Picture
from pue_desktop.ui.screen_images import screen_image
from pue_desktop.ui.text import label, plain
from pue_desktop.workers.background import Background

if TYPE_CHECKING:
    from pue_desktop.engine.errors import PueError

_KEY = "strengths"
_SIDE = 220  # of the pictures, and of the part they show: one pixel of the image is one of the screen


class _Choice(Picture):
    """A picture that can be clicked. Signals: clicked()."""

    clicked = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes the strength it shows."""
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()


class StrengthPictures(QWidget):
    """One image at every strength; "Another image" goes through a few.

    Signals:
        chosen(str): Name of the strength whose picture was clicked.
    """

    chosen = Signal(str)

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._images: tuple[Path, ...] = ()
        self._settings = (0, False)
        self._place = 0
        titles = (self.tr("Subtle"), self.tr("Standard"), self.tr("Strong"))
        self.pictures = [_Choice(title) for title in titles]
        self.titles = [label(title) for title in titles]
        self.words = label(dim=True, scale=0.9)
        self.another = QPushButton(self.tr("Another i&mage"))
        self.another.setAccessibleName(self.tr("Another image"))
        self.another.clicked.connect(self._next)
        self._lay_out()
        for name, picture in zip(STRENGTHS, self.pictures, strict=True):
            picture.clicked.connect(lambda name=name: self.chosen.emit(name))

    def _lay_out(self) -> None:
        heading = label(self.tr("How visible it will be"), bold=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        for column, (picture, title) in enumerate(zip(self.pictures, self.titles, strict=True)):
            picture.setFixedHeight(_SIDE)
            picture.setCursor(Qt.CursorShape.PointingHandCursor)
            title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            grid.addWidget(picture, 0, column)
            grid.addWidget(title, 1, column)
            grid.setColumnStretch(column, 1)
        below = QHBoxLayout()
        below.addWidget(self.words, 1)
        below.addWidget(self.another)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(heading)
        layout.addLayout(grid)
        layout.addLayout(below)
        layout.addStretch(1)

    @property
    def empty(self) -> bool:
        """Whether there is no image to show."""
        return not self._images

    def show_images(self, images: Sequence[Path], *, side: int, masked: bool) -> None:
        """Shows the first of some images.

        Args:
            images: Files of the user, none to show nothing.
            side: Side of the patterns that will be crafted.
            masked: Whether texture will hide them.
        """
        if (tuple(images), (side, masked)) == (self._images, self._settings):
            return
        self._images, self._settings, self._place = tuple(images), (side, masked), 0
        self.another.setEnabled(len(images) > 1)
        self._load()

    def show_strength(self, epsilon_255: float) -> None:
        """Marks the strength that is chosen, if it is one of the three."""
        for title, epsilon in zip(self.titles, STRENGTHS.values(), strict=True):
            font = title.font()
            font.setBold(epsilon == epsilon_255)
            title.setFont(font)

    @Slot()
    def _next(self) -> None:
        self._place = (self._place + 1) % max(1, len(self._images))
        self._load()

    def _load(self) -> None:
        if not self._images:
            self._background.forget(_KEY)
            for picture in self.pictures:
                picture.show_image(QImage())
            return
        path, (side, masked) = self._images[self._place], self._settings
        self.words.setText(
            self.tr("The middle of {} with a sample pattern; the crafted one will be as strong.").format(
                plain(path.name)
            )
        )
        self._background.submit(_KEY, lambda: _samples(path, side, masked), self._show, self._fail)

    def _show(self, samples: list[QImage]) -> None:
        for picture, image in zip(self.pictures, samples, strict=True):
            picture.show_image(image)

    def _fail(self, error: PueError) -> None:
        for picture in self.pictures:
            picture.show_image(QImage())
        self.words.setText(plain(said(error.message)))


def _samples(path: Path, side: int, masked: bool) -> list[QImage]:
    """Returns the middle of an image at every strength. Raises `InputRefusedError`: it can't be read any more."""
    from pue_desktop.engine.errors import InputRefusedError
    from pue_desktop.engine.image_files import UnusableImageError, read
    from pue_desktop.engine.inspection import for_screen
    from pue_desktop.engine.strength_samples import strength_samples

    try:
        picture = read(path)
    except UnusableImageError as error:
        words = QCoreApplication.translate("StrengthPictures", "{} can't be shown: {}.")
        hint = QCoreApplication.translate("StrengthPictures", "Scan the folder again.")
        raise InputRefusedError(words.format(path.name, said(str(error))), hint=hint) from error
    samples = strength_samples(picture, STRENGTHS.values(), side=side, masked=masked, window=_SIDE)
    # Copied: a QImage over an array does not keep the array.
    return [screen_image(for_screen(sample.pixels)).copy() for sample in samples]
