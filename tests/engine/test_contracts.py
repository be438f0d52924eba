"""What every registered thing must do; registering one makes these tests run on it."""

from pathlib import Path
from typing import cast

import msgspec
import numpy as np
import pytest
import torch
from torch import nn

from pictures import folder, picture
from pue_desktop.engine.apply import max_abs_delta, protect
from pue_desktop.engine.config import changed
from pue_desktop.engine.countermeasures import COUNTERMEASURES
from pue_desktop.engine.countermeasures.countermeasure import Countermeasure, Material
from pue_desktop.engine.craft import build_surrogate
from pue_desktop.engine.dataset import load_index
from pue_desktop.engine.errors import CancelledError
from pue_desktop.engine.methods import METHODS
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.pipeline import run_steps
from pue_desktop.engine.pixels import read_original
from pue_desktop.engine.plans import LEAST_SIZE
from pue_desktop.engine.previews import PREVIEW_COUNT
from pue_desktop.engine.results import CraftResult
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.surrogates import SURROGATES
from pue_desktop.engine.weight_noise import accuracy_draws
from tiny import tiny_plan


@pytest.mark.parametrize("name", [*SURROGATES.names(), "torchvision:mobilenet_v3_small"])
def test_surrogate(name: str) -> None:
    # The smallest images there are: with them networks run out of pixels first.
    model = build_surrogate(name, 5, LEAST_SIZE, 7, "test")
    images = torch.randn(4, 3, LEAST_SIZE, LEAST_SIZE, generator=torch.Generator().manual_seed(0))
    logits = model(images)
    assert logits.shape == (4, 5)
    nn.functional.cross_entropy(logits, torch.arange(4)).backward()
    assert all(p.grad is not None and torch.isfinite(p.grad).all() for p in model.parameters())
    twin, other = build_surrogate(name, 5, LEAST_SIZE, 7, "test"), build_surrogate(name, 5, LEAST_SIZE, 8, "test")
    fresh = build_surrogate(name, 5, LEAST_SIZE, 7, "test")
    assert all(torch.equal(a, b) for a, b in zip(twin.parameters(), fresh.parameters(), strict=True))
    assert not all(torch.equal(a, b) for a, b in zip(twin.parameters(), other.parameters(), strict=True))
    draws = accuracy_draws(twin, images, torch.arange(4), sigma=0.1, draws=1, seed=0, geometry="scale-invariant")
    assert 0.0 <= draws[0] <= 1.0
    # Whoever trains on them relies on it.
    assert all(module.training for module in model.modules())


@pytest.mark.parametrize("name", SURROGATES.names())
@pytest.mark.parametrize("classes", [2, 1000])
def test_surrogate_of_few_and_many_classes(name: str, classes: int) -> None:
    model = build_surrogate(name, classes, LEAST_SIZE, 7, "test").eval()
    with torch.inference_mode():
        assert model(torch.zeros(1, 3, LEAST_SIZE, LEAST_SIZE)).shape == (1, classes)


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
    change = cast(Countermeasure, COUNTERMEASURES.load(name))
    generator = torch.Generator().manual_seed(0)
    images, originals = torch.randint(0, 256, (2, 20, 3, 16, 16), generator=generator, dtype=torch.uint8)
    material = Material(images, torch.arange(20) % 3, originals, 3)
    before, global_state = images.clone(), torch.get_rng_state()
    prepared = change.prepare_set(material, seed=1, stop=Stop())
    assert prepared.shape == images.shape
    assert prepared.dtype in (torch.uint8, torch.float32)
    assert torch.equal(prepared, change.prepare_set(material, seed=1, stop=Stop()))
    batch, labels = prepared[:6].float(), material.labels[:6]
    untouched = batch.clone()
    changed, targets = change.prepare_batch(batch, labels, classes=3, seed=1, index=3)
    assert changed.shape == batch.shape
    assert changed.dtype == torch.float32
    assert float(changed.min()) >= min(0.0, float(batch.min()))
    assert float(changed.max()) <= max(255.0, float(batch.max()))
    again, same_targets = change.prepare_batch(batch, labels, classes=3, seed=1, index=3)
    assert torch.equal(changed, again)
    assert torch.equal(targets, same_targets)
    shares = nn.functional.one_hot(targets, 3) if targets.dim() == 1 else targets
    assert shares.sum(dim=1).tolist() == pytest.approx([1.0] * 6)
    model = build_surrogate("small-bn", 3, 16, 7, "test")
    loss, logits = change.loss(model, changed, targets, seed=1, index=3)
    assert logits.shape == (6, 3)
    loss.backward()  # type: ignore[no-untyped-call]
    assert all(p.grad is not None and torch.isfinite(p.grad).all() for p in model.parameters())
    assert model.training
    # What it was given is as it was, and so is torch's own generator.
    assert torch.equal(images, before)
    assert torch.equal(batch, untouched)
    assert torch.equal(torch.get_rng_state(), global_state)
    stop = Stop()
    stop.cancel()
    if prepared is not images:
        with pytest.raises(CancelledError):
            change.prepare_set(material, seed=1, stop=stop)
