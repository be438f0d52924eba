"""Durable writes, digests and canonical JSON: the only place that knows how a file gets its final name.

A file appears under its final name whole or not at all: written to a temporary name beside it, flushed to the disk,
then renamed. Disk errors become `StorageError` with the path and what to do.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO

import msgspec

from pue_desktop.engine.errors import SchemaError, StorageError
from pue_desktop.engine.export_names import shown

TEMPORARY_SUFFIX = ".part"
# What reading JSON by strangers raises: besides its own errors, those of text that is not UTF-8 and of endless nesting.
BAD_JSON = (msgspec.DecodeError, ValueError, RecursionError)


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turns an OSError on `path` into a `StorageError` that a person can act on."""
    try:
        yield
    except OSError as error:
        raise explain(error, path) from error


def explain(error: OSError, path: Path) -> StorageError:
    """Returns the sentence and the hint for an OSError met while writing `path`."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageError(
            f"There is no space left for {path}.",
            hint="Free some space or choose another disk, then start again: it goes on where it stopped.",
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return StorageError(f"{path} can't be written: no permission.", hint="Choose a folder that you may write to.")
    reason = error.strerror or str(error)
    return StorageError(f"{path} can't be written: {reason}.", hint="Check the disk, then start again.")


def write_atomically(path: Path, data: bytes | Callable[[BinaryIO], None], *, durable: bool = True) -> str:
    """Writes `data` (bytes, or a function that fills the open file) under `path`, whole or not at all.

    Args:
        path: Final name.
        data: What the file shall hold.
        durable: Whether it must survive a power cut from now on. If not, `sync_files` does that for many at once, at
            a fraction of the time.

    Returns:
        The SHA-256 of the written file, as hex.

    Raises:
        StorageError: the disk is full, read-only or gone; no file is left under `path` that was not there before.
    """
    temporary = path.with_name(path.name + TEMPORARY_SUFFIX)
    with storage_errors(path):
        try:
            with temporary.open("wb") as stream:
                if isinstance(data, bytes):
                    stream.write(data)
                else:
                    data(stream)
                if durable:
                    stream.flush()
                    os.fsync(stream.fileno())
            digest = sha256_file(temporary)
            temporary.replace(path)
            if durable:
                sync_folder(path.parent)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    return digest


def close_quietly(stream: IO[bytes]) -> None:
    """Closes a log that is flushed after every line; what a full disk refused then was told then."""
    with suppress(OSError):
        stream.close()


def sync_files(paths: Iterable[Path]) -> None:
    """Makes written files and their names durable. Raises `StorageError` if the disk fails."""
    folders: set[Path] = set()
    for path in paths:
        with storage_errors(path):
            handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        folders.add(path.parent)
    for folder in sorted(folders):
        with storage_errors(folder):
            sync_folder(folder)


def sync_folder(path: Path) -> None:
    """Makes renames in a folder durable where the system can."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def byte_size(size: int) -> str:
    """Returns a number of bytes as people say it: "12 kB", "340 MB", "1.2 GB"."""
    if size >= 1e9:
        return f"{size / 1e9:.1f} GB"
    return f"{size / 1e6:.0f} MB" if size >= 1e6 else f"{-(-size // 1000)} kB"


def sha256_file(path: Path) -> str:
    """Returns the SHA-256 of a file's bytes, as hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_limited(path: Path, limit: int) -> bytes:
    """Reads a regular file of at most `limit` bytes.

    Raises:
        SchemaError: it is missing, not a regular file, unreadable or larger.
    """
    hint = "Restore it from the owner's copy."
    name = shown(path.name)
    try:
        facts = path.lstat()
        if not stat.S_ISREG(facts.st_mode):
            raise SchemaError(f"{name} is not a regular file.", hint=hint)
        if facts.st_size > limit:
            raise SchemaError(f"{name} is larger than {limit // 2**20} MiB.", hint=hint)
        with path.open("rb") as stream:
            return stream.read(limit)
    except FileNotFoundError:
        raise SchemaError(f"{name} is missing.", hint=hint) from None
    except (OSError, ValueError) as error:
        raise SchemaError(f"{name} can't be read.", hint=hint) from error


def canonical_json(value: object) -> bytes:
    """Returns JSON with sorted keys and no spaces: the same value always gives the same bytes."""
    return msgspec.json.encode(msgspec.to_builtins(value), order="deterministic")


def pretty_json(value: object) -> bytes:
    """Returns JSON for files that people open, with a final newline."""
    return msgspec.json.format(canonical_json(value), indent=2) + b"\n"


def pairs_digest(pairs: Iterable[tuple[str, str]]) -> str:
    """Returns one digest over (name, digest) pairs, whatever their order."""
    return digest_json(sorted([name, digest] for name, digest in pairs))


def digest_json(value: object) -> str:
    """Returns the SHA-256 of the canonical JSON of `value`, as hex."""
    return hashlib.sha256(canonical_json(value)).hexdigest()
