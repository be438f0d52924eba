"""File names, what becomes of what is there already, and room on the disk: checked before anything is written."""

import hashlib
import os
import random
import shutil
from pathlib import Path

import msgspec
import pytest

import certified_run
from pue_desktop.engine import export, export_space
from pue_desktop.engine.config import Plan, changed
from pue_desktop.engine.dataset import load_index
from pue_desktop.engine.errors import InputRefusedError, StorageError
from pue_desktop.engine.events import Notice
from pue_desktop.engine.export_folder import Journal
from pue_desktop.engine.export_names import export_paths
from pue_desktop.engine.export_space import estimated_bytes
from pue_desktop.engine.pipeline import run_step, step_state
from pue_desktop.engine.results import ExportResult
from pue_desktop.engine.run import Run, State
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.verify import verify

pytestmark = pytest.mark.usefixtures("quick_pdf")


@pytest.fixture(scope="module")
def finished(tmp_path_factory) -> Path:
    base = tmp_path_factory.mktemp("finished")
    source = certified_run.write_photographs(base / "source", classes=2, each=4)
    certified_run.certified(base / "run", source, certified_run.plan(base / "out"))
    return base


def asked(folder: Path, **values: object) -> Plan:
    chosen = certified_run.plan(folder)
    return msgspec.structs.replace(chosen, export=changed(chosen.export, **values))


def folder_of(run: Run) -> Path:
    return Path(run.load("export.json", ExportResult).folder)


def notices(events: list) -> str:
    return " ".join(event.text for event in events if isinstance(event, Notice))


# Names --------------------------------------------------------------------------------------------------------------


def test_numbers_follow_the_names_as_people_sort_them():
    ids = ["a/photo 10.jpg", "a/photo 2.png", "a/photo 2.jpg", "b/x.png", "c/d/x.png"]
    assert export_paths(ids, ".png", "numbered") == {
        "a/photo 2.jpg": "images/a/0001.png",
        "a/photo 2.png": "images/a/0002.png",
        "a/photo 10.jpg": "images/a/0003.png",
        "b/x.png": "images/b/0001.png",
        "c/d/x.png": "images/c/d/0001.png",
    }


def test_numbers_have_as_many_digits_as_they_need():
    paths = export_paths([f"a/{number}.png" for number in range(10_000)], ".jpg", "numbered")
    assert paths["a/0.png"] == "images/a/00001.jpg"
    assert paths["a/9999.png"] == "images/a/10000.jpg"
    assert len(set(paths.values())) == 10_000


def test_numbers_do_not_collide_on_systems_that_ignore_case():
    paths = export_paths(["a/x.png", "A/x.png", "b/0001.png/x.png", "b/y.png"], ".png", "numbered")
    assert len({path.casefold() for path in paths.values()}) == 4
    # A file can't have the name of a folder.
    assert paths["b/0001.png/x.png"] == "images/b/0001.png/0001.png"
    assert paths["b/y.png"] == "images/b/0001~2.png"


def test_a_suffix_is_added_and_names_that_meet_keep_their_ending():
    assert export_paths(["a/b.jpg"], ".png", "suffix") == {"a/b.jpg": "images/a/b-protected.png"}
    paths = export_paths(["a/b.jpg", "a/b.png"], ".png", "suffix")
    assert paths == {
        "a/b.jpg": "images/a/b.jpg-protected.png",
        "a/b.png": "images/a/b.png-protected.png",
    }


@pytest.mark.parametrize(("naming", "first"), [("numbered", "0001.png"), ("suffix", "0-protected.png")])
def test_named_otherwise_it_verifies(run, tmp_path, naming, first):
    certified_run.export(run, asked(tmp_path / "out", naming=naming))
    assert (tmp_path / "out/images/class 0" / first).is_file()
    report = verify(tmp_path / "out", originals=run.source)
    assert report.ok, str(report)
    assert report.intact == 8


def test_another_naming_replaces_the_names_before(run, tmp_path):
    certified_run.export(run, asked(tmp_path / "out"))
    before = set(certified_run.digests(tmp_path / "out"))
    certified_run.export(run, asked(tmp_path / "out", naming="numbered"))
    after = set(certified_run.digests(tmp_path / "out"))
    assert {name for name in before & after if name.startswith("images/")} == set()
    assert len(after) == len(before)
    assert not (tmp_path / "out-set-aside").exists()


