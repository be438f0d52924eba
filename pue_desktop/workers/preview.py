"""The pages of a certificate as images, drawn in a process of its own as its PDF is, and read off the GUI thread."""

import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from pue_desktop.engine.errors import PueError
from pue_desktop.engine.export_names import CERTIFICATE_JSON
from pue_desktop.workers.background import Background
from pue_desktop.workers.command import OwnCommand

WIDTH = 1400
_KEY = "pages"


class Preview(QObject):
    """Draws one certificate at a time; a new one replaces the one at work.

    Signals:
        drawn(object): The pages, as a list of `QImage`.
        failed(object): A `PueError`: it can't be shown.
    """

    drawn = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._command: OwnCommand | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    @property
    def running(self) -> bool:
        """Whether an answer is still to come."""
        return self._folder is not None

    def start(self, export: Path, page: str) -> None:
        """Begins to draw the certificate of the export folder `export` on paper of that name."""
        self.stop()
        self._folder = tempfile.TemporaryDirectory(prefix="pue-desktop-")
        arguments = [str(export / CERTIFICATE_JSON), self._folder.name, "--page", page, "--pictures", str(WIDTH)]
        self._command = OwnCommand("report", *arguments, "--json", parent=self)
        self._command.answered.connect(self._answered)
        self._command.failed.connect(self._broken)
        self._command.start()

    def stop(self) -> None:
        """Ends what is at work, if anything, without an answer."""
        self._background.forget(_KEY)
        self._end()

    def shutdown(self) -> None:
        """Ends everything and waits for it."""
        self.stop()
        self._background.shutdown()

    @Slot(object)
    def _answered(self, answer: dict[str, Any]) -> None:
        if answer.get("status") != "ok" or self._folder is None:
            self._broken(PueError(str(answer.get("error", "")), hint=str(answer.get("hint", ""))))
            return
        folder = Path(self._folder.name)

        def read() -> list[QImage]:
            files = sorted(folder.glob("page-*.png"), key=lambda file: (len(file.name), file.name))
            return [QImage(str(file)) for file in files]

        self._background.submit(_KEY, read, self._read, self._broken)

    def _read(self, images: list[QImage]) -> None:
        self._end()
        self.drawn.emit(images)

    @Slot(object)
    def _broken(self, error: PueError) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        if self._command is not None:
            self._command.stop()
            self._command.deleteLater()
            self._command = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
