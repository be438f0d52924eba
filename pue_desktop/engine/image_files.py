"""Reading image files: what is refused and why, and the pixels as a viewer shows them.

`read` is the one decoder of the program: scanning, crafting, exporting and verifying see the same pixels. Orientation
is applied, the colour space stays as stored where the pixels allow it (see `image_kinds`). Whatever can't be protected
is refused with a reason in words; whatever changes its kind says so in `Picture.notice`. The size is checked before
anything is decoded, and only the formats listed here are ever tried: none of Pillow's other readers, some of which
start other programs, sees a file.
"""

import hashlib
import importlib
import os
import stat
import warnings
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from pue_desktop.engine.image_kinds import UnusableImageError, settled

__all__ = [
    "MAX_PIXELS",
    "OTHER_PICTURES",
    "SUFFIXES",
    "LargeImageError",
    "Picture",
    "UnusableImageError",
    "read",
    "read_bytes",
    "readable_formats",
]

MAX_PIXELS = 120_000_000
MAX_BYTES = 2**30
MIN_SIDE = 8
# A JPEG of several pictures (MPO) comes with JPEG.
_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "AVIF", "JPEG2000", "BMP", "DIB", "GIF", "PPM")
SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".apng", ".webp", ".tif", ".tiff", ".bmp", ".dib", ".gif"}
    | {".avif", ".avifs", ".heic", ".heif", ".hif", ".jp2", ".j2k", ".jpf", ".jpx", ".jpc", ".j2c"}
    | {".ppm", ".pgm", ".pbm", ".pnm"}
)
# Endings that say "picture" too, so that the reason says more than that the file is none.
OTHER_PICTURES = frozenset(
    {".psd", ".psb", ".tga", ".ico", ".icns", ".qoi", ".svg", ".eps", ".ai", ".pdf", ".xcf", ".pcx", ".exr", ".hdr"}
    | {".jxl", ".jxr", ".djvu", ".fits", ".dcm", ".dng", ".cr2", ".cr3", ".nef", ".arw", ".raf", ".orf", ".rw2"}
    | {".pef", ".srw", ".raw"}
)
_MOST_PREVIEWS = 16
# Words of Pillow's about files that are damaged for certain.
_DAMAGE = ("truncated", "broken", "cut", "corrupt")
_OR_UNKNOWN = ", or of a kind that can't be read here"
_NEW_SUBFILE_TYPE = 254
_SIGNATURES = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"GIF8", "GIF"),
)
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})

Image.MAX_IMAGE_PIXELS = None  # checked below, before decoding, with our own limit and words


@dataclass(frozen=True, slots=True)
class Picture:
    """Decoded pixels.

    Attributes:
        pixels: uint8, `[height, width]` for mode L, else `[height, width, channel]` with alpha last.
        mode: "L", "LA", "RGB" or "RGBA".
        icc_profile: The colour profile as stored, None if there is none.
        format: Pillow's name of the file format.
        stored_mode: Pillow's mode before it was widened to `mode`.
        notice: What an export will not have that the file has, in words; empty if nothing.
    """

    pixels: NDArray[np.uint8]
    mode: str
    icc_profile: bytes | None
    format: str
    stored_mode: str
    notice: str = ""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.pixels.shape[1], self.pixels.shape[0]

    def image(self) -> Image.Image:
        """Returns the pixels as a Pillow image, without metadata."""
        return Image.fromarray(self.pixels)

    def digest(self) -> str:
        """Returns the SHA-256 over mode, size and pixel bytes, as hex."""
        hasher = hashlib.sha256(f"{self.mode} {self.size[0]}x{self.size[1]}\n".encode())
        hasher.update(np.ascontiguousarray(self.pixels).data)
        return hasher.hexdigest()


@cache
def readable_formats() -> tuple[str, ...]:
    """Returns Pillow's names of the formats that are read here; HEIF is among them where its decoder is installed."""
    for module in ("pi_heif", "pillow_heif"):
        with suppress(ImportError):
            importlib.import_module(module).register_heif_opener(thumbnails=False)
            return (*_FORMATS, "HEIF")
    return _FORMATS


