"""Folders opened lately, as a menu: those that are gone are grey and say so, and the list can be cleared."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from pue_desktop.settings import Store
from pue_desktop.ui.text import plain
from pue_desktop.workers.background import Background


class RecentMenu(QMenu):
    """The menu, filled when it is about to be seen.

    Whether a folder is there is asked off the GUI thread: a network drive that sleeps must not hold the window.

    Signals:
        chosen(object): The path of the folder to open.
    """

    chosen = Signal(object)

    def __init__(self, title: str, store: Store, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._store = store
        self._background = background
        self._there: dict[str, bool] = {}
        self.aboutToShow.connect(self._show_and_look)
        self.fill()

    @Slot()
    def fill(self) -> None:
        """Shows the folders known now, each as it was when somebody looked last."""
        names = self._store.value.recent_folders
        self.clear()
        for name in names:
            self.addAction(self._entry(name))
        self.addSeparator()
        clear = QAction(self.tr("&Clear this list"), self)
        clear.triggered.connect(self._clear)
        clear.setEnabled(bool(names))
        self.addAction(clear)
        self.menuAction().setEnabled(bool(names))

    @Slot()
    def _show_and_look(self) -> None:
        self.fill()
        names = self._store.value.recent_folders
        if names:
            self._background.submit(f"recent {id(self)}", lambda: _look(names), self._mark)

    def _entry(self, name: str) -> QAction:
        action = QAction(self)
        action.setData(name)
        action.triggered.connect(self._choose)
        self._dress(action, name)
        return action

    def _dress(self, action: QAction, name: str) -> None:
        there = self._there.get(name, True)
        words = plain(name) if there else self.tr("{} (not there any more)").format(plain(name))
        action.setText(words.replace("&", "&&"))
        action.setEnabled(there)

    def _mark(self, there: dict[str, bool]) -> None:
        self._there = there
        for action in self.actions():
            name = action.data()
            if isinstance(name, str):
                self._dress(action, name)

    @Slot()
    def _choose(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.chosen.emit(Path(str(action.data())))

    @Slot()
    def _clear(self) -> None:
        self._store.update(recent_folders=())
        self.fill()


def _look(names: tuple[str, ...]) -> dict[str, bool]:
    return {name: Path(name).is_dir() for name in names}