def test_stopped_and_named_otherwise_nothing_is_left_over(run, tmp_path, monkeypatch):
    monkeypatch.setattr(export, "_TICK_SECONDS", 0.0)
    dice = random.Random(3)
    for number in range(6):
        with run.locked():
            chosen = asked(tmp_path / "out", naming=("keep", "numbered", "suffix")[number % 3])
            steps = run_step(run, "export", chosen, Stop())
            for _ in range(dice.randrange(1, 7)):
                next(steps, None)
            steps.close()
    certified_run.export(run, asked(tmp_path / "out", naming="suffix"))
    certified_run.export(run, asked(tmp_path / "other", naming="suffix"))
    images = certified_run.exported_images(tmp_path / "out")
    assert images == certified_run.exported_images(tmp_path / "other")
    assert len(images) == 8


@pytest.mark.skipif(os.name == "nt", reason="Windows counts characters of the whole path")
def test_names_that_become_too_long_are_refused_and_numbers_help(tmp_path):
    source = certified_run.write_photographs(tmp_path / "source", classes=2, each=4)
    (source / "class 0/0.png").rename(source / "class 0" / f"{'x' * 240}.png")
    run = certified_run.certified(tmp_path / "run", source, asked(tmp_path / "out"))
    with pytest.raises(InputRefusedError, match=r"1 of the exported files would have names of more than 250 bytes"):
        certified_run.export(run, asked(tmp_path / "out", naming="suffix"))
    assert not (tmp_path / "out").exists()
    certified_run.export(run, asked(tmp_path / "out", naming="numbered"))
    assert len(certified_run.digests(tmp_path / "out/images")) == 8


# What is there already ----------------------------------------------------------------------------------------------


def test_refusing_leaves_everything_as_it_is(run, tmp_path):
    certified_run.export(run, asked(tmp_path / "out"))
    before = certified_run.digests(tmp_path / "out")
    with pytest.raises(InputRefusedError, match="is not empty"):
        certified_run.export(run, asked(tmp_path / "out", conflict="refuse", format="tiff"))
    assert certified_run.digests(tmp_path / "out") == before


