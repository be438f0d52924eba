import errno
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image, ImageCms

import certified_run
from pue_desktop.engine import certificate, export, export_image, export_space
from pue_desktop.engine.config import changed
from pue_desktop.engine.errors import CancelledError, InputRefusedError, PueError, StorageError, UsageError
from pue_desktop.engine.events import Notice, Progress
from pue_desktop.engine.image_files import read
from pue_desktop.engine.pipeline import run_step
from pue_desktop.engine.results import ExportResult
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop


def fake_pdf(_certificate: Path, pdf: Path, **_how: object) -> None:
    pdf.write_bytes(b"%PDF-1.4 not really\n")


@pytest.fixture(autouse=True)
def _own_keys_and_no_renderer(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("PUE_DESKTOP_CONFIG_DIR", str(tmp_path_factory.getbasetemp() / "config"))
    monkeypatch.setattr(certificate, "render_pdf", fake_pdf)


@pytest.fixture(scope="module")
def finished(tmp_path_factory) -> Path:
    """A folder with source and certified run, to be copied."""
    base = tmp_path_factory.mktemp("finished")
    source = certified_run.write_photographs(base / "source")
    certified_run.certified(base / "run", source, certified_run.plan(base / "out"))
    return base


@pytest.fixture
def run(finished, tmp_path) -> Run:
    """A certified run in a folder of its own; its originals are shared and only ever read."""
    shutil.copytree(finished / "run", tmp_path / "run")
    return Run.open(tmp_path / "run")


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def images(folder: Path) -> dict[str, str]:
    return {name: digest for name, digest in digests(folder).items() if name.startswith("images/")}


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
    names = set(digests(tmp_path / "out")) - set(images(tmp_path / "out"))
    assert names == {"manifest-sha256.txt", "certificate.json", "certificate.pdf"}
    if shutil.which("sha256sum"):
        command = ["sha256sum", "--check", "--strict", "--quiet", "manifest-sha256.txt"]
        subprocess.run(command, cwd=tmp_path / "out", check=True)
    assert len((tmp_path / "out" / "manifest-sha256.txt").read_text().splitlines()) == 20


def test_a_second_export_gives_the_same_bytes(run, tmp_path):
    for name in ("one", "two"):
        certified_run.export(run, certified_run.plan(tmp_path / name))
    assert images(tmp_path / "one") == images(tmp_path / "two")


def test_another_format_replaces_the_files_of_the_first(run, tmp_path):
    certified_run.export(run, certified_run.plan(tmp_path / "out"))
    certified_run.export(run, certified_run.plan(tmp_path / "out", image_format="webp"))
    assert {Path(name).suffix for name in images(tmp_path / "out")} == {".webp"}


def test_files_of_others_are_left_alone_and_told(run, tmp_path):
    certified_run.export(run, certified_run.plan(tmp_path / "out"))
    (tmp_path / "out/images/mine.txt").write_text("mine")
    events = certified_run.export(run, certified_run.plan(tmp_path / "out", image_format="tiff"))
    assert (tmp_path / "out/images/mine.txt").read_text() == "mine"
    assert any(isinstance(event, Notice) and "mine.txt" in event.text for event in events)


# Modes, sizes, colour profiles, orientation -------------------------------------------------------------------------


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
    assert all(name.startswith("images/train/") for name in images(tmp_path / "out"))
    assert result(run).held_back == 24
    assert len(result(run).images) == 24


# Refusals -----------------------------------------------------------------------------------------------------------


def forbidden(run: Run, kind: str) -> Path:
    return {
        "source": run.source,
        "inside source": run.source / "class 0" / "new",
        "around source": run.source.parent,
        "run": run.path,
        "inside run": run.path / "export" / "new",
        "around run": run.path.parent,
        "around both": Path("/"),
    }[kind]


@pytest.mark.parametrize(
    "kind", ["source", "inside source", "around source", "run", "inside run", "around run", "around both"]
)
def test_originals_and_run_are_out_of_bounds(run, kind):
    folder = forbidden(run, kind)
    before = digests(run.source)
    with pytest.raises(InputRefusedError, match="can't go there"):
        certified_run.export(run, certified_run.plan(folder))
    assert digests(run.source) == before


def test_a_link_to_the_source_is_the_source(run, tmp_path):
    (tmp_path / "link").symlink_to(run.source, target_is_directory=True)
    with pytest.raises(InputRefusedError, match="can't go there"):
        certified_run.export(run, certified_run.plan(tmp_path / "link"))


def test_a_folder_with_something_in_it_is_refused(run, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full/letter.txt").write_text("dear")
    with pytest.raises(InputRefusedError, match="not empty"):
        certified_run.export(run, certified_run.plan(tmp_path / "full"))
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputRefusedError, match="is a file"):
        certified_run.export(run, certified_run.plan(tmp_path / "file"))
    assert (tmp_path / "full/letter.txt").read_text() == "dear"


def test_no_folder_is_a_usage_error(run):
    chosen = certified_run.plan(Path("x"))
    from msgspec.structs import replace

    with pytest.raises(UsageError):
        certified_run.export(run, replace(chosen, export=replace(chosen.export, folder="")))


def test_a_full_disk_is_told_before_the_start(run, tmp_path, monkeypatch):
    monkeypatch.setattr(export_space.shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10, 9, 1))
    with pytest.raises(StorageError, match="not enough space"):
        certified_run.export(run, certified_run.plan(tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_a_disk_that_fills_up_loses_nothing(run, tmp_path, monkeypatch):
    write, calls = export_image.write_atomically, []

    def full_after_five(path, data, **_how):
        calls.append(path)
        if len(calls) > 5:
            raise StorageError("There is no space left.") from OSError(errno.ENOSPC, "full")
        return write(path, data)

    monkeypatch.setattr(export_image, "write_atomically", full_after_five)
    with pytest.raises(StorageError, match="no space"):
        certified_run.export(run, certified_run.plan(tmp_path / "out"))
    assert not (tmp_path / "out/certificate.json").exists()
    monkeypatch.setattr(export_image, "write_atomically", write)
    certified_run.export(run, certified_run.plan(tmp_path / "out"))
    certified_run.export(run, certified_run.plan(tmp_path / "other"))
    assert images(tmp_path / "out") == images(tmp_path / "other")


def own_source(tmp_path: Path) -> tuple[Run, Path]:
    source = certified_run.write_photographs(tmp_path / "source")
    return certified_run.certified(tmp_path / "run", source, certified_run.plan(tmp_path / "out")), source


def test_an_original_that_changed_is_named(tmp_path):
    run, source = own_source(tmp_path)
    certified_run.photograph(99).save(source / "class 1" / "2.png")
    with pytest.raises(InputRefusedError, match=r"class 1/2\.png changed since it was scanned"):
        certified_run.export(run, certified_run.plan(tmp_path / "out"))
    (source / "class 1" / "2.png").unlink()
    with pytest.raises(InputRefusedError, match=r"class 1/2\.png vanished"):
        certified_run.export(run, certified_run.plan(tmp_path / "out"))
    assert not (tmp_path / "out/certificate.json").exists()


def test_other_pixels_than_the_certified_ones_are_not_certified(run, tmp_path):
    lines = (run.path / "certify/pixels.jsonl").read_text()
    (run.path / "certify/pixels.jsonl").write_text(lines.replace('"pixels_sha256":"', '"pixels_sha256":"0', 1))
    with pytest.raises(PueError, match="does not belong"):
        certified_run.export(run, certified_run.plan(tmp_path / "out"))


def test_a_perturbation_that_was_not_certified_is_refused(run, tmp_path):
    chosen = certified_run.plan(tmp_path / "out")
    with run.locked():
        certified_run.craft(run, chosen, seed=2)
    with pytest.raises(PueError, match="not the image that the certificate is about"):
        certified_run.export(run, chosen)
    assert not (tmp_path / "out/certificate.json").exists()


def test_a_disk_that_gives_back_something_else_is_noticed(run, tmp_path, monkeypatch):
    def flipped(path, data, **_how):
        changed = bytearray(data)
        changed[-20] ^= 1
        path.write_bytes(bytes(changed))
        return hashlib.sha256(bytes(changed)).hexdigest()

    monkeypatch.setattr(export_image, "write_atomically", flipped)
    with pytest.raises(StorageError):
        certified_run.export(run, certified_run.plan(tmp_path / "out"))


def test_without_a_pdf_everything_else_is_there_and_the_user_is_told(run, tmp_path, monkeypatch):
    def no_fonts(_certificate, _pdf, **_how):
        raise PueError("No fonts.")

    monkeypatch.setattr(certificate, "render_pdf", no_fonts)
    events = certified_run.export(run, certified_run.plan(tmp_path / "out"))
    assert any(isinstance(event, Notice) and "No fonts" in event.text for event in events)
    assert "certificate.pdf" not in (tmp_path / "out/manifest-sha256.txt").read_text()


# Going on after a stop ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def undisturbed(finished, tmp_path_factory) -> dict[str, str]:
    base = tmp_path_factory.mktemp("undisturbed")
    shutil.copytree(finished / "run", base / "run")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PUE_DESKTOP_CONFIG_DIR", str(base / "config"))
        patch.setattr(certificate, "render_pdf", fake_pdf)
        certified_run.export(Run.open(base / "run"), certified_run.plan(base / "out"))
    return images(base / "out")


def test_closed_anywhere_it_goes_on_and_ends_the_same(run, tmp_path, undisturbed, monkeypatch):
    monkeypatch.setattr(export, "_TICK_SECONDS", 0.0)
    chosen, dice = certified_run.plan(tmp_path / "out"), random.Random(4)
    for _ in range(6):
        with run.locked():
            steps = run_step(run, "export", chosen, Stop())
            for _ in range(dice.randrange(1, 8)):
                next(steps, None)
            steps.close()
    certified_run.export(run, chosen)
    assert images(tmp_path / "out") == undisturbed
    assert not list((tmp_path / "out").rglob("*.part"))


def test_cancelled_it_keeps_what_is_written(run, tmp_path, undisturbed, monkeypatch):
    monkeypatch.setattr(export, "_TICK_SECONDS", 0.0)
    stop, chosen = Stop(), certified_run.plan(tmp_path / "out")
    with run.locked():
        steps = run_step(run, "export", chosen, stop)
        journal = run.path / "export/journal.jsonl"
        while not journal.exists() or journal.read_text().count('"kind":"written"') < 4:
            next(steps)
        stop.cancel()
        with pytest.raises(CancelledError):
            list(steps)
    written = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.png")}
    journaled = journal.read_text().count('"kind":"written"')
    assert 0 < journaled < 18
    certified_run.export(run, chosen)
    assert images(tmp_path / "out") == undisturbed
    assert sum(path.stat().st_mtime_ns == time for path, time in written.items()) >= journaled


def test_a_torn_journal_and_a_damaged_file_are_mended(run, tmp_path, undisturbed):
    chosen = certified_run.plan(tmp_path / "out")
    certified_run.export(run, chosen)
    journal = run.path / "export/journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-70])
    victim = tmp_path / "out" / next(iter(undisturbed))
    victim.write_bytes(victim.read_bytes()[:-9])
    certified_run.export(run, chosen)
    assert images(tmp_path / "out") == undisturbed
    assert journal.read_bytes().count(b'"kind":"written"') >= 18


_KILLED = """
import os, signal, sys
sys.path[:0] = [{helpers!r}, {root!r}]
import certified_run
from pathlib import Path
from pue_desktop.engine import export, export_image
from pue_desktop.engine.run import Run
left, when = {after}, {when!r}
exported, appended = export.export_image, export.Journal.append
def count(work, record, path):
    global left
    left -= 1
    if left < 0 and when == "before writing":
        os.kill(os.getpid(), signal.SIGKILL)
    image = exported(work, record, path)
    if left < 0 and when == "before the journal":
        os.kill(os.getpid(), signal.SIGKILL)
    return image
def append(self, line):
    appended(self, line)
    if left < 0 and when == "after the journal":
        os.kill(os.getpid(), signal.SIGKILL)
export.export_image, export.Journal.append = count, append
certified_run.export(Run.open(Path({run!r})), certified_run.plan(Path({out!r})))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_killed_at_three_kinds_of_moments_it_ends_the_same(run, tmp_path, undisturbed):
    places = {"helpers": str(Path(__file__).parents[1]), "root": str(Path(__file__).parents[2])}
    for after, when in ((2, "before writing"), (3, "before the journal"), (5, "after the journal")):
        script = _KILLED.format(after=after, when=when, run=str(run.path), out=str(tmp_path / "out"), **places)
        killed = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True)
        assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
        assert not (tmp_path / "out/certificate.json").exists()
    certified_run.export(Run.open(run.path), certified_run.plan(tmp_path / "out"))
    assert images(tmp_path / "out") == undisturbed
