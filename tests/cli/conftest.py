"""The command line over quick steps and a small folder."""

from pathlib import Path

import pytest
from PIL import Image

from cli_calls import fake_certify, fake_craft, fake_export, fake_stress
from pue_desktop.engine import pipeline


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replaces every step but scan; the pipeline, the run folder and the command line stay real."""
    steps: dict[str, object] = {
        "scan": pipeline.STEPS.load("scan"),
        "craft": fake_craft,
        "certify": fake_certify,
        "stress": fake_stress,
        "export": fake_export,
    }
    monkeypatch.setattr(pipeline.STEPS, "load", steps.__getitem__)


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
