"""From a folder of photographs to an export, with the real engine: the window and the command line do the same."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from certified_run import exported_images
from pictures import real_photographs
from pue_desktop.engine.config import CONFIG_TYPES, settings
from pue_desktop.engine.run import State
from pue_desktop.ui.main_window import MainWindow
from tiny import tiny_plan


@pytest.mark.slow
def test_window_and_command_line_export_the_same_images(
    window: MainWindow, settled: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    source = real_photographs(tmp_path / "pictures")
    window.controller.set_plan(tiny_plan(seed=7))
    window.open_path(source)
    settled()
    window.job_bar.run_button.click()
    qtbot.waitUntil(lambda: not window.controller.busy, timeout=120_000)
    settled()
    assert not [message for message in window.messages.messages if message.level == "error"]
    page: Any = window.page("export")
    page.folder.setText(str(tmp_path / "out"))
    page.export_button.click()
    qtbot.waitUntil(lambda: not window.controller.busy, timeout=60_000)
    settled()
    assert not [message for message in window.messages.messages if message.level == "error"]
    snapshot = window.controller.snapshot
    assert snapshot is not None
    assert set(snapshot.states.values()) == {State.DONE}
    assert snapshot.export is not None
    assert snapshot.export.max_abs_delta_255 <= 8

    facts = command_line(source, tmp_path)
    assert (facts["images"], facts["classes"], facts["status"]) == (40, 4, "ok")
    assert facts["max_abs_delta_255"] <= 8
    assert exported_images(tmp_path / "out") == exported_images(tmp_path / "other")
    assert len(exported_images(tmp_path / "out")) == 40


def command_line(source: Path, place: Path) -> dict[str, Any]:
    """Runs the same plan in a process of its own and returns what it prints."""
    plan = tiny_plan(seed=7)
    flags = [
        word
        for step, config in CONFIG_TYPES.items()
        for setting in settings(config)
        if setting.name in {"working_size", "steps", "training_steps", "draws", "training_draws", "batch_size"}
        for word in (f"--{step}-{setting.name.replace('_', '-')}", str(getattr(plan.of(step), setting.name)))
    ]
    command = [sys.executable, "-m", "pue_desktop", "run", str(source), "--run", str(place / "run")]
    command += ["--export", str(place / "other"), "--seed", "7", "--device", "cpu", "--json", *flags]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    facts: dict[str, Any] = json.loads(done.stdout)
    return facts
