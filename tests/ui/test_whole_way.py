"""From a folder to an export in the window, with the real engine, equal to the same run without a window."""

import hashlib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from pictures import folder
from pue_desktop.engine.pipeline import STEPS, run_steps
from pue_desktop.engine.run import Run, State
from pue_desktop.engine.runtime import Stop
from pue_desktop.ui.main_window import MainWindow
from tiny import tiny_plan


def digests(export: Path) -> dict[str, str]:
    return {
        path.relative_to(export).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((export / "images").rglob("*"))
        if path.is_file()
    }


@pytest.mark.slow
def test_window_and_pipeline_export_the_same_images(
    window: MainWindow, settled: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    source = folder(tmp_path / "pictures", images=10)
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

    run = Run.create(tmp_path / "run", source)
    plan = tiny_plan(tmp_path / "other", seed=7)
    for _event in run_steps(run, [entry.name for entry in STEPS], plan, Stop()):
        pass
    assert digests(tmp_path / "out") == digests(tmp_path / "other")
    assert len(digests(tmp_path / "out")) == 20
    assert msgspec.structs.replace(window.controller.plan.export, folder="") == tiny_plan().export
