"""The table in docs/guide/formats.md, case by case: each file is made here, and the program does what is promised."""

import re
import struct
import zlib
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageOps

from pictures import folder, picture
from pue_desktop.engine.config import ScanConfig
from pue_desktop.engine.dataset import scan
from pue_desktop.engine.events import ended
from pue_desktop.engine.icc import public_profile
from pue_desktop.engine.image_files import Picture, UnusableImageError, read, readable_formats
from pue_desktop.engine.runtime import Stop

ROOT = Path(__file__).parents[2]
RGB = picture(1, 3, width=64, height=48)
SMALL = RGB.resize((32, 24))
RAMP = np.linspace(0, 65535, 64 * 48).astype(">u2").reshape(48, 64)
ALPHA = Image.fromarray(np.linspace(0, 255, 64 * 48).astype(np.uint8).reshape(48, 64))
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
NAMES = {"grey": "L", "grey + alpha": "LA", "RGB": "RGB", "RGB + alpha": "RGBA"}


def table() -> dict[str, tuple[str, str]]:
    """File -> what it becomes, what is said."""
    rows = re.findall(
        r"^\| ([^|]+?) \| ([^|]+?) \| ([^|]*?) ?\|$", (ROOT / "docs/guide/formats.md").read_text(), re.MULTILINE
    )
    return {file: (becomes, said) for file, becomes, said in rows if file != "file" and not file.startswith("---")}


def made(image: Image.Image, image_format: str, **settings: object) -> bytes:
    stream = BytesIO()
    image.save(stream, image_format, **settings)
    return stream.getvalue()


def with_alpha(image: Image.Image = RGB) -> Image.Image:
    whole = image.copy()
    whole.putalpha(ALPHA)
    return whole


def clear() -> Image.Image:
    whole = RGB.copy()
    whole.putalpha(0)
    return whole


def moving(image_format: str) -> bytes:
    return made(RGB, image_format, save_all=True, append_images=[ImageOps.mirror(RGB)])


