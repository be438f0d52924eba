"""Sub-commands that only tell: scan, the tables, doctor, plan, help."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import cast

import msgspec
import pytest

from cli_calls import Capture, call
from pue_desktop import __version__, cli, cli_flags
from pue_desktop.engine import config, estimate
from pue_desktop.engine.config import CertifyConfig
from pue_desktop.sample import demo_plan


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
