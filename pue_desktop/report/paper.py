"""What a certificate is drawn on: the pages of a PDF, or images of the same pages for a window to show."""

from typing import Protocol

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPdfWriter

from pue_desktop.report import style


class Paper(Protocol):
    """Pages one after the other, painted in drawn units (see `style.UNITS`)."""

    @property
    def size(self) -> QSizeF:
        """Of a page, in points."""
        ...

    def begin(self) -> QPainter:
        """Returns a painter on the first page."""
        ...

    def next_page(self, painter: QPainter, /) -> None:
        """Lets it go on, as it is, on a new page."""
        ...


class PdfPaper:
    """The pages of a PDF."""

    def __init__(self, writer: QPdfWriter) -> None:
        self._writer = writer

    @property
    def size(self) -> QSizeF:
        """See `Paper`."""
        return QSizeF(self._writer.pageLayout().pageSize().sizePoints())

    def begin(self) -> QPainter:
        """See `Paper`."""
        return QPainter(self._writer)

    def next_page(self, _painter: QPainter, /) -> None:
        """See `Paper`."""
        self._writer.newPage()


class ImagePaper:
    """Images of the pages.

    Attributes:
        images: One for each page; whole once the painter has ended.
    """

    def __init__(self, page: style.PageName, width: int) -> None:
        self.size = QSizeF(style.page_layout(page).pageSize().sizePoints())
        self.images: list[QImage] = []
        self._width = width

    def begin(self) -> QPainter:
        """See `Paper`."""
        painter = QPainter(self._blank())
        self._prepare(painter)
        scale = self._width / style.pt(self.size.width())
        painter.scale(scale, scale)
        return painter

    def next_page(self, painter: QPainter, /) -> None:
        """See `Paper`."""
        transform = painter.worldTransform()
        painter.end()
        painter.begin(self._blank())
        self._prepare(painter)
        painter.setWorldTransform(transform)

    def _blank(self) -> QImage:
        height = round(self._width * self.size.height() / self.size.width())
        self.images.append(QImage(self._width, height, QImage.Format.Format_RGB32))
        self.images[-1].fill(Qt.GlobalColor.white)
        return self.images[-1]

    def _prepare(self, painter: QPainter) -> None:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
