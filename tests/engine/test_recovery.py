"""The recovery attack: never outside its ball, never on the images it is measured with, and it does recover."""

import math

import pytest
import torch
from torch import Tensor, nn

from pue_desktop.engine.config import Geometry
from pue_desktop.engine.errors import CancelledError
from pue_desktop.engine.recovery import disjoint_halves, project, recovery_attack, search_within
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.surrogates.small import build_batchnorm
from pue_desktop.engine.training import build_seeded, normalise


def _data(count: int = 80) -> tuple[Tensor, Tensor]:
    """Two classes that differ by brightness."""
    labels = torch.arange(count) % 2
    generator = torch.Generator().manual_seed(0)
    images = torch.randint(0, 100, (count, 3, 16, 16), generator=generator) + 120 * labels[:, None, None, None]
    return images.to(torch.uint8), labels


def _model() -> nn.Module:
    return build_seeded(build_batchnorm, 2, 16, 0, "test").eval()


def _distance(model: nn.Module, weights: dict[str, Tensor], geometry: Geometry) -> float:
    """The certificate's distance, filter by filter."""
    total = 0.0
    for name, value in model.named_parameters():
        rows = (
            list(zip(value.detach(), weights[name], strict=True))
            if value.ndim > 1
            else [(value.detach(), weights[name])]
        )
        for own, found in rows:
            scale = math.sqrt(float(own.square().mean())) if geometry == "scale-invariant" else 1.0
            total += float(((found - own).double() / max(scale, 1e-12)).square().sum())
    return math.sqrt(total)


def test_the_projection_shortens_what_is_too_long_and_leaves_the_rest() -> None:
    shift = {"a": torch.tensor([3.0]), "b": torch.tensor([[0.0, 4.0]])}
    assert project(shift, 5.0) is shift
    assert project(shift, 7.0) is shift
    near = project(shift, 1.0)
    assert (near["a"].item(), near["b"][0, 1].item()) == pytest.approx((0.6, 0.8))
    assert project(shift, 0.0)["a"].item() == 0.0


@pytest.mark.parametrize("geometry", ["scale-invariant", "isotropic"])
def test_it_stays_within_the_radius_and_leaves_the_model_alone(geometry: Geometry) -> None:
    model = _model()
    # Biases at zero have no scale of their own; give every weight one.
    with torch.no_grad():
        for value in model.parameters():
            value.add_(0.01)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    images, labels = _data()
    weights, distance = search_within(model, images, labels, eta=0.3, geometry=geometry, steps=12, seed=1, stop=Stop())
    assert 0.05 < distance <= 0.3 + 1e-6
    assert _distance(model, weights, geometry) == pytest.approx(distance, rel=1e-3)
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    again, _ = search_within(model, images, labels, eta=0.3, geometry=geometry, steps=12, seed=1, stop=Stop())
    assert all(torch.equal(value, again[name]) for name, value in weights.items())


def test_wider_balls_hold_better_weights() -> None:
    images, labels = _data()
    model = _model()
    with torch.no_grad():
        # Knows the classes, and names the wrong one.
        features = nn.Sequential(*list(model.children())[:-1])(normalise(images.float())).mean(dim=(2, 3))
        difference = features[labels == 1].mean(dim=0) - features[labels == 0].mean(dim=0)
        head = model.get_submodule("head")
        head.weight.copy_(torch.stack([difference, -difference]))  # type: ignore[operator, union-attr]
        middle = features.mean(dim=0) @ difference
        head.bias.copy_(torch.stack([-middle, middle]))  # type: ignore[operator, union-attr]
    found = recovery_attack(
        model, images, labels, etas=(0.0, 0.01, 8.0), geometry="scale-invariant", steps=40, seed=1, stop=Stop()
    )
    assert [one.eta for one in found] == [0.0, 0.01, 8.0]
    assert found[0].distance == 0.0
    assert found[0].accuracy < 0.2
    assert found[1].accuracy < 0.5
    assert found[2].accuracy > 0.9
    assert all(one.distance <= one.eta + 1e-6 for one in found)
    assert not model.training


def test_no_image_is_searched_and_measured_with() -> None:
    labels = torch.tensor([0] * 7 + [1] * 4 + [2])
    search, measure = disjoint_halves(labels, 3)
    assert sorted([*search.tolist(), *measure.tolist()]) == list(range(12))
    assert [int((labels[search] == label).sum()) for label in range(3)] == [3, 2, 0]
    assert search.tolist() != disjoint_halves(labels, 4)[0].tolist()


def test_bad_numbers_and_a_stop_are_obeyed() -> None:
    images, labels = _data(4)
    for etas, steps in (((-0.1,), 5), ((math.nan,), 5), ((0.1,), 0)):
        with pytest.raises(ValueError, match="eta >= 0"):
            recovery_attack(_model(), images, labels, etas=etas, geometry="isotropic", steps=steps, seed=1, stop=Stop())
    stop = Stop()
    stop.cancel()
    with pytest.raises(CancelledError):
        recovery_attack(_model(), images, labels, etas=(0.1,), geometry="isotropic", steps=5, seed=1, stop=stop)
