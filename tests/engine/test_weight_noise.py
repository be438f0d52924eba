"""Weight draws: distribution, geometry, independence of order, and the model left alone."""

import numpy as np
import pytest
import torch
from scipy.special import ndtr
from torch import nn

from pue_desktop.engine.weight_noise import accuracy_draws, noise_scales, noisy_parameters


def _linear() -> tuple[nn.Module, torch.Tensor, torch.Tensor]:
    """A two-class network on one input whose answer to x = 1 flips with the sign of one weight difference."""
    model = nn.Linear(1, 2, bias=False)
    with torch.no_grad():
        model.weight.copy_(torch.tensor([[1.0], [0.0]]))
    return model, torch.ones(1, 1), torch.zeros(1, dtype=torch.int64)


def test_isotropic_draws_have_the_distribution_they_should() -> None:
    model, images, labels = _linear()
    draws = accuracy_draws(model, images, labels, sigma=1.0, draws=4000, seed=3)
    # Right when 1 + z0 > z1, so with probability Φ(1/√2) = 0.760; standard error 0.007.
    assert draws.dtype == np.float64
    assert draws.mean() == pytest.approx(float(ndtr(1 / np.sqrt(2))), abs=0.03)


def test_scale_invariant_noise_does_not_care_about_rescaled_filters() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.GroupNorm(8, 8), nn.ReLU(), nn.Flatten(), nn.Linear(8 * 36, 4))
    twin = nn.Sequential(nn.Conv2d(3, 8, 3), nn.GroupNorm(8, 8), nn.ReLU(), nn.Flatten(), nn.Linear(8 * 36, 4))
    twin.load_state_dict(model.state_dict())
    with torch.no_grad():
        twin[0].weight.mul_(100.0)
        twin[0].bias.mul_(100.0)
    images, labels = torch.randn(64, 3, 8, 8), torch.randint(0, 4, (64,))
    arguments = {"sigma": 0.5, "draws": 5, "seed": 1, "geometry": "scale-invariant"}
    assert accuracy_draws(model, images, labels, **arguments).tolist() == pytest.approx(
        accuracy_draws(twin, images, labels, **arguments).tolist(), abs=0.02
    )


def test_scales_are_the_root_mean_square_of_each_filter() -> None:
    weight = torch.tensor([[3.0, 4.0], [0.0, 0.0]])
    scales = noise_scales({"weight": weight, "bias": torch.tensor([1.0, 7.0])}, "scale-invariant")
    assert scales["weight"].flatten().tolist() == pytest.approx([np.sqrt(12.5), 1e-12])
    assert scales["bias"].item() == pytest.approx(5.0)


def test_noise_has_the_standard_deviation_asked_for() -> None:
    parameters = {"weight": torch.full((200, 200), 2.0)}
    scales = noise_scales(parameters, "scale-invariant")
    noisy = noisy_parameters(parameters, scales, sigma=0.1, generator=torch.Generator().manual_seed(0))
    assert float((noisy["weight"] - 2.0).std()) == pytest.approx(0.2, rel=0.02)


def test_a_draw_is_the_same_alone_first_or_last_and_for_any_batch_size() -> None:
    torch.manual_seed(1)
    model = nn.Sequential(nn.Flatten(), nn.Linear(12, 8), nn.ReLU(), nn.Linear(8, 3))
    images, labels = torch.randn(37, 3, 2, 2), torch.randint(0, 3, (37,))
    whole = accuracy_draws(model, images, labels, sigma=0.4, draws=6, seed=9, batch_size=10)
    alone = [
        accuracy_draws(model, images, labels, sigma=0.4, draws=1, seed=9, batch_size=37, start=index)[0]
        for index in reversed(range(6))
    ]
    assert whole.tolist() == alone[::-1]
    assert len(set(whole.tolist())) > 1
    assert accuracy_draws(model, images, labels, sigma=0.4, draws=6, seed=8).tolist() != whole.tolist()


def test_the_model_is_left_as_it_was() -> None:
    model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Flatten(), nn.Linear(4 * 36, 2)).train()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    accuracy_draws(model, torch.randn(8, 3, 8, 8), torch.zeros(8, dtype=torch.int64), sigma=0.5, draws=3, seed=0)
    assert model.training
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())


def test_no_noise_gives_the_plain_accuracy_counting_every_image() -> None:
    model, _, _ = _linear()
    images, labels = torch.tensor([[1.0], [-1.0], [1.0], [1.0], [1.0]]), torch.tensor([0, 0, 1, 0, 0])
    draws = accuracy_draws(model, images, labels, sigma=0.0, draws=2, seed=0, batch_size=2)
    assert draws.tolist() == [0.6, 0.6]


@pytest.mark.parametrize("change", [{"draws": 0}, {"sigma": -1.0}, {"start": -1}, {"batch_size": 0}])
def test_nonsense_is_refused(change: dict[str, float]) -> None:
    model, images, labels = _linear()
    arguments = {"sigma": 0.1, "draws": 1, "seed": 0} | change
    with pytest.raises(ValueError, match="needed"):
        accuracy_draws(model, images, labels, **arguments)
    with pytest.raises(ValueError, match="labels"):
        accuracy_draws(model, images, labels[:0], sigma=0.1, draws=1, seed=0)
