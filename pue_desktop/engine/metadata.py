"""What is stored beside the pixels of an exported image: built anew from a list of allowed fields, never copied.

Three policies: `safe` keeps author, copyright, description, date and resolution; `no-location` keeps the camera and
how the picture was taken as well, but neither where nor with which single device; `none` keeps nothing. The colour
profile is part of the picture and stays always (see `icc`). Thumbnails, maker notes, XMP, Photoshop data, positions,
serial numbers, comments and whatever else a file may carry are on no list, so they can't pass. Texts are short, plain,
and hold no word long enough to encode a picture.
"""

import math
import re
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from PIL import Image, IptcImagePlugin

from pue_desktop.engine.config_types import MetadataPolicy
from pue_desktop.engine.icc import public_profile
from pue_desktop.engine.image_files import Picture, readable_formats

_ORIENTATION, _X_RESOLUTION, _Y_RESOLUTION, _RESOLUTION_UNIT = 0x0112, 0x011A, 0x011B, 0x0128
_EXIF_FOLDER = 0x8769
_DESCRIPTION, _ARTIST, _COPYRIGHT, _TAKEN = 0x010E, 0x013B, 0x8298, 0x9003
# Where the safe texts come from: tag of EXIF, data set of IPTC, keys of PNG; the first that has one is taken.
_TEXTS: tuple[tuple[int, tuple[int, int], tuple[str, ...]], ...] = (
    (_DESCRIPTION, (2, 120), ("Description", "Title")),
    (_ARTIST, (2, 80), ("Author", "Artist")),
    (_COPYRIGHT, (2, 116), ("Copyright",)),
)
_MAKE, _MODEL, _LENS_MAKE, _LENS_MODEL = 0x010F, 0x0110, 0xA433, 0xA434
# Exposure program, ISO, metering, flash, white balance, focal length as of 35 mm film; whole numbers of 16 bits.
_COUNTS = (0x8822, 0x8827, 0x9207, 0x9209, 0xA403, 0xA405)
# Exposure time, aperture, focal length.
_QUANTITIES = (0x829A, 0x829D, 0x920A)
_LARGEST_QUANTITY = 1e6
_MOST_CHARACTERS = 2000
_LONGEST_WORD = 300
_LARGEST_DPI = 100_000
_DATE = re.compile(r"\d{4}:[01]\d:[0-3]\d [0-2]\d:[0-5]\d:[0-6]\d")


@dataclass(frozen=True, slots=True)
class Beside:
    """What an exporter stores beside the pixels.

    Attributes:
        icc_profile: Colour profile, None if there is none.
        main: Allowed fields by the tags of the main directory of TIFF: texts as UTF-8.
        taken: Allowed fields by the tags of EXIF's own directory: ASCII texts and numbers.
        dpi: Pixels per inch, across and down.
    """

    icc_profile: bytes | None = None
    main: Mapping[int, bytes] = field(default_factory=dict)
    taken: Mapping[int, Any] = field(default_factory=dict)
    dpi: tuple[float, float] | None = None

    def exif(self) -> bytes:
        """Returns an EXIF block with these fields and no other; empty if there are none."""
        if not (self.main or self.taken or self.dpi):
            return b""
        exif = Image.Exif()
        for tag, value in self.main.items():
            exif[tag] = value
        if self.dpi is not None:
            exif[_X_RESOLUTION], exif[_Y_RESOLUTION], exif[_RESOLUTION_UNIT] = *self.dpi, 2
        if self.taken:
            exif.get_ifd(_EXIF_FOLDER).update(self.taken)
        return exif.tobytes()


def beside(data: bytes, picture: Picture, policy: MetadataPolicy) -> Beside:
    """Returns what may be stored beside the protected pixels of an image file.

    Args:
        data: The original file.
        picture: Its pixels.
        policy: Which fields stay. Damaged metadata counts as none.
    """
    profile = public_profile(picture.icc_profile, picture.mode)
    if policy == "none":
        return Beside(profile)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            main, taken, dpi = _collected(data, camera=policy == "no-location")
            return Beside(profile, main, taken, dpi)
    # Pillow's parsers raise nearly anything on damaged metadata; the picture is fine without.
    except Exception:
        return Beside(profile)


