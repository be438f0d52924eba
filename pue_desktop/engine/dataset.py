"""Step 1: a folder becomes an index of images with stable ids, classes, a split, and reasons for what is left out.

The class of an image is the path of its folder, so `a/cat` and `b/cat` stay apart. Folders `train` and `test` (or
`val`) at the top are a given split: networks learn from the first, the second only measures. Otherwise a share of
each class is held out, drawn by the seed and by nothing else. Every usable file is decoded once here, so that no
later step meets a surprise.
"""

from __future__ import annotations

import hashlib
import os
import statistics
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import cast

import msgspec

from pue_desktop.engine.config import ScanConfig, StepConfig
from pue_desktop.engine.errors import InputRefusedError, SchemaError
from pue_desktop.engine.events import Event, Notice, Progress
from pue_desktop.engine.export_names import safe_parts, shown
from pue_desktop.engine.files import read_limited
from pue_desktop.engine.image_files import OTHER_PICTURES, SUFFIXES, UnusableImageError, read, read_bytes
from pue_desktop.engine.results import INDEX_FILE, DatasetIndex, ImageRecord, IndexHeader, SkippedFile, Split
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop, in_order, numpy_stream

SCHEMA = 1
MIN_TRAIN_PER_CLASS = 2
_MAX_INDEX_BYTES = 2**30
_TOGETHER = 8
_TRAIN_NAMES = frozenset({"train", "training"})
_TEST_NAMES = frozenset({"test", "val", "valid", "validation"})
_IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})

_Line = ImageRecord | SkippedFile | IndexHeader


class _Found(msgspec.Struct, frozen=True):
    """A file before it is opened: its id, its class (a folder path) and the split its top folder gives."""

    id: str
    class_name: str
    split: Split | None


def scan_step(run: Run, config: StepConfig, stop: Stop) -> Generator[Event, None, list[Path]]:
    """Scans the run's image folder and leaves `dataset/index.jsonl`. See `scan` for the errors."""
    index = yield from scan(run.source, cast(ScanConfig, config), stop)
    lines: list[_Line] = [index.header, *index.images, *index.skipped]
    return [run.write(INDEX_FILE, msgspec.json.Encoder().encode_lines(lines))]


def load_index(run: Run) -> DatasetIndex:
    """Reads what `scan_step` left. Raises `SchemaError` if it is missing or damaged."""
    path = run.path / INDEX_FILE
    try:
        lines = msgspec.json.Decoder(_Line).decode_lines(read_limited(path, _MAX_INDEX_BYTES))
    except (SchemaError, msgspec.DecodeError) as error:
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
    )


def _is_plausible(image: ImageRecord, header: IndexHeader) -> bool:
    """Returns whether an image lies inside the folder and has one of the classes; a stranger may have written it."""
    return safe_parts(image.id) is not None and 0 <= image.label < len(header.classes)


def scan(folder: Path, config: ScanConfig, stop: Stop) -> Generator[Event, None, DatasetIndex]:
    """Scans an image folder.

    Args:
        folder: With one folder per class, at any depth, or `train` and `test` with the same classes.
        config: Share of the hold-out and seed.
        stop: Serves pause and cancel.

    Returns:
        The index: images by id, then what was left out with the reason.

    Raises:
        InputRefusedError: no folder, no usable image, fewer than two classes, or a class that can't be learned or
            measured. The text names it.
        CancelledError: asked for by `stop`.
    """
    _check_folder(folder)
    found, given, skipped = _walk(folder)
    if not found and not skipped:
        raise InputRefusedError(
            f"There are no images in {folder}.", hint="Choose a folder with one folder of images per class."
        )
    if not found and all("/" not in entry.path for entry in skipped):
        raise InputRefusedError(
            f"{folder} has no class folders: its files lie side by side.",
            hint="Put the images into two or more folders, one per class.",
        )
    inspected = in_order(
        lambda candidate: _inspect(folder, candidate), found, stop, workers=os.cpu_count() or 1, together=_TOGETHER
    )
    images: list[tuple[_Found, ImageRecord]] = []
    for done, (candidate, outcome) in enumerate(inspected, start=1):
        if isinstance(outcome, SkippedFile):
            skipped.append(outcome)
        else:
            images.append((candidate, outcome))
        yield Progress("scan", done, len(found), "looking at the images")
    classes = _classes([candidate for candidate, _ in images], folder, given=given)
    labelled = [
        msgspec.structs.replace(image, label=classes.index(candidate.class_name))
        for candidate, image in images
        if candidate.class_name in classes
    ]
    if not given:
        labelled = _draw_hold_out(labelled, len(classes), config)
    _check_counts(labelled, classes, given=given)
    yield from _changes(labelled)
    if skipped:
        yield Notice("scan", f"{len(skipped)} files can't be protected; the list says why.", "warning")
    sides = [min(image.width, image.height) for image in labelled]
    header = IndexHeader(SCHEMA, str(folder.resolve()), classes, given, int(statistics.median_low(sides)))
    return DatasetIndex(header, tuple(labelled), tuple(sorted(skipped, key=lambda entry: entry.path)))