def test_a_new_folder_is_numbered_and_the_first_one_stays(run, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/letter.txt").write_text("dear")
    certified_run.export(run, asked(tmp_path / "out", conflict="new-folder"))
    assert folder_of(run) == tmp_path / "out-2"
    assert (tmp_path / "out/letter.txt").read_text() == "dear"
    assert step_state(run, "export", asked(tmp_path / "out", conflict="new-folder")) is State.DONE
    second = certified_run.digests(tmp_path / "out-2")
    certified_run.export(run, asked(tmp_path / "out", conflict="new-folder", format="tiff"))
    assert folder_of(run) == tmp_path / "out-3"
    assert certified_run.digests(tmp_path / "out-2") == second
    assert verify(tmp_path / "out-2").ok
    shutil.rmtree(tmp_path / "out-3")
    assert step_state(run, "export", asked(tmp_path / "out", conflict="new-folder", format="tiff")) is State.STALE


@pytest.mark.parametrize("policy", ["new-folder", "refuse"])
def test_an_interrupted_export_goes_on_in_its_folder(run, tmp_path, monkeypatch, policy):
    monkeypatch.setattr(export, "_TICK_SECONDS", 0.0)
    (tmp_path / "out").mkdir()
    chosen = asked(tmp_path / "out", conflict=policy)
    with run.locked():
        steps = run_step(run, "export", chosen, Stop())
        while not (tmp_path / "run/export/journal.jsonl").exists() or len(Journal(run).digests(tmp_path / "out")) < 3:
            next(steps)
        steps.close()
    written = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.png")}
    known = Journal(run).digests(tmp_path / "out")
    certified_run.export(run, chosen)
    assert folder_of(run) == tmp_path / "out"
    assert not (tmp_path / "out-2").exists()
    kept = [path for path, time in written.items() if path.stat().st_mtime_ns == time]
    assert len(kept) >= len(known)
    assert verify(tmp_path / "out").ok


def test_replacing_deletes_nothing_of_the_users(run, tmp_path):
    """An edited image, a file under a name that will be written, files of their own, another export's certificate."""
    certified_run.export(run, asked(tmp_path / "out"))
    out = tmp_path / "out"
    (out / "images/class 0/0.png").write_bytes(b"edited by hand")
    (out / "certificate.json").write_bytes(b"of something else")
    (out / "images/class 1/0001.tiff").write_bytes(b"my own")
    (out / "images/class 1/mine.txt").write_bytes(b"mine")
    events = certified_run.export(run, asked(out, naming="numbered", format="tiff"))
    aside = tmp_path / "out-set-aside"
    assert certified_run.digests(aside) == {
        name: hashlib.sha256(data).hexdigest()
        for name, data in (
            ("certificate.json", b"of something else"),
            ("images/class 0/0.png", b"edited by hand"),
            ("images/class 1/0001.tiff", b"my own"),
        )
    }
    assert (out / "images/class 1/mine.txt").read_bytes() == b"mine"
    assert "3 files in" in notices(events)
    assert str(aside) in notices(events)
    assert {name for name in certified_run.digests(out) if name.endswith(".png")} == set()
    assert {finding.kind for finding in verify(out).problems} == {"added"}


def test_a_folder_that_now_holds_something_else_is_not_emptied(run, tmp_path):
    certified_run.export(run, asked(tmp_path / "out"))
    shutil.rmtree(tmp_path / "out")
    (tmp_path / "out/images/class 0").mkdir(parents=True)
    for name in ("images/class 0/0.png", "certificate.pdf", "manifest-sha256.txt", "notes.txt"):
        (tmp_path / "out" / name).write_text(name)
    certified_run.export(run, asked(tmp_path / "out"))
    kept = certified_run.digests(tmp_path / "out-set-aside") | certified_run.digests(tmp_path / "out")
    for name in ("images/class 0/0.png", "certificate.pdf", "manifest-sha256.txt", "notes.txt"):
        assert hashlib.sha256(name.encode()).hexdigest() in kept.values()


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_nothing_is_removed_through_a_link_that_leads_out(run, tmp_path):
    certified_run.export(run, asked(tmp_path / "out"))
    (tmp_path / "out/images").rename(tmp_path / "elsewhere")
    (tmp_path / "out/images").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    before = certified_run.digests(tmp_path / "elsewhere")
    with pytest.raises(InputRefusedError, match="leads out of the export folder"):
        certified_run.export(run, asked(tmp_path / "out", naming="numbered"))
    assert certified_run.digests(tmp_path / "elsewhere") == before


def test_set_aside_twice_nothing_is_overwritten(run, tmp_path):
    for number in range(2):
        certified_run.export(run, asked(tmp_path / "out", format=("png", "tiff")[number]))
        victim = next((tmp_path / "out/images/class 0").iterdir())
        victim.write_bytes(b"%d" % number)
        certified_run.export(run, asked(tmp_path / "out", format=("webp", "png")[number]))
    assert next((tmp_path / "out-set-aside/images/class 0").iterdir()).read_bytes() == b"0"
    assert next((tmp_path / "out-set-aside-2/images/class 0").iterdir()).read_bytes() == b"1"


# Room ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("image_format", "quality"), [("png", 95), ("webp", 95), ("tiff", 95), ("jpeg", 95), ("jpeg", 50)]
)
def test_the_estimate_is_a_little_more_than_it_takes(tmp_path, image_format, quality):
    source = tmp_path / "source"
    for label in range(2):
        (source / f"class {label}").mkdir(parents=True)
        for number in range(4):
            picture = certified_run.photograph(10 * label + number, width=400, height=300)
            picture.save(source / f"class {label}/{number}.png")
    chosen = asked(tmp_path / "out", format=image_format, quality=quality)
    run = certified_run.certified(tmp_path / "run", source, chosen)
    certified_run.export(run, chosen)
    taken = sum(path.stat().st_size for path in (tmp_path / "out").rglob("*") if path.is_file())
    # Without what is set by for the certificate's pages, which are not drawn here.
    estimated = estimated_bytes(load_index(run).published, chosen.export) - 1_000_000
    assert 0.8 * taken < estimated < 3 * taken


def test_too_little_room_names_needed_and_free_before_anything_is_written(run, tmp_path, monkeypatch):
    monkeypatch.setattr(export_space.shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10**9, 0, 400_000))
    with pytest.raises(StorageError, match=rf"at {tmp_path}: about 1 MB needed, 400 kB free"):
        certified_run.export(run, asked(tmp_path / "deep/in/out"))
    assert not (tmp_path / "deep").exists()
