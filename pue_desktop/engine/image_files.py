"""Reading image files: what is refused and why, and the pixels as a viewer shows them.

`read` is the one decoder of the program: scanning, crafting, exporting and verifying see the same pixels. Orientation
is applied, the colour space stays as stored. Whatever can't be protected yet without loss is refused with a reason in
words, never changed silently. The size is checked before anything is decoded.
"""

import hashlib
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

MAX_PIXELS = 120_000_000
MIN_SIDE = 8
SUFFIXES = frozenset(
    {
        ".jpg",
        ".jpeg",
        ".jpe",
        ".jfif",
        ".png",
        ".webp",
        ".tif",
        ".tiff",
        ".bmp",
        ".gif",
        ".avif",
        ".jp2",
        ".ppm",
        ".pgm",
    }
)
_KEPT_MODES = frozenset({"L", "LA", "RGB", "RGBA"})
_WIDENED_MODES = {"1": "L", "P": "RGB", "PA": "RGBA"}
_REFUSED_MODES = {
    "CMYK": "print colours (CMYK) can't be protected yet; convert it to RGB first",
    "YCbCr": "YCbCr pixels can't be protected yet; convert it to RGB first",
    "LAB": "Lab colours can't be protected yet; convert it to RGB first",
    "HSV": "HSV colours can't be protected yet; convert it to RGB first",
    "F": "floating-point pixels can't be protected yet",
}

Image.MAX_IMAGE_PIXELS = None  # checked below, before decoding, with our own limit and words


class UnusableImageError(ValueError):
    """A file that can't be protected; the text is the reason, in words for the user."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Decoded pixels.

    Attributes:
        pixels: uint8, `[height, width]` for mode L, else `[height, width, channel]` with alpha last.
        mode: "L", "LA", "RGB" or "RGBA".
        icc_profile: The colour profile as stored, None if there is none.
        format: Pillow's name of the file format.
        stored_mode: Pillow's mode before it was widened to `mode`.
    """

    pixels: NDArray[np.uint8]
    mode: str
    icc_profile: bytes | None
    format: str
    stored_mode: str

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


def read(data: bytes | Path) -> Picture:
    """Decodes an image file given as bytes or path.

    Raises:
        UnusableImageError: it is damaged, not an image, too large, too small, animated, or of a kind that can't be
            protected yet. The text says which.
    """
    try:
        content = data if isinstance(data, bytes) else data.read_bytes()
    except OSError as error:
        raise UnusableImageError(f"it can't be read ({error.strerror})") from error
    if not content:
        raise UnusableImageError("the file is empty")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _decode(content)
    except UnusableImageError:
        raise
    except UnidentifiedImageError as error:
        raise UnusableImageError("it is not an image, or of an unknown format") from error
    except MemoryError as error:
        raise UnusableImageError("there is not enough memory to open it") from error
    # Pillow's decoders raise nearly anything on damaged files (SyntaxError, struct.error, IndexError, …).
    except Exception as error:
        raise UnusableImageError(
            f"it is damaged ({str(error).splitlines()[0][:120] if str(error) else error!r})"
        ) from error


def _decode(content: bytes) -> Picture:
    with Image.open(BytesIO(content)) as image:
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise UnusableImageError(f"it has {width * height / 1e6:.0f} megapixels, more than {MAX_PIXELS / 1e6:.0f}")
        if min(width, height) < MIN_SIDE:
            raise UnusableImageError(
                f"it is too small ({width}×{height}); at least {MIN_SIDE} pixels a side are needed"
            )
        if getattr(image, "n_frames", 1) > 1 and image.format != "MPO":
            raise UnusableImageError("animations and files of several pages can't be protected yet")
        stored_format, stored_mode = image.format or "", image.mode
        image.load()
        profile = image.info.get("icc_profile")
        upright = ImageOps.exif_transpose(image)
        return Picture(
            pixels=_pixels(upright, stored_mode),
            mode=_kept_mode(upright),
            icc_profile=profile if isinstance(profile, bytes) else None,
            format=stored_format,
            stored_mode=stored_mode,
        )


def _kept_mode(image: Image.Image) -> str:
    if "transparency" in image.info and image.mode in {"P", "RGB", "L", "1"}:
        return "LA" if image.mode in {"L", "1"} else "RGBA"
    return image.mode if image.mode in _KEPT_MODES else _WIDENED_MODES.get(image.mode, "")


def _pixels(image: Image.Image, stored_mode: str) -> NDArray[np.uint8]:
    mode = _kept_mode(image)
    if not mode:
        if stored_mode.startswith("I"):
            raise UnusableImageError("16-bit grey pixels can't be protected yet without losing depth")
        raise UnusableImageError(
            _REFUSED_MODES.get(stored_mode, f"pixels of kind {stored_mode} can't be protected yet")
        )
    # A copy, so that the array is writable and does not keep the file's buffer.
    return np.array(image if image.mode == mode else image.convert(mode), dtype=np.uint8)
