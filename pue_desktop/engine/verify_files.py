"""Are the files in an export folder the signed ones? Tells changed metadata from changed pixels, missing from renamed.

Nothing in the folder is trusted: links are not followed, sizes are limited, names that lead out of the folder are
never opened, and a file that can't be decoded is a finding.
"""

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pue_desktop.engine.envelope import Opened, Statement
from pue_desktop.engine.errors import SchemaError
from pue_desktop.engine.export_names import (
    CERTIFICATE_JSON,
    CERTIFICATE_PDF,
    IMAGES_FOLDER,
    MANIFEST,
    safe_parts,
    shown,
)
from pue_desktop.engine.files import read_limited
from pue_desktop.engine.inspectors import INSPECTORS, together
from pue_desktop.engine.manifest import parse_manifest
from pue_desktop.engine.runtime import Stop, in_order
from pue_desktop.engine.verify_pdf import PAGES_SIGNED_SINCE
from pue_desktop.engine.verify_report import Finding

_MAX_MANIFEST_BYTES = 64 * 2**20
# What operating systems leave behind in any folder that somebody opened.
_LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".directory"})


@dataclass(frozen=True, slots=True)
class _Expected:
    """What a file must be; what a `lossy` one decodes to depends on the decoder, in the last bit."""

    path: str
    sha256: str
    pixels_sha256: str
    lossy: bool = False


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a file is: digests, or why there are none. `pixels_sha256` is empty if it is not an image."""

    sha256: str = ""
    pixels_sha256: str = ""
    trouble: str = ""
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where the images are: the export folder, or a folder that stands for its `images`.

    Attributes:
        folder: That folder.
        only_images: Whether it stands for `images`, so that names in it lack that first part.
    """

    folder: Path
    only_images: bool = False

    def local(self, name: str) -> str:
        """Returns the path below `folder` of an image of the certificate."""
        return name.removeprefix(f"{IMAGES_FOLDER}/") if self.only_images else name

    def global_name(self, local: str) -> str:
        """Returns what the certificate would call a path below `folder`."""
        return f"{IMAGES_FOLDER}/{local}" if self.only_images else local


def check_files(
    place: Place, statement: Statement, stop: Stop, tell: Callable[[], None] = lambda: None
) -> tuple[list[Finding], set[str]]:
    """Compares the images on the disk with the signed ones.

    Args:
        place: Where they are.
        statement: What was signed.
        stop: Pauses and cancels.
        tell: Called after each image.

    Returns:
        The findings, and the paths in the certificate of the images that are intact.
    """
    expected = _expected(statement)
    owners = {image.pixels_sha256: image.path for image in expected}
    findings: list[Finding] = []
    missing: list[_Expected] = []
    intact: set[str] = set()
    otherwise = 0
    with INSPECTORS.obeying(stop):
        for image, seen in _looked_at(place, expected, stop):
            tell()
            if seen.missing:
                missing.append(image)
            elif finding := _judge(image, seen, owners):
                findings.append(finding)
            else:
                intact.add(image.path)
                otherwise += seen.pixels_sha256 != image.pixels_sha256
    if otherwise:
        text = f"The decoder here reads {otherwise:,} of the signed files a little differently from the owner's."
        findings.append(Finding("lossy", "", text, problem=False))
    lost = _Lost(missing)
    known = {image.path for image in expected}
    for name in _other_files(place, known):
        stop.check()
        findings.append(_judge_other(place, name, lost, stop))
    findings += [Finding("missing", image.path, f"{shown(image.path)} is missing.") for image in lost.images()]
    return findings, intact


class _Lost:
    """Images that are not where they should be, until they are found under another name."""

    def __init__(self, images: list[_Expected]) -> None:
        # Several images may be the same file.
        self._by_file: dict[str, list[_Expected]] = {}
        self._by_pixels: dict[str, list[_Expected]] = {}
        for image in images:
            self._by_file.setdefault(image.sha256, []).append(image)
            self._by_pixels.setdefault(image.pixels_sha256, []).append(image)
        self._left = {image.path: image for image in images}

    def __bool__(self) -> bool:
        return bool(self._left)

    def images(self) -> list[_Expected]:
        """Returns those that were not found."""
        return list(self._left.values())

    def take(self, sha256: str, pixels_sha256: str) -> _Expected | None:
        """Returns a lost image with these digests, the file's rather than only the pixels', and forgets it."""
        for candidates in (self._by_file.get(sha256, ()), self._by_pixels.get(pixels_sha256, ())):
            for image in candidates:
                if self._left.pop(image.path, None) is not None:
                    return image
        return None


def _expected(statement: Statement) -> list[_Expected]:
    pixels = {
        image.path: (image.pixels_sha256, False) if image.stored is None else (image.stored.pixels_sha256, True)
        for image in statement.predicate.images
    }
    return [
        _Expected(subject.name, subject.digest.sha256, *pixels.get(subject.name, ("", False)))
        for subject in statement.subject
        if safe_parts(subject.name) is not None
    ]


def _looked_at(place: Place, expected: list[_Expected], stop: Stop) -> Iterator[tuple[_Expected, _Seen]]:
    parts = together(expected, lambda image: place.folder / place.local(image.path))
    with closing(in_order(partial(_look_at_images, place, stop), parts, stop, workers=INSPECTORS.workers)) as looked_at:
        for part, seen in looked_at:
            yield from zip(part, seen, strict=True)


