"""A private key under a passphrase, as any tool reads it: PKCS #8 with PBES2 (RFC 8018), PEM.

`cryptography` writes this format too, but with 2048 rounds of PBKDF2, which a stolen file would not withstand. So the
few bytes around the ciphertext are written here, with as many rounds as are advised today; reading is left to it.
"""

import base64
import os
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

ROUNDS: Final = 600_000  # OWASP Password Storage Cheat Sheet, PBKDF2-HMAC-SHA256

_SEQUENCE, _OCTETS, _INTEGER, _OID = b"\x30", b"\x04", b"\x02", b"\x06"
_NULL = b"\x05\x00"
_PBES2 = bytes.fromhex("2a864886f70d01050d")
_PBKDF2 = bytes.fromhex("2a864886f70d01050c")
_HMAC_SHA256 = bytes.fromhex("2a864886f70d0209")
_AES256_CBC = bytes.fromhex("60864801650304012a")


def encrypted_pem(key: Ed25519PrivateKey, passphrase: str) -> bytes:
    """Returns the key as PEM that only `passphrase` opens."""
    salt, start = os.urandom(16), os.urandom(16)
    secret = PBKDF2HMAC(SHA256(), 32, salt, ROUNDS).derive(passphrase.encode())
    plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    padding = PKCS7(128).padder()
    padded = padding.update(plain) + padding.finalize()
    cipher = Cipher(algorithms.AES256(secret), modes.CBC(start)).encryptor()
    ciphertext = cipher.update(padded) + cipher.finalize()
    rounds = ROUNDS.to_bytes(ROUNDS.bit_length() // 8 + 1)
    derivation = _der(
        _SEQUENCE,
        _der(_OID, _PBKDF2),
        _der(
            _SEQUENCE,
            _der(_OCTETS, salt),
            _der(_INTEGER, rounds),
            _der(_SEQUENCE, _der(_OID, _HMAC_SHA256), _NULL),
        ),
    )
    scheme = _der(_SEQUENCE, _der(_OID, _AES256_CBC), _der(_OCTETS, start))
    algorithm = _der(_SEQUENCE, _der(_OID, _PBES2), _der(_SEQUENCE, derivation, scheme))
    body = base64.b64encode(_der(_SEQUENCE, algorithm, _der(_OCTETS, ciphertext))).decode()
    lines = [body[place : place + 64] for place in range(0, len(body), 64)]
    return "\n".join(
        ["-----BEGIN ENCRYPTED PRIVATE KEY-----", *lines, "-----END ENCRYPTED PRIVATE KEY-----", ""]
    ).encode()


def _der(tag: bytes, *content: bytes) -> bytes:
    """Returns a DER element; contents up to 255 bytes are all that is needed here."""
    inner = b"".join(content)
    length = len(inner).to_bytes() if len(inner) < 128 else b"\x81" + len(inner).to_bytes()
    return tag + length + inner
