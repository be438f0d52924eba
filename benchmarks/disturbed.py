"""Runs of the program that something disturbs: started fast, ended in any way, and compared with a calm one.

A sitting is a fork of this process, which has everything heavy loaded already: it starts in a tenth of a second, so
that hundreds of them take minutes. POSIX only.
"""

import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

# Before torch: a fork has only the thread that forks.
os.environ.update(OMP_NUM_THREADS="1", OMP_WAIT_POLICY="PASSIVE", QT_QPA_PLATFORM="offscreen")

from pue_desktop import cli
from pue_desktop.engine import certify, craft, export, stress, training  # noqa: F401

# Tiny runs would end before their first checkpoint.
training.CHECKPOINT_SECONDS = 0.3

STEPS = ("scan", "craft", "certify", "stress", "export")
TINY = [
    *["--effort", "draft", "--device", "cpu", "--craft-working-size", "16", "--craft-masking", "none"],
    *["--craft-steps", "30", "--craft-batch-size", "8", "--certify-working-size", "16"],
    *["--certify-training-steps", "20", "--certify-draws", "60", "--certify-batch-size", "8"],
    *["--stress-working-size", "16", "--stress-steps", "10", "--stress-batch-size", "8"],
    *["--stress-recovery-steps", "2"],
]


class Sitting:
    """One start of `pue-desktop` with `words`; what it prints goes to the file `said`.

    Args:
        words: Of the command line.
        said: Where stdout and stderr go.
        profile: Folder of the settings and keys; the developer's own are left alone.
        before: Called in the new process before it begins.
    """

    def __init__(self, words: list[str], said: Path, profile: Path, before: Callable[[], None] | None = None) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        self._said = said
        self._process = os.fork()
        if self._process == 0:
            code = _work(words, said, profile, before)
            os._exit(code)

    def kill_after(self, seconds: float) -> bool:
        """Ends it with SIGKILL after some time; returns whether it was still at work."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if os.waitpid(self._process, os.WNOHANG)[0]:
                return False
            time.sleep(0.005)
        os.kill(self._process, 9)
        os.waitpid(self._process, 0)
        return True

    def end(self) -> int:
        """Waits for its end; returns the exit code, below 0 for a signal."""
        return os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])

    def said(self) -> str:
        """Returns what it printed."""
        return self._said.read_text(errors="replace")


def _work(words: list[str], said: Path, profile: Path, before: Callable[[], None] | None) -> int:
    try:
        handle = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, 1)
        os.dup2(handle, 2)
        os.environ["PUE_DESKTOP_CONFIG_DIR"] = str(profile)
        if before is not None:
            before()
        code = cli.main(words)
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        return 99
    return code


def whole_run(folder: Path, place: Path, extra: list[str]) -> list[str]:
    """Returns the words for a run of every step, with run folder and export in `place`."""
    return ["run", str(folder), "--run", str(place / "run"), "--export", str(place / "out"), "--json", *extra]


def where(run: Path) -> str:
    """Returns which step a run folder is at: the one under way, or the one after those that are done."""
    try:
        steps = json.loads((run / "run.json").read_text())["steps"]
    except (OSError, ValueError, KeyError):
        return "before the first step"
    done = [name for name in STEPS if steps.get(name, {}).get("done")]
    return next((name for name in STEPS if name not in done), "all done")


def outcome(place: Path) -> dict[str, str | bytes]:
    """Returns what must be the same in the end: digests of what the steps left, and every exported image's bytes."""
    steps = json.loads((place / "run" / "run.json").read_text())["steps"]
    found: dict[str, str | bytes] = {
        f"{step}: {name}": digest
        for step in STEPS[:4]
        for name, digest in steps.get(step, {}).get("outputs", {}).items()
    }
    images = place / "out" / "images"
    found.update({str(path.relative_to(place)): path.read_bytes() for path in images.rglob("*") if path.is_file()})
    return found


def leftovers(place: Path) -> list[str]:
    """Returns temporary files that a finished run left behind."""
    return sorted(str(path.relative_to(place)) for path in place.rglob("*.part"))


@contextmanager
def timed() -> Iterator[Callable[[], float]]:
    """Yields a function that tells the seconds since the block began."""
    began = time.monotonic()
    yield lambda: time.monotonic() - began
