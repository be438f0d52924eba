"""The library of runs: what is listed, what a damaged folder does, and that deleting takes nothing but a run."""

import os
from pathlib import Path

import pytest

from certified_run import certified, files, plan, write_photographs
from pue_desktop.engine import config, library
from pue_desktop.engine.errors import InputRefusedError, RunBusyError, StorageError
from pue_desktop.engine.export_names import MANIFEST
from pue_desktop.engine.files import byte_size
from pue_desktop.engine.pipeline import run_steps, step_inputs
from pue_desktop.engine.plans import fitted_plan
from pue_desktop.engine.run import Run, State
from pue_desktop.engine.runtime import Stop


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_photographs(tmp_path / "photos", classes=2, each=4)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "runs"


@pytest.fixture
def done(tmp_path: Path, home: Path, source: Path) -> Run:
    """A run with everything, the export an invented one."""
    chosen = plan(tmp_path / "out")
    run = certified(home / "photos-1", source, chosen)
    (tmp_path / "out" / "images").mkdir(parents=True)
    (tmp_path / "out" / "images" / "a.png").write_bytes(b"protected")
    (tmp_path / "out" / MANIFEST).write_text("")
    run.begin("export", chosen.export, step_inputs(run, "export"))
    run.finish("export", [run.write("export.json", b"{}"), run.write("export/journal.jsonl", b"")], 1.0)
    return run


def test_a_finished_run_in_short(done: Run, home: Path, source: Path, tmp_path: Path) -> None:
    (one,) = library.entries(library.known_runs(home))
    assert (one.path, one.source, one.problem) == (done.path, source, "")
    assert one.states == dict.fromkeys(("scan", "craft", "certify", "stress", "export"), State.DONE)
    assert (one.images, one.classes) == (8, 2)
    assert one.settings == "pue, standard (8 of 255), draft"
    assert one.verdict == "distinguishes"
    assert one.export == tmp_path / "out"
    assert one.thumbnail == source / "class 0" / "0.png"
    assert one.created == done.created
    (done.path / "craft" / "previews").mkdir()
    preview = done.path / "craft" / "previews" / "0-protected.png"
    preview.write_bytes(b"")
    assert library.entry(done.path).thumbnail == preview


def test_what_is_gone_or_changed_is_out_of_date(done: Run, tmp_path: Path) -> None:
    (tmp_path / "out" / "manifest-sha256.txt").unlink()
    assert library.entry(done.path).states["export"] is State.STALE
    (done.path / "craft" / "perturbation.safetensors").unlink()
    states = library.entry(done.path).states
    assert states["scan"] is State.DONE
    assert {states[step] for step in ("craft", "certify", "stress", "export")} == {State.STALE}


def test_a_step_that_began_is_half_way(home: Path, source: Path, tmp_path: Path) -> None:
    chosen = plan(tmp_path / "out")
    run = library.create_in(home, source)
    for _ in run_steps(run, ("scan",), chosen, Stop()):
        pass
    with run.locked():
        run.begin("craft", chosen.craft, {"scan": run.record("scan").digest})  # type: ignore[union-attr]
    states = library.entry(run.path).states
    assert [states[step] for step in ("scan", "craft", "certify")] == [State.DONE, State.PARTIAL, State.MISSING]
    assert library.entry(run.path).verdict == ""


def test_damaged_folders_are_listed_with_a_reason_and_others_not_at_all(done: Run, home: Path, tmp_path: Path) -> None:
    for name, content in (
        ("broken", "{"),
        ("newer", '{"schema": 99}'),
        ("settings", (done.path / "run.json").read_text().replace('"epsilon_255": 8.0', '"epsilon_255": "much"')),
    ):
        damaged = library.create_in(home, tmp_path / "photos").path
        damaged.rename(home / name)
        (home / name / "run.json").write_text(content)
    (library.create_in(home, tmp_path / "photos").path / "run.json").unlink()
    (home / "holiday").mkdir()
    (home / "holiday" / "run.json").write_text("{}")
    (home / "link").symlink_to(done.path)
    found = {one.path.name: one.problem for one in library.entries(library.known_runs(home, [tmp_path / "gone"]))}
    assert set(found) == {"photos-1", "broken", "newer", "settings", "photos-2"}
    assert found["photos-1"] == ""
    assert "damaged" in found["broken"]
    assert "a newer version" in found["newer"]
    assert "settings of another version" in found["settings"]
    assert "has no run.json" in found["photos-2"]


def test_nothing_in_a_run_folder_keeps_the_list_from_being_shown(done: Run) -> None:
    whole = files(done.path)
    for name in whole:
        for garbage in (b"", b"{", b"[]", b"\xff\x00", b'{"schema": 1}', None):
            if garbage is None:
                (done.path / name).unlink()
                (done.path / name).mkdir()
            else:
                (done.path / name).write_bytes(garbage)
            assert library.entry(done.path).path == done.path
        (done.path / name).rmdir()
        (done.path / name).write_bytes(whole[name])
    assert library.entry(done.path).problem == ""


def test_what_may_not_be_read_is_listed_with_the_reason(done: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_run: Run) -> object:
        raise PermissionError(13, "Permission denied", "certify")

    monkeypatch.setattr(library, "recorded_states", refuse)
    assert library.entry(done.path).problem == "certify can't be read: Permission denied."


