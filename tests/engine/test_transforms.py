"""What others do to images, as crafting imitates it: against Pillow, literal values and finite differences."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from crafting import material, small_config, subjects
from pictures import picture
from pue_desktop.engine.methods import transforms
from pue_desktop.engine.methods.pue_hardened import HardenedPUE, random_change


def _tensor(image: Image.Image) -> Tensor:
    return torch.from_numpy(np.array(image)).permute(2, 0, 1)[None].float()


@pytest.mark.parametrize("quality", [10, 30, 50, 80, 95])
@pytest.mark.parametrize("size", [(64, 64), (41, 23)])
def test_jpeg_is_that_of_pillow(quality: int, size: tuple[int, int]) -> None:
    original = picture(1, 3, width=size[0], height=size[1])
    stream = BytesIO()
    original.save(stream, "JPEG", quality=quality, subsampling="4:2:0")
    expected = _tensor(Image.open(stream))
    found = transforms.jpeg(_tensor(original), quality)
    loss = float((expected - _tensor(original)).abs().mean())
    assert float((found - expected).abs().mean()) < 0.2 * loss + 0.4
    assert found.shape == (1, 3, size[1], size[0])


def test_jpeg_passes_on_what_survives_it() -> None:
    """A plain brightness survives quality 95, the finest chequers do not survive quality 10."""
    flat = torch.full((1, 3, 16, 16), 100.3, requires_grad=True)
    transforms.jpeg(flat, 95).sum().backward()
    chequers = torch.from_numpy(np.indices((16, 16)).sum(axis=0) % 2).float() * 2 - 1
    busy = (128 + 6 * chequers).expand(1, 3, 16, 16)
    left = (transforms.jpeg(busy, 10) - 128).abs().max()
    assert float(left) < 1.0
    assert flat.grad is not None
    assert torch.isfinite(flat.grad).all()


def test_grey_is_pillows() -> None:
    image = picture(0, 5)
    expected = np.asarray(image.convert("L")).astype(float)
    found = transforms.greyed(_tensor(image))[0].numpy()
    assert np.abs(found - expected).max() < 0.51 + 1e-3


def test_depth_has_the_asked_levels_and_passes_gradients() -> None:
    values = torch.linspace(0, 255, 3 * 16 * 16).reshape(1, 3, 16, 16).requires_grad_()
    two = transforms.coarsened(values, 2)
    assert sorted({round(value) for value in two.flatten().tolist()}) == [0, 85, 170, 255]
    assert float((two - values).detach().abs().max()) <= 42.5 + 1e-3
    assert transforms.coarsened(values, 8).detach().numpy() == pytest.approx(values.detach().round().numpy(), abs=1e-3)
    two.sum().backward()
    assert values.grad is not None
    assert torch.equal(values.grad, torch.ones_like(values))


def test_blur_keeps_plain_colour_and_spreads_a_point_as_a_gaussian() -> None:
    assert transforms.blurred(torch.full((1, 3, 8, 8), 77.0), 0.8).numpy() == pytest.approx(77.0, rel=1e-5)
    point = torch.zeros(1, 3, 15, 15)
    point[:, :, 7, 7] = 1.0
    spread = transforms.blurred(point, 1.0)[0, 1]
    assert float(spread.sum()) == pytest.approx(1.0, rel=1e-5)
    assert float(spread[7, 8] / spread[7, 7]) == pytest.approx(np.exp(-0.5), rel=1e-5)
    assert float(spread[5, 8] / spread[7, 7]) == pytest.approx(np.exp(-2.5), rel=1e-5)


def test_resizing_keeps_a_ramp_and_loses_chequers() -> None:
    ramp = torch.arange(32.0).expand(1, 3, 32, 32)
    assert transforms.resized(ramp, 32).numpy() == pytest.approx(ramp.numpy(), abs=1e-4)
    inside = (slice(None), slice(None), slice(None), slice(3, -3))
    assert transforms.resized(ramp, 16)[inside].numpy() == pytest.approx(ramp[inside].numpy(), abs=0.05)
    chequers = torch.from_numpy(np.indices((32, 32)).sum(axis=0) % 2).float().expand(1, 3, 32, 32)
    assert float((transforms.resized(chequers, 16) - 0.5).abs().max()) < 0.1


def test_changes_are_named_by_the_generator_stay_in_range_and_carry_gradients() -> None:
    images = _tensor(picture(2, 1)).requires_grad_()
    found = []
    for seed in range(60):
        once, again = (random_change(images, torch.Generator().manual_seed(seed)) for _ in range(2))
        assert torch.equal(once, again)
        assert once.shape == images.shape
        assert -0.01 <= float(once.detach().min()) <= float(once.detach().max()) <= 255.01
        (gradient,) = torch.autograd.grad(once.square().mean(), images)
        assert float(gradient.abs().max()) > 0
        found.append(once.detach())
    # Six kinds of change, most of them of many strengths: only grey repeats itself.
    distinct = {float(image.double().square().sum()) for image in found}
    assert 30 < len(distinct) < 60
    grey = [torch.equal(image[0, 0], image[0, 1]) for image in found]
    assert 3 <= sum(grey) <= 20


def test_a_quarter_of_the_batch_stays_as_it_is(tmp_path: Path) -> None:
    method = HardenedPUE(material(tmp_path, small_config(method="pue-hardened"), subjects(range(6))))
    images = subjects(range(6)).pixels.images[:16].float()
    for seed in range(8):
        changed = method.changed(images, torch.Generator().manual_seed(seed))
        kept = (changed == images).flatten(1).all(dim=1)
        assert kept[:4].all()
        assert not kept[4:].any()
    for few in (1, 2, 5):
        assert method.changed(images[:few], torch.Generator().manual_seed(0)).shape == images[:few].shape
