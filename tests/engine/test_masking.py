"""Masked perturbations: full where a picture is busy, weak where it is flat, within the budget for every picture."""

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from pue_desktop.engine.apply import max_abs_delta, protect
from pue_desktop.engine.config import CraftConfig, changed, config_digest
from pue_desktop.engine.image_files import Picture
from pue_desktop.engine.likeness import psnr_db
from pue_desktop.engine.masking import RMS_SHARE, cell_strengths, strength_map, within_budget
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.plans import fitted


def _picture(pixels: np.ndarray, mode: str = "RGB") -> Picture:
    return Picture(pixels, mode, None, "PNG", mode)


def _checks(side: int, low: int, high: int) -> np.ndarray:
    """A chessboard of single pixels, uint8 `[3, side, side]`."""
    board = np.where(np.indices((side, side)).sum(0) % 2, high, low)
    return np.broadcast_to(board, (3, side, side)).astype(np.uint8)


def _saturated(side: int = 16, epsilon: float = 8.0, *, seed: int = 0) -> Perturbation:
    signs = np.random.default_rng(seed).choice([-epsilon, epsilon], (1, 3, side, side))
    return Perturbation(signs.astype(np.float32), epsilon, masked=True)


def test_strength_follows_texture() -> None:
    """A flat cell has a fifth; a chessboard of 92 and 108 has standard deviation 8 and so 0.2 + 0.8 / 2."""
    image = np.full((3, 8, 8), 50, dtype=np.int64)
    image[:, :4, :4] = _checks(4, 92, 108)
    assert cell_strengths(image).tolist() == [[pytest.approx(0.6), 0.2], [0.2, 0.2]]
    coloured = np.zeros((3, 4, 4), dtype=np.int64)
    coloured[0] = _checks(4, 0, 255)[0]  # red alone: luma 0 and 76
    assert cell_strengths(coloured)[0, 0] == pytest.approx(0.2 + 0.8 * 38 / 46)


def test_crafting_and_export_find_the_same_strengths() -> None:
    images = np.random.default_rng(0).integers(0, 256, (5, 3, 32, 32))
    assert cell_strengths(torch.from_numpy(images)).numpy() == pytest.approx(cell_strengths(images), abs=1e-6)
    assert cell_strengths(images[0, :, :30, :30]).shape == (7, 7)


def test_the_map_lies_over_the_picture() -> None:
    squashed = np.full((3, 32, 32), 90, dtype=np.uint8)
    squashed[:, :, 16:] = _checks(32, 60, 120)[:, :, 16:]
    strengths = strength_map(squashed, width=60, height=40)
    assert strengths.shape == (40, 60, 1)
    assert strengths[:, :25].max() == pytest.approx(0.2)
    assert strengths[:, 36:].min() == pytest.approx(0.2 + 0.8 * 30 / 38)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    mode=st.sampled_from(["L", "LA", "RGB", "RGBA"]),
    size=st.tuples(st.integers(8, 70), st.integers(8, 70)),
    epsilon=st.sampled_from([1.0, 4.0, 7.5, 8.0, 16.0]),
    contrast=st.sampled_from([0, 3, 20, 120]),
    seed=st.integers(0, 1000),
)
def test_every_picture_keeps_within_epsilon_and_within_the_budget(
    mode: str, size: tuple[int, int], epsilon: float, contrast: int, seed: int
) -> None:
    width, height = size
    channels = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4}[mode]
    shape = (height, width) if channels == 1 else (height, width, channels)
    pixels = np.random.default_rng(seed).integers(128 - contrast, 129 + contrast, shape).astype(np.uint8)
    result = protect(_picture(pixels, mode), _saturated(epsilon=epsilon, seed=seed), 0)
    colours = pixels.reshape(height, width, channels)[..., : 1 if channels < 3 else 3]
    difference = result.pixels.reshape(height, width, channels)[..., : colours.shape[-1]].astype(int) - colours
    assert max_abs_delta(_picture(pixels, mode), result) <= epsilon
    assert np.sqrt(np.square(difference).mean()) <= epsilon * RMS_SHARE


def test_the_budget_is_34_db_at_epsilon_8() -> None:
    noise = np.random.default_rng(1).integers(8, 248, (32, 32, 3)).astype(np.uint8)
    brighter = np.full((1, 3, 16, 16), 8.0, dtype=np.float32)
    masked, plain = (
        psnr_db(_picture(noise), protect(_picture(noise), Perturbation(brighter, 8.0, masked=on), 0))
        for on in (True, False)
    )
    assert plain == pytest.approx(30.07, abs=0.01)
    assert masked is not None
    assert 34.0 <= masked < 34.6
    assert within_budget(np.zeros((2, 2, 3), np.float32), 8.0).max() == 0.0


def test_flat_pictures_change_little_and_busy_ones_much() -> None:
    """The largest change is a fifth of epsilon in a flat picture; where there is texture it is nearly all."""
    flat = np.full((128, 128, 3), 128, dtype=np.uint8)
    assert max_abs_delta(_picture(flat), protect(_picture(flat), _saturated(), 0)) == 2  # 0.2 · 8, rounded
    half = flat.copy()
    half[:, 64:] = np.kron(np.random.default_rng(2).integers(0, 256, (32, 16, 3)), np.ones((4, 4, 1)))
    change = np.abs(protect(_picture(half), _saturated(), 0).pixels.astype(int) - half)
    assert change[:, :48].max() == 2
    assert change[:, 72:].max() >= 6


def test_the_file_says_whether_it_is_masked(tmp_path: Path) -> None:
    for rows in (None, {"a.png": 0}):
        for masked in (False, True):
            made = Perturbation(np.zeros((1, 3, 4, 4), np.float32 if rows is None else np.float16), 8.0, rows, masked)
            made.save(tmp_path / "p.safetensors")
            assert Perturbation.load(tmp_path / "p.safetensors").masked is masked


def test_photographs_are_masked_and_earlier_results_on_small_images_stay_current() -> None:
    assert fitted(CraftConfig(), 96).masking == "texture"
    small = fitted(CraftConfig(), 32)
    assert small.masking == "none"
    assert fitted(changed(CraftConfig(), masking="none"), 4000).masking == "none"
    assert config_digest(small) == "e8aa735693989a04dba3aa90e9efbff41df03f5db86f83d856bb1f40a9e59f35"
    assert config_digest(changed(small, masking="texture")) != config_digest(small)
