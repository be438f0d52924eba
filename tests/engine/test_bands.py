"""Bands: what is raised, where, and what is left of it in grey and in the mean."""

import math
from pathlib import Path

import numpy as np
import pytest
import torch

from crafting import crafted, material, small_config
from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.engine.methods.contract import Subjects
from pue_desktop.engine.methods.waves import CENTRES, codes
from pue_desktop.engine.pixels import Pixels

SIDE = 32


def _subjects(images: np.ndarray, labels: list[int]) -> Subjects:
    pixels = Pixels(torch.from_numpy(images.round().astype(np.uint8)), torch.tensor(labels), ())
    return Subjects(pixels, torch.zeros(len(labels), dtype=torch.bool), tuple(map(str, range(len(labels)))))


def _patterns(folder: Path, images: np.ndarray, labels: list[int], **settings: object) -> np.ndarray:
    config = small_config(**({"method": "bands", "working_size": SIDE} | settings))
    train = _subjects(images, labels)
    return crafted(material(folder, config, train, classes=10)).perturbation(train.ids).delta_255.astype(np.float32)


def test_a_wave_is_raised_in_step_and_other_waves_are_left(tmp_path: Path) -> None:
    place = np.arange(SIDE) + 0.5
    # Class 1 has four waves across, class 5 five waves down; the larger wave is of no band of theirs.
    across, down = (np.cos(2 * math.pi * waves * place / SIDE) for waves in (4, 5))
    large = 60 * np.cos(2 * math.pi * 12 * place / SIDE)
    image = 128 + 3 * across[None, :] + 3 * down[:, None] + large[None, :]
    delta = _patterns(tmp_path, np.broadcast_to(image, (2, 3, SIDE, SIDE)), [1, 5], epsilon_255=6.0)
    assert np.unique(delta).tolist() == [-6.0, 6.0]
    assert np.array_equal(delta[:, 0], delta[:, 1])
    assert np.array_equal(delta[:, 0], delta[:, 2])
    inner = slice(8, -8)  # near the borders the picture's mirror image takes part
    assert np.array_equal(delta[0, 0, inner, inner], np.broadcast_to(6 * np.sign(across[inner]), (16, 16)))
    assert np.array_equal(delta[1, 0, inner, inner], np.broadcast_to(6 * np.sign(down[inner, None]), (16, 16)))


def test_its_mean_over_a_class_is_small_and_its_own_band_alone_grows(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).normal(128, 20, (200, 3, SIDE, SIDE)).clip(20, 235)
    labels = [number % 10 for number in range(200)]
    delta = _patterns(tmp_path, noise, labels)
    for label, (down, right) in enumerate(CENTRES):
        own = delta[label::10, 0]
        # Twenty independent signs: a mean of 8 / sqrt(20) or so.
        assert np.abs(own.mean(axis=0)).mean() < 2.5
        power = (np.abs(np.fft.fft2(own)) ** 2).mean(axis=0)
        folded = power[:17, :17]
        peak = np.unravel_index(folded.argmax(), folded.shape)
        assert abs(peak[0] - down) <= 1
        assert abs(peak[1] - right) <= 1


def test_a_picture_of_one_colour_gets_a_pattern_too(tmp_path: Path) -> None:
    delta = _patterns(tmp_path, np.full((1, 3, SIDE, SIDE), 90.0), [4])
    assert np.unique(np.abs(delta)).tolist() == [8.0]


def test_classes_have_different_sets_of_bands(tmp_path: Path) -> None:
    many = codes(1000)
    assert len({tuple(row) for row in many.tolist()}) == 1000
    assert codes(10).sum(dim=1).tolist() == [1] * 10
    assert codes(11)[10].sum() == 2
    assert codes(1023).all(dim=1).sum() == 1
    with pytest.raises(InputRefusedError, match="can't tell 1024 classes apart: there are 1023 sets of bands"):
        codes(1024)
