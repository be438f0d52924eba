"""The Inspect page over runs of known pixels: how tests open it, point at it and read its colours."""

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from certified_run import plan
from pue_desktop.engine.files import pretty_json
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.pipeline import run_step, step_config, step_inputs
from pue_desktop.engine.results import PERTURBATION_FILE, CraftResult
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.pages.inspect import InspectPage

MARKUP = "<img src=x> & <b>co.png"
GREY, CHANGE = 100, 8
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


def page_of(window: MainWindow) -> InspectPage:
    page: Any = window.page("inspect")
    return page


def write_pictures(folder: Path) -> Path:
    """Two classes: grey pictures of 40 × 20, the first with a mark, and pictures full of texture."""
    random = np.random.default_rng(0)
    for number in range(4):
        for name in ("plain", "rough"):
            (folder / name).mkdir(parents=True, exist_ok=True)
            pixels = np.full((20, 40, 3), GREY, np.uint8)
            if name == "rough":
                pixels = random.integers(0, 256, pixels.shape).astype(np.uint8)
            elif number == 0:
                pixels[9, 15] = (10, 20, 250)
            file = MARKUP if (name, number) == ("rough", 3) else f"{number}.png"
            Image.fromarray(pixels).save(folder / name / file)
    return folder


def crafted(run_path: Path, source: Path, perturbation: Perturbation | None = None) -> Run:
    """A run whose patterns add `CHANGE` everywhere, unless others are given."""
    run, chosen = Run.create(run_path, source), plan(run_path.parent / "out")
    with run.locked():
        for _ in run_step(run, "scan", chosen, Stop()):
            pass
        craft(run, perturbation or Perturbation(np.full((2, 3, 4, 4), CHANGE, np.float32), 8.0))
    return run


def craft(run: Run, perturbation: Perturbation) -> None:
    chosen = plan(run.path.parent / "out")
    run.begin("craft", step_config(run, "craft", chosen), step_inputs(run, "craft"))
    (run.path / "craft").mkdir(exist_ok=True)
    perturbation.save(run.path / PERTURBATION_FILE)
    result = run.write("craft/result.json", pretty_json(CraftResult(1, 1, 1, 0.1, 0.1, 8.0)))
    run.finish("craft", [run.path / PERTURBATION_FILE, result], 1.0)


def settle(page: InspectPage, qtbot: QtBot, *, survey: bool = True) -> None:
    inspector = page.inspector
    qtbot.waitUntil(lambda: page._material is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not inspector.waiting and not page._wait.isActive(), timeout=20_000)
    if survey:
        qtbot.waitUntil(lambda: not inspector.survey.at_work, timeout=20_000)


def color(page: InspectPage, x: float, y: float) -> tuple[int, int, int]:
    """What is on the screen at a share of the canvas."""
    canvas = page.canvas
    image = canvas.grab().toImage()
    found: QColor = image.pixelColor(round(x * (image.width() - 1)), round(y * (image.height() - 1)))
    return found.red(), found.green(), found.blue()


def at(page: InspectPage, x: int, y: int) -> QPointF:
    """Where the middle of a pixel lies in the canvas."""
    return QPointF(*page.canvas.viewport.to_view(x + 0.5, y + 0.5))


def move(page: InspectPage, place: QPointF, qtbot: QtBot) -> None:
    # Moved from elsewhere, so that the second move is not taken for none.
    qtbot.mouseMove(page.canvas, QPoint(1, 1))
    qtbot.mouseMove(page.canvas, place.toPoint())


def wheel(page: InspectPage, place: QPointF, notches: int) -> None:
    canvas = page.canvas
    event = QWheelEvent(
        place,
        QPointF(canvas.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        NO_MODIFIER,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def click(page: InspectPage, view: str, qtbot: QtBot) -> None:
    buttons: dict[str, Any] = dict(page.look.buttons.items())
    qtbot.mouseClick(buttons[view], Qt.MouseButton.LeftButton)
    settle(page, qtbot)
