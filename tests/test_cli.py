"""The command line: words, JSON, exit codes, signals. Steps are small fakes; the real ones have their own tests."""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from PIL import Image

from pue_desktop import __version__, cli, cli_flags, cli_output, cli_progress, cli_run
from pue_desktop.engine import config, estimate, pipeline
from pue_desktop.engine.config import CONFIG_TYPES, CertifyConfig, ExportConfig, Setting, settings
from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.engine.events import Event, Notice, Progress
from pue_desktop.engine.export_names import MANIFEST
from pue_desktop.engine.files import pretty_json
from pue_desktop.engine.registry import Entry, Registry
from pue_desktop.engine.results import (
    ArmResult,
    CertifyResult,
    CurvePoint,
    ExportedImage,
    ExportResult,
    SkippedFile,
)
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.stress_results import StressResult, StressRow
from pue_desktop.sample import demo_plan, sample_folder

ROOT = Path(__file__).parent.parent
Capture = pytest.CaptureFixture[str]

ABSTAINING_DRAWS = 10
SLOW_STEPS = 77
BROKEN_STEPS = 66


def fake_craft(run: Run, settings: config.CraftConfig, stop: Stop) -> Generator[Event, None, list[Path]]:
    """Fails, dawdles or succeeds, as the number of steps says."""
    if settings.steps == BROKEN_STEPS:
        raise IndexError("planted")
    if settings.steps == SLOW_STEPS:
        for done in range(600):
            stop.check()
            yield Progress("craft", done, 600, "dawdling")
            time.sleep(0.05)
    yield Notice("craft", "Memory was short; the batch is 64 now.", "warning")
    yield Progress("craft", 1, 1)
    return [run.write("craft/result.json", pretty_json({"steps": settings.steps, "seed": settings.seed}))]


def fake_certify(run: Run, settings: CertifyConfig, stop: Stop) -> Generator[Event, None, list[Path]]:
    """Abstains at `ABSTAINING_DRAWS` draws."""
    abstains = settings.draws == ABSTAINING_DRAWS
    yield Progress("certify", 1, 1)
    result = CertifyResult(
        protected=arm(None if abstains else 0.14),
        unprotected=arm(0.61),
        chance=0.125,
        pixels_digest="0" * 64,
        distinguishes=not abstains,
        margin=0.15,
        conditions={},
        rules=2,
    )
    return [run.write("certify/result.json", pretty_json(result))]


def arm(value: float | None) -> ArmResult:
    """Returns one surrogate of a certificate, with two points."""
    reason = "" if value is not None else "at least 459 draws are needed"
    return ArmResult(
        hold_out_accuracy=0.2,
        training_accuracy=1.0,
        noisy_training_accuracy=0.98,
        correct=(1, 2),
        of=8,
        parameters=78_000,
        surrogate_sha256="0" * 64,
        curve=tuple(
            CurvePoint(eta=eta, value=value, simultaneous=value, rank=1, q_upper=0.9, reason=reason)
            for eta in (0.0, 0.1)
        ),
    )


def fake_stress(run: Run, settings: config.StressConfig, stop: Stop) -> Generator[Event, None, list[Path]]:
    """One attacker."""
    yield Progress("stress", 1, 1)
    row = StressRow("vgg", "crop-flip", 0.13, 0.2, 0.7, 0.72, 1.0, (0.13,), (0.7,))
    return [run.write("stress/result.json", pretty_json(StressResult((row,), 0.125, {})))]


def fake_export(run: Run, settings: ExportConfig, stop: Stop) -> Generator[Event, None, list[Path]]:
    """Pretends to have written one image; an export without a manifest would count as gone."""
    Path(settings.folder).mkdir(parents=True, exist_ok=True)
    (Path(settings.folder) / MANIFEST).write_text("")
    yield Progress("export", 1, 1)
    image = ExportedImage("a/0.png", "images/a/0.png", "0", "0", "0", "train", 8.0, 38.0)
    result = ExportResult(settings.folder, (image,), (SkippedFile("a/bad.png", "it is damaged"),), 2, 8.0, 38.0, "0")
    return [run.write("export.json", pretty_json(result))]


