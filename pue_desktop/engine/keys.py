"""Signing keys: Ed25519 private keys in files that only their owner reads, public keys, signatures.

A key says nothing about who holds it: it lets the owner show that two certificates, or a certificate and a published
public key, come from the same hand. `identities` says which keys a user has.
"""

import base64
import binascii
import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.engine.files import storage_errors
from pue_desktop.engine.key_encryption import encrypted_pem

_MAX_KEY_FILE = 64 * 1024


class WrongPassphraseError(InputRefusedError):
    """A key file is under another passphrase, or under one and none was given."""


def is_encrypted(path: Path) -> bool:
    """Returns whether a private key file is under a passphrase. Raises `InputRefusedError` if it can't be read."""
    try:
        return b"BEGIN ENCRYPTED PRIVATE KEY" in path.read_bytes()[:_MAX_KEY_FILE]
    except OSError as error:
        raise _unusable(path) from error


def load(path: Path, passphrase: str = "") -> Ed25519PrivateKey:
    """Reads a private key.

    Args:
        path: PEM file.
        passphrase: Used only where the file is under one.

    Raises:
        WrongPassphraseError: the file is under another passphrase.
        InputRefusedError: the file is not a readable Ed25519 key.
    """
    encrypted = is_encrypted(path)
    try:
        key = load_pem_private_key(path.read_bytes(), password=passphrase.encode() if encrypted else None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        if encrypted and isinstance(error, ValueError | TypeError):
            raise WrongPassphraseError(f"{path} is under another passphrase.", hint="Try again.") from error
        raise _unusable(path) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _unusable(path)
    return key


def _unusable(path: Path) -> InputRefusedError:
    return InputRefusedError(
        f"{path} can't be used as signing key: it is not a readable Ed25519 private key.",
        hint="Restore it from a copy, or move it away to have a new one made.",
    )


def create(path: Path, passphrase: str = "") -> None:
    """Makes a new key (mode 0600), unless another program just did.

    Raises:
        StorageError: it can't be written.
    """
    write_private(path, Ed25519PrivateKey.generate(), passphrase, replace=False)


def write_private(path: Path, key: Ed25519PrivateKey, passphrase: str, *, replace: bool = True) -> None:
    """Writes a private key that only its owner can read, whole or not at all.

    Args:
        path: PEM file.
        key: To be kept.
        passphrase: Under which; empty: none.
        replace: Whether to put it in the place of what is there. If not, of two programs only one key wins.
    """
    pem = (
        encrypted_pem(key, passphrase)
        if passphrase
        else key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    with storage_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")  # mkstemp makes it 0600
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(pem)
                stream.flush()
                os.fsync(stream.fileno())
            if replace:
                temporary.replace(path)
            else:
                _link(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)


def _link(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        if not path.exists():
            temporary.replace(path)


def raw_public(key: Ed25519PublicKey) -> bytes:
    """Returns the 32 bytes of a public key."""
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def public_pem(key: Ed25519PublicKey) -> bytes:
    """Returns a public key as PEM, as the owner may publish it."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def public_pem_of_raw(public_key: bytes) -> bytes:
    """Returns a public key (32 bytes) as PEM."""
    return public_pem(Ed25519PublicKey.from_public_bytes(public_key))


def key_id(public_key: bytes) -> str:
    """Returns the name of a public key (32 bytes): the SHA-256 of them, as hex."""
    return hashlib.sha256(public_key).hexdigest()


def load_public(path: Path) -> bytes:
    """Reads a public key as PEM or as base64 of its 32 bytes; returns the 32 bytes.

    Raises:
        InputRefusedError: the file can't be read or is not an Ed25519 public key.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(_MAX_KEY_FILE)
    except OSError as error:
        raise InputRefusedError(f"{path} can't be read: {error.strerror}.", hint="Check the path.") from error
    if b"-----BEGIN" in data:
        with contextlib.suppress(ValueError, TypeError, UnsupportedAlgorithm):
            key = load_pem_public_key(data)
            if isinstance(key, Ed25519PublicKey):
                return raw_public(key)
    else:
        with contextlib.suppress(binascii.Error, ValueError):
            raw = base64.b64decode(data.strip(), validate=True)
            if len(raw) == 32:
                return raw
    raise InputRefusedError(
        f"{path} is not an Ed25519 public key.", hint="It must be PEM, or base64 of the key's 32 bytes."
    )


def signature_holds(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Returns whether `signature` over `message` was made with the private half of `public_key` (32 bytes)."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError, UnsupportedAlgorithm):
        return False
    return True
