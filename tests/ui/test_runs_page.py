"""The library of runs: empty, several states, damaged; open, duplicate, compare, delete, all with real widgets."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from fake_steps import FakeSteps
from pue_desktop.engine import config, library, pipeline
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.pages.runs import RunsPage

MARKUP = "<img src=x> & co"


def runs_page(window: MainWindow, qtbot: QtBot) -> RunsPage:
    """The page, shown and up to date."""
    page = window.page("runs")
    assert isinstance(page, RunsPage)
    window.go_to("runs")
    refreshed(page, qtbot)
    return page


def refreshed(page: RunsPage, qtbot: QtBot) -> None:
    page.refresh()
    qtbot.waitUntil(lambda: not page.background.awaits("list"), timeout=10_000)
    runs = page.table.runs
    qtbot.waitUntil(lambda: all(entry.path in runs.sizes for entry in runs.entries), timeout=10_000)


@pytest.fixture
def home(window: MainWindow, images: Path, fake_steps: FakeSteps) -> Path:
    """Four runs: certified, half-way, not begun, damaged."""
    home = window.controller.runs_folder
    source = images.rename(images.with_name(MARKUP))
    plan = config.Plan()
    for steps, changes in ((("scan", "craft", "certify", "stress"), {}), (("scan",), {"epsilon_255": 4.0})):
        run = library.create_in(home, source)
        chosen = config.Plan(craft=config.changed(plan.craft, **changes))
        for _ in pipeline.run_steps(run, steps, chosen, Stop()):
            pass
    with run.locked():
        run.begin("craft", chosen.craft, pipeline.step_inputs(run, "craft"))
    library.create_in(home, source)
    (library.create_in(home, source).path / "run.json").write_text("{")
    return home


def choose(page: RunsPage, *paths: Path) -> None:
    page.table.choose(list(paths))
    assert {entry.path for entry in page.table.chosen()} == set(paths)


def answer(role: QMessageBox.ButtonRole, asked: list[str]) -> Callable[[], None]:
    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert box.textFormat() is Qt.TextFormat.PlainText
        asked.append(f"{box.text()}\n{box.informativeText()}")
        next(button for button in box.buttons() if box.buttonRole(button) == role).click()

    return press


def delete(page: RunsPage, qtbot: QtBot, role: QMessageBox.ButtonRole) -> str:
    """Presses Delete and answers the question with the button of that role; returns what was asked."""
    asked: list[str] = []
    waiting = QTimer()
    waiting.timeout.connect(lambda: QApplication.activeModalWidget() and (waiting.stop(), answer(role, asked)()))
    waiting.start(20)
    qtbot.mouseClick(page.delete_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(asked), timeout=10_000)
    qtbot.waitUntil(lambda: not page.background.awaits("delete"), timeout=10_000)
    return asked[0]


def test_an_empty_library_leads_on(window: MainWindow, qtbot: QtBot) -> None:
    page = runs_page(window, qtbot)
    assert page.no_runs.isVisible()
    assert page.begin_button.isVisible()
    assert not page.table.isVisible()


def test_every_state_is_listed(window: MainWindow, home: Path, qtbot: QtBot) -> None:
    page = runs_page(window, qtbot)
    assert page.table.isVisible()
    by_name = {}
    for row in range(page.table.shown.rowCount()):
        cells = [str(page.table.shown.index(row, column).data()) for column in range(7)]
        by_name[cells[0]] = cells
    assert set(by_name) == {f"{MARKUP}-{number}" for number in (1, 2, 3, 4)}
    done, half, new, damaged = (by_name[f"{MARKUP}-{number}"] for number in (1, 2, 3, 4))
    assert done[1].startswith(f"{MARKUP}\n/")
    assert done[2] == "pue\nstandard (8 of 255)\ndraft"
    assert done[3].replace("\xa0", " ") == "✔ Images  ✔ Protection\n✔ Certificate  ✔ Attackers\n· Export"
    assert done[4] == "✔ distinguishes"
    assert done[6].endswith("kB")
    assert half[3].replace("\xa0", " ").startswith("✔ Images  ◐ Protection")
    assert half[2].startswith("pue\nsubtle (4 of 255)")
    assert new[4] == ""
    assert damaged[1:5] == ["", "", "✘ can't be opened", ""]
    choose(page, home / f"{MARKUP}-4")
    assert "is damaged" in page.details.text()
    assert page.details.textFormat() is Qt.TextFormat.PlainText
    assert not page.open_button.isEnabled()
    assert not page.duplicate_button.isEnabled()
    assert page.delete_button.isEnabled()
    assert "4 runs, " in page.place.text()


def test_search_and_order(window: MainWindow, home: Path, qtbot: QtBot) -> None:
    page = runs_page(window, qtbot)
    page.search.setText("SUBTLE")
    assert page.table.shown.rowCount() == 1
    page.search.setText("nothing like it")
    assert page.details.text().startswith("No run has these words")
    page.search.setText("")
    page.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    names = [page.table.shown.index(row, 0).data() for row in range(4)]
    assert names == [f"{MARKUP}-{number}" for number in (1, 2, 3, 4)]


def test_a_run_is_opened_and_continued(window: MainWindow, home: Path, qtbot: QtBot, settled: Any) -> None:
    page = runs_page(window, qtbot)
    choose(page, home / f"{MARKUP}-2")
    assert page.open_button.text() == "&Continue"
    qtbot.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    settled()
    assert window.controller.run_path == home / f"{MARKUP}-2"
    assert window.controller.plan.craft.epsilon_255 == 4
    assert window.pages[window.sidebar.currentRow()].name == "protect"
    page = runs_page(window, qtbot)
    choose(page, home / f"{MARKUP}-2")
    assert page.table.shown.index(page.table.currentIndex().row(), 0).data() == f"{MARKUP}-2\nopen"


def test_settings_are_taken_to_a_new_run(window: MainWindow, home: Path, qtbot: QtBot, settled: Any) -> None:
    page = runs_page(window, qtbot)
    choose(page, home / f"{MARKUP}-2")
    qtbot.mouseClick(page.duplicate_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.controller.run_path == home / f"{MARKUP}-5", timeout=10_000)
    qtbot.waitUntil(lambda: Run.open(home / f"{MARKUP}-5").record("scan") is not None, timeout=10_000)
    settled()
    snapshot = window.controller.snapshot
    assert snapshot is not None
    assert snapshot.index is not None
    assert snapshot.craft is None
    assert window.controller.plan.craft.epsilon_255 == 4
    assert any("same images and settings" in message.text for message in window.messages.messages)


def test_two_runs_are_compared(window: MainWindow, home: Path, qtbot: QtBot) -> None:
    page = runs_page(window, qtbot)
    choose(page, home / f"{MARKUP}-1")
    assert not page.compare_button.isEnabled()
    choose(page, home / f"{MARKUP}-1", home / f"{MARKUP}-2")
    assert not page.open_button.isEnabled()
    qtbot.mouseClick(page.compare_button, Qt.MouseButton.LeftButton)
    view = page.comparison
    qtbot.waitUntil(view.isVisible, timeout=10_000)
    names = [view.table.horizontalHeaderItem(column).text() for column in (1, 2)]  # type: ignore[union-attr]
    assert sorted(names) == [f"{MARKUP}-1", f"{MARKUP}-2"]
    rows = table_rows(view.table)
    ours = names.index(f"{MARKUP}-1")
    assert rows["Epsilon"][ours] == "8"
    assert rows["Epsilon"][1 - ours] == "4"
    assert rows["Verdict"][ours] == "distinguishes"
    assert rows["Verdict"][1 - ours] == "–"
    assert "Steps" not in rows
    view.only_different.click()
    assert table_rows(view.table)["Steps"] == ["2000", "2000"]
    assert view.plot is not None
    said = view.plot.accessibleDescription().replace("\xa0", " ")
    assert said.startswith(f"{MARKUP}-1: at most 50.0 % at η 0, 52.0 % at η 0.08; unprotected: at most 90.0 %")
    qtbot.keyClick(view.back_button, Qt.Key.Key_Space)
    assert page.table.isVisible()
    assert len(page.table.chosen()) == 2


def table_rows(table: Any) -> dict[str, list[str]]:
    return {
        table.item(row, 0).text(): [table.item(row, column).text() for column in (1, 2)]
        for row in range(table.rowCount())
        if table.item(row, 1) is not None
    }


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform, about any dialog
class TestDelete:
    def test_asks_with_name_and_size_and_keeps_by_default(self, window: MainWindow, home: Path, qtbot: QtBot) -> None:
        page = runs_page(window, qtbot)
        path = home / f"{MARKUP}-1"
        choose(page, path)
        asked = delete(page, qtbot, QMessageBox.ButtonRole.RejectRole)
        assert f"Delete the run folder {path} (" in asked
        assert "kB)?" in asked
        assert "original images in" in asked
        assert (path / "run.json").is_file()

    def test_takes_the_run_and_no_original(
        self, window: MainWindow, home: Path, images: Path, qtbot: QtBot, settled: Any
    ) -> None:
        source = images.with_name(MARKUP)
        before = {path: path.read_bytes() for path in source.rglob("*") if path.is_file()}
        page = runs_page(window, qtbot)
        path = home / f"{MARKUP}-1"
        window.controller.open_run(path)
        settled()
        choose(page, path)
        delete(page, qtbot, QMessageBox.ButtonRole.DestructiveRole)
        qtbot.waitUntil(lambda: not path.exists(), timeout=10_000)
        qtbot.waitUntil(lambda: window.controller.snapshot is None, timeout=10_000)
        refreshed(page, qtbot)
        assert page.table.shown.rowCount() == 3
        assert f"{path} was deleted" in window.messages.messages[0].text
        assert {path: path.read_bytes() for path in source.rglob("*") if path.is_file()} == before
        assert window.windowTitle() == "PUE Desktop"
        assert not window.job_bar.run_button.isEnabled()

    def test_is_refused_while_another_program_works_on_it(self, window: MainWindow, home: Path, qtbot: QtBot) -> None:
        page = runs_page(window, qtbot)
        path = home / f"{MARKUP}-1"
        choose(page, path)
        with Run.open(path).locked():
            delete(page, qtbot, QMessageBox.ButtonRole.DestructiveRole)
            qtbot.waitUntil(lambda: bool(window.messages.messages), timeout=10_000)
        assert "Another program is working" in window.messages.messages[0].text
        assert (path / "run.json").is_file()

    def test_a_damaged_run_can_go(self, window: MainWindow, home: Path, qtbot: QtBot) -> None:
        page = runs_page(window, qtbot)
        choose(page, home / f"{MARKUP}-4")
        delete(page, qtbot, QMessageBox.ButtonRole.DestructiveRole)
        qtbot.waitUntil(lambda: not (home / f"{MARKUP}-4").exists(), timeout=10_000)


def test_what_runs_cannot_be_deleted_nor_another_opened(
    scanned: MainWindow, fake_steps: FakeSteps, qtbot: QtBot
) -> None:
    fake_steps.hold.clear()
    scanned.controller.start(scanned.controller.steps_left())
    page = runs_page(scanned, qtbot)
    path = scanned.controller.run_path
    assert path is not None
    choose(page, path)
    for button in (page.delete_button, page.open_button, page.duplicate_button):
        assert not button.isEnabled()
    fake_steps.hold.set()


def test_runs_opened_elsewhere_are_remembered(
    window: MainWindow, images: Path, tmp_path: Path, qtbot: QtBot, settled: Any
) -> None:
    other = library.create_in(tmp_path / "elsewhere", images).path
    window.open_path(other)
    settled()
    page = runs_page(window, qtbot)
    assert [entry.path for entry in page.table.runs.entries] == [other]
    assert window._store.value.known_runs == (str(other),)


def test_with_the_keyboard_alone(window: MainWindow, home: Path, qtbot: QtBot, settled: Any) -> None:
    page = runs_page(window, qtbot)
    page.search.setFocus()
    page.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    seen = []
    for _ in range(3):
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.append(focus.accessibleName())
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert seen == ["Search the runs", "Open another run…", "Runs"]
    page.table.setFocus()
    page.table.setCurrentIndex(page.table.shown.index(0, 0))
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert [entry.path.name for entry in page.table.chosen()] == [f"{MARKUP}-2"]
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    settled()
    assert window.controller.run_path == home / f"{MARKUP}-2"
