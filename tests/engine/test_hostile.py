"""Folders, run folders and files by somebody who means harm: refused with a reason, and nothing is followed."""

import json
import os
import struct
import sys
import zlib
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image

import certified_run
from pictures import folder, picture
from pue_desktop.cli import main
from pue_desktop.cli_summary import reached
from pue_desktop.engine import library
from pue_desktop.engine.config import ScanConfig
from pue_desktop.engine.dataset import load_index, scan
from pue_desktop.engine.errors import InputRefusedError, PueError, SchemaError
from pue_desktop.engine.events import Notice
from pue_desktop.engine.export_folder import Journal
from pue_desktop.engine.figures import load_result
from pue_desktop.engine.files import read_limited
from pue_desktop.engine.image_files import UnusableImageError, read, read_bytes
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.results import DatasetIndex
from pue_desktop.engine.run import Run, State
from pue_desktop.engine.runtime import Stop

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")


def scanned(path: Path) -> tuple[DatasetIndex, list[Notice]]:
    steps = scan(path, ScanConfig(), Stop())
    told = []
    while True:
        try:
            event = next(steps)
        except StopIteration as end:
            return end.value, told
        if isinstance(event, Notice):
            told.append(event)


def png(width: int, height: int, *, pixels: bytes = b"") -> bytes:
    """A PNG whose header says what it likes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


# Folders ------------------------------------------------------------------------------------------------------------


@posix
def test_pipes_loops_and_links_are_listed_and_never_followed(tmp_path: Path) -> None:
    root = folder(tmp_path / "images", images=5)
    outside = folder(tmp_path / "outside", classes=1)
    os.mkfifo(root / "kind-0" / "pipe.png")
    (root / "kind-0" / "round.png").symlink_to("round.png")
    (root / "kind-1" / "all").symlink_to(outside)
    (root / "kind-1" / "self").symlink_to(root)
    (root / "kind-1" / "null.png").symlink_to("/dev/zero")
    (root / "kind-1" / "inside.png").symlink_to(root / "kind-1" / "000.png")
    (root / "kind-1" / "gone.png").symlink_to("nowhere.png")
    index, _ = scanned(root)
    reasons = {entry.path: entry.reason for entry in index.skipped}
    assert reasons == {
        "kind-0/pipe.png": "it is not a regular file",
        "kind-0/round.png": reasons["kind-0/round.png"],
        "kind-1/all": "it is a link to a folder, and such links are not followed",
        "kind-1/self": "it is a link to a folder, and such links are not followed",
        "kind-1/null.png": "it is a link to a file outside the folder",
        "kind-1/gone.png": "it can't be read (No such file or directory)",
    }
    assert "link" in reasons["kind-0/round.png"]
    assert len(index.images) == 11


@posix
def test_names_are_data(tmp_path: Path) -> None:
    root = folder(tmp_path / "images", images=4)
    names = ["a\nb.png", "<b>bold<\u202eb.png", "..png", "...png", "$(touch x).png", "-rf.png", "\x1b[31m.png"]
    for name in names:
        picture(1, 7).save(root / "kind-1" / name, "PNG")
    index, _ = scanned(root)
    found = {image.id for image in index.images} | {entry.path for entry in index.skipped}
    # What begins with a dot is hidden.
    assert {f"kind-1/{name}" for name in names if not name.startswith(".")} <= found
    assert msgspec.json.decode(msgspec.json.encode(index), type=DatasetIndex) == index


@posix
def test_a_terminal_shows_names_and_does_not_obey_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = folder(tmp_path / "images", images=4)
    (root / "kind-0" / "a\x1b[31m\nb.png").write_text("no image")
    assert main(["scan", str(root)]) == 0
    printed = capsys.readouterr()
    assert "\x1b" not in printed.out + printed.err
    assert r"kind-0/a\x1b[31m\nb.png: it is not an image" in printed.out


def test_a_change_of_kind_is_told(tmp_path: Path) -> None:
    root = folder(tmp_path / "images", images=4)
    deep = np.linspace(0, 65535, 32 * 32).astype(np.uint16).reshape(32, 32)
    Image.fromarray(deep).save(root / "kind-1" / "deep.png")
    index, told = scanned(root)
    assert {image.id: image.notice for image in index.images if image.notice} == {
        "kind-1/deep.png": "its 16 bits a channel become 8"
    }
    assert [event.text for event in told if not event.text.startswith("Only 2 images are held out")] == [
        "Of some images not everything can be kept: its 16 bits a channel become 8 (1, the first kind-1/deep.png)."
    ]


# Files --------------------------------------------------------------------------------------------------------------


def test_bombs_are_refused_by_what_the_header_says() -> None:
    with pytest.raises(UnusableImageError, match="900 megapixels, more than 120"):
        read(png(30_000, 30_000))
    with pytest.raises(UnusableImageError, match=r"4503599627 megapixels|damaged"):
        read(png(2**26, 2**26))


def test_a_header_that_lies_is_damage() -> None:
    with pytest.raises(UnusableImageError, match="damaged"):
        read(png(9000, 9000, pixels=bytes(100)))
    few = read(png(64, 64, pixels=(b"\0" + bytes(64)) * 64))
    assert few.size == (64, 64)


def test_only_listed_formats_are_tried() -> None:
    """PostScript would start another program; its reader, and others nobody needs, never see a file."""
    for data in (
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 64 64\n",
        b"8BPS" + bytes(100),
        b"\x0a\x05\x01\x08" * 99,
    ):
        with pytest.raises(UnusableImageError, match="not an image, or of a format that can't be protected"):
            read(data)


@posix
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnusableImageError, match="not a regular file"):
        read_bytes(tmp_path / "pipe")
    with pytest.raises(SchemaError, match="not a regular file"):
        read_limited(tmp_path / "pipe", 10)


def test_a_giant_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "giant.png").open("wb") as stream:
        stream.truncate(2**31)
    with pytest.raises(UnusableImageError, match=r"2\.1 GB, more than 1\.1"):
        read(tmp_path / "giant.png")


# Run folders --------------------------------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path: Path) -> Run:
    source = certified_run.write_photographs(tmp_path / "source", classes=2, each=4)
    return certified_run.certified(tmp_path / "run", source, certified_run.plan(tmp_path / "out"), stress=False)


def rewrite_index(run: Run, **values: object) -> None:
    path = run.path / "dataset/index.jsonl"
    lines = path.read_text().splitlines()
    lines[1] = json.dumps(json.loads(lines[1]) | values)
    path.write_text("\n".join(lines))


@pytest.mark.parametrize("values", [{"id": "../../etc/passwd"}, {"id": "/etc/passwd"}, {"label": 7}, {"label": -1}])
def test_an_index_that_leads_out_is_refused(run: Run, values: dict[str, object]) -> None:
    rewrite_index(run, **values)
    with pytest.raises(SchemaError, match="names an image that can't be"):
        load_index(run)


@posix
@pytest.mark.parametrize("name", ["/dev/zero", "../run/dataset/index.jsonl", "craft/zero"])
def test_outputs_are_looked_for_in_the_run_only(run: Run, tmp_path: Path, name: str) -> None:
    (run.path / "craft/zero").symlink_to("/dev/zero")
    file = run.path / "run.json"
    content = json.loads(file.read_text())
    content["steps"]["craft"]["outputs"] = {name: "0" * 64}
    file.write_text(json.dumps(content))
    again = Run.open(run.path)
    record = again.record("craft")
    assert record is not None
    assert again.state("craft", certified_run.plan(tmp_path / "out").craft, record.inputs) is State.STALE


@posix
def test_run_json_must_be_a_file(run: Run) -> None:
    (run.path / "run.json").unlink()
    (run.path / "run.json").symlink_to("/dev/zero")
    with pytest.raises(InputRefusedError, match="not a regular file"):
        Run.open(run.path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_the_run_folder_is_the_owners_and_says_why(run: Run) -> None:
    assert run.path.stat().st_mode & 0o777 == 0o700
    text = (run.path / "README.txt").read_text()
    assert "perturbation" in text
    assert "Keep this folder private" in text


_NO_JSON = {
    "endless brackets": b'{"schema": 1, "unheard": ' + b"[" * 200_000,
    "no text": b'{"schema": 1, "\xff": "\xfe"}',
}


@pytest.mark.parametrize("content", _NO_JSON.values(), ids=_NO_JSON.keys())
def test_nesting_without_end_and_what_is_no_text_are_damage(run: Run, tmp_path: Path, content: bytes) -> None:
    (run.path / "export").mkdir()
    for name in ("events.jsonl", "export/journal.jsonl"):  # lines that can't be read are passed over
        with (run.path / name).open("ab") as stream:
            stream.write(b"\n" + content + b"\n")
    assert Journal(run).owned(tmp_path) == set()
    assert len(run.events()) > 0
    (run.path / "certify/result.json").write_bytes(content)
    with pytest.raises(SchemaError, match=r"result\.json is damaged"):
        load_result(run)
    (run.path / "dataset/index.jsonl").write_bytes(content)
    with pytest.raises(SchemaError, match=r"index\.jsonl can't be read"):
        load_index(run)
    assert library.entry(run.path).images == 0
    (run.path / "run.json").write_bytes(content)
    with pytest.raises(SchemaError, match=r"run\.json is damaged"):
        Run.open(run.path)


def test_settings_of_another_version_are_refused_wherever_they_are_read(run: Run) -> None:
    file = run.path / "run.json"
    file.write_text(file.read_text().replace('"draws": 200', '"draws": "many"'))
    with pytest.raises(SchemaError, match="settings of another version"):
        reached(Run.open(run.path))
    with pytest.raises(SchemaError, match="settings of another version"):
        library.plan_of(Run.open(run.path))


def test_a_run_json_beyond_all_measure_is_not_decoded(run: Run) -> None:
    with (run.path / "run.json").open("r+b") as stream:
        stream.truncate(2**24 + 1)
    with pytest.raises(InputRefusedError, match="larger than 16 MiB"):
        Run.open(run.path)


# Perturbations ------------------------------------------------------------------------------------------------------


def tensors(header: dict[str, object], body: bytes) -> bytes:
    packed = json.dumps(header).encode()
    return struct.pack("<Q", len(packed)) + packed + body


def test_perturbations_of_strangers(tmp_path: Path) -> None:
    path = tmp_path / "p.safetensors"
    meaning = "class-wise perturbation 1, epsilon_255 "

    def described(shape: list[int], epsilon: str, end: int, kind: str = "F32") -> dict[str, object]:
        tensor = {"dtype": kind, "shape": shape, "data_offsets": [0, end]}
        return {"__metadata__": {"pue-desktop": meaning + epsilon}, "delta_255": tensor}

    good = tensors(described([1, 3, 2, 2], "8.0", 48), bytes(48))
    path.write_bytes(good)
    assert Perturbation.load(path).delta_255.shape == (1, 3, 2, 2)
    bad = {
        "a header of 2^62 bytes": struct.pack("<Q", 2**62) + good[8:],
        "a header longer than the file": struct.pack("<Q", 10**6) + good[8:],
        "offsets beyond the file": tensors(described([1, 3, 2, 2], "8.0", 48), bytes(4)),
        "a shape that is not the size": tensors(described([2**40, 3, 2, 2], "8.0", 48), bytes(48)),
        "no epsilon": tensors(described([1, 3, 2, 2], "nan", 48), bytes(48)),
        "an endless epsilon": tensors(described([1, 3, 2, 2], "inf", 48), bytes(48)),
        "more than epsilon": tensors(described([1, 3, 2, 2], "8.0", 48), struct.pack("<12f", *[9.0] * 12)),
        "not numbers": tensors(described([1, 3, 2, 2], "8.0", 48), struct.pack("<12f", *[float("nan")] * 12)),
        "two channels": tensors(described([2, 2, 3, 1], "8.0", 48), bytes(48)),
        "nothing": b"",
    }
    for name, data in bad.items():
        path.write_bytes(data)
        with pytest.raises(PueError, match="perturbation"):
            pytest.fail(f"{name}: {Perturbation.load(path)}")
    path.write_bytes(good)
    with pytest.raises(SchemaError, match="no pattern"):
        Perturbation.load(path).pattern(1)
