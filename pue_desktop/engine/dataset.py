"""Step 1: a folder becomes an index of images with stable ids, classes, a split, and reasons for what is left out.

The class of an image is the path of its folder, so `a/cat` and `b/cat` stay apart, or what a table of labels says
(`labels`). Folders `train` and `test` (or `val`) at the top are a given split: networks learn from the first, the
second only measures; so is a test folder of its own, elsewhere or inside. Otherwise a share of each class is held out,
drawn by the seed and by nothing else. Every usable file is decoded once here, so that no later step meets a surprise.
"""

from __future__ import annotations

import os
import statistics
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path, PurePosixPath
from typing import cast

import msgspec

from pue_desktop.engine.config import ScanConfig, StepConfig
from pue_desktop.engine.doubts import check_different, doubts
from pue_desktop.engine.errors import InputRefusedError, SchemaError
from pue_desktop.engine.events import Event, Notice, Progress
from pue_desktop.engine.export_names import safe_parts, shown
from pue_desktop.engine.file_opener import Inspected
from pue_desktop.engine.files import BAD_JSON, read_limited
from pue_desktop.engine.image_files import OTHER_PICTURES, SUFFIXES
from pue_desktop.engine.inspectors import INSPECTORS, together
from pue_desktop.engine.labels import NOT_NAMED, checked, read_table
from pue_desktop.engine.refusals import FilesRefusedError
from pue_desktop.engine.results import INDEX_FILE, DatasetIndex, ImageRecord, IndexHeader, LookAlike, SkippedFile, Split
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop, in_order, numpy_stream

SCHEMA = 1
MIN_TRAIN_PER_CLASS = 2
_MAX_INDEX_BYTES = 2**30
_TRAIN_NAMES = frozenset({"train", "training"})
_TEST_NAMES = frozenset({"test", "val", "valid", "validation"})
_IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})

NO_CLASS_FOLDER = "it lies in no class folder"
OUTSIDE_SPLIT = "it is outside the class folders of train and test"

_Line = ImageRecord | SkippedFile | IndexHeader | LookAlike


class _Found(msgspec.Struct, frozen=True):
    """A file before it is opened.

    Attributes:
        id: As in `ImageRecord`.
        class_name: A folder path, or what the labels say; empty where `reason` is not.
        split: As its top folder or the test folder gives it; where nothing is given, the one to learn from.
        reason: Why it is left out, or empty.
        inside: The resolved folder that its content may not leave by a link.
    """

    id: str
    class_name: str
    split: Split
    reason: str
    inside: Path


def scan_step(run: Run, config: StepConfig, stop: Stop) -> Generator[Event, None, list[Path]]:
    """Scans the run's image folder and leaves `dataset/index.jsonl`. See `scan` for the errors."""
    index = yield from scan(run.source, cast(ScanConfig, config), stop)
    lines: list[_Line] = [index.header, *index.images, *index.skipped, *index.look_alikes]
    return [run.write(INDEX_FILE, msgspec.json.Encoder().encode_lines(lines))]


def load_index(run: Run) -> DatasetIndex:
    """Reads what `scan_step` left. Raises `SchemaError` if it is missing or damaged."""
    path = run.path / INDEX_FILE
    try:
        lines = msgspec.json.Decoder(_Line).decode_lines(read_limited(path, _MAX_INDEX_BYTES))
    except (SchemaError, *BAD_JSON) as error:
        raise SchemaError(f"{path} can't be read.", hint="Scan the folder again.") from error
    if not lines or not isinstance(lines[0], IndexHeader) or lines[0].schema != SCHEMA:
        raise SchemaError(f"{path} is not an index of this version.", hint="Scan the folder again.")
    for line in lines:
        if isinstance(line, ImageRecord) and not _is_plausible(line, lines[0]):
            raise SchemaError(f"{path} names an image that can't be: {line.id!r}.", hint="Scan the folder again.")
    return DatasetIndex(
        lines[0],
        tuple(line for line in lines if isinstance(line, ImageRecord)),
        tuple(line for line in lines if isinstance(line, SkippedFile)),
        tuple(line for line in lines if isinstance(line, LookAlike)),
    )


def _is_plausible(image: ImageRecord, header: IndexHeader) -> bool:
    """Returns whether an image lies where it may and has one of the classes; a stranger may have written it.

    Images of a test folder may lie anywhere: they are measured with and never exported.
    """
    placed = safe_parts(image.id) is not None or (header.split_given and image.split == "hold_out")
    return placed and 0 <= image.label < len(header.classes)


