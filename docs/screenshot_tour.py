"""Drives the real window from state to state, for `make_screenshots.py`; the work it shows is real and small."""

# ruff: noqa: TID251

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTabWidget

from pue_desktop.engine.config import Plan, changed
from pue_desktop.sample import demo_plan
from pue_desktop.ui.inspect_painter import VIEWS
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.pages.images import ImagesPage
from pue_desktop.ui.pages.inspect import InspectPage
from pue_desktop.ui.pages.runs import RunsPage
from pue_desktop.ui.pages.verify import VerifyPage

CALM_S, LONGEST_S, LONGEST_WAIT_S = 0.35, 2.5, 40.0
Take = Callable[[str, QImage], None]


class Tour:
    """One window in its states.

    Args:
        application: Of the process.
        window: Empty and shown.
        place: A folder for what is made on the way.
        run: A finished run of `images`, which is only copied.
        images: A folder of labelled images, likewise.
        take: Gets each picture with its name, page and state.
        wanted: Whether a picture of this name is wanted; states of which none is are not visited.
    """

    def __init__(
        self,
        application: QApplication,
        window: MainWindow,
        *,
        place: Path,
        run: Path,
        images: Path,
        take: Take,
        wanted: Callable[[str], bool],
    ) -> None:
        self._application = application
        self._window = window
        self._controller = window.controller
        self._place = place
        self._images = images
        self._run = run
        self._take = take
        self._wanted = wanted
        self._pages = [page.name for page in window.pages]

    def work(self) -> None:
        """Goes through all states that are wanted."""
        for state, visit in (
            ("empty", self._empty),
            ("ready", self._ready),
            ("running", self._running),
            ("failed", self._failed),
            ("done", self._done),
        ):
            if any(self._wanted(name) for name in self._names(state)):
                visit()
                self._forget()

    def _names(self, state: str) -> Iterable[str]:
        extra = {
            "ready": ("images-pictures", "images-refused", "protect-unfolded"),
            "running": ("certify-drawing", "protect-paused", "protect-stopped"),
            "done": (
                *(f"inspect-{view}" for view in VIEWS),
                *("inspect-patterns", "runs-compare", "protect-unfolded", "certify-unfolded"),
            ),
        }
        return (f"{page}-{state}" for page in (*self._pages, "log", *extra.get(state, ())))

    # ------------------------------------------------------------------ states

    def _empty(self) -> None:
        self._everywhere("empty")

    def _ready(self) -> None:
        """A folder was read, and nothing more; some of its files are no images."""
        folder = self._copied("holiday pictures")
        kind = next(path for path in sorted((folder / "train").iterdir()) if path.is_dir())
        (kind / "notes.txt").write_text("not an image")
        (kind / "cut off.png").write_bytes(next(kind.glob("*.png")).read_bytes()[:200])
        self._open(folder)
        self._everywhere("ready")
        page = self._window.page("images")
        assert isinstance(page, ImagesPage)
        tabs: QTabWidget = page.tabs
        for number, name in ((1, "images-pictures"), (2, "images-refused"), (0, "")):
            tabs.setCurrentIndex(number)
            if name:
                self.shoot("images", f"{name}-ready")
        self._unfold("protect", "ready")

    def _running(self) -> None:
        """Crafting and certifying, seen while they go on."""
        self._open(self._copied("holiday pictures"))
        self._controller.set_plan(_small(demo_plan()))
        self._settle()
        self._window.job_bar.run_button.click()
        self._until(lambda: len(self._window.series.get("craft", "loss").x) > 120)
        self._everywhere("running", first="protect")
        if self._controller.step == "craft":
            self._window.job_bar.pause_button.click()
            self.shoot("protect", "protect-paused-running")
            self._window.job_bar.resume_button.click()
        self._window.go_to("certify")
        self._until(lambda: len(self._window.series.get("certify", "draw/unprotected").x) > 60 or self._idle())
        self._until(lambda: False, seconds=2.0)
        self.shoot("certify", "certify-drawing-running")
        self._controller.cancel()
        self._settle()
        self.shoot("protect", "protect-stopped-running")

    def _failed(self) -> None:
        """Real causes: no images where some should be, originals that went away, a place that takes no files."""
        broken = self._place / "not images"
        for kind in ("one", "two"):
            (broken / kind).mkdir(parents=True)
            for number in range(3):
                (broken / kind / f"{number}.jpg").write_text("text")
        self._open(broken)
        self.shoot("images", "images-failed")
        folder = self._copied("on a stick")
        self._open(folder)
        shutil.rmtree(folder / "train")
        self._controller.set_plan(_small(demo_plan()))
        self._window.job_bar.run_button.click()
        self._settle()
        self._everywhere("failed", first="protect", without=("images", "export", "verify", "inspect"))
        self._open_finished("finished", images=folder)
        shutil.rmtree(folder)
        self._window.go_to("protect")
        self._until(lambda: False, seconds=1.0)
        self.shoot("inspect", "inspect-failed")
        self._open_finished("finished-2")
        (self._place / "a file").write_text("in the way")
        self._export(self._place / "a file" / "export")
        self.shoot("export", "export-failed")
        out = self._place / "tampered"
        self._export(out)
        first, second = sorted((out / "images").rglob("*.png"))[:2]
        first.write_bytes(second.read_bytes())
        second.unlink()
        self._verify(out)
        self.shoot("verify", "verify-failed")

    def _done(self) -> None:
        self._open_finished("finished")
        out = self._place / "holiday pictures-protected"
        self._export(out)
        self._verify(out)
        self._inspect()
        self._everywhere("done")
        self._unfold("protect", "done")
        self._unfold("certify", "done")
        runs = self._window.page("runs")
        assert isinstance(runs, RunsPage)
        if self._wanted("runs-compare-done"):
            self._open(self._copied("other pictures"))
            self._window.go_to("runs")
            pair = {self._controller.runs_folder / "finished", self._controller.run_path}
            self._until(lambda: pair <= {entry.path for entry in runs.table.runs.entries}, seconds=20)
            runs.table.choose([path for path in pair if path is not None])
            runs.compare_button.click()
            self._until(lambda: runs.stack.currentWidget() is runs.comparison, seconds=20)
            self.shoot("runs", "runs-compare-done")
            runs.comparison.back_button.click()

    def _inspect(self) -> None:
        page = self._window.page("inspect")
        assert isinstance(page, InspectPage)
        self._window.go_to(page.name)
        self._until(lambda: page.canvas.pair is not None and not page.inspector.survey.at_work, seconds=300)
        page.typical_button.click()
        for view in (*VIEWS[1:], VIEWS[0]):
            if self._wanted(f"inspect-{view}-done"):
                page.look.buttons[view].click()
                self.shoot("inspect", f"inspect-{view}-done")
        page.look.buttons[VIEWS[0]].click()
        if self._wanted("inspect-patterns-done"):
            page.tabs.setCurrentIndex(1)
            self.shoot("inspect", "inspect-patterns-done")
            page.tabs.setCurrentIndex(0)

    # ------------------------------------------------------------------- steps

    def _everywhere(self, state: str, *, first: str = "", without: tuple[str, ...] = ()) -> None:
        pages = [name for name in self._pages if name not in without]
        for name in sorted(pages, key=lambda name: name != first):
            self.shoot(name, f"{name}-{state}")
        if self._wanted(f"log-{state}"):
            self._window.log_dock.show()
            self.shoot(pages[0], f"log-{state}")
            self._window.log_dock.hide()

    def _unfold(self, name: str, state: str) -> None:
        """Shows what a page has folded away."""
        from pue_desktop.ui.config_form import Folded

        if self._wanted(f"{name}-unfolded-{state}"):
            folds = self._window.page(name).findChildren(Folded)
            for fold in folds:
                fold.button.click()
            self.shoot(name, f"{name}-unfolded-{state}")
            for fold in folds:
                fold.button.click()

    def _copied(self, name: str) -> Path:
        target = self._place / name
        if target.exists():
            shutil.rmtree(target)
        return Path(shutil.copytree(self._images, target))

    def _open(self, path: Path) -> None:
        self._window.open_path(path)
        self._settle()

    def _open_finished(self, name: str, *, images: Path | None = None) -> None:
        """Opens a copy of the finished run, over a copy of its images."""
        source = images if images is not None else self._place / "holiday pictures"
        if not source.exists() or images is not None:
            source = self._copied(source.name)
        target = self._controller.runs_folder / name
        if target.exists():
            shutil.rmtree(target)
        shutil.copytree(self._run, target)
        facts = msgspec.json.decode((target / "run.json").read_bytes())
        text = (target / "run.json").read_text()
        (target / "run.json").write_text(text.replace(str(facts["source"]), str(source)))
        self._open(target)

    def _export(self, folder: Path) -> None:
        self._window.go_to("export")
        page = self._window.page("export")
        line = next(one for one in page.findChildren(QLineEdit) if one is getattr(page, "folder", None))
        line.setText(str(folder))
        page.export_button.click()  # type: ignore[attr-defined]
        self._settle()

    def _verify(self, folder: Path) -> None:
        page = self._window.page("verify")
        assert isinstance(page, VerifyPage)
        self._window.verify(folder)
        self._until(lambda: not page.verifier.running, seconds=300)

    def _forget(self) -> None:
        self._window.messages.clear()
        self._controller.close_run()
        self._settle()
        self._window.go_to("images")

    def _idle(self) -> bool:
        return not self._controller.busy

    def _settle(self) -> None:
        self._until(lambda: self._idle() and not self._controller.refreshing)

    def _until(self, condition: Callable[[], bool], seconds: float = 1800) -> None:
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                return
            self._application.processEvents()
            time.sleep(0.005)

    def shoot(self, page: str, name: str) -> None:
        """Shows a page, waits until it moves no more, and takes its picture."""
        if not self._wanted(name):
            return
        self._window.go_to(page)
        self._until(lambda: False, seconds=CALM_S)
        self._until(lambda: not self._announces(page), seconds=LONGEST_WAIT_S)
        end = time.monotonic() + LONGEST_S
        before = QImage()
        while time.monotonic() < end:
            self._until(lambda: False, seconds=CALM_S)
            now = self._window.grab().toImage()
            if now == before:
                break
            before = now
        self._take(name, before)

    def _announces(self, page: str) -> bool:
        """Whether a page says that something is on its way."""
        words = [label.text() for label in self._window.page(page).findChildren(QLabel) if label.isVisible()]
        # A shortened key ends alike, but has digits.
        return any(text.endswith("…") and not any(map(str.isdigit, text)) for text in words)


def _small(plan: Plan) -> Plan:
    """Returns a plan whose steps can be seen at work without waiting long."""
    return msgspec.structs.replace(
        plan,
        craft=changed(plan.craft, steps=400),
        certify=changed(plan.certify, training_steps=60, training_draws=5),
    )


@contextmanager
def profile(folder: Path) -> Iterator[None]:
    """Gives the process a profile of its own, never the developer's."""
    os.environ["PUE_DESKTOP_CONFIG_DIR"] = str(folder / "config")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(folder / name.lower())
    yield
