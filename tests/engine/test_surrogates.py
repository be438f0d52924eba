"""Networks: their stems and sizes, the vision transformer's patches, and torchvision's by name."""

import pytest
import torch
from torch import nn

from pue_desktop.engine.craft import build_surrogate
from pue_desktop.engine.errors import UsageError
from pue_desktop.engine.registry import Entry, Registry
from pue_desktop.engine.surrogates import SURROGATES
from pue_desktop.engine.surrogates.torchvision_networks import SMALL_IMAGE


def _build(name: str, size: int, classes: int = 10) -> nn.Module:
    return build_surrogate(name, classes, size, 0, "test")


def _poolings(model: nn.Module) -> int:
    return sum(isinstance(module, nn.MaxPool2d) for module in model.modules())


@pytest.mark.parametrize("name", ["resnet18", "resnet50", "densenet121"])
def test_small_images_get_a_small_stem_and_no_pooling(name: str) -> None:
    for size, kernel, stride, poolings in ((32, 3, 1, 0), (SMALL_IMAGE, 3, 1, 0), (SMALL_IMAGE + 1, 7, 2, 1)):
        model = _build(name, size)
        first = next(module for module in model.modules() if isinstance(module, nn.Conv2d))
        assert (first.kernel_size, first.stride) == ((kernel, kernel), (stride, stride))
        assert _poolings(model) == poolings


def test_vgg_loses_its_first_pooling_and_its_huge_head() -> None:
    small, large = _build("vgg11-bn", 32), _build("vgg11-bn", 128)
    assert (_poolings(small), _poolings(large)) == (4, 5)
    # Ten classes: eight convolutions, their BatchNorm, one linear layer.
    assert sum(p.numel() for p in small.parameters()) == 9_231_114
    assert sum(p.numel() for p in large.parameters()) > 100_000_000


@pytest.mark.parametrize(("size", "patch"), [(16, 2), (32, 4), (37, 5), (64, 8)])
def test_the_transformer_sees_eight_by_eight_patches_at_every_size(size: int, patch: int) -> None:
    model = _build("vit", size).eval()
    first = next(module for module in model.modules() if isinstance(module, nn.Conv2d))
    assert first.kernel_size == first.stride == (patch, patch)
    positions = next(p for name, p in model.named_parameters() if name.endswith("pos_embedding"))
    assert positions.shape[1] == 65
    nn.init.normal_(model.get_submodule("transformer.heads.head").weight)  # type: ignore[arg-type]
    corner = torch.zeros(1, 3, size, size)
    corner[:, :, -1, -1] = 5.0
    with torch.inference_mode():
        assert not torch.equal(model(corner), model(torch.zeros(1, 3, size, size)))


def test_networks_of_torchvision_by_name() -> None:
    assert "torchvision:shufflenet_v2_x0_5" in SURROGATES
    assert _build("torchvision:shufflenet_v2_x0_5", 32, 3)(torch.zeros(2, 3, 32, 32)).shape == (2, 3)
    own, named = _build("resnet18", 32), _build("torchvision:resnet18", 32)
    assert all(torch.equal(a, b) for a, b in zip(own.parameters(), named.parameters(), strict=True))
    with pytest.raises(UsageError, match="no classifier called 'resnet19'"):
        _build("torchvision:resnet19", 32)
    with pytest.raises(UsageError, match="alexnet does not take images of 32 × 32"):
        _build("torchvision:alexnet", 32)
    with pytest.raises(UsageError, match="no surrogate called 'torch:resnet18'"):
        _build("torch:resnet18", 32)


def test_an_open_entry_is_listed_but_no_name_by_itself() -> None:
    table = Registry("thing", "builtins", (Entry("one", "", "x:y"), Entry("many:NAME", "", "x:y")))
    assert table.names() == ("one",)
    assert [entry.name for entry in table] == ["one", "many:NAME"]
    for name, known in (("one", True), ("many:thing", True), ("many", False), ("many:", False), ("one:x", False)):
        assert (name in table) == known
    with pytest.raises(UsageError, match=r"one, many:NAME") as caught:
        table["other"]
    assert caught.value.hint == "Choose one of: one, many:NAME."
