"""What a lossy format does to the protection: measured on every file, and once with the certified network's eyes.

The certificate is about the pixels before they were compressed. Of the files it can only be said what was measured:
how much of the change is still there, and whether the network that learned from the certified pixels recognises the
files as well as those, or only as well as the originals, which it never saw.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from numpy.typing import NDArray

from pue_desktop.engine.apply import max_abs_delta, squash
from pue_desktop.engine.config import CertifyConfig
from pue_desktop.engine.errors import StorageError
from pue_desktop.engine.events import Event, Progress
from pue_desktop.engine.image_files import Picture, UnusableImageError, read
from pue_desktop.engine.likeness import psnr_db, ssim
from pue_desktop.engine.lossy_results import LossyResult, Recognised, StoredImage
from pue_desktop.engine.results import DatasetIndex, ExportedImage
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop, in_order, io_workers

if TYPE_CHECKING:
    from torch import Tensor, nn

MOST_RECOGNISED = 1000
# Rows at once, so that large pictures take no more memory.
_STRIP = 256


def kept_share(original: Picture, certified: Picture, stored: Picture) -> float | None:
    """Returns how much of the certified change δ the stored picture still has: ⟨δ, d⟩ / ⟨δ, δ⟩, d the stored change.

    1: all of it, whatever noise came on top, for noise that knows nothing of δ adds nothing; 0: none. None: δ is 0.
    """
    along = whole = 0
    for top in range(0, original.pixels.shape[0], _STRIP):
        rows = slice(top, top + _STRIP)
        before = original.pixels[rows].astype(np.int64)
        delta = certified.pixels[rows] - before
        along += int((delta * (stored.pixels[rows] - before)).sum())
        whole += int((delta * delta).sum())
    return along / whole if whole else None


def stored_image(original: Picture, certified: Picture, stored: Picture) -> StoredImage:
    """Measures one file of a lossy format against its original and against what was certified."""
    return StoredImage(
        pixels_sha256=stored.digest(),
        max_abs_delta_255=float(max_abs_delta(original, stored)),
        psnr_db=psnr_db(original, stored),
        ssim=ssim(original, stored),
        kept=kept_share(original, certified, stored),
    )


def summarised(
    name: str, quality: int, images: Sequence[ExportedImage], recognised: Recognised | None
) -> LossyResult | None:
    """Returns what compressing did to an export as a whole; None where its files hold the certified pixels."""
    found = [image.stored for image in images if image.stored is not None]
    if not found:
        return None
    kept = [one.kept for one in found if one.kept is not None]
    decibels = [one.psnr_db for one in found if one.psnr_db is not None]
    return LossyResult(
        format=name,
        quality=quality,
        kept=statistics.median(kept) if kept else None,
        least_kept=min(kept, default=None),
        max_abs_delta_255=max(one.max_abs_delta_255 for one in found),
        median_psnr_db=statistics.median(decibels) if decibels else None,
        recognised=recognised,
    )


def recognition(
    run: Run,
    index: DatasetIndex,
    folder: Path,
    images: Sequence[ExportedImage],
    *,
    tell: Callable[[float], Progress],
    stop: Stop,
) -> Generator[Event, None, Recognised | None]:
    """Asks the certified network what it makes of the exported files; None if the run folder has it no more.

    On the CPU, whatever made it, so that the same files give the same figures. At most `MOST_RECOGNISED` images,
    evenly spread over those it learned from.

    Args:
        run: With a finished certification.
        index: Its images.
        folder: Export folder.
        images: What was exported.
        tell: Makes a progress event of a share.
        stop: Pauses and cancels.

    Raises:
        InputRefusedError: an original is gone.
        StorageError: a file can't be read back.
        CancelledError: asked for by `stop`.
    """
    import torch

    from pue_desktop.engine.certify import restored_surrogate
    from pue_desktop.engine.pixels import original_pixels, protected_pixels

    record = run.record("certify")
    if record is None:
        return None
    config = msgspec.convert(record.config, CertifyConfig)
    train = index.of_split("train")
    # Certifying left both in the run's cache.
    protected = yield from protected_pixels(run, train, config.working_size, lambda part: tell(part / 3), stop)
    originals = yield from original_pixels(run, train, config.working_size, lambda part: tell((1 + part) / 3), stop)
    model = restored_surrogate(run, config, "protected", 0, classes=len(index.classes), learned=protected.images)
    if model is None:
        return None
    count = min(MOST_RECOGNISED, len(train))
    places = [round(place * (len(train) - 1) / max(1, count - 1)) for place in range(count)]
    paths = {image.id: folder / image.path for image in images}
    chosen = [paths[train[place].id] for place in places]
    stored = yield from _squashed(chosen, config.working_size, lambda part: tell((2 + part) / 3), stop)

    seen = {
        "certified": protected.images[places],
        "stored": torch.from_numpy(stored),
        "originals": originals.images[places],
    }
    shares: dict[str, float] = {}
    for name, images_seen in seen.items():
        shares[name] = yield from _share_right(model, images_seen, protected.labels[places], tell, stop)
    return Recognised(images=count, **shares)


def _share_right(
    model: nn.Module, images: Tensor, labels: Tensor, tell: Callable[[float], Progress], stop: Stop
) -> Generator[Event, None, float]:
    """Returns the share of images, uint8 `[image, 3, side, side]`, that a network gets right."""
    import torch

    from pue_desktop.engine.training import evaluation_batch, evaluation_batches

    right = 0
    for batch, wanted in evaluation_batches(images, labels, evaluation_batch(images)):
        stop.check()
        with torch.inference_mode():
            right += int((model(batch).argmax(dim=1) == wanted).sum())
        yield tell(1.0)
    return right / len(labels)


def _squashed(
    files: Sequence[Path], size: int, tell: Callable[[float], Progress], stop: Stop
) -> Generator[Event, None, NDArray[np.uint8]]:
    """Returns image files as networks see them, uint8 `[file, 3, size, size]`."""
    seen = np.empty((len(files), 3, size, size), np.uint8)
    reading = in_order(lambda path: squash(_read_back(path), size), files, stop, workers=io_workers())
    for place, (_, pixels) in enumerate(reading):
        seen[place] = pixels
        if place % 16 == 0:
            yield tell(place / len(files))
    return seen


def _read_back(path: Path) -> Picture:
    try:
        return read(path)
    except UnusableImageError as error:
        raise StorageError(f"{path} can't be read back: {error}.", hint="Check the disk, then start again.") from error
