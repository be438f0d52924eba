"""The recovery attack: never outside its ball, never on the images it is measured with, and it does recover."""

import math

import pytest
import torch
from torch import Tensor, nn

from pue_desktop.engine.config_types import Geometry
from pue_desktop.engine.errors import CancelledError
from pue_desktop.engine.events import ended
from pue_desktop.engine.recovery import (
    Recovered,
    disjoint_halves,
    distance_between,
    in_halves,
    project,
    recover,
    search_within,
)
from pue_desktop.engine.recovery_results import Statistics
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.surrogates.small import build_batchnorm
from pue_desktop.engine.training import batch_norms, build_seeded, normalise, recalibrate


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
    choices = {"eta": 0.3, "geometry": geometry, "steps": 12, "seed": 1, "stop": Stop()}
    weights, distance = ended(search_within(model, images, labels, **choices))  # type: ignore[arg-type]
    assert 0.05 < distance <= 0.3 + 1e-6
    assert _distance(model, weights, geometry) == pytest.approx(distance, rel=1e-3)
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    assert distance_between(model, weights, geometry) == pytest.approx(distance, rel=1e-3)
    again, _ = ended(search_within(model, images, labels, **choices))  # type: ignore[arg-type]
    assert all(torch.equal(value, again[name]) for name, value in weights.items())


def _recovered(model: nn.Module, eta: float, statistics: Statistics = "frozen", *, steps: int = 20) -> Recovered:
    return ended(
        recover(
            model,
            in_halves(*_data(), 1),
            eta=eta,
            geometry="scale-invariant",
            statistics=statistics,
            steps=steps,
            seed=1,
            stop=Stop(),
        )
    )


def _knowing(model: nn.Module, *, wrong: bool) -> nn.Module:
    """Makes it know the classes, and name the right one or the wrong one."""
    images, labels = _data()
    recalibrate(model, images, 80)
    with torch.no_grad():
        features = nn.Sequential(*list(model.children())[:-1])(normalise(images.float())).mean(dim=(2, 3))
        difference = features[labels == 1].mean(dim=0) - features[labels == 0].mean(dim=0)
        sign = 1.0 if wrong else -1.0
        head = model.get_submodule("head")
        head.weight.copy_(sign * torch.stack([difference, -difference]))  # type: ignore[operator, union-attr]
        middle = sign * (features.mean(dim=0) @ difference)
        head.bias.copy_(torch.stack([-middle, middle]))  # type: ignore[operator, union-attr]
    return model


def test_wider_balls_hold_better_weights() -> None:
    model = _knowing(_model(), wrong=True)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    found = [_recovered(model, eta) for eta in (0.0, 0.01, 8.0)]
    assert [one.eta for one in found] == [0.0, 0.01, 8.0]
    assert found[0].distance == 0.0
    assert found[0].accuracy < 0.2
    assert found[1].accuracy < 0.5
    assert found[2].accuracy > 0.9
    assert all(one.distance <= one.eta + 1e-6 for one in found)
    assert not model.training
    free = _recovered(model, 8.0, "free")
    assert free.accuracy > 0.9
    assert free.accuracy != found[2].accuracy or free.distance != found[2].distance
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())


def test_free_statistics_alone_undo_what_only_they_held() -> None:
    model = _knowing(_model(), wrong=False)
    assert _recovered(model, 0.0, steps=1).accuracy > 0.9
    with torch.no_grad():
        for norm in batch_norms(model):
            assert norm.running_mean is not None
            norm.running_mean.add_(50.0)
    assert _recovered(model, 0.0, steps=1).accuracy == 0.5
    assert _recovered(model, 0.0, "free", steps=1).accuracy > 0.9


def test_the_distance_is_counted_in_the_scales_of_the_certified_network() -> None:
    model = nn.Linear(2, 2)
    with torch.no_grad():
        model.weight.copy_(torch.tensor([[3.0, 4.0], [0.6, 0.8]]))
        model.bias.copy_(torch.tensor([1.0, 1.0]))
    other = {
        "weight": torch.tensor([[3.0, 4.0 + 5.0], [0.6, 0.8]]),
        "bias": torch.tensor([1.0, 2.0]),
        "more": torch.ones(1),
    }
    # Root mean squares: of the first filter 5/√2, of the bias 1. (5 / (5/√2))² + (1 / 1)² = 3.
    assert distance_between(model, other, "scale-invariant") == pytest.approx(math.sqrt(3))
    assert distance_between(model, other, "isotropic") == pytest.approx(math.sqrt(26))
    assert distance_between(model, {"weight": other["weight"]}, "isotropic") is None
    assert distance_between(model, {**other, "bias": torch.ones(3)}, "isotropic") is None


def test_no_image_is_searched_and_measured_with() -> None:
    labels = torch.tensor([0] * 7 + [1] * 4 + [2])
    search, measure = disjoint_halves(labels, 3)
    assert sorted([*search.tolist(), *measure.tolist()]) == list(range(12))
    assert [int((labels[search] == label).sum()) for label in range(3)] == [3, 2, 0]
    assert search.tolist() != disjoint_halves(labels, 4)[0].tolist()


def test_bad_numbers_and_a_stop_are_obeyed() -> None:
    with pytest.raises(ValueError, match="two images"):
        in_halves(*_data(2), 1)
    halves, model, stop = in_halves(*_data(4), 1), _model(), Stop()

    def search(eta: float, steps: int) -> Recovered:
        return ended(
            recover(model, halves, eta=eta, geometry="isotropic", statistics="frozen", steps=steps, seed=1, stop=stop)
        )

    for eta, steps in ((-0.1, 5), (math.nan, 5), (0.1, 0)):
        with pytest.raises(ValueError, match="eta >= 0"):
            search(eta, steps)
    stop.cancel()
    with pytest.raises(CancelledError):
        search(0.1, 5)
