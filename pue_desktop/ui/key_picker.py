"""Which of the owner's keys signs: choose one, make one, save the half to be published, type a passphrase."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pue_desktop.engine.errors import PueError
from pue_desktop.ui.engine_words import said
from pue_desktop.ui.text import label, plain


class KeyPicker(QWidget):
    """A combo box of keys with two buttons.

    Signals:
        chosen(str): Name of the key the user took or made.
        failed(object): A `PueError` to show.
    """

    chosen = Signal(str)
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self.box = QComboBox()
        self.box.setAccessibleName(self.tr("Signed with"))
        self.box.setMinimumContentsLength(16)
        self.box.activated.connect(self._activated)
        self.new_button = QPushButton(self.tr("&New key…"))
        self.new_button.setAccessibleName(self.tr("New key"))
        self.new_button.clicked.connect(self._make)
        self.save_button = QPushButton(self.tr("&Save public key…"))
        self.save_button.setAccessibleName(self.tr("Save public key"))
        self.save_button.clicked.connect(self._save)
        self.words = label(dim=True, scale=0.9)
        title = label(self.tr("Signed &with"))
        title.setBuddy(self.box)
        row = QHBoxLayout()
        row.addWidget(self.box, 1)
        row.addWidget(self.new_button)
        row.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(title)
        layout.addLayout(row)
        layout.addWidget(self.words)

    def show_key(self, name: str) -> None:
        """Shows the key called `name` without telling anybody; the keys are listed once the picker is seen."""
        self._name = name
        if self.isVisible():
            self._list(name)

    def showEvent(self, event: QShowEvent) -> None:
        """Lists the keys: not before, because that loads what signs."""
        super().showEvent(event)
        self._list(self._name)

    def _list(self, name: str) -> None:
        from pue_desktop.engine import identities

        try:
            found = identities.identities()
        except PueError as error:
            self.failed.emit(error)
            found = []
        known = {one.name: one for one in found}
        self.box.clear()
        for listed in sorted({identities.DEFAULT, name, *known}, key=lambda one: (one != identities.DEFAULT, one)):
            locked = listed in known and known[listed].locked
            self.box.addItem(plain(listed) + (self.tr(" (under a passphrase)") if locked else ""), listed)
        self.box.setCurrentIndex(self.box.findData(name))
        self.save_button.setEnabled(name in known)
        if name in known and known[name].key_id:
            self.words.setText(self.tr("Key {}…").format(" ".join(_groups(known[name].key_id)[:3])))
        elif name == identities.DEFAULT:
            self.words.setText(self.tr("The key is made with the first export and stays on this computer."))
        else:
            self.words.setText(self.tr("This key is not on this computer."))

    def unlock(self, name: str) -> bool:
        """Asks for the passphrase of a key that needs one; returns whether the key can sign now."""
        from pue_desktop.engine import identities

        question = self.tr("Passphrase of the key “{}”:").format(plain(name))
        while identities.needs_passphrase(name):
            text, given = QInputDialog.getText(self, self.tr("Unlock the key"), question, QLineEdit.EchoMode.Password)
            if not given:
                return False
            try:
                identities.unlock(name, text)
            except identities.KeyLockedError as error:
                question = plain(said(error.message))
        return True

    @Slot(int)
    def _activated(self, place: int) -> None:
        name = str(self.box.itemData(place))
        self.show_key(name)
        self.chosen.emit(name)

    @Slot()
    def _make(self) -> None:
        from pue_desktop.engine import identities

        dialog = NewKeyDialog(self)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        try:
            made = identities.create(dialog.name.text().strip(), dialog.passphrase.text())
        except PueError as error:
            self.failed.emit(error)
            return
        self.show_key(made.name)
        self.chosen.emit(made.name)

    @Slot()
    def _save(self) -> None:
        from pue_desktop.engine import identities
        from pue_desktop.engine.files import write_atomically

        name = str(self.box.currentData())
        proposed = str(Path.home() / f"{name}-public.pem")
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save the public key"), proposed)
        if not chosen:
            return
        try:
            write_atomically(Path(chosen), identities.public_pem(name))
        except PueError as error:
            self.failed.emit(error)


class NewKeyDialog(QDialog):
    """Asks for a name and, if wanted, a passphrase twice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New key"))
        self.name = self._line(self.tr("Name"))
        self.passphrase = self._line(self.tr("Passphrase"), secret=True)
        self.again = self._line(self.tr("Passphrase once more"), secret=True)
        self.words = label(dim=True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(self.tr("&Name"), self.name)
        form.addRow(self.tr("&Passphrase (optional)"), self.passphrase)
        form.addRow(self.tr("Once &more"), self.again)
        layout = QVBoxLayout(self)
        layout.addWidget(
            label(
                self.tr(
                    "A key shows that what you sign comes from the same hand. Keep a copy of it: a lost key can't be "
                    "made again, and without its passphrase it is lost too."
                )
            )
        )
        layout.addLayout(form)
        layout.addWidget(self.words)
        layout.addWidget(self.buttons)
        self._check()

    def _line(self, name: str, *, secret: bool = False) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        if secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        line.textChanged.connect(self._check)
        return line

    @Slot()
    def _check(self) -> None:
        trouble = self._trouble()
        self.words.setText(trouble)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not trouble)

    def _trouble(self) -> str:
        from pue_desktop.engine import identities
        from pue_desktop.engine.errors import UsageError

        name = self.name.text().strip()
        if not name:
            return self.tr("Give it a name, such as that of your museum.")
        try:
            taken = identities.key_file(name).exists()
        except UsageError as error:
            return said(error.hint)
        if taken:
            return self.tr("You have a key of that name already.")
        if self.passphrase.text() != self.again.text():
            return self.tr("The two passphrases are not the same.")
        return ""


def _groups(digest: str) -> list[str]:
    return [digest[place : place + 8] for place in range(0, len(digest), 8)]
