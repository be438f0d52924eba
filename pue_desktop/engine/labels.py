"""Classes from a table instead of folders: a CSV file with the lines `path,label`.

Paths are relative to the image folder, have forward slashes and never leave it. A first line such as `path,label` is
a title. A table with a bad line is refused as a whole, with every bad line and its reason: half a table would silently
leave out images that somebody meant to protect.
"""

import csv
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.engine.export_names import safe_parts, shown
from pue_desktop.engine.files import explain, write_atomically
from pue_desktop.engine.refusals import FilesRefusedError
from pue_desktop.engine.results import SkippedFile

MAX_BYTES = 64 * 2**20
MAX_LABEL = 200
NOT_NAMED = "the labels file does not name it"
_TITLES = (frozenset({"path", "file", "filename", "image"}), frozenset({"label", "class"}))
_BOM = b"\xef\xbb\xbf"
_BOMS_16 = (b"\xff\xfe", b"\xfe\xff")
_CSV_REASONS = {
    "unexpected end of data": "a quotation mark is opened and never closed",
    "',' expected after '\"'": "there is text after a closing quotation mark",
}


@dataclass(frozen=True)
class LabelTable:
    """A table as it was read.

    Attributes:
        name: Of the file.
        labels: Label by path, in the order of the lines.
        lines: Number of the line that names a path, from 1.
        bad: Number and reason of every line that can't be used.
    """

    name: str
    labels: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    bad: list[tuple[int, str]] = field(default_factory=list)


def read_table(path: Path) -> LabelTable:
    """Reads a CSV file of labels; bad lines are kept in `LabelTable.bad`.

    Raises:
        InputRefusedError: there is no such file, or it is too large or not UTF-8.
    """
    try:
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            raise InputRefusedError(
                f"{path} is too large for a table of labels ({path.stat().st_size / 2**20:,.0f} MiB).",
                hint=f"Give a CSV file of at most {MAX_BYTES // 2**20} MiB.",
            )
        if path.exists() and not path.is_file():  # a pipe would keep its reader waiting for ever
            raise InputRefusedError(f"{path} is not a file.", hint="Give a CSV file with one line for each image.")
        data = path.read_bytes()
    except OSError as error:
        raise InputRefusedError(
            f"The labels can't be read from {path}: {error.strerror}.", hint="Check the path of the CSV file."
        ) from error
    if data.startswith(_BOMS_16):
        raise InputRefusedError(f"{path} is UTF-16, not UTF-8.", hint="Save it again as “CSV UTF-8”.")
    return parse(data, path.name)


def parse(data: bytes, name: str = "labels.csv") -> LabelTable:
    """Reads the bytes of a table. Never raises: what can't be used is in `LabelTable.bad`."""
    table = LabelTable(name)
    for line, row in _rows(data.removeprefix(_BOM), table.bad):
        if line == 1 and _is_title(row):
            continue
        reason = _shape(row) or _take(table, line, _normal(row[0]), row[1].strip())
        if reason:
            table.bad.append((line, reason))
    return table


def checked(table: LabelTable, present: Collection[str]) -> Mapping[str, str]:
    """Returns label by path once every line is good.

    Args:
        table: As read.
        present: The files of the folder, relative to it.

    Raises:
        FilesRefusedError: some lines are bad, or name a file that is not there. Its `files` are all of them.
        InputRefusedError: no line names anything.
    """
    bad = list(table.bad)
    bad += [(table.lines[path], _absent(path, present)) for path in table.labels if path not in present]
    if bad:
        count = "1 line" if len(bad) == 1 else f"{len(bad):,} lines"
        raise FilesRefusedError(
            f"{count} of {table.name} can't be used.",
            hint="Each line is the path of an image in the folder, a comma and a label. Mend the lines listed.",
            files=[SkippedFile(f"{table.name}, line {line}", reason) for line, reason in sorted(bad)],
        )
    if not table.labels:
        raise InputRefusedError(
            f"{table.name} names no image.", hint="Write one line for each image: its path, a comma and a label."
        )
    return table.labels


def write_table(path: Path, labels: Mapping[str, str]) -> None:
    """Writes a table that `read_table` reads, in the order of the paths. Raises `StorageError` if the disk refuses."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(["path", "label"])
    writer.writerows(sorted(labels.items()))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise explain(error, path) from error
    write_atomically(path, text.getvalue().encode())


def _rows(data: bytes, bad: list[tuple[int, str]]) -> Iterator[tuple[int, list[str]]]:
    """Yields the number of each record's first line and its cells; what is no CSV goes to `bad`."""
    reader = csv.reader(_decoded(data, bad), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            bad.append((line, _CSV_REASONS.get(str(error), f"it is not proper CSV ({error})")))
            continue
        if row:
            yield line, row


def _decoded(data: bytes, bad: list[tuple[int, str]]) -> Iterator[str]:
    for number, line in enumerate(data.splitlines(keepends=True), start=1):
        try:
            yield line.decode()
        except UnicodeDecodeError:
            bad.append((number, "it is not valid text (UTF-8)"))
            yield "\n"


def _is_title(row: list[str]) -> bool:
    words = [cell.strip().lower() for cell in row]
    return len(words) == 2 and words[0] in _TITLES[0] and words[1] in _TITLES[1]


def _shape(row: list[str]) -> str:
    """Returns what is wrong with the number of values in a row, or nothing."""
    if len(row) == 2:
        return ""
    other = next((name for mark, name in ((";", "semicolon"), ("\t", "tab")) if mark in row[0]), "")
    if len(row) == 1 and other:
        return f"path and label are parted by a {other}; a comma is needed"
    return f"a path and a label are needed, and there {'is 1 value' if len(row) == 1 else f'are {len(row)} values'}"


def _take(table: LabelTable, line: int, path: str, label: str) -> str:
    """Puts a row into the table; returns why it can't be used, or nothing."""
    reasons = {
        "the path is empty": not path,
        "the label is empty": not label,
        f"{shown(path)} does not lie inside the folder": safe_parts(path) is None,
        f"the label has more than {MAX_LABEL} characters": len(label) > MAX_LABEL,
        f"the label has a character that can't be shown ({shown(label[:MAX_LABEL])})": shown(label) != label,
        f"{shown(path)} has a label already, in line {table.lines.get(path, 0)}": path in table.lines,
    }
    reason = next((words for words, wrong in reasons.items() if wrong), "")
    if not reason:
        table.labels[path] = label
        table.lines[path] = line
    return reason


def _normal(path: str) -> str:
    if os.name == "nt":
        path = path.replace("\\", "/")
    return path.removeprefix("./")


def _absent(path: str, present: Collection[str]) -> str:
    if "\\" in path and path.replace("\\", "/") in present:
        return f"{shown(path)} is not there: part folders by / instead of \\"
    if path.strip() in present:
        return f"“{shown(path)}” is not there: take the spaces away"
    return f"there is no file {shown(path)} in the folder"
