"""Runs that wait for their export, and a renderer that needs no Qt."""

import shutil
from pathlib import Path

import pytest

import certified_run
from pue_desktop.engine import certificate
from pue_desktop.engine.run import Run


@pytest.fixture
def quick_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts `small_pdf` in the place of the real renderer."""
    monkeypatch.setattr(certificate, "render_pdf", certified_run.small_pdf)


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with source and certified run, three classes of six images, to be copied."""
    base = tmp_path_factory.mktemp("finished")
    source = certified_run.write_photographs(base / "source")
    certified_run.certified(base / "run", source, certified_run.plan(base / "out"))
    return base


@pytest.fixture
def run(finished: Path, tmp_path: Path) -> Run:
    """A certified run in a folder of its own; its originals are shared and only ever read."""
    shutil.copytree(finished / "run", tmp_path / "run")
    return Run.open(tmp_path / "run")
