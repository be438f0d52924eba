"""Which of several folders has its turn, above the job's progress; and what became of them in the end."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from pue_desktop.engine.config import Plan
from pue_desktop.engine.library import plan_words
from pue_desktop.ui.engine_words import plan_text, said
from pue_desktop.ui.feedback import Message, MessageBar
from pue_desktop.ui.folder_dialog import FolderDialog
from pue_desktop.ui.questions import agreed
from pue_desktop.ui.text import label, plain
from pue_desktop.workers.controller import Controller
from pue_desktop.workers.folder_queue import FolderQueue, Protected

_NAMED = 8


class QueueBar(QFrame):
    """Shown while there is a queue. Signals: list_wanted(): the user wants to see the runs that were made.

    Attributes:
        add_action: For a menu: chooses folders for the queue.
    """

    list_wanted = Signal()

    def __init__(
        self, queue: FolderQueue, controller: Controller, messages: MessageBar, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._queue, self._controller, self._messages = queue, controller, messages
        self.setAccessibleName(self.tr("Folders waiting"))
        self.text = label()
        self.skip_button = QPushButton(self.tr("&Leave out the rest"))
        self.skip_button.setAccessibleName(self.tr("Leave out the rest"))
        self.skip_button.clicked.connect(queue.leave_out_rest)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 0)
        row.addWidget(self.text, 1)
        row.addWidget(self.skip_button)
        self.add_action = QAction(self.tr("Protect &several folders…"), self)
        self.add_action.setShortcut(QKeySequence("Ctrl+Shift+F"))
        self.add_action.triggered.connect(self.choose)
        controller.activity_changed.connect(self._allow)
        queue.changed.connect(self._allow)
        queue.changed.connect(self._show)
        queue.ended.connect(self._ended)
        self._show()

    def ask(self, folders: list[Path]) -> None:
        """Asks whether several folders shall be protected, and begins."""
        text = self.tr("Protect %Ln folder(s), one after the other?", "", len(folders))
        settings = plan_text(plan_words(self._controller.new_plan()), ", ")
        words = [
            *_names(folders),
            "",
            self.tr("Each gets a run of its own, all with the same settings: {}.").format(settings),
            self.tr("You can look at them and export them afterwards. Originals are only read."),
        ]
        if agreed(
            self.window(),
            self.tr("Several folders"),
            text,
            "\n".join(words),
            do=self.tr("&Protect them all"),
            keep=self.tr("&Cancel"),
        ):
            self._queue.start(folders)

    @Slot()
    def choose(self) -> None:
        """Lets the user choose folders; they begin at once, or join the queue that is at work."""
        more = self._queue.current is not None
        known = self._queue.folders or [Path.home() / "folder"]
        dialog = FolderDialog(plan_words(self._plan()), known[0].parent, more=more, parent=self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._queue.add)
        dialog.open()

    def _plan(self) -> Plan:
        return self._controller.new_plan() if self._queue.current is None else self._queue.plan

    @Slot()
    def _allow(self) -> None:
        # One job at a time: what runs must be a queue to join.
        self.add_action.setEnabled(not self._controller.busy or self._queue.current is not None)

    @Slot()
    def _show(self) -> None:
        current, waiting = self._queue.current, self._queue.waiting
        self.setVisible(current is not None)
        self.skip_button.setVisible(bool(waiting))
        if current is None:
            return
        total = len(self._queue.folders)
        text = self.tr("Folder {} of {}: {}.").format(total - len(waiting), total, plain(current.name))
        if waiting:
            text += " " + self.tr("Still to come: {}.").format(", ".join(_names(waiting)))
        self.text.setText(text)

    @Slot(object, object)
    def _ended(self, results: list[Protected], left_out: list[Path]) -> None:
        failed = [one for one in results if one.problem]
        text = self.tr("{} of {} folders are protected.").format(
            len(results) - len(failed), len(results) + len(left_out)
        )
        hints = [f"{plain(one.folder.name)}: {plain(said(one.problem))}" for one in failed]
        if left_out:
            hints.append(self.tr("Left out because you stopped: {}.").format(", ".join(_names(left_out))))
        self._messages.show_message(
            Message(
                text,
                "\n".join(hints) or self.tr("Look at each in the list of runs, then export it."),
                "warning" if failed else "info",
                action=self.tr("Show the &runs"),
                on_action=self.list_wanted.emit,
            )
        )


def _names(folders: list[Path]) -> list[str]:
    named = [plain(folder.name) for folder in folders[:_NAMED]]
    return [*named, "…"] if len(folders) > _NAMED else named