def read_bytes(path: Path) -> bytes:
    """Returns the bytes of an image file.

    Raises:
        UnusableImageError: it can't be read, is no regular file (a pipe would wait for ever), or is too large.
    """
    try:
        # Not blocking: opening a pipe would wait for somebody to write.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as stream:
            facts = os.fstat(stream.fileno())
            if not stat.S_ISREG(facts.st_mode):
                raise UnusableImageError("it is not a regular file")
            if facts.st_size > MAX_BYTES:
                raise UnusableImageError(f"it has {facts.st_size / 1e9:.1f} GB, more than {MAX_BYTES / 1e9:.1f}")
            return stream.read(MAX_BYTES)
    except OSError as error:
        raise UnusableImageError(f"it can't be read ({error.strerror})") from error


class LargeImageError(UnusableImageError):
    """A file with more pixels than were allowed for."""


def read(data: bytes | Path, *, most_pixels: int = MAX_PIXELS) -> Picture:
    """Decodes an image file.

    Args:
        data: Its bytes or its path.
        most_pixels: Nothing larger is decoded; at most `MAX_PIXELS`.

    Raises:
        LargeImageError: it has more pixels.
        UnusableImageError: it is damaged, not an image, too large, too small, animated, or of a kind that can't be
            protected. The text says which.
    """
    content = data if isinstance(data, bytes) else read_bytes(data)
    if not content:
        raise UnusableImageError("the file is empty")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _decode(content, most_pixels)
    except UnusableImageError:
        raise
    except UnidentifiedImageError as error:
        raise UnusableImageError(_unidentified(content)) from error
    except MemoryError as error:
        raise UnusableImageError("there is not enough memory to open it") from error
    # Pillow's decoders raise nearly anything on damaged files (SyntaxError, struct.error, IndexError, …).
    except Exception as error:
        said = str(error).splitlines()[0][:120] if str(error) else repr(error)
        certain = any(word in said.lower() for word in _DAMAGE)
        raise UnusableImageError(f"it is damaged{'' if certain else _OR_UNKNOWN} ({said})") from error


def _unidentified(content: bytes) -> str:
    heic = content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS
    if heic and "HEIF" not in readable_formats():
        return "HEIC can't be read here: install pi-heif (pip install pi-heif), or save it as PNG first"
    known = "HEIC" if heic else next((name for start, name in _SIGNATURES if content.startswith(start)), "")
    if known:
        return f"it is damaged (it begins as a {known} file does, but its header can't be read)"
    return "it is not an image, or of a format that can't be protected"


def _decode(content: bytes, most_pixels: int) -> Picture:
    with Image.open(BytesIO(content), formats=readable_formats()) as image:
        width, height = image.size
        if width * height > most_pixels:
            raise LargeImageError(f"it has {width * height / 1e6:.0f} megapixels, more than {most_pixels / 1e6:.0f}")
        if min(width, height) < MIN_SIDE:
            raise UnusableImageError(
                f"it is too small ({width}×{height}); at least {MIN_SIDE} pixels a side are needed"
            )
        left_out = _check_single(image)
        stored_format, stored_mode = image.format or "", image.mode
        image.load()
        profile = image.info.get("icc_profile")
        _set_upright(image)
        kind = settled(image, profile if isinstance(profile, bytes) else None, stored_format, content)
        return Picture(
            pixels=kind.pixels,
            mode=kind.mode,
            icc_profile=kind.icc_profile,
            format=stored_format,
            stored_mode=stored_mode,
            notice="; ".join(filter(None, (kind.notice, left_out))),
        )


def _check_single(image: Image.Image) -> str:
    """Refuses files of several pictures, unless all but the first are previews; returns what is left out, in words."""
    frames = getattr(image, "n_frames", 1)
    if frames == 1:
        return ""
    # The first picture of an MPO is the photograph; the others are previews, a second eye, or data about depth.
    if image.format == "MPO" or (image.format == "TIFF" and _only_previews(image, frames)):
        return "the smaller or second pictures in the file are left out"
    raise UnusableImageError("animations and files of several pages can't be protected; save each picture by itself")


def _only_previews(image: Image.Image, frames: int) -> bool:
    if frames > _MOST_PREVIEWS:
        return False
    kinds = []
    for frame in range(1, frames):
        image.seek(frame)
        kinds.append(image.tag_v2.get(_NEW_SUBFILE_TYPE, 0))  # type: ignore[attr-defined]
    image.seek(0)
    return all(isinstance(kind, int) and kind & 1 for kind in kinds)


def _set_upright(image: Image.Image) -> None:
    """Turns the image as it is to be looked at; where the tag can't be read, it is shown as it is stored."""
    try:
        ImageOps.exif_transpose(image, in_place=True)
    except MemoryError:
        raise
    # Damaged metadata raises nearly anything.
    except Exception:
        return
