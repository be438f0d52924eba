"""What the Inspect page shows: every pixel against literal values or brute force."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from pictures import picture
from pue_desktop.engine import inspection
from pue_desktop.engine.errors import CancelledError, InputRefusedError
from pue_desktop.engine.files import sha256_file
from pue_desktop.engine.image_files import Picture, read
from pue_desktop.engine.inspection import Layer, Measures, Pair, make_pair, measure, open_pictures, ranked, render
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.pyramid import COARSEST, STRIP, halved, level_count, peaks_halved, pyramid
from pue_desktop.engine.results import ImageRecord


def record(name: str = "a/b.png", sha256: str = "") -> ImageRecord:
    return ImageRecord(name, 0, "train", sha256, 4, 2, "RGB", "PNG", 1)


def of(pixels: object, mode: str = "RGB") -> Picture:
    return Picture(np.array(pixels, dtype=np.uint8), mode, None, "PNG", mode)


def pair_of(original: object, protected: object, mode: str = "RGB") -> Pair:
    return make_pair(record(), of(original, mode), of(protected, mode))


def random_pair(width: int, height: int) -> Pair:
    random = np.random.default_rng(3)
    before = random.integers(0, 256, (height, width, 3))
    after = np.clip(before + random.integers(-8, 9, before.shape), 0, 255)
    return pair_of(before, after)


def test_halving_takes_the_mean_of_four_and_at_an_odd_edge_of_two() -> None:
    values = np.array([[[1], [2], [10]], [[3], [5], [13]], [[100], [101], [255]]], dtype=np.uint8)
    # (1 + 2 + 3 + 5 + 2) // 4, (10 + 13) / 2 rounded half up, (100 + 101) / 2 likewise, the corner itself
    assert halved(values)[..., 0].tolist() == [[3, 12], [101, 255]]
    assert peaks_halved(values)[..., 0].tolist() == [[5, 13], [101, 255]]
    changes = np.array([[[-128], [-127]], [[-128], [-128]]], dtype=np.int16)
    assert halved(changes).tolist() == [[[-128]]]
    assert halved(changes).dtype == np.int16


@pytest.mark.parametrize(("size", "levels"), [((1, 1), 1), ((256, 9), 1), ((257, 9), 2), ((6000, 4000), 6)])
def test_levels_end_where_a_picture_is_small(size: tuple[int, int], levels: int) -> None:
    assert level_count(*size) == levels
    width, height = size
    if width < 1000:
        made = pyramid(np.zeros((height, width, 4), np.uint8))
        assert len(made) == levels
        assert max(made[-1].shape[:2]) <= COARSEST


@pytest.mark.parametrize(
    ("mode", "pixels", "values", "screen"),
    [
        ("L", [[7]], (7,), [7, 7, 7, 255]),
        ("LA", [[[7, 9]]], (7, 9), [7, 7, 7, 9]),
        ("RGB", [[[1, 2, 3]]], (1, 2, 3), [3, 2, 1, 255]),
        ("RGBA", [[[1, 2, 3, 4]]], (1, 2, 3, 4), [3, 2, 1, 4]),
    ],
)
def test_pixels_of_every_mode(mode: str, pixels: object, values: tuple[int, ...], screen: list[int]) -> None:
    pair = pair_of(pixels, pixels, mode)
    assert pair.values(0, 0) == (values, values)
    assert render(pair, Layer("original"), 0, (0, 0, 1, 1))[0, 0].tolist() == screen
    assert pair.has_alpha == (mode in ("LA", "RGBA"))


def test_layers_show_literal_values() -> None:
    pair = pair_of([[[100, 50, 0], [10, 20, 30]]], [[[103, 47, 0], [10, 28, 22]]])
    box = (0, 0, 2, 1)

    def shown(layer: Layer) -> list[list[int]]:
        pixels: list[list[int]] = render(pair, layer, 0, box)[0].tolist()
        return pixels

    assert shown(Layer("difference", gain=1)) == [[128, 125, 131, 255], [120, 136, 128, 255]]
    assert shown(Layer("difference", gain=8)) == [[128, 104, 152, 255], [64, 192, 128, 255]]
    assert shown(Layer("difference", gain=64)) == [[128, 0, 255, 255], [0, 255, 128, 255]]
    assert shown(Layer("difference", channel=0, gain=8)) == [[152, 152, 152, 255], [128, 128, 128, 255]]
    assert shown(Layer("protected", channel=1)) == [[47, 47, 47, 255], [28, 28, 28, 255]]
    colours = inspection.heat_colours()
    assert colours[0].tolist() == [4, 0, 0, 255]
    assert colours[255].tolist() == [164, 255, 252, 255]
    # The largest of 3, 3, 0 and of 0, 8, 8; of 255 colours up to a change of 8
    assert shown(Layer("heat", top=8)) == [colours[96].tolist(), colours[255].tolist()]
    assert shown(Layer("heat", channel=2, top=16)) == [colours[0].tolist(), colours[128].tolist()]
    assert shown(Layer("heat", channel=2, top=4))[1] == colours[255].tolist()


def test_from_afar_a_difference_is_a_mean_and_the_heat_map_a_maximum() -> None:
    width = 2 * COARSEST
    before = np.full((2, width, 3), 100)
    after = before.copy()
    after[:, :2, 0] += np.array([[8, -8], [8, 8]])
    after[0, 2, 0] += 1
    pair = pair_of(before, after)
    assert len(pair.original) == 2
    part = render(pair, Layer("difference", gain=16), 1, (0, 0, 3, 1))[0]
    # (8 − 8 + 8 + 8) / 4 = 4, then 1 / 4, then nothing: 128 + 16 · that
    assert part.tolist() == [[128, 128, 192, 255], [128, 128, 132, 255], [128, 128, 128, 255]]
    assert pair.peak(1, (0, 0, 3, 1))[0].tolist() == [[0, 0, 8], [0, 0, 1], [0, 0, 0]]


def brute_force(pair: Pair, level: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Mean change and largest |change| of the squares that pixels of a level stand for, one by one."""
    change = pair.protected[0][..., :3].astype(int) - pair.original[0][..., :3]
    size = 2**level
    rows, columns = range(0, change.shape[0], size), range(0, change.shape[1], size)
    squares = [[change[y : y + size, x : x + size] for x in columns] for y in rows]
    means = np.array([[square.mean(axis=(0, 1)) for square in row] for row in squares])
    return means, np.array([[np.abs(square).max(axis=(0, 1)) for square in row] for row in squares])


