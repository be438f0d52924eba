"""The canvas of the Inspect page: what is on the screen is what is in the files, in every view and at every zoom."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from inspecting import CHANGE, GREY, NO_MODIFIER, at, click, color, move, settle, wheel
from pue_desktop.engine import inspection
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.pages.inspect import InspectPage


def test_the_split_is_dragged(inspected: InspectPage, qtbot: QtBot) -> None:
    canvas = inspected.canvas
    assert color(inspected, 0.3, 0.5) == (GREY,) * 3
    assert color(inspected, 0.7, 0.5) == (GREY + CHANGE,) * 3
    middle, y = canvas.width() // 2, canvas.height() // 2
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, NO_MODIFIER, QPoint(middle + 3, y))
    qtbot.mouseMove(canvas, QPoint(round(canvas.width() * 0.8), y))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, NO_MODIFIER, QPoint(round(canvas.width() * 0.8), y))
    assert color(inspected, 0.7, 0.5) == (GREY,) * 3
    assert color(inspected, 0.9, 0.5) == (GREY + CHANGE,) * 3
    before = canvas.viewport
    for _ in range(20):
        qtbot.keyClick(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert canvas.split == pytest.approx(0.4, abs=0.01)
    assert canvas.viewport == before
    assert color(inspected, 0.5, 0.5) == (GREY + CHANGE,) * 3


def test_side_by_side_is_linked(inspected: InspectPage, qtbot: QtBot) -> None:
    click(inspected, "side", qtbot)
    assert color(inspected, 0.25, 0.5) == (GREY,) * 3
    assert color(inspected, 0.75, 0.5) == (GREY + CHANGE,) * 3
    canvas = inspected.canvas
    pane = canvas.viewport.view[0]
    y = canvas.height() // 2
    before = canvas.viewport.to_picture(80, y)
    wheel(inspected, QPointF(canvas.width() - pane + 80, y), 8)
    assert canvas.viewport.to_picture(80, y) == pytest.approx(before)
    assert canvas.viewport.zoom > 20


def test_the_space_bar_blinks(inspected: InspectPage, qtbot: QtBot) -> None:
    inspected.canvas.setFocus()
    qtbot.keyClick(inspected.canvas, Qt.Key.Key_Space)
    assert inspected.look.buttons["blink"].isChecked()
    assert not inspected.look.buttons["split"].isChecked()
    seen = [color(inspected, 0.5, 0.5)]
    for _ in range(2):
        qtbot.keyClick(inspected.canvas, Qt.Key.Key_Space)
        seen.append(color(inspected, 0.5, 0.5))
    assert seen == [(GREY + CHANGE,) * 3, (GREY,) * 3, (GREY + CHANGE,) * 3]
    qtbot.mouseClick(inspected.look.buttons["blink"], Qt.MouseButton.LeftButton)
    assert color(inspected, 0.5, 0.5) == (GREY,) * 3


@pytest.mark.parametrize(("gain", "shown"), [(1, 136), (8, 192), (15, 248), (16, 255), (64, 255)])
def test_the_difference_is_enlarged(inspected: InspectPage, qtbot: QtBot, gain: int, shown: int) -> None:
    click(inspected, "difference", qtbot)
    inspected.look.gain.setValue(gain)
    settle(inspected, qtbot)
    assert inspected.look.gain_text.text() == f"×{gain}"
    assert color(inspected, 0.5, 0.5) == (shown,) * 3


def test_the_heat_map_and_single_colours(inspected: InspectPage, qtbot: QtBot) -> None:
    click(inspected, "heat", qtbot)
    assert color(inspected, 0.5, 0.5) == (252, 255, 164)
    inspected.look.colour.setCurrentIndex(3)
    settle(inspected, qtbot)
    place = at(inspected, 15, 9)
    # Blue rose by 5 of 8: colour 159 of 255.
    blue, green, red, _ = inspection.heat_colours()[159].tolist()
    canvas = inspected.canvas
    assert color(inspected, place.x() / canvas.width(), place.y() / canvas.height()) == (red, green, blue)
    click(inspected, "blink", qtbot)
    assert color(inspected, place.x() / canvas.width(), place.y() / canvas.height()) == (255, 255, 255)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    settle(inspected, qtbot)
    assert color(inspected, place.x() / canvas.width(), place.y() / canvas.height()) == (250, 250, 250)


def test_the_lens_shows_both(inspected: InspectPage, qtbot: QtBot) -> None:
    click(inspected, "lens", qtbot)
    inspected.canvas.zoom_to(2.0)
    canvas = inspected.canvas
    middle = canvas.width() / 2 - 10
    move(inspected, QPointF(middle, canvas.height() / 2), qtbot)
    assert color(inspected, (middle - 60) / canvas.width(), 0.5) == (GREY,) * 3
    assert color(inspected, (middle + 60) / canvas.width(), 0.5) == (GREY + CHANGE,) * 3


def test_pixels_under_the_pointer_are_those_of_the_file(inspected: InspectPage, source: Path, qtbot: QtBot) -> None:
    move(inspected, at(inspected, 15, 9), qtbot)
    values = {key: value.text() for key, value in inspected.pixel.values.items()}
    stored = tuple(int(value) for value in np.asarray(Image.open(source / "plain/0.png"))[9, 15])
    assert stored == (10, 20, 250)
    assert values == {
        "place": "x 15  y 9",
        "original": "10  20  250",
        "protected": "18  28  255",
        "change": "+8  +8  +5",
    }
    for _ in range(2):
        qtbot.keyClick(inspected.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert inspected.pixel.values["place"].text() == "x 17  y 9"
    assert inspected.pixel.values["original"].text() == "100  100  100"
    move(inspected, QPointF(inspected.canvas.width() / 2, 3), qtbot)
    assert inspected.pixel.values["place"].text() == "–"


def test_zoom_stays_at_the_pointer_and_enlarges_sharply(inspected: InspectPage, qtbot: QtBot) -> None:
    canvas = inspected.canvas
    place = at(inspected, 15, 9)
    before = canvas.viewport.to_picture(place.x(), place.y())
    wheel(inspected, place, 4)
    assert canvas.viewport.to_picture(place.x(), place.y()) == pytest.approx(before)
    x, y = canvas.viewport.to_view(15, 9)
    size = canvas.viewport.zoom
    assert size > 30
    canvas.split = 1.0
    for inner, outer in ((2, -2), (size - 3, size + 2)):
        row = (y + size / 2) / canvas.height()
        assert color(inspected, (x + inner) / canvas.width(), row) == (10, 20, 250)
        assert color(inspected, (x + outer) / canvas.width(), row) == (GREY,) * 3


def test_zoom_buttons_keys_and_double_click(inspected: InspectPage, qtbot: QtBot) -> None:
    canvas = inspected.canvas
    fit = canvas.zoom
    for button, zoom, words in zip(inspected.look.zoom_buttons, (fit, 1.0, 2.0), (None, "100", "200"), strict=True):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert canvas.zoom == pytest.approx(zoom)
        if words:
            assert inspected.look.zoom_text.text() == f"Zoom {words}\N{NO-BREAK SPACE}%"
    for key, zoom in ((Qt.Key.Key_Plus, 2.5), (Qt.Key.Key_Minus, 2.0), (Qt.Key.Key_1, 1.0), (Qt.Key.Key_0, fit)):
        qtbot.keyClick(canvas, key)
        assert canvas.zoom == pytest.approx(zoom)
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, NO_MODIFIER, QPoint(50, 50))
    assert canvas.zoom == 1.0


def test_dragging_and_arrows_move_the_picture(inspected: InspectPage, qtbot: QtBot) -> None:
    canvas = inspected.canvas
    canvas.zoom_to(60.0)
    before = canvas.viewport
    start, end = QPoint(100, 100), QPoint(160, 70)
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, NO_MODIFIER, start)
    qtbot.mouseMove(canvas, end)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, NO_MODIFIER, end)
    assert canvas.viewport == before.moved(60, -30)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.viewport == before.moved(60, -30).moved(-before.view[0] / 8, 0)


def test_focus_is_seen(inspected: InspectPage, window: MainWindow) -> None:
    window.activateWindow()
    inspected.classes.setFocus()
    without = inspected.canvas.grab().toImage()
    inspected.canvas.setFocus()
    assert inspected.canvas.grab().toImage() != without