def scan(folder: Path, config: ScanConfig, stop: Stop) -> Generator[Event, None, DatasetIndex]:
    """Scans an image folder.

    Args:
        folder: With one folder per class, at any depth, or `train` and `test` with the same classes; with labels,
            anyhow.
        config: Labels, test folder, share of the hold-out and seed.
        stop: Serves pause and cancel.

    Returns:
        The index: images by id, what was left out with the reason, and held-out images that look like others.

    Raises:
        FilesRefusedError: no usable image, fewer than two classes, a class that can't be learned or measured, one and
            the same picture everywhere, or labels with bad lines. The text names it; its files are what was left out,
            or the bad lines.
        InputRefusedError: there is no folder, no test folder, no table, or they don't go together.
        CancelledError: asked for by `stop`.
    """
    _check_folder(folder)
    found, given, skipped = _walk(folder, config)
    _check_found(folder, found, skipped)
    root = folder.resolve()
    images: list[tuple[_Found, ImageRecord]] = []
    looks: dict[str, tuple[str, str]] = {}
    with INSPECTORS.obeying(stop):
        for done, (candidate, outcome) in enumerate(_inspected(root, found, stop), start=1):
            if isinstance(outcome, SkippedFile):
                skipped.append(outcome)
            else:
                images.append((candidate, _record(candidate, outcome)))
                looks[candidate.id] = outcome.look, outcome.pixels_sha256
            yield Progress("scan", done, len(found), "looking at the images")
    skipped.sort(key=lambda entry: entry.path)
    try:
        classes = _classes([candidate for candidate, _ in images], folder, given=given)
        labels = {name: label for label, name in enumerate(classes)}
        labelled = [msgspec.structs.replace(image, label=labels[candidate.class_name]) for candidate, image in images]
        if not given:
            labelled = _draw_hold_out(labelled, len(classes), config)
        _check_counts(labelled, classes, given=given)
        check_different(folder, looks)
    except InputRefusedError as error:
        raise FilesRefusedError(error.message, hint=error.hint, files=skipped) from error
    yield from _changes(labelled)
    alike = yield from doubts(labelled, looks, stop)
    if skipped:
        yield Notice("scan", f"{len(skipped):,} files can't be protected; the list says why.", "warning")
    sides = [min(image.width, image.height) for image in labelled]
    header = IndexHeader(SCHEMA, str(root), classes, given, int(statistics.median_low(sides)))
    return DatasetIndex(header, tuple(labelled), tuple(skipped), alike)


def _changes(images: list[ImageRecord]) -> Iterator[Notice]:
    """Says how many images come out as another kind of file content than they are."""
    for text, count in sorted(Counter(image.notice for image in images if image.notice).items()):
        first = next(image.id for image in images if image.notice == text)
        yield Notice("scan", f"Of some images not everything can be kept: {text} ({count}, the first {shown(first)}).")


def _check_folder(folder: Path) -> None:
    if not folder.exists():
        raise InputRefusedError(f"There is no folder {folder}.", hint="Check the path.")
    if not folder.is_dir():
        raise InputRefusedError(f"{folder} is a file, not a folder.", hint="Choose the folder that holds the images.")
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        text = f"{folder} can't be opened: {error.strerror}."
        raise InputRefusedError(text, hint="Check its permissions.") from error


def _check_found(folder: Path, found: list[_Found], skipped: list[SkippedFile]) -> None:
    if found:
        return
    if not skipped:
        raise InputRefusedError(
            f"There are no images in {folder}.", hint="Choose a folder with one folder of images per class."
        )
    if any(entry.reason == NO_CLASS_FOLDER for entry in skipped):
        raise FilesRefusedError(
            f"{folder} has no class folders: its files lie side by side.",
            hint="Put the images into two or more folders, one per class; or give their classes in a CSV file; or have "
            "groups made by look.",
            files=skipped,
        )