def _look_at_images(place: Place, stop: Stop, images: list[_Expected]) -> list[_Seen]:
    return _look_at(place, [image.path for image in images], stop)


def _look_at(place: Place, names: list[str], stop: Stop) -> list[_Seen]:
    hindered = [_hindrance(place, name) for name in names]
    paths = [place.folder / place.local(name) for name, why in zip(names, hindered, strict=True) if why is None]
    found = (_Seen(one.sha256, one.pixels_sha256, one.reason) for one in INSPECTORS.inspect(paths, stop.check))
    return [next(found) if why is None else why for why in hindered]


def _hindrance(place: Place, name: str) -> _Seen | None:
    """Returns what is seen of a file that is not opened; None if it can be."""
    path = place.folder
    for part in place.local(name).split("/"):
        path = path / part
        if path.is_symlink():
            return _Seen(trouble="it is a link, and links are not followed")
    try:
        return None if path.exists() else _Seen(missing=True)
    except (OSError, ValueError) as error:
        return _Seen(trouble=str(error)[:200])


def _judge(image: _Expected, seen: _Seen, owners: dict[str, str]) -> Finding | None:
    name = shown(image.path)
    if seen.trouble:
        return Finding("unreadable", image.path, f"{name} can't be checked: {shown(seen.trouble)}.")
    if seen.sha256 == image.sha256:
        if seen.pixels_sha256 == image.pixels_sha256 or image.lossy:
            return None
        return Finding("evidence", image.path, f"{name} is the signed file, but not the picture that was certified.")
    if seen.pixels_sha256 == image.pixels_sha256:
        return Finding(
            "metadata_changed",
            image.path,
            f"{name}: the pixels are the certified ones, but the rest of the file changed (metadata, colour profile "
            "or compression).",
        )
    owner = owners.get(seen.pixels_sha256)
    if owner is not None:
        return Finding("swapped", image.path, f"{name} holds the picture of {shown(owner)}.")
    return Finding("pixels_changed", image.path, f"{name}: its pixels are not the certified ones.")


def _other_files(place: Place, known: set[str]) -> Iterator[str]:
    """Yields the names of files in the folder that do not belong to an export, as the certificate would call them."""
    known = known if place.only_images else known | {CERTIFICATE_JSON, CERTIFICATE_PDF, MANIFEST}
    for parent, folders, files in os.walk(place.folder):
        base = Path(parent).relative_to(place.folder)
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        for name in sorted(files + links):
            path = place.global_name((base / name).as_posix())
            if path not in known:
                yield path


def _judge_other(place: Place, name: str, lost: _Lost, stop: Stop) -> Finding:
    if Path(name).name.lower() in _LITTER:
        return Finding("added", name, f"{shown(name)} is a file of the operating system, not an image.", problem=False)
    if lost and name.startswith(f"{IMAGES_FOLDER}/"):
        (seen,) = _look_at(place, [name], stop)
        origin = lost.take(seen.sha256, seen.pixels_sha256)
        if origin is not None:
            more = "" if origin.sha256 == seen.sha256 else "; its pixels are the certified ones, its metadata changed"
            return Finding("renamed", origin.path, f"{shown(origin.path)} is now called {shown(name)}{more}.")
    return Finding("added", name, f"{shown(name)} is not in the certificate.")


def _digest(path: Path) -> str:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return ""
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def check_manifest(folder: Path, opened: Opened, *, pdf_in_doubt: bool) -> Iterator[Finding]:
    """Compares manifest-sha256.txt with the certificate and with the two certificate files on the disk.

    Args:
        folder: Export folder.
        opened: Its certificate.
        pdf_in_doubt: Whether something is wrong with the PDF anyhow.
    """
    try:
        listed = parse_manifest(read_limited(folder / MANIFEST, _MAX_MANIFEST_BYTES))
    except SchemaError as error:
        yield Finding("manifest", MANIFEST, error.message)
        return
    if listed is None:
        yield Finding("manifest", MANIFEST, f"{MANIFEST} is not a list of digests.")
        return
    pdf = listed.pop(CERTIFICATE_PDF, None)
    present = (folder / CERTIFICATE_PDF).exists()
    if pdf is not None and present and not pdf_in_doubt and _digest(folder / CERTIFICATE_PDF) != pdf:
        if opened.certificate.schema >= PAGES_SIGNED_SINCE:
            yield Finding("manifest", MANIFEST, f"{MANIFEST} belongs to another {CERTIFICATE_PDF}.")
        else:
            yield Finding("pdf", CERTIFICATE_PDF, f"{CERTIFICATE_PDF} is not the one that was written with the export.")
    if listed.pop(CERTIFICATE_JSON, None) != _digest(folder / CERTIFICATE_JSON):
        yield Finding("manifest", MANIFEST, f"{MANIFEST} belongs to another {CERTIFICATE_JSON}.")
    signed = {subject.name: subject.digest.sha256 for subject in opened.statement.subject}
    if listed != signed:
        names = sorted(name for name in listed.keys() | signed.keys() if listed.get(name) != signed.get(name))
        yield Finding(
            "manifest",
            MANIFEST,
            f"{MANIFEST} and the certificate differ about {len(names)} files; the first is {shown(names[0])[:200]}.",
        )
