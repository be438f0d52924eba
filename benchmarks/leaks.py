"""Does an exported file carry anything of the original beside its protected pixels?

`leaks(data, original, protected)` takes the file apart: every part of a PNG, WebP, TIFF or JPEG file must be on a list
of what an export may hold, nothing may follow the end, and no stream inside, unpacked where it is packed, may begin a
picture. A picture that is found is compared at its own size: one that lies nearer to the original than to the
protected picture gives the original away.

    python benchmarks/leaks.py EXPORT ORIGINALS     every file of an export folder
"""

import json
import struct
import sys
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from pue_desktop.engine.image_files import Picture, UnusableImageError, read

PNG_CHUNKS = {b"IHDR", b"iCCP", b"pHYs", b"eXIf", b"IDAT", b"IEND"}
WEBP_CHUNKS = {b"VP8X", b"ICCP", b"VP8L", b"EXIF"}
# Size, bits, compression, photometric, strips, samples, planes, predictor, extra samples, sample format, profile;
# then what may be said: description, make, model, resolution, author, copyright, exposure, lens, date.
# Quantisation, baseline frame, Huffman tables, scan; JFIF; EXIF and colour profile, which say their names.
JPEG_SEGMENTS = {0xDB: b"", 0xC0: b"", 0xC4: b"", 0xDA: b"", 0xE0: b"JFIF\0"}
JPEG_SEGMENTS |= {0xE1: b"Exif\0\0", 0xE2: b"ICC_PROFILE\0"}
TIFF_TAGS = {256, 257, 258, 259, 262, 273, 277, 278, 279, 284, 317, 338, 339, 34675}
TIFF_TAGS |= {270, 271, 272, 282, 283, 296, 315, 33432, 33434, 33437, 34850, 34855, 36867}
TIFF_TAGS |= {37383, 37385, 37386, 41987, 41989, 42035, 42036}
EXIF_TAGS = {270, 271, 272, 282, 283, 296, 315, 33432, 34665}
EXIF_TAGS |= {33434, 33437, 34850, 34855, 36867, 37383, 37385, 37386, 41987, 41989, 42035, 42036}
SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"RIFF", b"GIF8", b"II*\0", b"MM\0*", b"8BIM", b"http://ns.adobe.com")
SIGNATURES += (b"ftyp", b"\xff\x4f\xff\x51", b"\0\0\0\x0cjP  ", b"<x:xmpmeta", b"<?xpacket")
_HEADS = 8
_LARGEST_TEXT = 2000 * 4 + 1


def leaks(data: bytes, original: Picture, protected: Picture) -> list[str]:
    """Returns what an exported file holds that it should not, in words; empty if all is well."""
    found: list[str] = []
    streams: list[tuple[str, bytes]] = []
    if data.startswith(b"\x89PNG"):
        found += _png(data, streams)
    elif data.startswith(b"RIFF"):
        found += _webp(data, streams)
    elif data[:4] in (b"II*\0", b"MM\0*"):
        found += _tiff(data, streams)
    elif data.startswith(b"\xff\xd8\xff"):
        found += _jpeg(data, streams)
    else:
        return ["it is neither PNG nor WebP nor TIFF nor JPEG"]
    # The file's own head and that of EXIF are no finding; everything behind them is.
    for name, stream in (("the file", data[_HEADS:]), *streams):
        found += _pictures(name, stream, original, protected)
    return found


def _png(data: bytes, streams: list[tuple[str, bytes]]) -> Iterator[str]:
    place = 8
    while place + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        body = data[place + 8 : place + 8 + length]
        if kind not in PNG_CHUNKS:
            yield f"a PNG chunk {kind!r}"
        if kind == b"iCCP":
            streams.append(("the colour profile", zlib.decompress(body.split(b"\0", 1)[1][1:])))
        if kind == b"eXIf":
            yield from _exif(body, streams)
        place += 12 + length
        if kind == b"IEND":
            break
    if place != len(data):
        yield f"{len(data) - place} bytes behind the end"


def _webp(data: bytes, streams: list[tuple[str, bytes]]) -> Iterator[str]:
    if struct.unpack_from("<I", data, 4)[0] + 8 != len(data):
        yield "bytes behind the end"
    place = 12
    while place + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, place)
        body = data[place + 8 : place + 8 + length]
        if kind not in WEBP_CHUNKS:
            yield f"a WebP chunk {kind!r}"
        if kind == b"ICCP":
            streams.append(("the colour profile", body))
        if kind == b"EXIF":
            yield from _exif(body, streams)
        place += 8 + length + length % 2