def _walk(folder: Path, config: ScanConfig) -> tuple[list[_Found], bool, list[SkippedFile]]:
    """Lists the files to look at in a fixed order, whether the split is given, and what is left out already.

    Raises:
        InputRefusedError: the labels or the test folder can't be used.
    """
    root, tops = folder.resolve(), _given_split(folder)
    table = read_table(Path(config.labels)) if config.labels else None
    test = _test_folder(folder, Path(config.test_folder), tops) if config.test_folder else None
    apart = [path.resolve() for path in (Path(config.labels) if config.labels else None, test) if path is not None]
    names = list(files_below(folder, without=apart))
    labels = None if table is None else checked(table, frozenset(names))
    found: list[_Found] = []
    skipped: list[SkippedFile] = []
    for name in names:
        _place(root, _Found(name, *_class_and_split(name, tops, labels), root), found, skipped)
    if test is not None:
        prefix = _way(test, folder)
        for name in files_below(test):
            class_name = PurePosixPath(name).parent.as_posix()
            reason = "it lies in no class folder of the test folder" if class_name == "." else ""
            _place(root, _Found(f"{prefix}/{name}", class_name, "hold_out", reason, test.resolve()), found, skipped)
    return found, bool(tops) or test is not None, skipped


def _given_split(folder: Path) -> dict[str, Split]:
    """Returns the split by name of the top folder; empty unless there are one to learn from and one to measure."""
    names = {entry.name.lower(): entry.name for entry in folder.iterdir() if entry.is_dir()}
    train = next((names[name] for name in sorted(_TRAIN_NAMES & names.keys())), None)
    test = next((names[name] for name in sorted(_TEST_NAMES & names.keys())), None)
    return {train: "train", test: "hold_out"} if train is not None and test is not None else {}


def _test_folder(folder: Path, test: Path, tops: dict[str, Split]) -> Path:
    """Returns the test folder once nothing speaks against it. Raises `InputRefusedError`."""
    _check_folder(test)
    if folder.resolve().is_relative_to(test.resolve()):
        raise InputRefusedError(
            f"The test folder {test} contains the images to protect.", hint="Choose a folder of other images."
        )
    if tops:
        raise InputRefusedError(
            f"{folder} has folders for training and testing of its own; another test folder has no place beside them.",
            hint="Leave the test folder empty, or choose the training folder itself as the folder of images.",
        )
    return test


