"""How the window speaks: a bar of messages above the page instead of boxes that stop the work.

Messages are plain text whatever they contain; the same message is not stacked twice. An error that carries details
(a traceback) can be copied. A message stays until it is closed or the next job starts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pue_desktop.engine.errors import PueError
from pue_desktop.ui.engine_words import said
from pue_desktop.ui.layouts import reach_after
from pue_desktop.ui.text import label

Level = Literal["info", "warning", "error"]
MOST = 3

_ICONS = {
    "info": QStyle.StandardPixmap.SP_MessageBoxInformation,
    "warning": QStyle.StandardPixmap.SP_MessageBoxWarning,
    "error": QStyle.StandardPixmap.SP_MessageBoxCritical,
}


@dataclass(frozen=True)
class Message:
    """One thing to tell.

    Attributes:
        text: What there is to say.
        hint: What the user can do.
        level: How bad it is.
        details: For "Copy details"; may be empty.
        action: Words on a button, or empty.
        on_action: What the button does.
    """

    text: str
    hint: str = ""
    level: Level = "info"
    details: str = ""
    action: str = ""
    on_action: Callable[[], None] | None = None


def message_of(error: PueError) -> Message:
    """Returns what the window says about an error."""
    return Message(error.message, error.hint, "error", str(getattr(error, "details", "")))


class MessageCard(QFrame):
    """One message with its buttons.

    Signals:
        closed(object): The card wants to go; carries itself.
    """

    closed = Signal(object)

    def __init__(self, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = message
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        text, hint = said(message.text), said(message.hint)
        level = {"info": self.tr("Message"), "warning": self.tr("Warning"), "error": self.tr("Error")}[message.level]
        self.setAccessibleName(f"{level}: {text} {hint}".strip())
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 6, 6)
        icon = label()
        icon.setPixmap(self.style().standardIcon(_ICONS[message.level]).pixmap(20, 20))
        icon.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.setContentsMargins(4, 2, 0, 0)
        self.text = label(text)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(self.text)
        self.hint = label(hint, dim=True)
        self.hint.setVisible(bool(message.hint))
        words.addWidget(self.hint)
        row.addLayout(words, 1)
        if message.details:
            self._add_button(row, self.tr("Copy &details"), self._copy)
        if message.action:
            self._add_button(row, message.action, self._act)
        close = QToolButton()
        close.setAutoRaise(True)
        # Words follow the palette; the style's own picture is dark grey on dark.
        close.setText("✕")
        close.setAccessibleName(self.tr("Close message"))
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(self._close)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)

    def _add_button(self, row: QHBoxLayout, text: str, slot: Callable[[], None]) -> None:
        button = QPushButton(text)
        button.setAccessibleName(text.replace("&", ""))
        button.clicked.connect(slot)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    @Slot()
    def _close(self) -> None:
        self.closed.emit(self)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.message.text}\n\n{self.message.details}")

    @Slot()
    def _act(self) -> None:
        action = self.message.on_action
        self.closed.emit(self)
        if action is not None:
            action()


class MessageBar(QWidget):
    """The latest messages, newest on top."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Messages"))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 8, 0, 0)
        self._layout.setSpacing(4)
        self._cards: list[MessageCard] = []
        self.hide()

    @property
    def messages(self) -> list[Message]:
        """What is shown, newest first."""
        return [card.message for card in self._cards]

    def show_message(self, message: Message) -> None:
        """Shows a message; one with the same words is replaced, the oldest beyond `MOST` goes."""
        for card in list(self._cards):
            if card.message.text == message.text:
                self._drop(card)
        card = MessageCard(message)
        card.closed.connect(self._drop)
        self._layout.insertWidget(0, card)
        self._cards.insert(0, card)
        reach_after(self, *card.findChildren(QAbstractButton))
        for old in self._cards[MOST:]:
            self._drop(old)
        self.show()

    @Slot(object)
    def show_error(self, error: PueError) -> None:
        """Shows an error with its hint."""
        self.show_message(message_of(error))

    def clear(self) -> None:
        """Takes all messages away."""
        for card in list(self._cards):
            self._drop(card)

    @Slot(object)
    def _drop(self, card: MessageCard) -> None:
        if card in self._cards:
            self._cards.remove(card)
            card.hide()
            self._layout.removeWidget(card)
            card.deleteLater()
        self.setVisible(bool(self._cards))
