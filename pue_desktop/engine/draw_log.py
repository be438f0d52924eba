"""The log of weight draws: one line a draw, appended and flushed, so that a kill loses at most one draw.

The first line names the job; the draws of another job (other settings, other pixels) are dropped, never mixed in.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

import msgspec

from pue_desktop.engine.files import BAD_JSON, close_quietly, storage_errors, write_atomically

Arm = Literal["protected", "unprotected"]
ARMS: tuple[Arm, ...] = ("protected", "unprotected")
DrawSplit = Literal["hold_out", "train"]


class DrawLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of draws.jsonl: weight draw `index` of `arm` got `correct` hold-out (or training) images right.

    `surrogate` is the number of the surrogate seed; the first, 0, is not written.
    """

    arm: Arm
    split: DrawSplit
    index: int
    correct: int
    surrogate: int = 0


class DrawLog:
    """The draws made so far, on disk and in memory."""

    def __init__(self, path: Path, job: str) -> None:
        self._path = path
        self._found: dict[tuple[Arm, DrawSplit, int], list[int]] = {}
        lines = self._read(job)
        with storage_errors(path):
            # Written anew without a torn or foreign line; draws of another job are dropped.
            write_atomically(path, b"".join(lines) if lines else msgspec.json.encode({"job": job}) + b"\n")
            self._stream = path.open("ab")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        close_quietly(self._stream)

    def _read(self, job: str) -> list[bytes]:
        try:
            lines = self._path.read_bytes().splitlines(keepends=True)
            if not lines or msgspec.json.decode(lines[0], type=dict[str, str]) != {"job": job}:
                return []
        except (OSError, *BAD_JSON):
            return []
        kept = lines[:1]
        for line in lines[1:]:
            try:
                draw = msgspec.json.decode(line, type=DrawLine)
            except BAD_JSON:
                break
            counts = self.counts(draw.arm, draw.split, draw.surrogate)
            if not line.endswith(b"\n") or draw.index != len(counts):
                break
            counts.append(draw.correct)
            kept.append(line)
        return kept

    def counts(self, arm: Arm, split: DrawSplit, surrogate: int = 0) -> list[int]:
        """Returns the right answers of draws 0, 1, … of one surrogate of an arm on one split."""
        return self._found.setdefault((arm, split, surrogate), [])

    def add(self, line: DrawLine) -> None:
        """Appends the next draw and flushes it."""
        with storage_errors(self._path):
            self._stream.write(msgspec.json.encode(line) + b"\n")
            self._stream.flush()
        self.counts(line.arm, line.split, line.surrogate).append(line.correct)
