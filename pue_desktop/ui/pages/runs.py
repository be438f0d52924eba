"""The library: every run the program knows, to go on with, to compare, to begin again, to delete."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pue_desktop.engine import library
from pue_desktop.engine.errors import PueError
from pue_desktop.engine.files import byte_size
from pue_desktop.engine.library import RunEntry
from pue_desktop.engine.run import Run, State
from pue_desktop.ui.comparison import Comparison, compare
from pue_desktop.ui.engine_words import said
from pue_desktop.ui.feedback import Message
from pue_desktop.ui.layouts import ButtonRow, CurrentStack
from pue_desktop.ui.pages.base import Desk, Page
from pue_desktop.ui.questions import agreed
from pue_desktop.ui.run_compare import CompareView
from pue_desktop.ui.run_table import RunTable
from pue_desktop.ui.text import count, figure, label, plain
from pue_desktop.workers.background import Background

_EMPTY, _LIST, _COMPARE = range(3)


class RunsPage(Page):
    """The library of runs."""

    name = "runs"
    steps = ()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        # A pool of its own: measuring large folders must not keep the open run's state waiting.
        self.background = Background(self, threads=2)
        self._scan_next: Path | None = None
        self._choose_next: list[Path] = []
        self.heading = label(self.tr("Runs"), bold=True, scale=1.3)
        self.place = label(dim=True)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search…"))
        self.search.setAccessibleName(self.tr("Search the runs"))
        self.search.setMaximumWidth(260)
        self.add_button = self.button(self.tr("Open &another run…"), desk.ask_for_run)
        self.table = RunTable(desk.thumbnails)
        self.details = label()
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details.setMinimumHeight(4 * self.details.fontMetrics().lineSpacing())
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.open_button = self.button(self.tr("&Open"), self._open)
        self.duplicate_button = self.button(self.tr("New run with these &settings"), self._duplicate)
        self.compare_button = self.button(self.tr("&Compare"), self._compare)
        self.folder_button = self.button(self.tr("Show &folder"), self._show_folder)
        self.delete_button = self.button(self.tr("&Delete…"), self._ask_size)
        self.comparison = CompareView()
        self.begin_button = self.button(self.tr("&Choose a folder of images…"), desk.ask_for_folder)
        self.no_runs = label(self.tr("There are no runs yet."), bold=True, scale=1.3)
        self._lay_out()
        self._connect()
        self._show_choice()

    def title(self) -> str:
        """See `Page`."""
        return self.tr("Runs")

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.heading)
        words.addWidget(self.place)
        top.addLayout(words, 1)
        top.addWidget(self.search, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)
        buttons = ButtonRow(
            self.open_button, self.duplicate_button, self.compare_button, self.folder_button, self.delete_button
        )
        listed = QWidget()
        rows = QVBoxLayout(listed)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(top)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.details)
        rows.addWidget(buttons)
        self.stack = CurrentStack()
        self.stack.addWidget(self._empty())
        self.stack.addWidget(listed)
        self.stack.addWidget(self.comparison)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.addWidget(self.stack)

    def _empty(self) -> QWidget:
        empty = QWidget()
        rows = QVBoxLayout(empty)
        rows.addStretch(1)
        words = label(self.tr("Every folder of images that you open gets a run. You find them all here."), dim=True)
        for text in (self.no_runs, words):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            rows.addWidget(text)
        rows.addSpacing(12)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.begin_button)
        row.addStretch(1)
        rows.addLayout(row)
        rows.addStretch(1)
        return empty

    def _connect(self) -> None:
        controller = self.desk.controller
        self.search.textChanged.connect(self.table.shown.setFilterFixedString)
        self.search.textChanged.connect(self._show_choice)
        self.table.selectionModel().selectionChanged.connect(self._show_choice)
        self.table.activated.connect(self._open)
        self.comparison.back_wanted.connect(self._back)
        controller.ended.connect(self.refresh)
        controller.opened.connect(self._opened)
        controller.activity_changed.connect(self._show_choice)
        for key, slot in ((QKeySequence.StandardKey.Delete, self._ask_size), (QKeySequence.StandardKey.Refresh, None)):
            shortcut = QShortcut(QKeySequence(key), self.table, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot or self.refresh)

    def showEvent(self, event: Any) -> None:
        """Looks again: the command line may have worked meanwhile."""
        super().showEvent(event)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Reads the list again, off the GUI thread, if the page is looked at."""
        if self.isVisible():
            home, known = self.desk.controller.runs_folder, self.desk.store.value.known_runs
            self.background.submit(
                "list", lambda: library.entries(library.known_runs(home, map(Path, known))), self._show_entries
            )

    def _show_entries(self, entries: list[RunEntry]) -> None:
        chosen = self._choose_next or [entry.path for entry in self.table.chosen()]
        self._choose_next = []
        self.table.runs.show_entries(entries, self.desk.controller.run_path)
        self.table.choose(chosen)
        self._measure([entry.path for entry in entries])
        if self.stack.currentIndex() != _COMPARE:
            self.stack.setCurrentIndex(_LIST if entries else _EMPTY)
        self._show_choice()
        self._show_total()

    def _measure(self, paths: list[Path]) -> None:
        def show(sizes: dict[Path, int]) -> None:
            self.table.runs.show_sizes(sizes)
            self._show_total()

        self.background.submit("sizes", lambda: {path: library.size_bytes(path) for path in paths}, show)

    def _show_total(self) -> None:
        runs = self.table.runs
        sizes = [runs.sizes[entry.path] for entry in runs.entries if entry.path in runs.sizes]
        total = self.tr("{}, {} on disk. New ones are kept in {}").format(
            self._counted(len(runs.entries)),
            figure(byte_size(sum(sizes))),
            plain(str(self.desk.controller.runs_folder)),
        )
        self.place.setText(total)

    def _counted(self, number: int) -> str:
        return self.tr("%Ln run(s)", "", number)

    @Slot()
    def _show_choice(self) -> None:
        chosen = self.table.chosen()
        idle = not self.desk.controller.busy
        one = chosen[0] if len(chosen) == 1 else None
        usable = one is not None and not one.problem
        self.open_button.setEnabled(usable and idle)
        self.open_button.setText(self._open_words(one))
        self.open_button.setAccessibleName(self.open_button.text().replace("&", ""))
        self.duplicate_button.setEnabled(usable and idle)
        self.compare_button.setEnabled(len(chosen) == 2 and not any(entry.problem for entry in chosen))
        self.folder_button.setEnabled(one is not None)
        self.delete_button.setEnabled(one is not None and (idle or one.path != self.desk.controller.run_path))
        self.details.setText(self._details(chosen))

    def _open_words(self, entry: RunEntry | None) -> str:
        begun = entry is not None and entry.states.get("craft", State.MISSING) is not State.MISSING
        done = entry is not None and all(state is State.DONE for state in entry.states.values())
        return self.tr("&Continue") if begun and not done else self.tr("&Open")

    def _details(self, chosen: list[RunEntry]) -> str:
        if self.table.runs.entries and not self.table.shown.rowCount():
            return self.tr("No run has these words in its names, settings or states.")
        if not chosen:
            return self.tr("Choose a run to open it, or two to compare them.")
        if len(chosen) > 1:
            hint = self.tr("Compare shows what differs.") if len(chosen) == 2 else self.tr("Two can be compared.")
            return self.tr("{} are chosen. {}").format(self._counted(len(chosen)), hint)
        entry = chosen[0]
        lines = [self.tr("Run folder: {}").format(plain(str(entry.path)))]
        if entry.problem:
            lines.append(self.tr("It can't be opened: {}").format(plain(said(entry.problem))))
            return "\n".join(lines)
        images = self.tr("Images: {}").format(plain(str(entry.source)))
        if entry.images:
            images += self.tr(" ({} in {} classes)").format(count(entry.images), count(entry.classes))
        lines.append(images)
        lines.append(self.table.runs.step_words(entry))
        if entry.export is not None:
            lines.append(self.tr("Exported to: {}").format(plain(str(entry.export))))
        return "\n".join(lines)

    def _one(self) -> RunEntry | None:
        chosen = self.table.chosen()
        return chosen[0] if len(chosen) == 1 else None

    @Slot()
    def _open(self) -> None:
        entry = self._one()
        if entry is None or not self.open_button.isEnabled():
            return
        self.desk.messages.clear()
        self.desk.controller.open_run(entry.path)
        certified = entry.states.get("certify") is State.DONE
        self.desk.go_to("certify" if certified else "protect" if entry.images else "images")

    @Slot()
    def _duplicate(self) -> None:
        entry, home = self._one(), self.desk.controller.runs_folder
        if entry is not None:
            path = entry.path
            self.background.submit(
                "duplicate", lambda: library.duplicate(path, home), self._duplicated, self.desk.messages.show_error
            )

    def _duplicated(self, run: Run) -> None:
        self._scan_next = run.path
        self.desk.controller.open_run(run.path)
        self.desk.go_to("protect")

    @Slot()
    def _opened(self) -> None:
        controller = self.desk.controller
        if self._scan_next is not None and controller.run_path == self._scan_next:
            self._scan_next = None
            controller.start(("scan",))
            text = self.tr("This is a new run with the same images and settings.")
            self.desk.messages.show_message(Message(text, self.tr("Change what shall differ, then protect.")))

    @Slot()
    def _compare(self) -> None:
        chosen = self.table.chosen()
        if len(chosen) == 2:
            left, right = chosen[0].path, chosen[1].path
            self.background.submit(
                "compare", lambda: compare(left, right), self._compared, self.desk.messages.show_error
            )

    def _compared(self, comparison: Comparison) -> None:
        self.comparison.show_comparison(comparison)
        self.stack.setCurrentIndex(_COMPARE)
        self.comparison.back_button.setFocus()

    @Slot()
    def _back(self) -> None:
        self.stack.setCurrentIndex(_LIST)
        self.table.setFocus()

    @Slot()
    def _show_folder(self) -> None:
        entry = self._one()
        if entry is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(entry.path))):
            self.desk.messages.show_error(
                PueError(
                    self.tr("{} could not be opened.").format(plain(str(entry.path))),
                    hint=self.tr("Look for it with your file manager."),
                )
            )

    @Slot()
    def _ask_size(self) -> None:
        entry = self._one()
        if entry is not None and self.delete_button.isEnabled():
            path = entry.path
            self.background.submit("ask", lambda: library.size_bytes(path), lambda size: self._delete(entry, size))

    def _delete(self, entry: RunEntry, size: int) -> None:
        path = entry.path
        if not self._agreed(entry, figure(byte_size(size))):
            return
        if path == self.desk.controller.run_path and self.desk.controller.busy:
            return
        self.background.submit(
            "delete",
            lambda: library.delete(path),
            lambda left: self._deleted(path, figure(byte_size(size)), left),
            self._not_deleted,
        )

    def _agreed(self, entry: RunEntry, size: str) -> bool:
        stays = [self.tr("Your original images are not touched.")]
        if entry.source is not None:
            stays = [self.tr("Your original images in {} are not touched.").format(plain(str(entry.source)))]
        if entry.export is not None:
            stays.append(self.tr("The exported images in {} stay, too.").format(plain(str(entry.export))))
        gone = self.tr("The protection it holds and the draws behind its certificate can't be brought back.")
        return agreed(
            self,
            self.tr("Delete a run"),
            self.tr("Delete the run folder {} ({})?").format(plain(str(entry.path)), size),
            "\n".join([gone, *stays]),
            do=self.tr("&Delete {}").format(size),
            keep=self.tr("&Keep it"),
        )

    def _deleted(self, path: Path, size: str, left: tuple[Path, ...]) -> None:
        controller = self.desk.controller
        if controller.run_path == path:
            controller.close_run()
        hint = ""
        if left:
            hint = self.tr("Other files that were in it stay: {}").format(", ".join(plain(one.name) for one in left))
        text = self.tr("{} was deleted: {}.").format(plain(str(path)), size)
        self.desk.messages.show_message(Message(text, hint))
        self.refresh()

    def _not_deleted(self, error: PueError) -> None:
        self.desk.messages.show_error(error)
        self.refresh()

    def shutdown(self) -> None:
        """See `Page`."""
        self.background.shutdown()
