"""What lies inside and under certificate.pdf: the attached certificate, and the owner's signature over the pages.

The signature is a comment on the file's last line, which PDF readers pass over; it is made over every byte before it,
with the key that signed the certificate, in DSSE's encoding:

    %PUE-Desktop-Signature ed25519 <key id, hex> <signature, base64>

So the figures on the pages can't be edited while the attached certificate stays as it was. Reading treats every byte
as hostile.
"""

import base64
import binascii
import hashlib
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pue_desktop.engine.envelope import pre_authentication
from pue_desktop.engine.errors import SchemaError
from pue_desktop.engine.export_names import CERTIFICATE_JSON
from pue_desktop.engine.keys import key_id, raw_public, signature_holds

PAYLOAD_TYPE = "application/pdf"
MAX_ATTACHED = 64 * 2**20
_MARK = b"%PUE-Desktop-Signature "
_LINE = re.compile(rb"%PUE-Desktop-Signature ed25519 ([0-9a-f]{64}) ([A-Za-z0-9+/]{86}==)\n")

Signed = Literal["holds", "broken", "missing"]


@dataclass(frozen=True, slots=True)
class PdfParts:
    """What a certificate.pdf holds.

    Attributes:
        certificate: Bytes of the attached certificate.json; None if there is none.
        data: The whole file.
    """

    certificate: bytes | None
    data: bytes

    def signed(self, public_key: bytes) -> Signed:
        """Returns whether the pages are signed with the private half of `public_key` (32 bytes)."""
        start = self.data.rfind(_MARK)
        if start < 0:
            return "missing"
        line = _LINE.fullmatch(self.data, start)
        if line is None or line.group(1).decode() != key_id(public_key):
            return "broken"
        try:
            signature = base64.b64decode(line.group(2), validate=True)
        except binascii.Error:
            return "broken"
        message = pre_authentication(self.data[:start], PAYLOAD_TYPE)
        return "holds" if signature_holds(public_key, signature, message) else "broken"


def with_signature(data: bytes, key: Ed25519PrivateKey) -> bytes:
    """Returns a PDF with the owner's signature over it on its last line."""
    body = data if data.endswith(b"\n") else data + b"\n"
    signature = base64.b64encode(key.sign(pre_authentication(body, PAYLOAD_TYPE))).decode()
    name = key_id(raw_public(key.public_key()))
    return body + _MARK + f"ed25519 {name} {signature}\n".encode()


def parts(data: bytes) -> PdfParts:
    """Takes a certificate.pdf apart.

    Raises:
        SchemaError: it is not a PDF, or damaged beyond reading.
    """
    from pypdf import PdfReader

    # pypdf raises nearly anything on damaged files, and its own errors are ValueErrors, KeyErrors and more.
    try:
        with _quiet():
            found = [file.content for file in PdfReader(BytesIO(data)).attachment_list if file.name == CERTIFICATE_JSON]
    except Exception as error:
        raise SchemaError("The PDF is damaged or not a PDF.", hint="Restore it from the owner's copy.") from error
    if len(found) > 1:
        raise SchemaError("The PDF holds several certificates.", hint="Restore it from the owner's copy.")
    return PdfParts(found[0] if found else None, data)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps pypdf's remarks about damaged files from the terminal: the finding says it."""
    log = logging.getLogger("pypdf")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)


def finished(data: bytes, descriptions: dict[str, str], *, language: str) -> bytes:
    """Returns a drawn PDF with what Qt can't write: its language, and what each attachment is.

    Args:
        data: The PDF.
        descriptions: By name of the attachment.
        language: As in BCP 47.
    """
    from pypdf import PdfWriter
    from pypdf.generic import (
        BooleanObject,
        ByteStringObject,
        DictionaryObject,
        NameObject,
        NumberObject,
        TextStringObject,
    )

    writer = PdfWriter(clone_from=BytesIO(data))
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(language)
    root[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    for attached in writer.attachment_list:
        file, name = attached.pdf_object, attached.name
        file[NameObject("/UF")] = TextStringObject(name)
        file[NameObject("/Desc")] = TextStringObject(descriptions[name])
        file[NameObject("/AFRelationship")] = NameObject("/Data")
        stream = attached._embedded_file  # no public name reaches it
        stream[NameObject("/Type")] = NameObject("/EmbeddedFile")
        if "/Subtype" in file:  # where Qt puts the kind of the content
            stream[NameObject("/Subtype")] = file.pop("/Subtype")
        attached.size = NumberObject(len(attached.content))
        attached.checksum = ByteStringObject(hashlib.md5(attached.content, usedforsecurity=False).digest())
    writer.pdf_header = "%PDF-1.7"
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
