"""Kills a run with SIGKILL at random moments, continues it each time, and compares the export with an undisturbed one.

    python benchmarks/kill_and_resume.py FOLDER [--kills 10] [--seed 0] [-- extra flags for `pue-desktop run`]

Prints where each kill hit and whether all exported files are the same, byte for byte. Exit code 0 if they are.
"""

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def command(folder: Path, place: Path, extra: list[str]) -> list[str]:
    run = [sys.executable, "-m", "pue_desktop", "run", str(folder), "--run", str(place / "run")]
    return [*run, "--export", str(place / "out"), "--json", *extra]


def where(run: Path) -> str:
    try:
        steps = json.loads((run / "run.json").read_text())["steps"]
    except (OSError, ValueError, KeyError):
        return "before the first step"
    return ", ".join(f"{name} {'done' if step['done'] else 'under way'}" for name, step in steps.items()) or "start"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    # argparse loses what follows "--" behind an optional list, so it is taken off before.
    words = sys.argv[1:]
    cut = words.index("--") if "--" in words else len(words)
    arguments = parser.parse_args(words[:cut])
    extra = words[cut + 1 :]
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as place:
        calm, hard = Path(place) / "calm", Path(place) / "hard"
        calm.mkdir()
        hard.mkdir()
        began = time.monotonic()
        subprocess.run(command(arguments.folder, calm, extra), check=True, stdout=subprocess.DEVNULL)
        whole = time.monotonic() - began
        print(f"undisturbed: {whole:.0f} s")
        # Each sitting works on where the last one was killed, so the moments spread over the whole run.
        for kill in range(arguments.kills):
            child = subprocess.Popen(
                command(arguments.folder, hard, extra), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            pause = 3.0 + chance.uniform(0.0, 2.0 * whole / arguments.kills)
            try:
                child.wait(timeout=pause)
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                child.wait()
            print(f"kill {kill + 1} after {pause:.1f} s: {where(hard / 'run')}", flush=True)
        subprocess.run(command(arguments.folder, hard, extra), check=True, stdout=subprocess.DEVNULL)
        files = sorted(
            path.relative_to(calm / "out") for path in (calm / "out" / "images").rglob("*") if path.is_file()
        )
        other = sorted(
            path.relative_to(hard / "out") for path in (hard / "out" / "images").rglob("*") if path.is_file()
        )
        differing = [
            name
            for name in files
            if name in other and (calm / "out" / name).read_bytes() != (hard / "out" / name).read_bytes()
        ]
        same = files == other and not differing
        print(f"{len(files)} files undisturbed, {len(other)} after the kills, {len(differing)} differ")
        print("equal" if same else "NOT EQUAL")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
