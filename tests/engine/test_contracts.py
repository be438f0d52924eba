"""What every registered thing must do; registering one makes these tests run on it."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import msgspec
import numpy as np
import pytest
import torch
from torch import Tensor, nn

from pictures import folder, picture
from pue_desktop.engine.apply import max_abs_delta, protect
from pue_desktop.engine.config import changed
from pue_desktop.engine.countermeasures import COUNTERMEASURES
from pue_desktop.engine.craft import PREVIEW_COUNT, build_surrogate
from pue_desktop.engine.dataset import load_index
from pue_desktop.engine.methods import METHODS
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.pipeline import run_steps
from pue_desktop.engine.pixels import read_original
from pue_desktop.engine.results import CraftResult
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.surrogates import SURROGATES
from pue_desktop.engine.weight_noise import accuracy_draws
from tiny import tiny_plan


@pytest.mark.parametrize("name", SURROGATES.names())
def test_surrogate(name: str) -> None:
    model = build_surrogate(name, 5, 32, 7, "test")
    images = torch.randn(4, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    logits = model(images)
    assert logits.shape == (4, 5)
    nn.functional.cross_entropy(logits, torch.arange(4)).backward()
    assert all(p.grad is not None and torch.isfinite(p.grad).all() for p in model.parameters())
    twin, other = build_surrogate(name, 5, 32, 7, "test"), build_surrogate(name, 5, 32, 8, "test")
    fresh = build_surrogate(name, 5, 32, 7, "test")
    assert all(torch.equal(a, b) for a, b in zip(twin.parameters(), fresh.parameters(), strict=True))
    assert not all(torch.equal(a, b) for a, b in zip(twin.parameters(), other.parameters(), strict=True))
    draws = accuracy_draws(twin, images, torch.arange(4), sigma=0.1, draws=1, seed=0, geometry="scale-invariant")
    assert 0.0 <= draws[0] <= 1.0


@pytest.mark.parametrize("name", METHODS.names())
def test_method(name: str, tmp_path: Path) -> None:
    source = folder(tmp_path / "source", classes=2, images=6)
    picture(0, 0, width=51, height=37).convert("L").save(source / "kind-0/000.png")
    picture(1, 1, width=19, height=70).convert("RGBA").save(source / "kind-1/001.png")
    plan = tiny_plan()
    plan = msgspec.structs.replace(plan, craft=changed(plan.craft, method=name, epsilon_255=4.0))
    whole, pieces = Run.create(tmp_path / "whole", source), Run.create(tmp_path / "pieces", source)
    list(run_steps(whole, ("scan", "craft"), plan, Stop()))
    for _ in range(3):
        events = run_steps(pieces, ("scan", "craft"), plan, Stop())
        for _event in zip(events, range(20), strict=False):
            pass
        events.close()
    list(run_steps(pieces, ("scan", "craft"), plan, Stop()))
    one, other = (Perturbation.load(run.path / "craft/perturbation.safetensors") for run in (whole, pieces))
    assert np.array_equal(one.delta_255, other.delta_255)
    assert 0 < np.abs(one.delta_255).max() <= 4
    for image in load_index(whole).images:  # of any size and mode, hold-out images too
        original = read_original(whole, image)
        assert 0 < max_abs_delta(original, protect(original, one, image.label, image.id)) <= 4
    previews = list((whole.path / "craft/previews").glob("*-protected.png"))
    assert len(previews) == PREVIEW_COUNT
    assert whole.load("craft/result.json", CraftResult) == pieces.load("craft/result.json", CraftResult)


@pytest.mark.parametrize("name", COUNTERMEASURES.names())
def test_countermeasure(name: str) -> None:
    apply = cast(Callable[..., Tensor], COUNTERMEASURES.load(name))
    images = torch.randint(0, 256, (6, 3, 16, 16), generator=torch.Generator().manual_seed(0)).float()
    before = images.clone()
    result = apply(images, seed=1, index=3)
    assert result.shape == images.shape
    assert torch.equal(images, before)
    assert float(result.min()) >= 0.0
    assert float(result.max()) <= 255.0
    assert torch.equal(result, apply(images, seed=1, index=3))
