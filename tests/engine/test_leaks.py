"""Nothing of the original leaves with an export but what is listed; and the search for leaks finds planted ones."""

import struct
import zlib
from io import BytesIO

import msgspec
import numpy as np
import pytest
from PIL import Image, ImageCms

import certified_run
from benchmarks.leaks import leaks
from pue_desktop.engine.apply import protect
from pue_desktop.engine.config import changed
from pue_desktop.engine.config_types import MetadataPolicy
from pue_desktop.engine.exporters import EXPORTERS
from pue_desktop.engine.icc import public_profile
from pue_desktop.engine.image_files import Picture, read
from pue_desktop.engine.metadata import Beside, beside
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.results import ExportResult

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
FORMATS = EXPORTERS.names()


def thumbnail(image: Image.Image) -> bytes:
    stream = BytesIO()
    small = image.copy()
    small.thumbnail((40, 40))
    small.save(stream, "JPEG", quality=90)
    return stream.getvalue()


def chatty(image: Image.Image) -> bytes:
    """A JPEG that carries itself in every place there is: thumbnail, maker note, comment, XMP, 8BIM, profile, tail."""
    small = thumbnail(image)
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x8298] = "Größe".encode(), "Anna", "© Anna".encode()
    exif[0x010F], exif[0x0110], exif[0xC4A5], exif[0x02BC] = "Canon", "EOS 1", small, small
    taken = exif.get_ifd(0x8769)
    taken[0x9003], taken[0x829A], taken[0x8827], taken[0xA431] = "2024:05:06 07:08:09", 0.01, 400, "SERIAL-77"
    taken[0x927C], taken[0x9286] = small, small
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 0.0), 3: "E", 4: (13.0, 24.0, 0.0)})
    stream = BytesIO()
    profile = private_profile(small)
    image.save(stream, "JPEG", quality=95, exif=exif, comment=small, icc_profile=profile, dpi=(300, 150), xmp=small)
    body = stream.getvalue()
    photoshop = b"Photoshop 3.0\x008BIM\x04\x0c\0\0" + struct.pack(">I", len(small)) + small
    block = b"\xff\xed" + struct.pack(">H", len(photoshop) + 2) + photoshop
    return body[:2] + block + body[2:] + small


def private_profile(hidden: bytes) -> bytes:
    """An sRGB profile with a tag of its own, and more behind the declared end."""
    count = struct.unpack_from(">I", SRGB, 128)[0]
    table, first = SRGB[132 : 132 + 12 * count], 132 + 12 * count
    moved = b"".join(
        struct.pack(">4sII", *(name, offset + 12, length))
        for name, offset, length in struct.iter_unpack(">4sII", table)
    )
    size = len(SRGB) + 12 + len(hidden)
    own = struct.pack(">4sII", b"pvtX", len(SRGB) + 12, len(hidden))
    head = struct.pack(">I", size) + SRGB[4:128] + struct.pack(">I", count + 1)
    return head + moved + own + SRGB[first:] + hidden + b"behind the end" + hidden


@pytest.fixture(scope="module")
def photograph() -> bytes:
    return chatty(certified_run.photograph(3, width=120, height=90))


@pytest.fixture(scope="module")
def pair(photograph) -> tuple[Picture, Picture]:
    original = read(photograph)
    delta = np.sign(np.random.default_rng(5).uniform(-1, 1, (1, 3, 16, 16))).astype(np.float32) * 8
    return original, protect(original, Perturbation(delta, 8.0), 0)


def encoded(image_format: str, protected: Picture, kept: Beside) -> bytes:
    exporter = EXPORTERS.load(image_format)()  # type: ignore[operator]
    made: bytes = exporter.encode(protected.image(), kept)
    return made


@pytest.mark.parametrize("policy", ["safe", "no-location", "none"])
@pytest.mark.parametrize("image_format", FORMATS)
def test_nothing_leaks_whatever_the_original_carries(photograph, pair, image_format, policy: MetadataPolicy):
    original, protected = pair
    data = encoded(image_format, protected, beside(photograph, original, policy))
    assert leaks(data, original, protected) == []
    for secret in (b"SERIAL-77", b"behind the end", b"pvtX"):
        assert secret not in data
    assert (b"Canon" in data) == (policy == "no-location")
    assert (b"Anna" in data) == (policy != "none")
    assert (b"2024:05:06 07:08:09" in data) == (policy != "none")
    with Image.open(BytesIO(data)) as image:
        assert image.getexif().get_ifd(0x8825) == {}
        assert ImageCms.getProfileName(ImageCms.ImageCmsProfile(BytesIO(image.info["icc_profile"]))).strip()