def _jpeg(data: bytes, streams: list[tuple[str, bytes]]) -> Iterator[str]:
    place, profile = 2, b""
    while place + 4 <= len(data):
        marker, kind, length = struct.unpack_from(">BBH", data, place)
        body = data[place + 4 : place + 2 + length]
        if marker != 0xFF or not body.startswith(JPEG_SEGMENTS.get(kind, b"?")):
            yield f"a JPEG segment {kind:#x}"
        if kind == 0xE1:
            yield from _exif(body, streams)
        if kind == 0xE2:
            profile += body[14:]
        if kind == 0xE0 and len(body) > 14:
            yield "a thumbnail in the JFIF segment"
        place += 2 + length
        if kind == 0xDA:
            break
    streams.append(("the colour profile", profile))
    # In the scan, 0xff is followed by 0; the first marker behind it must end the file.
    end = data.find(b"\xff\xd9", place)
    if end + 2 != len(data):
        yield f"{len(data) - end - 2} bytes behind the end"


def _exif(block: bytes, streams: list[tuple[str, bytes]]) -> Iterator[str]:
    head = block.removeprefix(b"Exif\0\0")
    streams.append(("the EXIF block", head[_HEADS:]))
    exif = Image.Exif()
    exif.load(block if block.startswith(b"Exif") else b"Exif\0\0" + block)
    fields = dict(exif) | exif.get_ifd(0x8769)
    yield from (f"an EXIF field {tag:#x}" for tag in sorted(fields.keys() - EXIF_TAGS))
    yield from (f"an EXIF field {tag:#x} of {len(value)} bytes" for tag, value in fields.items() if _is_long(value))
    if exif.get_ifd(1):
        yield "a thumbnail in the EXIF block"


def _is_long(value: object) -> bool:
    return isinstance(value, str | bytes | tuple) and len(value) > _LARGEST_TEXT


def _tiff(data: bytes, streams: list[tuple[str, bytes]]) -> Iterator[str]:
    with Image.open(BytesIO(data)) as image:
        tags = dict(image.tag_v2)
        if image.n_frames != 1:
            yield f"{image.n_frames} pages"
    yield from (f"a TIFF tag {tag}" for tag in sorted(tags.keys() - TIFF_TAGS))
    profile = tags.get(34675, b"")
    streams.append(("the colour profile", profile))
    for tag, value in tags.items():
        if tag not in (273, 279, 34675) and _is_long(value):
            yield f"a TIFF tag {tag} of {len(value)} bytes"
    # Strips, directory and values must account for the file; little else can hide in what is left.
    pixels, values = sum(tags[279]), len(profile) + sum(len(v) for v in tags.values() if isinstance(v, str | bytes))
    spare = len(data) - pixels - values - 12 * len(tags) - 8 * (len(tags[273]) + len(tags[279]))
    if spare > 1024:
        yield f"{spare} bytes that no tag accounts for"


def _pictures(name: str, stream: bytes, original: Picture, protected: Picture) -> Iterator[str]:
    for signature in SIGNATURES:
        place = stream.find(signature)
        while place >= 0:
            yield from _picture(name, stream[place - 4 * (signature == b"ftyp") :], original, protected)
            if signature in (b"8BIM", b"http://ns.adobe.com", b"<x:xmpmeta", b"<?xpacket"):
                yield f"a block {signature!r} in {name}"
            place = stream.find(signature, place + 1)


def _picture(name: str, stream: bytes, original: Picture, protected: Picture) -> Iterator[str]:
    try:
        inner = read(stream)
    except UnusableImageError:
        return
    near = _distance(inner, original) < _distance(inner, protected)
    yield f"a picture of {inner.size} in {name}" + (", nearer to the original" if near else "")


def _distance(inner: Picture, outer: Picture) -> float:
    """Mean square difference at the size of `inner`."""
    size = inner.size
    small = np.asarray(outer.image().convert("RGB").resize(size, Image.Resampling.BOX), dtype=float)
    return float(np.mean((np.asarray(inner.image().convert("RGB"), dtype=float) - small) ** 2))


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__)
        return 2
    export, originals = Path(sys.argv[1]), Path(sys.argv[2])
    import base64

    envelope = json.loads((export / "certificate.json").read_bytes())
    images = json.loads(base64.b64decode(envelope["payload"]))["predicate"]["images"]
    bad = 0
    for image in images:
        data = (export / image["path"]).read_bytes()
        for finding in leaks(data, read(originals / image["source"]), read(data)):
            bad += 1
            print(f"{image['path']}: {finding}")
    print(f"{len(images)} files, {bad} findings")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
