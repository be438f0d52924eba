"""Scanning: classes, splits, reasons, refusals."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from PIL import Image

from pictures import folder, picture
from pue_desktop.engine.config import ScanConfig
from pue_desktop.engine.dataset import scan
from pue_desktop.engine.errors import CancelledError, InputRefusedError
from pue_desktop.engine.events import ended
from pue_desktop.engine.results import DatasetIndex
from pue_desktop.engine.runtime import Stop


def _scan(path: Path, **settings: float) -> DatasetIndex:
    return ended(scan(path, ScanConfig(**settings), Stop()))  # type: ignore[arg-type]


def test_hold_out_is_stratified_and_named_by_the_seed(tmp_path: Path) -> None:
    root = folder(tmp_path, classes=3, images=10)
    index = _scan(root, seed=1)
    assert index.classes == ("kind-0", "kind-1", "kind-2")
    assert index.counts("hold_out") == [2, 2, 2]
    assert index.counts("train") == [8, 8, 8]
    assert _scan(root, seed=1) == index
    assert _scan(root, seed=2).of_split("hold_out") != index.of_split("hold_out")
    assert _scan(root, hold_out=0.5).counts("hold_out") == [5, 5, 5]


def test_an_added_image_moves_no_other_class(tmp_path: Path) -> None:
    root = folder(tmp_path, classes=2, images=10)
    before = {image.id for image in _scan(root).of_split("hold_out") if image.label == 0}
    picture(1, 99).save(root / "kind-1" / "099.png")
    assert {image.id for image in _scan(root).of_split("hold_out") if image.label == 0} == before


def test_train_and_test_folders_are_the_split(tmp_path: Path) -> None:
    folder(tmp_path / "train", images=4)
    folder(tmp_path / "test", images=2)
    index = _scan(tmp_path)
    assert index.header.split_given
    assert index.classes == ("kind-0", "kind-1")
    assert index.counts("train") == [4, 4]
    assert index.counts("hold_out") == [2, 2]
    assert index.of_split("train")[0].id == "train/kind-0/000.png"


def test_a_class_is_its_folder_path(tmp_path: Path) -> None:
    folder(tmp_path / "a", classes=1, images=4)
    folder(tmp_path / "b", classes=1, images=4)
    assert _scan(tmp_path).classes == ("a/kind-0", "b/kind-0")


def test_every_file_left_out_has_a_reason(tmp_path: Path) -> None:
    root = folder(tmp_path / "images", images=5)
    (root / "kind-0" / "text.jpg").write_text("not an image")
    (root / "kind-0" / "empty.png").write_bytes(b"")
    (root / "kind-0" / "notes.txt").write_text("x")
    (root / "stray.png").write_bytes((root / "kind-0" / "000.png").read_bytes())
    (root / "kind-1" / "cut.png").write_bytes((root / "kind-1" / "000.png").read_bytes()[:200])
    (root / "kind-1" / "tiny.png").write_bytes(b"")
    Image.new("RGB", (4, 4)).save(root / "kind-1" / "tiny.png")
    frames = [picture(0, number) for number in range(3)]
    frames[0].save(root / "kind-1" / "moving.gif", save_all=True, append_images=frames[1:])
    outside = tmp_path / "outside.png"
    shutil.copy(root / "kind-0" / "000.png", outside)
    (root / "kind-1" / "link.png").symlink_to(outside)
    reasons = {entry.path: entry.reason for entry in _scan(root).skipped}
    assert reasons == {
        "kind-0/text.jpg": "it is not an image, or of a format that can't be protected",
        "kind-0/empty.png": "the file is empty",
        "kind-0/notes.txt": "its ending is not that of an image format",
        "stray.png": "it lies in no class folder",
        "kind-1/cut.png": reasons["kind-1/cut.png"],
        "kind-1/tiny.png": "it is too small (4×4); at least 8 pixels a side are needed",
        "kind-1/moving.gif": "animations and files of several pages can't be protected; save each picture by itself",
        "kind-1/link.png": "it is a link to a file outside the folder",
    }
    assert reasons["kind-1/cut.png"].startswith("it is damaged")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_names_that_are_no_text_are_listed(tmp_path: Path) -> None:
    root = folder(tmp_path, images=5)
    for place in (root, root / "kind-0"):
        (place / os.fsdecode(b"caf\xe9.png")).write_bytes((root / "kind-0" / "000.png").read_bytes())
    assert [(entry.path, entry.reason) for entry in _scan(root).skipped] == [
        ("caf?.png", "its name is not valid text (UTF-8)"),
        ("kind-0/caf?.png", "its name is not valid text (UTF-8)"),
    ]


def test_refusals_name_the_thing(tmp_path: Path) -> None:
    with pytest.raises(InputRefusedError, match=r"There is no folder .*nowhere"):
        _scan(tmp_path / "nowhere")
    with pytest.raises(InputRefusedError, match="There are no images"):
        _scan(tmp_path)
    flat = tmp_path / "flat"
    flat.mkdir()
    picture(0, 0).save(flat / "a.png")
    with pytest.raises(InputRefusedError, match="no class folders"):
        _scan(flat)
    with pytest.raises(InputRefusedError, match=r"only one class \(kind-0\)"):
        _scan(folder(tmp_path / "one", classes=1))
    lonely = folder(tmp_path / "lonely", images=5)
    (lonely / "few").mkdir()
    picture(2, 0).save(lonely / "few" / "a.png")
    with pytest.raises(InputRefusedError, match=r"Class few has too few usable images \(1\)"):
        _scan(lonely)
    with pytest.raises(InputRefusedError, match="is a file"):
        _scan(lonely / "few" / "a.png")


def test_cancel_is_obeyed(tmp_path: Path) -> None:
    stop = Stop()
    stop.cancel()
    with pytest.raises(CancelledError):
        list(scan(folder(tmp_path), ScanConfig(), stop))
