"""Every text that the window paints can be read: 4.5 to 1 against what lies behind it, in every state and theme."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QProgressBar, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from fake_steps import FakeSteps
from pue_desktop import app
from pue_desktop.engine.errors import StorageError
from pue_desktop.engine.verify_report import Finding, VerifyReport
from pue_desktop.settings import Theme
from pue_desktop.ui.appearance import apply_theme, contrast
from pue_desktop.ui.config_form import Folded
from pue_desktop.ui.feedback import Message
from pue_desktop.ui.findings import FindingsView
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.text import label
from rendered import painted_texts

CONTRAST = 4.5
Settled = Callable[[], None]


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Theme]:
    """The program in one of its themes."""
    chosen: Theme = request.param
    # A window gives the program the preferred colours while it is built.
    monkeypatch.setattr(app, "apply_theme", lambda _theme: apply_theme(chosen))
    apply_theme(chosen)
    yield chosen
    apply_theme("system")


def faint(window: QWidget) -> list[str]:
    """Returns the texts with too little contrast; those of disabled widgets and of two-coloured bars don't count."""
    found = []
    for text in painted_texts(window):
        # Qt writes a bar's text twice, cut where its colour changes: each as the palette's test below has it.
        if text.contrast < CONTRAST and text.widget.isEnabled() and not isinstance(text.widget, QProgressBar):
            colors = f"{text.color.name()} on {text.ground.name()}"
            found.append(f"{text.words!r}: {colors}, {text.contrast:.1f}, {text.widget}")
    return found


def look_everywhere(window: MainWindow, qtbot: QtBot, state: str) -> int:
    """Checks all pages, unfolded and behind their tabs; returns how many texts there were."""
    count = 0
    for page in window.pages:
        window.go_to(page.name)
        for fold in page.findChildren(Folded):
            fold.button.setChecked(True)
        qtbot.wait(30)
        tabs = next(iter(page.findChildren(QTabWidget)), None)
        for tab in range(1 if tabs is None else tabs.count()):
            if tabs is not None:
                tabs.setCurrentIndex(tab)
                qtbot.wait(30)
            assert faint(window) == [], (state, page.name, tab)
            count += len(painted_texts(window))
    return count


@pytest.mark.usefixtures("theme")
def test_texts_of_every_page_while_empty_running_and_failed(
    window: MainWindow, images: Path, fake_steps: FakeSteps, settled: Settled, qtbot: QtBot
) -> None:
    window.log_dock.show()
    assert look_everywhere(window, qtbot, "empty") > 200
    window.open_path(images)
    settled()
    fake_steps.hold.clear()
    window.job_bar.run_button.click()
    qtbot.waitUntil(lambda: bool(window.series.get("craft", "loss").x), timeout=10_000)
    window.messages.show_message(Message("Something to know.", "And what to do.", action="&Do it"))
    look_everywhere(window, qtbot, "running")
    fake_steps.error = StorageError("The disk is full.", hint="Make room.")
    fake_steps.hold.set()
    settled()
    assert [message.text for message in window.messages.messages] == ["The disk is full.", "Something to know."]
    look_everywhere(window, qtbot, "failed")


def test_texts_of_every_page_when_done(theme: Theme, scanned: MainWindow, settled: Settled, qtbot: QtBot) -> None:
    assert (scanned.palette().color(QPalette.ColorRole.Window).lightnessF() < 0.5) is (theme == "dark")
    scanned.controller.start(scanned.controller.steps_left())
    settled()
    for name in ("protect", "certify", "inspect", "runs"):
        scanned.go_to(name)
        qtbot.wait(300)
    words = " ".join(text.words for text in painted_texts(scanned))
    assert "Last worked on" in words
    scanned.go_to("certify")
    qtbot.waitUntil(lambda: "no certificate" in [text.words for text in painted_texts(scanned)], timeout=5000)
    look_everywhere(scanned, qtbot, "done")
    for view in scanned.findChildren(QAbstractItemView):
        view.selectAll()
    look_everywhere(scanned, qtbot, "selected")


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform, about a bare widget
@pytest.mark.parametrize("ok", [True, False])
@pytest.mark.usefixtures("theme")
def test_the_answer_of_a_verification(qtbot: QtBot, ok: bool) -> None:
    view = FindingsView()
    qtbot.addWidget(view)
    view.show_report(report(ok=ok))
    view.show()
    assert ("✔ Verified" if ok else "✘ Not verified") in [text.words for text in painted_texts(view)]
    assert faint(view) == []


def report(*, ok: bool) -> VerifyReport:
    finding = Finding("pixels_changed", "images/a.png", "The pixels of images/a.png were changed.", not ok)
    return VerifyReport(folder="/out", signed=True, images=2, intact=2 if ok else 1, findings=(finding,))


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_the_check_finds_faint_text(qtbot: QtBot) -> None:
    box = label("barely there")
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor("#ffffff"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#808080"))
    box.setPalette(palette)
    box.setAutoFillBackground(True)
    qtbot.addWidget(box)
    box.show()
    (text,) = painted_texts(box)
    assert (text.words, text.color.name(), text.ground.name()) == ("barely there", "#808080", "#ffffff")
    assert round(text.contrast, 2) == 3.95
    assert len(faint(box)) == 1


def test_contrast_is_that_of_the_guideline() -> None:
    assert contrast(QColor("black"), QColor("white")) == 21.0
    # The guideline's own example of what is just enough and just too little on white.
    assert round(contrast(QColor("#767676"), QColor("white")), 2) == 4.54
    assert round(contrast(QColor("white"), QColor("#777777")), 2) == 4.48


def test_the_palette_is_readable_and_goes_back(qapp: QApplication) -> None:
    roles = QPalette.ColorRole
    before = qapp.palette()
    grounds = []
    try:
        for name in ("dark", "light", "system"):
            apply_theme(name)  # type: ignore[arg-type]
            palette = qapp.palette()
            grounds.append(palette.color(roles.Window).name())
            for text, ground in (
                (roles.WindowText, roles.Window),
                (roles.Text, roles.Base),
                (roles.Text, roles.AlternateBase),
                (roles.ButtonText, roles.Button),
                (roles.PlaceholderText, roles.Base),
                (roles.HighlightedText, roles.Highlight),
                (roles.ToolTipText, roles.ToolTipBase),
            ):
                assert contrast(palette.color(text), palette.color(ground)) >= CONTRAST, (name, text)
    finally:
        apply_theme("system")
    assert grounds == ["#323232", before.color(roles.Window).name(), before.color(roles.Window).name()]


def test_labels_follow_from_light_to_dark(window: MainWindow, qtbot: QtBot) -> None:
    quiet = next(one for one in window.findChildren(QLabel) if one.text().startswith("Originals are only read"))
    apply_theme("dark")
    try:
        qtbot.wait(10)
        assert contrast(quiet.palette().color(QPalette.ColorRole.WindowText), QColor("#323232")) >= CONTRAST
        assert quiet.palette().color(QPalette.ColorRole.WindowText).lightnessF() > 0.5
    finally:
        apply_theme("system")
