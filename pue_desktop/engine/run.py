"""The run folder: what was asked for, how far each step is, and what it left.

    RUN/run.json       schema, versions, data set; per step: what was asked for, state, digests of inputs and outputs
    RUN/events.jsonl   every event, appended; plots and the log are rebuilt from it
    RUN/.lock          held while a program works here
    RUN/dataset craft certify stress export.json: the results of the steps

A step is *done* when its outputs match their digests, *stale* when its config or an input changed since, *partial*
when it began and left a checkpoint. Files are written whole or not at all. Nothing here knows what a step computes.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, TypeVar

import msgspec

from pue_desktop import __version__
from pue_desktop.engine import config as configs
from pue_desktop.engine import events
from pue_desktop.engine.errors import InputRefusedError, RunBusyError, SchemaError
from pue_desktop.engine.export_names import safe_parts
from pue_desktop.engine.files import (
    BAD_JSON,
    close_quietly,
    digest_json,
    explain,
    pretty_json,
    read_limited,
    sha256_file,
    storage_errors,
    write_atomically,
)

SCHEMA = 1
_MAX_FILE_BYTES, _MAX_EVENTS_BYTES = 2**28, 2**30
_MAX_RUN_BYTES = 2**24  # it holds what has no type and takes 24 times the memory
_OTHER_VERSION = "Open it with that version, or start a new run."
Loaded = TypeVar("Loaded")

README = """This folder belongs to PUE Desktop.

It holds the perturbation, the seed and copies of your original images at a small size. Whoever has them can take the
protection off the exported images. Keep this folder private; publish only the export folder.
"""


class State(StrEnum):
    """How far a step is."""

    MISSING = "missing"
    PARTIAL = "partial"
    STALE = "stale"
    DONE = "done"


class StepRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What run.json knows of one step.

    Attributes:
        done: Whether it finished.
        config: All its settings, as they were.
        config_digest: Of the settings that change results.
        inputs: Digests of the results it read, by step.
        outputs: Its files, relative to the run folder, with their SHA-256.
        seconds: Time worked, over all sittings.
    """

    done: bool
    config: dict[str, Any]
    config_digest: str
    inputs: dict[str, str]
    outputs: dict[str, str] = {}
    seconds: float = 0.0

    @property
    def digest(self) -> str:
        """One digest for everything the step left."""
        return digest_json({"config": self.config_digest, "outputs": self.outputs})


class RunFile(msgspec.Struct, frozen=True, kw_only=True):
    """Content of run.json.

    Attributes:
        schema: Version of the file.
        app_version: Of the program that made it.
        created: When, in seconds since 1970.
        source: The image folder.
        steps: What is known of the steps that began.
        asked: The settings every step was last asked for with, begun or not; earlier versions noted none.
    """

    schema: int
    app_version: str
    created: float
    source: str
    steps: dict[str, StepRecord] = {}
    asked: dict[str, dict[str, Any]] = {}


