"""Hardened PUE: which colour holds what, what is optimised, and what is saved."""

from pathlib import Path

import numpy as np
import pytest
import torch

from crafting import crafted, material, small_config, subjects
from pue_desktop.engine.methods.contract import Subjects
from pue_desktop.engine.methods.pue_hardened import HardenedPUE
from pue_desktop.engine.methods.transforms import resized
from pue_desktop.engine.methods.waves import Waves
from pue_desktop.engine.perturbation import Perturbation

CLASSES = 3


def _delta(perturbation: Perturbation, among: Subjects) -> np.ndarray:
    assert perturbation.rows is not None
    return perturbation.delta_255[[perturbation.rows[name] for name in among.ids]].astype(np.float32)


def test_red_and_green_hold_waves_and_blue_a_pattern_of_the_class(tmp_path: Path) -> None:
    config = small_config(method="pue-hardened", epsilon_255=6.3)
    train, held = subjects(range(18)), subjects(range(18, 24))
    method = crafted(material(tmp_path, config, train, held=held, classes=CLASSES))
    waves = Waves(CLASSES, config.working_size, torch.device("cpu"))
    blue: dict[int, np.ndarray] = {}
    for among in (train, held):
        delta = _delta(method.perturbation(among.ids), among)
        bound = 6.296875  # the largest half-precision number up to 6.3
        signs = bound * waves.signs(among.pixels.images.float(), among.pixels.labels).numpy()
        assert np.array_equal(delta[:, 0], signs)
        assert np.array_equal(delta[:, 1], signs)
        for pattern, wave, label in zip(delta[:, 2], signs, among.pixels.labels.tolist(), strict=True):
            expected = wave if label == 0 else blue.setdefault(label, pattern)
            assert np.array_equal(pattern, expected)
    assert sorted(blue) == [1, 2]
    assert all(np.abs(pattern).max() > 0 for pattern in blue.values())
    assert not np.array_equal(blue[1], blue[2])
    mean = np.abs(_delta(method.perturbation(train.ids), train)).mean()
    assert method.result().mean_abs_delta_255 == pytest.approx(mean, rel=1e-3)


def test_what_is_saved_is_what_is_shown(tmp_path: Path) -> None:
    train, held = subjects(range(12)), subjects(range(12, 18))
    method = crafted(material(tmp_path, small_config(method="pue-hardened"), train, held=held, classes=CLASSES))
    method.save(tmp_path / "saved.safetensors")
    saved = Perturbation.load(tmp_path / "saved.safetensors")
    for among in (train, held):
        assert np.array_equal(_delta(saved, among), _delta(method.perturbation(among.ids), among))


def test_the_network_sees_images_scaled_to_half(tmp_path: Path) -> None:
    train = subjects(range(6))
    method = HardenedPUE(material(tmp_path, small_config(method="pue-hardened"), train, classes=CLASSES))
    images = train.pixels.images.float()
    assert torch.equal(method.changed(images, torch.Generator()), resized(images, 8))
