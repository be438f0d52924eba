"""Sample-wise patterns: by id, on the disk, and in step with the checkpoint wherever a run is cut off."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from crafting import crafted, material, small_config, subjects
from pue_desktop.engine.apply import protect
from pue_desktop.engine.errors import SchemaError, StorageError
from pue_desktop.engine.image_files import Picture
from pue_desktop.engine.methods.pattern_store import PatternStore
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.results import CraftResult
from pue_desktop.engine.training import Checkpoint

SHAPE = (6, 3, 4, 4)


class CutError(Exception):
    """The program is killed here."""


def _store(folder: Path, job: str = "job") -> PatternStore:
    return PatternStore(folder, SHAPE, job)


def _all(store: PatternStore) -> list[float]:
    patterns = store.read(range(6))
    assert patterns.dtype == torch.float32
    assert all(len(pattern.unique()) == 1 for pattern in patterns)
    return [float(pattern[0, 0, 0]) for pattern in patterns]


def _at_step_one(folder: Path) -> PatternStore:
    store = _store(folder)
    store.create()
    store.write([1, 4], torch.ones(2, 3, 4, 4))
    assert _all(store) == [0, 1, 0, 0, 1, 0]
    assert float(store.array.max()) == 0.0  # not before the checkpoint
    store.commit(1, lambda: None)
    assert float(store.array.max()) == 1.0
    store.write([4, 5], torch.full((2, 3, 4, 4), 2.5))
    return store


def test_without_a_break(tmp_path: Path) -> None:
    store = _at_step_one(tmp_path)
    store.commit(2, lambda: None)
    again = _store(tmp_path)
    assert again.recover(2)
    assert _all(again) == [0, 1, 0, 0, 2.5, 2.5]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["patterns.npy"]


def test_cut_off_before_the_checkpoint_the_earlier_patterns_are_there(tmp_path: Path) -> None:
    store = _at_step_one(tmp_path)

    def killed() -> None:
        raise CutError

    with pytest.raises(CutError):
        store.commit(2, killed)
    again = _store(tmp_path)
    assert again.recover(1)
    assert _all(again) == [0, 1, 0, 0, 1, 0]


def test_cut_off_after_the_checkpoint_the_later_patterns_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = _at_step_one(tmp_path)

    def half(rows: Any, patterns: Any) -> None:
        assert isinstance(store.array, np.memmap)
        store.array[rows[0], 0] = -7
        raise CutError

    monkeypatch.setattr(store, "_put", half)
    with pytest.raises(CutError):
        store.commit(2, lambda: None)
    again = _store(tmp_path)
    assert again.recover(2)
    assert _all(again) == [0, 1, 0, 0, 2.5, 2.5]


def test_patterns_that_are_gone_or_of_another_shape_are_not_taken_up(tmp_path: Path) -> None:
    _at_step_one(tmp_path)
    assert not PatternStore(tmp_path, (7, 3, 4, 4), "job").recover(1)
    (tmp_path / "patterns.npy").write_bytes(b"junk")
    assert not _store(tmp_path).recover(1)
    (tmp_path / "patterns.npy").unlink()
    assert not _store(tmp_path).recover(1)


def test_a_redo_file_of_another_job_is_dropped(tmp_path: Path) -> None:
    store = _at_step_one(tmp_path)
    with pytest.raises(CutError):
        store.commit(2, _raise)
    again = _store(tmp_path, "another")
    assert again.recover(2)
    assert _all(again) == [0, 1, 0, 0, 1, 0]


def _raise() -> None:
    raise CutError


def test_many_waiting_patterns_ask_for_a_checkpoint(tmp_path: Path) -> None:
    store = PatternStore(tmp_path, (1000, 3, 128, 128), "job")  # 96 KiB each: 683 of them are more than 64 MiB
    patterns = torch.zeros(1, 3, 128, 128).expand(682, 3, 128, 128)
    store.write(range(682), patterns)
    assert not store.full
    store.write([682], patterns[:1])
    assert store.full


def test_a_full_disk_is_told_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("numpy.lib.format.write_array_header_1_0", full)
    with pytest.raises(StorageError, match="no space left"):
        _store(tmp_path).create()
    assert list(tmp_path.iterdir()) == []


def _sample_wise() -> Perturbation:
    delta = np.random.default_rng(0).uniform(-5, 5, (3, 3, 8, 8)).astype(np.float16)
    return Perturbation(delta, 5.0, {"b/ü 1.png": 2, 'a/"x".png': 0, "c": 1})


def test_sample_wise_file_round_trip_stays_on_the_disk(tmp_path: Path) -> None:
    made, path = _sample_wise(), tmp_path / "perturbation.safetensors"
    made.save(path)
    first = path.read_bytes()
    loaded = Perturbation.load(path)
    assert isinstance(loaded.delta_255, np.memmap)
    assert loaded.rows == made.rows
    assert loaded.epsilon_255 == 5.0
    assert np.array_equal(loaded.delta_255, made.delta_255)
    made.save(path)
    assert path.read_bytes() == first


def test_a_pattern_belongs_to_the_image_not_to_its_place_or_class() -> None:
    made = _sample_wise()
    grey = Picture(np.full((8, 8, 3), 128, np.uint8), "RGB", None, "PNG", "RGB")
    for label, (name, row) in enumerate((("c", 1), ("b/ü 1.png", 2), ('a/"x".png', 0))):
        expected = 128 + np.rint(made.delta_255[row].astype(np.float32)).transpose(1, 2, 0)
        assert np.array_equal(protect(grey, made, label, name).pixels, expected.astype(np.uint8))
    with pytest.raises(SchemaError, match="no pattern for the image 'd'"):
        protect(grey, made, 0, "d")


def test_damaged_sample_wise_files_are_refused(tmp_path: Path) -> None:
    made, path = _sample_wise(), tmp_path / "perturbation.safetensors"
    made.save(path)
    good = path.read_bytes()
    beyond, broken = made.delta_255.copy(), made.delta_255.copy()
    beyond[2, 2, 7, 7], broken[1, 0, 0, 0] = 5.01, np.nan
    for name, content in (("short", good[:-10]), ("junk", b"junk" * 100), ("ids", good.replace(b'"[', b'"('))):
        (tmp_path / name).write_bytes(content)
    Perturbation(beyond, 5.0, made.rows).save(tmp_path / "beyond")
    Perturbation(broken, 5.0, made.rows).save(tmp_path / "nan")
    Perturbation(made.delta_255, 5.0, {"a": 0, "b": 1}).save(tmp_path / "few")
    for name in ("short", "junk", "ids", "beyond", "nan", "few"):
        with pytest.raises(SchemaError):
            Perturbation.load(tmp_path / name)


def _craft(folder: Path) -> tuple[list[float], CraftResult]:
    config = small_config(method="emn-sample", steps=10)
    train, held = subjects(range(3)), subjects(range(9, 11))
    made = crafted(material(folder, config, train, held))
    return made.perturbation(train.ids + held.ids).delta_255.flatten().tolist(), made.result()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[float], CraftResult]:
    return _craft(tmp_path_factory.mktemp("whole"))


@pytest.mark.parametrize("cut", [1, 3, 29, 30, 63])
def test_killed_in_any_write_a_craft_ends_with_the_same_bits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: tuple[list[float], CraftResult], cut: int
) -> None:
    """Every step is saved, by three writes: redo file, checkpoint, patterns. The program dies in one of them."""
    with monkeypatch.context() as dying:
        dying.setattr(Checkpoint, "due", lambda _: True)
        _die_at(dying, cut)
        with pytest.raises(CutError):
            _craft(tmp_path)
    assert _craft(tmp_path) == undisturbed


def _die_at(monkeypatch: pytest.MonkeyPatch, cut: int) -> None:
    """Lets write number `cut` (from 1) and all after it fail, a write of patterns half done."""
    left = [cut]

    def alive() -> bool:
        left[0] -= 1
        return left[0] > 0

    def put(store: PatternStore, rows: Any, patterns: Any, real: Any = PatternStore._put) -> None:
        if alive():
            real(store, rows, patterns)
            return
        real(store, rows[:2], patterns[:2] + 1)
        raise CutError

    def save(checkpoint: Checkpoint, step: int, tensors: Any, real: Any = Checkpoint.save) -> None:
        if not alive():
            raise CutError
        real(checkpoint, step, tensors)

    monkeypatch.setattr(PatternStore, "_put", put)
    monkeypatch.setattr(Checkpoint, "save", save)
