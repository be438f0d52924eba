"""Damaged and hostile inputs are taken or refused, never more: the fuzzing of `benchmarks/fuzz.py`, briefly."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks, and reads /proc")

# What a reader may do wrong, each once among inputs that are all right.
_WRONG = """
import os, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import fuzz
from pue_desktop.engine.errors import PueError, SchemaError

class Readers:
    def made(self, kind, number):
        return "name", b""

    def feed(self, kind, name, data):
        self.number = getattr(self, "number", first) + 1
        return [self.taken, self.bug, self.refused, self.memory, self.crash, self.slow, self.words][self.number % 7]()

    def taken(self): return "taken"
    def refused(self): return fuzz._taken(lambda: (_ for _ in ()).throw(SchemaError("It is damaged.")))
    def words(self): return fuzz._taken(lambda: (_ for _ in ()).throw(PueError("Two\\nlines.")))
    def bug(self): raise KeyError("absent")
    def memory(self): return "taken" if bytearray(96 * 2**20) else ""
    def crash(self): os.abort()
    def slow(self):
        while True: pass

# Less memory than in earnest: a slow machine takes seconds to give 1 GB, and would be called slow instead.
fuzz.SECONDS, fuzz.MEMORY, first, whole = 3, 2**26, -1, fuzz.work

def work(readers, kind, begin, end, answers):
    readers.number = begin - 1
    whole(readers, kind, begin, end, answers)

fuzz.work = work
tally = fuzz.fuzzed(Readers(), "any", 7)
for fault, numbers in sorted(tally.faults.items(), key=lambda pair: pair[1]):
    print(numbers, fault.split(" at ")[0])
print(dict(tally.ends))
"""


def run(*words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, env=environment, cwd=ROOT, timeout=300, check=False
    )


def test_a_few_hundred_inputs_are_taken_or_refused() -> None:
    done = run("benchmarks/fuzz.py", "--inputs", "250", "--seed", "7")
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    lines = done.stdout.splitlines()
    assert [line.split(": ")[0] for line in lines] == ["pictures", "labels", "run", "certificate", "pdf"]
    assert all("50 inputs" in line and "fault" not in line for line in lines)


def test_whatever_else_happens_is_found_and_the_rest_is_fed_all_the_same() -> None:
    done = run("-c", _WRONG, str(ROOT / "benchmarks"))
    assert done.stdout.splitlines() == [
        "[1] fault: KeyError",
        "[3] fault: more than 1 GB of memory",
        "[4] fault: the process died (-6)",
        "[5] fault: more than 10 s",
        "[6] fault: AssertionError",
        "{'taken': 1, 'fault': 5, 'refused': 1}",
    ], done.stdout + done.stderr[-2000:]
