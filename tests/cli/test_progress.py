"""What is told during the work, and the program as a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from cli_calls import ROOT, Capture, shell
from pue_desktop import cli_output, cli_progress
from pue_desktop.engine.events import Event, Notice, Progress
from pue_desktop.engine.runtime import Stop


class TestProgress:
    def test_lines_are_rare_and_tell_the_time_left(self, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        clock: Iterator[float] = iter(0.5 * tick for tick in range(10_000))
        monkeypatch.setattr(cli_progress.time, "monotonic", lambda: next(clock))
        lines = cli_progress._Lines(cli_output.Console(json=False), ("craft", "certify"))
        for done in range(100):
            lines.show(Progress("craft", done, 100, "training"))
        printed = capsys.readouterr().err.splitlines()
        assert len(printed) == 10
        assert printed[0] == "[1/2] craft: 0 %, training"
        assert printed[2] == "[1/2] craft: 20 %, about 40 s left, training"

    @pytest.mark.parametrize(
        ("seconds", "text"), [(0.2, "0 s"), (59.6, "1 min 0 s"), (80, "1 min 20 s"), (7500, "2 h 5 min")]
    )
    def test_durations(self, seconds: float, text: str) -> None:
        assert cli_progress.duration(seconds) == text

    def test_bars_on_a_terminal(self, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
        monkeypatch.setenv("TERM", "xterm")

        def work(_stop: Stop) -> Generator[Event, None, int]:
            yield Notice("craft", "Read [this] once.")
            for done in range(4):
                yield Progress("craft", done + 1, 4, "training [a]")
            return 7

        assert cli_progress.follow(cli_output.Console(json=True), ("craft", "certify"), work) == 7
        captured = capsys.readouterr()
        assert "[1/2] craft" in captured.err
        assert "Read [this] once." in captured.err
        assert captured.out == ""


class TestProcess:
    def test_help_in_a_process_of_its_own(self) -> None:
        done = shell("--help")
        assert done.returncode == 0
        assert "pue-desktop" in done.stdout
        assert done.stderr == ""

    @pytest.mark.parametrize("command", [["--help"], ["methods"], ["scan", "{folder}"]])
    def test_torch_is_not_imported(self, command: list[str], folder: Path) -> None:
        words = [word.format(folder=folder) for word in command]
        code = (
            "import sys; from pue_desktop.cli import main; "
            f"assert main({words!r}) == 0; assert 'torch' not in sys.modules"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
        assert done.returncode == 0, done.stderr

    @pytest.mark.skipif(os.name == "nt", reason="pipes are different there")
    def test_a_reader_that_went_away_is_no_error(self) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(
            [sys.executable, "-m", "pue_desktop", "methods"],
            stdout=writer,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            check=False,
        )
        os.close(writer)
        assert done.returncode == 0
        assert done.stderr == ""

    def test_json_survives_names_that_are_not_text(self, capsys: Capture) -> None:
        cli_output.Console(json=True).finish(cli_output.Outcome({"path": "a\udcff"}))
        assert json.loads(capsys.readouterr().out)["path"] == "a\udcff"
