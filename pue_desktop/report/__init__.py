"""certificate.json -> PDF, with Qt's own PDF writer. QtGui only: it works without a screen and without a window.

The same drawing gives images of the pages, which the window shows (`pictures`): Qt's own PDF reader is an extra.

`main` is what `pue-desktop report` calls, in a process of its own, so that window and command line give the same
file. A certificate whose signature does not hold is not rendered: a PDF looks official, whatever it says.
"""

from __future__ import annotations

import hashlib
import html
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication, QPdfWriter

from pue_desktop import __version__
from pue_desktop.engine import certificate_words as words
from pue_desktop.engine.certificate_schema import Certificate
from pue_desktop.engine.envelope import MAX_BYTES, Opened, open_bytes
from pue_desktop.engine.errors import StorageError, VerificationFailedError
from pue_desktop.engine.export_names import CERTIFICATE_JSON, MANIFEST, shown
from pue_desktop.engine.files import read_limited, write_atomically
from pue_desktop.engine.manifest import manifest_text
from pue_desktop.engine.pdf import MAX_ATTACHED, finished
from pue_desktop.report import style
from pue_desktop.report.details import draw_details
from pue_desktop.report.first_page import draw_first_page
from pue_desktop.report.paper import ImagePaper, Paper, PdfPaper
from pue_desktop.report.sheet import Sheet

_LANGUAGE = "en"
_MOST_PAGES = 4
# Tried in turn: a little smaller print is better than a signature on a page of its own, or a fifth page.
_SCALES = (1.0, 0.97, 0.94, 0.91, 0.88, 0.85, 0.82)
_ATTACHED = {
    CERTIFICATE_JSON: ("application/json", "The signed certificate, which is what counts"),
    MANIFEST: ("text/plain", "SHA-256 of every exported file, as sha256sum -c reads it"),
}
_applications: list[QGuiApplication] = []  # kept: Qt does not survive losing it while fonts are alive


def main(certificate: Path, pdf: Path, page: style.PageName = "A4") -> None:
    """Renders a certificate and writes the PDF, whole or not at all.

    Args:
        certificate: certificate.json of an export.
        pdf: Where the PDF goes.
        page: Size of the paper.

    Raises:
        SchemaError: it is not a certificate of this version.
        VerificationFailedError: its signature does not hold.
        PueError: there is no font to draw with.
        StorageError: the PDF can't be written.
    """
    opened, data = _opened(certificate)
    write_atomically(pdf, render(opened, data, page))


def pictures(certificate: Path, folder: Path, page: style.PageName = "A4", *, width: int = 1200) -> None:
    """Draws the pages of a certificate's PDF as `page-1.png`, `page-2.png`, … into a folder, for a window to show.

    Args:
        certificate: certificate.json of an export.
        folder: Where the images go; it is there already.
        page: Size of the paper.
        width: Of the images, in pixels.

    Raises:
        as `main` does.
    """
    opened, data = _opened(certificate)
    _prepare()
    document = _Document(opened.certificate, hashlib.sha256(data).hexdigest(), page, {})
    scale, pages = _fitting(document)
    paper = ImagePaper(page, width)
    _draw_pages(paper, document, pages=pages, scale=scale)
    for number, image in enumerate(paper.images, start=1):
        path = folder / f"page-{number}.png"
        if not image.save(str(path)):
            raise StorageError(f"{path} can't be written.", hint="Check the disk, then start again.")


def _opened(certificate: Path) -> tuple[Opened, bytes]:
    data = read_limited(certificate, MAX_BYTES)
    opened = open_bytes(data)
    if not opened.signed:
        raise VerificationFailedError(
            f"{shown(certificate.name)} was changed after it was signed.", hint="Restore it from the owner's copy."
        )
    return opened, data


def _prepare() -> None:
    if QGuiApplication.instance() is None:
        _applications.append(QGuiApplication(["pue-desktop", "-platform", "offscreen"]))
    style.load_fonts()


def render(opened: Opened, data: bytes, page: style.PageName = "A4") -> bytes:
    """Returns the PDF of a certificate, with certificate.json and the list of digests attached.

    Args:
        opened: The certificate.
        data: The bytes of its certificate.json.
        page: Size of the paper.
    """
    _prepare()
    digest = hashlib.sha256(data).hexdigest()
    attached: dict[str, bytes] = {}
    if len(data) <= MAX_ATTACHED:
        subjects = {subject.name: subject.digest.sha256 for subject in opened.statement.subject}
        attached = {CERTIFICATE_JSON: data, MANIFEST: manifest_text(subjects | {CERTIFICATE_JSON: digest})}
    document = _Document(opened.certificate, digest, page, attached)
    scale, pages = _fitting(document)
    drawn = _draw(document, pages=pages, scale=scale)
    return finished(drawn.data, {name: _ATTACHED[name][1] for name in attached}, language=_LANGUAGE)


@dataclass(frozen=True, slots=True)
class _Document:
    """What is drawn.

    Attributes:
        certificate: What it says.
        digest: SHA-256 of certificate.json.
        page: Size of the paper.
        attached: Files inside, by name.
    """

    certificate: Certificate
    digest: str
    page: style.PageName
    attached: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A PDF, how many pages it has, and whether what belongs on page 1 fits there."""

    data: bytes
    pages: int
    first_page_fits: bool


def _fitting(document: _Document) -> tuple[float, int]:
    """Returns the scale at which everything fits where it belongs, or the smallest, and how many pages that makes."""
    for scale in _SCALES:
        tried = _draw(document, pages=1, scale=scale)
        if tried.first_page_fits and tried.pages <= _MOST_PAGES:
            break
    return scale, tried.pages


def _draw(document: _Document, *, pages: int, scale: float) -> _Drawn:
    """Draws all pages at a scale; the first rounds only find out how many there are."""
    certificate = document.certificate
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(style.RESOLUTION)
    writer.setPageLayout(style.page_layout(document.page))
    author = f"Holder of the key {certificate.signer.key_id[:16]}"
    title = words.title(certificate)
    writer.setTitle(title)
    writer.setAuthor(author)
    writer.setCreator(f"PUE Desktop {__version__}")
    writer.setDocumentXmpMetadata(_metadata(title, author))
    for name, data in document.attached.items():
        writer.addFileAttachment(name, QByteArray(data), _ATTACHED[name][0])
    count, fits = _draw_pages(PdfPaper(writer), document, pages=pages, scale=scale)
    buffer.close()
    return _Drawn(bytes(content.data()), count, fits)


def _draw_pages(paper: Paper, document: _Document, *, pages: int, scale: float) -> tuple[int, bool]:
    """Draws everything; returns how many pages that took, and whether page 1 holds what belongs there."""
    certificate = document.certificate
    made, title = certificate.identification, words.title(certificate)
    footer = f"{title}  ·  No. {made.run_id}  ·  {made.created[:10]}  ·  key {certificate.signer.key_id[:16]}"
    sheet = Sheet(paper, footer=footer, pages=pages, scale=scale)
    draw_first_page(sheet, certificate, document.digest)
    fits = sheet.page == 1
    draw_details(sheet, certificate)
    sheet.end()
    return sheet.page, fits


def _metadata(title: str, author: str) -> QByteArray:
    """Returns XMP metadata: the only place where Qt lets the language be told."""
    text = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{html.escape(title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{html.escape(author)}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{_LANGUAGE}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>PUE Desktop {__version__}</xmp:CreatorTool>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
    return QByteArray(text.encode())
