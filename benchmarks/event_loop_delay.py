"""How long the window keeps its user waiting while it works: `python benchmarks/event_loop_delay.py FOLDER`.

Runs a real run (draft by default) of an image folder in the real window and lets a timer in the same event loop note
how late it comes: every millisecond beyond its interval is one that a key press would have waited. Pages change now
and then, so that every plot is drawn. Prints the median, the 99th percentile and the maximum while idle, crafting and
certifying, and what of it the window's own thread worked: on a busy machine it mostly waits for its turn. Works
without a screen (QT_QPA_PLATFORM=offscreen is the default); on a screen the figures are the user's.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from pue_desktop import app, settings
from pue_desktop.ui.main_window import MainWindow

INTERVAL_MS = 5
PAGES = {"craft": ("protect", "images"), "certify": ("certify", "protect")}
LIMIT_MS = 50.0


class Watch(QObject):
    """A timer that knows when it should have come; `phase` names what goes on.

    Attributes:
        delays: How late it came, in milliseconds, by phase.
        busy: Processor time that the window's thread took since it came before, likewise: what is left of the delay
            on a machine that does nothing else.
    """

    def __init__(self, window: MainWindow, phase: Callable[[], str]) -> None:
        super().__init__(window)
        self.delays: dict[str, list[float]] = defaultdict(list)
        self.busy: dict[str, list[float]] = defaultdict(list)
        self._worked = 0.0
        self._phase = phase
        self._due = 0.0
        self._timer = QTimer(self, interval=INTERVAL_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Starts noting."""
        self._due = time.perf_counter() + INTERVAL_MS / 1000
        self._worked = time.thread_time()
        self._timer.start()

    def stop(self) -> None:
        """Ends noting."""
        self._timer.stop()

    @Slot()
    def _tick(self) -> None:
        now = time.perf_counter()
        phase, worked = self._phase(), time.thread_time()
        self.delays[phase].append(max(0.0, now - self._due) * 1000)
        self.busy[phase].append((worked - self._worked) * 1000)
        self._worked = worked
        self._due = now + INTERVAL_MS / 1000


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
    return report(watch, ("idle", "craft", "certify"), options.json)


def _work(application: QApplication, window: MainWindow, options: argparse.Namespace) -> Watch:
    controller = window.controller
    controller.problem.connect(lambda error: print(f"problem: {error}", file=sys.stderr))
    if options.craft_steps:
        controller.change("craft", steps=options.craft_steps)
    if options.certify_steps:
        controller.change("certify", training_steps=options.certify_steps)
    if options.draws:
        controller.change("certify", draws=options.draws, training_draws=min(options.draws, 50))
    watch = Watch(window, lambda: controller.step if controller.busy else "idle")
    window.open_path(options.folder)
    spin(application, lambda: controller.busy or controller.refreshing)
    spin(application, lambda: True, seconds=3.0)
    watch.start()
    spin(application, lambda: True, seconds=options.idle)
    controller.start(("craft", "certify"))
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


def report(watch: Watch, phases: Iterable[str], as_json: bool) -> int:
    """Prints delays by phase; returns 1 if the 99th percentile of one is beyond the limit."""
    figures = {}
    print(f"{'phase':<20}{'samples':>9}{'p50 ms':>9}{'p99 ms':>9}{'max ms':>9}{'own p99':>9}")
    for phase in phases:
        delays, busy = sorted(watch.delays.get(phase, [])), sorted(watch.busy.get(phase, []))
        if not delays:
            continue
        p50, p99, own = _share(delays, 0.5), _share(delays, 0.99), _share(busy, 0.99)
        figures[phase] = {"samples": len(delays), "p50_ms": p50, "p99_ms": p99, "max_ms": delays[-1], "own_p99_ms": own}
        print(f"{phase:<20}{len(delays):>9}{p50:>9.1f}{p99:>9.1f}{delays[-1]:>9.1f}{own:>9.1f}")
    if as_json:
        print(json.dumps(figures))
    worst = max((figure["p99_ms"] for figure in figures.values()), default=0.0)
    print(f"99th percentile at most {LIMIT_MS:.0f} ms: {'yes' if worst <= LIMIT_MS else 'NO'}")
    return 0 if worst <= LIMIT_MS else 1


def _share(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, round(share * (len(values) - 1)))]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--idle", type=float, default=5.0, help="seconds to watch before the work starts")
    parser.add_argument("--craft-steps", type=int)
    parser.add_argument("--certify-steps", type=int)
    parser.add_argument("--draws", type=int)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
