"""Before anything is crafted, the Protect page shows what the strengths would look like on the user's own image."""

from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from pue_desktop.ui.main_window import MainWindow


def _pixels(image: QImage) -> np.ndarray:
    shown = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(shown.constBits(), np.uint8).reshape(shown.height(), shown.bytesPerLine())
    return rows[:, : 3 * shown.width()].astype(int)


def _shown(page: Any, qtbot: QtBot) -> list[np.ndarray]:
    qtbot.waitUntil(lambda: not any(picture.image.isNull() for picture in page.strengths.pictures), timeout=10_000)
    return [_pixels(picture.image) for picture in page.strengths.pictures]


def test_the_users_image_is_shown_at_every_strength(scanned: MainWindow, qtbot: QtBot) -> None:
    scanned.go_to("protect")
    page: Any = scanned.page("protect")
    assert page.preview.currentWidget() is page.strengths
    subtle, standard, strong = _shown(page, qtbot)
    near, far = np.abs(standard - subtle).max(), np.abs(strong - subtle).max()
    assert 0 < near <= 12
    assert near < far <= 20
    name = page.strengths.words.text()
    page.strengths.another.click()
    assert page.strengths.words.text() != name


def test_a_click_takes_the_strength(scanned: MainWindow, qtbot: QtBot) -> None:
    scanned.go_to("protect")
    page: Any = scanned.page("protect")
    qtbot.mouseClick(page.strengths.pictures[2], Qt.MouseButton.LeftButton)
    assert scanned.controller.plan.craft.epsilon_255 == 16
    assert page.strength.slider.value() == 2
    assert [title.font().bold() for title in page.strengths.titles] == [False, False, True]


def test_what_was_crafted_takes_its_place(scanned: MainWindow, settled: Callable[[], None], qtbot: QtBot) -> None:
    scanned.controller.start(("craft",))
    settled()
    page: Any = scanned.page("protect")
    assert page.preview.currentWidget() is page.compare


def test_an_image_that_vanished_is_told(scanned: MainWindow, qtbot: QtBot) -> None:
    page: Any = scanned.page("protect")
    _shown(page, qtbot)
    for path in page.strengths._images:
        path.write_bytes(b"no longer an image")
    page.strengths.another.click()
    qtbot.waitUntil(lambda: "can't be shown" in page.strengths.words.text(), timeout=10_000)
    assert all(picture.image.isNull() for picture in page.strengths.pictures)
