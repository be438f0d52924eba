"""Countermeasures against slow loops, known values and planted perturbations."""

from typing import cast

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor, nn

from pue_desktop.engine.countermeasures import COUNTERMEASURES
from pue_desktop.engine.countermeasures.adversarial import EPSILON_255, hardest
from pue_desktop.engine.countermeasures.countermeasure import Countermeasure, Material, box
from pue_desktop.engine.countermeasures.projection import class_directions
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.training import normalise


def _change(name: str) -> Countermeasure:
    return cast(Countermeasure, COUNTERMEASURES.load(name))


def _material(images: Tensor, labels: Tensor, originals: Tensor | None = None) -> Material:
    return Material(images, labels, images if originals is None else originals, int(labels.max()) + 1)


def _prepared(name: str, images: Tensor, labels: Tensor | None = None) -> Tensor:
    material = _material(images, torch.arange(len(images)) % 2 if labels is None else labels)
    return _change(name).prepare_set(material, seed=3, stop=Stop())


def _noise(*shape: int, seed: int = 0) -> Tensor:
    return torch.randint(0, 256, shape, generator=torch.Generator().manual_seed(seed), dtype=torch.uint8)


def _batch(name: str, images: Tensor, *, index: int = 0, classes: int = 2) -> tuple[Tensor, Tensor]:
    labels = torch.arange(len(images)) % classes
    return _change(name).prepare_batch(images, labels, classes=classes, seed=1, index=index)


def test_without_countermeasure_nothing_changes() -> None:
    images = _noise(4, 3, 16, 16)
    assert torch.equal(_prepared("none", images), images)
    assert torch.equal(_batch("none", images.float())[0], images.float())
    assert not torch.equal(_batch("crop-flip", images.float())[0], images.float())


def test_a_box_against_a_loop() -> None:
    rows, columns = (torch.tensor([-2, 3]), torch.tensor([2, 20])), (torch.tensor([1, 6]), torch.tensor([4, 7]))
    found = box(8, 9, rows, columns)
    assert found.shape == (2, 1, 8, 9)
    for image in range(2):
        for y in range(8):
            for x in range(9):
                inside = rows[0][image] <= y < rows[1][image] and columns[0][image] <= x < columns[1][image]
                assert bool(found[image, 0, y, x]) == bool(inside)


def test_cutout_covers_a_square_of_half_the_side_in_every_image() -> None:
    images = torch.full((200, 3, 16, 16), 50.0)
    cropped, _ = _batch("crop-flip", images)
    covered, targets = _batch("cutout", images)
    assert targets.tolist() == [0, 1] * 100
    for before, after in zip(cropped, covered, strict=True):
        grey = after == 127.5
        assert torch.equal(after[~grey], before[~grey])
        ys, xs = grey[0].nonzero(as_tuple=True)
        assert len(ys) == (ys.max() - ys.min() + 1) * (xs.max() - xs.min() + 1)
        assert 4 <= ys.max() - ys.min() + 1 <= 8
        assert 4 <= xs.max() - xs.min() + 1 <= 8
    sizes = {int((after == 127.5)[0].sum()) for after in covered}
    assert max(sizes) == 64
    assert len(sizes) > 5


def test_mixup_blends_images_and_answers_in_the_same_share() -> None:
    # One value per image, away from the black that cropping brings in.
    images = torch.arange(10.0, 26.0)[:, None, None, None].expand(16, 3, 16, 16)
    shares = []
    for index in range(50):
        mixed, targets = _batch("mixup", images, index=index, classes=16)
        values = mixed[:, 0, 8, 8]
        assert (targets @ torch.arange(10.0, 26.0)).tolist() == pytest.approx(values.tolist(), abs=1e-3)
        shares.append(float(targets[0, 0]))
    assert min(shares) < 0.1
    assert max(shares) > 0.9
    assert sum(shares) / 50 == pytest.approx(0.5, abs=0.1)


def test_cutmix_answers_with_the_share_of_pixels() -> None:
    images = torch.arange(10.0, 26.0)[:, None, None, None].expand(16, 3, 16, 16)
    shares = []
    for index in range(50):
        mixed, targets = _batch("cutmix", images, index=index, classes=16)
        partner = int((targets[0] * torch.arange(16)).bool().nonzero()) if int((targets[0] > 0).sum()) == 2 else 0
        pasted = float((mixed[0, 0] == partner + 10.0).float().mean())
        # Black borders of the cropping belong to one of the two.
        black = float((mixed[0, 0] == 0.0).float().mean())
        assert pasted <= float(targets[0, partner]) + 1e-6
        assert float(targets[0, partner]) <= pasted + black + 1e-6
        shares.append(float(targets[0, 0]))
    assert min(shares) < 0.3
    assert max(shares) > 0.9


