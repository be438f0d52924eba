"""What every page has: a name, the steps it is about, and the desk it works at."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QPushButton, QWidget

from pue_desktop.settings import Store
from pue_desktop.ui.feedback import MessageBar
from pue_desktop.ui.series import SeriesStore
from pue_desktop.ui.thumbnails import Thumbnails
from pue_desktop.workers.controller import Controller
from pue_desktop.workers.machine import Machine


@dataclass(frozen=True)
class Desk:
    """What pages work with.

    Attributes:
        controller: The open run and what is done to it.
        store: The user's preferences.
        messages: Where to tell something.
        series: Metrics of the open run.
        thumbnails: Small pictures.
        machine: What this computer can do, and how fast.
        go_to: Shows the page of that name.
        ask_for_folder: Lets the user choose an image folder and opens it.
        ask_for_run: Lets the user choose a run folder and opens it.
        verify: Shows the Verify page and verifies an export there.
        apply_preferences: Lets changed preferences have their effect.
    """

    controller: Controller
    store: Store
    messages: MessageBar
    series: SeriesStore
    thumbnails: Thumbnails
    machine: Machine
    go_to: Callable[[str], None]
    ask_for_folder: Callable[[], None]
    ask_for_run: Callable[[], None]
    verify: Callable[[Path], None]
    apply_preferences: Callable[[], None]


class Page(QWidget):
    """A page of the window.

    Attributes:
        name: What the program calls it.
        steps: The steps whose state stands beside the page's name.
        desk: What it works with.
    """

    name: ClassVar[str]
    steps: ClassVar[tuple[str, ...]]

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setAccessibleName(self.title())

    def title(self) -> str:
        """Returns the page's name for people."""
        raise NotImplementedError

    def button(self, text: str, slot: Callable[[], None]) -> QPushButton:
        """Returns a button that calls `slot`; its name is its text."""
        made = QPushButton(text)
        made.setAccessibleName(text.replace("&", ""))
        made.clicked.connect(slot)
        return made

    def shutdown(self) -> None:
        """Ends what the page has running, before the window goes."""
