"""Groups of images that look alike, for folders without classes: a guess by colour and shape, to be looked at.

Three cheap measures of each image at 32 x 32 pixels: which colours it has (histogram), where they are (mean colours of
4 x 4 fields) and which way its edges run there (histograms of oriented gradients, after Dalal and Triggs, CVPR 2005).
k-means with k-means++ seeding (Arthur and Vassilvitskii, SODA 2007) groups them; the best of several seedings counts.
The same folder, number and seed give the same groups. Nothing here knows what a picture shows.
"""

import os
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from pue_desktop.engine.dataset import files_below, has_image_suffix
from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.engine.events import Event, Progress
from pue_desktop.engine.image_files import MAX_PIXELS
from pue_desktop.engine.runtime import Stop, in_order, numpy_stream

FEWEST, MOST = 2, 50
HONEST = "The groups are a guess by colour and shape; look at them before you use them."
_SIDE = 32
_FIELDS = 4
_LEVELS = 4
_DIRECTIONS = 8
_SEEDINGS = 6
_ITERATIONS = 60
# Colours say most about photographs side by side; where they are and how edges run each count half as much.
_WEIGHTS = (1.0, 0.5, 0.5)

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Features:
    """What the groups are made from.

    Attributes:
        ids: Paths relative to the folder, with forward slashes, in a fixed order.
        values: `[image, measure]`, scaled so that distances can be compared.
        unread: Paths of image files that could not be opened.
    """

    ids: tuple[str, ...]
    values: Floats
    unread: tuple[str, ...]


def features(folder: Path, stop: Stop) -> Generator[Event, None, Features]:
    """Measures every image below `folder`, whatever folders they lie in.

    Raises:
        InputRefusedError: no image could be opened.
        CancelledError: asked for by `stop`.
    """
    names = [name for name in files_below(folder) if has_image_suffix(name) and name.isprintable()]
    measured = in_order(lambda name: _measure(folder / name), names, stop, workers=os.cpu_count() or 1)
    ids: list[str] = []
    rows: list[Floats] = []
    unread: list[str] = []
    for done, (name, row) in enumerate(measured, start=1):
        if row is None:
            unread.append(name)
        else:
            ids.append(name)
            rows.append(row)
        yield Progress("scan", done, len(names), "comparing the images")
    if not rows:
        raise InputRefusedError(
            f"No image in {folder} could be opened.", hint="Choose a folder that holds images, in any folders."
        )
    return Features(tuple(ids), _scaled(np.stack(rows)), tuple(unread))


def groups(found: Features, count: int, seed: int, stop: Stop) -> list[tuple[str, ...]]:
    """Returns the ids by group: the largest group first, and in each the most typical image first.

    Args:
        found: What was measured.
        count: How many groups, `FEWEST` to `MOST`. Fewer come back where images are alike.
        seed: Names the seedings.
        stop: Serves cancel.

    Raises:
        InputRefusedError: there are fewer images than groups.
    """
    if len(found.ids) < count:
        raise InputRefusedError(
            f"{len(found.ids)} images can't be parted into {count} groups.", hint="Ask for fewer groups."
        )
    best: tuple[float, NDArray[np.intp], Floats] | None = None
    for number in range(_SEEDINGS):
        centres = _seeded(found.values, count, numpy_stream(seed, "clusters", number))
        outcome = _settled(found.values, centres, stop)
        # A gain in the last digits is no gain: the earlier seeding stays.
        if best is None or outcome[0] < best[0] * (1 - 1e-6):
            best = outcome
    assert best is not None
    _, nearest, distances = best
    made = []
    for group in range(count):
        members = np.flatnonzero(nearest == group)
        order = members[np.argsort(distances[members], kind="stable")]
        if len(order):
            made.append(tuple(found.ids[row] for row in order))
    return sorted(made, key=lambda ids: (-len(ids), min(ids)))


def group_names(count: int) -> tuple[str, ...]:
    """Returns the names that `count` groups have before somebody gives them better ones."""
    return tuple(f"group-{number:0{len(str(count))}}" for number in range(1, count + 1))


def labels_of(made: Sequence[Sequence[str]], names: Sequence[str], unread: Sequence[str]) -> Mapping[str, str]:
    """Returns label by path. Files that could not be opened go with the first group, so that a scan tells why."""
    known = {path: name for name, ids in zip(names, made, strict=True) for path in ids}
    return known | dict.fromkeys(unread, names[0])


