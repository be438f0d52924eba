"""Reading on several threads: order, bounds, stopping, and the same results whatever the number of threads."""

import os
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from pictures import folder
from pue_desktop.engine import pixels
from pue_desktop.engine.config import ScanConfig
from pue_desktop.engine.dataset import load_index, scan
from pue_desktop.engine.errors import CancelledError, StorageError
from pue_desktop.engine.events import ended
from pue_desktop.engine.files import sync_files, write_atomically
from pue_desktop.engine.pipeline import run_steps
from pue_desktop.engine.pixels import Pixels, original_pixels
from pue_desktop.engine.results import DatasetIndex
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop, in_order
from tiny import tiny_plan


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize("together", [1, 4, 50])
def test_results_come_in_order_and_no_more_than_some_are_under_way(workers: int, together: int) -> None:
    begun, most = [0], 0
    lock = threading.Lock()

    def work(item: int) -> int:
        with lock:
            begun[0] += 1
        time.sleep(0.002 * (item % 3))
        return item * item

    found = []
    for pair in in_order(work, range(30), Stop(), workers=workers, together=together):
        most = max(most, begun[0] - len(found))
        found.append(pair)
    assert found == [(item, item * item) for item in range(30)]
    assert most <= (2 * workers + 1) * together


def test_an_error_is_raised_where_it_belongs() -> None:
    def work(item: int) -> int:
        return 1 // (item - 4)

    found = in_order(work, range(20), Stop(), workers=2, together=2)
    assert [next(found)[0] for _ in range(4)] == [0, 1, 2, 3]
    with pytest.raises(ZeroDivisionError):
        next(found)


def test_a_stop_is_heard_inside_a_task() -> None:
    stop, begun = Stop(), []

    def work(item: int) -> None:
        begun.append(item)
        if item == 2:
            stop.cancel()

    with pytest.raises(CancelledError):
        list(in_order(work, range(1000), stop, workers=1, together=1000))
    assert begun == [0, 1, 2]


def _index(source: Path) -> DatasetIndex:
    return ended(scan(source, ScanConfig(), Stop()))


def test_index_and_pixels_do_not_depend_on_the_threads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = folder(tmp_path / "source", images=11, size=(37, 29))
    (source / "kind-0/broken.png").write_bytes(b"no image")
    found: list[tuple[DatasetIndex, Pixels]] = []
    for threads in (1, 2, 5):
        monkeypatch.setattr(os, "cpu_count", lambda threads=threads: threads)
        run = Run.create(tmp_path / f"run{threads}", source)
        list(run_steps(run, ("scan",), tiny_plan(), Stop()))
        work = original_pixels(run, load_index(run).images, 16, lambda part: pixels.Progress("x", part, 1.0), Stop())
        while True:
            try:
                next(work)
            except StopIteration as end:
                found.append((_index(source), end.value))
                break
    for index, made in found[1:]:
        assert index == found[0][0]
        assert made.digests == found[0][1].digests
        assert np.array_equal(made.images.numpy(), found[0][1].images.numpy())
    assert len(found[0][1].digests) == 22


def test_files_are_made_durable_and_a_lost_one_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    whole = os.fsync

    def noted(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").resolve().name if Path("/proc/self/fd").exists() else "")
        whole(handle)

    monkeypatch.setattr(os, "fsync", noted)
    for name in ("a", "b"):
        write_atomically(tmp_path / name, name.encode(), durable=False)
    assert synced == []
    sync_files([tmp_path / "a", tmp_path / "b"])
    # Each file, and their folder once.
    assert len(synced) == (2 if os.name == "nt" else 3)
    with pytest.raises(StorageError, match="gone"):
        sync_files([tmp_path / "gone"])
