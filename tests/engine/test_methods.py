"""What each way to perturb is, against literal values, brute force and what theory says."""

import dataclasses
from pathlib import Path
from typing import cast

import msgspec
import numpy as np
import pytest
import torch

from crafting import crafted, material, small_config, subjects
from pictures import folder
from pue_desktop.engine.apply import protect
from pue_desktop.engine.config import changed
from pue_desktop.engine.envelope import open_certificate
from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.engine.events import Metric, Progress
from pue_desktop.engine.image_files import Picture
from pue_desktop.engine.methods import METHODS
from pue_desktop.engine.methods.contract import Subjects
from pue_desktop.engine.methods.error_minimising import ErrorMinimising
from pue_desktop.engine.methods.ops import OPS
from pue_desktop.engine.methods.surrogate_method import SurrogateMethod
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.pipeline import run_steps
from pue_desktop.engine.pixels import Pixels
from pue_desktop.engine.results import CraftResult, ExportResult
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop
from tiny import tiny_plan

ALL = range(8)


def test_random_noise_is_a_coin_for_every_value(tmp_path: Path) -> None:
    method = crafted(material(tmp_path, small_config(method="random", epsilon_255=7.5), subjects(ALL)))
    delta = method.perturbation(()).delta_255
    assert set(np.unique(delta).tolist()) == {-7.5, 7.5}
    # 3 · 768 fair coins: 6 standard deviations are 288.
    assert abs((delta > 0).sum() - 1152) < 150
    assert abs((delta[0] == delta[1]).mean() - 0.5) < 0.1
    other = crafted(material(tmp_path, small_config(method="random", seed=1), subjects(ALL)))
    assert not np.array_equal(np.sign(delta), np.sign(other.perturbation(()).delta_255))
    assert method.result() == CraftResult(0, 0, 0, None, None, 7.5)


def test_lsp_is_plain_blocks_that_tell_classes_apart_in_grey_too(tmp_path: Path) -> None:
    work = material(tmp_path, small_config(method="lsp", working_size=18), subjects(ALL, side=18))
    delta = crafted(work).perturbation(()).delta_255
    assert set(np.unique(delta).tolist()) == {-8.0, 8.0}
    edges = [0, 5, 9, 14, 18]  # 18 pixels in four blocks
    for label, channel, row, column in np.ndindex(3, 3, 4, 4):
        block = delta[label, channel, edges[row] : edges[row + 1], edges[column] : edges[column + 1]]
        assert len(np.unique(block)) == 1
    signs = np.sign(delta.mean(axis=1)).reshape(3, -1)
    assert len({tuple(row) for row in signs}) == 3
    assert 5 < (delta[0, :, ::5, ::5] > 0).sum() < 43


def _pixels(images: np.ndarray, labels: list[int]) -> Subjects:
    count = len(labels)
    pixels = Pixels(torch.from_numpy(images), torch.tensor(labels), ())
    return Subjects(pixels, torch.zeros(count, dtype=torch.bool), tuple(map(str, range(count))))


def test_ops_takes_the_steady_far_pixel_and_keeps_epsilon(tmp_path: Path) -> None:
    images = np.random.default_rng(0).integers(60, 200, (12, 3, 16, 16)).astype(np.uint8)
    images[:6, :, 3, 5] = 4  # always nearly black in class 0: white is far from it, and steadily so
    images[6:, :, 9, 2] = np.array([250, 3, 250])  # in class 1 the farthest corner is green
    train = _pixels(images, [0] * 6 + [1] * 6)
    delta = crafted(material(tmp_path, small_config(method="ops", epsilon_255=9.0), train, classes=2)).perturbation(())
    expected = np.zeros((2, 3, 16, 16), dtype=np.float32)
    expected[0, :, 3, 5] = 9.0
    expected[1, :, 9, 2] = (-9.0, 9.0, -9.0)
    assert np.array_equal(delta.delta_255, expected)


def test_ops_agrees_with_brute_force_and_never_shares_a_shortcut(tmp_path: Path) -> None:
    one = np.random.default_rng(1).integers(0, 256, (5, 3, 16, 16)).astype(np.uint8)
    train = _pixels(np.concatenate([one, one]), [0] * 5 + [1] * 5)  # the same images in both classes
    delta = crafted(material(tmp_path, small_config(method="ops"), train, classes=2)).perturbation(()).delta_255
    scored = []
    for corner in range(8):
        colour = np.array([255.0 * (corner >> channel & 1) for channel in range(3)])
        for row, column in np.ndindex(16, 16):
            distance = np.abs(one[:, :, row, column] - colour).mean(axis=1) / 255
            scored.append((distance.mean() / max(distance.var(), 1e-6), row, column, colour))
    scored.sort(key=lambda score: -score[0])
    for label, (_, row, column, colour) in enumerate(scored[:2]):
        assert np.array_equal(delta[label, :, row, column], 8.0 * (colour / 127.5 - 1.0))
        assert np.count_nonzero(delta[label]) == 3