FAKES = Registry(
    "step",
    __name__,
    (
        Entry("scan", "Scan.", "unused:unused"),
        Entry("craft", "Craft.", "fake:fake_craft"),
        Entry("certify", "Certify.", "fake:fake_certify"),
        Entry("stress", "Stress.", "fake:fake_stress"),
        Entry("export", "Export.", "fake:fake_export"),
    ),
)


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replaces every step but scan; the pipeline, the run folder and the command line stay real."""
    real = pipeline.STEPS.load("scan")
    steps: dict[str, object] = {
        "scan": real,
        "craft": fake_craft,
        "certify": fake_certify,
        "stress": fake_stress,
        "export": fake_export,
    }
    monkeypatch.setattr(FAKES, "load", steps.__getitem__)
    monkeypatch.setattr(pipeline, "STEPS", FAKES)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two classes of five small images, and a file that is none."""
    for label, name in enumerate(("cat", "dog")):
        (tmp_path / "in" / name).mkdir(parents=True)
        for index in range(5):
            Image.new("RGB", (16, 16), (80 * label, 20 * index, 90)).save(tmp_path / "in" / name / f"{index}.png")
    (tmp_path / "in" / "cat" / "text.jpg").write_text("no image")
    return tmp_path / "in"


@pytest.fixture
def words(tmp_path: Path, folder: Path) -> list[str]:
    """A whole `run` command."""
    return ["run", str(folder), "--run", str(tmp_path / "run"), "--export", str(tmp_path / "out")]


def call(capsys: Capture, *arguments: str) -> tuple[int, dict[str, Any], str]:
    """Runs a command with --json; returns exit code, the object on stdout, and stderr."""
    code = cli.main([*arguments, "--json"])
    captured = capsys.readouterr()
    lines = captured.out.splitlines()
    assert len(lines) == 1, captured.out
    return code, json.loads(lines[0]), captured.err


def shell(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Runs the program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "pue_desktop", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
        check=False,
        **options,
    )


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


