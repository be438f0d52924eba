"""What an export writes: the certified pixels in every format, nothing else, and nothing that was hidden in a file."""

import shutil
import subprocess
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image, ImageCms

import certified_run
from certified_run import digests, exported_images
from pue_desktop.engine.config import changed
from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.engine.events import Notice, Progress
from pue_desktop.engine.image_files import read
from pue_desktop.engine.results import ExportResult
from pue_desktop.engine.run import Run

pytestmark = pytest.mark.usefixtures("quick_pdf")


def result(run: Run) -> ExportResult:
    return run.load("export.json", ExportResult)


@pytest.mark.parametrize("image_format", ["png", "webp", "tiff"])
def test_what_is_on_the_disk_is_what_was_certified(run, tmp_path, image_format):
    before = digests(run.source)
    events = certified_run.export(run, certified_run.plan(tmp_path / "out", image_format=image_format))
    found = result(run)
    assert len(found.images) == 18
    for image in found.images:
        original, exported = read(run.source / image.id), read(tmp_path / "out" / image.path)
        assert exported.digest() == image.pixels_sha256
        assert exported.size == original.size
        assert exported.mode == original.mode
        difference = np.abs(exported.pixels.astype(int) - original.pixels)
        assert difference.max() == image.max_abs_delta_255 <= 8
        assert image.psnr_db == pytest.approx(10 * np.log10(255**2 / np.mean(difference.astype(float) ** 2)))
    assert found.max_abs_delta_255 == 8
    assert digests(run.source) == before
    assert [event for event in events if isinstance(event, Progress)][-1].done == events[-1].total
    assert not any(isinstance(event, Notice) for event in events)


def test_the_folder_holds_nothing_else_and_sha256sum_agrees(run, tmp_path):
    certified_run.export(run, certified_run.plan(tmp_path / "out"))
    names = set(digests(tmp_path / "out")) - set(exported_images(tmp_path / "out"))
    assert names == {"manifest-sha256.txt", "certificate.json", "certificate.pdf"}
    if shutil.which("sha256sum"):
        command = ["sha256sum", "--check", "--strict", "--quiet", "manifest-sha256.txt"]
        subprocess.run(command, cwd=tmp_path / "out", check=True)
    assert len((tmp_path / "out" / "manifest-sha256.txt").read_text().splitlines()) == 20


def test_a_second_export_gives_the_same_bytes(run, tmp_path):
    for name in ("one", "two"):
        certified_run.export(run, certified_run.plan(tmp_path / name))
    assert exported_images(tmp_path / "one") == exported_images(tmp_path / "two")


def test_another_format_replaces_the_files_of_the_first(run, tmp_path):
    certified_run.export(run, certified_run.plan(tmp_path / "out"))
    certified_run.export(run, certified_run.plan(tmp_path / "out", image_format="webp"))
    assert {Path(name).suffix for name in exported_images(tmp_path / "out")} == {".webp"}


def test_files_of_others_are_left_alone_and_told(run, tmp_path):
    certified_run.export(run, certified_run.plan(tmp_path / "out"))
    (tmp_path / "out/images/mine.txt").write_text("mine")
    events = certified_run.export(run, certified_run.plan(tmp_path / "out", image_format="tiff"))
    assert (tmp_path / "out/images/mine.txt").read_text() == "mine"
    assert any(isinstance(event, Notice) and "mine.txt" in event.text for event in events)


@pytest.fixture
def special(tmp_path) -> Path:
    """Grey, alpha, colour profile, orientation, palette, names that collide."""
    source = tmp_path / "special"
    for label, name in enumerate(("x", "y")):
        folder = source / name
        folder.mkdir(parents=True)
        for number, mode in enumerate(("L", "LA", "RGB", "RGBA")):
            certified_run.photograph(10 * label + number, mode=mode, width=31, height=45).save(folder / f"{mode}.png")
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        certified_run.photograph(20 + label).save(folder / "same.png", icc_profile=profile)
        exif = Image.Exif()
        exif[0x0112], exif[0x010E] = 6, "a secret description"
        certified_run.photograph(30 + label).save(folder / "same.jpg", exif=exif, comment=b"a secret comment")
        certified_run.photograph(40 + label).quantize(64).save(folder / "palette.png")
        (folder / "Same.bmp").write_bytes(b"no image")
    return source


def test_grey_alpha_profile_and_orientation_survive(special, tmp_path):
    chosen = certified_run.plan(tmp_path / "out")
    run = certified_run.certified(tmp_path / "run", special, chosen)
    certified_run.export(run, chosen)
    found = {image.id: image.path for image in result(run).images}
    assert found["x/same.jpg"] == "images/x/same.jpg.png"
    for name, path in found.items():
        original, exported = read(special / name), read(tmp_path / "out" / path)
        assert (exported.mode, exported.size) == (original.mode, original.size)
        assert exported.icc_profile == original.icc_profile
        if original.mode in ("LA", "RGBA"):
            assert np.array_equal(exported.pixels[..., -1], original.pixels[..., -1])
    turned = read(tmp_path / "out" / found["x/same.jpg"])
    assert turned.size == (32, 40)
    assert len(result(run).skipped) == 2


def test_no_metadata_but_the_colour_profile_is_written_if_none_is_wanted(special, tmp_path):
    chosen = certified_run.plan(tmp_path / "out")
    run = certified_run.certified(tmp_path / "run", special, chosen)
    for image_format in ("png", "tiff"):
        wanted = certified_run.plan(tmp_path / "out", image_format=image_format)
        certified_run.export(run, msgspec.structs.replace(wanted, export=changed(wanted.export, metadata="none")))
        for image in result(run).images:
            data = (tmp_path / "out" / image.path).read_bytes()
            assert b"secret" not in data
            with Image.open(tmp_path / "out" / image.path) as opened:
                assert opened.getexif().get(0x0112, 1) == 1
                assert 0x010E not in opened.getexif()
                assert set(opened.info) <= {"icc_profile", "compression", "dpi", "resolution"}


def test_a_format_that_can_not_store_the_images_is_refused_before_anything_is_written(special, tmp_path):
    chosen = certified_run.plan(tmp_path / "out", image_format="webp")
    run = certified_run.certified(tmp_path / "run", special, chosen)
    with pytest.raises(InputRefusedError, match="webp can't store"):
        certified_run.export(run, chosen)
    assert not (tmp_path / "out").exists()


def test_a_test_folder_stays_with_its_owner(tmp_path):
    for split in ("train", "test"):
        certified_run.write_photographs(tmp_path / "source" / split, each=8)
    chosen = certified_run.plan(tmp_path / "out")
    run = certified_run.certified(tmp_path / "run", tmp_path / "source", chosen)
    certified_run.export(run, chosen)
    assert all(name.startswith("images/train/") for name in exported_images(tmp_path / "out"))
    assert result(run).held_back == 24
    assert len(result(run).images) == 24
