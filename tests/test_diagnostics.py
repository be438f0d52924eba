"""What a helper is told: versions, devices, settings, the end of the log; never whose computer it is."""

import logging
from pathlib import Path
from typing import Any

import pytest

from pue_desktop import __version__, cli, diagnostics, settings
from pue_desktop.engine.places import log_folder

DEVICES = [{"name": "cuda", "label": "GPU", "usable": False, "reason": "no driver in /home/ada/lib"}]


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home directory with a name in it."""
    monkeypatch.setattr(Path, "home", lambda: Path("/home/ada"))
    return Path("/home/ada")


def write_log(*lines: str) -> None:
    log_folder().mkdir(parents=True, exist_ok=True)
    diagnostics.log_file().write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def test_everything_is_told_and_the_home_directory_is_not(home: Path) -> None:
    preferences = settings.Preferences(
        runs_folder="/home/ada/runs", recent_folders=("/home/ada/secret",), known_runs=("/home/ada/secret",)
    )
    settings.save(preferences, settings.default_path())
    write_log("craft: reading /home/ada/photos/a.png", "<b>σ</b>")
    found = diagnostics.gather(DEVICES, {"precision": "float32"})
    text = found.text()
    assert "/home/ada" not in text
    assert "secret" not in text
    assert found.versions["pue-desktop"] == __version__
    assert {"system", "python", "torch", "pyside6-essentials", "precision"} <= set(found.versions)
    assert found.settings["runs_folder"] == "~/runs"
    assert found.settings["strength"] == "standard"
    for part in ("no driver in ~/lib", "craft: reading ~/photos/a.png", "<b>σ</b>", "the last 2 lines"):
        assert part in text


def test_only_the_end_of_a_long_log(home: Path) -> None:
    write_log(*(f"line {number}" for number in range(1000)))
    log = diagnostics.gather([], {}).log
    assert len(log) == 200
    assert (log[0], log[-1]) == ("line 800", "line 999")
    assert diagnostics.gather([], {}, log=False).log == ()
    assert "not looked for yet" in diagnostics.gather([], {}).text()


def test_damaged_preferences_are_left_as_they_are(home: Path) -> None:
    settings.default_path().parent.mkdir(parents=True, exist_ok=True)
    settings.default_path().write_text("{broken")
    assert diagnostics.gather([], {}).settings["effort"] == "draft"
    assert settings.default_path().read_text() == "{broken"


def test_the_log_is_written_and_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handler = diagnostics.start_log()
    logging.getLogger("pue_desktop.ui").info("a <b>line</b>")
    diagnostics.stop_log(handler)
    logging.getLogger("pue_desktop.ui").info("too late")
    assert [line.partition(" INFO ")[2] for line in diagnostics.log_tail()][1:] == ["a <b>line</b>"]
    write_log("x" * 600_000)
    diagnostics.stop_log(diagnostics.start_log())
    assert diagnostics.log_file().stat().st_size < 1000
    assert diagnostics.log_file().with_name("pue-desktop.log.old").stat().st_size > 600_000
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PUE_DESKTOP_CONFIG_DIR", str(tmp_path / "file"))
    assert diagnostics.start_log() is None
    assert diagnostics.log_tail() == []


def test_the_doctor_says_the_same(capsys: pytest.CaptureFixture[str], home: Path, monkeypatch: Any) -> None:
    write_log("in /home/ada")
    assert cli.main(["doctor", "--log"]) == 0
    out = capsys.readouterr().out
    assert "Log (the last 1 lines):\n  in ~\n" in out
    assert "/home/ada" not in out