def test_ops_refuses_more_classes_than_it_can_tell_apart(tmp_path: Path) -> None:
    work = material(tmp_path, small_config(method="ops"), subjects(ALL))
    with pytest.raises(InputRefusedError, match="can't tell 2049 classes apart: there are 2048"):
        OPS(dataclasses.replace(work, classes=2049))


def test_pue_b_without_noise_is_emn_and_noise_never_reaches_its_pattern_directly(tmp_path: Path) -> None:
    def delta(method: str, sigma: float, steps: int) -> np.ndarray:
        config = small_config(method=method, sigma=sigma, steps=12)
        work = material(tmp_path / f"{method}{sigma}", config, subjects(ALL))
        made = cast(type[ErrorMinimising], METHODS.load(method))(work)
        for step in range(steps):
            made.train_step(torch.arange(8), step)
        return made.perturbation(()).delta_255

    assert np.array_equal(delta("pue-b", 0.0, 5), delta("emn", 0.5, 5))
    # The first gradient is taken at the initial weights as they are, however large the noise; later weights differ.
    assert np.array_equal(delta("pue-b", 0.5, 1), delta("pue-b", 1e-9, 1))
    assert not np.array_equal(delta("pue", 0.5, 1), delta("pue", 1e-9, 1))
    assert not np.array_equal(delta("pue-b", 0.5, 5), delta("pue-b", 1e-9, 5))


@pytest.mark.parametrize(("method", "noisy"), [("pue", 12), ("pue-b", 12), ("pue-sample", 12), ("emn-sample", 0)])
def test_noisy_steps_are_told(tmp_path: Path, method: str, noisy: int) -> None:
    result = crafted(material(tmp_path, small_config(method=method), subjects(ALL))).result()
    assert (result.steps, result.noisy_steps, result.perturbation_steps) == (12, noisy, 12)


@pytest.mark.parametrize("method", ["emn-sample", "tap"])
def test_training_images_patterns_do_not_depend_on_held_images(tmp_path: Path, method: str) -> None:
    train = subjects(range(6))
    found = []
    for name, held in (("one", subjects(range(20, 24))), ("other", subjects(range(30, 32))), ("none", None)):
        made = crafted(material(tmp_path / name, small_config(method=method), train, held))
        found.append(made.perturbation(train.ids).delta_255)
        if held is not None:
            assert np.abs(made.perturbation(held.ids).delta_255).reshape(len(held.ids), -1).max(axis=1).min() > 0
    assert np.array_equal(found[0], found[1])
    assert np.array_equal(found[0], found[2])


def test_a_held_image_is_taken_for_its_class_more_than_before(tmp_path: Path) -> None:
    train, held = subjects(range(8)), subjects(range(40, 48))
    work = material(tmp_path, small_config(method="emn-sample", steps=60, epsilon_255=16.0), train, held)
    made = crafted(work)
    delta = torch.from_numpy(made.perturbation(held.ids).delta_255.astype(np.float32))
    images = held.pixels.images.float()
    with torch.no_grad():
        loss = [
            float(torch.nn.functional.cross_entropy(work.model((shown / 255 - 0.5) / 0.25), held.pixels.labels))
            for shown in (images, (images + delta).clamp(0, 255))
        ]
    assert loss[1] < 0.7 * loss[0]


def test_tap_trains_on_originals_and_leads_to_the_next_class(tmp_path: Path) -> None:
    # Classes that differ by less than epsilon: a faint tint under noise.
    labels = [0, 1, 2] * 16
    tint = 8.0 * np.eye(3)[labels][:, :, None, None]
    noise = np.random.default_rng(0).normal(0, 8, (48, 3, 16, 16))
    train = _pixels((128 + tint + noise).astype(np.uint8), labels)
    work = material(tmp_path, small_config(method="tap", steps=60, epsilon_255=16.0), train)
    made = crafted(work)
    assert isinstance(made, SurrogateMethod)
    assert [step for step in range(60 + 6 * 40) if made.tells(step)] == [60 + 40 * batch - 1 for batch in range(1, 7)]
    result = made.result()
    assert (result.steps, result.perturbation_steps) == (60, 6 * 40)
    assert result.final_error is not None
    assert result.final_error < 0.2
    delta = torch.from_numpy(made.perturbation(train.ids).delta_255.astype(np.float32))
    with torch.no_grad():
        seen = ((train.pixels.images.float() + delta).clamp(0, 255) / 255 - 0.5) / 0.25
        answers = work.model(seen).argmax(dim=1)
    assert float((answers == (train.pixels.labels + 1) % 3).float().mean()) > 0.8


