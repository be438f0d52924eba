"""An export that was closed, cancelled, killed or damaged goes on, and ends the same."""

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import certified_run
from certified_run import exported_images
from pue_desktop.engine import certificate, export
from pue_desktop.engine.errors import CancelledError
from pue_desktop.engine.pipeline import run_step
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop

pytestmark = pytest.mark.usefixtures("quick_pdf")


@pytest.fixture(scope="module")
def undisturbed(finished, tmp_path_factory) -> dict[str, str]:
    base = tmp_path_factory.mktemp("undisturbed")
    shutil.copytree(finished / "run", base / "run")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PUE_DESKTOP_CONFIG_DIR", str(base / "config"))
        patch.setattr(certificate, "render_pdf", certified_run.small_pdf)
        certified_run.export(Run.open(base / "run"), certified_run.plan(base / "out"))
    return exported_images(base / "out")


def test_closed_anywhere_it_goes_on_and_ends_the_same(run, tmp_path, undisturbed, monkeypatch):
    monkeypatch.setattr(export, "_TICK_SECONDS", 0.0)
    chosen, dice = certified_run.plan(tmp_path / "out"), random.Random(4)
    for _ in range(6):
        with run.locked():
            steps = run_step(run, "export", chosen, Stop())
            for _ in range(dice.randrange(1, 8)):
                next(steps, None)
            steps.close()
    certified_run.export(run, chosen)
    assert exported_images(tmp_path / "out") == undisturbed
    assert not list((tmp_path / "out").rglob("*.part"))


def test_cancelled_it_keeps_what_is_written(run, tmp_path, undisturbed, monkeypatch):
    monkeypatch.setattr(export, "_TICK_SECONDS", 0.0)
    stop, chosen = Stop(), certified_run.plan(tmp_path / "out")
    with run.locked():
        steps = run_step(run, "export", chosen, stop)
        journal = run.path / "export/journal.jsonl"
        while not journal.exists() or journal.read_text().count('"kind":"written"') < 4:
            next(steps)
        stop.cancel()
        with pytest.raises(CancelledError):
            list(steps)
    written = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.png")}
    journaled = journal.read_text().count('"kind":"written"')
    assert 0 < journaled < 18
    certified_run.export(run, chosen)
    assert exported_images(tmp_path / "out") == undisturbed
    assert sum(path.stat().st_mtime_ns == time for path, time in written.items()) >= journaled


def test_a_torn_journal_and_a_damaged_file_are_mended(run, tmp_path, undisturbed):
    chosen = certified_run.plan(tmp_path / "out")
    certified_run.export(run, chosen)
    journal = run.path / "export/journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-70])
    victim = tmp_path / "out" / next(iter(undisturbed))
    victim.write_bytes(victim.read_bytes()[:-9])
    certified_run.export(run, chosen)
    assert exported_images(tmp_path / "out") == undisturbed
    assert journal.read_bytes().count(b'"kind":"written"') >= 18


_KILLED = """
import os, signal, sys
sys.path[:0] = [{helpers!r}, {root!r}]
import certified_run
from pathlib import Path
from pue_desktop.engine import export, export_image
from pue_desktop.engine.run import Run
left, when = {after}, {when!r}
exported, appended = export.export_image, export.Journal.append
def count(work, record, path):
    global left
    left -= 1
    if left < 0 and when == "before writing":
        os.kill(os.getpid(), signal.SIGKILL)
    image = exported(work, record, path)
    if left < 0 and when == "before the journal":
        os.kill(os.getpid(), signal.SIGKILL)
    return image
def append(self, line):
    appended(self, line)
    if left < 0 and when == "after the journal":
        os.kill(os.getpid(), signal.SIGKILL)
export.export_image, export.Journal.append = count, append
certified_run.export(Run.open(Path({run!r})), certified_run.plan(Path({out!r})))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_killed_at_three_kinds_of_moments_it_ends_the_same(run, tmp_path, undisturbed):
    places = {"helpers": str(Path(__file__).parents[1]), "root": str(Path(__file__).parents[2])}
    for after, when in ((2, "before writing"), (3, "before the journal"), (5, "after the journal")):
        script = _KILLED.format(after=after, when=when, run=str(run.path), out=str(tmp_path / "out"), **places)
        killed = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True)
        assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
        assert not (tmp_path / "out/certificate.json").exists()
    certified_run.export(Run.open(run.path), certified_run.plan(tmp_path / "out"))
    assert exported_images(tmp_path / "out") == undisturbed
