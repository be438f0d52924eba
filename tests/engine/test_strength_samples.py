"""The stand-in for a crafted pattern: as strong, as coarse, in the middle of the picture at its own scale."""

import numpy as np
import pytest

from pue_desktop.engine.apply import max_abs_delta
from pue_desktop.engine.image_files import Picture
from pue_desktop.engine.strength_samples import middle, strength_samples


def _picture(height: int, width: int) -> Picture:
    pixels = np.random.default_rng(1).integers(20, 236, (height, width, 3)).astype(np.uint8)
    return Picture(pixels, "RGB", None, "PNG", "RGB")


def test_the_middle_is_cut_out_and_never_enlarged() -> None:
    wide = _picture(20, 300)
    assert np.array_equal(middle(wide, 100).pixels, wide.pixels[:, 100:200])
    small = _picture(30, 12)
    assert np.array_equal(middle(small).pixels, small.pixels)


@pytest.mark.parametrize("masked", [False, True])
def test_every_strength_changes_by_at_most_its_epsilon_and_more_than_the_one_before(masked: bool) -> None:
    whole = _picture(400, 500)
    part = middle(whole)
    found = strength_samples(whole, (4.0, 8.0, 16.0), side=64, masked=masked)
    energies = [float(np.square(one.pixels.astype(int) - part.pixels).mean()) ** 0.5 for one in found]
    assert [one.size for one in found] == [(256, 256)] * 3
    assert all(max_abs_delta(part, one) <= epsilon for one, epsilon in zip(found, (4, 8, 16), strict=True))
    assert energies[0] < energies[1] < energies[2]
    assert energies[1] == pytest.approx(2 * energies[0], rel=0.15)


def test_the_pattern_is_as_coarse_as_one_stretched_over_the_whole_picture() -> None:
    """64 values over 1024 pixels: 16 pixels each, so 16 of them over the middle 256."""
    flat = Picture(np.full((1024, 1024, 3), 128, np.uint8), "RGB", None, "PNG", "RGB")
    change = strength_samples(flat, (8.0,), side=64, masked=False)[0].pixels[..., 0].astype(int) - 128
    power = np.abs(np.fft.rfft2(change)) ** 2
    above = power[17:-17, 17:].sum() / power.sum()
    assert above < 0.05
    assert power[:9, 1:9].sum() / power.sum() > 0.1
