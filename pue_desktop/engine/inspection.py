"""What the protection does to a picture, for looking at it closely: any part at any scale, its change, its measures.

Pixels for the screen are uint8 `[height, width, 4]` in the order blue, green, red, alpha, as graphics systems have
them in memory. Nothing is written, and originals are only read. The change is protected − original; seen from afar it
is the mean of what a point stands for, and its heat map shows the largest, so that no change ever looks smaller than
it is.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from pue_desktop.engine.apply import protect
from pue_desktop.engine.export_image import read_scanned
from pue_desktop.engine.image_files import Picture
from pue_desktop.engine.likeness import psnr_db, ssim
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.pyramid import STRIP, Bytes, halved, peaks_halved, pyramid
from pue_desktop.engine.results import ImageRecord

Kind = Literal["original", "protected", "difference", "heat"]
Box = tuple[int, int, int, int]
Check = Callable[[], None]

# Changes are kept in sixteenths, so that the mean of four small ones is not rounded away.
_FINE = 16
# From nothing to the most that is allowed: dark to light, so that it reads without colours as well.
_HEAT = ((0, 0, 4), (31, 12, 72), (85, 15, 109), (136, 34, 106), (186, 54, 85), (227, 89, 51), (249, 140, 10))
_HOTTEST = ((249, 201, 50), (252, 255, 164))


@dataclass(frozen=True, slots=True)
class Layer:
    """One way to show a pair.

    Attributes:
        kind: What is shown.
        channel: Red 0, green 1 or blue 2 alone; None: all.
        gain: How much a difference is enlarged, 1 to 64.
        top: Change at which the heat map ends, in units of 1/255.
    """

    kind: Kind
    channel: int | None = None
    gain: int = 1
    top: float = 8.0

    @property
    def as_stored(self) -> bool:
        """Whether its pixels are a picture's own."""
        return self.kind in ("original", "protected") and self.channel is None


@dataclass(frozen=True, slots=True)
class Measures:
    """How much a picture changed.

    Attributes:
        max_abs_delta_255: Largest change of any value.
        mean_abs_delta_255: Mean change of its colour values; None: not measured.
        psnr_db: Peak signal-to-noise ratio; None: nothing changed.
        ssim: Structural similarity, in [-1, 1].
    """

    max_abs_delta_255: float
    mean_abs_delta_255: float | None
    psnr_db: float | None
    ssim: float


