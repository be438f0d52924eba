"""The pages of an export's certificate, one under another, as they are printed. Drawn when they are first looked at."""

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPaintEvent, QPalette, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from pue_desktop.engine.errors import PueError
from pue_desktop.ui.engine_words import said
from pue_desktop.ui.text import label, plain
from pue_desktop.workers.preview import Preview

_GAP = 10


class CertificatePreview(QWidget):
    """A scrolling view of the pages, or words why there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted: tuple[Path, str, object] | None = None
        self._shown: tuple[Path, str, object] | None = None
        self.preview = Preview(self)
        self.preview.drawn.connect(self._drawn)
        self.preview.failed.connect(self._failed)
        self.words = label(dim=True)
        self.pages = _Pages()
        self.area = QScrollArea()
        self.area.setWidget(self.pages)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.StyledPanel)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(self.tr("Preview of the certificate"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.words)
        layout.addWidget(self.area, 1)
        self.area.hide()

    def show_export(self, folder: Path | None, *, page: str = "A4", made: object = None) -> None:
        """Shows the certificate of an export folder.

        Args:
            folder: The export folder; None: there is nothing to show.
            page: Size of its paper.
            made: Something that is different after every export, so that the same folder is drawn again.
        """
        wanted = None if folder is None else (folder, page, made)
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self._shown = None
        self.preview.stop()
        self._tell("")
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        """Draws what is to be shown: not before, because it takes a process of its own."""
        super().showEvent(event)
        self._draw()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ends drawing what nobody sees."""
        super().hideEvent(event)
        self.preview.stop()

    def _draw(self) -> None:
        if self._wanted is None or self._wanted == self._shown or self.preview.running or not self.isVisible():
            return
        self._tell(self.tr("Drawing the certificate…"))
        self.preview.start(self._wanted[0], self._wanted[1])

    def _tell(self, text: str) -> None:
        self.words.setText(text)
        self.words.setVisible(bool(text))
        self.area.hide()

    @Slot(object)
    def _drawn(self, images: list[QImage]) -> None:
        self._shown = self._wanted
        self.pages.show_images(images)
        self.words.hide()
        self.area.show()
        self.area.verticalScrollBar().setValue(0)
        self.area.setAccessibleDescription(self.tr("%Ln page(s)", "", len(images)))

    @Slot(object)
    def _failed(self, error: PueError) -> None:
        self._shown = self._wanted
        self._tell(self.tr("The certificate can't be shown here: {}").format(plain(said(error.message))))

    def shutdown(self) -> None:
        """Ends what it has running."""
        self.preview.shutdown()


class _Pages(QWidget):
    """Images one under another, as wide as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: list[QImage] = []
        self._scaled: dict[int, QPixmap] = {}

    def show_images(self, images: list[QImage]) -> None:
        """Takes other images."""
        self._images = images
        self._scaled.clear()
        self._set_height()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scales anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._scaled.clear()
            self._set_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the pages that are seen; only these are scaled."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Mid))
        for number, place in enumerate(self._places()):
            if place.intersects(event.rect()):
                painter.drawPixmap(place.topLeft(), self._page(number, place.size()))

    def _places(self) -> list[QRect]:
        found, top, width = [], _GAP, max(1, self.width() - 2 * _GAP)
        for image in self._images:
            height = round(width * image.height() / max(1, image.width()))
            found.append(QRect(_GAP, top, width, height))
            top += height + _GAP
        return found

    def _page(self, number: int, size: QSize) -> QPixmap:
        if number not in self._scaled:
            ratio = self.devicePixelRatioF()
            smooth = Qt.TransformationMode.SmoothTransformation
            image = self._images[number].scaled(size * ratio, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            image.setDevicePixelRatio(ratio)
            self._scaled[number] = QPixmap.fromImage(image)
        return self._scaled[number]

    def _set_height(self) -> None:
        places = self._places()
        self.setMinimumHeight(places[-1].bottom() + _GAP if places else 0)
