"""Is certificate.pdf the one that the owner signed, and is the certificate inside it the one beside it?

Since schema 2 the owner's key signs the PDF as a whole. Of an older one only the manifest tells, which is not signed.
"""

from pathlib import Path

from pue_desktop.engine.envelope import MAX_BYTES, Opened
from pue_desktop.engine.errors import SchemaError
from pue_desktop.engine.export_names import CERTIFICATE_JSON, CERTIFICATE_PDF, shown
from pue_desktop.engine.files import read_limited
from pue_desktop.engine.pdf import MAX_ATTACHED, PdfParts, parts
from pue_desktop.engine.verify_report import Finding

PAGES_SIGNED_SINCE = 2


def check_pdf(folder: Path, opened: Opened, certificate: bytes) -> Finding | None:
    """Checks the PDF of an export folder, whose certificate.json holds `certificate`; returns None if all is well."""
    path = folder / CERTIFICATE_PDF
    if not path.is_symlink() and not path.exists():
        text = f"{CERTIFICATE_PDF} is not there; {CERTIFICATE_JSON} is what counts."
        return Finding("pdf", CERTIFICATE_PDF, text, problem=False)
    try:
        found = parts(read_limited(path, MAX_BYTES))
    except SchemaError as error:
        return Finding("pdf", CERTIFICATE_PDF, f"{CERTIFICATE_PDF}: {error.message}")
    if found.certificate is None and len(certificate) <= MAX_ATTACHED:
        return _finding(CERTIFICATE_PDF, f"there is no {CERTIFICATE_JSON} inside it")
    if found.certificate is not None and found.certificate != certificate:
        return _finding(CERTIFICATE_PDF, f"the certificate inside it is not the {CERTIFICATE_JSON} beside it")
    return check_pages(found, opened, CERTIFICATE_PDF)


def check_pages(found: PdfParts, opened: Opened, name: str) -> Finding | None:
    """Checks the owner's signature over the pages of a PDF; returns None if it holds, or none was made then."""
    if opened.certificate.schema < PAGES_SIGNED_SINCE:
        return None
    state = found.signed(opened.public_key)
    if state == "broken":
        return _finding(name, "it was changed after the owner's key signed it")
    if state == "missing":
        return _finding(name, "the key that signed the certificate did not sign these pages, so they may say anything")
    return None


def _finding(name: str, trouble: str) -> Finding:
    return Finding("pdf", name, f"{shown(name)}: {trouble}.")