def _collected(data: bytes, *, camera: bool) -> tuple[dict[int, bytes], dict[int, Any], tuple[float, float] | None]:
    """Returns `main`, `taken` and `dpi` of `Beside`."""
    with Image.open(BytesIO(data), formats=readable_formats()) as image:
        # A PNG would be decoded whole, in search of a block behind the pixels.
        found = image.getexif() if image.format != "PNG" or _may_hold_exif(data) else Image.Exif()
        inner = found.get_ifd(_EXIF_FOLDER)
        iptc: Mapping[Any, Any] = IptcImagePlugin.getiptcinfo(image) or {}
        dpi = _resolution(image.info.get("dpi"), turned=found.get(_ORIENTATION, 1) in (5, 6, 7, 8))
        words: Mapping[Any, Any] = image.info if image.format == "PNG" else {}
    main: dict[int, bytes] = {}
    taken: dict[int, Any] = {}
    for tag, iptc_key, png_keys in _TEXTS:
        candidates = (found.get(tag), iptc.get(iptc_key), *(words.get(key) for key in png_keys))
        main[tag] = _first_text(candidates).encode()
    date = _text(inner.get(_TAKEN))
    if _DATE.fullmatch(date):
        taken[_TAKEN] = date
    if camera:
        main |= {tag: _text(found.get(tag)).encode() for tag in (_MAKE, _MODEL)}
        taken |= {tag: _ascii(_text(inner.get(tag))) for tag in (_LENS_MAKE, _LENS_MODEL)}
        taken |= {tag: inner[tag] for tag in _COUNTS if isinstance(inner.get(tag), int) and 0 <= inner[tag] < 65536}
        quantities = {tag: float(inner[tag]) for tag in _QUANTITIES if _is_number(inner.get(tag))}
        taken |= {tag: value for tag, value in quantities.items() if 0 < value <= _LARGEST_QUANTITY}
    return {tag: text for tag, text in main.items() if text}, {tag: one for tag, one in taken.items() if one != ""}, dpi


def _may_hold_exif(png: bytes) -> bool:
    return b"eXIf" in png or b"Raw profile type exif" in png


def _ascii(text: str) -> str:
    return text.encode("ascii", errors="replace").decode()


def _first_text(candidates: Iterable[object]) -> str:
    return next(filter(None, map(_text, candidates)), "")


def _text(value: object) -> str:
    """Returns the text of a field, empty if there is none or if it might be something else than words."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value[:20])))[:_MOST_CHARACTERS]
    if isinstance(value, str):
        # Pillow reads EXIF's bytes as Latin-1.
        value = value.encode("latin-1", errors="ignore") if value.isascii() or _is_latin(value) else value.encode()
    if not isinstance(value, bytes) or len(value) > 4 * _MOST_CHARACTERS:
        return ""
    try:
        text = value.decode()
    except UnicodeDecodeError:
        text = value.decode("latin-1")
    text = "".join(character for character in text if character.isprintable() or character == "\n").strip()
    if len(text) > _MOST_CHARACTERS or any(len(word) > _LONGEST_WORD for word in text.split()):
        return ""
    return text


def _is_latin(text: str) -> bool:
    return all(ord(character) < 256 for character in text)


def _is_number(value: object) -> bool:
    if isinstance(value, tuple | list | str | bytes) or value is None:
        return False
    try:
        return math.isfinite(float(value))  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return False


def _resolution(value: object, *, turned: bool) -> tuple[float, float] | None:
    if not isinstance(value, tuple) or len(value) != 2 or not all(_is_number(part) for part in value):
        return None
    across, down = (round(float(part), 3) for part in value)
    if not (0 < across <= _LARGEST_DPI and 0 < down <= _LARGEST_DPI):
        return None
    return (down, across) if turned else (across, down)
