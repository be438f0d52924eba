"""Calls of the command line, and quick steps for it that fail, dawdle or abstain as their settings say."""

import json
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from pue_desktop import cli
from pue_desktop.engine import config
from pue_desktop.engine.config import CertifyConfig, ExportConfig
from pue_desktop.engine.events import Event, Notice, Progress
from pue_desktop.engine.export_names import MANIFEST
from pue_desktop.engine.files import pretty_json
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
