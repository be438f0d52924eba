"""What happened in this run, line by line: rebuilt from its events when it is opened, then growing.

Plain text with the time of day, to read and to copy into a report. Only what a person would tell is in it: phases
that began, notices and errors; the figures are in the plots. What comes now goes to the log file, too.
"""

import logging
import time

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from pue_desktop.engine.errors import PueError
from pue_desktop.engine.events import Event, Notice, Progress, StampedEvent
from pue_desktop.ui.engine_words import said
from pue_desktop.ui.text import plain
from pue_desktop.workers.controller import Outcome
from pue_desktop.workers.job import JobProgress

LINES = 5000

_log = logging.getLogger(__name__)


class LogView(QPlainTextEdit):
    """The log of the open run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phase = ("", "")
        self.setReadOnly(True)
        # With a cursor, which also says where the focus is, the keyboard can select.
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setTabChangesFocus(True)
        self.setMaximumBlockCount(LINES)
        self.setAccessibleName(self.tr("Log"))
        self.setPlaceholderText(self.tr("Nothing has happened yet."))

    def rebuild(self, events: list[StampedEvent]) -> None:
        """Starts over with what happened in a run."""
        self.clear()
        self._phase = ("", "")
        lines = [line for stamped in events if (line := self._line(stamped.event, stamped.time))]
        self.setPlainText("\n".join(lines[-LINES:]))
        self.moveCursor(QTextCursor.MoveOperation.End)

    @Slot(object)
    def take(self, event: Event) -> None:
        """Takes an event that came now."""
        what, words = self._words(event)
        self._append(words, what)

    @Slot(object)
    def take_progress(self, progress: JobProgress) -> None:
        """Notes a phase that began."""
        self.take(Progress(progress.step, 0, 1, progress.phase))

    @Slot(object)
    def take_error(self, error: PueError) -> None:
        """Notes an error."""
        self._append(str(error))

    @Slot(object, object)
    def take_end(self, outcome: Outcome, steps: tuple[str, ...]) -> None:
        """Notes how a job ended."""
        self._phase = ("", "")
        self._append(outcome.value, ", ".join(steps))

    def _line(self, event: Event, when: float) -> str:
        what, words = self._words(event)
        return f"{_clock(when)}  {_told(what, words)}" if words else ""

    def _words(self, event: Event) -> tuple[str, str]:
        """Returns a step and what to note of it, or nothing."""
        if isinstance(event, Notice):
            return event.step, event.text
        if isinstance(event, Progress) and event.phase and (event.step, event.phase) != self._phase:
            self._phase = (event.step, event.phase)
            return event.step, event.phase
        return "", ""

    def _append(self, words: str, what: str = "") -> None:
        if words:
            self.appendPlainText(f"{_clock(time.time())}  {_told(what, words)}")
            # The file is for whoever helps, so it stays English.
            _log.info("%s", plain(f"{what}: {words}" if what else words))


def _told(what: str, words: str) -> str:
    told = plain(said(words))
    return f"{what}: {told}" if what else told


def _clock(when: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(when))
