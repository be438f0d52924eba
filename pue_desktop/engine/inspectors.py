"""Opens image files in other processes (see `file_opener`), several at once, each file with a time limit.

The processes are started when they are needed, kept for the next scan, and end by themselves when nobody asks or when
this program is gone. Where no process can be started, files are opened in this one.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import msgspec

from pue_desktop.engine.file_opener import READY, Inspected, Question, inspect
from pue_desktop.engine.image_files import MAX_PIXELS
from pue_desktop.engine.runtime import Stop, own_command, own_environment

SECONDS_PER_FILE = 60.0
MOST_PROCESSES = 8
_LARGE_PIXELS = 32_000_000
_TICK_SECONDS = 0.2
# Few enough that all processes have work in a small folder, and that progress is seen.
_MOST_TOGETHER, _MOST_BYTES_TOGETHER = 16, 2**18
_ANSWER = msgspec.json.Decoder(Inspected)
Item = TypeVar("Item")


class _Process:
    """One process that opens files, asked by one thread at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            own_command("inspect"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=own_environment(),
            # Ctrl-C in a terminal goes to a whole group; this one is ended by closing its input.
            start_new_session=os.name != "nt",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        if self._line() != READY:
            self.end()
            raise OSError("the process that opens images did not start")

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def ask(self, question: Question) -> list[Inspected] | None:
        """Returns an answer a file, None if the process ended instead of giving all of them."""
        stdin = self._process.stdin
        assert stdin is not None
        try:
            stdin.write(msgspec.json.encode(question) + b"\n")
            stdin.flush()
            return [_ANSWER.decode(self._line()) for _ in question.paths]
        except (OSError, ValueError, msgspec.DecodeError):
            return None

    def kill(self) -> None:
        """Ends it at once; whoever waits for its answer gets none. Any thread may call this."""
        self._process.kill()

    def end(self) -> None:
        """Ends it and frees what it held."""
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        self._process.wait()

    def _line(self) -> bytes:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


def together(items: Iterable[Item], path: Callable[[Item], Path]) -> Iterator[list[Item]]:
    """Yields items in parts whose files are opened in one go, many small or one large, in the same order."""
    part: list[Item] = []
    total = 0
    for item in items:
        size = _size(path(item))
        if part and (len(part) == _MOST_TOGETHER or total + size > _MOST_BYTES_TOGETHER):
            yield part
            part, total = [], 0
        part.append(item)
        total += size
    if part:
        yield part


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    # Opening it will tell.
    except (OSError, ValueError):
        return 0


class Inspectors:
    """The processes of this program. One instance serves everybody: `INSPECTORS`."""

    def __init__(self, seconds: float = SECONDS_PER_FILE) -> None:
        self._seconds = seconds
        self._idle: list[_Process] = []
        self._busy: set[_Process] = set()
        self._lock = threading.Lock()
        self._one_large = threading.Lock()
        self._here = False

    @property
    def workers(self) -> int:
        """How many threads may ask at once."""
        return min(os.cpu_count() or 1, MOST_PROCESSES)

    def inspect(self, paths: Sequence[Path], check: Callable[[], None] = lambda: None) -> list[Inspected]:
        """Returns what is in image files, in their order; a crash or a hang of a decoder is a reason like others.

        Several small files at once spare most of what asking costs; `together` says how many. `check` is called
        before a file is asked for once more; what it raises ends the inspection.
        """
        least = min(_LARGE_PIXELS, MAX_PIXELS)
        found = self._ask(paths, least) if len(paths) > 1 else None
        # One of them broke the process: which one shows when each is asked for alone.
        found = found or [self._surely(path, least, check) for path in paths]
        return [self._large(path, check) if one.large else one for path, one in zip(paths, found, strict=True)]

    def _large(self, path: Path, check: Callable[[], None]) -> Inspected:
        # One after the other: each takes some 12 bytes a pixel.
        with self._one_large:
            return self._surely(path, MAX_PIXELS, check)

    def _surely(self, path: Path, most_pixels: int, check: Callable[[], None]) -> Inspected:
        for _ in range(2):
            check()
            began = time.monotonic()
            answers = self._ask([path], most_pixels)
            if answers is not None:
                return answers[0]
            # The watchdog goes by another clock.
            if time.monotonic() - began >= 0.9 * self._seconds:
                return Inspected(f"opening it takes longer than {self._seconds:g} seconds")
            # Once more: the process may have ended for another reason, for want of memory or of work.
        return Inspected("the program that decodes it crashes on it")

    def _ask(self, paths: Sequence[Path], most_pixels: int) -> list[Inspected] | None:
        process = self._take()
        if process is None:
            return [inspect(path, most_pixels) for path in paths]
        # The process keeps the working folder in which it was started; this program may be elsewhere by now.
        answers = process.ask(Question([str(path.absolute()) for path in paths], self._seconds, most_pixels))
        self._give_back(process, usable=answers is not None)
        return answers

    @contextmanager
    def obeying(self, stop: Stop) -> Iterator[None]:
        """Ends the processes that are at work as soon as `stop` is cancelled, so that nobody waits for a hang."""
        done = threading.Event()

        def watch() -> None:
            while not done.wait(_TICK_SECONDS):
                if stop.cancelled:
                    with self._lock:
                        for process in self._busy:
                            process.kill()

        watcher = threading.Thread(target=watch, name="inspectors")
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()

    def close(self) -> None:
        """Ends all processes; they are started again when they are needed."""
        with self._lock:
            processes = [*self._idle, *self._busy]
            self._idle.clear()
        for process in processes:
            process.end()

    def _take(self) -> _Process | None:
        with self._lock:
            while self._idle:
                process = self._idle.pop()
                if process.alive:
                    self._busy.add(process)
                    return process
                process.end()
            if self._here:
                return None
        try:
            process = _Process()
        except OSError:
            self._here = True
            return None
        with self._lock:
            self._busy.add(process)
        return process

    def _give_back(self, process: _Process, *, usable: bool) -> None:
        with self._lock:
            self._busy.discard(process)
            # One that gave no answer may not have ended yet, but it is ending.
            if usable and process.alive:
                self._idle.append(process)
                return
        process.end()


INSPECTORS = Inspectors()
atexit.register(INSPECTORS.close)