def _way(test: Path, folder: Path) -> str:
    """Returns the path from the image folder to the test folder, as ids begin with it."""
    try:
        return Path(os.path.relpath(test.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive
        return test.resolve().as_posix()


def _class_and_split(name: str, tops: dict[str, Split], labels: Mapping[str, str] | None) -> tuple[str, Split, str]:
    """Returns class, split and why the file has none of them, which is empty for those that have."""
    parts = PurePosixPath(name).parts
    split = tops.get(parts[0], "train")
    if tops and (parts[0] not in tops or len(parts) < 2):
        return "", split, OUTSIDE_SPLIT
    if labels is not None:
        return labels.get(name, ""), split, "" if name in labels else NOT_NAMED
    class_name = "/".join(parts[1:-1] if tops else parts[:-1])
    if not class_name:
        return "", split, OUTSIDE_SPLIT if tops else NO_CLASS_FOLDER
    return class_name, split, ""


def _place(root: Path, candidate: _Found, found: list[_Found], skipped: list[SkippedFile]) -> None:
    """Adds a file to those to look at, or to those left out; ids are relative to `root`."""
    if not _is_text(candidate.id):
        name = candidate.id.encode(errors="replace").decode()
        skipped.append(SkippedFile(name, "its name is not valid text (UTF-8)"))
    elif candidate.reason and (candidate.reason != NOT_NAMED or has_image_suffix(candidate.id)):
        skipped.append(SkippedFile(candidate.id, candidate.reason))
    elif (root / candidate.id).is_dir():
        skipped.append(SkippedFile(candidate.id, "it is a link to a folder, and such links are not followed"))
    elif (suffix := PurePosixPath(candidate.id).suffix.lower()) in OTHER_PICTURES:
        reason = f"images of this format ({suffix}) can't be protected; save it as PNG or TIFF first"
        skipped.append(SkippedFile(candidate.id, reason))
    elif not has_image_suffix(candidate.id):
        skipped.append(SkippedFile(candidate.id, "its ending is not that of an image format"))
    else:
        found.append(candidate)


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def has_image_suffix(name: str) -> bool:
    """Whether a file's ending is that of an image format."""
    return PurePosixPath(name).suffix.lower() in SUFFIXES


def files_below(folder: Path, *, without: Sequence[Path] = ()) -> Iterator[str]:
    """Returns the files below `folder` in a fixed order, relative to it, with forward slashes.

    Hidden files and those that systems leave behind are passed over; links to folders are not followed.

    Args:
        folder: Where to look.
        without: Files and folders to leave out, as resolved paths.
    """
    names: list[str] = []
    root = folder.resolve()
    apart = {str(path) for path in without}
    for parent, folders, files in os.walk(root):

        def kept(name: str, place: str = parent) -> bool:
            return not name.startswith(".") and f"{place.rstrip(os.sep)}{os.sep}{name}" not in apart

        folders[:] = filter(kept, folders)
        base = Path(parent).relative_to(root)
        # Links to folders are listed, so that they are not left out without a word.
        listed = [*files, *(name for name in folders if (Path(parent) / name).is_symlink())]
        names += [(base / name).as_posix() for name in listed if name.lower() not in _IGNORED_NAMES and kept(name)]
    return iter(sorted(names))


def _inspected(root: Path, found: list[_Found], stop: Stop) -> Iterator[tuple[_Found, Inspected | SkippedFile]]:
    parts = together(found, lambda candidate: root / candidate.id)
    with closing(in_order(partial(_inspect, root, stop), parts, stop, workers=INSPECTORS.workers)) as inspected:
        for part, outcomes in inspected:
            yield from zip(part, outcomes, strict=True)


def _inspect(root: Path, stop: Stop, part: list[_Found]) -> list[Inspected | SkippedFile]:
    reasons = [_leads_away(root / candidate.id, candidate.inside) for candidate in part]
    paths = [root / one.id for one, reason in zip(part, reasons, strict=True) if not reason]
    seen = iter(INSPECTORS.inspect(paths, stop.check))
    found = (Inspected(reason) if reason else next(seen) for reason in reasons)
    return [SkippedFile(one.id, got.reason) if got.reason else got for one, got in zip(part, found, strict=True)]


def _leads_away(path: Path, inside: Path) -> str:
    """Returns why a file is not looked at: it is a link to somewhere else. Folders that are links were not entered."""
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(inside):
            return "it is a link to a file outside the folder"
    # A circle of links: resolve says so in its own way.
    except (OSError, RuntimeError):
        return "it is a link that leads to itself"
    return ""


def _record(candidate: _Found, found: Inspected) -> ImageRecord:
    return ImageRecord(
        id=candidate.id,
        label=-1,
        split=candidate.split,
        sha256=found.sha256,
        width=found.width,
        height=found.height,
        mode=found.mode,
        format=found.format,
        size_bytes=found.size_bytes,
        notice=found.notice,
    )


def _classes(found: Iterable[_Found], folder: Path, *, given: bool) -> tuple[str, ...]:
    names = sorted({candidate.class_name for candidate in found})
    if not names:
        raise InputRefusedError(
            f"None of the files in {folder} can be protected.", hint="See the list of files and reasons."
        )
    if len(names) == 1:
        raise InputRefusedError(
            f"{folder} has only one class ({names[0]}).",
            hint="Protection works by class: put the images into two or more folders, one per class.",
        )
    if given:
        for split, title in (("train", "train"), ("hold_out", "test")):
            missing = set(names) - {candidate.class_name for candidate in found if candidate.split == split}
            if missing:
                raise InputRefusedError(
                    f"Class {min(missing)} has no usable image in the {title} folder.",
                    hint="Give every class images in both folders, or remove the class.",
                )
    return tuple(names)


def _draw_hold_out(images: list[ImageRecord], classes: int, config: ScanConfig) -> list[ImageRecord]:
    held: set[str] = set()
    for label in range(classes):
        members = [image.id for image in images if image.label == label]
        count = min(len(members) - 1, max(1, round(config.hold_out * len(members))))
        order = numpy_stream(config.seed, "hold-out", label).permutation(len(members))
        held.update(members[position] for position in order[: max(0, count)])
    return [msgspec.structs.replace(image, split="hold_out") if image.id in held else image for image in images]


def _check_counts(images: list[ImageRecord], classes: tuple[str, ...], *, given: bool) -> None:
    train = Counter(image.label for image in images if image.split == "train")
    held = Counter(image.label for image in images if image.split == "hold_out")
    for label, name in enumerate(classes):
        if train[label] < MIN_TRAIN_PER_CLASS or held[label] < 1:
            total = train[label] if given else train[label] + held[label]
            raise InputRefusedError(
                f"Class {name} has too few usable images ({total}).",
                hint=f"Give every class at least {MIN_TRAIN_PER_CLASS + (not given)} images, or remove it.",
            )
