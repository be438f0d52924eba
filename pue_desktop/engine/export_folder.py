"""The export folder and the journal that knows which files in it are ours.

The journal (RUN/export/journal.jsonl) is what lets a killed export go on and a repeated one clean up: before the
first file of an export is written, a line names the folder and every path that will be written; after each file, a
line tells what was found on the disk. Only paths that the journal names are ever replaced or removed (see
`export_conflicts`). A line torn by a crash is ignored.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import IO

import msgspec

from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.engine.export_names import CERTIFICATE_JSON, CERTIFICATE_PDF, IMAGES_FOLDER, MANIFEST
from pue_desktop.engine.files import BAD_JSON, close_quietly, sha256_file, storage_errors
from pue_desktop.engine.results import ExportedImage
from pue_desktop.engine.run import Run

JOURNAL = "export/journal.jsonl"
OWN_FILES = (CERTIFICATE_JSON, CERTIFICATE_PDF, MANIFEST)


class Begun(msgspec.Struct, frozen=True, tag="begun", tag_field="kind"):
    """An export began: where, of what (digest of everything that decides its bytes), and the paths it will write."""

    folder: str
    job: str
    paths: tuple[str, ...]


class Written(msgspec.Struct, frozen=True, tag="written", tag_field="kind"):
    """An image of the export begun last is on the disk."""

    image: ExportedImage


class Sealed(msgspec.Struct, frozen=True, tag="sealed", tag_field="kind"):
    """A file of the export begun last that is no image is on the disk: certificate or manifest."""

    path: str
    sha256: str


class Journal:
    """The journal of a run's exports: read whole, then appended to."""

    def __init__(self, run: Run) -> None:
        self.path = run.path / JOURNAL
        self._lines = self._read()
        self._stream: IO[bytes] | None = None

    def owned(self, folder: Path) -> set[str]:
        """Returns the paths in `folder` that exports of this run wrote or may have written."""
        return {path for line in self._begun(folder) for path in line.paths}

    def knows(self, folder: Path) -> bool:
        """Returns whether an export of this run to `folder` ever began."""
        return bool(self._begun(folder))

    def digests(self, folder: Path) -> dict[str, set[str]]:
        """Returns what exports of this run to `folder` wrote: SHA-256 of every file that was finished, by its path."""
        found: dict[str, set[str]] = {}
        here = False
        for line in self._lines:
            if isinstance(line, Begun):
                here = line.folder == str(folder)
            elif here:
                file = line.image if isinstance(line, Written) else line
                found.setdefault(file.path, set()).add(file.sha256)
        return found

    def begin(self, line: Begun) -> None:
        """Notes that an export begins, unless it only goes on."""
        last = next((known for known in reversed(self._lines) if isinstance(known, Begun)), None)
        if last != line:
            self.append(line)

    def written(self, folder: Path, job: str) -> dict[str, ExportedImage]:
        """Returns what exports of `job` to `folder` wrote, by source id; later exports of other jobs spoil it."""
        found: dict[str, ExportedImage] = {}
        same = False
        for line in self._lines:
            if isinstance(line, Written):
                if same:
                    found[line.image.id] = line.image
            elif isinstance(line, Sealed):
                continue
            elif line.folder == str(folder):
                same = line.job == job
                if not same:
                    found.clear()
            else:
                same = False
        return found

    def append(self, line: Begun | Written | Sealed) -> None:
        """Appends one line and flushes it."""
        with storage_errors(self.path):
            if self._stream is None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                torn = self.path.exists() and not self.path.read_bytes().endswith(b"\n")
                self._stream = self.path.open("ab")
                if torn and self.path.stat().st_size:
                    self._stream.write(b"\n")
            self._stream.write(msgspec.json.encode(line) + b"\n")
            self._stream.flush()
        self._lines.append(line)

    def close(self) -> None:
        """Closes the file; `append` opens it again."""
        stream, self._stream = self._stream, None
        if stream is not None:
            close_quietly(stream)

    def _begun(self, folder: Path) -> list[Begun]:
        return [line for line in self._lines if isinstance(line, Begun) and line.folder == str(folder)]

    def _read(self) -> list[Begun | Written | Sealed]:
        found: list[Begun | Written | Sealed] = []
        try:
            lines = self.path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return found
        decoder = msgspec.json.Decoder(Begun | Written | Sealed)
        for line in lines:
            try:
                found.append(decoder.decode(line))
            except BAD_JSON:
                continue
        return found


def check_place(run: Run, folder: Path) -> None:
    """Refuses an export folder that would endanger the originals or the run.

    Raises:
        InputRefusedError: it is the source or run folder, inside or around one of them, or a file.
    """
    hint = "Choose a new or an empty folder elsewhere."
    for other, name in ((run.source.resolve(), "the folder of the originals"), (run.path.resolve(), "the run folder")):
        if folder == other:
            raise InputRefusedError(f"{folder} is {name}: an export can't go there.", hint=hint)
        if folder.is_relative_to(other):
            raise InputRefusedError(f"{folder} lies inside {name} {other}: an export can't go there.", hint=hint)
        if other.is_relative_to(folder):
            raise InputRefusedError(f"{folder} holds {name} {other}: an export can't go there.", hint=hint)
    if folder.exists() and not folder.is_dir():
        raise InputRefusedError(f"{folder} is a file, not a folder.", hint=hint)


def remove_empty(folder: Path) -> None:
    """Removes the empty folders in `folder`, and it, if nothing is left in it. Links are not followed."""
    if not folder.is_dir() or folder.is_symlink():
        return
    for entry in sorted(folder.iterdir()):
        remove_empty(entry)
    if not any(folder.iterdir()):
        folder.rmdir()


def strangers(folder: Path, ours: Mapping[str, object]) -> list[str]:
    """Returns files below `folder`/images that are not ours, relative to `folder`."""
    found = (path.relative_to(folder).as_posix() for path in (folder / IMAGES_FOLDER).rglob("*") if not path.is_dir())
    return sorted(path for path in found if path not in ours)


def intact(folder: Path, image: ExportedImage) -> bool:
    """Returns whether the file on the disk is still the one the journal knows."""
    path = folder / image.path
    try:
        return not path.is_symlink() and path.is_file() and sha256_file(path) == image.sha256
    except OSError:
        return False
