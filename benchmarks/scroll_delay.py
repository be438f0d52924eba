"""How long the window keeps its user waiting while 100,000 thumbnails scroll by: `python benchmarks/scroll_delay.py`.

Makes some thousand JPEG files of its own in a temporary folder, writes a run whose index names them over and over
under 100,000 distinct paths (hard links: each is decoded, cached and dropped as a file of its own), opens that run in
the real window and scrolls its pictures with the wheel, by pages and by jumps to anywhere, while a timer in the same
event loop notes how late it comes. Prints the median, the 99th percentile and the maximum, and how much memory the
cache took. "idle" is the same window with nothing to do: what the machine itself adds; "worked" is what the window's
thread computed between two ticks, whatever else runs. Works without a screen
(QT_QPA_PLATFORM=offscreen is the default); on a screen the figures are the user's.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path

import msgspec
import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from event_loop_delay import LIMIT_MS, Watch, report, spin
from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QAbstractSlider, QApplication

from pue_desktop import app, settings
from pue_desktop.engine.config import ScanConfig
from pue_desktop.engine.results import INDEX_FILE, ImageRecord, IndexHeader
from pue_desktop.engine.run import Run
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.pages.images import ImagesPage

CLASSES = 10


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory() as place:
        os.environ["PUE_DESKTOP_CONFIG_DIR"] = f"{place}/config"
        os.environ["XDG_DATA_HOME"] = f"{place}/data"
        began = time.perf_counter()
        run = _run(Path(place), options)
        print(f"{options.rows:,} paths of {options.files:,} files made in {time.perf_counter() - began:.0f} s")
        application = QApplication([])
        window = app.compose(settings.Store(settings.default_path()))
        window.resize(1280, 800)
        window.show()
        watch = Watch(window)
        page = window.page("images")
        assert isinstance(page, ImagesPage)
        watch.phase = "open"
        watch.start()
        window.open_path(run)
        spin(application, lambda: window.controller.snapshot is None or window.controller.snapshot.index is None)
        spin(application, lambda: True, seconds=2.0)
        page.tabs.setCurrentWidget(page.browser)
        scroller = Scroller(window, page, watch)
        spin(application, lambda: True, seconds=1.0)
        watch.phase = "idle"
        spin(application, lambda: True, seconds=options.seconds)
        for phase in ("wheel", "pages", "jumps"):
            watch.phase = phase
            scroller.start()
            spin(application, lambda: True, seconds=options.seconds)
            scroller.stop()
        watch.stop()
        kept = window.thumbnails.bytes_kept
        window.close()
    print(f"cache: {kept / 2**20:.0f} MiB; {scroller.turns:,} movements; rows seen up to {scroller.deepest:,}")
    if options.json:
        print(json.dumps({"cache_bytes": kept, "movements": scroller.turns}))
    # Opening is told, but it is no scrolling: the page is filled once.
    return report(watch, ("open", "idle", "wheel", "pages", "jumps"), options.json, judged=("wheel", "pages", "jumps"))


class Scroller:
    """Moves the view 50 times a second, as the phase says."""

    def __init__(self, window: MainWindow, page: ImagesPage, watch: Watch) -> None:
        self._page, self._watch = page, watch
        self._random = random.Random(0)
        self._timer = QTimer(window, interval=20)
        self._timer.timeout.connect(self._turn)
        self.turns = self.deepest = 0

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    @Slot()
    def _turn(self) -> None:
        grid = self._page.browser.grid
        bar = grid.verticalScrollBar()
        self.turns += 1
        if self._watch.phase == "wheel":
            bar.setValue(bar.value() + 60)
        elif self._watch.phase == "pages":
            bar.triggerAction(QAbstractSlider.SliderAction.SliderPageStepAdd)
        elif self.turns % 5 == 0:
            bar.setValue(self._random.randrange(bar.maximum()))
        self.deepest = max(self.deepest, grid.indexAt(grid.viewport().rect().center()).row())


def _run(place: Path, options: argparse.Namespace) -> Path:
    """Makes the images and a run folder that was scanned; returns the run folder."""
    source = place / "images"
    generator = np.random.default_rng(0)
    records: list[ImageRecord] = []
    originals: list[Path] = []
    for number in range(options.rows):
        name = f"kind-{number * CLASSES // options.rows}/{number:06}.jpg"
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if number < options.files:
            colours = generator.integers(0, 255, (6, 8, 3), dtype=np.uint8)
            picture = Image.fromarray(colours).resize((options.side * 4 // 3, options.side), Image.Resampling.BICUBIC)
            picture.save(path, quality=85)
            originals.append(path)
        else:
            path.hardlink_to(originals[number % options.files])
        split = "hold_out" if number % 5 == 0 else "train"
        size = (options.side * 4 // 3, options.side)
        records.append(ImageRecord(name, number * CLASSES // options.rows, split, "0" * 64, *size, "RGB", "JPEG", 9000))
    run = Run.create(place / "run", source)
    header = IndexHeader(1, str(source), tuple(f"kind-{label}" for label in range(CLASSES)), False, options.side)
    with run.locked():
        run.begin("scan", ScanConfig(), {})
        run.finish("scan", [run.write(INDEX_FILE, msgspec.json.Encoder().encode_lines([header, *records]))], 1.0)
    return run.path


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--files", type=int, default=3000, help="distinct files")
    parser.add_argument("--side", type=int, default=480, help="shorter side of the images in pixels")
    parser.add_argument("--seconds", type=float, default=15.0, help="of each kind of scrolling")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    print(f"limit: {LIMIT_MS:.0f} ms")
    raise SystemExit(main())
