"""Counting draws: every way to run a network, grouping, thread and batch gives the same counts."""

import random
from collections.abc import Iterator

import pytest
import torch
from torch import Tensor, nn
from torch.func import functional_call

from pue_desktop.engine import folding
from pue_desktop.engine.craft import build_surrogate
from pue_desktop.engine.errors import CancelledError
from pue_desktop.engine.folding import fastest
from pue_desktop.engine.plans import LEAST_SIZE
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.surrogates import SURROGATES
from pue_desktop.engine.training import recalibrate
from pue_desktop.engine.weight_noise import DrawCounter, accuracy_draws, counted

IMAGES = 12


@pytest.fixture(autouse=True)
def two_threads() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(before)


def _network(name: str) -> tuple[nn.Module, Tensor, Tensor]:
    """A network with running statistics that gives every answer, images and labels."""
    generator = torch.Generator().manual_seed(5)
    model = build_surrogate(name, 3, LEAST_SIZE, 7, "test")
    pixels = torch.randint(0, 256, (IMAGES, 3, LEAST_SIZE, LEAST_SIZE), generator=generator, dtype=torch.uint8)
    recalibrate(model, pixels, 6)
    images = pixels / 64 - 2
    weight, bias = list(model.parameters())[-2:]
    with torch.no_grad():
        if not weight.any():  # the transformer's
            weight.copy_(torch.randn(weight.shape, generator=generator))
        bias -= model(images).mean(dim=0)
    return model, images, torch.randint(0, 3, (IMAGES,), generator=generator)


def _counter(model: nn.Module, images: Tensor, labels: Tensor, batch: int = 5, **more: object) -> DrawCounter:
    def split(size: int) -> list[tuple[Tensor, Tensor]]:
        return list(zip(images.split(size), labels.split(size), strict=True))

    return DrawCounter(model, split, batch, sigma=0.2, geometry="scale-invariant", seed=3, **more)  # type: ignore[arg-type]


def _counts(counter: DrawCounter, *indices: int) -> list[int]:
    return list(counted(((counter, index) for index in indices), Stop()))


@pytest.mark.parametrize("name", SURROGATES.names())
def test_draws_together_are_those_one_at_a_time(name: str) -> None:
    network = _network(name)
    small = name in ("small", "small-bn", "vgg")
    count = 6 if small else 2
    alone = _counts(_counter(*network, ways=()), *range(count))
    assert len(set(alone)) > 1 or not small
    # Backwards and by the fastest way there is.
    assert _counts(_counter(*network, batch=7), *reversed(range(count))) == alone[::-1]
    if small:  # the others are never grouped
        grouped = _counter(*network, at_once=4, batch=7)
        assert grouped.at_once == 4
        assert _counts(grouped, *range(1, count)) == alone[1:]
        assert _counts(_counter(*network, at_once=3), 1, 5, 2) == [alone[1], alone[5], alone[2]]


def test_networks_that_can_not_be_grouped_are_drawn_one_at_a_time() -> None:
    network = _network("vit")
    counter = _counter(*network, at_once=2)
    assert counter.at_once == 1
    assert _counts(counter, 1) == _counts(_counter(*network), 1)


@pytest.mark.parametrize(("name", "way"), [("resnet18", "packed"), ("small-bn", "folded"), ("densenet121", "folded")])
def test_folded_networks_answer_as_they_are(name: str, way: str) -> None:
    model, images, _ = _network(name)
    before = {key: value.clone() for key, value in model.state_dict().items()}
    parameters = {key: 1.5 * value.detach() for key, value in model.named_parameters()}
    found = fastest(model, parameters, images, (way,))  # type: ignore[arg-type]
    assert found.way == way
    with torch.inference_mode():
        expected = model(images), functional_call(model, parameters, (images,))
        for weights, answers in zip((dict(model.named_parameters()), parameters), expected, strict=True):
            folded = functional_call(found.module, found.weights(weights), (images,))
            assert torch.allclose(folded, answers, rtol=1e-4, atol=1e-4 * float(answers.abs().max()))
    assert not any(isinstance(layer, nn.BatchNorm2d) for layer in found.module.modules()) or name == "densenet121"
    assert all(torch.equal(value, before[key]) for key, value in model.state_dict().items())


