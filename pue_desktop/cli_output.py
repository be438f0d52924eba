"""What the command line prints and where: people's text, one JSON object, errors; and what survives a closed pipe.

Without `--json` a result is text on stdout. With it, stdout carries exactly one JSON object as its last line and
everything for people goes to stderr. A reader that went away (`| head`) never stops the work.
"""

from __future__ import annotations

import json as json_module
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TextIO

from pue_desktop.engine.errors import PueError
from pue_desktop.engine.export_names import shown
from pue_desktop.engine.refusals import FilesRefusedError
from pue_desktop.engine.results import LookAlike, SkippedFile

SHOWN_FILES = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command has to say.

    Attributes:
        facts: For `--json`.
        text: The same for people.
        exit_code: Of the process.
    """

    facts: dict[str, object] = field(default_factory=dict)
    text: str = ""
    exit_code: int = 0


class Console:
    """stdout and stderr of one command."""

    def __init__(self, *, json: bool) -> None:
        self.json = json
        for stream in (sys.stdout, sys.stderr):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:
                # A terminal that can't show σ gets an escape, never an exception.
                reconfigure(errors="backslashreplace")

    @property
    def progress_stream(self) -> TextIO:
        """Where progress goes."""
        return sys.stderr

    def tell(self, text: str) -> None:
        """Says something to people while a command works."""
        _write(sys.stderr, text + "\n")

    def finish(self, outcome: Outcome) -> None:
        """Prints a command's result."""
        if self.json:
            _write(sys.stdout, _line({"exit_code": outcome.exit_code} | outcome.facts))
        elif outcome.text:
            _write(sys.stdout, outcome.text.rstrip("\n") + "\n")

    def fail(self, error: PueError) -> None:
        """Prints a refusal or a failure: a sentence and a hint, never a traceback."""
        files = error.files if isinstance(error, FilesRefusedError) else ()
        words = [part for part in (error.message, error.hint) if part]
        self.tell("\n".join([*words, *skipped_text(files, limit=None)]))
        if self.json:
            facts: dict[str, object] = {
                "status": "error",
                "error": error.message,
                "hint": error.hint,
                "exit_code": error.exit_code,
            }
            if files:
                facts["skipped"] = skipped_facts(files)
            _write(sys.stdout, _line(facts))

    def close(self) -> None:
        """Flushes both streams, so that the interpreter has nothing to complain about when it ends."""
        for stream in (sys.stdout, sys.stderr):
            _write(stream, "")


def skipped_facts(skipped: Sequence[SkippedFile] | Sequence[LookAlike]) -> list[dict[str, str]]:
    """Returns files with their reasons, for `--json`: those that can't be protected, or look-alikes."""
    return [{"path": file.path, "reason": file.reason} for file in skipped]


def skipped_text(
    skipped: Sequence[SkippedFile] | Sequence[LookAlike], *, limit: int | None = SHOWN_FILES
) -> Iterator[str]:
    """Yields lines about the same files."""
    for file in skipped[:limit]:
        yield f"  {shown(file.path)}: {shown(file.reason)}"
    if limit is not None and len(skipped) > limit:
        yield f"  and {len(skipped) - limit} more (scan lists them all)"


def _line(facts: dict[str, object]) -> str:
    """Returns one line of ASCII JSON; file names that are not valid text survive as escapes."""
    return json_module.dumps(facts, allow_nan=False) + "\n"


def _write(stream: TextIO, text: str) -> None:
    # Names may hold what moves a terminal's cursor or colours it; every line is shown instead of obeyed.
    lines = "\n".join(map(shown, text.split("\n")))
    try:
        stream.write(lines)
        stream.flush()
    except BrokenPipeError:
        # Nobody reads any more: what follows goes nowhere, and the command keeps its exit code.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
