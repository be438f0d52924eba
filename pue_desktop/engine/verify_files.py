"""Are the files in an export folder the signed ones? Tells changed metadata from changed pixels, missing from renamed.

Nothing in the folder is trusted: links are not followed, sizes are limited, names that lead out of the folder are
never opened, and a file that can't be decoded is a finding.
"""

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pue_desktop.engine.envelope import Statement, read_limited
from pue_desktop.engine.errors import SchemaError
from pue_desktop.engine.export_names import (
    CERTIFICATE_JSON,
    CERTIFICATE_PDF,
    IMAGES_FOLDER,
    MANIFEST,
    safe_parts,
    shown,
)
from pue_desktop.engine.image_files import UnusableImageError, read
from pue_desktop.engine.manifest import parse_manifest
from pue_desktop.engine.runtime import Stop, in_order
from pue_desktop.engine.verify_report import Finding

_MAX_IMAGE_BYTES = 2**30
_MAX_MANIFEST_BYTES = 64 * 2**20
# What operating systems leave behind in any folder that somebody opened.
_LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".directory"})


@dataclass(frozen=True, slots=True)
class _Expected:
    """What a file must be."""

    path: str
    sha256: str
    pixels_sha256: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a file is: digests, or why there are none. `pixels_sha256` is empty if it is not an image."""

    sha256: str = ""
    pixels_sha256: str = ""
    trouble: str = ""
    missing: bool = False


def check_files(folder: Path, statement: Statement, stop: Stop) -> tuple[list[Finding], int]:
    """Compares the images on the disk with the signed ones; returns the findings and the number of intact images."""
    expected = _expected(statement)
    owners = {image.pixels_sha256: image.path for image in expected}
    findings: list[Finding] = []
    missing: dict[str, _Expected] = {}
    intact = 0
    for image, seen in in_order(
        lambda image: _look_at(folder, image.path), expected, stop, workers=min(4, os.cpu_count() or 1)
    ):
        if seen.missing:
            missing[image.sha256] = image
            continue
        finding = _judge(image, seen, owners)
        intact += finding is None
        findings += [finding] if finding else []
    known = {image.path for image in expected}
    for name in _other_files(folder, known):
        stop.check()
        findings.append(_judge_other(folder, name, missing))
    findings += [Finding("missing", image.path, f"{shown(image.path)} is missing.") for image in missing.values()]
    return findings, intact


def _expected(statement: Statement) -> list[_Expected]:
    pixels = {image.path: image.pixels_sha256 for image in statement.predicate.images}
    return [
        _Expected(subject.name, subject.digest.sha256, pixels.get(subject.name, ""))
        for subject in statement.subject
        if safe_parts(subject.name) is not None
    ]


def _look_at(folder: Path, name: str) -> _Seen:
    path = folder
    for part in name.split("/"):
        path = path / part
        if path.is_symlink():
            return _Seen(trouble="it is a link, and links are not followed")
    try:
        if not path.exists():
            return _Seen(missing=True)
        data = read_limited(path, _MAX_IMAGE_BYTES)
    except (SchemaError, OSError, ValueError) as error:
        return _Seen(trouble=str(error.message if isinstance(error, SchemaError) else error)[:200])
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        return _Seen(sha256, read(data).digest())
    except UnusableImageError as error:
        return _Seen(sha256, trouble=str(error))


def _judge(image: _Expected, seen: _Seen, owners: dict[str, str]) -> Finding | None:
    name = shown(image.path)
    if seen.trouble:
        return Finding("unreadable", image.path, f"{name} can't be checked: {shown(seen.trouble)}.")
    if seen.sha256 == image.sha256:
        if seen.pixels_sha256 == image.pixels_sha256:
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


def _other_files(folder: Path, known: set[str]) -> Iterator[str]:
    """Yields the paths in the folder that do not belong to an export."""
    known = known | {CERTIFICATE_JSON, CERTIFICATE_PDF, MANIFEST}
    for parent, folders, files in os.walk(folder):
        base = Path(parent).relative_to(folder)
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        for name in sorted(files + links):
            path = (base / name).as_posix()
            if path not in known:
                yield path


def _judge_other(folder: Path, name: str, missing: dict[str, _Expected]) -> Finding:
    if Path(name).name.lower() in _LITTER:
        return Finding("added", name, f"{shown(name)} is a file of the operating system, not an image.", problem=False)
    if missing and name.startswith(f"{IMAGES_FOLDER}/"):
        origin = missing.pop(_digest(folder / name), None)
        if origin is not None:
            return Finding("renamed", origin.path, f"{shown(origin.path)} is now called {shown(name)}.")
    return Finding("added", name, f"{shown(name)} is not in the certificate.")


def _digest(path: Path) -> str:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return ""
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def check_manifest(folder: Path, statement: Statement) -> Iterator[Finding]:
    """Compares manifest-sha256.txt with the certificate and with the two certificate files on the disk."""
    try:
        listed = parse_manifest(read_limited(folder / MANIFEST, _MAX_MANIFEST_BYTES))
    except SchemaError as error:
        yield Finding("manifest", MANIFEST, error.message)
        return
    if listed is None:
        yield Finding("manifest", MANIFEST, f"{MANIFEST} is not a list of digests.")
        return
    pdf = listed.pop(CERTIFICATE_PDF, None)
    if pdf is not None and (folder / CERTIFICATE_PDF).exists() and _digest(folder / CERTIFICATE_PDF) != pdf:
        yield Finding("pdf", CERTIFICATE_PDF, f"{CERTIFICATE_PDF} is not the one that was written with the export.")
    if listed.pop(CERTIFICATE_JSON, None) != _digest(folder / CERTIFICATE_JSON):
        yield Finding("manifest", MANIFEST, f"{MANIFEST} belongs to another {CERTIFICATE_JSON}.")
    signed = {subject.name: subject.digest.sha256 for subject in statement.subject}
    if listed != signed:
        names = sorted(name for name in listed.keys() | signed.keys() if listed.get(name) != signed.get(name))
        yield Finding(
            "manifest",
            MANIFEST,
            f"{MANIFEST} and the certificate differ about {len(names)} files; the first is {shown(names[0])[:200]}.",
        )


def check_pdf(folder: Path) -> Iterator[Finding]:
    """Says whether the readable certificate is there."""
    path = folder / CERTIFICATE_PDF
    if path.is_symlink() or not path.is_file():
        yield Finding(
            "pdf", CERTIFICATE_PDF, f"{CERTIFICATE_PDF} is not there; {CERTIFICATE_JSON} is what counts.", problem=False
        )