def test_runs_elsewhere_are_found_once(done: Run, home: Path, source: Path, tmp_path: Path) -> None:
    other = library.create_in(tmp_path / "elsewhere", source).path
    assert library.known_runs(home, [other, done.path, home / "nothing"]) == [other, done.path]
    assert library.known_runs(tmp_path / "nowhere") == []


def test_a_duplicate_asks_for_the_same_and_has_nothing(done: Run, home: Path, tmp_path: Path) -> None:
    before = files(done.path)
    new = library.duplicate(done.path, home)
    assert new.path == home / "photos-2"
    assert files(done.path) == before
    wanted = fitted_plan(plan(tmp_path / "out"), 28)
    assert library.plan_of(Run.open(new.path)) == config.Plan(
        scan=wanted.scan, craft=wanted.craft, certify=wanted.certify, stress=wanted.stress
    )
    assert set(library.entry(new.path).states.values()) == {State.MISSING}
    (tmp_path / "photos").rename(tmp_path / "moved")
    with pytest.raises(InputRefusedError, match="photos is not a folder"):
        library.duplicate(done.path, home)


def test_the_size_counts_every_file_and_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "run" / "deep").mkdir(parents=True)
    (tmp_path / "run" / "a").write_bytes(b"x" * 1000)
    (tmp_path / "run" / "deep" / "b").write_bytes(b"x" * 234)
    (tmp_path / "large").write_bytes(b"x" * 50_000)
    before = library.size_bytes(tmp_path / "run")
    assert before == 1234
    (tmp_path / "run" / "link").symlink_to(tmp_path / "large")
    (tmp_path / "run" / "loop").symlink_to(tmp_path / "run")
    assert library.size_bytes(tmp_path / "run") < 2000
    assert [byte_size(size) for size in (0, 1, 1234, 5_400_000, 2_340_000_000)] == [
        "0 kB",
        "1 kB",
        "2 kB",
        "5 MB",
        "2.3 GB",
    ]


class TestDelete:
    def test_takes_the_whole_run_and_nothing_else(self, done: Run, source: Path, tmp_path: Path) -> None:
        originals, exported = files(source), files(tmp_path / "out")
        assert library.delete(done.path) == ()
        assert not done.path.exists()
        assert files(source) == originals
        assert files(tmp_path / "out") == exported

    def test_what_others_put_there_stays(self, done: Run) -> None:
        (done.path / "holiday").mkdir()
        (done.path / "holiday" / "beach.jpg").write_bytes(b"mine")
        assert library.delete(done.path) == (done.path / "holiday",)
        assert files(done.path) == {"holiday/beach.jpg": b"mine"}

    def test_links_are_taken_away_and_not_followed(self, done: Run, tmp_path: Path) -> None:
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "a.png").write_bytes(b"mine")
        (done.path / "craft" / "link").symlink_to(tmp_path / "mine")
        (done.path / "cache").symlink_to(tmp_path / "mine")
        assert library.delete(done.path) == ()
        assert files(tmp_path / "mine") == {"a.png": b"mine"}

    def test_refuses_a_link_to_a_run(self, done: Run, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(done.path)
        with pytest.raises(InputRefusedError, match="not a run folder"):
            library.delete(tmp_path / "link")
        assert (done.path / "run.json").is_file()

    @pytest.mark.parametrize("content", [None, "{}", '{"schema": 1}', "not json"])
    def test_refuses_other_folders(self, tmp_path: Path, content: str | None) -> None:
        (tmp_path / "other" / "craft").mkdir(parents=True)
        (tmp_path / "other" / "craft" / "a.png").write_bytes(b"mine")
        if content is not None:
            (tmp_path / "other" / "run.json").write_text(content)
        before = files(tmp_path / "other")
        with pytest.raises(InputRefusedError, match="not a run folder"):
            library.delete(tmp_path / "other")
        assert files(tmp_path / "other") == before

    def test_refuses_while_another_program_works_on_it(self, done: Run) -> None:
        before = files(done.path)
        with Run.open(done.path).locked(), pytest.raises(RunBusyError):
            library.delete(done.path)
        assert files(done.path) == before

    def test_refuses_where_the_originals_lie_inside(self, done: Run, source: Path) -> None:
        inside = done.path / "craft" / "photos"
        source.rename(inside)
        source.symlink_to(inside)
        with pytest.raises(InputRefusedError, match="holds the images"):
            library.delete(done.path)
        assert len(files(inside)) == 8

    def test_a_damaged_run_can_be_deleted(self, done: Run) -> None:
        (done.path / "run.json").write_text("{")
        assert library.delete(done.path) == ()
        assert not done.path.exists()

    @pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs permissions that hold")
    def test_what_cannot_be_deleted_is_said_and_leaves_a_run(self, done: Run) -> None:
        (done.path / "certify").chmod(0o500)
        try:
            with pytest.raises(StorageError, match="no permission"):
                library.delete(done.path)
        finally:
            (done.path / "certify").chmod(0o700)
        assert (done.path / "run.json").is_file()
        assert library.delete(done.path) == ()
