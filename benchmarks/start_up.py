"""How long until the window is there: `python benchmarks/start_up.py`.

Starts `pue-desktop` in a fresh process with an empty profile, again and again, and measures from the start of the
process until its window is painted. In the same rounds it starts a process whose only work is a bare Qt window, and
one that does nothing: what Python and Qt cost on this machine, under this load, whatever the program does. Prints
wall clock and processor time, each as the median, and how many times longer the program takes than the bare window.
Works without a screen (QT_QPA_PLATFORM=offscreen is the default).
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMIT_S = 1.0
_PAINTED = """
import os, time
def painted(application):
    while not any(window.isExposed() for window in application.topLevelWindows()):
        application.processEvents()
    application.processEvents()
    print(time.process_time(), flush=True)
    os._exit(0)
"""
PROGRAMS = {
    "pue-desktop": _PAINTED
    + """
from PySide6.QtWidgets import QApplication
QApplication.exec = lambda *_: painted(QApplication.instance())
from pue_desktop import cli
cli.main(["gui"])
""",
    "bare Qt window": _PAINTED
    + """
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
window = QWidget()
window.resize(1280, 800)
window.show()
painted(application)
""",
    "bare Python": "import time; print(time.process_time(), flush=True)",
}


def main() -> int:
    options = _options()
    wall: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    processor: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for number in range(options.rounds + 1):
        for name, program in PROGRAMS.items():
            seconds, spent = measured(program)
            if number:  # the first round warms the disk's cache
                wall[name].append(seconds)
                processor[name].append(spent)
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{os.cpu_count()} cores{load}; median of {options.rounds} starts, seconds")
    print(f"{'':<16}{'wall':>8}{'least':>8}{'most':>8}{'processor':>11}")
    for name in PROGRAMS:
        found = wall[name]
        print(
            f"{name:<16}{statistics.median(found):>8.2f}{min(found):>8.2f}{max(found):>8.2f}"
            f"{statistics.median(processor[name]):>11.2f}"
        )
    for clock, seconds in (("wall", wall), ("processor", processor)):
        ratios = [one / other for one, other in zip(seconds["pue-desktop"], seconds["bare Qt window"], strict=True)]
        print(f"times a bare Qt window, {clock}: {statistics.median(ratios):.2f}")
    first = statistics.median(wall["pue-desktop"])
    print(f"first window within {LIMIT_S:.0f} s: {'yes' if first <= LIMIT_S else 'NO'}")
    return 0 if first <= LIMIT_S else 1


def measured(program: str) -> tuple[float, float]:
    """Returns wall and processor seconds until `program` prints, in a process and a profile of its own."""
    with tempfile.TemporaryDirectory() as profile:
        own = {"PUE_DESKTOP_CONFIG_DIR": profile, "XDG_DATA_HOME": profile, "XDG_CACHE_HOME": profile}
        environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPATH": str(ROOT), **own}
        began = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=environment
        ) as process:
            assert process.stdout is not None
            line = process.stdout.readline()
            seconds = time.perf_counter() - began
        if not line:
            raise RuntimeError("the process ended before its window was there")
        return seconds, float(line)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
