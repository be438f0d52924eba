"""A disk that is full, or gone, from one call on: what needs room under some folders fails, the rest goes on.

Counted are the calls that a file system may refuse for want of room: creating and writing files, folders, renaming,
making durable. The first write that fails writes half of its bytes, as a real one may. Works without privileges and
without a library of its own, in this process alone.
"""

import builtins
import errno
import io
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any


class FullDisk:
    """Counts calls that need room under `folders`; from number `after` (from 1) on they fail. None: they never do.

    With another `code` than ENOSPC it is another kind of trouble: EROFS, EACCES, EIO.
    """

    def __init__(self, folders: Iterable[Path], after: int | None = None, code: int = errno.ENOSPC) -> None:
        self._code = code
        self._folders = tuple(str(folder) for folder in folders)
        self._after = after
        self._lock = threading.Lock()
        self.calls = 0
        self.paths: list[str] = []

    def needs_room(self, path: object = "") -> bool:
        """Counts one call; returns whether it is the first to fail. Raises OSError if it fails for another time."""
        with self._lock:
            self.calls += 1
            self.paths.append(str(path))
            if self._after is None or self.calls < self._after:
                return False
            if self.calls == self._after:
                return True
        raise self.refusal(path)

    def refusal(self, path: object) -> OSError:
        return OSError(self._code, os.strerror(self._code), str(path))

    def check(self, path: object) -> None:
        """Counts one call that happens wholly or not at all. Raises OSError if it fails."""
        if self.needs_room(path):
            raise self.refusal(path)

    def holds(self, path: object) -> bool:
        return isinstance(path, (str, os.PathLike)) and os.path.abspath(os.fspath(path)).startswith(self._folders)  # noqa: PTH100

    def mount(self) -> Callable[[], None]:
        """Takes the place of the functions that write; returns what puts them back."""
        opened = self._opened(io.open)
        made: list[tuple[Any, str, Any]] = [(io, "open", opened), (builtins, "open", opened)]
        made += [(os, name, self._checked(getattr(os, name))) for name in ("mkdir", "replace", "rename")]
        made.append((os, "fsync", self._synced(os.fsync)))
        kept = [(module, name, getattr(module, name)) for module, name, _ in made]
        for module, name, function in made:
            setattr(module, name, function)

        def unmount() -> None:
            for module, name, function in kept:
                setattr(module, name, function)

        return unmount

    def _checked(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *rest: Any, **more: Any) -> Any:
            if self.holds(path):
                self.check(path)
            return real(path, *rest, **more)

        return call

    def _synced(self, real: Callable[[Any], None]) -> Callable[[Any], None]:
        def call(handle: Any) -> None:
            self.check(handle)
            real(handle)

        return call

    def _opened(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(file: Any, mode: str = "r", buffering: int = -1, *rest: Any, **more: Any) -> Any:
            if not set(mode) & set("wax+") or not self.holds(file):
                return real(file, mode, buffering, *rest, **more)
            self.check(file)
            raw = _Raw(self, file, mode.replace("b", "").replace("t", ""))
            if buffering == 0:
                return raw
            stream = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
            return stream if "b" in mode else io.TextIOWrapper(stream, *rest, **more)

        return call


class _Raw(io.FileIO):
    def __init__(self, disk: FullDisk, file: Any, mode: str) -> None:
        super().__init__(file, mode)
        self._disk = disk

    def write(self, data: Any) -> int:
        if self._disk.needs_room(self.name):
            super().write(memoryview(data)[: len(data) // 2])
            raise self._disk.refusal(self.name)
        return super().write(data)
