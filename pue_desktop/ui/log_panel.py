"""The log with what one does with it: copy what a helper needs to know, open the folder it is kept in."""

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pue_desktop import diagnostics
from pue_desktop.engine.errors import PueError
from pue_desktop.engine.places import log_folder
from pue_desktop.ui.feedback import Message, MessageBar
from pue_desktop.ui.log_view import LogView
from pue_desktop.ui.text import label, plain
from pue_desktop.workers.machine import Machine


class LogPanel(QWidget):
    """The log view above its buttons."""

    def __init__(self, log: LogView, machine: Machine, messages: MessageBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._machine = machine
        self._messages = messages
        self._waiting = False
        self.copy_button = QPushButton(self.tr("&Copy diagnostics"))
        self.copy_button.setAccessibleName(self.tr("Copy diagnostics"))
        self.copy_button.clicked.connect(self._copy_when_known)
        self.folder_button = QPushButton(self.tr("Open log &folder"))
        self.folder_button.setAccessibleName(self.tr("Open log folder"))
        self.folder_button.clicked.connect(self._open_folder)
        words = label(
            self.tr("For whoever helps you: versions, devices, settings and the last lines. No images are in it."),
            dim=True,
        )
        row = QHBoxLayout()
        row.addWidget(self.copy_button)
        row.addWidget(self.folder_button)
        row.addWidget(words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 8)
        layout.addWidget(log, 1)
        layout.addLayout(row)
        machine.devices_found.connect(self._devices_known)
        machine.not_found.connect(self._devices_known)

    @Slot()
    def _copy_when_known(self) -> None:
        if self._machine.looked:
            self._copy()
            return
        self._waiting = True
        self.copy_button.setEnabled(False)
        self.copy_button.setText(self.tr("Looking for devices…"))
        self._machine.look()

    @Slot()
    def _devices_known(self) -> None:
        if self._waiting:
            self._waiting = False
            self.copy_button.setEnabled(True)
            self.copy_button.setText(self.tr("&Copy diagnostics"))
            self._copy()

    def _copy(self) -> None:
        found = diagnostics.gather(self._machine.devices, self._machine.conditions)
        QGuiApplication.clipboard().setText(found.text())
        self._messages.show_message(
            Message(
                self.tr("The diagnostics are in the clipboard."),
                self.tr("Names of files may be in the log's lines: read them before you send them to somebody."),
            )
        )

    @Slot()
    def _open_folder(self) -> None:
        folder = log_folder()
        if not folder.is_dir() or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._messages.show_error(
                PueError(
                    self.tr("{} could not be opened.").format(plain(str(folder))),
                    hint=self.tr("Look for it with your file manager."),
                )
            )
