"""The Images page with real widgets: labels, test folder, pictures by class, files left out, drops, recent folders."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pictures import folder, picture
from pue_desktop.engine.results import SkippedFile
from pue_desktop.ui.drops import Dropped, understood
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.pages.images import ImagesPage
from pue_desktop.ui.refused_list import RefusedList

Settled = Callable[[], None]


def images_page(window: MainWindow) -> ImagesPage:
    page = window.page("images")
    assert isinstance(page, ImagesPage)
    return page


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))


def left_out(page: ImagesPage) -> list[tuple[str, str]]:
    return [(file.path, file.reason) for file in page.left_out.refused.files]


@pytest.fixture
def flat(tmp_path: Path) -> Path:
    """Eight pictures side by side, of two kinds, and a table beside the folder that names all but one."""
    root = tmp_path / "flat"
    root.mkdir()
    for number in range(8):
        picture(number % 2, number).save(root / f"{number}.png")
    (tmp_path / "labels.csv").write_text("".join(f"{number}.png,{'ab'[number % 2]}<b>\n" for number in range(7)))
    return root


def test_a_flat_folder_tells_every_file_and_takes_labels(window: MainWindow, flat: Path, settled: Settled) -> None:
    page = images_page(window)
    window.open_path(flat)
    settled()
    assert "no class folders" in window.messages.messages[0].text
    assert left_out(page) == [(f"{number}.png", "it lies in no class folder") for number in range(8)]
    assert page.tabs.isVisible()
    assert not page.tabs.isTabVisible(0)
    assert page.left_out.words.text() == "Nothing can be protected until this is mended."
    assert not page.next_button.isEnabled()
    drop(window, flat.parent / "labels.csv")
    settled()
    assert page.table.classes.name(0) == "a<b>"
    assert page.tabs.currentIndex() == 0
    assert left_out(page) == [("7.png", "the labels file does not name it")]
    assert page.options.labels_words.text() == f"from {flat.parent / 'labels.csv'}"
    assert page.totals.text() == "7 images in 2 classes: 5 to learn from, 2 held out to measure with."
    page.options.folders_button.click()
    settled()
    assert window.controller.plan.scan.labels == ""
    assert left_out(page)[0] == ("0.png", "it lies in no class folder")


def test_bad_lines_are_all_listed_and_stay(window: MainWindow, flat: Path, settled: Settled) -> None:
    page = images_page(window)
    bad = flat.parent / "bad.csv"
    bad.write_text("0.png,a\n1.png;b\n\nnone.png,b\n")
    drop(window, flat, bad)
    settled()
    assert left_out(page) == [
        ("bad.csv, line 2", "path and label are parted by a semicolon; a comma is needed"),
        ("bad.csv, line 4", "there is no file none.png in the folder"),
    ]
    window.messages.clear()
    window.controller.refresh()
    settled()
    assert len(left_out(page)) == 2


def test_none_usable_keeps_the_reasons(window: MainWindow, tmp_path: Path, settled: Settled) -> None:
    root = folder(tmp_path / "broken", images=2)
    for path in root.rglob("*.png"):
        path.write_text("not an image")
    window.open_path(root)
    settled()
    assert "None of the files" in window.messages.messages[0].text
    assert len(left_out(images_page(window))) == 4


def test_labels_without_a_folder_are_told(window: MainWindow, flat: Path) -> None:
    drop(window, flat.parent / "labels.csv")
    assert "no folder of images yet" in window.messages.messages[0].text
    assert window.controller.snapshot is None


def test_another_folder_starts_without_the_labels_of_the_last(
    window: MainWindow, flat: Path, settled: Settled, tmp_path: Path
) -> None:
    drop(window, flat, flat.parent / "labels.csv")
    settled()
    window.open_path(folder(tmp_path / "other", images=4))
    settled()
    assert window.controller.plan.scan.labels == ""
    assert images_page(window).table.classes.name(0) == "kind-0"


def test_own_test_folder(scanned: MainWindow, settled: Settled, tmp_path: Path) -> None:
    page = images_page(scanned)
    assert page.options.hold_out.isVisible()
    page.options.test_folder_chosen.emit(folder(tmp_path / "measured", images=3))
    settled()
    assert page.totals.text() == "26 images in 2 classes: 20 to learn from, 6 held out to measure with."
    assert not page.options.hold_out.isVisible()
    assert "measured" in page.options.hold_out_words.text()
    page.browser.filter.setCurrentIndex(page.browser.filter.findData("hold_out"))
    cell = page.browser.grid.images.cell(0)
    assert cell.path.read_bytes() == (tmp_path / "measured" / "kind-0" / "000.png").read_bytes()
    page.options.share_button.click()
    settled()
    assert page.totals.text() == "20 images in 2 classes: 16 to learn from, 4 held out to measure with."


def test_pictures_by_class_split_and_left_out(scanned: MainWindow, qtbot: QtBot) -> None:
    page = images_page(scanned)
    browser = page.browser
    assert browser.grid.images.rowCount() == 20
    for wanted, count in (("train", 16), ("hold_out", 4), ("left out", 1), (1, 10), ("all", 20)):
        browser.filter.setCurrentIndex(browser.filter.findData(wanted))
        assert browser.grid.images.rowCount() == count
        assert browser.count.text() == ("1 file" if count == 1 else f"{count} files")
    page.table.setFocus()
    page.table.setCurrentIndex(page.table.classes.index(1, 0))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.tabs.currentWidget() is browser
    assert browser.filter.currentText() == "kind-1"
    assert browser.grid.images.cell(0).words.startswith("kind-1, 32 × 32, ")
    qtbot.waitUntil(lambda: scanned.thumbnails.bytes_kept > 0)


def test_the_bar_shows_both_splits(scanned: MainWindow) -> None:
    classes = images_page(scanned).table.classes
    assert classes.data(classes.index(0, 3), Qt.ItemDataRole.UserRole) == (0.8, 0.2)
    assert classes.data(classes.index(0, 3), Qt.ItemDataRole.AccessibleTextRole) == "2 of 10 held out"
    assert [classes.data(classes.index(1, column)) for column in range(3)] == ["kind-1", "8", "2"]


def test_the_list_is_copied_and_saved(qtbot: QtBot, tmp_path: Path) -> None:
    view = RefusedList()
    qtbot.addWidget(view)
    assert not view.copy_button.isEnabled()
    view.show_files([SkippedFile("a, b.png", "it is <b>damaged</b>"), SkippedFile("c\n.png", "the file is empty")])
    view.copy_button.click()
    both = "a, b.png\tit is <b>damaged</b>\nc\\n.png\tthe file is empty\n"
    assert QApplication.clipboard().text() == both
    view.table.selectRow(1)
    view._copy_selected()
    assert QApplication.clipboard().text() == "c\\n.png\tthe file is empty\n"
    view.save(tmp_path / "list.csv")
    assert (tmp_path / "list.csv").read_text().splitlines() == [
        "path,reason",
        '"a, b.png",it is <b>damaged</b>',
        "c\\n.png,the file is empty",
    ]


def test_what_drops_are_good_for(tmp_path: Path) -> None:
    images = folder(tmp_path / "images", images=2)
    table = tmp_path / "l.csv"
    table.write_text("")
    export = tmp_path / "export"
    export.mkdir()
    for name in ("certificate.json", "manifest-sha256.txt"):
        (export / name).write_text("")
    one, two = images / "kind-0" / "000.png", images / "kind-1" / "001.png"
    assert understood([images]) == Dropped(folder=images)
    assert understood([table, images]) == Dropped(folder=images, labels=table)
    assert understood([table]) == Dropped(labels=table)
    assert understood([one, two]) == Dropped(folder=one.parent, files=2)
    assert understood([export]) == Dropped(verify=export)
    assert understood([tmp_path / "certificate.pdf"]) == Dropped(verify=tmp_path / "certificate.pdf")
    assert understood([tmp_path / "run" / "run.json"]) == Dropped(folder=tmp_path / "run")
    assert understood([tmp_path / "notes.txt"]) == Dropped()


def test_dropped_images_open_their_folder_and_say_so(window: MainWindow, flat: Path, settled: Settled) -> None:
    window.go_to("protect")
    drop(window, flat / "3.png", flat / "4.png")
    settled()
    assert window.sidebar.currentRow() == 0
    assert any("flat was opened, with all its images" in message.text for message in window.messages.messages)


def test_recent_folders(window: MainWindow, tmp_path: Path, settled: Settled, qtbot: QtBot) -> None:
    page = images_page(window)
    there = folder(tmp_path / "there & <b>", images=4)
    gone = tmp_path / "gone"
    window._store.update(recent_folders=(str(gone), str(there)))
    for menu in (window.recent, page.recent):
        menu.aboutToShow.emit()
        entries = [action for action in menu.actions() if action.data()]
        qtbot.waitUntil(lambda shown=entries: not shown[0].isEnabled())
        assert [action.text().replace("&&", "&") for action in entries] == [f"{gone} (not there any more)", str(there)]
        assert entries[1].isEnabled()
    entries[1].trigger()
    settled()
    assert window.controller.snapshot is not None
    assert window.controller.snapshot.source == there
    assert window._store.value.recent_folders == (str(there), str(gone))
    clear: Any = window.recent.actions()[-1]
    clear.trigger()
    assert window._store.value.recent_folders == ()
    assert not window.recent.menuAction().isEnabled()


def test_look_alikes_have_a_list_of_their_own(window: MainWindow, tmp_path: Path, settled: Settled) -> None:
    root = tmp_path / "images"
    for split, start in (("train", 0), ("test", 50)):
        for label in range(2):
            (root / split / f"kind-{label}").mkdir(parents=True)
            for number in range(4):
                picture(label, start + number).save(root / split / f"kind-{label}" / f"{number}.png")
    page = images_page(window)
    window.open_path(root)
    settled()
    assert not page.tabs.isTabVisible(3)
    picture(1, 2).save(root / "test" / "kind-1" / "copy.png")
    window.controller.change("scan", seed=5)
    window.controller.start(("scan",))
    settled()
    assert page.tabs.isTabVisible(3)
    assert page.tabs.tabText(3) == "D&uplicates (1)"
    model = page.look_alikes.refused
    assert model.data(model.index(0, 0)) == "test/kind-1/copy.png"
    assert model.data(model.index(0, 1)) == "it is the same picture as train/kind-1/2.png"
    assert "take one of each two away" in page.look_alikes.words.text()
    assert "can't be trusted" in "".join(message.text for message in window.messages.messages)