def test_every_image_has_its_own_randaugment() -> None:
    picture = _noise(1, 3, 16, 16).expand(12, 3, 16, 16).float()
    change = _change("randaugment")
    first, _ = change.prepare_batch(picture, torch.zeros(12, dtype=torch.int64), classes=1, seed=1, index=0)
    other, _ = change.prepare_batch(picture, torch.zeros(12, dtype=torch.int64), classes=1, seed=1, index=1)
    assert len({image.numpy().tobytes() for image in first}) > 6
    assert not torch.equal(first, other)


def test_grey_has_the_luminance_in_all_channels() -> None:
    images = _noise(5, 3, 16, 16)
    grey = _prepared("grey", images)
    expected = (0.299 * images[:, 0].double() + 0.587 * images[:, 1].double() + 0.114 * images[:, 2].double()).round()
    assert (grey.double() - expected[:, None]).abs().max() <= 1


def test_two_bits_are_the_nearest_of_four_values() -> None:
    images = torch.arange(256, dtype=torch.uint8).reshape(1, 1, 16, 16).expand(2, 3, 16, 16).contiguous()
    found = _prepared("bits-2", images)
    levels = np.array([0, 85, 170, 255])
    for value, got in zip(images[0, 0].flatten().tolist(), found[0, 0].flatten().tolist(), strict=True):
        assert got == levels[np.abs(levels - value).argmin()]


def test_blur_is_a_gaussian_of_one_pixel_at_32() -> None:
    images = torch.zeros(2, 3, 32, 32, dtype=torch.uint8)
    images[:, :, 16, 16] = 255
    weights = np.exp(-(np.arange(-3, 4) ** 2) / 2)
    weights /= weights.sum()
    found = _prepared("blur", images)
    assert found[0, 0, 13:20, 13:20].numpy() == pytest.approx(255 * np.outer(weights, weights), abs=0.51)
    assert int(found.sum()) == pytest.approx(6 * 255, abs=150)


def test_resizing_takes_away_the_finest_pattern_and_keeps_the_rest() -> None:
    images = torch.full((2, 3, 32, 32), 100, dtype=torch.uint8)
    assert torch.equal(_prepared("resize", images), images)
    rows, columns = torch.meshgrid(torch.arange(32), torch.arange(32), indexing="ij")
    images += 8 * ((rows + columns) % 2).to(torch.uint8)
    inner = _prepared("resize", images)[:, :, 4:28, 4:28]
    assert int(inner.max()) - int(inner.min()) <= 1


@pytest.mark.parametrize("quality", [10, 50])
def test_jpeg_uses_the_table_of_its_quality(quality: int) -> None:
    # A flat block keeps only its mean, in steps of the first entry (16) of the standard table, scaled.
    images = torch.arange(0, 256, 4, dtype=torch.uint8)[:, None, None, None].expand(64, 3, 16, 16).contiguous()
    found = _prepared(f"jpeg-{quality}", images)
    scale = 5000 / quality if quality < 50 else 200 - 2 * quality
    step = int((16 * scale + 50) / 100)
    mean = np.clip(
        np.round(np.round((images[:, 0, 0, 0].numpy().astype(float) - 128) * 8 / step) * step / 8) + 128, 0, 255
    )
    assert np.abs(found[:, 0, 8, 8].numpy() - mean).max() <= 1
    assert _prepared(f"jpeg-{quality}", _noise(2, 3, 16, 16)).shape == (2, 3, 16, 16)