def _conv_norm() -> nn.Sequential:
    layers = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(4 * 36, 2))
    return layers.eval()


class _Branching(nn.Module):
    """Can't be traced: what it does depends on the images."""

    def __init__(self) -> None:
        super().__init__()
        self.inner = _conv_norm()

    def forward(self, images: Tensor) -> Tensor:
        out: Tensor = self.inner(images if images.sum() > 0 else -images)
        return out


def _twice() -> nn.Module:
    conv, norm = nn.Conv2d(3, 3, 3, padding=1), nn.BatchNorm2d(3)
    return nn.Sequential(conv, norm, conv, norm, nn.Flatten(), nn.Linear(3 * 64, 2)).eval()


def _hooked() -> nn.Module:
    model = _conv_norm()
    model[1].register_forward_hook(lambda _module, _inputs, out: 2 * out)
    return model


def _tied() -> nn.Module:
    model = nn.Sequential(
        *_conv_norm()[:3], nn.Conv2d(4, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.LazyLinear(2)
    )
    model(torch.zeros(2, 3, 8, 8))
    model[4].weight = model[1].weight
    return model.eval()


@pytest.mark.parametrize("build", [_Branching, _hooked, _tied])
def test_networks_that_are_not_understood_run_as_they_are(build: type[nn.Module]) -> None:
    torch.manual_seed(0)
    model, images = build().eval(), torch.randn(6, 3, 8, 8)
    parameters = {name: value.detach() for name, value in model.named_parameters()}
    assert fastest(model, parameters, images).way == "plain"
    accuracy_draws(model, images, torch.zeros(6, dtype=torch.int64), sigma=0.1, draws=2, seed=0)


def test_layers_used_twice_are_not_folded() -> None:
    torch.manual_seed(0)
    model, images = _twice(), torch.randn(6, 3, 8, 8)
    parameters = {name: value.detach() for name, value in model.named_parameters()}
    assert fastest(model, parameters, images).way == "plain"


def test_a_wrong_rewriting_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "_fold", lambda weight, bias, *_: (weight, bias))
    model, images, _ = _network("small-bn")
    assert fastest(model, {name: value.detach() for name, value in model.named_parameters()}, images).way == "plain"


def test_small_networks_are_drawn_on_several_threads_in_order() -> None:
    network = _network("small")
    one, two = _counter(*network), _counter(*network, at_once=1)
    assert one.threads == 2
    indices = list(range(12))
    random.Random(0).shuffle(indices)
    found = _counts(one, *indices)
    assert torch.get_num_threads() == 2
    torch.set_num_threads(1)
    two.threads = 1
    assert _counts(two, *indices) == found
    assert _counter(*_network("resnet18")).threads == 1


def test_cancelled_between_batches() -> None:
    network = _network("small")
    stop, counter = Stop(), _counter(*network)
    counts = counted(((counter, index) for index in range(50)), stop)
    next(counts)
    stop.cancel()
    with pytest.raises(CancelledError):
        list(counts)
    assert torch.get_num_threads() == 2
    with pytest.raises(CancelledError):
        counter.correct(0, stop)


@pytest.mark.parametrize("at_once", [1, 3])
def test_out_of_memory_halves_the_batch_for_good(at_once: int) -> None:
    model, images, labels = _network("small")
    expected = _counts(_counter(model, images, labels), *range(4))
    sizes: list[int] = []

    def split(size: int) -> list[tuple[Tensor, Tensor]]:
        sizes.append(size)
        return list(zip(images.split(size), labels.split(size), strict=True))

    counter = DrawCounter(model, split, 12, sigma=0.2, geometry="scale-invariant", seed=3, at_once=at_once, ways=())

    def refuse(_module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        if len(inputs[0]) > 4:
            raise torch.OutOfMemoryError("too large")

    model.register_forward_pre_hook(refuse)
    counter.threads = 1
    assert _counts(counter, *range(4)) == expected
    # Tried with 6, then with 3 images, which stays.
    assert sizes == [12, 6, 3, 3]
    assert _counts(_counter(model, images, labels, batch=12, at_once=at_once), *range(4)) == expected
