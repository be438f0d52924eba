"""Chooses several folders of images for the queue: one by one, or all inside a folder; with the keyboard alone, too."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pue_desktop.ui.drops import dropped_paths
from pue_desktop.ui.text import label, plain


class _List(QListWidget):
    """Signals: delete_pressed(): The key that deletes."""

    delete_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tells of the key."""
        if event.matches(QKeySequence.StandardKey.Delete):
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)


class FolderDialog(QDialog):
    """A list of folders to add to and take from; folders may be dropped on it.

    Signals:
        chosen(object): The list of folders, when the user wants them protected.
    """

    chosen = Signal(object)

    def __init__(self, settings: str, start: Path, *, more: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folders: list[Path] = []
        self._start = start
        self.setWindowTitle(self.tr("Several folders"))
        self.setAcceptDrops(True)
        self.list = _List()
        self.list.setAccessibleName(self.tr("Folders to protect"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.itemSelectionChanged.connect(self._show_state)
        self.add_button = self._button(self.tr("&Add a folder…"), self._add_one)
        self.inside_button = self._button(self.tr("Add all folders &inside…"), self._add_inside)
        self.remove_button = self._button(self.tr("&Remove"), self._remove)
        self.list.delete_pressed.connect(self._remove)
        self.buttons = QDialogButtonBox()
        words = self.tr("Add to the &queue") if more else self.tr("&Protect them all")
        self.go_button = self.buttons.addButton(words, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = self.buttons.addButton(self.tr("&Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self.go_button, cancel):
            button.setAccessibleName(button.text().replace("&", ""))
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out(settings)
        self._show_state()

    def _lay_out(self, settings: str) -> None:
        said = self.tr("They are protected one after the other, all with the same settings: {}.").format(settings)
        side = QVBoxLayout()
        for button in (self.add_button, self.inside_button, self.remove_button):
            side.addWidget(button)
        side.addStretch(1)
        middle = QHBoxLayout()
        middle.addWidget(self.list, 1)
        middle.addLayout(side)
        layout = QVBoxLayout(self)
        layout.addWidget(label(self.tr("Which folders of images shall be protected?"), bold=True))
        layout.addLayout(middle, 1)
        layout.addWidget(label(said, dim=True))
        layout.addWidget(
            label(self.tr("You can look at them and export them afterwards. Originals are only read."), dim=True)
        )
        layout.addWidget(self.buttons)
        self.resize(640, 420)

    def add(self, folders: Iterable[Path]) -> None:
        """Adds folders that are not in the list yet."""
        for folder in folders:
            if folder not in self.folders and folder.is_dir():
                self.folders.append(folder)
                self.list.addItem(plain(str(folder)))
        self._show_state()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes folders."""
        if any(path.is_dir() for path in dropped_paths(event.mimeData())):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Adds what was dropped."""
        event.acceptProposedAction()
        self.add(dropped_paths(event.mimeData()))

    def _button(self, text: str, slot: object) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text.replace("&", ""))
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _ask(self, title: str) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self, title, str(self._start))
        if not chosen:
            return None
        self._start = Path(chosen).parent
        return Path(chosen)

    @Slot()
    def _add_one(self) -> None:
        chosen = self._ask(self.tr("Choose a folder of images"))
        if chosen is not None:
            self.add([chosen])

    @Slot()
    def _add_inside(self) -> None:
        chosen = self._ask(self.tr("Choose the folder in which they lie"))
        if chosen is not None:
            try:
                inside = sorted(path for path in chosen.iterdir() if not path.name.startswith("."))
            except OSError:
                inside = []
            self.add(inside)

    @Slot()
    def _remove(self) -> None:
        for row in sorted((index.row() for index in self.list.selectedIndexes()), reverse=True):
            self.list.takeItem(row)
            del self.folders[row]
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        self.remove_button.setEnabled(bool(self.list.selectedItems()))
        self.go_button.setEnabled(bool(self.folders))

    @Slot()
    def _accept(self) -> None:
        self.chosen.emit(list(self.folders))
        self.accept()
