"""Fills the disk at random moments of runs, frees it, continues, and compares with an undisturbed run.

    python benchmarks/disk_full.py FOLDER [--times 50] [--seed 0] [--tmpfs] [-- extra flags for `run`]

Each time a run of every step meets a disk that is full from a random write call on (see `full_disk`); with --tmpfs a
real one, a file system in memory that is mounted for it (needs root), with as little room as a random moment of the
undisturbed run had taken. The run must end with exit code 3 and one sentence that says so, leave no file under its
final name that is not whole, and, with room again, come to the same results, byte for byte. Exit code 0 if it does.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
from disturbed import TINY, Sitting, leftovers, outcome, where, whole_run
from full_disk import FullDisk
from PIL import Image
from safetensors import safe_open

BALLAST = "ballast"
# Files that grow line by line: the last line may be torn, the next sitting takes it away.
LOGS = frozenset({"events.jsonl", "draws.jsonl", "journal.jsonl", ".lock", "said", BALLAST})
# How whole files end.
ENDS = {".pdf": b"%%EOF\n", ".txt": b"\n"}
# Patterns in place, brought to the checkpoint's step by the redo file.
IN_PLACE = frozenset({"patterns.npy"})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--tmpfs", action="store_true")
    words = sys.argv[1:]
    cut = words.index("--") if "--" in words else len(words)
    arguments = parser.parse_args(words[:cut])
    extra = words[cut + 1 :] or TINY
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary) / "disk"
        place.mkdir()
        if arguments.tmpfs:
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512m", "tmpfs", str(place)], check=True)
        try:
            return repeat(arguments, Path(temporary), place, extra)
        finally:
            if arguments.tmpfs:
                subprocess.run(["umount", str(place)], check=True)


def repeat(arguments: argparse.Namespace, temporary: Path, disk: Path, extra: list[str]) -> int:
    calm, said, profile = disk / "calm", temporary / "said", temporary / "profile"
    calm.mkdir()
    code = Sitting(whole_run(arguments.folder, calm, extra), said, profile, counting(calm, temporary / "calls")).end()
    if code not in (0, 4):
        sys.exit(said.read_text())
    wanted, calls = outcome(calm), (temporary / "calls").read_text().split("\n")
    room = sum(path.stat().st_size for path in calm.rglob("*") if path.is_file())
    shutil.rmtree(calm)
    print(f"undisturbed: {len(calls)} calls that need room, {room / 1e6:.1f} MB, {len(wanted)} files", flush=True)
    chance = random.Random(arguments.seed)
    hits: Counter[str] = Counter()
    troubles = 0
    for time in range(arguments.times):
        hard = disk / f"hard-{time}"
        hard.mkdir()
        words = whole_run(arguments.folder, hard, extra)
        before: Callable[[], None] | None
        if arguments.tmpfs:
            free = chance.randrange(room)
            fill(disk / BALLAST, free)
            moment, before = f"{free / 1e3:.0f} kB", None
        else:
            # Most calls append to the log of events: every other time another one is taken.
            among = [number for number, path in enumerate(calls, start=1) if time % 2 or "events.jsonl" not in path]
            after = chance.choice(among)
            moment, before = f"call {after}", filled(hard, after)
        ended = Sitting(words, said, profile, before).end()
        trouble = troubles_of(ended, said.read_text(errors="replace"), code)
        trouble += [f"{path} is not whole" for path in broken(hard)]
        place = where(hard / "run")
        (disk / BALLAST).unlink(missing_ok=True)
        again = Sitting(words, said, profile).end()
        if again != code or outcome(hard) != wanted or leftovers(hard):
            trouble.append(f"it did not come to the same results ({again}): {said.read_text(errors='replace')[-500:]}")
        hits[place if ended == 3 else f"not met ({ended})"] += 1
        troubles += bool(trouble)
        print(f"{time + 1}: full at {moment}, in {place}: {'; '.join(trouble) or 'told, resumed, equal'}", flush=True)
        shutil.rmtree(hard)
    print(f"{arguments.times} times full, {troubles} with trouble; hit: {dict(hits)}")
    return 1 if troubles else 0


def counting(place: Path, note: Path) -> Callable[[], None]:
    """Returns what makes a sitting note which calls it made that need room."""

    def before() -> None:
        disk = FullDisk([place])
        disk.mount()
        real = os._exit

        def leave(code: int) -> None:
            with os.fdopen(os.open(note, os.O_WRONLY | os.O_CREAT), "w") as stream:
                stream.write("\n".join(disk.paths))
            real(code)

        os._exit = leave  # type: ignore[assignment]

    return before


def filled(place: Path, after: int) -> Callable[[], None]:
    """Returns what gives a sitting a disk that is full from call `after` on."""

    def before() -> None:
        FullDisk([place], after).mount()

    return before


def fill(ballast: Path, free: int) -> None:
    """Leaves `free` bytes on the disk of `ballast`."""
    with ballast.open("wb") as stream:
        facts = os.statvfs(ballast.parent)
        os.posix_fallocate(stream.fileno(), 0, max(1, facts.f_bavail * facts.f_frsize - free))


def troubles_of(code: int, said: str, usual: int) -> list[str]:
    """Returns what is wrong with how a run on a full disk ended; one that ended as usual never met the full part."""
    if code == usual:
        return []
    found = [] if code == 3 else [f"exit code {code}: {said[-800:]}"]
    told = [line for line in said.splitlines() if line.startswith("{")]
    facts = json.loads(told[-1]) if told else {}
    sentence = str(facts.get("error", ""))
    if "no space left" not in sentence and "not enough space" not in sentence:
        found.append(f"said {sentence!r}")
    if "Traceback" in said or sentence.count("\n") or not facts.get("hint"):
        found.append(f"not a sentence and a hint: {said[-800:]}")
    return found


def broken(place: Path) -> list[str]:
    """Returns files under their final names that are not whole."""
    found = []
    for path in sorted(path for path in place.rglob("*") if path.is_file()):
        if path.suffix == ".part" or path.name in LOGS | IN_PLACE:
            continue
        try:
            look_at(path)
        except Exception as error:
            found.append(f"{path.relative_to(place)} ({error})")
    return found


def look_at(path: Path) -> None:
    """Reads a file to its end by what its name says it is. Raises what its reader raises."""
    if path.suffix == ".json":
        json.loads(path.read_bytes())
    elif path.suffix == ".jsonl":
        for line in path.read_bytes().splitlines():
            msgspec.json.decode(line)
    elif path.suffix == ".safetensors":
        with safe_open(path, framework="numpy") as stored:
            for name in stored.keys():  # noqa: SIM118
                stored.get_tensor(name)
    elif path.suffix == ".npy":
        np.load(path)
    elif path.suffix == ".png":
        with Image.open(path) as image:
            image.load()
    elif path.suffix in ENDS and not path.read_bytes().endswith(ENDS[path.suffix]):
        raise ValueError("it has no end")


if __name__ == "__main__":
    sys.exit(main())
