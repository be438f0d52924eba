"""Feeds damaged and hostile inputs to everything that reads what strangers may have written.

    python benchmarks/fuzz.py [--inputs 10000] [--seed 0] [--kinds pictures labels run certificate pdf] [--keep FOLDER]

Inputs are valid files changed by a seed (see `fuzz_inputs`). Each must be taken or refused with a sentence, within 10 s
of CPU time and 1 GB of memory more than the program had before; anything else is printed with the numbers of the inputs
that show it, and with --keep those inputs are kept. Exit code 0 if there was nothing else. POSIX only.
"""

import argparse
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "tests"))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from fuzz_inputs import changed, changed_header, changed_payload, pictures, tables

import certified_run
from pue_desktop import cli_summary
from pue_desktop.engine import (  # noqa: F401 (loaded before memory is counted)
    certificate,
    craft,
    dataset,
    export,
    figures,
    file_opener,
    image_files,
    inspectors,
    labels,
    library,
    stress,
)
from pue_desktop.engine.errors import PueError
from pue_desktop.engine.export_folder import Journal
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.pipeline import load_stress, status
from pue_desktop.engine.run import Run
from pue_desktop.engine.verify import verify
from pue_desktop.workers import snapshot

SECONDS, MEMORY = 10, 2**30
# Address space beyond that of the idle program: threads and libraries reserve far more of it than they use.
_ADDRESSES = 4 * 2**30
KINDS = ("pictures", "labels", "run", "certificate", "pdf")
_NOT_RUN = frozenset({".lock", "README.txt"})


@dataclass
class Tally:
    """What became of the inputs of one kind."""

    ends: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    slowest: float = 0.0
    most: int = 0


class Fuzz:
    """All samples, in a place of their own; `feed` gives one input to the program."""

    def __init__(self, place: Path, seed: int) -> None:
        self.place = place
        self._seed = seed
        place.mkdir(parents=True, exist_ok=True)
        self._pictures, self._tables = pictures(), tables()
        exported = certified_run.exported(place / "whole")
        self._run, self._out = exported / "run", exported / "out"
        self._plan = library.plan_of(Run.open(self._run))
        self._run_files = [
            (str(path.relative_to(self._run)), path.read_bytes())
            for path in sorted(self._run.rglob("*"))
            if path.is_file() and path.name not in _NOT_RUN
        ]
        self._certificate = (self._out / "certificate.json").read_bytes()
        self._pdf = (self._out / "certificate.pdf").read_bytes()
        # Images are as they were here; a process of its own for them only costs time.
        inspectors.INSPECTORS._here = True

    def made(self, kind: str, number: int) -> tuple[str, bytes]:
        """Returns name and bytes of an input."""
        chance = random.Random(f"{self._seed} {kind} {number}")
        if kind in ("pictures", "labels", "run"):
            samples = {"pictures": self._pictures, "labels": self._tables, "run": self._run_files}[kind]
            name, data = chance.choice(samples)
            other = chance.choice(samples)[1]
            tensors = name.endswith(".safetensors") and chance.random() < 0.6
            return name, (changed_header if tensors else changed)(data, other, chance)
        if kind == "certificate":
            inner = chance.random() < 0.7
            return kind, (changed_payload if inner else changed)(self._certificate, self._pdf, chance)
        return kind, changed(self._pdf, self._certificate, chance)

    def feed(self, kind: str, name: str, data: bytes) -> str:
        """Gives an input to the program; returns "taken" or "refused". Raises what must not be raised."""
        return {
            "pictures": self._feed_picture,
            "labels": self._feed_table,
            "run": self._feed_run,
            "certificate": self._feed_certificate,
            "pdf": self._feed_pdf,
        }[kind](name, data)

    def _feed_picture(self, name: str, data: bytes) -> str:
        path = self.place / name
        path.write_bytes(data)
        # As a scan does: large ones by themselves.
        found = file_opener.inspect(path, inspectors._LARGE_PIXELS)
        if found.large:
            found = file_opener.inspect(path, image_files.MAX_PIXELS)
        if "not enough memory" in found.reason:
            raise MemoryError(found.reason)
        return "refused" if found.reason else "taken"

    def _feed_table(self, name: str, data: bytes) -> str:
        path = self.place / name
        path.write_bytes(data)
        return _taken(lambda: labels.checked(labels.read_table(path), {f"class {n % 2}/{n}.png" for n in range(12)}))

    def _feed_run(self, name: str, data: bytes) -> str:
        path = self._run / name
        whole = path.read_bytes()
        path.write_bytes(data)
        try:
            library.entry(self._run)
            return _all_taken(*self._readers())
        finally:
            path.write_bytes(whole)

    def _readers(self) -> list[Callable[[], object]]:
        run, plan = self._run, self._plan

        def patterns() -> None:
            found = Perturbation.load(run / "craft/perturbation.safetensors")
            found.at_size(1, width=40, height=30)

        def exported() -> None:
            out = self.place / "again"
            try:
                certified_run.export(Run.open(run), certified_run.plan(out))
            finally:
                shutil.rmtree(out, ignore_errors=True)

        return [
            lambda: status(Run.open(run), plan),
            lambda: Run.open(run).events(),
            lambda: library.plan_of(Run.open(run)),
            lambda: dataset.load_index(Run.open(run)),
            lambda: figures.load_result(Run.open(run)),
            lambda: load_stress(Run.open(run)),
            lambda: cli_summary.text(cli_summary.reached(Run.open(run))),
            lambda: cli_summary.facts(cli_summary.reached(Run.open(run))),
            lambda: Journal(Run.open(run)).owned(self._out),
            lambda: snapshot.open_run(run),
            patterns,
            exported,
            lambda: verify(self._out, run=run),
        ]

    def _feed_certificate(self, _name: str, data: bytes) -> str:
        path = self._out / "certificate.json"
        path.write_bytes(data)
        try:
            return _taken(lambda: str(verify(self._out)))
        finally:
            path.write_bytes(self._certificate)

    def _feed_pdf(self, _name: str, data: bytes) -> str:
        path = self._out / "certificate.pdf"
        path.write_bytes(data)
        try:
            return _all_taken(lambda: str(verify(path)), lambda: str(verify(self._out)))
        finally:
            path.write_bytes(self._pdf)


