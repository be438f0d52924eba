"""The runs as a table: thumbnail, images, settings, how far each step is, verdict, date and size.

Rows are sorted and searched by a proxy; the model asks the thumbnail cache while a row is painted, so that only
visible rows are decoded.
"""

import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, QSortFilterProxyModel, Qt
from PySide6.QtGui import QFont, QPixmap
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from pue_desktop.engine.files import byte_size
from pue_desktop.engine.library import RunEntry
from pue_desktop.engine.run import State
from pue_desktop.ui.engine_words import plan_text, said
from pue_desktop.ui.text import figure, plain, tooltip
from pue_desktop.ui.thumbnails import Thumbnails

Index = QModelIndex | QPersistentModelIndex
_SIDE = 48
_RUN, _IMAGES, _SETTINGS, _STEPS, _VERDICT, _WHEN, _SIZE = range(7)
_WIDTHS = {_RUN: 190, _SETTINGS: 140, _STEPS: 190, _VERDICT: 140, _WHEN: 130, _SIZE: 76}
_MARKS = {State.DONE: "✔", State.STALE: "↻", State.PARTIAL: "◐", State.MISSING: "·"}


class RunModel(QAbstractTableModel):
    """One row for each run."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._open: Path | None = None
        self.entries: list[RunEntry] = []
        self.sizes: dict[Path, int] = {}
        thumbnails.ready.connect(self._pictures_came)

    def show_entries(self, entries: list[RunEntry], opened: Path | None) -> None:
        """Shows other runs; `opened` is the one that is open in the window."""
        self.beginResetModel()
        self.entries, self._open = entries, opened
        self.endResetModel()

    def show_sizes(self, sizes: dict[Path, int]) -> None:
        """Takes the sizes of run folders, in bytes."""
        self.sizes = sizes
        if self.entries:
            self.dataChanged.emit(self.index(0, _SIZE), self.index(len(self.entries) - 1, _SIZE))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Number of runs."""
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Run, images, settings, steps, certificate, date, size."""
        return 0 if parent.isValid() else 7

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (
            self.tr("Run"),
            self.tr("Images"),
            self.tr("Settings"),
            self.tr("Steps"),
            self.tr("Certificate"),
            self.tr("Last worked on"),
            self.tr("Size"),
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        entry, column = self.entries[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(entry, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(self._tip(entry, column))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.step_words(entry) if column == _STEPS else self._text(entry, column).replace("\n", " ")
        if role == Qt.ItemDataRole.UserRole:
            return self._order(entry, column)
        return self._look(entry, column, role)

    def _look(self, entry: RunEntry, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DecorationRole and column == _RUN:
            return self._picture(entry)
        if role == Qt.ItemDataRole.FontRole and column == _RUN and entry.path == self._open:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.TextAlignmentRole and column == _SIZE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, entry: RunEntry, column: int) -> str:
        return self._texts(entry)[column]

    def _texts(self, entry: RunEntry) -> tuple[str, ...]:
        name = plain(entry.path.name)
        return (
            self.tr("{}\nopen").format(name) if entry.path == self._open else name,
            "" if entry.source is None else f"{plain(entry.source.name)}\n{plain(str(entry.source.parent))}",
            "" if entry.problem else plan_text(entry.settings, "\n"),
            self._steps(entry),
            self.verdict_words(entry),
            time.strftime("%Y-%m-%d\n%H:%M", time.localtime(entry.changed)) if entry.changed else "",
            figure(byte_size(self.sizes[entry.path])) if entry.path in self.sizes else "…",
        )

    def _tip(self, entry: RunEntry, column: int) -> str:
        if column == _STEPS and entry.states:
            return self.step_words(entry)
        return plain(said(entry.problem)) or plain(str(entry.source if column == _IMAGES else entry.path))

    def step_names(self) -> dict[str, str]:
        """Returns what people call the steps."""
        return {
            "scan": self.tr("Images"),
            "craft": self.tr("Protection"),
            "certify": self.tr("Certificate"),
            "stress": self.tr("Attackers"),
            "export": self.tr("Export"),
        }

    def _steps(self, entry: RunEntry) -> str:
        if entry.problem:
            return self.tr("✘ can't be opened")
        names = self.step_names()
        marked = [f"{_MARKS[state]}\N{NO-BREAK SPACE}{names[step]}" for step, state in entry.states.items()]
        return "\n".join("  ".join(marked[start : start + 2]) for start in range(0, len(marked), 2))

    def step_words(self, entry: RunEntry) -> str:
        """Returns how far each step is, in words."""
        words = {
            State.DONE: self.tr("done"),
            State.STALE: self.tr("out of date"),
            State.PARTIAL: self.tr("half-way"),
            State.MISSING: self.tr("to do"),
        }
        names = self.step_names()
        return ", ".join(f"{names[step]}: {words[state]}" for step, state in entry.states.items())

    def verdict_words(self, entry: RunEntry) -> str:
        """Returns what the certificate says, for people."""
        return {
            "distinguishes": self.tr("✔ distinguishes"),
            "does not distinguish": self.tr("✘ does not\ndistinguish"),
            "abstained": self.tr("– abstained"),
        }.get(entry.verdict, "")

    def _picture(self, entry: RunEntry) -> QPixmap:
        found = self._thumbnails.get(entry.thumbnail) if entry.thumbnail is not None else None
        if found is None or found.isNull():
            empty = QPixmap(_SIDE, _SIDE)
            empty.fill(Qt.GlobalColor.transparent)
            return empty
        side = Qt.AspectRatioMode.KeepAspectRatio
        return found.scaled(_SIDE, _SIDE, side, Qt.TransformationMode.SmoothTransformation)

    def _order(self, entry: RunEntry, column: int) -> Any:
        if column == _WHEN:
            return entry.changed
        return self.sizes.get(entry.path, 0) if column == _SIZE else self._text(entry, column).casefold()

    def _pictures_came(self) -> None:
        if self.entries:
            last = self.index(len(self.entries) - 1, _RUN)
            self.dataChanged.emit(self.index(0, _RUN), last, [Qt.ItemDataRole.DecorationRole])


class RunTable(QTableView):
    """The runs, with what was searched for, sorted by the column that was clicked."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runs = RunModel(thumbnails, self)
        self.shown = QSortFilterProxyModel(self)
        self.shown.setSourceModel(self.runs)
        self.shown.setSortRole(Qt.ItemDataRole.UserRole)
        self.shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.shown.setFilterKeyColumn(-1)
        self.setModel(self.shown)
        self.setAccessibleName(self.tr("Runs"))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setIconSize(QSize(_SIDE, _SIDE))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.verticalHeader().setVisible(False)
        height = max(_SIDE, 3 * self.fontMetrics().lineSpacing()) + 8
        self.verticalHeader().setDefaultSectionSize(height)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(60)
        for column, width in _WIDTHS.items():
            header.resizeSection(column, width)
        header.setSectionResizeMode(_IMAGES, QHeaderView.ResizeMode.Stretch)
        self.setSortingEnabled(True)
        self.sortByColumn(_WHEN, Qt.SortOrder.DescendingOrder)
        self.setMinimumHeight(180)

    def chosen(self) -> list[RunEntry]:
        """Returns the selected runs, from top to bottom."""
        rows = sorted(self.selectionModel().selectedRows(), key=QModelIndex.row)
        return [self.runs.entries[self.shown.mapToSource(row).row()] for row in rows]

    def choose(self, paths: list[Path]) -> None:
        """Selects the runs in `paths`, as far as they are shown; the first becomes the current one."""
        self.clearSelection()
        model, flags = self.selectionModel(), self.selectionModel().SelectionFlag
        for row in range(self.shown.rowCount()):
            index = self.shown.index(row, 0)
            if self.runs.entries[self.shown.mapToSource(index).row()].path in paths:
                if not model.hasSelection():
                    model.setCurrentIndex(index, flags.NoUpdate)
                model.select(index, flags.Select | flags.Rows)
