"""From the pixels of a file to one of four kinds: grey or colour of 8 bits, with or without transparency.

Palettes, 1-bit and 16-bit pixels become 8 bits a channel, print colours (CMYK) and Lab become RGB by their profile.
What loses something says so. What would become another picture than a viewer shows is refused with the reason.
"""

import re
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

_KEPT = frozenset({"L", "LA", "RGB", "RGBA"})
_WIDENED = {"1": "L", "P": "RGB", "PA": "RGBA", "La": "LA", "RGBa": "RGBA", "RGBX": "RGB", "YCbCr": "RGB"}
_REFUSED = {
    "HSV": "HSV colours can't be protected; convert it to RGB first",
    "F": "floating-point pixels can't be protected; save it with 8 or 16 bits first",
    "I": "pixels of 32 bits or with a sign can't be protected; save it with 8 or 16 bits first",
}
_TRANSPARENT = frozenset({"P", "RGB", "L", "1"})
_FEWER_BITS = "its {} bits a channel become 8"
_PRINT = "its print colours (CMYK) become RGB"
_LAB = "its Lab colours become RGB"
# Where nothing is brighter than this of 255, the file does not use its range, and 8 bits would lose the picture.
_DARKEST = 16
_PHOTOMETRIC, _BITS_PER_SAMPLE = 262, 258
_HEADER = 65_536
_PNM = re.compile(rb"P[56]\s+(?:#[^\n]*\n\s*)*\d+\s+(?:#[^\n]*\n\s*)*\d+\s+(?:#[^\n]*\n\s*)*(\d+)\s")
_SHORT_GREY = frozenset({"I;16", "I;16L", "I;16B", "I;16N"})


class UnusableImageError(ValueError):
    """A file that can't be protected; the text is the reason, in words for the user."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Pixels of a kept kind; see `Picture` for the fields."""

    pixels: NDArray[np.uint8]
    mode: str
    icc_profile: bytes | None
    notice: str


def settled(image: Image.Image, profile: bytes | None, file_format: str, content: bytes) -> Settled:
    """Returns a loaded, upright image as one of the kept kinds.

    Args:
        image: As Pillow decodes it.
        profile: Its colour profile.
        file_format: Pillow's name of the format.
        content: The file.

    Raises:
        UnusableImageError: its kind can't be protected.
    """
    bits = _bits(image, file_format, content)
    if image.mode in _SHORT_GREY or (image.mode == "I" and file_format == "PPM"):
        grey = _short_grey(image, bits or 16, file_format)
        return Settled(grey, "L" if grey.ndim == 2 else "LA", profile, _FEWER_BITS.format(bits or 16))
    if image.mode in ("CMYK", "LAB"):
        return Settled(_as_rgb(image, profile), "RGB", None, _PRINT if image.mode == "CMYK" else _LAB)
    mode = _mode(image)
    if bits > 8 and image.mode == "RGB" and mode == "RGBA":
        # Pillow compares the 8 bits it keeps with the 16 of the transparent colour.
        raise UnusableImageError("one transparent colour of 16 bits can't be kept; save it with an alpha channel first")
    if not mode:
        raise UnusableImageError(_REFUSED.get(image.mode, f"pixels of kind {image.mode} can't be protected"))
    # A copy, so that the array is writable and does not keep the file's buffer.
    pixels = np.array(image if image.mode == mode else image.convert(mode), dtype=np.uint8)
    return Settled(pixels, mode, profile, _FEWER_BITS.format(bits) if bits > 8 else "")


def _mode(image: Image.Image) -> str:
    if "transparency" in image.info and image.mode in _TRANSPARENT:
        return "LA" if image.mode in {"L", "1"} else "RGBA"
    return image.mode if image.mode in _KEPT else _WIDENED.get(image.mode, "")


def _short_grey(image: Image.Image, bits: int, file_format: str) -> NDArray[np.uint8]:
    values = np.asarray(image, dtype=np.int64)
    # Pillow stretches 12-bit values to 16 bits in every format but TIFF.
    shift = (bits if file_format == "TIFF" else 16) - 8
    shifted = np.clip(values >> shift, 0, 255)
    inverted = file_format == "TIFF" and image.tag_v2.get(_PHOTOMETRIC) == 0  # type: ignore[attr-defined]
    grey: NDArray[np.uint8] = (255 - shifted if inverted else shifted).astype(np.uint8)
    if grey.max(initial=0) < _DARKEST or grey.min(initial=255) > 255 - _DARKEST:
        raise UnusableImageError(
            f"its {bits}-bit values use only a sixteenth of their range, and 8 bits would lose the picture; "
            "stretch its contrast first"
        )
    transparent = image.info.get("transparency")
    if isinstance(transparent, int):
        return np.stack([grey, np.where(values == transparent, 0, 255).astype(np.uint8)], axis=-1)
    return grey


def _as_rgb(image: Image.Image, profile: bytes | None) -> NDArray[np.uint8]:
    """Converts print or Lab colours to sRGB: by the profile where it fits, else as viewers do without one."""
    try:
        lab = image.mode == "LAB"
        source = ImageCms.createProfile("LAB") if lab else ImageCms.ImageCmsProfile(BytesIO(profile or b""))
        converted = ImageCms.profileToProfile(
            image,
            source,
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        assert converted is not None
        return np.array(converted, dtype=np.uint8)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return np.array(image.convert("RGB"), dtype=np.uint8)


def _bits(image: Image.Image, file_format: str, content: bytes) -> int:
    """Returns how many bits a channel has in the file, 0 if that is not known; Pillow mostly hands out 8."""
    head = content[:_HEADER]
    if file_format == "PNG":
        return head[24] if len(head) > 24 and head[12:16] == b"IHDR" else 0
    if file_format == "TIFF":
        stated = image.tag_v2.get(_BITS_PER_SAMPLE, (1,))  # type: ignore[attr-defined]
        return max(stated) if isinstance(stated, tuple) and stated else 0
    if file_format == "PPM":
        found = _PNM.match(head)
        return int(found.group(1)).bit_length() if found else 0
    if file_format == "JPEG2000":
        start = head.find(b"\xff\x4f\xff\x51")
        return (head[start + 42] & 0x7F) + 1 if 0 <= start < len(head) - 42 else 0
    if file_format in ("AVIF", "HEIF"):
        return _bits_in_boxes(head)
    return 0


def _bits_in_boxes(head: bytes) -> int:
    """Returns the largest depth that a `pixi` box states (ISO/IEC 23008-12, 6.5.6)."""
    found, start = 0, head.find(b"pixi")
    while start >= 0:
        channels = head[start + 8] if start + 8 < len(head) else 0
        found = max(found, *head[start + 9 : start + 9 + min(channels, 4)], 0)
        start = head.find(b"pixi", start + 4)
    return found if found <= 16 else 0
