"""Sample-wise patterns while they are crafted: on the disk, memory-mapped, in step with the checkpoint.

A file that is changed in place runs ahead of its checkpoint, so a killed run could not go on to the same result.
Therefore changed patterns wait in memory until the next checkpoint, and pass through a redo file: it is written whole,
then the checkpoint of the same step, then the patterns go to their places, then the redo file is removed. Wherever
this is cut off, the patterns can be brought to the step of the checkpoint that is there: a redo file of that step is
applied once more, one of another step is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from pue_desktop.engine.files import write_atomically
from pue_desktop.engine.training import Checkpoint

_MOST_WAITING_BYTES = 64 * 2**20
_ZEROS = bytes(2**20)


class PatternStore:
    """Patterns by row, float16 on the disk: 600 MB for 100,000 images at 32 pixels.

    Args:
        folder: Where `patterns.npy` and the redo file are.
        shape: `[row, 3, side, side]`.
        job: Names the job; a redo file of another job is never applied.
    """

    def __init__(self, folder: Path, shape: tuple[int, int, int, int], job: str) -> None:
        self._path = folder / "patterns.npy"
        self._redo = Checkpoint(folder / "patterns-redo.safetensors", job)
        self._shape = shape
        self._waiting: dict[int, NDArray[np.float16]] = {}
        self._map: NDArray[np.float16] | None = None

    @property
    def array(self) -> NDArray[np.float16]:
        """The patterns of the last checkpoint, `[row, 3, side, side]`, on the disk."""
        assert self._map is not None
        return self._map

    @property
    def full(self) -> bool:
        """Whether so many patterns wait in memory that a checkpoint is due."""
        return len(self._waiting) * 2 * int(np.prod(self._shape[1:])) >= _MOST_WAITING_BYTES

    def create(self) -> None:
        """Starts with patterns of zero. Raises `StorageError` if the disk has no room for all of them."""
        self._map = None
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._redo.remove()
        write_atomically(self._path, self._zeros)
        self._open()

    def recover(self, step: int) -> bool:
        """Brings the patterns to the checkpoint of `step`; returns False if they are not there."""
        redo = self._redo.load()
        if not self._open():
            return False
        if redo is not None and redo[0] == step:
            self._put(redo[1]["rows"].numpy(), redo[1]["patterns"].numpy())
        self._redo.remove()
        return True

    def read(self, rows: Sequence[int]) -> Tensor:
        """Returns patterns as they are now, float32 `[batch, 3, side, side]`."""
        found = [self._waiting[row] if row in self._waiting else self.array[row] for row in rows]
        return torch.from_numpy(np.stack(found).astype(np.float32))

    def write(self, rows: Sequence[int], patterns: Tensor) -> None:
        """Changes patterns, float `[batch, 3, side, side]`, within the range of float16."""
        for row, pattern in zip(rows, patterns.detach().to("cpu", torch.float16).numpy(), strict=True):
            self._waiting[row] = pattern

    def commit(self, step: int, save_checkpoint: Callable[[], None]) -> None:
        """Saves the checkpoint of `step` and, with it, every change made so far."""
        if not self._waiting:
            save_checkpoint()
            return
        rows = np.array(sorted(self._waiting), dtype=np.int64)
        patterns = np.stack([self._waiting[int(row)] for row in rows])
        self._redo.save(step, {"rows": torch.from_numpy(rows), "patterns": torch.from_numpy(patterns)})
        save_checkpoint()
        self._put(rows, patterns)
        self._redo.remove()
        self._waiting.clear()

    def _put(self, rows: NDArray[np.int64], patterns: NDArray[np.float16]) -> None:
        assert isinstance(self._map, np.memmap)
        self._map[rows] = patterns
        self._map.flush()

    def _open(self) -> bool:
        try:
            found: NDArray[Any] = np.load(self._path, mmap_mode="r+", allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return False
        if found.shape != self._shape or found.dtype != np.float16:
            return False
        self._map = found
        return True

    def _zeros(self, stream: BinaryIO) -> None:
        # Really written: on a full disk a hole in a mapped file would end the program without a word.
        described = {"descr": "<f2", "fortran_order": False, "shape": self._shape}
        np.lib.format.write_array_header_1_0(stream, described)
        left = 2 * int(np.prod(self._shape))
        while left > 0:
            left -= stream.write(_ZEROS[: min(left, len(_ZEROS))])
