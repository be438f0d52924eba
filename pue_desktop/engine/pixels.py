"""Pixels by id at the working size, originals and protected, cached in the run folder.

Networks see every image squashed to a square of the working size (attackers its middle, if so asked), after decoding
exactly as the program does everywhere. The protected ones are made from the protected 8-bit pixels at full size, the
ones that are exported, and the digest of those full-size pixels is kept, so that the export can prove it wrote the
same. A cache file names what it was made from and is written whole or not at all; it may be deleted at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass

import msgspec
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from pue_desktop.engine.apply import protect, squash
from pue_desktop.engine.errors import InputRefusedError, SchemaError
from pue_desktop.engine.events import Event, Progress
from pue_desktop.engine.files import BAD_JSON, digest_json, read_limited, sha256_file, storage_errors, write_atomically
from pue_desktop.engine.image_files import Picture, UnusableImageError, read
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.results import ImageRecord
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop, in_order, io_workers

_TELL_EVERY = 8
_TOGETHER = 4
_MAX_DIGESTS = 2**30

Tell = Callable[[float], Progress]


@dataclass(frozen=True, slots=True)
class Pixels:
    """Images at the working size.

    Attributes:
        images: uint8 `[image, 3, side, side]`, in the order asked for.
        labels: int64 `[image]`.
        digests: SHA-256 of each full-size picture (see `Picture.digest`), in the same order.
    """

    images: Tensor
    labels: Tensor
    digests: tuple[str, ...]

    def to(self, device: torch.device) -> Pixels:
        """Returns the same with the tensors on `device`."""
        return Pixels(self.images.to(device), self.labels.to(device), self.digests)


def read_original(run: Run, image: ImageRecord) -> Picture:
    """Reads an image of the index from the source folder.

    Raises:
        InputRefusedError: it vanished or can no longer be read.
    """
    path = run.source / image.id
    try:
        return read(path)
    except UnusableImageError as error:
        raise InputRefusedError(
            f"{path} was fine when the folder was scanned, but now {error}.", hint="Put it back or scan again."
        ) from error


def original_pixels(
    run: Run, images: Sequence[ImageRecord], size: int, tell: Tell, stop: Stop, *, crop: bool = False
) -> Generator[Event, None, Pixels]:
    """Loads the original `images` at the working size, from the cache if it is there; `crop` as `squash` has it."""
    made_from = digest_json([*_kind("original", crop), size, [[image.id, image.sha256] for image in images]])
    cache = _Cache(run, made_from, size, crop)
    return (yield from _fill(cache, images, tell, stop, lambda picture, _: picture))


def protected_pixels(
    run: Run, images: Sequence[ImageRecord], size: int, tell: Tell, stop: Stop, *, crop: bool = False
) -> Generator[Event, None, Pixels]:
    """Applies the run's perturbation to `images` and loads the result at the working size; `crop` as `squash`."""
    path = run.path / "craft" / "perturbation.safetensors"
    perturbation = Perturbation.load(path)
    sources = [[image.id, image.sha256] for image in images]
    cache = _Cache(run, digest_json([*_kind("protected", crop), size, sha256_file(path), sources]), size, crop)

    def change(picture: Picture, image: ImageRecord) -> Picture:
        return protect(picture, perturbation, image.label, image.id)

    return (yield from _fill(cache, images, tell, stop, change))


def _kind(name: str, crop: bool) -> list[str]:
    return [name, "crop"] if crop else [name]


class _Cache:
    """Where the pixels of one exact set of images at one size are kept; the name says what they were made from."""

    def __init__(self, run: Run, made_from: str, size: int, crop: bool) -> None:
        self.run = run
        self.size = size
        self.crop = crop
        folder = run.path / "cache"
        with storage_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
        self._array = folder / f"{made_from[:24]}.npy"
        self._digests = folder / f"{made_from[:24]}.json"

    def load(self, count: int) -> tuple[NDArray[np.uint8], tuple[str, ...]] | None:
        """Returns pixels and digests, None if they are not there or damaged."""
        try:
            digests = msgspec.json.decode(read_limited(self._digests, _MAX_DIGESTS), type=tuple[str, ...])
            array = np.load(self._array, allow_pickle=False)
        except (OSError, EOFError, SchemaError, *BAD_JSON):
            return None
        if array.shape != (count, 3, self.size, self.size) or array.dtype != np.uint8 or len(digests) != count:
            return None
        return array, digests

    def save(self, array: NDArray[np.uint8], digests: tuple[str, ...]) -> None:
        """Keeps pixels and digests."""
        write_atomically(self._array, lambda stream: np.save(stream, array, allow_pickle=False))
        write_atomically(self._digests, msgspec.json.encode(digests))


def _fill(
    cache: _Cache,
    images: Sequence[ImageRecord],
    tell: Tell,
    stop: Stop,
    change: Callable[[Picture, ImageRecord], Picture],
) -> Generator[Event, None, Pixels]:
    loaded = cache.load(len(images))
    if loaded is None:
        array = np.empty((len(images), 3, cache.size, cache.size), dtype=np.uint8)

        def fill(place: tuple[int, ImageRecord]) -> str:
            position, image = place
            picture = change(read_original(cache.run, image), image)
            array[position] = squash(picture, cache.size, crop=cache.crop)
            return picture.digest()

        digests: list[str] = []
        filled = in_order(fill, enumerate(images), stop, workers=io_workers(), together=_TOGETHER)
        with closing(filled):
            for (position, _), digest in filled:
                digests.append(digest)
                if position % _TELL_EVERY == 0:
                    yield tell(position / len(images))
        cache.save(array, tuple(digests))
        loaded = array, tuple(digests)
    labels = torch.tensor([image.label for image in images], dtype=torch.int64)
    return Pixels(torch.from_numpy(loaded[0]), labels, loaded[1])
