"""The Export page over real exports: idle, ready, running, failed, done, reopened; what it tells beforehand is true."""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

import certified_run
from pue_desktop import app, settings
from pue_desktop.engine import certificate, export_image, export_space
from pue_desktop.engine.config import changed
from pue_desktop.engine.errors import StorageError
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.pages.export import ExportPage
from pue_desktop.ui.pages.verify import VerifyPage


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("certified")
    source = certified_run.write_photographs(base / "<b>source & co", classes=2, each=4)
    certified_run.certified(base / "run", source, certified_run.plan(base / "never"))
    return base


@pytest.fixture
def ready(
    window: MainWindow, certified: Path, tmp_path: Path, settled: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> ExportPage:
    """The page with a certified run open that was never exported, and a destination."""
    monkeypatch.setattr(certificate, "render_pdf", certified_run.small_pdf)
    shutil.copytree(certified / "run", tmp_path / "run")
    window.open_path(tmp_path / "run")
    settled()
    page: Any = window.page("export")
    window.go_to("export")
    page.folder.setText(str(tmp_path / "out"))
    return page


def told(page: ExportPage, qtbot: QtBot, words: str) -> None:
    qtbot.waitUntil(lambda: words in page.room.text(), timeout=5000)


def export(page: ExportPage, qtbot: QtBot, settled: Callable[[], None]) -> None:
    qtbot.waitUntil(page.export_button.isEnabled, timeout=5000)
    qtbot.mouseClick(page.export_button, Qt.MouseButton.LeftButton)
    settled()


def drawn(page: ExportPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(page.outcome.preview.area.isVisible, timeout=30_000)


def test_empty(window: MainWindow, qtbot: QtBot) -> None:
    page: Any = window.page("export")
    window.go_to("export")
    qtbot.wait(250)
    assert not page.export_button.isEnabled()
    assert page.what.text() == "Open a folder of images first."
    assert page.room.text() == ""
    assert page.outcome.nothing.isVisible()
    assert not page.outcome.box.isVisible()


def test_room_is_told_before_and_follows_settings_and_disk(
    ready: ExportPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = 40_000_000
    monkeypatch.setattr(export_space.shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10**9, 0, free))
    ready._check_soon()
    told(ready, qtbot, "Takes about 1 MB; 40 MB are free there.")
    free = 700_000
    ready._look_again.timeout.emit()
    told(ready, qtbot, "⚠ Not enough room: about 1 MB needed, 700 kB free.")
    assert not ready.what.isVisible()


def test_quality_is_asked_for_jpeg_only_and_transparency_told_beforehand(
    ready: ExportPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    box: Any = ready.form.field("format").focus_widget
    assert not ready.form.field("quality").isVisible()
    box.setCurrentIndex(box.findData("jpeg"))
    assert ready.desk.controller.plan.export.format == "jpeg"
    assert ready.form.field("quality").isVisible()
    assert "changes the pixels after they were certified" in ready.form.field("format").words.text()
    from pue_desktop.engine.exporters.jpeg import JPEG

    monkeypatch.setattr(JPEG, "modes", frozenset({"L"}))
    ready._check_soon()
    told(ready, qtbot, "⚠ The format jpeg can't store 8 of the images; the first is class 0/0.png (mode RGB).")
    qtbot.mouseClick(ready.export_button, Qt.MouseButton.LeftButton)
    assert not ready.desk.controller.busy
    assert ready.desk.messages.messages[0].text.startswith("The format jpeg can't store 8 of the images")
    monkeypatch.setattr(JPEG, "modes", frozenset({"L", "RGB"}))
    ready._look_again.timeout.emit()
    told(ready, qtbot, "Takes about")
    box.setCurrentIndex(box.findData("png"))
    assert not ready.form.field("quality").isVisible()


def test_what_becomes_of_what_is_there_is_told_beforehand(
    ready: ExportPage, qtbot: QtBot, tmp_path: Path, settled: Callable[[], None]
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "<b>mine.txt").write_text("mine")
    told(ready, qtbot, f"⚠ {tmp_path / 'out'} is not empty and not an export of this run.")
    box: Any = ready.form.field("conflict").focus_widget
    box.setCurrentIndex(box.findData("new-folder"))
    told(ready, qtbot, "It will go into out-2.")
    export(ready, qtbot, settled)
    assert (tmp_path / "out-2" / "certificate.json").is_file()
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["<b>mine.txt"]
    assert f"In: {tmp_path / 'out-2'}" in ready.facts.text()
    assert not ready.export_button.isEnabled()
    assert ready.what.text().startswith("This export is up to date.")
    ready.folder.setText(str(tmp_path / "other"))
    assert ready.export_button.isEnabled()
    assert not ready.what.isVisible()


def test_a_jpeg_export_is_measured_shown_and_verified_at_once(
    ready: ExportPage, qtbot: QtBot, settled: Callable[[], None], window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready.desk.controller.change("export", format="jpeg", quality=80)
    export(ready, qtbot, settled)
    facts = ready.facts.text()
    assert "about the images before compression to JPEG. Nothing is proved about the files." in facts
    assert "Measured: a typical file keeps" in facts
    assert not ready.stale.isVisible()
    drawn(ready, qtbot)
    pages = ready.outcome.preview.pages
    assert ready.outcome.preview.area.accessibleDescription() in {f"{count} pages" for count in (2, 3, 4)}
    assert pages.height() > 2 * pages.width()
    # Paper, with ink on it.
    picture = pages.grab().toImage()
    middle = [picture.pixelColor(picture.width() // 2, row).lightness() for row in range(20, picture.height() // 4)]
    assert max(middle) == 255
    assert min(middle) < 128
    bar = ready.outcome.preview.area.verticalScrollBar()
    qtbot.keyClick(ready.outcome.preview.area, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    qtbot.mouseClick(ready.outcome.open_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(ready.outcome.certificate_button, Qt.MouseButton.LeftButton)
    folder = ready.folder.text()
    assert [url.toLocalFile() for url in opened] == [folder, f"{folder}/certificate.pdf"]
    verify: Any = window.page("verify")
    assert isinstance(verify, VerifyPage)
    with qtbot.waitSignal(verify.verifier.verified, timeout=20_000):
        qtbot.mouseClick(ready.verify_button, Qt.MouseButton.LeftButton)
    assert verify.isVisible()
    assert verify.result.banner.heading.text() == "✔ Verified"
    assert "They are JPEG: what was proved is about the images before" in verify.result.banner.words.text()
    assert verify.result.table.item(verify.result.table.rowCount() - 1, 0).text() == "· Compression"


def test_a_full_disk_is_told_and_the_export_goes_on(
    ready: ExportPage, qtbot: QtBot, settled: Callable[[], None], window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = Path(ready.folder.text())

    write = export_image.write_atomically

    def full_from_the_second_class_on(path: Path, data: Any, **how: Any) -> str:
        if path.parent.name == "class 1":
            raise StorageError(f"There is no space left for {path}.") from OSError(errno.ENOSPC, "full")
        return write(path, data, **how)

    monkeypatch.setattr(export_image, "write_atomically", full_from_the_second_class_on)
    export(ready, qtbot, settled)
    assert "There is no space left for" in window.messages.messages[0].text
    assert ready.what.text().startswith("The last export did not end.")
    assert ready.export_button.text() == "Continue the e&xport"
    assert ready.outcome.nothing.isVisible()
    assert not (out / "certificate.json").exists()
    kept = {path: path.stat().st_mtime_ns for path in out.rglob("*.png")}
    monkeypatch.setattr(export_image, "write_atomically", write)
    export(ready, qtbot, settled)
    assert ready.export_button.text() == "E&xport"
    assert len(list(out.rglob("*.png"))) == 8
    assert sum(path.stat().st_mtime_ns == time for path, time in kept.items()) == 4
    assert ready.outcome.box.isVisible()


def test_reopened_it_shows_the_export_and_that_its_folder_is_gone(
    ready: ExportPage,
    qtbot: QtBot,
    settled: Callable[[], None],
    tmp_path: Path,
    no_doctor: None,
) -> None:
    export(ready, qtbot, settled)
    other = app.compose(settings.Store(settings.default_path()))
    qtbot.addWidget(other)
    other.resize(1280, 800)
    other.show()
    other.open_path(tmp_path / "run")
    page: Any = other.page("export")
    qtbot.waitUntil(lambda: other.controller.snapshot is not None and not other.controller.refreshing, timeout=5000)
    assert page.outcome.box.isVisibleTo(page)
    # Nothing is drawn before somebody looks.
    assert not page.outcome.preview.preview.running
    other.go_to("export")
    assert page.outcome.preview.preview.running
    assert page.outcome.preview.words.text() == "Drawing the certificate…"
    other.go_to("images")
    assert not page.outcome.preview.preview.running
    other.go_to("export")
    drawn(page, qtbot)
    assert page.folder.text() == str(tmp_path / "out")
    shutil.rmtree(tmp_path / "out")
    other.controller.refresh()
    qtbot.waitUntil(page.stale.isVisible, timeout=5000)
    assert page.stale.text().startswith("This folder is no longer there.")
    assert not page.verify_button.isEnabled()
    assert not page.outcome.preview.isVisible()
    assert page.export_button.isEnabled()
    other.close()


def test_a_damaged_certificate_is_told_in_words(
    ready: ExportPage, qtbot: QtBot, settled: Callable[[], None], window: MainWindow, tmp_path: Path
) -> None:
    export(ready, qtbot, settled)
    drawn(ready, qtbot)
    (tmp_path / "out" / "certificate.json").write_text("<b>not</b> json")
    window.controller.refresh()
    preview = ready.outcome.preview
    qtbot.waitUntil(lambda: "can't be shown here: " in preview.words.text(), timeout=30_000)
    assert not preview.area.isVisible()


def test_settings_of_the_window_reach_the_export(
    ready: ExportPage, qtbot: QtBot, settled: Callable[[], None], tmp_path: Path
) -> None:
    for name, value in (("naming", "numbered"), ("metadata", "none"), ("format", "tiff")):
        box: Any = ready.form.field(name).focus_widget
        box.setCurrentIndex(box.findData(value))
    plan = ready.desk.controller.plan
    assert plan == msgspec.structs.replace(
        plan, export=changed(plan.export, naming="numbered", metadata="none", format="tiff")
    )
    export(ready, qtbot, settled)
    assert sorted(path.name for path in (tmp_path / "out/images/class 0").iterdir()) == [
        f"000{number}.tiff" for number in (1, 2, 3, 4)
    ]
