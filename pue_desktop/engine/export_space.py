"""How much room an export takes, and how much there is: told before it starts, and refused where it can't end well."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pue_desktop.engine.config import ExportConfig
from pue_desktop.engine.errors import StorageError
from pue_desktop.engine.exporters import exporter
from pue_desktop.engine.files import byte_size, storage_errors
from pue_desktop.engine.results import ImageRecord

# What a file takes besides its pixels: header, colour profile, unused rest of its last block, and its lines in
# certificate, manifest and PDF, which holds both again.
_BYTES_PER_FILE = 1024
_BYTES_CERTIFIED_PER_FILE = 2048
_CERTIFICATE_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Space:
    """Room for an export.

    Attributes:
        needed: Bytes that it will take, estimated.
        free: Bytes free at `place`.
        place: The export folder, or the nearest folder above it that exists.
    """

    needed: int
    free: int
    place: Path

    @property
    def enough(self) -> bool:
        """Whether it clearly fits."""
        return self.needed <= self.free

    def refuse_if_short(self) -> None:
        """Raises `StorageError` if there is clearly too little."""
        if not self.enough:
            raise StorageError(
                f"There is not enough space at {self.place}: about {byte_size(self.needed)} needed, "
                f"{byte_size(self.free)} free.",
                hint="Free some space or choose another disk, then start again.",
            )


def estimated_bytes(images: Iterable[ImageRecord], config: ExportConfig) -> int:
    """Returns about what exporting these images takes, the certificate included."""
    per_value: float = exporter(config).bytes_per_value
    found = _CERTIFICATE_BYTES
    for image in images:
        found += round(image.width * image.height * len(image.mode) * per_value)
        found += _BYTES_PER_FILE + _BYTES_CERTIFIED_PER_FILE
    return found


def space(folder: Path, needed: int) -> Space:
    """Returns the room at `folder`, which need not exist, for `needed` bytes. Raises `StorageError`."""
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    with storage_errors(place):
        return Space(needed, shutil.disk_usage(place).free, place)