def _measure(path: Path) -> Floats | None:
    try:
        with Image.open(path) as image:
            if image.width * image.height > MAX_PIXELS:
                return None
            # Decodes a JPEG at a fraction of its size.
            image.draft("RGB", (4 * _SIDE, 4 * _SIDE))
            upright = ImageOps.exif_transpose(image).convert("RGB")
    # Pillow's decoders raise nearly anything on damaged files; the scan tells what is wrong with them.
    except Exception:
        return None
    small = upright.resize((_SIDE, _SIDE), Image.Resampling.BILINEAR, reducing_gap=2.0)
    return _measures(np.asarray(small, dtype=np.float32) / np.float32(255))


def _measures(pixels: Floats) -> Floats:
    """Returns the measures of one image, float32 `[112 + 128]`, from its pixels in [0, 1], `[32, 32, 3]`."""
    levels = np.minimum((pixels * _LEVELS).astype(int), _LEVELS - 1)
    bins = levels @ np.array([_LEVELS * _LEVELS, _LEVELS, 1])
    colours = np.sqrt(np.bincount(bins.ravel(), minlength=_LEVELS**3) / bins.size)
    size = _SIDE // _FIELDS
    fields = pixels.reshape(_FIELDS, size, _FIELDS, size, 3).mean(axis=(1, 3))
    down, across = np.gradient(pixels.mean(axis=2))
    direction = ((np.arctan2(down, across) % np.pi) / np.pi * _DIRECTIONS).astype(int) % _DIRECTIONS
    rows, columns = np.divmod(np.arange(_SIDE * _SIDE), _SIDE)
    place = (rows // size * _FIELDS + columns // size) * _DIRECTIONS + direction.ravel()
    edges = np.bincount(place, weights=np.hypot(down, across).ravel(), minlength=_FIELDS**2 * _DIRECTIONS)
    relative = edges / (np.linalg.norm(edges) + 0.1)
    return np.concatenate([colours, fields.ravel(), relative]).astype(np.float32)


def _scaled(values: Floats) -> Floats:
    """Scales each kind of measure to its weight: the spread of the images in it, summed over its numbers, is that.

    The mean is taken away first: distances are differences of squares, and float32 has seven digits.
    """
    ends = np.cumsum([_LEVELS**3, _FIELDS**2 * 3, _FIELDS**2 * _DIRECTIONS])
    parts = [
        weight * (part - part.mean(axis=0)) / np.sqrt(max(float(part.var(axis=0).sum()), 1e-6))
        for part, weight in zip(np.split(values, ends[:-1], axis=1), _WEIGHTS, strict=True)
    ]
    return np.concatenate(parts, axis=1).astype(np.float32)


def _seeded(values: Floats, count: int, random: np.random.Generator) -> Floats:
    chosen = [int(random.integers(len(values)))]
    far = _squared(values, values[chosen]).min(axis=1)
    while len(chosen) < count:
        total = float(far.sum())
        if total <= 0:
            break
        chosen.append(min(int(np.searchsorted(np.cumsum(far), random.random() * total)), len(values) - 1))
        far = np.minimum(far, _squared(values, values[chosen[-1:]])[:, 0])
    return values[chosen].copy()


def _settled(values: Floats, centres: Floats, stop: Stop) -> tuple[float, NDArray[np.intp], Floats]:
    """Moves the centres until nothing changes; returns the sum of squared distances, nearest centres, distances."""
    nearest = np.full(len(values), -1)
    for _ in range(_ITERATIONS):
        stop.check()
        squared = _squared(values, centres)
        before, nearest = nearest, squared.argmin(axis=1)
        if np.array_equal(before, nearest):
            break
        for group in range(len(centres)):
            members = values[nearest == group]
            if len(members):
                centres[group] = members.mean(axis=0)
    distances = np.take_along_axis(_squared(values, centres), nearest[:, None], axis=1)[:, 0]
    return float(distances.sum(dtype=np.float64)), nearest, distances


def _squared(values: Floats, centres: Floats) -> Floats:
    squared = (values**2).sum(axis=1)[:, None] - 2 * values @ centres.T + (centres**2).sum(axis=1)
    clipped: Floats = np.maximum(squared, 0)
    return clipped
