"""What can go wrong, as types that carry a sentence for the user, a hint and an exit code.

Everything the engine refuses or gives up on derives from `PueError`, so that the command line and the window
show the same words and nobody ever meets a traceback. An exception outside this tree is a bug (exit code 1).
"""


class PueError(Exception):
    """Base of every error the program raises on purpose.

    Attributes:
        message: One sentence that names the thing that is wrong.
        hint: What the user can do about it; may be empty.
        exit_code: The process exit code of the command line.
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class UsageError(PueError):
    """The command or a setting is wrong (exit code 2)."""

    exit_code = 2


class InputRefusedError(PueError):
    """A folder, file or disk can't be used (exit code 3)."""

    exit_code = 3


class RunBusyError(InputRefusedError):
    """Another program works on the same run folder."""


class SchemaError(InputRefusedError):
    """A file was written by another version, or is not what it claims to be."""


class StorageError(InputRefusedError):
    """A disk is full, read-only or gone."""


class AbstainedError(PueError):
    """No certificate exists at the asked confidence (exit code 4)."""

    exit_code = 4


class VerificationFailedError(PueError):
    """An export is not what its certificate says (exit code 5)."""

    exit_code = 5


class CancelledError(PueError):
    """The user asked to stop (exit code 130). What was reached is saved."""

    exit_code = 130
