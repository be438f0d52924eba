"""Real windows over a pipeline whose slow steps are replaced by quick ones that leave well-formed results."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import inspecting
from fake_steps import FakeSteps
from pictures import folder
from pue_desktop import app, settings
from pue_desktop.engine import pipeline
from pue_desktop.engine.run import State
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.pages.inspect import InspectPage
from pue_desktop.workers.machine import Machine

DOCTOR = {
    "devices": [
        {"name": "cuda", "label": "NVIDIA GPU", "usable": False, "reason": "no <b>driver</b> was found"},
        {"name": "cpu", "label": "CPU, 2 threads", "usable": True, "reason": ""},
    ],
    "estimates": {"cpu": {"draft": {"craft": 60.0, "certify": 90.0, "stress": 30.0}}},
}


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """A folder of two classes with ten pictures each, one of them no picture at all."""
    source = folder(tmp_path / "flowers", images=10)
    (source / "kind-0" / "<img src=x> & co.jpg").write_text("not an image")
    return source


@pytest.fixture
def fake_steps(monkeypatch: pytest.MonkeyPatch) -> FakeSteps:
    """Replaces crafting, certifying, stress test and export; scanning stays real."""
    steps = FakeSteps()
    monkeypatch.setattr(pipeline, "STEPS", steps)
    return steps


@pytest.fixture
def no_doctor(monkeypatch: pytest.MonkeyPatch) -> None:
    """The devices are known at once, without another process."""
    monkeypatch.setattr(Machine, "look", lambda self: self.take_devices(DOCTOR))
    monkeypatch.setattr(Machine, "_measure", lambda self: self.take_speeds(DOCTOR))
    monkeypatch.setattr(Machine, "_measure_more", lambda _self: None)


@pytest.fixture
def window(qtbot: QtBot, no_doctor: None, fresh_profile: Path) -> Iterator[MainWindow]:
    """The window as the program builds it, shown and empty."""
    made = app.compose(settings.Store(settings.default_path()))
    made.resize(1280, 800)
    made.show()
    yield made
    made.controller.cancel()
    qtbot.waitUntil(lambda: not made.controller.busy, timeout=20_000)
    made.close()
    made.deleteLater()


@pytest.fixture
def settled(qtbot: QtBot, window: MainWindow) -> Callable[[], None]:
    """Waits until nothing runs and the window shows the latest state of the run."""

    def wait() -> None:
        controller = window.controller
        qtbot.waitUntil(
            lambda: not controller.busy and not controller.refreshing and controller.snapshot is not None,
            timeout=20_000,
        )

    return wait


@pytest.fixture
def scanned(window: MainWindow, images: Path, fake_steps: FakeSteps, settled: Callable[[], None]) -> MainWindow:
    """The window with a folder opened and scanned."""
    window.open_path(images)
    settled()
    snapshot = window.controller.snapshot
    assert snapshot is not None
    assert snapshot.states["scan"] is State.DONE
    return window


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The pictures that the Inspect page's tests know pixel by pixel."""
    return inspecting.write_pictures(tmp_path / "source")


@pytest.fixture
def inspected(window: MainWindow, qtbot: QtBot, source: Path, tmp_path: Path) -> InspectPage:
    """The Inspect page over a crafted run that was reopened, its first picture shown and measured."""
    inspecting.crafted(tmp_path / "run", source)
    window.open_path(tmp_path / "run")
    window.go_to("inspect")
    page = inspecting.page_of(window)
    inspecting.settle(page, qtbot)
    return page


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder needs Qt."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("gui")
