"""High contrast: asked for by the system or by the user, and honoured by what the window paints itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pue_desktop.engine.verify_report import VerifyReport
from pue_desktop.ui import contrast
from pue_desktop.ui.findings import FindingsView
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.pages.preferences import PreferencesPage
from pue_desktop.ui.text import label

ROLES = QPalette.ColorRole


@pytest.fixture(autouse=True)
def palette_kept(qapp: QApplication) -> Iterator[None]:
    """The palette and the wish for contrast are as they were, afterwards."""
    before = qapp.palette()
    yield
    qapp.setProperty("high contrast", False)
    contrast.apply_contrast("system")
    qapp.setPalette(before)


def ratio(one: QColor, other: QColor) -> float:
    """Contrast of two colours as WCAG 2.2 defines it, worked out apart from the program."""

    def luminance(color: QColor) -> float:
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (color.redF(), color.greenF(), color.blueF())
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_has_at_least_seven_to_one(qapp: QApplication, dark: bool) -> None:
    palette = contrast.high_palette(dark=dark)
    pairs = [
        (ROLES.WindowText, ROLES.Window),
        (ROLES.Text, ROLES.Base),
        (ROLES.ButtonText, ROLES.Button),
        (ROLES.HighlightedText, ROLES.Highlight),
        (ROLES.PlaceholderText, ROLES.Base),
        (ROLES.Link, ROLES.Base),
        (ROLES.ToolTipText, ROLES.ToolTipBase),
    ]
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        for text, ground in pairs:
            found = ratio(palette.color(group, text), palette.color(group, ground))
            least = 6.0 if group == QPalette.ColorGroup.Disabled else 7.0
            assert found >= least, (group, text, found)
    assert (palette.color(ROLES.Window).lightnessF() < 0.5) is dark


class Hints:
    """What a desktop says."""

    def __init__(self, wish: Qt.ContrastPreference) -> None:
        self._wish = wish

    def accessibility(self) -> "Hints":
        return self

    def contrastPreference(self) -> Qt.ContrastPreference:
        return self._wish


class Silent:
    """Qt before 6.10 has nothing to say."""


@pytest.mark.parametrize(
    ("says", "wanted"),
    [
        (Hints(Qt.ContrastPreference.HighContrast), True),
        (Hints(Qt.ContrastPreference.NoPreference), False),
        (Silent(), False),
    ],
)
def test_the_system_is_asked(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, says: object, wanted: bool) -> None:
    class Application:
        @staticmethod
        def styleHints() -> object:
            return says

    monkeypatch.setattr(contrast, "QGuiApplication", Application)
    contrast.apply_contrast("system")
    assert contrast.high() is wanted
    contrast.apply_contrast("high")
    assert contrast.high()


def test_windows_keeps_the_colours_of_its_own_themes(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    before = QGuiApplication.palette().color(ROLES.Base)
    monkeypatch.setattr(contrast, "system_wants", lambda: True)
    monkeypatch.setattr(contrast.sys, "platform", "win32")
    own = QPalette(qapp.palette())
    own.setColor(ROLES.Base, QColor("#102030"))
    qapp.setPalette(own)
    contrast.apply_contrast("system")
    assert contrast.high()
    assert QGuiApplication.palette().color(ROLES.Base) == QColor("#102030") != before


def test_the_user_asks_for_it_in_the_preferences(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page("preferences")
    assert isinstance(page, PreferencesPage)
    window.go_to("preferences")
    faint = next(one for one in page.findChildren(QLabel) if one.text().startswith("Runs that are there"))
    before = ratio(faint.palette().color(ROLES.WindowText), faint.palette().color(ROLES.Window))
    style = QApplication.style().objectName()
    page.contrast.setCurrentIndex(1)
    page.contrast.activated.emit(1)
    assert contrast.high()
    # Borders in the palette's colours, which Fusion does not draw.
    assert QApplication.style().objectName() == "windows" != style
    qtbot.wait(10)
    assert QGuiApplication.palette().color(ROLES.Window) in (QColor("white"), QColor("black"))
    after = ratio(faint.palette().color(ROLES.WindowText), QGuiApplication.palette().color(ROLES.Window))
    assert before < 15
    assert after > 20
    page.contrast.setCurrentIndex(0)
    page.contrast.activated.emit(0)
    assert not contrast.high()
    assert QApplication.style().objectName() == style


@pytest.mark.skipif(not hasattr(QStyleHints, "accessibility"), reason="Qt before 6.10 does not say")
def test_a_change_of_the_system_is_followed(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not contrast.high()
    style = QGuiApplication.styleHints()
    hints = style.accessibility()
    for wish in (Qt.ContrastPreference.HighContrast, Qt.ContrastPreference.NoPreference):
        monkeypatch.setattr(contrast, "system_wants", lambda wish=wish: wish == Qt.ContrastPreference.HighContrast)
        hints.contrastPreferenceChanged.emit(wish)
        assert contrast.high() is (wish == Qt.ContrastPreference.HighContrast)


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform, about a bare widget
@pytest.mark.parametrize("dark", [False, True])
def test_plots_and_banners(qtbot: QtBot, dark: bool) -> None:
    from pue_desktop.ui.plots import ABOVE, CHANCE, FOUND, PROTECTED, UNPROTECTED, DrawsPlot

    plot = DrawsPlot(title="t", x="x", y="y")
    qtbot.addWidget(plot)
    plain = plot.pen(PROTECTED, alpha=70)
    QApplication.instance().setProperty("high contrast", True)  # type: ignore[union-attr]
    palette = contrast.high_palette(dark=dark)
    plot.setPalette(palette)
    for name in (PROTECTED, UNPROTECTED, CHANCE, FOUND, ABOVE):
        assert ratio(plot.color(name), palette.color(ROLES.Base)) >= 7.0, name
    clear: Any = plot.pen(PROTECTED, alpha=70)
    assert clear.widthF() > plain.widthF()
    assert clear.color().alpha() > plain.color().alpha()
    view = FindingsView()
    qtbot.addWidget(view)
    for signed in (True, False):
        view.show_report(VerifyReport(folder="/x", signed=signed))
        banner = view.banner.palette()
        assert ratio(banner.color(ROLES.WindowText), banner.color(ROLES.Window)) >= 10
    assert view.table.showGrid()


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_quiet_words_are_quiet_without_it(qtbot: QtBot) -> None:
    quiet = label("quiet", dim=True)
    qtbot.addWidget(quiet)
    palette = QGuiApplication.palette()
    assert quiet.palette().color(ROLES.WindowText) != palette.color(ROLES.WindowText)
