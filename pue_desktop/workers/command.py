"""Runs one of this program's own sub-commands in a process of its own and reads its JSON answer.

For work that imports torch but has no place on the engine thread: what the machine can do (`doctor`). The window never
imports torch for it, and a crash there is only a sentence here.
"""

import logging

import msgspec
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal, Slot

from pue_desktop.engine.errors import PueError
from pue_desktop.engine.runtime import own_command

_log = logging.getLogger(__name__)


class OwnCommand(QObject):
    """One run of a sub-command.

    Signals:
        answered(object): The JSON object on its last line of output, as a dict. It may tell of a failure: see `code`.
        failed(object): A `PueError`: it did not start, crashed, or answered nothing readable.

    Attributes:
        code: Exit code, once it has ended.
    """

    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, *arguments: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.code = 0
        self._name = arguments[0]
        self._process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONIOENCODING", "utf-8")
        self._process.setProcessEnvironment(environment)
        command = own_command(*arguments)
        self._process.setProgram(command[0])
        self._process.setArguments(command[1:])
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._broken)

    def start(self) -> None:
        """Starts the process; returns at once."""
        self._process.start(QProcess.OpenModeFlag.ReadOnly)

    @property
    def running(self) -> bool:
        """Whether the process is at work."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def stop(self) -> None:
        """Ends the process, if it is at work, without a signal."""
        self._process.blockSignals(True)
        if self.running:
            self._process.kill()
            self._process.waitForFinished(3000)

    @Slot(int, QProcess.ExitStatus)
    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self.code = code
        if status is QProcess.ExitStatus.CrashExit:
            return
        lines = bytes(self._process.readAllStandardOutput().data()).decode(errors="replace").strip().splitlines()
        try:
            answer = msgspec.json.decode(lines[-1] if lines else "", type=dict)
        except msgspec.DecodeError:
            complaint = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
            _log.warning("%s answered nothing readable (exit code %d): %s", self._name, code, complaint)
            last = complaint.strip().splitlines()[-1:] or ["no answer"]
            self.failed.emit(PueError(f"“{self._name}” did not work: {last[0]}"))
            return
        self.answered.emit(answer)

    @Slot(QProcess.ProcessError)
    def _broken(self, error: QProcess.ProcessError) -> None:
        if error in (QProcess.ProcessError.FailedToStart, QProcess.ProcessError.Crashed):
            self.failed.emit(PueError(f"“{self._name}” did not work: {self._process.errorString()}."))
