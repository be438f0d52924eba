"""Disks that are full, read-only or gone, clocks that jump, originals that vanish: told in a sentence, then resumed."""

import errno
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import certified_run
from benchmarks.full_disk import FullDisk
from certified_run import files
from pictures import folder
from pue_desktop.engine import certificate
from pue_desktop.engine.draw_log import DrawLine, DrawLog
from pue_desktop.engine.errors import InputRefusedError, StorageError
from pue_desktop.engine.files import TEMPORARY_SUFFIX, write_atomically
from pue_desktop.engine.pipeline import run_steps
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop
from tiny import output_digests, tiny_plan

STEPS = ("scan", "craft", "certify", "stress")


@contextmanager
def trouble(place: Path, after: int | None = None, code: int = errno.ENOSPC) -> Iterator[FullDisk]:
    disk = FullDisk([place], after, code)
    unmount = disk.mount()
    try:
        yield disk
    finally:
        unmount()


# The layer itself ---------------------------------------------------------------------------------------------------


def test_the_layer_counts_and_fails_as_a_disk_does(tmp_path: Path) -> None:
    with trouble(tmp_path / "disk") as disk:
        (tmp_path / "disk").mkdir()
        (tmp_path / "disk" / "a").write_bytes(b"12345678")
        (tmp_path / "elsewhere").write_bytes(b"not counted")
        assert disk.paths == [str(tmp_path / "disk"), str(tmp_path / "disk" / "a"), str(tmp_path / "disk" / "a")]
    with trouble(tmp_path / "disk", after=2), pytest.raises(OSError, match="No space left"):
        (tmp_path / "disk" / "b").write_bytes(b"12345678")
    assert (tmp_path / "disk" / "b").read_bytes() == b"1234"
    (tmp_path / "disk" / "b").write_bytes(b"12345678")


@pytest.mark.parametrize("after", [1, 2, 3, 4])
def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, after: int) -> None:
    """Creating, writing, making durable, renaming."""
    path = tmp_path / "result.json"
    path.write_bytes(b"before")
    with trouble(tmp_path, after), pytest.raises(StorageError, match=r"no space left for .*result\.json"):
        write_atomically(path, b"after and longer")
    assert files(tmp_path) == {"result.json": b"before"}


def test_a_draw_that_finds_no_room_is_told_when_it_is_made(tmp_path: Path) -> None:
    with DrawLog(tmp_path / "draws.jsonl", "job") as log:
        log.add(DrawLine("protected", "hold_out", 0, 7))
    with (
        trouble(tmp_path, 7),
        pytest.raises(StorageError, match="no space left"),
        DrawLog(tmp_path / "draws.jsonl", "job") as log,
    ):
        log.add(DrawLine("protected", "hold_out", 1, 8))
    with DrawLog(tmp_path / "draws.jsonl", "job") as log:
        assert log.counts("protected", "hold_out") == [7]


def test_draws_already_made_survive_a_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "draws.jsonl"
    with DrawLog(path, "job") as log:
        log.add(DrawLine("protected", "hold_out", 0, 7))
    whole = path.read_bytes()
    for after in (1, 2, 3):
        with trouble(tmp_path, after), pytest.raises(StorageError, match="no space left"):
            DrawLog(path, "job")
        assert files(tmp_path) == {"draws.jsonl": whole}


# Runs ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder(tmp_path_factory.mktemp("source"), images=10)


@pytest.fixture(scope="module")
def undisturbed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, int]:
    """A finished run, and how many calls it made that need room."""
    place = tmp_path_factory.mktemp("undisturbed")
    with trouble(place) as disk:
        run = Run.create(place / "run", source)
        list(run_steps(run, STEPS, tiny_plan(), Stop()))
    return run, disk.calls