class TestRefusals:
    def test_no_folder(self, capsys: Capture, tmp_path: Path) -> None:
        where = ("--run", str(tmp_path / "run"), "--export", str(tmp_path / "out"))
        code, facts, err = call(capsys, "run", str(tmp_path / "none"), *where)
        assert code == facts["exit_code"] == 3
        assert str(tmp_path / "none") in facts["error"]
        assert facts["hint"]
        assert facts["error"] in err
        assert not (tmp_path / "run").exists()

    @pytest.mark.usefixtures("fakes")
    def test_another_folder_in_the_same_run(self, capsys: Capture, words: list[str], tmp_path: Path) -> None:
        assert call(capsys, *words)[0] == 0
        other = tmp_path / "other"
        other.mkdir()
        code, facts, _ = call(capsys, "run", str(other), *words[2:])
        assert code == 3
        assert "belongs to the image folder" in facts["error"]

    def test_not_a_run(self, capsys: Capture, tmp_path: Path) -> None:
        code, facts, _ = call(capsys, "certify", str(tmp_path))
        assert code == 3
        assert str(tmp_path) in facts["error"]

    @pytest.mark.parametrize("place", ["in/out", "run/out", "taken", "file"])
    def test_a_target_that_will_not_do_is_refused_at_once(
        self, capsys: Capture, folder: Path, tmp_path: Path, place: str
    ) -> None:
        (tmp_path / "taken").mkdir()
        (tmp_path / "taken" / "letter.txt").write_text("mine")
        (tmp_path / "file").write_text("mine")
        words = ("run", str(folder), "--run", str(tmp_path / "run"), "--export", str(tmp_path / place))
        code, facts, _ = call(capsys, *words)
        assert code == 3
        assert str(tmp_path / place) in facts["error"]
        assert Run.open(tmp_path / "run").record("scan") is None

    def test_a_read_only_target_is_refused_at_once(
        self, capsys: Capture, words: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("pue_desktop.cli_run.os.access", lambda *_: False)
        code, facts, _ = call(capsys, *words)
        assert code == 3
        assert "no permission" in facts["error"]

    @pytest.mark.parametrize(
        "arguments",
        [
            ["nonsense"],
            ["run"],
            ["craft", "RUN", "--steps", "many"],
            ["craft", "RUN", "--steps", "1"],
            ["craft", "RUN", "--epsilon-255", "nan"],
            ["craft", "RUN", "--method", "magic"],
            ["craft", "RUN", "--geometry", "flat"],
            ["craft", "RUN", "--step", "20"],
            ["stress", "RUN", "--attackers", "vgg,nothing"],
            ["scan"],
        ],
    )
    def test_wrong_usage_is_exit_code_2(self, capsys: Capture, arguments: list[str]) -> None:
        code, facts, err = call(capsys, *arguments)
        assert code == facts["exit_code"] == 2
        assert "--help" in facts["hint"]
        assert "Traceback" not in err

    def test_a_strength_that_is_none(self, capsys: Capture, words: list[str]) -> None:
        code, facts, _ = call(capsys, *words, "--strength", "huge")
        assert code == 2
        assert "huge" in facts["error"]

    def test_a_missing_sample(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr("pue_desktop.shipped.__file__", str(tmp_path / "package" / "shipped.py"))
        with pytest.raises(InputRefusedError, match="missing"):
            sample_folder()


class TestScan:
    def test_facts(self, capsys: Capture, folder: Path) -> None:
        code, facts, _ = call(capsys, "scan", str(folder), "--hold-out", "0.4")
        assert code == 0
        assert facts["class_counts"] == [
            {"name": "cat", "train": 3, "hold_out": 2},
            {"name": "dog", "train": 3, "hold_out": 2},
        ]
        assert (facts["images"], facts["classes"]) == (10, 2)
        (skipped,) = facts["skipped"]
        assert skipped["path"] == "cat/text.jpg"
        assert skipped["reason"]

    def test_text_names_every_unusable_file(self, capsys: Capture, folder: Path) -> None:
        assert cli.main(["scan", str(folder)]) == 0
        out = capsys.readouterr().out
        assert "cat/text.jpg: " in out
        assert "10 images in 2 classes" in out


class TestLists:
    @pytest.mark.parametrize("table", ["methods", "surrogates", "countermeasures"])
    def test_a_table(self, capsys: Capture, table: str) -> None:
        _, facts, _ = call(capsys, table)
        assert [entry["name"] for entry in facts[table]] == [entry.name for entry in cli_flags.TABLES[table]]
        assert cli.main([table]) == 0
        out = capsys.readouterr().out
        assert all(entry["summary"] in out for entry in facts[table])

    def test_doctor(self, capsys: Capture) -> None:
        code, facts, _ = call(capsys, "doctor")
        assert code == 0
        assert {"name", "label", "usable", "reason"} == set(facts["devices"][0])
        assert any(device["name"] == "cpu" and device["usable"] for device in facts["devices"])
        assert facts["versions"]["pue-desktop"] == __version__
        assert cli.main(["doctor"]) == 0
        assert "Devices:" in capsys.readouterr().out

    def test_doctor_measures_the_networks_asked_for(self, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        def measure(network: str, size: int, _device: str) -> estimate.Speed:
            return estimate.Speed(train=float(size), evaluate=float(len(network)))

        monkeypatch.setattr(estimate, "measure", measure)
        code, facts, _ = call(capsys, "doctor", "--benchmark", "--networks", "vit@64,torchvision:alexnet@224")
        assert code == 0
        assert facts["speeds"]["cpu"] == {
            "vit@64": {"train": 64.0, "evaluate": 3.0},
            "torchvision:alexnet@224": {"train": 224.0, "evaluate": 19.0},
        }
        for wrong in ("vit", "@32", "vit@8", "vit@1000", "vit@x"):
            code, facts, _ = call(capsys, "doctor", "--benchmark", "--networks", wrong)
            assert code == 2, wrong

    def test_help_and_version(self, capsys: Capture) -> None:
        assert cli.main(["--help"]) == 0
        text = capsys.readouterr().out
        assert "exit codes" in text
        assert "report" not in text
        assert cli.main(["--version"]) == 0
        assert __version__ in capsys.readouterr().out


class TestFlags:
    @pytest.mark.parametrize("step", CONFIG_TYPES)
    def test_every_setting_is_a_flag_of_its_step_and_of_run(self, step: str) -> None:
        for setting in settings(CONFIG_TYPES[step]):
            flag, text = setting.name.replace("_", "-"), example(setting)
            where = "FOLDER" if step == "scan" else "RUN"
            arguments = cli.parser().parse_args([step, where, f"--{flag}", text])
            assert set(cli_flags.given(arguments, step)) == {setting.name}
            changed = config.changed(CONFIG_TYPES[step](), **cli_flags.given(arguments, step))
            assert isinstance(changed, CONFIG_TYPES[step])
            if (step, setting.name) == ("export", "folder"):
                continue
            whole = ["run", "F", "--run", "R", "--export", "E", f"--{step}-{flag}", text]
            assert cli_flags.given(cli.parser().parse_args(whole), step) == cli_flags.given(arguments, step)

    def test_help_of_run_names_limits_and_choices(self, capsys: Capture) -> None:
        assert cli.main(["run", "--help"]) == 0
        text = " ".join(capsys.readouterr().out.split())
        for setting in settings(CONFIG_TYPES["craft"]):
            assert " ".join(setting.description.split()[:3]) in text

    def test_a_tuple_is_a_list_of_names(self) -> None:
        arguments = cli.parser().parse_args(["stress", "RUN", "--attackers", "vgg, small"])
        assert cli_flags.given(arguments, "stress") == {"attackers": ("vgg", "small")}


def example(setting: Setting) -> str:
    """Returns the default of a setting as a user would type it."""
    if isinstance(setting.default, tuple):
        return ",".join(setting.default)
    return str(setting.default)


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


class TestDemoPlan:
    @pytest.mark.parametrize("quick", [True, False])
    def test_is_within_limits_and_can_certify(self, quick: bool) -> None:
        plan = demo_plan(quick=quick)
        assert msgspec.convert(msgspec.to_builtins(plan), config.Plan) == plan
        # Fewer draws than this and every point of the curve abstains (q 0.9, confidence 0.99).
        assert plan.certify.draws >= 44


def test_commands_are_functions_with_one_shape() -> None:
    subparsers = next(action for action in cli.parser()._actions if isinstance(action, argparse._SubParsersAction))
    names = set(subparsers.choices)
    assert names == {
        *("gui", "demo", "scan", "run", "craft", "certify", "stress", "export", "verify", "keys", "plan"),
        *("methods", "surrogates", "countermeasures", "doctor", "report", "inspect", "runs"),
    }
    for name, sub in subparsers.choices.items():
        assert callable(cast(Callable[..., object], sub.get_default("command"))), name


class TestPlan:
    """`pue-desktop plan`."""

    def test_how_far_draws_reach(self, capsys: Capture) -> None:
        code, facts, _ = call(capsys, "plan", "--draws", "800", "--no-time")
        assert code == 0
        assert (facts["draws"], facts["eta"], facts["eta_alone"], facts["seconds"]) == (800, 0.2, 0.24, None)

    def test_what_a_radius_takes(self, capsys: Capture) -> None:
        _, facts, _ = call(capsys, "plan", "--eta", "0.3", "--no-time")
        assert facts["draws"] == 2807
        _, more, _ = call(capsys, "plan", "--eta", "0.3", "--surrogate-seeds", "3", "--no-time")
        assert more["draws"] > facts["draws"]
        assert cli.main(["plan", "--eta", "0.3", "--no-time"]) == 0
        assert "the whole curve at once: up to η = 0.3" in capsys.readouterr().out

    def test_the_time_follows_from_the_images_of_a_run(
        self, capsys: Capture, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        call(capsys, "scan", str(folder), "--run", str(tmp_path / "run"))
        monkeypatch.setattr(estimate, "measure", lambda *_: estimate.Speed(train=1.0, evaluate=1.0))
        _, facts, _ = call(capsys, "plan", str(tmp_path / "run"), "--draws", "100")
        images = facts["images"]
        certify = CertifyConfig(draws=100)
        trainings = certify.training_steps * min(128, images["train"])
        expected = 2 * (trainings + 100 * images["hold_out"] + 50 * images["train"])
        assert facts["seconds"] == pytest.approx(expected)

    @pytest.mark.parametrize("eta", ["-1", "nan", "1e9", "0.9"])
    def test_what_cannot_be_planned_is_said(self, capsys: Capture, eta: str) -> None:
        assert cli.main(["plan", "--eta", eta, "--no-time"]) == 2
        assert "η = 0.9 takes more than" in (said := capsys.readouterr().err) or "can't be planned" in said
