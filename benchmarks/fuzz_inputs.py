"""Valid inputs of every kind, and what a seed makes of them: bits turned, parts cut, doubled or swapped, numbers beyond
all bounds, brackets without end. Input `number` of a kind is the same wherever and whenever it is made.
"""

import base64
import json
import random
import re
import struct
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image

from pue_desktop.engine.envelope import pre_authentication
from pue_desktop.engine.image_files import readable_formats

_NUMBER = re.compile(rb"-?\d+(\.\d+)?([eE][-+]?\d+)?")
_VALUE = re.compile(rb'"[^"\n]{0,200}"|-?\d+(\.\d+)?|true|false|null')
_NUMBERS = (b"1e400", b"-1", b"0", b"18446744073709551616", b"9" * 5000, b"1e-400", b"NaN", b"Infinity", b"0.1")
_VALUES = (b"null", b"[]", b"{}", b'""', b"true", b'"\\ud800"', b'"../../x"', b'"/dev/zero"', b'"\\u0000"', b'"a\\nb"')
_WORDS = (b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0", b"\x80\0\0\0", b"\xff\xff", b"\0\x01", b"\xff\xd8")

Change = Callable[[bytes, bytes, random.Random], bytes]


def _bits(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 64))):
        if made:
            made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def _early_bits(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    """Headers are at the beginning."""
    return _bits(data[:256], _other, chance) + data[256:]


def _word(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    word, place = chance.choice(_WORDS), chance.randrange(min(len(data), chance.choice((64, 10**9))) + 1)
    return data[:place] + word + data[place + len(word) :]


def _cut(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _drop(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:start] + data[end:]


def _double(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:end] + data[start:end] * chance.choice((1, 1, 50)) + data[end:]


def _splice(data: bytes, other: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def _number(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    return _instead(data, _NUMBER, chance.choice(_NUMBERS), chance)


def _value(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    return _instead(data, _VALUE, chance.choice(_VALUES), chance)


def _deep(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    depth = chance.choice((50, 1_000, 200_000))
    opened, closed = chance.choice(((b"[", b"]"), (b'{"a":', b"}"), (b"[[{},", b"]]"), (b"<<", b">>"), (b"(", b")")))
    nest = opened * depth + chance.choice((b"", b"1" + closed * depth))
    return chance.choice((nest, _instead(data, _VALUE, nest, chance)))


def _field(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    """A field that nobody knows, with anything in it."""
    place = data.find(b"{", chance.randrange(len(data) + 1)) + 1
    nest = b"[" * 100_000 if chance.random() < 0.5 else chance.choice(_VALUES)
    return data[:place] + b'"unheard": ' + nest + b"," + data[place:]


def _instead(data: bytes, what: re.Pattern[bytes], new: bytes, chance: random.Random) -> bytes:
    found = list(what.finditer(data))
    if not found:
        return data + new
    one = chance.choice(found)
    return data[: one.start()] + new + data[one.end() :]


_ANY: tuple[Change, ...] = (_bits, _early_bits, _word, _cut, _drop, _double, _splice)
_TEXT: tuple[Change, ...] = (_number, _value, _deep, _field)


def changed(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Returns `data` changed in one to four ways; `other` is what may be spliced in."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        text = data[:1] in (b"{", b"[") or b"," in data[:60]
        data = chance.choice(_TEXT if text and chance.random() < 0.7 else _ANY)(data, other, chance)
    return data


def changed_header(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Changes the header of a safetensors file and mends its length, as somebody would who means harm."""
    (length,) = struct.unpack("<Q", data[:8])
    header = changed(data[8 : 8 + length], other, chance)
    return struct.pack("<Q", len(header)) + header + data[8 + length :]


def changed_payload(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Changes what a certificate says and signs it anew with the stranger's own key."""
    envelope = json.loads(data)
    payload = changed(base64.b64decode(envelope["payload"]), other, chance)
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    envelope["payload"] = base64.b64encode(payload).decode()
    envelope["signatures"][0]["sig"] = base64.b64encode(key.sign(pre_authentication(payload))).decode()
    return json.dumps(envelope).encode()


def pictures() -> list[tuple[str, bytes]]:
    """Returns small pictures in every format that is read, with metadata where there can be some."""
    random_pixels = np.random.default_rng(0).integers(0, 256, (40, 48, 4)).astype(np.uint8)
    colour = Image.fromarray(random_pixels).resize((48, 40)).convert("RGB")
    exif = Image.Exif()
    exif[0x0112], exif[0x010E], exif[0x9003] = 6, "words", "2020:01:01 00:00:00"
    kinds: list[tuple[str, str, Image.Image, dict[str, object]]] = [
        ("png", "PNG", colour, {"exif": exif}),
        ("png", "PNG", Image.fromarray(random_pixels), {}),
        ("png", "PNG", colour.convert("P"), {"transparency": 3}),
        ("png", "PNG", colour.convert("1"), {}),
        ("png", "PNG", Image.fromarray(random_pixels[..., 0].astype(np.uint16) * 257), {}),
        ("jpg", "JPEG", colour, {"exif": exif, "quality": 80}),
        ("jpg", "JPEG", colour, {"progressive": True, "comment": b"hello"}),
        ("jpg", "JPEG", colour.convert("CMYK"), {}),
        ("mpo", "MPO", colour, {"save_all": True, "append_images": [colour]}),
        ("tif", "TIFF", colour, {"compression": "tiff_lzw"}),
        ("tif", "TIFF", colour, {"compression": "jpeg"}),
        ("tif", "TIFF", colour.convert("LAB"), {}),
        ("tif", "TIFF", Image.fromarray(random_pixels), {"compression": "tiff_adobe_deflate"}),
        ("webp", "WEBP", Image.fromarray(random_pixels), {"lossless": True}),
        ("webp", "WEBP", colour, {"exif": exif}),
        ("gif", "GIF", colour.convert("P"), {}),
        ("bmp", "BMP", colour, {}),
        ("ppm", "PPM", colour, {}),
        ("jp2", "JPEG2000", colour, {}),
        ("avif", "AVIF", colour, {}),
        ("heic", "HEIF", colour, {}),
    ]
    found = []
    for suffix, kind, image, more in kinds:
        if kind not in readable_formats():
            continue
        made = BytesIO()
        try:
            image.save(made, kind, **more)
        except (OSError, KeyError):  # this Pillow reads it only
            continue
        found.append((f"picture.{suffix}", made.getvalue()))
    heic = Path(__file__).parents[1] / "tests/fixtures/drawn.heic"
    return [*found, ("picture.heic", heic.read_bytes())]


def tables() -> list[tuple[str, bytes]]:
    """Returns tables of labels as people write them."""
    rows = [f"class {number % 2}/{number}.png,kind {number % 3}" for number in range(12)]
    quoted = [f'"./class {number % 2}/{number}.png","a ""kind"", {number}"' for number in range(12)]
    return [
        ("labels.csv", "\n".join(["path,label", *rows]).encode()),
        ("labels.csv", "\r\n".join(["file,class", *quoted]).encode()),
        ("labels.csv", b"\xef\xbb\xbf" + "\n".join(["Path;Label", *rows, "ä/ü.png,é"]).encode()),
    ]