def _taken(reader: Callable[[], object]) -> str:
    try:
        reader()
    except PueError as error:
        if not error.message.strip() or "\n" in error.message.strip():
            raise AssertionError(f"not one sentence: {error.message!r}") from error
        return "refused"
    return "taken"


def _all_taken(*readers: Callable[[], object]) -> str:
    return "refused" if "refused" in [_taken(reader) for reader in readers] else "taken"


def work(fuzz: Fuzz, kind: str, first: int, last: int, answers: int) -> None:
    """Feeds inputs `first` to `last`; one line an input goes to the pipe `answers`: number, end, seconds, growth."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    idle = _memory("VmSize")
    resource.setrlimit(resource.RLIMIT_AS, (idle + _ADDRESSES, idle + _ADDRESSES))
    for number in range(first, last):
        name, data = fuzz.made(kind, number)
        os.write(answers, f"{number}\tbegun\n".encode())
        # The highest use of memory is that of now: making an input takes some, too.
        Path("/proc/self/clear_refs").write_text("5")
        before = _memory("VmHWM")
        began = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            end = fuzz.feed(kind, name, data)
        except MemoryError:
            end = "fault: more than 1 GB of memory"
        except BaseException as error:
            end = "fault: " + _where(error)
        signal.setitimer(signal.ITIMER_PROF, 0)
        growth = _memory("VmHWM") - before
        if growth > MEMORY:
            end = "fault: more than 1 GB of memory"
        os.write(answers, f"{number}\t{end}\t{time.process_time() - began:.3f}\t{growth}\n".encode())


def _memory(name: str) -> int:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) * 1024


def _where(error: BaseException) -> str:
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "pue_desktop" in frame.filename]
    place = ours[-1] if ours else traceback.extract_tb(error.__traceback__)[-1]
    said = " ".join(str(error).split())[:100]
    return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno} ({said})"


def fuzzed(fuzz: Fuzz, kind: str, inputs: int) -> Tally:
    """Feeds `inputs` inputs of a kind, in processes that may die."""
    tally, next_one = Tally(), 0
    while next_one < inputs:
        reading, writing = os.pipe()
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            os.close(reading)
            try:
                work(fuzz, kind, next_one, inputs, writing)
            finally:
                os._exit(0)
        os.close(writing)
        begun = next_one
        with os.fdopen(reading, errors="replace") as lines:
            for line in lines:
                parts = line.rstrip("\n").split("\t")
                begun = int(parts[0])
                if parts[1] != "begun":
                    note(tally, begun, parts[1], float(parts[2]), int(parts[3]))
                    next_one = begun + 1
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code != 0 and next_one < inputs:
            died = "more than 10 s" if code == -signal.SIGPROF else f"the process died ({code})"
            note(tally, begun, f"fault: {died}", 0.0, 0)
            next_one = begun + 1
    return tally


def note(tally: Tally, number: int, end: str, seconds: float, growth: int) -> None:
    tally.ends[end.split(":", maxsplit=1)[0]] += 1
    tally.slowest, tally.most = max(tally.slowest, seconds), max(tally.most, growth)
    if end.startswith("fault"):
        tally.faults[end].append(number)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=10_000, help="over all kinds")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--keep", type=Path, help="where inputs that show a fault go")
    arguments = parser.parse_args()
    each = max(1, arguments.inputs // len(arguments.kinds))
    bad = 0
    with tempfile.TemporaryDirectory() as place:
        os.environ["PUE_DESKTOP_CONFIG_DIR"] = str(Path(place) / "profile")
        certificate.render_pdf = certified_run.small_pdf
        fuzz = Fuzz(Path(place) / "fuzz", arguments.seed)
        for kind in arguments.kinds:
            tally = fuzzed(fuzz, kind, each)
            bad += tally.ends["fault"]
            print(
                f"{kind}: {each} inputs, {dict(tally.ends)}; at most {tally.slowest:.2f} s of CPU time and "
                f"{tally.most / 2**20:.0f} MiB more than before",
                flush=True,
            )
            for fault, numbers in sorted(tally.faults.items(), key=lambda pair: -len(pair[1])):
                print(f"  {len(numbers)} × {fault}: {numbers[:8]}", flush=True)
                for number in numbers[:3] if arguments.keep else ():
                    arguments.keep.mkdir(parents=True, exist_ok=True)
                    name, data = fuzz.made(kind, number)
                    (arguments.keep / f"{kind}-{number}-{Path(name).name}").write_bytes(data)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