class Run:
    """A run folder that exists. Create one with `create`, open one with `open`.

    Attributes:
        path: The folder.
    """

    def __init__(self, path: Path, content: RunFile) -> None:
        self.path = path
        self._content = content
        self._events: IO[bytes] | None = None

    @classmethod
    def create(cls, path: Path, source: Path) -> Run:
        """Makes a run folder for the image folder `source`.

        Raises:
            InputRefusedError: `path` exists and is not empty.
            StorageError: it can't be written.
        """
        if path.exists() and (not path.is_dir() or any(entry.name != ".lock" for entry in path.iterdir())):
            raise InputRefusedError(
                f"{path} can't become a run folder: it is not empty.", hint="Choose a new or an empty folder."
            )
        with storage_errors(path):
            path.mkdir(parents=True, exist_ok=True)
            if os.name != "nt":
                path.chmod(0o700)
        write_atomically(path / "README.txt", README.encode())
        content = RunFile(schema=SCHEMA, app_version=__version__, created=time.time(), source=str(source.resolve()))
        run = cls(path, content)
        run._save()
        return run

    @classmethod
    def open(cls, path: Path) -> Run:
        """Opens a run folder.

        Raises:
            InputRefusedError: there is none.
            SchemaError: it was written by another version, or is damaged.
        """
        file = path / "run.json"
        if not os.path.lexists(file):
            raise InputRefusedError(
                f"{path} is not a run folder: it has no run.json.", hint="Choose a folder that PUE Desktop made."
            )
        try:
            data = read_limited(file, _MAX_RUN_BYTES)
        except SchemaError as error:
            raise InputRefusedError(
                f"{path} can't be opened: {error.message}", hint="Check its permissions."
            ) from error
        check_schema(data, file, SCHEMA)
        return cls(path, decode_json(data, RunFile, file))

    @classmethod
    def open_or_create(cls, path: Path, source: Path) -> Run:
        """Opens `path` if it is a run of `source`, or creates it.

        Raises:
            InputRefusedError: it is a run of another image folder.
        """
        if not (path / "run.json").exists():
            return cls.create(path, source)
        run = cls.open(path)
        if run.source != source.resolve() and not any(record.done for record in run._content.steps.values()):
            # Nothing was reached yet, for instance because the first folder was refused: take the other one.
            run._content = msgspec.structs.replace(run._content, source=str(source.resolve()), steps={}, asked={})
            run._save()
        if run.source != source.resolve():
            raise InputRefusedError(
                f"{path} belongs to the image folder {run.source}, not to {source.resolve()}.",
                hint="Choose another run folder.",
            )
        return run

    @property
    def source(self) -> Path:
        """The image folder."""
        return Path(self._content.source)

    @property
    def created(self) -> float:
        """When the run was made, in seconds since 1970."""
        return self._content.created

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Holds the run for this program. Raises `RunBusyError` if another one has it."""
        with holding(self.path):
            try:
                # Somebody may have worked here since this object was opened.
                self._content = Run.open(self.path)._content
                yield
            finally:
                self._close_events()

    def record(self, step: str) -> StepRecord | None:
        """Returns what is known of a step, None if it never began."""
        return self._content.steps.get(step)

    def asked(self, step: str) -> dict[str, Any] | None:
        """Returns the settings a step was last asked for with, None if it never was."""
        record = self.record(step)
        return self._content.asked.get(step, None if record is None else record.config)

    def config_as(self, found: object, kind: type[Loaded]) -> Loaded:
        """Returns settings out of run.json as a `kind`. Raises `SchemaError` if they are of another version."""
        try:
            return msgspec.convert(found, kind)
        except (msgspec.ValidationError, RecursionError) as error:
            said = f"{self.path} was made with settings of another version: {error}."
            raise SchemaError(said, hint=_OTHER_VERSION) from error

    def ask(self, wanted: dict[str, Any]) -> None:
        """Notes the configs that steps are asked for with, so that those that never begin are remembered, too."""
        asked = self._content.asked | {step: msgspec.to_builtins(config) for step, config in wanted.items()}
        if asked != self._content.asked:
            self._content = msgspec.structs.replace(self._content, asked=asked)
            self._save()

    def state(self, step: str, config: Any, inputs: dict[str, str]) -> State:
        """Returns how far `step` is, were it asked for with `config` on `inputs` now."""
        record = self.record(step)
        if record is None:
            return State.MISSING
        if record.config_digest != configs.config_digest(config) or record.inputs != inputs:
            return State.STALE
        if not record.done:
            return State.PARTIAL
        return State.DONE if self._outputs_intact(record) else State.STALE

    def job(self, step: str) -> str:
        """Returns one digest for what a begun step works on: its settings and inputs. Checkpoints carry it."""
        record = self.record(step)
        if record is None:
            raise ValueError(f"step {step} has not begun")
        return digest_json([step, record.config_digest, record.inputs])

    def begin(self, step: str, config: Any, inputs: dict[str, str]) -> None:
        """Notes that `step` works with `config`; keeps the time of an earlier sitting with the same settings."""
        before = self.record(step)
        digest = configs.config_digest(config)
        same = before is not None and before.config_digest == digest and before.inputs == inputs and not before.done
        self._put(
            step,
            StepRecord(
                done=False,
                config=msgspec.to_builtins(config),
                config_digest=digest,
                inputs=inputs,
                seconds=before.seconds if same and before is not None else 0.0,
            ),
        )

    def pause(self, step: str, seconds: float) -> None:
        """Adds the time of a sitting that did not finish the step."""
        record = self.record(step)
        if record is not None:
            self._put(step, msgspec.structs.replace(record, seconds=record.seconds + seconds))

    def finish(self, step: str, outputs: Iterable[Path], seconds: float) -> None:
        """Notes that `step` is done and what it left (paths inside the run folder)."""
        record = self.record(step)
        if record is None:
            raise ValueError(f"step {step} finished without having begun")
        digests = {path.relative_to(self.path).as_posix(): sha256_file(path) for path in outputs}
        self._put(step, msgspec.structs.replace(record, done=True, outputs=digests, seconds=record.seconds + seconds))

    def write(self, relative: str, data: bytes) -> Path:
        """Writes a result inside the run folder, whole or not at all; returns its path."""
        path = self.path / relative
        with storage_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)
        return path

    def load(self, relative: str, kind: type[Loaded]) -> Loaded:
        """Reads a JSON result. Raises `SchemaError` if it is missing or not a `kind`."""
        path = self.path / relative
        try:
            data = read_limited(path, _MAX_FILE_BYTES)
        except SchemaError as error:
            hint = "Run the step before this one first."
            raise SchemaError(f"{path} can't be read: {error.message}", hint=hint) from error
        return decode_json(data, kind, path)

    def append_event(self, event: events.Event) -> None:
        """Appends one event to events.jsonl and flushes it."""
        path = self.path / "events.jsonl"
        with storage_errors(path):
            if self._events is None:
                _end_torn_line(path)
                self._events = path.open("ab")
            self._events.write(events.encode(events.StampedEvent(time.time(), event)) + b"\n")
            self._events.flush()

    def events(self) -> list[events.StampedEvent]:
        """Returns every event of the run, oldest first; a line torn by a crash is left out."""
        found: list[events.StampedEvent] = []
        try:
            lines = read_limited(self.path / "events.jsonl", _MAX_EVENTS_BYTES).splitlines()
        except SchemaError:
            return []
        for line in lines:
            with suppress(*BAD_JSON):
                found.append(events.decode(line))
        return found

    def _outputs_intact(self, record: StepRecord) -> bool:
        outputs = record.outputs.items()
        try:
            return all(self._holds(name) and sha256_file(self.path / name) == digest for name, digest in outputs)
        except OSError:
            return False

    def _holds(self, name: str) -> bool:
        """Returns whether this is a file inside the run folder; a stranger may have written run.json."""
        path = self.path / name
        return safe_parts(name) is not None and path.is_file() and not path.is_symlink()

    def _put(self, step: str, record: StepRecord) -> None:
        self._content = msgspec.structs.replace(self._content, steps=self._content.steps | {step: record})
        self._save()

    def _save(self) -> None:
        write_atomically(self.path / "run.json", pretty_json(self._content))

    def _close_events(self) -> None:
        stream, self._events = self._events, None
        if stream is not None:
            close_quietly(stream)


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """Holds the run folder `path` for this program. Raises `RunBusyError` if another one has it."""
    with storage_errors(path), (path / ".lock").open("a+b") as stream:
        _lock(stream, path)
        yield


def check_schema(data: bytes, path: Path, schema: int) -> None:
    """Raises `SchemaError` unless `data` is a JSON object of version `schema`."""

    class _Versioned(msgspec.Struct):
        schema: int

    found = decode_json(data, _Versioned, path).schema
    if found != schema:
        age = "a newer" if found > schema else "an older"
        raise SchemaError(
            f"{path} was written by {age} version of PUE Desktop (format {found}; this one reads {schema}).",
            hint=_OTHER_VERSION,
        )


def decode_json(data: bytes, kind: type[Loaded], path: Path) -> Loaded:
    """Decodes strictly typed JSON read from `path`. Raises `SchemaError` on anything else."""
    try:
        return msgspec.json.decode(data, type=kind)
    except BAD_JSON as error:
        raise SchemaError(f"{path} is damaged: {error}.", hint="Restore it from a copy or start a new run.") from error


def _end_torn_line(path: Path) -> None:
    """Ends a line that a crash left unfinished, so that the next event starts on its own."""
    if not path.exists() or path.stat().st_size == 0:
        return
    with path.open("r+b") as stream:
        stream.seek(-1, os.SEEK_END)
        if stream.read(1) != b"\n":
            stream.write(b"\n")


def _lock(stream: IO[bytes], path: Path) -> None:
    """Takes the lock without waiting; the system releases it when the process ends, however it ends."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if isinstance(error, BlockingIOError | PermissionError):
            raise RunBusyError(
                f"Another program is working on {path}.", hint="Wait until it has ended, or choose another run folder."
            ) from None
        raise explain(error, path) from error
