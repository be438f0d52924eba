"""SSIM against scikit-image 0.26 (structural_similarity with gaussian_weights, sigma 1.5, data_range 255, population
covariance, on the same luma), whose figures stand here as literals."""

import numpy as np
import pytest

from pue_desktop.engine.image_files import Picture
from pue_desktop.engine.likeness import psnr_db, ssim


def picture(pixels: np.ndarray, mode: str) -> Picture:
    return Picture(pixels, mode, None, "PNG", mode)


def ramp(height: int, width: int, channels: int = 0) -> np.ndarray:
    y, x = np.mgrid[0:height, 0:width]
    if not channels:
        return ((5 * x + 3 * y) % 256).astype(np.uint8)
    return np.stack([(5 * x + 3 * y + 40 * k) % 256 for k in range(channels)], -1).astype(np.uint8)


def shaken(pixels: np.ndarray, by: int) -> np.ndarray:
    place = np.arange(pixels.size).reshape(pixels.shape)
    return np.clip(pixels + np.where((place * 7919) % 13 < 6, by, -by), 0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    ("shape", "mode", "by", "expected"),
    [
        ((40, 33), "L", 8, 0.7699547779551239),
        ((64, 64, 3), "RGB", 8, 0.8825659362970179),
        ((700, 30, 3), "RGB", 16, 0.6727083584251341),  # several strips
        ((12, 90, 4), "RGBA", 4, 0.9630790011528934),
        ((30, 30, 2), "LA", 64, 0.048225640765150325),
    ],
)
def test_ssim_is_that_of_another_implementation(shape, mode, by, expected):
    original = ramp(*shape)
    found = ssim(picture(original, mode), picture(shaken(original, by), mode))
    assert found == pytest.approx(expected, abs=1e-12)


def test_a_constant_shift_leaves_the_luminance_term_alone():
    # Without any structure SSIM is (2 a b + C1) / (a² + b² + C1).
    dark, light = np.full((20, 20), 100, np.uint8), np.full((20, 20), 120, np.uint8)
    expected = (2 * 100 * 120 + 2.55**2) / (100**2 + 120**2 + 2.55**2)
    assert ssim(picture(dark, "L"), picture(light, "L")) == pytest.approx(expected, abs=1e-12)


def test_the_same_picture_is_exactly_alike_and_the_smallest_can_be_measured():
    small = ramp(8, 9)
    assert ssim(picture(small, "L"), picture(small, "L")) == 1.0
    assert 0 < ssim(picture(small, "L"), picture(shaken(small, 8), "L")) < 1


def test_psnr_by_hand():
    one = np.zeros((8, 8), np.uint8)
    other = one.copy()
    other[0, 0] = 255  # mean square 255² / 64: 10 log10(64)
    assert psnr_db(picture(one, "L"), picture(other, "L")) == pytest.approx(18.061799739838872)
    assert psnr_db(picture(one, "L"), picture(one, "L")) is None