def _planted() -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Smooth pictures of three classes with one pattern of ±8 for each class: images, labels, patterns, originals."""
    generator = torch.Generator().manual_seed(0)
    coarse = torch.rand(240, 3, 4, 4, generator=generator) * 200 + 27
    originals = nn.functional.interpolate(coarse, (16, 16), mode="bilinear").round()
    labels = torch.arange(240) % 3
    patterns = 8.0 * torch.sign(torch.randn(3, 3, 16, 16, generator=generator))
    return (originals + patterns[labels]).to(torch.uint8), labels, patterns, originals.to(torch.uint8)


def test_the_projection_takes_a_planted_pattern_out() -> None:
    images, labels, patterns, _ = _planted()
    directions = class_directions(_material(images, labels), seed=3, stop=Stop())
    assert directions.shape == (3, 768)
    assert (normalise(images.float()).flatten(1) @ directions.T).argmax(dim=1).tolist() == labels.tolist()
    found = _prepared("projection", images, labels)
    flat = normalise(found).flatten(1)
    basis, _ = np.linalg.qr(directions.numpy()[:2].T.astype(np.float64))
    assert np.abs(flat.numpy() @ basis).max() < 1e-3
    own = patterns.flatten(1) - patterns.flatten(1).mean(dim=0)
    own = own / own.norm(dim=1, keepdim=True)

    def known_by_pattern(pictures: Tensor) -> float:
        """Returns how far the pattern of the own class stands out, in standard deviations of the pictures."""
        along = pictures.flatten(1).float() @ own.T
        return float((along[labels == 0, 0].mean() - along[labels != 0, 0].mean()) / along[labels == 0, 0].std())

    assert known_by_pattern(found) < 0.3 * known_by_pattern(images)
    # Only two of 768 directions are gone: the pictures are there still.
    assert float((found - images.float()).abs().mean()) < 12


def test_class_means_against_numpy() -> None:
    images, labels, _, _ = _planted()
    found = _prepared("class-means", images, labels)
    pixels = images.numpy().astype(np.float64)
    for label in range(3):
        own = labels.numpy() == label
        expected = pixels[own] - pixels[own].mean(axis=0) + pixels.mean(axis=0)
        assert np.abs(found.numpy()[own] - expected).max() < 1e-3


def test_adversarial_images_are_near_harder_and_best_for_a_linear_model() -> None:
    model = nn.Sequential(nn.Flatten(), nn.Linear(3 * 8 * 8, 2))
    images, targets = _noise(6, 3, 8, 8).float(), torch.arange(6) % 2
    start = torch.zeros_like(images)
    found = hardest(model, images, targets, start=start)
    assert float((found - images).abs().max()) <= EPSILON_255 + 1e-4
    assert float(found.min()) >= 0
    assert float(found.max()) <= 255
    # With two classes the loss falls with one linear margin, so the worst image is known.
    weight = cast(nn.Linear, model[1]).weight
    difference = (weight[1] - weight[0]).reshape(3, 8, 8).sign()
    direction = torch.where(targets[:, None, None, None] == 0, difference, -difference)
    worst = (images + EPSILON_255 * direction).clamp(0, 255)
    assert found.numpy() == pytest.approx(worst.detach().numpy(), abs=1e-3)
    assert all(p.grad is None for p in model.parameters())


def test_a_share_of_originals_is_the_share_of_every_class_and_grows() -> None:
    originals = _noise(110, 3, 8, 8)
    images = 255 - originals
    labels = torch.tensor([0] * 80 + [1] * 30)
    clean = {}
    for name, share in (("clean-10", 0.1), ("clean-20", 0.2), ("clean-50", 0.5)):
        found = _change(name).prepare_set(_material(images, labels, originals), seed=3, stop=Stop())
        clean[name] = {i for i in range(110) if torch.equal(found[i], originals[i])}
        assert all(torch.equal(found[i], images[i]) for i in range(110) if i not in clean[name])
        assert sum(i < 80 for i in clean[name]) == round(share * 80)
        assert sum(i >= 80 for i in clean[name]) == round(share * 30)
    assert clean["clean-10"] < clean["clean-20"] < clean["clean-50"]
    other = _change("clean-20").prepare_set(_material(images, labels, originals), seed=4, stop=Stop())
    assert clean["clean-20"] != {i for i in range(110) if torch.equal(other[i], originals[i])}


def test_a_jpeg_is_what_pillow_makes_of_the_picture(tmp_path) -> None:  # type: ignore[no-untyped-def]
    images = _noise(1, 3, 16, 24)
    Image.fromarray(images[0].permute(1, 2, 0).numpy()).save(tmp_path / "x.jpg", quality=10)
    with Image.open(tmp_path / "x.jpg") as read:
        assert np.array_equal(_prepared("jpeg-10", images)[0].permute(1, 2, 0).numpy(), np.array(read))