@pytest.mark.parametrize("method", ["pue", "emn-sample"])
def test_grey_images_are_crafted_as_they_are_exported(tmp_path: Path, method: str) -> None:
    train = subjects(range(6), grey=True)
    work = material(tmp_path, small_config(method=method), train)
    made = crafted(work)
    assert isinstance(made, SurrogateMethod)
    rows = torch.arange(8)
    images, labels, grey = made.batch(rows)
    shown = made.perturbed(images, made.patterns.of_batch(made.patterns.leaf(rows), rows), grey).detach()
    whole = made.perturbation(train.ids)
    for row in range(8):
        picture = Picture(train.pixels.images[row, 0].numpy(), "L", None, "PNG", "L")
        exported = protect(picture, whole, int(labels[row]), train.ids[row]).pixels
        assert np.abs(shown[row].numpy() - exported).max() <= 0.51  # rounded there
        assert torch.equal(shown[row, 0], shown[row, 2])


def test_sample_wise_the_whole_way(tmp_path: Path) -> None:
    """What is certified is what is exported, and hold-out images leave protected."""
    source = folder(tmp_path / "source", images=10, size=(40, 28))
    plan = tiny_plan(tmp_path / "out")
    plan = msgspec.structs.replace(plan, craft=changed(plan.craft, method="emn-sample", epsilon_255=5.0))
    run = Run.create(tmp_path / "run", source)
    events = list(run_steps(run, ("scan", "craft", "certify", "export"), plan, Stop()))
    shares = [event.done / event.total for event in events if isinstance(event, Progress) and event.step == "craft"]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    told = [event.x for event in events if isinstance(event, Metric) and event.name == "error"]
    assert told == list(range(1, 13))  # not while hold-out images get their patterns
    perturbation = Perturbation.load(run.path / "craft/perturbation.safetensors")
    exported = run.load("export.json", ExportResult)
    assert perturbation.rows is not None
    assert set(perturbation.rows) == {image.id for image in exported.images}
    assert {image.split for image in exported.images} == {"train", "hold_out"}
    assert all(0 < image.max_abs_delta_255 <= 5 for image in exported.images)


def test_sample_wise_an_owners_test_folder_is_not_opened(tmp_path: Path) -> None:
    for part in ("train", "test"):
        folder(tmp_path / "source" / part, images=6)
    plan = tiny_plan()
    plan = msgspec.structs.replace(plan, craft=changed(plan.craft, method="tap"))
    run = Run.create(tmp_path / "run", tmp_path / "source")
    list(run_steps(run, ("scan",), plan, Stop()))
    for path in (tmp_path / "source" / "test").rglob("*.png"):
        path.unlink()
    list(run_steps(run, ("craft",), plan, Stop()))
    perturbation = Perturbation.load(run.path / "craft/perturbation.safetensors")
    assert perturbation.rows is not None
    assert len(perturbation.rows) == 12
    assert all(name.startswith("train/") for name in perturbation.rows)


def test_without_a_surrogate_the_certificate_tells_nothing_of_its_training(tmp_path: Path) -> None:
    plan = tiny_plan(tmp_path / "out")
    plan = msgspec.structs.replace(plan, craft=changed(plan.craft, method="lsp"))
    run = Run.create(tmp_path / "run", folder(tmp_path / "source", images=6))
    events = list(run_steps(run, ("scan", "craft", "certify", "export"), plan, Stop()))
    told = {event.name for event in events if isinstance(event, Metric) and event.step == "craft"}
    assert told == {"change"}
    assert run.load("craft/result.json", CraftResult).final_error is None
    certificate = open_certificate(tmp_path / "out" / "certificate.json").certificate
    assert certificate.crafting is None
    assert certificate.settings["craft"]["method"] == "lsp"
    assert (tmp_path / "out" / "certificate.pdf").stat().st_size > 10_000
