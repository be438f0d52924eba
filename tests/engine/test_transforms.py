"""What others do to images, as crafting imitates it: against Pillow and literal values."""

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from pictures import picture
from pue_desktop.engine.methods import transforms


def _tensor(image: Image.Image) -> Tensor:
    return torch.from_numpy(np.array(image)).permute(2, 0, 1)[None].float()


def test_grey_is_pillows() -> None:
    image = picture(0, 5)
    expected = np.asarray(image.convert("L")).astype(float)
    found = transforms.greyed(_tensor(image))[0].numpy()
    assert np.abs(found - expected).max() < 0.51 + 1e-3


def test_resizing_keeps_a_ramp_and_loses_chequers() -> None:
    ramp = torch.arange(32.0).expand(1, 3, 32, 32)
    assert transforms.resized(ramp, 32).numpy() == pytest.approx(ramp.numpy(), abs=1e-4)
    inside = (slice(None), slice(None), slice(None), slice(3, -3))
    assert transforms.resized(ramp, 16)[inside].numpy() == pytest.approx(ramp[inside].numpy(), abs=0.05)
    chequers = torch.from_numpy(np.indices((32, 32)).sum(axis=0) % 2).float().expand(1, 3, 32, 32)
    assert float((transforms.resized(chequers, 16) - 0.5).abs().max()) < 0.1