def test_a_disk_full_at_any_step_is_told_and_the_run_resumed(
    undisturbed: tuple[Run, int], source: Path, tmp_path: Path
) -> None:
    expected, calls = undisturbed
    run = Run.create(tmp_path / "run", source)
    stopped = 0
    # The disk fills up again and again: always a little later in the same run.
    for after in (3, 12, calls // 5, calls // 4, calls // 3):
        with trouble(run.path, after), pytest.raises(StorageError, match="no space left for") as caught:
            list(run_steps(run, STEPS, tiny_plan(), Stop()))
        assert "\n" not in caught.value.message
        assert caught.value.hint.startswith("Free some space")
        assert caught.value.exit_code == 3
        assert not list(run.path.rglob(f"*{TEMPORARY_SUFFIX}"))
        stopped += 1
    assert stopped == 5
    list(run_steps(run, STEPS, tiny_plan(), Stop()))
    assert output_digests(run) == output_digests(expected)


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.EROFS, "no permission"), (errno.EACCES, "no permission"), (errno.EIO, "can't be written: Input/output")],
)
def test_a_run_folder_that_became_read_only_or_is_gone_is_told_and_left_as_it_is(
    undisturbed: tuple[Run, int], tmp_path: Path, code: int, words: str
) -> None:
    shutil.copytree(undisturbed[0].path, tmp_path / "run")
    before = files(tmp_path / "run")
    plan = tiny_plan(seed=1)
    with trouble(tmp_path / "run", 1, code), pytest.raises(StorageError, match=words):
        list(run_steps(Run.open(tmp_path / "run"), STEPS, plan, Stop()))
    assert files(tmp_path / "run") == before


def test_a_clock_that_jumps_back_changes_nothing(
    undisturbed: tuple[Run, int], source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = iter(range(2_000_000_000, 0, -86_400))
    monkeypatch.setattr(time, "time", lambda: float(next(now)))
    run = Run.create(tmp_path / "run", source)
    for steps in (STEPS[:2], STEPS):
        list(run_steps(Run.open(run.path), steps, tiny_plan(), Stop()))
    run = Run.open(run.path)
    assert output_digests(run) == output_digests(undisturbed[0])
    times = [event.time for event in run.events()]
    assert times == sorted(times, reverse=True)
    records = [run.record(step) for step in STEPS]
    assert all(record is not None and 0 <= record.seconds < 600 for record in records)


# Exports ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("certified")
    source = certified_run.write_photographs(base / "source", classes=2, each=4)
    certified_run.certified(base / "run", source, certified_run.plan(base / "out"))
    return base


@pytest.fixture(autouse=True)
def quick_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificate, "render_pdf", certified_run.small_pdf)


def test_a_disk_full_at_any_call_of_an_export_leaves_whole_files_and_the_next_one_ends_the_same(
    certified: Path, tmp_path: Path
) -> None:
    def run_of(name: str) -> Run:
        shutil.copytree(certified / "run", tmp_path / name)
        return Run.open(tmp_path / name)

    # The first export of a profile makes a key as well: that must not count.
    certified_run.export(run_of("first-run"), certified_run.plan(tmp_path / "first"))
    run = run_of("calm-run")
    with trouble(tmp_path) as disk:
        certified_run.export(run, certified_run.plan(tmp_path / "calm"))
    calls = disk.calls
    expected = {name: data for name, data in files(tmp_path / "calm").items() if name.startswith("images/")}
    assert len(expected) == 8
    for after in range(1, calls + 1, 6):
        run, out = run_of(f"run-{after}"), tmp_path / f"out-{after}"
        with trouble(tmp_path, after), pytest.raises(StorageError, match=r"no space left for \S+"):
            certified_run.export(run, certified_run.plan(out))
        assert files(out).items() <= expected.items() or after > calls - 30, after
        certified_run.export(Run.open(run.path), certified_run.plan(out))
        found = files(out)
        assert {name: data for name, data in found.items() if name.startswith("images/")} == expected
        assert found.keys() == files(tmp_path / "calm").keys()


def test_an_original_that_was_deleted_after_the_scan_is_named_and_nothing_is_certified(
    certified: Path, tmp_path: Path
) -> None:
    shutil.copytree(certified / "run", tmp_path / "run")
    gone = certified / "source" / "class 1" / "2.png"
    kept = gone.read_bytes()
    gone.unlink()
    try:
        with pytest.raises(InputRefusedError, match=r"class 1/2\.png"):
            certified_run.export(Run.open(tmp_path / "run"), certified_run.plan(tmp_path / "out"))
        assert not (tmp_path / "out" / "certificate.json").exists()
        assert not (tmp_path / "out" / "manifest-sha256.txt").exists()
    finally:
        gone.write_bytes(kept)
    certified_run.export(Run.open(tmp_path / "run"), certified_run.plan(tmp_path / "out"))
    assert len(files(tmp_path / "out")) == 11
