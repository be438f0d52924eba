"""How long the window keeps its user waiting while it works: `python benchmarks/event_loop_delay.py FOLDER`.

Runs a real run (draft by default) of an image folder in the real window and lets a timer in the same event loop note
how late it comes: every millisecond beyond its interval is one that a key press would have waited. Pages change now
and then, so that every plot is drawn. Prints the median, the 99th percentile and the maximum while idle, crafting,
certifying and, with `--stress-steps`, while attackers meet almost every countermeasure. Works without a screen
(QT_QPA_PLATFORM=offscreen is the default); on a screen the figures are the user's.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from pue_desktop import app, settings
from pue_desktop.engine.countermeasures import COUNTERMEASURES
from pue_desktop.ui.main_window import MainWindow

INTERVAL_MS = 5
PAGES = {"craft": ("protect", "images"), "certify": ("certify", "protect"), "stress": ("stress", "certify")}
LIMIT_MS = 50.0


class Watch(QObject):
    """A timer that knows when it should have come.

    Attributes:
        delays: Milliseconds too late, by phase.
        worked: Milliseconds that the window's thread worked between two ticks, by phase: what would be left of the
            delays on a machine where nothing else runs.
        phase: What goes on; empty: the step at work, or "idle".
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.delays: dict[str, list[float]] = defaultdict(list)
        self.worked: dict[str, list[float]] = defaultdict(list)
        self.phase = ""
        self._controller = window.controller
        self._due = self._spent = 0.0
        self._timer = QTimer(self, interval=INTERVAL_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Starts noting."""
        self._due = time.perf_counter() + INTERVAL_MS / 1000
        self._spent = time.thread_time()
        self._timer.start()

    def stop(self) -> None:
        """Ends noting."""
        self._timer.stop()

    @Slot()
    def _tick(self) -> None:
        now, spent = time.perf_counter(), time.thread_time()
        phase = self.phase or (self._controller.step if self._controller.busy else "idle")
        self.delays[phase].append(max(0.0, now - self._due) * 1000)
        self.worked[phase].append((spent - self._spent) * 1000)
        self._due, self._spent = now + INTERVAL_MS / 1000, spent


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory() as profile:
        os.environ["PUE_DESKTOP_CONFIG_DIR"] = f"{profile}/config"
        os.environ["XDG_DATA_HOME"] = f"{profile}/data"
        began = time.perf_counter()
        application = QApplication([])
        window = app.compose(settings.Store(settings.default_path()))
        window.resize(1280, 800)
        window.show()
        application.processEvents()
        shown = time.perf_counter() - began
        heavy = sorted({"torch", "scipy", "numpy", "pyqtgraph"} & sys.modules.keys())
        print(f"window shown after {shown:.2f} s (Python and Qt imports not counted); heavy modules: {heavy or 'none'}")
        watch = _work(application, window, options)
    return report(watch, ("idle", "craft", "certify", "stress"), options.json)


def _work(application: QApplication, window: MainWindow, options: argparse.Namespace) -> Watch:
    controller = window.controller
    controller.problem.connect(lambda error: print(f"problem: {error}", file=sys.stderr))
    if options.craft_steps:
        controller.change("craft", steps=options.craft_steps)
    if options.certify_steps:
        controller.change("certify", training_steps=options.certify_steps)
    if options.draws:
        controller.change("certify", draws=options.draws, training_draws=min(options.draws, 50))
    steps: tuple[str, ...] = ("craft", "certify")
    if options.stress_steps:
        networks = ("small", "small-bn", "vgg")
        wanted = [entry.name for entry in COUNTERMEASURES if entry.cost < 2]
        controller.change("stress", steps=options.stress_steps, attackers=networks, countermeasures=tuple(wanted))
        steps = (*steps, "stress")
    watch = Watch(window)
    window.open_path(options.folder)
    spin(application, lambda: controller.busy or controller.refreshing)
    spin(application, lambda: True, seconds=3.0)
    watch.start()
    spin(application, lambda: True, seconds=options.idle)
    controller.start(steps)
    turn = 0

    @Slot()
    def turn_page() -> None:
        nonlocal turn
        turn += 1
        pages = PAGES.get(controller.step)
        if pages is not None:
            # Four of five looks go to the page where something happens.
            window.go_to(pages[1] if turn % 5 == 4 else pages[0])

    turner = QTimer(window, interval=4000)
    turner.timeout.connect(turn_page)
    turner.start()
    spin(application, lambda: controller.busy)
    turner.stop()
    watch.stop()
    window.close()
    return watch


def spin(application: QApplication, going_on: Callable[[], bool], seconds: float = 7200.0) -> None:
    """Lets the event loop run as in the program, until there is nothing more to wait for."""
    end = time.perf_counter() + seconds
    check = QTimer(interval=50)
    check.timeout.connect(lambda: None if going_on() and time.perf_counter() < end else application.exit())
    check.start()
    application.exec()
    check.stop()


def report(watch: Watch, phases: Sequence[str], as_json: bool, judged: Sequence[str] | None = None) -> int:
    """Prints the figures of `phases`; returns 0 if the 99th percentile of those `judged` (all) is within the limit."""
    figures = {}
    print(f"{'phase':<10}{'samples':>9}{'p50 ms':>9}{'p99 ms':>9}{'max ms':>9}{'p99 worked ms':>15}")
    for phase in phases:
        values = sorted(watch.delays.get(phase, []))
        if not values:
            continue
        p50, p99 = _percentile(values, 0.5), _percentile(values, 0.99)
        worked = _percentile(sorted(watch.worked[phase]), 0.99)
        figures[phase] = {
            "samples": len(values),
            "p50_ms": p50,
            "p99_ms": p99,
            "max_ms": values[-1],
            "p99_worked_ms": worked,
        }
        print(f"{phase:<10}{len(values):>9}{p50:>9.1f}{p99:>9.1f}{values[-1]:>9.1f}{worked:>15.1f}")
    if as_json:
        print(json.dumps(figures))
    counted = phases if judged is None else judged
    worst = max((figure["p99_ms"] for phase, figure in figures.items() if phase in counted), default=0.0)
    print(f"99th percentile at most {LIMIT_MS:.0f} ms: {'yes' if worst <= LIMIT_MS else 'NO'}")
    return 0 if worst <= LIMIT_MS else 1


def _percentile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--idle", type=float, default=5.0, help="seconds to watch before the work starts")
    parser.add_argument("--craft-steps", type=int)
    parser.add_argument("--certify-steps", type=int)
    parser.add_argument("--draws", type=int)
    parser.add_argument("--stress-steps", type=int, help="also let attackers try, with so many steps each")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