def png(samples: bytes, kind: int, bits: int, *, size: tuple[int, int] = (64, 48), between: bytes = b"", lace: int = 0):
    """A PNG of raw rows (or passes), as Pillow can't write it."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, bits, kind, 0, 0, lace))
    extra = chunk(b"tRNS", between) if between else b""
    return b"\x89PNG\r\n\x1a\n" + header + extra + chunk(b"IDAT", zlib.compress(samples)) + chunk(b"IEND", b"")


def rows(pixels: np.ndarray) -> bytes:
    return b"".join(b"\0" + row.tobytes() for row in pixels)


def interlaced() -> bytes:
    pixels = np.asarray(RGB)
    passes = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1))
    return png(b"".join(rows(pixels[top::down, left::right]) for top, left, down, right in passes), 2, 8, lace=1)


def deep_colour() -> np.ndarray:
    return np.stack([RAMP, RAMP[::-1], RAMP[:, ::-1]], axis=-1).astype(">u2")


def tiled() -> bytes:
    """A grey TIFF of 16 × 16 tiles."""
    grey = np.asarray(RGB.convert("L"))
    tiles = [grey[y : y + 16, x : x + 16].tobytes() for y in range(0, 48, 16) for x in range(0, 64, 16)]
    tags = [(256, 4, 64), (257, 4, 48), (258, 3, 8), (259, 3, 1), (262, 3, 1), (277, 3, 1), (322, 4, 16), (323, 4, 16)]
    places = 8 + 2 + 12 * (len(tags) + 2) + 4
    first = places + 8 * len(tiles)
    directory = struct.pack("<H", len(tags) + 2)
    directory += b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
    directory += struct.pack("<HHII", 324, 4, len(tiles), places) + struct.pack(
        "<HHII", 325, 4, len(tiles), places + 48
    )
    offsets = struct.pack("<12I", *(first + 256 * i for i in range(12))) + struct.pack("<12I", *[256] * 12)
    return b"II*\0\x08\0\0\0" + directory + bytes(4) + offsets + b"".join(tiles)


def pages(*, preview: bool) -> bytes:
    second = SMALL.copy()
    second.encoderinfo = {"tiffinfo": {254: 1 if preview else 2}}
    return made(RGB, "TIFF", save_all=True, append_images=[second])


def deep_tiff(*, inverted: bool) -> bytes:
    return made(Image.fromarray(RAMP.astype(np.uint16)), "TIFF", tiffinfo={262: 0 if inverted else 1})


def lab() -> bytes:
    converted = ImageCms.profileToProfile(
        RGB, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    assert converted is not None
    return made(converted, "TIFF")


def oriented(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return made(RGB, "JPEG", exif=exif)


def dark() -> bytes:
    return png(rows((RAMP >> 4).astype(">u2")), 0, 16)


CASES: dict[str, Callable[[], bytes]] = {
    "JPEG": partial(made, RGB, "JPEG"),
    "JPEG, progressive": partial(made, RGB, "JPEG", progressive=True),
    "JPEG, grey": partial(made, RGB.convert("L"), "JPEG"),
    "JPEG, CMYK": partial(made, RGB.convert("CMYK"), "JPEG"),
    "JPEG, any of the 8 orientations": partial(oriented, 6),
    "JPEG of several pictures (MPO)": partial(made, RGB, "MPO", save_all=True, append_images=[SMALL]),
    "PNG, RGB": partial(made, RGB, "PNG"),
    "PNG, RGB + alpha": lambda: made(with_alpha(), "PNG"),
    "PNG, grey": partial(made, RGB.convert("L"), "PNG"),
    "PNG, grey + alpha": lambda: made(with_alpha(RGB.convert("L")), "PNG"),
    "PNG, 1 bit": partial(made, RGB.convert("1"), "PNG"),
    "PNG, palette of 8 bits": partial(made, RGB.quantize(200), "PNG"),
    "PNG, palette of 4 bits": partial(made, RGB.quantize(16), "PNG", bits=4),
    "PNG, palette with transparency": partial(made, RGB.quantize(16), "PNG", transparency=bytes(range(0, 256, 16))),
    "PNG, one transparent colour": partial(made, RGB, "PNG", transparency=RGB.getpixel((5, 5))),
    "PNG, interlaced": interlaced,
    "PNG, 2 bits grey": lambda: png(bytes(17 * 48), 0, 2),
    "PNG, wholly transparent": lambda: made(clear(), "PNG"),
    "PNG, all white": partial(made, Image.new("RGB", (64, 48), "white"), "PNG"),
    "PNG, with a colour profile": lambda: made(RGB, "PNG", icc_profile=SRGB),
    "PNG, with the profile of other colours": lambda: made(RGB.convert("L"), "PNG", icc_profile=SRGB),
    "PNG, with a damaged profile": lambda: made(RGB, "PNG", icc_profile=b"damaged"),
    "PNG, 16-bit grey": lambda: png(rows(RAMP), 0, 16),
    "PNG, 16-bit grey, one transparent value": lambda: png(rows(RAMP), 0, 16, between=RAMP[3:4, 3].tobytes()),
    "PNG, 16-bit grey, nearly all dark": dark,
    "PNG, 16-bit RGB": lambda: png(rows(deep_colour()), 2, 16),
    "PNG, 16-bit RGB, one transparent colour": lambda: png(rows(deep_colour()), 2, 16, between=bytes(6)),
    "PNG, animated": partial(moving, "PNG"),
    "TIFF": partial(made, RGB, "TIFF"),
    "TIFF, LZW": partial(made, RGB, "TIFF", compression="tiff_lzw"),
    "TIFF, deflate": partial(made, RGB, "TIFF", compression="tiff_adobe_deflate"),
    "TIFF, JPEG inside": partial(made, RGB, "TIFF", compression="jpeg"),
    "TIFF, tiled": tiled,
    "TIFF, RGB + alpha": lambda: made(with_alpha(), "TIFF"),
    "TIFF, fax (1 bit)": partial(made, RGB.convert("1"), "TIFF", compression="group4"),
    "TIFF, 16-bit grey": partial(deep_tiff, inverted=False),
    "TIFF, 16-bit grey, white is 0": partial(deep_tiff, inverted=True),
    "TIFF, CMYK": partial(made, RGB.convert("CMYK"), "TIFF"),
    "TIFF, Lab": lab,
    "TIFF, 32-bit whole numbers": partial(made, Image.fromarray(RAMP.astype(np.int32)), "TIFF"),
    "TIFF, floating point": partial(made, Image.fromarray(RAMP.astype(np.float32)), "TIFF"),
    "TIFF with a preview": partial(pages, preview=True),
    "TIFF, several pages": partial(pages, preview=False),
    "WebP": partial(made, RGB, "WEBP"),
    "WebP, lossless with alpha": lambda: made(with_alpha(), "WEBP", lossless=True, exact=True),
    "WebP, animated": partial(moving, "WEBP"),
    "AVIF": partial(made, RGB, "AVIF"),
    "AVIF with alpha": lambda: made(with_alpha(), "AVIF"),
    "AVIF, animated": partial(moving, "AVIF"),
    "HEIC": (ROOT / "tests/fixtures/drawn.heic").read_bytes,
    "JPEG 2000": partial(made, RGB, "JPEG2000"),
    "JPEG 2000, 16-bit grey": partial(made, Image.fromarray(RAMP.astype(np.uint16)), "JPEG2000"),
    "BMP": partial(made, RGB, "BMP"),
    "BMP, palette": partial(made, RGB.quantize(64), "BMP"),
    "GIF": partial(made, RGB.quantize(64), "GIF"),
    "GIF with transparency": partial(made, RGB.quantize(64), "GIF", transparency=3),
    "GIF, animated": partial(moving, "GIF"),
    "PPM": partial(made, RGB, "PPM"),
    "PGM, 16 bits": lambda: b"P5\n64 48\n65535\n" + RAMP.tobytes(),
    "Photoshop (.psd)": lambda: b"8BPS",
    "Camera raw (.nef)": partial(made, RGB, "TIFF"),
    "Text (.txt)": lambda: b"a text",
    "Text that is called .jpg": lambda: b"a text",
    "PNG that is called .jpg": partial(made, RGB, "PNG"),
    "PNG, cut off": lambda: made(RGB, "PNG")[:3000],
    "PNG, broken header": lambda: made(RGB, "PNG")[:8] + bytes(99),
    "An empty file": lambda: b"",
    "7 × 40 pixels": partial(made, RGB.resize((7, 40)), "PNG"),
    "900 megapixels": lambda: png(b"", 0, 8, size=(30_000, 30_000)),
}


def name_of(case: str) -> str:
    ending = re.search(r"\.(psd|nef|txt|jpg)\b", case)
    return f"file.{ending.group(1)}" if ending else "file.png"


def outcome(tmp_path: Path, case: str) -> tuple[str, str]:
    """What the program does with the file, by a scan of a folder."""
    root = folder(tmp_path, images=4)
    (root / "kind-1" / name_of(case)).write_bytes(CASES[case]())
    index = ended(scan(root, ScanConfig(), Stop()))
    for entry in index.skipped:
        return "refused", entry.reason.replace("('", "(").replace("')", ")")
    image = next(image for image in index.images if image.id == f"kind-1/{name_of(case)}")
    return next(words for words, mode in NAMES.items() if mode == image.mode), image.notice


def test_the_table_and_the_cases_are_the_same() -> None:
    assert list(CASES) == list(table())


@pytest.mark.parametrize("case", CASES)
def test_the_table_is_true(tmp_path: Path, case: str) -> None:
    if case == "HEIC" and "HEIF" not in readable_formats():
        pytest.skip("pi-heif is not installed")
    assert outcome(tmp_path, case) == table()[case]


# What becomes of the pixels, against values known beforehand ---------------------------------------------------------


def pixels(case: str) -> np.ndarray:
    return read(CASES[case]()).pixels.astype(int)


@pytest.mark.parametrize(
    "case",
    [
        "PNG, RGB",
        "PNG, interlaced",
        "TIFF",
        "TIFF, LZW",
        "TIFF, deflate",
        "BMP",
        "PPM",
        "JPEG 2000",
        "TIFF with a preview",
    ],
)
def test_lossless_colour_is_exact(case: str) -> None:
    assert np.array_equal(pixels(case), np.asarray(RGB))


@pytest.mark.parametrize(
    "case", ["JPEG", "JPEG of several pictures (MPO)", "HEIC", "JPEG, CMYK", "TIFF, CMYK", "TIFF, Lab"]
)
def test_lossy_colour_is_near(case: str) -> None:
    if case == "HEIC" and "HEIF" not in readable_formats():
        pytest.skip("pi-heif is not installed")
    assert np.abs(pixels(case) - np.asarray(RGB)).mean() < 14


def test_sixteen_bits_keep_the_upper_eight() -> None:
    for case in ("PNG, 16-bit grey", "TIFF, 16-bit grey", "JPEG 2000, 16-bit grey", "PGM, 16 bits"):
        assert np.array_equal(pixels(case), RAMP >> 8), case
    assert np.array_equal(pixels("TIFF, 16-bit grey, white is 0"), 255 - (RAMP >> 8))
    assert np.array_equal(pixels("PNG, 16-bit RGB"), deep_colour() >> 8)
    seen = pixels("PNG, 16-bit grey, one transparent value")
    assert np.array_equal(seen[..., 1], np.where(RAMP[3, 3] == RAMP, 0, 255))


def test_tiles_and_alpha_are_exact() -> None:
    assert np.array_equal(pixels("TIFF, tiled"), np.asarray(RGB.convert("L")))
    for case in ("PNG, RGB + alpha", "TIFF, RGB + alpha", "WebP, lossless with alpha"):
        assert np.array_equal(pixels(case), np.asarray(with_alpha())), case
    one = pixels("PNG, one transparent colour")
    colour = np.asarray(RGB)[5, 5]
    assert np.array_equal(one[..., 3] == 0, (np.asarray(RGB) == colour).all(axis=-1))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_applied(orientation: int) -> None:
    stored = np.asarray(Image.open(BytesIO(made(RGB, "JPEG"))))
    # EXIF 2.32, 4.6.4: where the stored row 0 and column 0 are to be seen.
    upright = {
        1: stored,
        2: stored[:, ::-1],
        3: stored[::-1, ::-1],
        4: stored[::-1],
        5: stored.transpose(1, 0, 2),
        6: stored[::-1].transpose(1, 0, 2),
        7: stored[::-1, ::-1].transpose(1, 0, 2),
        8: stored[:, ::-1].transpose(1, 0, 2),
    }[orientation]
    assert np.array_equal(read(oriented(orientation)).pixels, upright)


@pytest.mark.parametrize(("case", "kept"), [("colour profile", True), ("other colours", False), ("damaged", False)])
def test_a_profile_stays_if_it_is_whole_and_fits(case: str, kept: bool) -> None:
    (name,) = (name for name in CASES if "profile" in name and case in name and "RGB" not in name)
    whole = read(CASES[name]())
    assert public_profile(whole.icc_profile, whole.image().mode) == (SRGB if kept else None)


def test_orientation_that_can_not_be_read_is_none() -> None:
    broken = made(RGB, "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\x05\x01\x12")
    assert read(broken).size == (64, 48)


def test_print_colours_go_by_their_profile() -> None:
    """With a CMYK profile at hand the conversion follows it; a profile that does not fit is passed over."""
    plain = read(made(RGB.convert("CMYK"), "TIFF"))
    other = read(made(RGB.convert("CMYK"), "TIFF", icc_profile=SRGB))
    assert isinstance(other, Picture)
    assert np.array_equal(plain.pixels, other.pixels)
    assert other.icc_profile is None


def test_heic_without_its_decoder_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from pue_desktop.engine import image_files

    monkeypatch.setattr(image_files, "readable_formats", lambda: ("JPEG", "PNG"))
    with pytest.raises(UnusableImageError, match="install pi-heif"):
        read((ROOT / "tests/fixtures/drawn.heic").read_bytes())
