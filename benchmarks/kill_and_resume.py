"""Kills runs with SIGKILL at random moments, continues them each time, and compares them with an undisturbed one.

    python benchmarks/kill_and_resume.py FOLDER [--kills 100] [--each 3] [--seed 0] [-- extra flags for `run`]

Every run is killed --each times at moments that spread over all of its steps, then left alone to its end; there are as
many runs as --kills needs. Without extra flags, the settings are so small that a run takes seconds. Prints where the
kills hit, and whether what the steps left and all exported images are the same, byte for byte. Exit code 0 if they are.
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from disturbed import TINY, Sitting, leftovers, outcome, timed, where, whole_run


def killed(
    arguments: argparse.Namespace, place: Path, extra: list[str], chance: random.Random, whole: float
) -> Counter[str]:
    """Kills one run again and again; returns how often which step was hit."""
    hits: Counter[str] = Counter()
    words = whole_run(arguments.folder, place, extra)
    longest = 2.0 * whole / (arguments.each + 1)
    while hits.total() < arguments.each:
        if not Sitting(words, place / "said", place / "profile").kill_after(chance.uniform(0.05, longest)):
            break
        hits[where(place / "run")] += 1
    return hits


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--each", type=int, default=3, help="kills of one run")
    parser.add_argument("--seed", type=int, default=0)
    # argparse loses what follows "--" behind an optional list, so it is taken off before.
    words = sys.argv[1:]
    cut = words.index("--") if "--" in words else len(words)
    arguments = parser.parse_args(words[:cut])
    extra = words[cut + 1 :] or TINY
    chance = random.Random(arguments.seed)
    hits: Counter[str] = Counter()
    runs, bad = 0, 0
    with tempfile.TemporaryDirectory() as temporary:
        calm = Path(temporary) / "calm"
        calm.mkdir()
        with timed() as seconds:
            code = Sitting(whole_run(arguments.folder, calm, extra), calm / "said", calm / "profile").end()
            whole = seconds()
        if code not in (0, 4):
            sys.exit((calm / "said").read_text())
        wanted = outcome(calm)
        print(f"undisturbed: {whole:.0f} s, {len(wanted)} files", flush=True)
        while hits.total() < arguments.kills:
            place = Path(temporary) / f"hard-{runs}"
            place.mkdir()
            with timed() as seconds:
                found = killed(arguments, place, extra, chance, whole)
                last = Sitting(whole_run(arguments.folder, place, extra), place / "said", place / "profile")
                ended = last.end()
                # The machine may be busier or idler by now; some of the time went to what was done twice.
                whole = (whole + 0.7 * seconds()) / 2
            same = ended == code and outcome(place) == wanted and not leftovers(place)
            runs, bad, hits = runs + 1, bad + (not same), hits + found
            print(f"run {runs}: killed in {dict(found)}: {'equal' if same else 'NOT EQUAL'}", flush=True)
            if not same:
                print(last.said(), leftovers(place), flush=True)
            shutil.rmtree(place)
    print(f"{hits.total()} kills, {runs} runs resumed to their end, {bad} of them not equal; hit: {dict(hits)}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
