"""`pue-desktop runs`: the list of runs, for people and as JSON."""

from pathlib import Path
from typing import Any

import pytest

from certified_run import certified, plan, write_photographs
from cli_calls import Capture, call
from pue_desktop import cli, settings
from pue_desktop.engine import library


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the preferences say that runs are kept: one certified run, one damaged."""
    home = tmp_path / "runs"
    settings.save(settings.Preferences(runs_folder=str(home)), settings.default_path())
    source = write_photographs(tmp_path / "photos <b>", classes=2, each=4)
    certified(home / "photos-1", source, plan(tmp_path / "out"))
    damaged = library.create_in(home, source).path
    (damaged / "run.json").write_text("{")
    return home


def listed(capsys: Capture, *words: str) -> list[dict[str, Any]]:
    code, facts, _ = call(capsys, "runs", *words)
    assert (code, facts["status"]) == (0, "ok")
    runs: list[dict[str, Any]] = facts["runs"]
    return runs


def test_an_empty_library(capsys: Capture) -> None:
    assert listed(capsys) == []
    assert cli.main(["runs"]) == 0
    assert capsys.readouterr().out == "There are no runs yet.\n"


def test_json_tells_every_run(capsys: Capture, home: Path, tmp_path: Path) -> None:
    by_name = {Path(run["run"]).name: run for run in listed(capsys)}
    assert set(by_name) == {"photos-1", "photos <b>-1"}
    good, bad = by_name["photos-1"], by_name["photos <b>-1"]
    assert good["bytes"] == sum(path.stat().st_size for path in (home / "photos-1").rglob("*") if path.is_file())
    expected = {
        "problem": "",
        "folder": str(tmp_path / "photos <b>"),
        "states": {"scan": "done", "craft": "done", "certify": "done", "stress": "done", "export": "missing"},
        "images": 8,
        "classes": 2,
        "method": "pue",
        "epsilon_255": 8,
        "effort": "draft",
        "verdict": "distinguishes",
        "export": None,
    }
    assert good | expected == good
    assert "damaged" in bad["problem"]
    assert (bad["folder"], bad["states"], bad["verdict"]) == (None, {}, None)


def test_text_for_people(capsys: Capture, home: Path, tmp_path: Path) -> None:
    assert cli.main(["runs"]) == 0
    out = capsys.readouterr().out
    assert str(home / "photos-1") in out
    assert f"images    {tmp_path / 'photos <b>'}, 8 in 2 classes" in out
    assert "settings  pue, standard (8 of 255), draft" in out
    assert "scan done, craft done, certify done, stress done, export to do" in out
    assert "verdict   distinguishes" in out
    assert "can't be opened:" in out


def test_folders_and_opened_runs(capsys: Capture, home: Path, tmp_path: Path) -> None:
    other = library.create_in(tmp_path / "elsewhere", tmp_path / "photos <b>").path
    assert [Path(run["run"]) for run in listed(capsys, str(other))] == [other]
    assert [Path(run["run"]) for run in listed(capsys, str(other.parent))] == [other]
    preferences = settings.load(settings.default_path()).preferences.with_run(other)
    settings.save(preferences.with_run(home / "photos-1"), settings.default_path())
    assert {run["run"] for run in listed(capsys)} >= {str(other), str(home / "photos-1")}
    assert preferences.with_run(home / "photos-1").known_runs == (str(other),)
    assert cli.main(["runs", str(tmp_path / "nowhere")]) == 3
    assert "There is no folder" in capsys.readouterr().err
