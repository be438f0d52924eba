"""Layouts in wide and narrow windows, and the way of the Tab key through what was made late."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pue_desktop.ui.layouts import ButtonRow, Columns, reach_after

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform, about bare widgets


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    """A window that leaves what lies in it the size it is given, as the pages' scrolling area does."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 800)
    made.show()
    return made


def test_buttons_go_into_two_rows_where_there_is_no_room(host: QWidget, qtbot: QtBot) -> None:
    buttons = [QPushButton(text) for text in ("Open", "Compare these two", "Show", "Delete")]
    row = ButtonRow(*buttons, parent=host)
    whole = sum(button.sizeHint().width() for button in buttons)
    row.resize(whole + 200, 40)
    row.show()
    qtbot.wait(10)
    assert len({button.y() for button in buttons}) == 1
    assert buttons[-1].geometry().right() == row.width() - 1
    assert row.minimumSizeHint().width() < whole
    row.resize(row.minimumSizeHint().width(), 80)
    qtbot.wait(10)
    assert buttons[0].y() == buttons[1].y() < buttons[2].y() == buttons[3].y()
    assert all(button.width() >= button.sizeHint().width() for button in buttons)
    row.resize(whole + 200, 40)
    qtbot.wait(10)
    assert len({button.y() for button in buttons}) == 1


@pytest.mark.parametrize("result_first", [False, True])
def test_columns_stack_in_the_order_asked_for(host: QWidget, qtbot: QtBot, result_first: bool) -> None:
    left, right = QLabel("settings"), QLabel("result")
    right.setMinimumSize(200, 50)
    columns = Columns(left, right, host, width=300, result_first=result_first)
    columns.resize(700, 400)
    columns.show()
    qtbot.wait(10)
    assert left.x() < right.x()
    columns.resize(400, 700)
    qtbot.wait(10)
    assert left.x() == right.x()
    assert (right.y() < left.y()) is result_first


def test_what_is_made_late_is_reached_in_its_place(qtbot: QtBot) -> None:
    window, place = QWidget(), QWidget()
    outer, inner = QVBoxLayout(window), QVBoxLayout(place)
    first, last = QPushButton("first"), QPushButton("last")
    for widget in (first, place, last):
        outer.addWidget(widget)
    late = [QPushButton("late"), QPushButton("later")]
    for widget in late:
        inner.addWidget(widget)
    reach_after(place, *late)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    first.setFocus()
    seen = []
    for _ in range(4):
        focus = QApplication.focusWidget()
        assert isinstance(focus, QPushButton)
        seen.append(focus.text())
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert seen == ["first", "late", "later", "last"]
    assert place.focusPolicy() is Qt.FocusPolicy.NoFocus
