"""The pixels that are exported: never beyond epsilon, alpha untouched, any size."""

from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pue_desktop.engine.apply import max_abs_delta, protect, squash
from pue_desktop.engine.errors import CancelledError, SchemaError
from pue_desktop.engine.image_files import Picture, read
from pue_desktop.engine.perturbation import Perturbation


def _picture(pixels: np.ndarray, mode: str) -> Picture:
    return Picture(pixels, mode, None, "PNG", mode)


def _perturbation(epsilon: float, *, side: int = 16, classes: int = 2, seed: int = 0) -> Perturbation:
    random = np.random.default_rng(seed)
    delta = random.uniform(-epsilon, epsilon, (classes, 3, side, side)).astype(np.float32)
    return Perturbation(np.clip(delta, -epsilon, epsilon), epsilon)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    mode=st.sampled_from(["L", "LA", "RGB", "RGBA"]),
    width=st.integers(8, 70),
    height=st.integers(8, 70),
    epsilon=st.sampled_from([1.0, 4.0, 7.5, 8.0, 16.0]),
    seed=st.integers(0, 1000),
)
def test_never_beyond_epsilon_and_alpha_untouched(
    mode: str, width: int, height: int, epsilon: float, seed: int
) -> None:
    channels = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4}[mode]
    shape = (height, width) if channels == 1 else (height, width, channels)
    pixels = np.random.default_rng(seed).choice(np.array([0, 1, 5, 128, 250, 255], dtype=np.uint8), shape)
    before = pixels.copy()
    result = protect(_picture(pixels, mode), _perturbation(epsilon, seed=seed), 1)
    difference = np.abs(result.pixels.astype(int) - pixels.astype(int))
    assert difference.max() <= epsilon
    assert max_abs_delta(_picture(pixels, mode), result) == difference.max()
    assert result.pixels.dtype == np.uint8
    assert result.pixels.shape == pixels.shape
    assert np.array_equal(pixels, before)
    if mode in {"LA", "RGBA"}:
        assert np.array_equal(result.pixels[..., -1], pixels[..., -1])


def test_at_working_size_the_pattern_is_added_as_it_is() -> None:
    perturbation = _perturbation(8.0)
    pixels = np.full((16, 16, 3), 100, dtype=np.uint8)
    result = protect(_picture(pixels, "RGB"), perturbation, 0)
    expected = 100 + np.rint(perturbation.delta_255[0]).transpose(1, 2, 0)
    assert np.array_equal(result.pixels, expected.astype(np.uint8))


def test_a_tall_picture_is_protected_row_by_row_alike() -> None:
    perturbation = _perturbation(8.0)
    pixels = np.random.default_rng(1).integers(0, 256, (1030, 7, 3), dtype=np.uint8)
    stretched = perturbation.at_size(1, width=7, height=1030)
    expected = np.clip(pixels.astype(float) + np.clip(np.rint(stretched), -8, 8), 0, 255)
    assert np.array_equal(protect(_picture(pixels, "RGB"), perturbation, 1).pixels, expected)


@pytest.mark.parametrize("masked", [False, True])
def test_it_can_be_ended_on_the_way(masked: bool) -> None:
    pixels = np.full((1030, 7, 3), 100, np.uint8)
    perturbation = replace(_perturbation(8.0), masked=masked)
    calls: list[int] = []

    def check(last: int) -> None:
        calls.append(last)
        if len(calls) == last:
            raise CancelledError("enough")

    protect(_picture(pixels, "RGB"), perturbation, 0, check=lambda: check(0))
    assert len(calls) >= 6
    for last in range(1, len(calls) + 1):
        calls.clear()
        with pytest.raises(CancelledError, match="enough"):
            protect(_picture(pixels, "RGB"), perturbation, 0, check=partial(check, last))


def test_a_negative_pattern_darkens() -> None:
    delta = np.full((1, 3, 16, 16), -8.0, dtype=np.float32)
    result = protect(_picture(np.full((40, 30, 3), 100, np.uint8), "RGB"), Perturbation(delta, 8.0), 0)
    assert set(result.pixels.ravel().tolist()) == {92}


def test_black_and_white_are_not_wrapped() -> None:
    delta = np.full((1, 3, 16, 16), -8.0, dtype=np.float32)
    dark = protect(_picture(np.zeros((16, 16, 3), np.uint8), "RGB"), Perturbation(delta, 8.0), 0)
    bright = protect(_picture(np.full((16, 16, 3), 255, np.uint8), "RGB"), Perturbation(-delta, 8.0), 0)
    assert dark.pixels.max() == 0
    assert bright.pixels.min() == 255


def test_a_stretched_pattern_comes_back_when_the_image_is_squashed() -> None:
    smooth = np.repeat(np.repeat(np.sign(np.random.default_rng(1).normal(size=(1, 3, 4, 4))), 4, 2), 4, 3)
    perturbation = Perturbation((8 * smooth).astype(np.float32), 8.0)
    result = protect(_picture(np.full((300, 200, 3), 128, np.uint8), "RGB"), perturbation, 0)
    back = np.asarray(result.image().resize((16, 16), Image.Resampling.BILINEAR)).astype(float) - 128
    correlation = np.corrcoef(back.ravel(), perturbation.delta_255[0].transpose(1, 2, 0).ravel())[0, 1]
    assert correlation > 0.9


def test_perturbation_file_round_trip_and_refusals(tmp_path: Path) -> None:
    perturbation = _perturbation(8.0)
    path = tmp_path / "perturbation.safetensors"
    perturbation.save(path)
    loaded = Perturbation.load(path)
    assert np.array_equal(loaded.delta_255, perturbation.delta_255)
    assert loaded.epsilon_255 == 8.0
    for content in (b"", b"junk" * 100, path.read_bytes()[:-10]):
        path.write_bytes(content)
        with pytest.raises(SchemaError):
            Perturbation.load(path)
    Perturbation(perturbation.delta_255 * 2, 8.0).save(path)
    with pytest.raises(SchemaError):
        Perturbation.load(path)


def test_orientation_is_applied_and_profile_kept() -> None:
    image = Image.fromarray(np.arange(12 * 8 * 3, dtype=np.uint8).reshape(8, 12, 3))
    exif = Image.Exif()
    exif[0x0112] = 6
    stream = BytesIO()
    image.save(stream, "PNG", exif=exif, icc_profile=b"profile")
    picture = read(stream.getvalue())
    assert picture.size == (8, 12)
    assert picture.icc_profile == b"profile"
    assert np.array_equal(picture.pixels, np.rot90(np.asarray(image), -1))


def test_networks_see_the_whole_squashed_or_the_middle_in_its_proportions() -> None:
    """A wide picture of three squares, red, green and blue: squashed it has all, cropped the middle one alone."""
    squares = np.zeros((20, 60, 3), dtype=np.uint8)
    for place in range(3):
        squares[:, 20 * place : 20 * place + 20, place] = 255
    whole, middle = (squash(_picture(squares, "RGB"), 12, crop=crop) for crop in (False, True))
    assert whole[:, 5, [1, 6, 10]].T.tolist() == [[255, 0, 0], [0, 255, 0], [0, 0, 255]]
    assert middle.shape == (3, 12, 12)
    assert middle.max(axis=(1, 2)).tolist() == middle.min(axis=(1, 2)).tolist() == [0, 255, 0]
    tall = _picture(np.ascontiguousarray(squares.transpose(1, 0, 2)), "RGB")
    assert np.array_equal(squash(tall, 12, crop=True), middle)