@pytest.mark.parametrize("size", [(40, 2 * STRIP + 6), (12, STRIP * 2 + 3), (1031, 9)])
def test_changes_of_all_levels_against_brute_force(size: tuple[int, int]) -> None:
    pair = random_pair(*size)
    for level in range(1, len(pair.original)):
        height, width = pair.original[level].shape[:2]
        means, peaks = brute_force(pair, level)
        assert means.shape[:2] == (height, width)
        whole = pair.change(level, (0, 0, width, height)) / 16
        # Squares cut off by an edge weigh their last row or column more than others.
        inner = (slice(0, size[1] // 2**level), slice(0, size[0] // 2**level))
        assert np.abs(whole[inner] - means[inner]).max() <= level / 16
        assert (pair.peak(level, (0, 0, width, height)) == peaks).all()
        part = pair.change(level, (1, 2, min(4, width), min(6, height)))
        assert (part == pair.change(level, (0, 0, width, height))[2:6, 1:4]).all()


def test_measures_are_literal() -> None:
    before = np.full((12, 12, 3), 100)
    after = before.copy()
    after[0, 0] = (108, 97, 100)
    found = measure(of(before), of(after))
    assert found.max_abs_delta_255 == 8
    assert found.mean_abs_delta_255 == pytest.approx(11 / 432)
    # 10 log10(255² · 432 / (64 + 9))
    assert found.psnr_db == pytest.approx(55.8524, abs=1e-3)
    assert 0.9 < found.ssim < 1
    assert measure(of(before), of(before)) == Measures(0, 0.0, None, 1.0)
    transparent = measure(of(np.full((12, 12, 2), 9), "LA"), of(np.full((12, 12, 2), (11, 9)), "LA"))
    assert transparent.mean_abs_delta_255 == 2.0


def test_measuring_ends_when_asked_to() -> None:
    calls = 0

    def check() -> None:
        nonlocal calls
        calls += 1
        if calls == 4:
            raise CancelledError("Stopped.")

    pixels = np.zeros((2 * STRIP, 11, 3))
    with pytest.raises(CancelledError):
        measure(of(pixels), of(pixels + 1), check)


def test_the_most_visible_change_comes_first() -> None:
    def like(ssim: float, psnr: float | None = 30.0) -> Measures:
        return Measures(8, 1.0, psnr, ssim)

    known = {"same": like(1.0, None), "b": like(0.9), "a": like(0.9), "worse": like(0.9, 29.0), "other": like(0.1)}
    assert ranked(known, ["same", "a", "b", "unknown", "worse"]) == ["worse", "a", "b", "same"]


def test_patterns_reach_from_black_to_white() -> None:
    pattern = np.array([[[-8, 0], [4, 8]], [[0, 0], [0, 0]], [[8, 8], [8, 8]]], dtype=np.float32)
    shown = inspection.pattern_pixels(pattern, 8.0)
    # 128 + 127 · δ / 8; 128 + 63.5 rounds to the even 192
    assert shown[..., 2].tolist() == [[1, 128], [192, 255]]
    assert (shown[..., 1] == 128).all()
    assert (shown[..., 0] == 255).all()


def test_the_spectrum_of_a_wave_is_two_points() -> None:
    side = 16
    wave = np.cos(2 * np.pi * 3 * np.arange(side) / side)
    pattern = np.broadcast_to(wave, (3, side, side)).astype(np.float32)
    found = inspection.spectrum(pattern)
    # A cosine of amplitude 1 has half of all side² values at either frequency.
    expected = np.zeros((side, side))
    expected[8, 8 - 3] = expected[8, 8 + 3] = np.log10(1 + side * side / 2)
    assert np.abs(found - expected).max() < 1e-4
    assert inspection.spectrum(np.ones((3, 4, 4), np.float32))[2, 2] == pytest.approx(np.log10(17))


def test_pictures_are_read_and_protected_as_they_are_exported(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b.png"
    file.parent.mkdir()
    picture(0, 1, width=40, height=24).save(file)
    found = record(sha256=sha256_file(file))
    perturbation = Perturbation(np.full((1, 3, 8, 8), -3, np.float32), 8.0)
    original, protected = open_pictures(tmp_path, found, perturbation)
    assert (original.pixels == read(file).pixels).all()
    assert (protected.pixels == np.maximum(0, original.pixels.astype(int) - 3)).all()
    checks: list[int] = []
    open_pictures(tmp_path, found, perturbation, lambda: checks.append(1))
    assert len(checks) >= 3, "protecting a large picture takes seconds; it must end when asked to"
    picture(0, 2, width=40, height=24).save(file)
    with pytest.raises(InputRefusedError, match=r"a/b\.png changed since it was scanned"):
        open_pictures(tmp_path, found, perturbation)
    file.unlink()
    with pytest.raises(InputRefusedError, match=r"a/b\.png vanished since it was scanned"):
        open_pictures(tmp_path, found, perturbation)


def test_memory_is_told_with_what_comes_later() -> None:
    pair = random_pair(600, 300)
    told = pair.memory
    render(pair, Layer("difference"), 2, (0, 0, 10, 10))
    render(pair, Layer("heat"), 2, (0, 0, 10, 10))
    held = [*pair.original, *pair.protected, *pair._changes, *pair._peaks]
    assert sum(level.nbytes for level in held) == told


def test_a_grey_scan_stays_grey() -> None:
    grey = np.asarray(Image.linear_gradient("L"))[:20, :30]
    pair = pair_of(grey, np.minimum(grey.astype(int) + 5, 255), "L")
    shown = render(pair, Layer("difference", channel=2, gain=2), 0, (0, 0, 30, 20))
    assert (shown[..., :3] == 138).all()
