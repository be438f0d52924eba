"""A decoder that crashes or hangs costs one file; nothing stays behind when the program is cancelled or killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pictures import folder, picture
from pue_desktop.engine import dataset, inspectors
from pue_desktop.engine.config import ScanConfig
from pue_desktop.engine.errors import CancelledError
from pue_desktop.engine.events import ended
from pue_desktop.engine.file_opener import Inspected, inspect
from pue_desktop.engine.image_files import read
from pue_desktop.engine.inspectors import Inspectors
from pue_desktop.engine.results import DatasetIndex
from pue_desktop.engine.runtime import Stop

TESTS = Path(__file__).parents[1]
posix = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc, and needs the C library's sleep")


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> Iterator[Inspectors]:
    """Two seconds a file, by the decoders of breaking_codec."""
    command = [sys.executable, str(TESTS / "breaking_codec.py")]
    monkeypatch.setattr(inspectors, "own_command", lambda *_: command)
    made = Inspectors(seconds=2.0)
    monkeypatch.setattr(dataset, "INSPECTORS", made)
    yield made
    made.close()


def scanned(path: Path, stop: Stop | None = None) -> DatasetIndex:
    return ended(dataset.scan(path, ScanConfig(), stop or Stop()))


def test_a_relative_path_is_about_the_working_folder_of_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Inspectors()
    try:
        for place in ("first", "second"):
            (tmp_path / place).mkdir()
            monkeypatch.chdir(tmp_path / place)
            picture(1, len(place)).save(f"{place}.png")
            assert own.inspect([Path(f"{place}.png")])[0].reason == ""
    finally:
        own.close()


def test_another_process_sees_what_this_one_sees(tmp_path: Path) -> None:
    names = ["a.png", "b.jpg", "kind\nwith <b>.png", "gone.png", "text.png"]
    for number, name in enumerate(names[:3]):
        picture(1, number).save(tmp_path / name)
    (tmp_path / "text.png").write_text("no image")
    own = Inspectors()
    try:
        paths = [tmp_path / name for name in names]
        found = own.inspect(paths)
        assert found == [inspect(path) for path in paths] == [own.inspect([path])[0] for path in paths]
        assert found[0].pixels_sha256 == read(tmp_path / "a.png").digest()
        assert found[3].reason.startswith("it can't be read")
        assert found[4].sha256
        assert own.inspect([]) == []
    finally:
        own.close()


@posix
def test_a_crash_and_a_hang_cost_one_file_each(tmp_path: Path, breaking: Inspectors) -> None:
    root = folder(tmp_path, images=4)
    for name in ("crash.png", "hang.png", "chatty.png"):
        picture(1, 9).save(root / "kind-1" / name)
    index = scanned(root)
    assert {entry.path: entry.reason for entry in index.skipped} == {
        "kind-1/crash.png": "the program that decodes it crashes on it",
        "kind-1/hang.png": "opening it takes longer than 2 seconds",
    }
    assert len(index.images) == 9


def test_large_ones_come_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspectors, "_LARGE_PIXELS", 5000)
    own, at_work, most = Inspectors(), [0], [0]
    asked = own._ask

    def ask(paths: list[Path], most_pixels: int) -> list[Inspected] | None:
        at_work[0] += most_pixels > 5000
        most[0] = max(most[0], at_work[0])
        try:
            return asked(paths, most_pixels)
        finally:
            at_work[0] -= most_pixels > 5000

    monkeypatch.setattr(own, "_ask", ask)
    paths = [tmp_path / f"{number}.png" for number in range(6)]
    for number, path in enumerate(paths):
        picture(0, number, width=100, height=40 + 20 * (number % 2)).save(path)
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(own.inspect, [paths[:3], paths[3:], *([path] for path in paths)]))
    own.close()
    assert [(one.height, one.reason) for part in found for one in part] == [(40, ""), (60, "")] * 6
    assert most == [1]


@posix
def test_cancelling_does_not_wait_for_a_hang(tmp_path: Path, breaking: Inspectors) -> None:
    breaking._seconds = 60.0
    root = folder(tmp_path, images=2)
    for number in range(10):
        picture(1, 9).save(root / "kind-0" / f"hang-{number}.png")
    stop = Stop()
    timer = threading.Timer(1.0, stop.cancel)
    timer.start()
    began = time.monotonic()
    with pytest.raises(CancelledError):
        scanned(root, stop)
    timer.join()
    assert time.monotonic() - began < 20


def test_where_no_process_starts_files_are_opened_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture(0, 1).save(tmp_path / "a.png")
    for command in ([str(tmp_path / "nothing")], [sys.executable, "-c", "print('not ready')"]):
        monkeypatch.setattr(inspectors, "own_command", lambda *_, command=command: command)
        own = Inspectors()
        assert own.inspect([tmp_path / "a.png"]) == [inspect(tmp_path / "a.png")]
        assert own._here


def test_a_process_that_ended_meanwhile_is_replaced(tmp_path: Path) -> None:
    picture(0, 1).save(tmp_path / "a.png")
    own = Inspectors()
    try:
        first = own.inspect([tmp_path / "a.png"])
        for process in own._idle:
            process.kill()
        assert own.inspect([tmp_path / "a.png"]) == first
    finally:
        own.close()


def test_small_files_are_opened_together_and_large_ones_alone(tmp_path: Path) -> None:
    sizes = [5, 2**17, 2**17, 2**18, 1, *[1] * 16, 0]
    for number, size in enumerate(sizes):
        (tmp_path / str(number)).write_bytes(bytes(size))
    numbers = [*range(len(sizes)), 99]
    parts = list(inspectors.together(numbers, lambda number: tmp_path / str(number)))
    assert [len(part) for part in parts] == [2, 1, 1, 16, 3]
    assert [number for part in parts for number in part] == numbers


PROGRAM = """
import sys
from pathlib import Path
from pue_desktop.engine import inspectors
inspectors.own_command = lambda *_: [sys.executable, {codec!r}]
own = inspectors.Inspectors(seconds=3.0)
own.inspect([Path({good!r})])
print(*[process._process.pid for process in own._idle], flush=True)
own.inspect([Path({last!r})])
"""


@posix
@pytest.mark.parametrize("last", ["hang.png", "slow.png"])
def test_killed_it_leaves_nothing_running(tmp_path: Path, last: str) -> None:
    for name in ("good.png", last):
        picture(0, 1).save(tmp_path / name)
    codec = str(TESTS / "breaking_codec.py")
    text = PROGRAM.format(codec=codec, good=str(tmp_path / "good.png"), last=str(tmp_path / last))
    environment = os.environ | {"PYTHONPATH": str(TESTS.parent)}
    with subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE, env=environment) as program:
        assert program.stdout is not None
        child = int(program.stdout.readline())
        time.sleep(0.1)
        program.send_signal(signal.SIGKILL)
        program.wait()
    end = time.monotonic() + 30
    while Path(f"/proc/{child}").exists() and _state(child) != "Z":
        assert time.monotonic() < end, "still running"
        time.sleep(0.1)


def _state(process: int) -> str:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return "Z"
