"""The signed envelope of a certificate: an in-toto Statement v1 inside a DSSE envelope with an Ed25519 signature.

Both are public formats (https://github.com/secure-systems-lab/dsse, https://in-toto.io/Statement/v1), so that other
people's tools can check the signature and the files without this program. Opening treats every byte as hostile:
sizes are limited, decoding is typed, and nothing is believed before the signature was looked at.
"""

import base64
import binascii
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Meta

from pue_desktop.engine.certificate_schema import KNOWN_TYPES, PREDICATE_TYPE, SCHEMA, Certificate
from pue_desktop.engine.certificate_values import Digest
from pue_desktop.engine.errors import SchemaError
from pue_desktop.engine.export_names import shown
from pue_desktop.engine.files import canonical_json, pretty_json, read_limited
from pue_desktop.engine.keys import key_id, raw_public, signature_holds

PAYLOAD_TYPE: Final = "application/vnd.in-toto+json"
STATEMENT_TYPE: Final = "https://in-toto.io/Statement/v1"
MAX_BYTES = 256 * 2**20


class Digests(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Digests of a subject, by algorithm."""

    sha256: Digest


class Subject(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One exported file: its path in the export folder and the digest of its bytes."""

    name: str
    digest: Digests


class Statement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An in-toto statement: these subjects have this certificate."""

    type_: Literal["https://in-toto.io/Statement/v1"] = msgspec.field(name="_type", default=STATEMENT_TYPE)
    subject: Annotated[tuple[Subject, ...], Meta(min_length=1)]
    predicate_type: Literal["urn:pue-desktop:certificate:1", "urn:pue-desktop:certificate:2"] = msgspec.field(
        name="predicateType", default=PREDICATE_TYPE
    )
    predicate: Certificate


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One signature: base64, and the name of the key."""

    keyid: str
    sig: str


class Envelope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A DSSE envelope."""

    payload_type: Literal["application/vnd.in-toto+json"] = msgspec.field(name="payloadType", default=PAYLOAD_TYPE)
    payload: str
    signatures: Annotated[tuple[Signature, ...], Meta(min_length=1, max_length=16)]


class _AnyStatement(msgspec.Struct, frozen=True):
    """Only what tells the version of a statement."""

    predicate_type: str = msgspec.field(name="predicateType")


@dataclass(frozen=True, slots=True)
class Opened:
    """A certificate as read from its envelope.

    Attributes:
        statement: Subjects and certificate.
        signed: Whether the signature was made with the key that the certificate itself names.
        public_key: That key, 32 bytes.
        payload: The signed bytes.
        signature: Made over them.
    """

    statement: Statement
    signed: bool
    public_key: bytes
    payload: bytes
    signature: bytes

    @property
    def certificate(self) -> Certificate:
        """The certificate itself."""
        return self.statement.predicate

    @property
    def key_id(self) -> str:
        """Name of the key the certificate names."""
        return key_id(self.public_key)


def pre_authentication(payload: bytes, payload_type: str = PAYLOAD_TYPE) -> bytes:
    """Returns what is signed: DSSE's pre-authentication encoding of the payload and its type."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def seal(statement: Statement, key: Ed25519PrivateKey) -> bytes:
    """Returns certificate.json: the statement, signed."""
    payload = canonical_json(statement)
    envelope = Envelope(
        payload=base64.b64encode(payload).decode(),
        signatures=(
            Signature(
                keyid=key_id(raw_public(key.public_key())),
                sig=base64.b64encode(key.sign(pre_authentication(payload))).decode(),
            ),
        ),
    )
    return pretty_json(envelope)


def open_certificate(path: Path) -> Opened:
    """Reads certificate.json and checks its signature against the key that it names.

    Raises:
        SchemaError: it is missing, damaged, of another version, or not a certificate.
    """
    return open_bytes(read_limited(path, MAX_BYTES))


def open_bytes(data: bytes) -> Opened:
    """Opens the content of a certificate.json. Raises `SchemaError` as `open_certificate` does."""
    try:
        envelope = msgspec.json.decode(data, type=Envelope)
        payload = base64.b64decode(envelope.payload, validate=True)
        signature = base64.b64decode(envelope.signatures[0].sig, validate=True)
        _check_version(payload)
        statement = msgspec.json.decode(payload, type=Statement)
        if statement.predicate.schema != KNOWN_TYPES[statement.predicate_type]:
            raise ValueError("its kind and its schema are not the same")
        public_key = base64.b64decode(statement.predicate.signer.public_key, validate=True)
    except (msgspec.DecodeError, binascii.Error, UnicodeDecodeError, RecursionError, ValueError) as error:
        reason = shown(str(error).splitlines()[0][:160]) if str(error) else type(error).__name__
        raise SchemaError(
            f"The certificate is damaged or not a certificate: {reason}.", hint="Restore it from the owner's copy."
        ) from error
    return Opened(
        statement=statement,
        signed=signature_holds(public_key, signature, pre_authentication(payload)),
        public_key=public_key,
        payload=payload,
        signature=signature,
    )


def _check_version(payload: bytes) -> None:
    found = msgspec.json.decode(payload, type=_AnyStatement).predicate_type
    if found not in KNOWN_TYPES:
        raise SchemaError(
            f"The certificate is of kind {shown(found[:80])}; this version reads kinds 1 to {SCHEMA}.",
            hint="Verify it with the version of PUE Desktop that made it, or a newer one.",
        )