@dataclass(frozen=True)
class Pair:
    """A picture as it was and as it will be published, ready to be shown at any scale.

    Attributes:
        record: Which picture.
        mode: "L", "LA", "RGB" or "RGBA".
        original: Its levels, see `pyramid`, for the screen.
        protected: Likewise.
    """

    record: ImageRecord
    mode: str
    original: tuple[Bytes, ...]
    protected: tuple[Bytes, ...]
    _changes: list[NDArray[np.int16]] = field(default_factory=list, repr=False)
    _peaks: list[Bytes] = field(default_factory=list, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.original[0].shape[1], self.original[0].shape[0]

    @property
    def has_alpha(self) -> bool:
        """Whether it is transparent somewhere, or could be."""
        return self.mode in ("LA", "RGBA")

    @property
    def memory(self) -> int:
        """Bytes it takes, also what is made when it is needed."""
        later = sum(9 * level.shape[0] * level.shape[1] for level in self.original[1:])
        return sum(int(level.nbytes) for level in (*self.original, *self.protected)) + int(later)

    def values(self, x: int, y: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Returns the values of a pixel, original and protected: grey or red, green, blue; then alpha if there is."""
        order = {"L": (2,), "LA": (2, 3), "RGB": (2, 1, 0), "RGBA": (2, 1, 0, 3)}[self.mode]
        before, after = self.original[0][y, x], self.protected[0][y, x]
        return tuple(int(before[place]) for place in order), tuple(int(after[place]) for place in order)

    def change(self, level: int, box: Box) -> NDArray[np.int16]:
        """Returns the mean change in a part of a level, int16 `[h, w, 3]` in 1/16 of 1/255; blue, green, red."""
        left, top, right, bottom = box
        if level == 0:
            return _change(self.original[0][top:bottom, left:right], self.protected[0][top:bottom, left:right])
        with self._lock:
            if not self._changes:
                self._changes.append(self._in_strips(lambda rows: halved(_change(*rows))))
            while len(self._changes) < level:
                self._changes.append(halved(self._changes[-1]))
        return self._changes[level - 1][top:bottom, left:right]

    def peak(self, level: int, box: Box) -> Bytes:
        """Returns the largest |change| of each colour in a part of a level, uint8 `[h, w, 3]`; blue, green, red."""
        left, top, right, bottom = box
        if level == 0:
            return _size(self.original[0][top:bottom, left:right], self.protected[0][top:bottom, left:right])
        with self._lock:
            if not self._peaks:
                self._peaks.append(self._in_strips(lambda rows: peaks_halved(_size(*rows))))
            while len(self._peaks) < level:
                self._peaks.append(peaks_halved(self._peaks[-1]))
        return self._peaks[level - 1][top:bottom, left:right]

    def _in_strips(self, work: Callable[[tuple[Bytes, Bytes]], NDArray[Any]]) -> NDArray[Any]:
        """Returns level 1 of something, made from some rows of level 0 at a time; an even number, so that they fit."""
        height = self.original[0].shape[0]
        starts = range(0, height, STRIP)
        return np.concatenate(
            [work((self.original[0][top : top + STRIP], self.protected[0][top : top + STRIP])) for top in starts]
        )


def open_pictures(
    source: Path, record: ImageRecord, perturbation: Perturbation, check: Check = lambda: None
) -> tuple[Picture, Picture]:
    """Reads an original below `source` and protects it: exactly the pixels that are exported.

    Raises:
        InputRefusedError: it vanished, changed or can't be read any more.
        SchemaError: the perturbation has no pattern for it.
    """
    _, original = read_scanned(source, record)
    check()
    return original, protect(original, perturbation, record.label, record.id, check)


def make_pair(record: ImageRecord, original: Picture, protected: Picture, check: Check = lambda: None) -> Pair:
    """Prepares two pictures of the same size and mode for the screen."""
    check()
    before = pyramid(for_screen(original.pixels))
    check()
    return Pair(record, original.mode, before, pyramid(for_screen(protected.pixels)))


def measure(original: Picture, protected: Picture, check: Check = lambda: None) -> Measures:
    """Compares two pictures of the same size and mode."""
    colours = 1 if original.mode in ("L", "LA") else 3
    before = original.pixels.reshape(*original.pixels.shape[:2], -1)[..., :colours]
    after = protected.pixels.reshape(before.shape[0], before.shape[1], -1)[..., :colours]
    largest, total = 0, 0
    for top in range(0, before.shape[0], STRIP):
        check()
        change = _size(before[top : top + STRIP], after[top : top + STRIP])
        largest = max(largest, int(change.max(initial=0)))
        total += int(change.sum(dtype=np.int64))
    check()
    return Measures(
        max_abs_delta_255=largest,
        mean_abs_delta_255=total / before.size,
        psnr_db=psnr_db(original, protected),
        ssim=ssim(original, protected, check),
    )


def ranked(measures: Mapping[str, Measures], among: Iterable[str]) -> list[str]:
    """Returns those of `among` that were measured, the most visibly changed first: by SSIM, then by PSNR."""

    def order(image: str) -> tuple[float, float, str]:
        found = measures[image]
        return found.ssim, float("inf") if found.psnr_db is None else found.psnr_db, image

    return sorted((image for image in among if image in measures), key=order)


def render(pair: Pair, layer: Layer, level: int, box: Box) -> Bytes:
    """Returns a part of a level as `layer` shows it, for the screen.

    Args:
        pair: The picture.
        layer: How.
        level: Which level of its pyramid.
        box: Left, top, right (exclusive), bottom (exclusive), in pixels of that level.
    """
    if layer.kind == "difference":
        shown = magnified(pair.change(level, box), layer.gain, _FINE)
        return for_screen(_of_channel(shown, layer.channel)[..., ::-1])
    if layer.kind == "heat":
        size = pair.peak(level, box)
        one = size.max(axis=-1) if layer.channel is None else size[..., 2 - layer.channel]
        return heat(one, layer.top)
    left, top, right, bottom = box
    levels = pair.original if layer.kind == "original" else pair.protected
    part = levels[level][top:bottom, left:right]
    grey = _of_channel(part[..., :3], layer.channel)
    return np.concatenate([grey, part[..., 3:]], axis=-1)


def magnified(change: NDArray[Any], gain: int, unit: int = 1) -> Bytes:
    """Returns 128 + gain · change / unit, rounded and clipped to 0 … 255: grey where nothing changed."""
    shown = np.clip((gain * change.astype(np.int32) + unit // 2) // unit + 128, 0, 255)
    return shown.astype(np.uint8)


def heat(values: NDArray[Any], top: float) -> Bytes:
    """Returns the colours of values from 0 to `top` (what lies above looks like `top`), for the screen."""
    places = np.clip(np.rint(values * (255 / max(top, 1e-9))), 0, 255).astype(np.uint8)
    return np.take(heat_colours(), places, axis=0)


def heat_colours() -> Bytes:
    """Returns the 256 colours of the heat map, `[256, 4]`, from nothing to the most."""
    points = np.array(_HEAT + _HOTTEST, dtype=np.float64)
    places = np.linspace(0, len(points) - 1, 256)
    rgb = np.stack([np.interp(places, np.arange(len(points)), points[:, colour]) for colour in range(3)], axis=-1)
    colours: Bytes = for_screen(np.rint(rgb).astype(np.uint8)[None])[0]
    return colours


def pattern_pixels(pattern: NDArray[np.float32], epsilon_255: float) -> Bytes:
    """Returns a pattern around grey, ±epsilon reaching from black to white: 128 + 127 · δ / ε, for the screen.

    Args:
        pattern: `[3, side, side]`, in units of 1/255.
        epsilon_255: The largest change, in units of 1/255.
    """
    shown = np.clip(np.rint(128 + pattern * (127 / max(epsilon_255, 1e-9))), 0, 255).astype(np.uint8)
    return for_screen(shown.transpose(1, 2, 0))


def spectrum(pattern: NDArray[np.float32]) -> NDArray[np.float64]:
    """Returns log10(1 + |F|) of a pattern, `[side, side]`, zero frequency in the middle (side // 2).

    |F| is the magnitude of the discrete Fourier transform over both directions, averaged over the colours.
    """
    magnitude = np.abs(np.fft.fft2(pattern.astype(np.float64), axes=(1, 2))).mean(axis=0)
    logarithm: NDArray[np.float64] = np.log10(1 + np.fft.fftshift(magnitude))
    return logarithm


def for_screen(pixels: Bytes) -> Bytes:
    """Returns `[h, w, 4]` blue, green, red, alpha of `[h, w]` or `[h, w, 1 … 4]`: grey, with alpha, RGB, RGBA."""
    pixels = pixels if pixels.ndim == 3 else pixels[..., None]
    shown = np.empty((*pixels.shape[:2], 4), dtype=np.uint8)
    colours = 1 if pixels.shape[2] < 3 else 3
    for place in range(3):
        shown[..., 2 - place] = pixels[..., place if colours == 3 else 0]
    shown[..., 3] = pixels[..., -1] if pixels.shape[2] in (2, 4) else 255
    return shown


def _change(original: Bytes, protected: Bytes) -> NDArray[np.int16]:
    change: NDArray[np.int16] = protected[..., :3].astype(np.int16)
    change -= original[..., :3]
    change *= _FINE
    return change


def _size(original: Bytes, protected: Bytes) -> Bytes:
    """Returns |protected − original| of colours, without leaving 8 bits."""
    one, other = original[..., :3], protected[..., :3]
    return np.maximum(one, other) - np.minimum(one, other)


def _of_channel(colours: Bytes, channel: int | None) -> Bytes:
    """Returns blue, green, red as they are, or one of them in all three places."""
    return colours if channel is None else np.repeat(colours[..., 2 - channel, None], 3, axis=-1)
