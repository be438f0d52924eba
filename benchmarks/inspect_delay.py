"""How long the window keeps one waiting who looks at a large photograph: `python benchmarks/inspect_delay.py`.

Makes a crafted run of drawn photographs (24 megapixels by default) in a temporary folder, opens its Inspect page in
the real window, and turns the wheel, drags, moves the split and the gain as a hand would, 60 times a second, in every
view, while a timer in the same event loop notes how late it comes. Loading and measuring a photograph is a phase of
its own, and so is looking closely while the next ones are measured in the background.
"""

import argparse
import math
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from event_loop_delay import Watch, report, spin
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from pue_desktop import app, settings
from pue_desktop.engine.files import pretty_json
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.pipeline import run_step, step_config, step_inputs
from pue_desktop.engine.plans import plan
from pue_desktop.engine.results import PERTURBATION_FILE, CraftResult
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop
from pue_desktop.ui.inspect_painter import VIEWS
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.pages.inspect import InspectPage

TICK_MS = 16


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PUE_DESKTOP_CONFIG_DIR"] = f"{folder}/config"
        os.environ["XDG_DATA_HOME"] = f"{folder}/data"
        run = _crafted(Path(folder), options.width, options.height)
        application = QApplication([])
        window = app.compose(settings.Store(settings.default_path()))
        window.resize(1280, 800)
        window.show()
        watch = _Hand(application, window, options.seconds).work(run)
    return report(watch, tuple(watch.delays), options.json)


def _crafted(folder: Path, width: int, height: int) -> Path:
    """Returns a run of two classes of two photographs each, the first of the size asked for."""
    random = np.random.default_rng(0)
    rows, columns = np.ogrid[0:height, 0:width]
    for label, name in enumerate(("a", "b")):
        (folder / "source" / name).mkdir(parents=True)
        for number in range(3):
            waves = np.sin(columns / (300 + 50 * number)) * np.cos(rows / (200 + 90 * label))
            scene = np.empty((height, width, 3), np.uint8)
            for colour in range(3):
                scene[..., colour] = 128 + (60 + 20 * colour) * waves + random.integers(-6, 7, (height, width))
            Image.fromarray(scene).save(folder / "source" / name / f"{number}.jpg", quality=90)
    run, chosen = Run.create(folder / "run", folder / "source"), plan(device="cpu")
    with run.locked():
        for _ in run_step(run, "scan", chosen, Stop()):
            pass
        run.begin("craft", step_config(run, "craft", chosen), step_inputs(run, "craft"))
        (run.path / "craft").mkdir(exist_ok=True)
        delta = 8 * np.sign(random.standard_normal((2, 3, 64, 64))).astype(np.float32)
        Perturbation(delta, 8.0).save(run.path / PERTURBATION_FILE)
        result = run.write("craft/result.json", pretty_json(CraftResult(1, 1, 1, 0.1, 0.1, 8.0)))
        run.finish("craft", [run.path / PERTURBATION_FILE, result], 1.0)
    return run.path


class _Hand:
    """Does with the page what somebody would, and has it watched."""

    def __init__(self, application: QApplication, window: MainWindow, seconds: float) -> None:
        self._application, self._window, self._seconds = application, window, seconds
        self._watch = Watch(window)
        self._watch.phase = "loading"
        page = window.page("inspect")
        assert isinstance(page, InspectPage)
        self._page = page

    def work(self, run: Path) -> Watch:
        """Goes through all phases."""
        page, window = self._page, self._window
        window.open_path(run)
        window.go_to("inspect")
        self._watch.start()
        began = time.perf_counter()
        spin(self._application, lambda: page.canvas.pair is None)
        print(f"{page.film.current} was there after {time.perf_counter() - began:.1f} s")
        spin(self._application, lambda: page.inspector.waiting)
        for name, moves in (("zooming", self._zoom), ("panning", self._pan)):
            for view in VIEWS:
                page.look.buttons[view].click()
                self._do(f"{name} {view}", moves)
        self._do("splitting", self._split, "split")
        self._do("gain", self._gain, "difference")
        self._do("red alone", self._pan, "side", channel=1)
        spin(self._application, lambda: page.inspector.survey.at_work, seconds=120.0)
        self._do("measured all", self._pan, "split")
        self._watch.stop()
        window.close()
        return self._watch

    def _do(self, phase: str, moves: Callable[[int], None], view: str = "", *, channel: int = 0) -> None:
        page = self._page
        page.look.colour.setCurrentIndex(channel)
        if view:
            next(button for name, button in page.look.buttons.items() if name == view).click()
        if "zoom" not in phase:
            page.canvas.zoom_to(1.0)
        self._watch.phase = phase
        tick = 0

        def move() -> None:
            nonlocal tick
            moves(tick)
            tick += 1

        mover = QTimer(page, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        mover.timeout.connect(move)
        mover.start()
        spin(self._application, lambda: True, seconds=self._seconds)
        mover.stop()
        self._watch.phase = "between"

    def _zoom(self, tick: int) -> None:
        """In and out between all of it and 1600 %, at a pointer that wanders."""
        canvas = self._page.canvas
        place = QPointF(
            canvas.width() * (0.5 + 0.3 * math.sin(tick / 40)), canvas.height() * (0.5 + 0.3 * math.cos(tick / 31))
        )
        turned = 60 if tick % 120 < 60 else -60
        _send_wheel(canvas, place, turned)

    def _pan(self, tick: int) -> None:
        place = QPointF(300 + 200 * math.sin(tick / 12), 250 + 150 * math.cos(tick / 17))
        canvas = self._page.canvas
        if tick == 0:
            canvas.split = 0.0
            _send_mouse(canvas, QEvent.Type.MouseButtonPress, place)
        _send_mouse(canvas, QEvent.Type.MouseMove, place)

    def _split(self, tick: int) -> None:
        canvas = self._page.canvas
        if tick == 0:
            canvas.split = 0.5
            _send_mouse(canvas, QEvent.Type.MouseButtonPress, QPointF(canvas.width() / 2, 200))
        _send_mouse(canvas, QEvent.Type.MouseMove, QPointF(canvas.width() * (0.5 + 0.4 * math.sin(tick / 15)), 200))

    def _gain(self, tick: int) -> None:
        self._page.look.gain.setValue(1 + tick % 64)


def _send_wheel(widget: QWidget, place: QPointF, turned: int) -> None:
    none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    above = QPointF(widget.mapToGlobal(place.toPoint()))
    QApplication.sendEvent(widget, QWheelEvent(place, above, QPoint(), QPoint(0, turned), *none, False))


def _send_mouse(widget: QWidget, kind: QEvent.Type, place: QPointF) -> None:
    above = QPointF(widget.mapToGlobal(place.toPoint()))
    left, no_modifier = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QMouseEvent(kind, place, above, left, left, no_modifier))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--width", type=int, default=6000)
    parser.add_argument("--height", type=int, default=4000)
    parser.add_argument("--seconds", type=float, default=3.0, help="of each phase")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