@pytest.mark.parametrize("image_format", FORMATS)
def test_the_safe_fields_arrive(photograph, pair, image_format):
    original, protected = pair
    data = encoded(image_format, protected, beside(photograph, original, "safe"))
    with Image.open(BytesIO(data)) as image:
        found = image.getexif()
        fields = dict(found) | found.get_ifd(0x8769)
        image.load()
    # Pillow reads UTF-8 as Latin-1.
    assert fields[0x010E].encode("latin-1").decode() == "Größe"
    assert (fields[0x013B], fields[0x9003]) == ("Anna", "2024:05:06 07:08:09")
    assert fields[0x8298].encode("latin-1").decode() == "© Anna"
    assert (float(fields[0x011A]), float(fields[0x011B])) == (300, 150)
    assert 0x0112 not in fields


@pytest.mark.parametrize("image_format", FORMATS)
def test_planted_leaks_are_found(pair, image_format):
    original, protected = pair
    small = thumbnail(original.image())
    clean = encoded(image_format, protected, Beside(SRGB))
    assert leaks(clean, original, protected) == []
    assert any("nearer to the original" in finding for finding in leaks(clean + small, original, protected))
    in_profile = leaks(encoded(image_format, protected, Beside(private_profile(small))), original, protected)
    assert any("in the colour profile, nearer to the original" in finding for finding in in_profile)
    long = encoded(image_format, protected, Beside(None, {0x010E: b"words " * 5000}))
    assert any("bytes" in finding for finding in leaks(long, original, protected))
    if image_format == "png":
        chunk = b"teXt" + zlib.compress(small)
        planted = clean[:33] + struct.pack(">I", len(chunk) - 4) + chunk + bytes(4) + clean[33:]
        assert leaks(planted, original, protected) == ["a PNG chunk b'teXt'"]
    # What shows the protected picture gives nothing away, and is told apart.
    own = leaks(clean + thumbnail(protected.image()), original, protected)
    assert not any("nearer" in finding for finding in own)


@pytest.mark.parametrize("bad", ["x" * 2001, "A" * 301, "\0\1\2", ""])
def test_a_text_that_might_be_something_else_is_left_out(bad):
    exif = Image.Exif()
    exif[0x010E] = bad
    stream = BytesIO()
    certified_run.photograph(1).save(stream, "JPEG", exif=exif)
    assert beside(stream.getvalue(), read(stream.getvalue()), "safe").main == {}


def test_damaged_metadata_counts_as_none():
    stream = BytesIO()
    certified_run.photograph(1).save(stream, "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\xff")
    kept = beside(stream.getvalue(), read(stream.getvalue()), "no-location")
    assert (kept.main, kept.taken, kept.icc_profile) == ({}, {}, None)


def test_profiles():
    assert public_profile(SRGB, "RGB") == SRGB
    assert public_profile(SRGB, "L") is None
    assert public_profile(b"", "RGB") is None
    assert public_profile(SRGB[:200], "RGB") is None
    assert public_profile(SRGB[:36] + b"nope" + SRGB[40:], "RGB") is None
    rebuilt = public_profile(private_profile(b"secret" * 50), "RGB")
    assert rebuilt is not None
    assert b"secret" not in rebuilt
    assert rebuilt[:4] == struct.pack(">I", len(rebuilt))
    assert public_profile(rebuilt, "RGB") == rebuilt
    # The colours are the same through either profile.
    image = certified_run.photograph(2)
    lab = ImageCms.createProfile("LAB")
    ways = [
        ImageCms.profileToProfile(image, ImageCms.ImageCmsProfile(BytesIO(profile)), lab, outputMode="LAB")
        for profile in (SRGB, rebuilt)
    ]
    assert ways[0].tobytes() == ways[1].tobytes()


def test_a_whole_export_leaks_nothing(tmp_path, monkeypatch):
    """Every file of a finished export, with every format and originals that carry themselves."""
    monkeypatch.setattr("pue_desktop.engine.certificate.render_pdf", certified_run.small_pdf)
    for label in range(2):
        folder = tmp_path / "source" / f"class {label}"
        folder.mkdir(parents=True)
        for number in range(4):
            image = certified_run.photograph(10 * label + number, width=64, height=48)
            (folder / f"{number}.jpg").write_bytes(chatty(image))
    chosen = certified_run.plan(tmp_path / "out")
    run = certified_run.certified(tmp_path / "run", tmp_path / "source", chosen)
    for image_format in FORMATS:
        export = changed(chosen.export, format=image_format)
        certified_run.export(run, msgspec.structs.replace(chosen, export=export))
        result = run.load("export.json", ExportResult)
        assert len(result.images) == 8
        for exported in result.images:
            data = (tmp_path / "out" / exported.path).read_bytes()
            assert leaks(data, read(run.source / exported.id), read(data)) == []
