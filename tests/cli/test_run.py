"""`pue-desktop run` and single steps: text, JSON, exit codes, signals. Steps are quick fakes, tested elsewhere."""

import json
import os
import signal
import time
from pathlib import Path

import pytest

from cli_calls import ABSTAINING_DRAWS, BROKEN_STEPS, SLOW_STEPS, Capture, call
from pue_desktop import cli, cli_flags, cli_progress, cli_run
from pue_desktop.engine.events import Event, Progress
from pue_desktop.engine.run import Run


@pytest.mark.usefixtures("fakes")
class TestRun:
    def test_json_has_every_promised_field(self, capsys: Capture, words: list[str], tmp_path: Path) -> None:
        code, facts, _ = call(capsys, *words)
        assert code == 0
        assert facts["status"] == "ok"
        assert facts["run"] == str(tmp_path / "run")
        assert facts["export"] == str(tmp_path / "out")
        assert facts["images"] == 1
        assert facts["skipped"] == [{"path": "a/bad.png", "reason": "it is damaged"}]
        assert facts["classes"] == 2
        assert facts["method"] == "pue"
        assert facts["epsilon_255"] == facts["max_abs_delta_255"] == 8
        assert set(facts["seconds"]) == {"scan", "craft", "certify", "stress", "export"}
        certificate = facts["certificate"]
        assert (certificate["q"], certificate["sigma"], certificate["confidence"]) == (0.9, 0.2, 0.99)
        assert certificate["draws"] == 800
        assert [point["eta"] for point in certificate["curve"]] == [0.0, 0.1]
        assert certificate["curve"][0]["value"] == 0.14
        assert certificate["baseline_curve"][0]["value"] == 0.61
        assert facts["stress"][0] | {"accuracy": 0.13, "clean_accuracy": 0.7, "chance": 0.125} == facts["stress"][0]

    def test_text_goes_to_stdout_and_progress_to_stderr(self, capsys: Capture, words: list[str]) -> None:
        assert cli.main(words) == 0
        captured = capsys.readouterr()
        assert "1 protected images; largest change 8 of 255" in captured.out
        assert "a/bad.png: it is damaged" in captured.out
        assert "61.0 %" in captured.out
        assert "Memory was short" in captured.err
        assert "Memory was short" not in captured.out

    def test_again_does_nothing_twice(self, capsys: Capture, words: list[str], tmp_path: Path) -> None:
        call(capsys, *words)
        before = (tmp_path / "run" / "run.json").read_bytes()
        call(capsys, *words)
        assert (tmp_path / "run" / "run.json").read_bytes() == before

    def test_settings_of_the_first_call_stay(self, capsys: Capture, words: list[str], tmp_path: Path) -> None:
        call(capsys, *words, "--craft-steps", "20", "--seed", "5", "--strength", "strong")
        code, facts, _ = call(capsys, *words)
        assert code == 0
        assert facts["epsilon_255"] == 16
        assert json.loads((tmp_path / "run/craft/result.json").read_text()) == {"steps": 20, "seed": 5}

    def test_settings_of_steps_that_never_began_stay(self, capsys: Capture, words: list[str], tmp_path: Path) -> None:
        given = ("--craft-steps", str(BROKEN_STEPS), "--certify-draws", "77", "--export-format", "webp")
        assert call(capsys, *words, *given)[0] == 1
        assert Run.open(tmp_path / "run").record("certify") is None
        _, facts, _ = call(capsys, *words, "--craft-steps", "20")
        assert facts["certificate"]["draws"] == 77
        recorded = json.loads((tmp_path / "run/run.json").read_text())
        assert recorded["steps"]["export"]["config"]["format"] == "webp"

    def test_what_was_asked_for_later_wins_over_what_was_done(
        self, capsys: Capture, words: list[str], tmp_path: Path
    ) -> None:
        call(capsys, *words, "--certify-draws", "77")
        assert call(capsys, *words, "--certify-draws", "99", "--craft-steps", str(BROKEN_STEPS))[0] == 1
        run = Run.open(tmp_path / "run")
        done = run.record("certify")
        assert done is not None
        assert done.config["draws"] == 77
        assert cli_run.asked_plan(run, cli.parser().parse_args(words)).certify.draws == 99

    def test_an_effort_starts_from_its_plan(self, words: list[str], tmp_path: Path, folder: Path) -> None:
        run = Run.create(tmp_path / "run", folder)
        arguments = cli.parser().parse_args([*words, "--effort", "standard", "--craft-seed", "7", "--seed", "3"])
        plan = cli_run.asked_plan(run, arguments)
        assert plan.craft.surrogate == "resnet18"
        assert (plan.craft.seed, plan.certify.seed, plan.scan.seed) == (7, 3, 3)
        assert plan.export.folder == str(tmp_path / "out")

    def test_a_preset_of_the_stress_test_gives_way_to_single_flags(
        self, words: list[str], tmp_path: Path, folder: Path
    ) -> None:
        run = Run.create(tmp_path / "run", folder)
        given = ("--stress-preset", "thorough", "--stress-attackers", "small,torchvision:alexnet")
        stress = cli_run.asked_plan(run, cli.parser().parse_args([*words, *given])).stress
        assert stress.attackers == ("small", "torchvision:alexnet")
        assert stress.seeds == 3
        assert set(stress.countermeasures) == set(cli_flags.choices("countermeasures"))

    def test_abstaining_is_exit_code_4_and_still_exports(self, capsys: Capture, words: list[str]) -> None:
        code, facts, _ = call(capsys, *words, "--certify-draws", str(ABSTAINING_DRAWS))
        assert code == 4
        assert facts["status"] == "abstained"
        assert facts["exit_code"] == 4
        assert facts["images"] == 1
        assert facts["certificate"]["curve"][0] == {
            "eta": 0.0,
            "value": None,
            "simultaneous": None,
            "rank": 1,
            "reason": "at least 459 draws are needed",
            "population": None,
            "mean": None,
        }

    def test_a_bug_leaves_a_log_file_and_no_traceback(
        self, capsys: Capture, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(cli, "log_folder", lambda: tmp_path / "logs")
        code, facts, err = call(capsys, *words, "--craft-steps", str(BROKEN_STEPS))
        assert code == facts["exit_code"] == 1
        assert facts["status"] == "error"
        assert "IndexError" in facts["error"]
        assert "Traceback" not in err
        (log,) = (tmp_path / "logs").iterdir()
        assert str(log) in facts["hint"]
        assert "planted" in log.read_text()

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_a_signal_stops_saves_and_says_130(
        self, capsys: Capture, words: list[str], tmp_path: Path, number: signal.Signals
    ) -> None:
        # A test run in the background has SIGINT ignored, and what its caller ignores the program leaves alone.
        outside = signal.signal(number, signal.default_int_handler)
        before = signal.getsignal(number)
        kicked: list[float] = []

        def kick(event: Event) -> None:
            if isinstance(event, Progress) and event.phase == "dawdling" and not kicked:
                kicked.append(time.monotonic())
                os.kill(os.getpid(), number)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(cli_progress._Lines, "show", lambda _self, event: kick(event))
            code, facts, _ = call(capsys, *words, "--craft-steps", str(SLOW_STEPS))
        assert code == facts["exit_code"] == 130
        assert time.monotonic() - kicked[0] < 2
        assert signal.getsignal(number) is before
        signal.signal(number, outside)
        record = Run.open(tmp_path / "run").record("craft")
        assert record is not None
        assert not record.done

    def test_single_steps_do_what_run_does(self, capsys: Capture, folder: Path, tmp_path: Path) -> None:
        run = str(tmp_path / "run")
        assert call(capsys, "scan", str(folder), "--run", run)[0] == 0
        assert call(capsys, "craft", run, "--steps", "30")[0] == 0
        assert call(capsys, "craft", run)[1]["seconds"].keys() == {"scan", "craft"}
        assert json.loads((tmp_path / "run/craft/result.json").read_text())["steps"] == 30
        assert call(capsys, "certify", run, "--draws", str(ABSTAINING_DRAWS))[0] == 4
        assert call(capsys, "stress", run)[0] == 0
        code, facts, _ = call(capsys, "export", run)
        assert (code, facts["error"]) == (2, "Where to export is not known yet.")
        assert call(capsys, "export", run, "--folder", str(tmp_path / "out"))[0] == 4
        assert call(capsys, "export", run)[1]["export"] == str(tmp_path / "out")

    def test_a_step_before_its_turn_is_refused(self, capsys: Capture, folder: Path, tmp_path: Path) -> None:
        call(capsys, "scan", str(folder), "--run", str(tmp_path / "run"))
        code, facts, _ = call(capsys, "certify", str(tmp_path / "run"))
        assert code == 3
        assert "craft" in facts["hint"]

    def test_two_programs_on_one_run_are_refused(self, capsys: Capture, words: list[str], tmp_path: Path) -> None:
        run = Run.create(tmp_path / "run", Path(words[1]))
        with run.locked():
            code, facts, _ = call(capsys, *words)
        assert code == 3
        assert "Another program" in facts["error"]

    def test_demo_runs_on_the_sample(self, capsys: Capture, tmp_path: Path) -> None:
        where = ("--run", str(tmp_path / "run"), "--export", str(tmp_path / "out"))
        code, facts, _ = call(capsys, "demo", "--quick", *where)
        assert code == 0
        assert 4 <= facts["classes"] <= 8
        assert facts["export"] == str(tmp_path / "out")
