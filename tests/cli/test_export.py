"""The export on the command line: room told and looked for before hours of work, JPEG told as it is."""

import json
import shutil
from pathlib import Path

import pytest

import certified_run
from pictures import folder
from pue_desktop.cli import main
from pue_desktop.engine import certificate, craft, export_space


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certified run that was never exported."""
    monkeypatch.setattr(certificate, "render_pdf", certified_run.small_pdf)
    source = certified_run.write_photographs(tmp_path / "source", classes=2, each=4)
    certified_run.certified(tmp_path / "run", source, certified_run.plan(tmp_path / "out"))
    return tmp_path / "run"


def test_a_jpeg_export_says_what_was_proved_and_what_measured(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["export", str(run), "--folder", str(out), "--format", "jpeg", "--quality", "70"]) == 0
    said = capsys.readouterr()
    assert f"About 1 MB will be written to {out};" in said.err
    assert "are free there." in said.err
    assert "8 protected images; before compression largest change 8 of 255" in said.out
    assert "The certificate is about the images before they were compressed to JPEG. Nothing is proved" in said.out
    assert "Measured: as JPEG of quality 70, a typical file keeps" in said.out
    assert "Whether the certified network still sees the protection in the files was not measured." in said.out
    assert main(["verify", str(out)]) == 0
    assert "Nothing is proved about the exported files" in capsys.readouterr().out
    assert main(["verify", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["lossy"] == "JPEG"


def test_json_has_the_figures_of_a_lossy_export_and_null_for_others(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for image_format in ("jpeg", "png"):
        assert main(["export", str(run), "--folder", str(tmp_path / "out"), "--format", image_format, "--json"]) == 0
        found = json.loads(capsys.readouterr().out)["lossy"]
        if image_format == "png":
            assert found is None
        else:
            assert found["format"] == "jpeg"
            assert 0 < found["least_kept"] <= found["kept"] < 1.2


def test_refusing_and_numbering_folders_by_flag(run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("mine")
    assert main(["export", str(run), "--folder", str(out), "--conflict", "refuse"]) == 3
    assert f"{out} is not empty." in capsys.readouterr().err
    assert main(["export", str(run), "--folder", str(out), "--conflict", "new-folder", "--naming", "numbered"]) == 0
    assert f"Export: {out}-2" in capsys.readouterr().out
    assert (tmp_path / "out-2/images/class 0/0001.png").is_file()
    assert [path.name for path in out.iterdir()] == ["mine.txt"]


def test_too_little_room_is_refused_before_hours_of_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(export_space.shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10**9, 0, 500_000))
    monkeypatch.setattr(craft, "craft_step", lambda *_: pytest.fail("crafting began"))
    words = ["run", str(folder(tmp_path / "source")), "--run", str(tmp_path / "run"), "--export", str(tmp_path / "out")]
    assert main(words) == 3
    assert f"not enough space at {tmp_path}: about 1 MB needed, 500 kB free." in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_what_the_format_can_not_store_is_refused_before_hours_of_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = folder(tmp_path / "source")
    certified_run.photograph(1, mode="RGBA").save(source / "kind-0/000.png")
    monkeypatch.setattr(craft, "craft_step", lambda *_: pytest.fail("crafting began"))
    words = ["run", str(source), "--run", str(tmp_path / "run"), "--export", str(tmp_path / "out")]
    assert main([*words, "--export-format", "jpeg"]) == 3
    assert "The format jpeg can't store 1 of the images; the first is kind-0/000.png" in capsys.readouterr().err
