"""The Verify page over a real export, and the keys on the Export page."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QInputDialog
from pytestqt.qtbot import QtBot

import certified_run
from fake_steps import FakeSteps
from pue_desktop import app, settings
from pue_desktop.engine import identities, keys
from pue_desktop.ui import key_picker
from pue_desktop.ui.key_picker import KeyPicker, NewKeyDialog
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.pages.verify import VerifyPage


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certified_run.exported(tmp_path_factory.mktemp("exported"))


@pytest.fixture
def page(window: MainWindow) -> VerifyPage:
    found: Any = window.page("verify")
    window.go_to("verify")
    return found


def drop(page: VerifyPage, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    page.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )


def cells(page: VerifyPage) -> list[tuple[str, ...]]:
    table = page.result.table
    return [tuple(table.item(row, column).text() for column in range(3)) for row in range(table.rowCount())]


@pytest.mark.parametrize("name", ["", "certificate.pdf"])
def test_a_dropped_export_is_verified_in_green(
    page: VerifyPage, exported: Path, qtbot: QtBot, name: str, window: MainWindow
) -> None:
    page.key.setText(str(exported / "public.pem"))
    with qtbot.waitSignal(page.verifier.verified, timeout=10_000):
        drop(page, exported / "out" / name)
    assert page.result.isVisible()
    assert page.result.banner.heading.text() == "✔ Verified"
    assert "8 of 8 images are exactly as signed." in page.result.banner.words.text()
    assert page.result.banner.palette().window().color().green() > page.result.banner.palette().window().color().red()
    assert cells(page) == []
    assert not page.result.table.isVisible()
    assert window.sidebar.badge(4) == ""
    assert window.controller.snapshot is None  # nothing was opened


def test_a_tampered_export_is_red_with_every_finding_by_file(
    page: VerifyPage, exported: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    out = shutil.copytree(exported / "out", tmp_path / "out")
    (out / "images/class 0/0.png").unlink()
    (out / "images/<b>new.png").write_text("hello")
    with qtbot.waitSignal(page.verifier.verified, timeout=10_000):
        page.verify(out)
    assert page.result.banner.heading.text() == "✘ Not verified"
    assert "2 problems were found." in page.result.banner.words.text()
    assert page.result.banner.palette().window().color().red() > page.result.banner.palette().window().color().green()
    found = cells(page)
    assert found[0] == ("✘ Added", "images/<b>new.png", "images/<b>new.png is not in the certificate.")
    assert found[1] == ("✘ Missing", "images/class 0/0.png", "images/class 0/0.png is missing.")
    assert found[2][0] == "· Signed by"
    qtbot.mouseClick(page.result.copy_button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("NOT verified")
    assert "images/class 0/0.png is missing." in copied
    shutil.copy(exported / "out/images/class 0/0.png", out / "images/class 0/0.png")
    (out / "images/<b>new.png").unlink()
    with qtbot.waitSignal(page.verifier.verified, timeout=10_000):
        qtbot.mouseClick(page.again_button, Qt.MouseButton.LeftButton)
    assert page.result.banner.heading.text() == "✔ Verified"


def test_with_the_originals_the_change_is_measured_again(page: VerifyPage, exported: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.verifier.verified, timeout=10_000):
        page.verify(exported / "out", originals=exported / "source")
    assert any("Measured again on 8 images" in text for _, _, text in cells(page))


def test_what_can_not_be_verified_is_told_and_another_key_is_red(
    page: VerifyPage, exported: Path, qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    page.key.setText("nonsense")
    with qtbot.waitSignal(page.verifier.failed, timeout=10_000):
        page.verify(exported / "out")
    assert "neither a file nor 64 hexadecimal digits" in window.messages.messages[0].text
    assert not page.progress.isVisible()
    page.key.setText("ab" * 32)
    with qtbot.waitSignal(page.verifier.verified, timeout=10_000):
        page.verify(exported / "out")
    assert cells(page)[0][0] == "✘ Signed by"
    page.key.clear()
    (tmp_path / "no certificate.pdf").write_text("hello")
    with qtbot.waitSignal(page.verifier.verified, timeout=10_000):
        page.verify(tmp_path / "no certificate.pdf")
    assert page.result.banner.heading.text() == "✘ Not verified"
    assert page.result.banner.words.text().startswith("There is no certificate")


def test_it_can_be_stopped_and_the_answer_is_dropped(
    page: VerifyPage, exported: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pue_desktop.engine import verify

    real = verify.check_files

    def slow(*arguments: Any) -> Any:
        arguments[2]._cancelled.wait(10)
        return real(*arguments)

    monkeypatch.setattr(verify, "check_files", slow)
    page.verify(exported / "out")
    assert page.progress.isVisible()
    qtbot.mouseClick(page.cancel_button, Qt.MouseButton.LeftButton)
    assert not page.verifier.running
    assert not page.progress.isVisible()
    qtbot.wait(200)
    assert not page.result.isVisible()


def test_verify_on_the_export_page_goes_there_with_the_originals(
    scanned: MainWindow, fake_steps: FakeSteps, settled: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    scanned.controller.start(scanned.controller.steps_left())
    settled()
    export_page: Any = scanned.page("export")
    scanned.go_to("export")
    export_page.folder.setText(str(tmp_path / "out"))
    export_page.export_button.click()
    settled()
    page: Any = scanned.page("verify")
    with qtbot.waitSignal(page.verifier.verified, timeout=10_000):
        qtbot.mouseClick(export_page.verify_button, Qt.MouseButton.LeftButton)
    assert scanned.pages[scanned.sidebar.currentRow()] is page
    snapshot = scanned.controller.snapshot
    assert snapshot is not None
    assert page.originals.text() == str(snapshot.source)
    assert page.result.isVisible()


# Keys -----------------------------------------------------------------------------------------------------------------


def test_a_key_is_chosen_and_signs(window: MainWindow, qtbot: QtBot) -> None:
    page: Any = window.page("export")
    assert page.key.box.count() == 0
    window.go_to("export")
    assert page.key.box.count() == 1
    assert "made with the first export" in page.key.words.text()
    made = identities.create("The museum", "secret")
    page.key.show_key("default")
    assert [page.key.box.itemText(row) for row in range(2)] == ["default", "The museum (under a passphrase)"]
    page.key.box.setCurrentIndex(1)
    page.key.box.activated.emit(1)
    assert window.controller.plan.export.key == "The museum"
    assert made.key_id[:8] in page.key.words.text()


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform, about a bare widget
def test_a_new_key_needs_a_name_and_the_same_passphrase_twice(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = NewKeyDialog()
    qtbot.addWidget(dialog)
    accept = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not accept.isEnabled()
    dialog.name.setText("../x")
    assert not accept.isEnabled()
    dialog.name.setText("museum")
    assert accept.isEnabled()
    dialog.passphrase.setText("one")
    assert not accept.isEnabled()
    assert "not the same" in dialog.words.text()
    dialog.again.setText("one")
    assert accept.isEnabled()
    monkeypatch.setattr(dialog, "exec", lambda: QDialog.DialogCode.Accepted)
    monkeypatch.setattr(key_picker, "NewKeyDialog", lambda _parent: dialog)
    picker = KeyPicker()
    qtbot.addWidget(picker)
    picker.show()
    picker.show_key("default")
    with qtbot.waitSignal(picker.chosen) as told:
        picker.new_button.click()
    assert told.args == ["museum"]
    assert identities.identity("museum").locked
    assert dialog.passphrase.echoMode() is dialog.passphrase.EchoMode.Password


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform, about a bare widget
def test_a_locked_key_is_asked_for_until_it_opens_or_the_user_gives_up(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    identities.create("museum", "secret")
    monkeypatch.setattr(identities, "_unlocked", {})
    picker = KeyPicker()
    qtbot.addWidget(picker)
    answers = [("", False)]
    monkeypatch.setattr(QInputDialog, "getText", staticmethod(lambda *_: answers.pop(0)))
    assert not picker.unlock("museum")
    answers += [("wrong", True), ("secret", True)]
    assert picker.unlock("museum")
    assert not answers
    assert picker.unlock("museum")  # without asking again
    assert picker.unlock("default")  # there is none yet, and none needs a passphrase


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform, about a bare widget
def test_the_public_half_is_saved(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = identities.create("museum")
    picker = KeyPicker()
    qtbot.addWidget(picker)
    picker.show()
    picker.show_key("museum")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(tmp_path / "public.pem"), "")))
    picker.save_button.click()
    assert keys.key_id(keys.load_public(tmp_path / "public.pem")) == made.key_id


def test_page_size_and_key_are_remembered(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    page: Any = window.page("export")
    window.go_to("export")
    identities.create("museum")
    page.key.show_key("museum")
    page.key.box.activated.emit(page.key.box.findData("museum"))
    page.form.edited.emit("page", "Letter")
    window._store.save()
    again = app.compose(settings.Store(settings.default_path()))
    assert (again.controller.plan.export.page, again.controller.plan.export.key) == ("Letter", "museum")
    again.close()
    again.deleteLater()


def test_originals_that_were_typed_stay_and_those_filled_in_go(page: VerifyPage, exported: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.verifier.verified, timeout=10_000):
        page.verify(exported / "out", originals=exported / "source")
    with qtbot.waitSignal(page.verifier.verified, timeout=10_000):
        drop(page, exported / "out")
    assert not page.originals.text()
    page.originals.setText(str(exported / "source"))
    with qtbot.waitSignal(page.verifier.verified, timeout=10_000):
        drop(page, exported / "out")
    assert any("Measured again" in text for _, _, text in cells(page))