def _changes(images: list[ImageRecord]) -> Iterator[Notice]:
    """Says how many images come out as another kind of file content than they are."""
    for text, count in sorted(Counter(image.notice for image in images if image.notice).items()):
        first = next(image.id for image in images if image.notice == text)
        yield Notice("scan", f"{count} images change when they are protected: {text}. The first is {shown(first)}.")


def _check_folder(folder: Path) -> None:
    if not folder.exists():
        raise InputRefusedError(f"There is no folder {folder}.", hint="Check the path.")
    if not folder.is_dir():
        raise InputRefusedError(f"{folder} is a file, not a folder.", hint="Choose the folder that holds the images.")
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        raise InputRefusedError(
            f"{folder} can't be opened: {error.strerror}.", hint="Check its permissions."
        ) from error


def _walk(folder: Path) -> tuple[list[_Found], bool, list[SkippedFile]]:
    """Lists the files below `folder` in a fixed order. Links to folders are not followed."""
    names = {entry.name.lower(): entry.name for entry in folder.iterdir() if entry.is_dir()}
    train = next((names[name] for name in sorted(_TRAIN_NAMES & names.keys())), None)
    test = next((names[name] for name in sorted(_TEST_NAMES & names.keys())), None)
    given = train is not None and test is not None
    tops: dict[str | None, Split] = {train: "train", test: "hold_out"} if given else {}
    found: list[_Found] = []
    skipped: list[SkippedFile] = []
    for identity, link in _files_below(folder):
        parts = identity.split("/")
        split = tops.get(parts[0])
        class_parts = parts[1:-1] if given else parts[:-1]
        suffix = PurePosixPath(identity).suffix.lower()
        if not _is_text(identity):
            name = identity.encode(errors="replace").decode()
            skipped.append(SkippedFile(name, "its name is not valid text (UTF-8)"))
        elif given and (split is None or not class_parts):
            skipped.append(SkippedFile(identity, "it is outside the class folders of train and test"))
        elif not class_parts:
            skipped.append(SkippedFile(identity, "it lies in no class folder"))
        elif link:
            skipped.append(SkippedFile(identity, "it is a link to a folder, and such links are not followed"))
        elif suffix in OTHER_PICTURES:
            reason = f"images of this format ({suffix}) can't be protected; save it as PNG or TIFF first"
            skipped.append(SkippedFile(identity, reason))
        elif suffix not in SUFFIXES:
            skipped.append(SkippedFile(identity, "its ending is not that of an image format"))
        else:
            found.append(_Found(identity, "/".join(class_parts), split))
    return found, given, skipped


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _files_below(folder: Path) -> list[tuple[str, bool]]:
    """Lists what lies below a folder in a fixed order, and whether it is a link to a folder."""
    names: list[tuple[str, bool]] = []
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        base = Path(parent).relative_to(folder).as_posix()
        inside = "" if base == "." else f"{base}/"
        # Links to folders would else be left out without a word.
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        names += [
            (inside + name, link)
            for found, link in ((files, False), (links, True))
            for name in found
            if not name.startswith(".") and name.lower() not in _IGNORED_NAMES
        ]
    return sorted(names)


def _inspect(folder: Path, candidate: _Found) -> ImageRecord | SkippedFile:
    path = folder / candidate.id
    try:
        # Folders on the way are no links: those are not followed.
        if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
            return SkippedFile(candidate.id, "it is a link to a file outside the folder")
        data = read_bytes(path)
        picture = read(data)
    # A circle of links: resolve says so in its own way.
    except RuntimeError:
        return SkippedFile(candidate.id, "it is a link that leads to itself")
    except OSError as error:
        return SkippedFile(candidate.id, f"it can't be read ({error.strerror})")
    except UnusableImageError as error:
        return SkippedFile(candidate.id, str(error))
    width, height = picture.size
    return ImageRecord(
        id=candidate.id,
        label=-1,
        split=candidate.split or "train",
        sha256=hashlib.sha256(data).hexdigest(),
        width=width,
        height=height,
        mode=picture.mode,
        format=picture.format,
        size_bytes=len(data),
        notice=picture.notice,
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
