"""Everything that can be worked has a name and can be reached with the keyboard, in light and dark."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fake_steps import FakeSteps
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.text import label

INTERACTIVE = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QAbstractItemView)


def interactive(window: MainWindow) -> list[QWidget]:
    found = []
    for widget in window.findChildren(QWidget):
        inside = widget.parent()
        if isinstance(widget, QScrollBar) or isinstance(inside, QTabBar | QAbstractItemView | QComboBox):
            continue
        if isinstance(widget, QLineEdit) and isinstance(inside, QAbstractSpinBox):
            continue
        kinds = {one.metaObject().className() for one in (widget, inside) if one is not None}
        if kinds & {"QTableCornerButton", "QComboBoxPrivateContainer"} or widget.objectName().startswith("qt_"):
            continue
        if isinstance(widget, INTERACTIVE):
            found.append(widget)
    return found


def done(scanned: MainWindow, settled: Any, qtbot: QtBot) -> None:
    scanned.controller.start(scanned.controller.steps_left())
    settled()
    for name in ("protect", "inspect", "certify", "stress", "export", "verify", "runs", "preferences", "images"):
        scanned.go_to(name)
        qtbot.wait(300)


def test_everything_has_a_name_and_takes_the_tab_key(
    scanned: MainWindow, fake_steps: FakeSteps, settled: Any, qtbot: QtBot
) -> None:
    done(scanned, settled, qtbot)
    found = interactive(scanned)
    assert len(found) > 40
    for widget in found:
        assert widget.accessibleName(), widget
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, (widget, widget.accessibleName())
    plots: Any = scanned.page("protect")
    assert "loss:" in plots.plots["loss"].accessibleDescription()


def test_tab_goes_round(scanned: MainWindow, qtbot: QtBot) -> None:
    scanned.go_to("protect")
    scanned.activateWindow()
    scanned.sidebar.setFocus()
    names = []
    for _ in range(12):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        names.append(focus.accessibleName())
    for name in ("Strength", "Effort", "Device", "Advanced settings", "Protect these images"):
        assert name in names


def test_nothing_is_cut_off_in_a_small_window(scanned: MainWindow, settled: Any, qtbot: QtBot) -> None:
    done(scanned, settled, qtbot)
    for width, height in ((1280, 800), (640, 400)):
        scanned.resize(width, height)
        for name in ("images", "protect", "inspect", "certify", "stress", "export", "verify", "runs", "preferences"):
            scanned.go_to(name)
            qtbot.wait(20)
            page = scanned.page(name)
            area = next(one for one in scanned.findChildren(QScrollArea) if one.widget() is page)
            missing = page.width() - area.viewport().width()
            assert missing <= 0 or area.horizontalScrollBar().isVisible(), (name, width)
            for text in page.findChildren(QLabel):
                if text.isVisible() and text.text():
                    needed = text.heightForWidth(text.width()) if text.wordWrap() else text.sizeHint().height()
                    assert text.height() >= needed - 2, (name, width, text.text())


def contrast(one: QColor, other: QColor) -> float:
    def luminance(color: QColor) -> float:
        parts = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (color.redF(), color.greenF(), color.blueF())
        )
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform, about a bare widget
@pytest.mark.parametrize(("text", "ground"), [("#000000", "#efefef"), ("#f0f0f0", "#2b2b2b")])
def test_quiet_text_and_plots_are_readable(qtbot: QtBot, text: str, ground: str) -> None:
    from pue_desktop.ui.curve_plot import CurvePlot
    from pue_desktop.ui.plots import PROTECTED, UNPROTECTED

    palette = QPalette()
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        palette.setColor(role, QColor(text))
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
        palette.setColor(role, QColor(ground))
    parent = QWidget()
    qtbot.addWidget(parent)
    quiet = label("quiet", dim=True)
    quiet.setParent(parent)
    parent.show()
    before = QApplication.palette()
    try:
        QApplication.setPalette(palette)
        qtbot.wait(10)
        assert contrast(quiet.palette().color(QPalette.ColorRole.WindowText), QColor(ground)) >= 4.5
    finally:
        QApplication.setPalette(before)
    plot = CurvePlot(title="t", x="x", y="y")
    qtbot.addWidget(plot)
    plot.setPalette(palette)
    for name in (PROTECTED, UNPROTECTED, "chance"):
        assert contrast(plot.color(name), QColor(ground)) >= 4.5, name
