"""Everything that can be worked has a name, hidden or not; nothing is cut off; lines of plots are clear.

That Tab leads everywhere is in test_tab_order.py, that texts can be read in test_readable.py.
"""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from fake_steps import FakeSteps
from pue_desktop.ui.appearance import contrast
from pue_desktop.ui.main_window import MainWindow
from rendered import interactive


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


@pytest.mark.parametrize(("text", "ground"), [("#000000", "#efefef"), ("#f0f0f0", "#2b2b2b")])
def test_lines_of_plots_are_clear(qtbot: QtBot, text: str, ground: str) -> None:
    from pue_desktop.ui.curve_plot import CurvePlot
    from pue_desktop.ui.plots import ABOVE, BEYOND, FOUND, PROTECTED, UNPROTECTED

    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor(text))
    palette.setColor(QPalette.ColorRole.Base, QColor(ground))
    plot = CurvePlot(title="t", x="x", y="y")
    qtbot.addWidget(plot)
    plot.setPalette(palette)
    for name in (PROTECTED, UNPROTECTED, FOUND, ABOVE, BEYOND, "chance"):
        assert contrast(plot.color(name), QColor(ground)) >= 4.5, name
