"""What stops an export: folders out of bounds, full disks, originals or perturbations other than the certified ones."""

import errno
import hashlib
import shutil
from pathlib import Path

import pytest

import certified_run
from certified_run import digests, exported_images
from pue_desktop.engine import certificate, export_image, export_space
from pue_desktop.engine.errors import InputRefusedError, PueError, StorageError, UsageError
from pue_desktop.engine.events import Notice
from pue_desktop.engine.run import Run

pytestmark = pytest.mark.usefixtures("quick_pdf")


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
    assert exported_images(tmp_path / "out") == exported_images(tmp_path / "other")


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
