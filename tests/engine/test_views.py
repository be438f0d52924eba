"""Views are parts of the image, scaled; carrying in training is carrying in an export."""

import numpy as np
import pytest
import torch

from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.views import carry, random_view


def test_carrying_is_the_same_in_training_and_export() -> None:
    delta = np.random.default_rng(0).uniform(-8, 8, (2, 3, 16, 16)).astype(np.float32)
    exported = Perturbation(delta, 8.0).at_size(1, width=40, height=40)
    assert carry(torch.from_numpy(delta), 40)[1].permute(1, 2, 0).numpy() == pytest.approx(exported, abs=1e-4)
    assert carry(torch.from_numpy(delta), 16).numpy() == pytest.approx(delta)


def test_a_view_shows_a_part_of_the_asked_size_and_place() -> None:
    """On a ramp the corners of a view tell which part it is."""
    ramp = torch.arange(64.0).expand(1, 1, 64, 64)
    image = torch.cat([ramp, ramp.transpose(2, 3), torch.ones_like(ramp)], dim=1)
    areas, lefts = [], []
    for seed in range(200):
        view = random_view(image, 32, smallest=0.35, generator=torch.Generator().manual_seed(seed))
        assert view.shape == (1, 3, 32, 32)
        assert view[:, 2].numpy() == pytest.approx(1.0)
        width = float(view[0, 0, 0, -2] - view[0, 0, 0, 1]) * 32 / 29
        height = float(view[0, 1, -2, 0] - view[0, 1, 1, 0]) * 32 / 29
        areas.append(width * height / 64**2)
        lefts.append(float(view[0, 0, 0, 0]))
        assert 0.72 < height / width < 1.4  # 3:4 to 4:3, rounded to pixels
    assert 0.33 < min(areas) < 0.45
    assert 0.8 < max(areas) < 1.05
    assert min(lefts) < 2
    assert max(lefts) > 10


def test_a_view_is_named_by_its_generator_and_carries_gradients() -> None:
    image = torch.rand(2, 3, 32, 32, requires_grad=True)
    views = [random_view(image, 16, smallest=0.2, generator=torch.Generator().manual_seed(s)) for s in (1, 1, 2)]
    assert torch.equal(views[0], views[1])
    assert not torch.equal(views[0], views[2])
    views[0].sum().backward()
    assert image.grad is not None
    assert float(image.grad.sum()) == pytest.approx(2 * 3 * 16 * 16, rel=1e-4)
