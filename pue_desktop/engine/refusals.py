"""Refusals that are about many files or lines at once: the sentence, and beside it every one with its own reason."""

from collections.abc import Iterable

from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.engine.results import SkippedFile


class FilesRefusedError(InputRefusedError):
    """A folder or a table can't be used.

    Attributes:
        files: What in it can't be used, each with its reason: files, or lines of a table. May be empty.
    """

    def __init__(self, message: str, *, hint: str = "", files: Iterable[SkippedFile] = ()) -> None:
        super().__init__(message, hint=hint)
        self.files = tuple(files)
