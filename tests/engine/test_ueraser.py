"""UEraser against brute force and against what its fractals must be."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from pue_desktop.engine.countermeasures.ueraser import (
    ORDINARY,
    REPEATS,
    brightened,
    contrasted,
    plasma,
    shuffled,
    ueraser,
)
from pue_desktop.engine.training import normalise


def _generator(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def _images(count: int, side: int = 16) -> torch.Tensor:
    """Returns smooth pictures, away from black and white."""
    coarse = torch.rand(count, 3, 4, 4, generator=_generator(1)) * 150 + 50
    return functional.interpolate(coarse, (side, side), mode="bilinear").round()


@torch.no_grad()
def test_the_loss_is_that_of_the_worst_change_of_every_image() -> None:
    model = nn.Sequential(nn.Flatten(), nn.Linear(3 * 16 * 16, 3))
    images, targets = _images(10), torch.arange(10) % 3
    loss, logits = ueraser.loss(model, images, targets, seed=5, index=7)
    tried = [model(normalise(ueraser.changed(images, seed=5, index=7 * REPEATS + each))) for each in range(REPEATS)]
    worst = []
    for image in range(10):
        losses = [float(functional.cross_entropy(one[image : image + 1], targets[image : image + 1])) for one in tried]
        which = losses.index(max(losses))
        worst.append(losses[which])
        assert torch.allclose(logits[image], tried[which][image])
    assert float(loss) == pytest.approx(sum(worst) / 10, rel=1e-5)
    assert len({float(one[0, 0]) for one in tried}) > 2
    shares = functional.one_hot(targets, 3).float()
    assert float(ueraser.loss(model, images, shares, seed=5, index=7)[0]) == pytest.approx(float(loss), rel=1e-5)


@pytest.mark.parametrize("side", [16, 32, 48])
def test_a_plasma_is_a_rough_or_a_smooth_fractal_around_one_half(side: int) -> None:
    smooth, rough = (plasma(torch.full((500,), share), side, _generator()) for share in (0.1, 0.9))
    for found in (smooth, rough):
        assert found.shape == (500, side, side)
        assert float(found.min()) >= 0
        assert float(found.max()) <= 1
        assert float(found.mean()) == pytest.approx(0.5, abs=0.02)

    def steps(found: torch.Tensor) -> float:
        return float((found[:, 1:] - found[:, :-1]).abs().mean())

    assert 3 * steps(smooth) < steps(rough)
    # No seam between old and new values at the edges: rows there are as bright as any.
    assert float(rough[:, 0].mean()) == pytest.approx(0.5, abs=0.03)


def test_a_plasma_without_roughness_is_a_plane_between_its_values() -> None:
    found = plasma(torch.zeros(1), 5, _generator())[0]
    corners = torch.rand(1, 3, 3, generator=_generator())[0]
    assert torch.equal(found[::2, ::2], corners)
    middle = (corners[0, 0] + corners[0, 1] + corners[1, 0] + corners[1, 1]) / 4
    assert float(found[1, 1]) == pytest.approx(float(middle))
    assert float(found[0, 1]) == pytest.approx(float((corners[0, 0] + corners[0, 1] + middle) / 3))
    other = (corners[0, 1] + corners[0, 2] + corners[1, 1] + corners[1, 2]) / 4
    expected = (corners[0, 1] + corners[1, 1] + middle + other) / 4
    assert float(found[1, 2]) == pytest.approx(float(expected))


@pytest.mark.parametrize("change", [brightened, contrasted, shuffled])
def test_a_change_is_for_half_of_the_images(change) -> None:  # type: ignore[no-untyped-def]
    images = _images(400)
    found = change(images, _generator())
    left = (found == images).flatten(1).all(dim=1)
    # A random order of three channels is the old one in a sixth of the cases.
    expected = 0.5 + 0.5 / 6 if change is shuffled else 0.5
    assert float(left.float().mean()) == pytest.approx(expected, abs=0.1)
    assert float(found.min()) >= 0
    assert float(found.max()) <= 255
    if change is shuffled:
        assert torch.equal(found.sort(dim=1).values, images.sort(dim=1).values)


def test_ordinary_changes_that_go_either_way_do_nothing_in_the_middle() -> None:
    images = _images(3).to(torch.uint8)
    for change in ORDINARY[4:]:
        assert (change(images, 0.5).int() - images.int()).abs().max() <= 1
        assert not torch.equal(change(images, 0.0), change(images, 0.99))
    for change in ORDINARY:
        found = change(images, 0.9)
        assert (found.shape, found.dtype) == (images.shape, torch.uint8)
    assert sorted(set(ORDINARY[2](images, 0.0).flatten().tolist())) == [0, 128]  # a single bit
