"""The Tab key leads to everything that can be worked, from top to bottom, and it shows where it is."""

import itertools
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from fake_steps import FakeSteps
from pue_desktop.engine.errors import StorageError
from pue_desktop.ui.config_form import Folded
from pue_desktop.ui.feedback import Message
from pue_desktop.ui.main_window import MainWindow
from rendered import interactive

Settled = Callable[[], None]
MOST = 150
SEEN_AROUND = 4
SEEN = 10  # pixels: a text cursor has that many


def walk(window: MainWindow, qtbot: QtBot) -> list[QWidget]:
    """Returns what has the focus after each press of Tab, beginning with the list of pages, once around.

    Each must look other with the focus than without.
    """
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    window.sidebar.setFocus()
    # Where keys go is shown once Tab was pressed.
    qtbot.keyClick(window.sidebar, Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is window.sidebar
    found: list[QWidget] = []
    for _ in range(MOST):
        focus = QApplication.focusWidget()
        assert focus is not None, f"nothing has the focus after {[named(one) for one in found[-2:]]}"
        if focus in found:
            break
        found.append(focus)
        around = place(focus, window).adjusted(-SEEN_AROUND, -SEEN_AROUND, SEEN_AROUND, SEEN_AROUND)
        with_focus = window.grab(around).toImage()
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
        if place(focus, window).adjusted(-SEEN_AROUND, -SEEN_AROUND, SEEN_AROUND, SEEN_AROUND) == around:
            pixels = changed(window.grab(around).toImage(), with_focus)
            assert pixels >= SEEN, f"no visible focus: {named(focus)}"
    assert focus is window.sidebar, f"Tab does not come back from {named(focus)}"
    return found


def changed(one: QImage, other: QImage) -> int:
    """Returns how many pixels became clearly lighter or darker: by a contrast of 1.5 and more."""
    found = []
    for image in (one, other):
        gray = image.convertToFormat(QImage.Format.Format_Grayscale8)
        rows = np.frombuffer(gray.constBits(), np.uint8).reshape(gray.height(), gray.bytesPerLine())
        found.append((rows[:, : gray.width()] / 255) ** 2.2 + 0.05)
    return int((np.maximum(*found) / np.minimum(*found) >= 1.5).sum())


def place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def named(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName()!r}"


def upwards(order: list[QWidget]) -> list[str]:
    """Returns steps of Tab that go up without going to the right, or back within a line: nobody reads like that."""
    found = []
    for one, other in itertools.pairwise(order):
        before, after = side_by_side(one, other)
        middle = after.center().y()
        line = before.top() < middle < before.bottom() or after.top() < before.center().y() < after.bottom()
        if (after.bottom() <= before.top() and after.left() < before.right()) or (
            line and after.right() <= before.left()
        ):
            found.append(f"{named(one)} at {before} → {named(other)} at {after}")
    return found


def side_by_side(one: QWidget, other: QWidget) -> tuple[QRect, QRect]:
    """Returns where two widgets lie, or the boxes that they are in, in the innermost widget that holds both."""
    inside = one.parentWidget()
    while not inside.isAncestorOf(other):
        inside = inside.parentWidget()
    found = []
    for widget in (one, other):
        while widget.parentWidget() is not inside:
            widget = widget.parentWidget()  # noqa: PLW2901
        found.append(widget.geometry())
    return found[0], found[1]


def check(window: MainWindow, qtbot: QtBot, state: str) -> int:
    """Walks through every page; returns how many widgets had the focus."""
    count = 0
    for page in window.pages:
        window.go_to(page.name)
        for fold in page.findChildren(Folded):
            fold.button.setChecked(True)
        qtbot.wait(50)
        order = walk(window, qtbot)
        wanted = [one for one in interactive(window) if one.isVisible() and one.isEnabled()]
        wanted += [bar for bar in page.findChildren(QTabBar) if bar.isVisible()]
        missed = [named(one) for one in wanted if one not in order]
        assert not missed, (state, page.name)
        nameless = [one for one in order if not one.accessibleName()]
        assert not nameless, (state, page.name)
        assert upwards(order) == [], (state, page.name)
        count += len(order)
    return count


def test_before_anything_is_open(window: MainWindow, qtbot: QtBot) -> None:
    assert check(window, qtbot, "empty") > 30


def test_while_something_runs_and_after_it_failed(
    scanned: MainWindow, fake_steps: FakeSteps, qtbot: QtBot, settled: Settled
) -> None:
    scanned.log_dock.show()
    fake_steps.hold.clear()
    scanned.job_bar.run_button.click()
    qtbot.waitUntil(lambda: bool(scanned.series.get("craft", "loss").x), timeout=10_000)
    scanned.messages.show_message(Message("Something to know.", "And what to do.", action="&Do it"))
    check(scanned, qtbot, "running")
    fake_steps.error = StorageError("The disk is full.", hint="Make room.")
    fake_steps.hold.set()
    settled()
    check(scanned, qtbot, "failed")


def test_when_all_is_done(scanned: MainWindow, settled: Settled, qtbot: QtBot) -> None:
    scanned.controller.start(scanned.controller.steps_left())
    settled()
    for name in ("protect", "certify", "inspect", "runs"):
        scanned.go_to(name)
        qtbot.wait(300)
    assert check(scanned, qtbot, "done") > 120
