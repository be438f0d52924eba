"""Takes the screenshots of the documentation: `python docs/make_screenshots.py`.

Drives the real window, without a screen, over the sample images that ship with the program, with the settings of
`pue-desktop demo`: some minutes. With `--run RUN` it shows a run made earlier instead; `--all` adds every page in its
states, light and dark, for looking at. Set QT_SCALE_FACTOR=2 for large ones.
"""

# ruff: noqa: D103, T201, TID251

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from pue_desktop import app, settings
from pue_desktop.sample import demo_plan
from pue_desktop.ui.inspect_painter import VIEWS
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.pages.inspect import InspectPage
from pue_desktop.ui.series import Series

HERE = Path(__file__).resolve().parent
LARGEST = 300_000


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory() as profile:
        os.environ["PUE_DESKTOP_CONFIG_DIR"] = f"{profile}/config"
        os.environ["XDG_DATA_HOME"] = f"{profile}/data"
        application = QApplication([])
        if options.dark:
            application.setPalette(dark_palette())
        window = app.compose(settings.Store(settings.default_path()))
        window.resize(QSize(options.width, options.height))
        window.show()
        Camera(application, window, options).work()
        window.close()
    return 0


class Camera:
    """Drives the window from state to state and takes a picture of each."""

    def __init__(self, application: QApplication, window: MainWindow, options: argparse.Namespace) -> None:
        self._application = application
        self._window = window
        self._options = options
        self._controller = window.controller
        self._controller.problem.connect(lambda error: print(f"problem: {error}", getattr(error, "details", "")))

    def work(self) -> None:
        """Every picture, in order."""
        options = self._options
        if options.all:
            for page in ("images", "protect", "inspect", "certify", "export", "verify", "runs", "preferences"):
                self._shoot(page, f"{page}-empty")
        if options.run:
            self._window.open_path(options.run)
            self._until(lambda: self._controller.snapshot is not None)
            if options.all:
                self._shoot("images", "images")
        else:
            self._window.open_path(options.images)
            self._settle()
            self._controller.set_plan(demo_plan())
            self._settle()
            self._shoot("images", "images")
            self._window.job_bar.run_button.click()
            self._until(lambda: len(self._series("craft", "loss").x) > 200)
            self._shoot("protect", "protect")
            self._window.go_to("certify")
            self._until(lambda: len(self._series("certify", "draw/unprotected").x) > 80)
            self._shoot("certify", "certify-running")
            self._settle()
        self._shoot("certify", "certify")
        self._inspect()
        if options.run or options.all:
            self._shoot("protect", "protect-done" if options.all else "protect")
        if options.all:
            self._shoot("export", "export")
            self._shoot("runs", "runs")

    def _inspect(self) -> None:
        page = self._window.page("inspect")
        assert isinstance(page, InspectPage)
        self._window.go_to(page.name)
        self._until(lambda: page.canvas.pair is not None and not page.inspector.survey.at_work, seconds=300)
        page.typical_button.click()
        for view in VIEWS if self._options.all else VIEWS[:1]:
            page.look.buttons[view].click()
            self._shoot("inspect", "inspect" if view == VIEWS[0] else f"inspect-{view}")
        if self._options.all:
            page.tabs.setCurrentIndex(1)
            self._shoot("inspect", "inspect-patterns")

    def _series(self, step: str, name: str) -> Series:
        return self._window.series.get(step, name)

    def _settle(self) -> None:
        self._until(lambda: not self._controller.busy and not self._controller.refreshing)

    def _until(self, condition: Callable[[], bool], seconds: float = 1800) -> None:
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("the window never came to the state to be shown")
            self._application.processEvents()
            time.sleep(0.005)

    def _shoot(self, page: str, name: str) -> None:
        self._window.go_to(page)
        calm = time.monotonic() + 2.5
        self._until(lambda: time.monotonic() > calm)
        path = self._options.out / f"{name}{self._options.suffix}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        picture = self._window.grab().toImage()
        picture.save(str(path), quality=0)
        if path.stat().st_size > LARGEST:
            picture.convertToFormat(picture.Format.Format_Indexed8).save(str(path), quality=0)
        print(path, f"{picture.width()}x{picture.height()}, {path.stat().st_size // 1000} kB")


def dark_palette() -> QPalette:
    """Returns a dark palette as desktops have it; without a screen there is none to follow."""
    palette = QPalette()
    window, base, text = QColor("#2b2b2b"), QColor("#1e1e1e"), QColor("#f0f0f0")
    roles = QPalette.ColorRole
    for role, color in (
        (roles.Window, window),
        (roles.Base, base),
        (roles.AlternateBase, window),
        (roles.Button, QColor("#3a3a3a")),
        (roles.WindowText, text),
        (roles.Text, text),
        (roles.ButtonText, text),
        (roles.ToolTipBase, base),
        (roles.ToolTipText, text),
        (roles.PlaceholderText, QColor("#9a9a9a")),
        (roles.Highlight, QColor("#2f6db3")),
        (roles.HighlightedText, QColor("#ffffff")),
        (roles.Light, QColor("#4a4a4a")),
        (roles.Midlight, QColor("#404040")),
        (roles.Mid, QColor("#202020")),
        (roles.Dark, QColor("#151515")),
    ):
        palette.setColor(role, color)
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor("#8a8a8a"))
    return palette


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--images", type=Path, default=HERE.parent / "resources" / "sample")
    parser.add_argument("--run", type=Path)
    parser.add_argument("--out", type=Path, default=HERE / "screenshots")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=800)
    parser.add_argument("--suffix", default="")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
