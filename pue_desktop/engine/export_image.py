"""One image of an export: read the original, protect, write, read back from the disk, measure.

Nothing is taken on trust: the original must be the file that was scanned, the written file must decode to exactly the
protected pixels, these must be the pixels that the certified surrogate learned from, and the change is measured
against the original as it was read. A file of a lossy format holds other pixels, and what it holds is measured, too.
The original is only ever read.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from PIL import Image

from pue_desktop.engine.apply import max_abs_delta, protect
from pue_desktop.engine.config_types import MetadataPolicy
from pue_desktop.engine.errors import InputRefusedError, PueError, StorageError
from pue_desktop.engine.export_names import shown
from pue_desktop.engine.files import storage_errors, write_atomically
from pue_desktop.engine.image_files import Picture, UnusableImageError, read, read_bytes
from pue_desktop.engine.likeness import psnr_db, ssim
from pue_desktop.engine.lossy import stored_image
from pue_desktop.engine.metadata import Beside, beside
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.results import ExportedImage, ImageRecord


class Exporter(Protocol):
    """A file format, as the table in `exporters` lists them."""

    suffix: str
    modes: frozenset[str]
    max_side: int
    lossy: bool
    bytes_per_value: float

    def encode(self, image: Image.Image, beside: Beside) -> bytes:
        """Returns the bytes of a file with exactly these pixels unless `lossy`, `beside` and nothing else."""
        ...


@dataclass(frozen=True, slots=True)
class Work:
    """What is the same for every image of an export.

    Attributes:
        source: Folder of the originals.
        folder: Export folder.
        exporter: File format.
        perturbation: What is added.
        learned: Digest of the pixels that the certified surrogate learned from, by source id.
        metadata: What stays beside the pixels.
    """

    source: Path
    folder: Path
    exporter: Exporter
    perturbation: Perturbation
    learned: dict[str, str]
    metadata: MetadataPolicy = "safe"


def check_storable(records: tuple[ImageRecord, ...], exporter: Exporter, name: str) -> None:
    """Refuses at once what the format called `name` can't store, rather than after half an hour.

    Raises:
        InputRefusedError: it names the first of the images.
    """
    if not records:
        raise InputRefusedError("There are no images to export.", hint="Scan the folder again.")
    misfits = [
        image.id
        for image in records
        if image.mode not in exporter.modes or max(image.width, image.height) > exporter.max_side
    ]
    if misfits:
        raise InputRefusedError(
            f"The format {name} can't store {len(misfits)} of the images{'' if exporter.lossy else ' exactly'}; the "
            f"first is {shown(misfits[0])} (mode {next(one.mode for one in records if one.id == misfits[0])}).",
            hint="Choose the format png.",
        )


def export_image(work: Work, record: ImageRecord, path: str) -> ExportedImage:
    """Exports one image to `path` (relative to the export folder) and returns what was found on the disk.

    Raises:
        InputRefusedError: the original changed or vanished since it was scanned, or the format can't store it.
        StorageError: the disk is full or read-only, or gives back something else than was written.
        PueError: the pixels are not those that were certified, or differ from the original by more than epsilon.
    """
    data, original = read_scanned(work.source, record)
    protected = protect(original, work.perturbation, record.label, record.id)
    target = work.folder / path
    with storage_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    if not target.parent.resolve().is_relative_to(work.folder.resolve()):
        raise InputRefusedError(
            f"{target.parent} is a link that leads out of the export folder.", hint="Choose another export folder."
        )
    encoded = work.exporter.encode(protected.image(), beside(data, original, work.metadata))
    # After a power cut the export compares what it finds with its journal; the whole is made durable at the end.
    sha256 = write_atomically(target, encoded, durable=False)
    stored = _read_back(target, expected=hashlib.sha256(encoded).hexdigest(), found=sha256)
    if not work.exporter.lossy:
        _check_exact(target, stored, protected)
    digest = protected.digest()
    _check_certified(work, record, digest)
    delta = max_abs_delta(original, protected)
    if delta > work.perturbation.epsilon_255:
        raise PueError(
            f"{shown(record.id)} would change by {delta} of 255, more than {work.perturbation.epsilon_255:g}.",
            hint="This is a bug; please report it. The file is not certified.",
        )
    return ExportedImage(
        id=record.id,
        path=path,
        sha256=sha256,
        pixels_sha256=digest,
        source_sha256=record.sha256,
        split=record.split,
        max_abs_delta_255=float(delta),
        psnr_db=psnr_db(original, protected),
        ssim=ssim(original, protected),
        source_pixels_sha256=original.digest(),
        stored=stored_image(original, protected, stored) if work.exporter.lossy else None,
    )


def read_scanned(source: Path, record: ImageRecord) -> tuple[bytes, Picture]:
    """Reads an original below `source`: its bytes and its picture.

    Raises:
        InputRefusedError: it is no longer the file that was scanned.
    """
    hint = "Scan the folder again, then craft and certify anew."
    path = source / record.id
    if not os.path.lexists(path):
        raise InputRefusedError(f"{shown(record.id)} vanished since it was scanned.", hint=hint)
    try:
        data = read_bytes(path)
    except UnusableImageError as error:
        raise InputRefusedError(
            f"{shown(record.id)} was fine when it was scanned, but now {error}.",
            hint="Check the disk, then start again.",
        ) from error
    if hashlib.sha256(data).hexdigest() != record.sha256:
        raise InputRefusedError(f"{shown(record.id)} changed since it was scanned.", hint=hint)
    try:
        return data, read(data)
    except UnusableImageError as error:
        raise InputRefusedError(f"{shown(record.id)} can't be protected: {error}.", hint=hint) from error


def _read_back(target: Path, *, expected: str, found: str) -> Picture:
    try:
        stored = read(target)
    except UnusableImageError as error:
        raise StorageError(
            f"{target} can't be read back: {error}.", hint="Check the disk, then start again."
        ) from error
    if found != expected:
        raise StorageError(f"{target} came back from the disk changed.", hint="Check the disk, then start again.")
    return stored


def _check_exact(target: Path, stored: Picture, protected: Picture) -> None:
    if stored.mode != protected.mode or not np.array_equal(stored.pixels, protected.pixels):
        raise InputRefusedError(
            f"The format can't store {target.name} exactly (mode {protected.mode}).", hint="Choose the format png."
        )


def _check_certified(work: Work, record: ImageRecord, digest: str) -> None:
    if record.split != "train":
        return
    certified = work.learned.get(record.id)
    if certified != digest:
        raise PueError(
            f"{shown(record.id)} as exported is not the image that the certificate is about.",
            hint="Certify again, then export.",
        )
