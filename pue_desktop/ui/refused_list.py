"""What can't be used, or not trusted, each with its reason: files, or lines of a table. To read, to copy, to save."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QHeaderView, QPushButton, QTableView, QVBoxLayout, QWidget

from pue_desktop.engine.errors import PueError
from pue_desktop.engine.files import write_atomically
from pue_desktop.engine.results import LookAlike, SkippedFile
from pue_desktop.ui.engine_words import said
from pue_desktop.ui.text import label, plain, tooltip

Index = QModelIndex | QPersistentModelIndex
Files = Sequence[SkippedFile] | Sequence[LookAlike]


class RefusedModel(QAbstractTableModel):
    """One row for each file or line; texts are made when a view asks for them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files: Files = ()

    @property
    def files(self) -> Files:
        """What is shown."""
        return self._files

    def show_files(self, files: Files) -> None:
        """Shows other ones."""
        self.beginResetModel()
        self._files = files
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Number of files or lines."""
        return 0 if parent.isValid() else len(self._files)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """File and reason."""
        return 0 if parent.isValid() else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (self.tr("File or line"), self.tr("Why it is here"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        file = self._files[index.row()]
        text = plain(said(file.reason) if index.column() else self._place(file.path))
        return text if role == Qt.ItemDataRole.DisplayRole else tooltip(text)

    def _place(self, path: str) -> str:
        """Returns a file, or a line of the table of labels, as it is called."""
        name, _, line = path.rpartition(", line ")
        return self.tr("{}, line {}").format(name, line) if name and line.isdigit() else path


class RefusedList(QWidget):
    """The table with its buttons.

    Signals:
        failed(object): A `PueError`: the list could not be saved.
    """

    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.refused = RefusedModel(self)
        self.words = label(dim=True)
        self.table = self._make_table()
        self.copy_button = QPushButton(self.tr("Cop&y list"))
        self.copy_button.setAccessibleName(self.tr("Copy this list of files"))
        self.copy_button.clicked.connect(self._copy)
        self.save_button = QPushButton(self.tr("&Save list…"))
        self.save_button.setAccessibleName(self.tr("Save this list of files"))
        self.save_button.clicked.connect(self._ask_and_save)
        row = QHBoxLayout()
        row.addWidget(self.words, 1)
        row.addWidget(self.copy_button)
        row.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self._copy_selected)
        self.show_files(())

    def show_files(self, files: Sequence[SkippedFile], *, mend: bool = False) -> None:
        """Shows other files or lines; `mend` says that nothing goes on with them as they are."""
        self.words.setText(
            self.tr("Nothing can be protected until this is mended.")
            if mend
            else self.tr("None of these is protected or exported.")
        )
        self._show(files)

    def show_look_alikes(self, files: Sequence[LookAlike]) -> None:
        """Shows held-out images that look the same as others instead."""
        self.words.setText(
            self.tr("These are held out to measure with, but networks know them already: take one of each two away.")
        )
        self.table.setAccessibleName(self.tr("Held-out images that look the same as others"))
        self._show(files)

    def _show(self, files: Files) -> None:
        if files is not self.refused.files:
            self.refused.show_files(files)
        for button in (self.copy_button, self.save_button):
            button.setEnabled(bool(files))

    def save(self, path: Path) -> None:
        """Writes the list as CSV. Raises `StorageError` if the disk refuses."""
        text = StringIO()
        writer = csv.writer(text)
        writer.writerow(["path", "reason"])
        writer.writerows((plain(file.path), plain(file.reason)) for file in self.refused.files)
        write_atomically(path, text.getvalue().encode())

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.refused)
        table.setAccessibleName(self.tr("Files left out"))
        table.verticalHeader().setVisible(False)
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 8)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return table

    @Slot()
    def _copy(self) -> None:
        _to_clipboard(self.refused.files)

    @Slot()
    def _copy_selected(self) -> None:
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        _to_clipboard(self.refused.files[row] for row in rows)

    @Slot()
    def _ask_and_save(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the list"), "left-out.csv", self.tr("Tables (*.csv)")
        )
        if chosen:
            try:
                self.save(Path(chosen))
            except PueError as error:
                self.failed.emit(error)


def _to_clipboard(files: Iterable[SkippedFile | LookAlike]) -> None:
    lines = [f"{plain(file.path)}\t{plain(said(file.reason))}" for file in files]
    if lines:
        QGuiApplication.clipboard().setText("\n".join(lines) + "\n")
