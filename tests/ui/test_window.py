"""The window through every state: empty, scanned, running, paused, cancelled, failed, done, reopened, closing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from fake_steps import FakeSteps
from pue_desktop import app, settings
from pue_desktop.engine.run import Run
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.pages.certify import CertifyPage
from pue_desktop.ui.pages.export import ExportPage
from pue_desktop.ui.pages.images import ImagesPage
from pue_desktop.ui.pages.protect import ProtectPage
from pue_desktop.workers.controller import Activity, Controller

STEPS = ("images", "protect", "certify", "export")


def pages(window: MainWindow) -> tuple[ImagesPage, ProtectPage, CertifyPage, ExportPage]:
    found: Any = tuple(window.page(name) for name in STEPS)
    return found


def badges(window: MainWindow) -> list[str]:
    names = [page.name for page in window.pages]
    return [window.sidebar.badge(names.index(name)) for name in STEPS]


def shown(window: MainWindow) -> str:
    return window.pages[window.sidebar.currentRow()].name


def protect(window: MainWindow, qtbot: QtBot, settled: Callable[[], None]) -> None:
    qtbot.mouseClick(window.job_bar.run_button, Qt.MouseButton.LeftButton)
    settled()


def test_empty(window: MainWindow) -> None:
    images, *_ = pages(window)
    assert images.stack.currentWidget() is images.drop_target
    assert badges(window) == ["", "", "", ""]
    assert not window.job_bar.run_button.isEnabled()
    assert not window.job_bar.cancel_button.isVisible()


def test_dropped_folder_is_scanned_and_kept_apart(window: MainWindow, images: Path, settled: Any) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(images))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)
    settled()
    page, *_ = pages(window)
    assert page.table.classes.rowCount() == 2
    assert page.left_out.refused.rowCount() == 1
    assert page.totals.text().startswith("20 images in 2 classes")
    run = window.controller.run_path
    assert run is not None
    assert not run.is_relative_to(images)
    assert badges(window) == ["✔ Done", "To do", "To do", "To do"]
    assert settings.Store(settings.default_path()).value.recent_folders == ()
    assert window._store.value.recent_folders == (str(images),)


def test_markup_in_names_is_plain_text(scanned: MainWindow) -> None:
    page, *_ = pages(scanned)
    refused = page.left_out.refused
    assert "<img src=x> & co.jpg" in refused.data(refused.index(0, 0))
    assert "&lt;img" in refused.data(refused.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    for text in scanned.findChildren(QLabel):
        assert text.textFormat() == Qt.TextFormat.PlainText, text.text()


def test_hold_out_is_rescanned(scanned: MainWindow, settled: Any, qtbot: QtBot) -> None:
    page, *_ = pages(scanned)
    page.options.hold_out.setValue(40)
    qtbot.waitUntil(lambda: scanned.controller.busy, timeout=5000)
    settled()
    snapshot = scanned.controller.snapshot
    assert snapshot is not None
    assert snapshot.index is not None
    assert snapshot.index.counts("hold_out") == [4, 4]


def test_whole_job_then_export(
    scanned: MainWindow, fake_steps: FakeSteps, qtbot: QtBot, settled: Any, tmp_path: Path
) -> None:
    _, protect_page, certify_page, export_page = pages(scanned)
    protect(scanned, qtbot, settled)
    assert fake_steps.ran == ["craft", "certify", "stress"]
    assert badges(scanned) == ["✔ Done", "✔ Done", "✔ Done", "To do"]
    assert scanned.job_bar.run_button.text() == "&Export…"
    assert len(scanned.series.get("craft", "loss").x) == fake_steps.ticks
    assert len(scanned.series.get("certify", "draw/protected").x) == 60
    assert protect_page.compare.choice.count() == 2
    assert protect_page.compare.choice.itemText(0) == "<i>kind</i>-0: a.png"
    assert "at most 3 of 255" in protect_page.compare.caption.text()
    scanned.go_to("certify")
    qtbot.waitUntil(lambda: certify_page.plots is not None, timeout=5000)
    assert certify_page.plots is not None
    assert (
        "protected: at most 50.0\xa0% at η 0, 52.0\xa0% at η 0.08" in certify_page.plots.curve.accessibleDescription()
    )
    assert "at least 90\xa0% recognise no more than 52.0\xa0% of the 4 clean images" in certify_page.meaning.text()
    assert "measured, not certified" in certify_page.limits.text()
    assert "get 62.5\xa0% of 4 others right; the curve is at 50.5\xa0%. That is no contradiction: the" in (
        certify_page.searched.text()
    )
    assert certify_page.searched.isVisible()
    assert "found at η 0.02: 62.5\xa0%, certified at most 50.5\xa0%, above the curve; found at η 0.08: 50.0" in (
        certify_page.plots.curve.accessibleDescription()
    )
    action = next(button for button in scanned.messages.findChildren(QAbstractButton) if button.text() == "&Export…")
    qtbot.mouseClick(action, Qt.MouseButton.LeftButton)
    assert shown(scanned) == "export"
    export_page.folder.setText(str(tmp_path / "out"))
    qtbot.mouseClick(export_page.export_button, Qt.MouseButton.LeftButton)
    settled()
    assert fake_steps.ran[-1] == "export"
    assert badges(scanned)[3] == "✔ Done"
    assert "Largest change of any pixel: 8 of 255" in export_page.facts.text()
    assert export_page.result_box.isVisible()


def test_export_into_the_source_is_refused(scanned: MainWindow, images: Path, qtbot: QtBot) -> None:
    export_page = pages(scanned)[3]
    scanned.go_to("export")
    export_page.folder.setText(str(images / "out"))
    qtbot.mouseClick(export_page.export_button, Qt.MouseButton.LeftButton)
    assert not scanned.controller.busy
    assert "originals" in scanned.messages.messages[0].text


def test_pause_resume_and_stop(scanned: MainWindow, fake_steps: FakeSteps, qtbot: QtBot, settled: Any) -> None:
    fake_steps.hold.clear()
    bar = scanned.job_bar
    qtbot.mouseClick(bar.run_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(scanned.series.get("craft", "loss").x), timeout=5000)
    assert shown(scanned) == "protect"
    assert badges(scanned)[1] == "Working…"
    assert bar.pause_button.isVisible()
    assert not bar.run_button.isVisible()
    assert not pages(scanned)[1].choices.isEnabled()
    qtbot.mouseClick(bar.pause_button, Qt.MouseButton.LeftButton)
    assert scanned.controller.activity is Activity.PAUSED
    assert bar.resume_button.isVisible()
    assert badges(scanned)[1] == "Paused"
    qtbot.mouseClick(bar.resume_button, Qt.MouseButton.LeftButton)
    assert scanned.controller.activity is Activity.RUNNING
    qtbot.mouseClick(bar.cancel_button, Qt.MouseButton.LeftButton)
    settled()
    assert badges(scanned)[1] == "◐ Half-way"
    assert bar.text.text().startswith("Stopped.")
    assert bar.run_button.text() == "&Continue"
    fake_steps.hold.set()
    protect(scanned, qtbot, settled)
    assert badges(scanned)[1] == "✔ Done"
    assert fake_steps.ran == ["craft", "craft", "certify", "stress"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (RuntimeError("shape <b>mismatch</b>"), "RuntimeError: shape <b>mismatch</b>"),
        (MemoryError(), "not enough memory"),
        (SystemExit(3), "SystemExit"),
    ],
    ids=["runtime", "memory", "exit"],
)
def test_any_failure_is_told(  # noqa: PLR0917 (fixtures)
    scanned: MainWindow, fake_steps: FakeSteps, qtbot: QtBot, settled: Any, error: BaseException, words: str
) -> None:
    fake_steps.error = error
    protect(scanned, qtbot, settled)
    message = scanned.messages.messages[0]
    assert words in message.text
    assert words in scanned.log.toPlainText()
    assert scanned.log.toPlainText().endswith("certify, stress: failed")
    assert "Traceback" in message.details
    assert badges(scanned)[1] == "◐ Half-way"
    assert "error" in scanned.job_bar.text.text()
    button = next(one for one in scanned.messages.findChildren(QAbstractButton) if one.text() == "Copy &details")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "Traceback" in QApplication.clipboard().text()


def test_changed_settings_make_stale(scanned: MainWindow, qtbot: QtBot, settled: Any, fake_steps: FakeSteps) -> None:
    protect(scanned, qtbot, settled)
    page = pages(scanned)[1]
    page.strength.slider.setValue(2)
    assert scanned.controller.plan.craft.epsilon_255 == 16
    settled()
    assert badges(scanned) == ["✔ Done", "↻ Out of date", "↻ Out of date", "To do"]
    assert "16 of 255" in page.strength.words.text()
    page.strength.slider.setValue(1)
    settled()
    assert badges(scanned)[1] == "✔ Done"
    page.effort.box.setCurrentIndex(1)
    page.effort.box.activated.emit(1)
    assert scanned.controller.plan.craft.surrogate == "resnet18"
    assert scanned.controller.plan.craft.epsilon_255 == 8
    assert page.form.field("steps").focus_widget.property("value") == 4000


def test_abstention_and_fragile_certificates_are_told(
    scanned: MainWindow, fake_steps: FakeSteps, qtbot: QtBot, settled: Any
) -> None:
    page = pages(scanned)[2]
    fake_steps.distinguishes = False
    protect(scanned, qtbot, settled)
    assert "does not show that the protection works" in page.meaning.text()
    fake_steps.abstain = True
    scanned.controller.change("certify", draws=50)
    settled()
    protect(scanned, qtbot, settled)
    assert fake_steps.ran == ["craft", "certify", "stress", "certify", "stress"]
    assert "No value can be certified" in page.meaning.text()
    assert "459 draws are needed" in page.meaning.text()


def test_reopened_run_goes_on(
    scanned: MainWindow, fake_steps: FakeSteps, qtbot: QtBot, settled: Any, no_doctor: None
) -> None:
    fake_steps.hold.clear()
    scanned.controller.change("craft", steps=77, epsilon_255=4)
    settled()
    qtbot.mouseClick(scanned.job_bar.run_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(scanned.series.get("craft", "loss").x), timeout=5000)
    scanned.controller.cancel()
    settled()
    path = scanned.controller.run_path
    assert path is not None
    other = app.compose(settings.Store(settings.default_path()))
    qtbot.addWidget(other)
    other.show()
    other.open_path(path)
    qtbot.waitUntil(lambda: other.controller.snapshot is not None, timeout=5000)
    assert other.controller.plan.craft.steps == 77
    assert other.controller.plan.craft.epsilon_255 == 4
    assert len(other.series.get("craft", "loss").x) >= 1
    assert pages(other)[1].compare.choice.count() == 2
    assert badges(other) == ["✔ Done", "◐ Half-way", "To do", "To do"]
    assert other.job_bar.run_button.text() == "&Continue"
    assert "craft: crafting" in other.log.toPlainText()
    assert not other.log_dock.isVisible()
    fake_steps.hold.set()
    qtbot.mouseClick(other.job_bar.run_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: badges(other)[2] == "✔ Done", timeout=10_000)
    qtbot.waitUntil(lambda: not other.controller.busy and not other.controller.refreshing, timeout=10_000)
    other.close()


def test_two_windows_on_one_run(scanned: MainWindow, qtbot: QtBot, settled: Any) -> None:
    path = scanned.controller.run_path
    assert path is not None
    with Run.open(path).locked():
        protect(scanned, qtbot, settled)
    assert "Another program is working" in scanned.messages.messages[0].text


def test_bad_folders_are_told(window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: Any) -> None:
    window.open_path(tmp_path / "nowhere")
    assert "is not a folder" in window.messages.messages[0].text
    window.controller.runs_folder = tmp_path / "mine" / "runs"
    (tmp_path / "mine").mkdir()
    window.open_path(tmp_path / "mine")
    assert "keeps its runs" in window.messages.messages[0].text
    assert not window.controller.busy
    old = tmp_path / "old"
    old.mkdir()
    (old / "run.json").write_text('{"schema": 99}')
    window.open_path(old)
    qtbot.waitUntil(lambda: bool(window.messages.messages), timeout=5000)
    assert "a newer version" in window.messages.messages[0].text


def answer_with(role: QMessageBox.ButtonRole, asked: list[str]) -> Callable[[], None]:
    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        next(button for button in box.buttons() if box.buttonRole(button) == role).click()

    return answer


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform, about any dialog
def test_closing_while_busy_asks(scanned: MainWindow, fake_steps: FakeSteps, qtbot: QtBot) -> None:
    fake_steps.hold.clear()
    controller: Controller = scanned.controller
    qtbot.mouseClick(scanned.job_bar.run_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(scanned.series.get("craft", "loss").x), timeout=5000)
    asked: list[str] = []
    QTimer.singleShot(0, answer_with(QMessageBox.ButtonRole.RejectRole, asked))
    assert not scanned.close()
    assert scanned.isVisible()
    assert controller.activity is Activity.RUNNING
    QTimer.singleShot(0, answer_with(QMessageBox.ButtonRole.DestructiveRole, asked))
    scanned.close()
    qtbot.waitUntil(lambda: not scanned.isVisible(), timeout=5000)
    assert len(asked) == 2
    assert not controller.busy
    path = controller.run_path
    assert path is not None
    record = Run.open(path).record("craft")
    assert record is not None
    assert not record.done
