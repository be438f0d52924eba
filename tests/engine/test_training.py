"""The training loop: what it learns, that it resumes exactly, and that noise leaves the weights alone."""

import math
from contextlib import closing
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from pue_desktop.engine.errors import CancelledError, InputRefusedError
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.surrogates.small import build
from pue_desktop.engine.training import (
    Batches,
    Checkpoint,
    Trainer,
    Training,
    build_seeded,
    crop_and_flip,
    normalise,
    recalibrate,
    train,
)


def _data() -> tuple[Tensor, Tensor]:
    """Two classes that differ by brightness."""
    generator = torch.Generator().manual_seed(0)
    labels = torch.arange(40) % 2
    images = torch.randint(0, 100, (40, 3, 16, 16), generator=generator) + 120 * labels[:, None, None, None]
    return images.to(torch.uint8), labels


def _training(**changes: object) -> Training:
    images, labels = _data()
    settings: dict[str, object] = {
        "images": images,
        "labels": labels,
        "steps": 20,
        "batch_size": 16,
        "learning_rate": 0.1,
        "seed": 1,
        "purpose": "test",
        "sigma": 0.2,
    }
    return Training(**(settings | changes))  # type: ignore[arg-type]


def test_it_learns_and_says_so(tmp_path: Path) -> None:
    model = build_seeded(build, 2, 16, 0, "test")
    with closing(train(model, _training(steps=30), Stop(), Checkpoint(tmp_path / "c", "job"))) as points:
        errors = [point.error for point in points]
    assert len(errors) == 30
    assert sum(errors[-5:]) / 5 < 0.1
    assert not model.training


def test_interrupted_anywhere_it_ends_with_the_same_weights_and_notes(tmp_path: Path) -> None:
    def run(path: Path, pieces: list[int]) -> tuple[dict[str, Tensor], Tensor]:
        notes = torch.full((20,), math.nan)
        for count in [*pieces, 1000]:
            model = build_seeded(build, 2, 16, 0, "test")
            notes = torch.full((20,), math.nan)
            with closing(train(model, _training(), Stop(), Checkpoint(path, "job"), notes={"loss": notes})) as points:
                for point, _ in zip(points, range(count), strict=False):
                    notes[point.step - 1] = point.loss
        return model.state_dict(), notes

    whole, whole_notes = run(tmp_path / "whole", [])
    pieces, pieces_notes = run(tmp_path / "pieces", [3, 1, 7])
    assert all(torch.equal(value, pieces[name]) for name, value in whole.items())
    # zip takes one point more than it hands out, so the note of that step is missing in an interrupted sitting.
    known = torch.isfinite(pieces_notes)
    assert known.sum() >= 17
    assert torch.equal(whole_notes[known], pieces_notes[known])


def test_dropout_is_the_same_after_a_break_and_leaves_torchs_generator_alone(tmp_path: Path) -> None:
    def weights(path: Path, pieces: list[int]) -> Tensor:
        for count in [*pieces, 1000]:
            model = nn.Sequential(nn.Flatten(), nn.Dropout(0.5), build_seeded(_linear, 2, 16, 0, "test"))
            with closing(train(model, _training(sigma=0.0), Stop(), Checkpoint(path, "job"))) as points:
                for _ in zip(points, range(count), strict=False):
                    pass
        return next(model.parameters()).detach()

    torch.manual_seed(1)
    before = torch.get_rng_state()
    whole = weights(tmp_path / "whole", [])
    assert torch.equal(torch.get_rng_state(), before)
    torch.manual_seed(2)
    assert torch.equal(whole, weights(tmp_path / "pieces", [3, 5]))


def _linear(classes: int, size: int) -> nn.Module:
    return nn.Linear(3 * size * size, classes)


def test_a_checkpoint_of_another_job_is_not_loaded(tmp_path: Path) -> None:
    checkpoint = Checkpoint(tmp_path / "c", "one")
    checkpoint.save(5, {"x": torch.ones(2)})
    loaded = checkpoint.load()
    assert loaded is not None
    assert loaded[0] == 5
    assert Checkpoint(tmp_path / "c", "two").load() is None
    (tmp_path / "c").write_bytes(b"torn")
    assert checkpoint.load() is None


def test_cancelled_it_saves_what_it_reached(tmp_path: Path) -> None:
    stop = Stop()
    checkpoint = Checkpoint(tmp_path / "c", "job")
    points = train(build_seeded(build, 2, 16, 0, "test"), _training(), stop, checkpoint)
    next(points)
    next(points)
    stop.cancel()
    with pytest.raises(CancelledError):
        next(points)
    loaded = checkpoint.load()
    assert loaded is not None
    assert loaded[0] == 2


def test_a_loss_that_is_no_number_is_refused() -> None:
    trainer = Trainer(nn.Linear(2, 2), steps=10, learning_rate=0.1)
    with pytest.raises(InputRefusedError, match="not a number"):
        trainer.update(torch.tensor(math.nan, requires_grad=True), 0)


def test_a_network_whose_last_step_went_out_of_bounds_is_refused(tmp_path: Path) -> None:
    """The loss is told before the step that it leads to, so the last step is seen by its weights alone."""
    model = build_seeded(build, 2, 16, 0, "test")
    list(train(model, _training(steps=3), Stop(), Checkpoint(tmp_path / "c", "job")))
    next(model.parameters()).data[0] = math.inf
    weights = {f"model.{name}": value.contiguous() for name, value in model.state_dict().items()}
    Checkpoint(tmp_path / "c", "job").save(3, weights)
    with pytest.raises(InputRefusedError, match="not a number"):
        list(train(model, _training(steps=3), Stop(), Checkpoint(tmp_path / "c", "job")))


def test_every_image_is_seen_and_epochs_differ() -> None:
    batches = Batches(40, 10, 0, "test")
    first = torch.cat([batches.indices(step) for step in range(4)])
    second = torch.cat([batches.indices(step) for step in range(4, 8)])
    assert sorted(first.tolist()) == list(range(40))
    assert sorted(second.tolist()) == list(range(40))
    assert first.tolist() != second.tolist()
    assert torch.equal(Batches(40, 10, 0, "test").indices(5), batches.indices(5))
    assert len(Batches(5, 10, 0, "test").indices(3)) == 5


def test_crop_and_flip_moves_by_at_most_an_eighth() -> None:
    images = torch.zeros(200, 1, 16, 16)
    images[:, :, 8, 4] = 1.0
    moved = crop_and_flip(images, torch.Generator().manual_seed(0))
    where = moved.nonzero()[:, 2:]
    assert len(where) == 200
    assert set(where[:, 0].tolist()) == {6, 7, 8, 9, 10}
    assert set(where[:, 1].tolist()) == {2, 3, 4, 5, 6} | {9, 10, 11, 12, 13}


def test_recalibration_gives_the_statistics_of_the_images() -> None:
    norm = nn.BatchNorm2d(3)
    model = nn.Sequential(norm).train()
    model(torch.full((4, 3, 2, 2), 50.0))
    images, _ = _data()
    recalibrate(model, images, 40)
    assert not model.training
    assert norm.running_mean is not None
    expected = normalise(images.float()).mean(dim=(0, 2, 3))
    assert norm.running_mean.tolist() == pytest.approx(expected.tolist(), abs=1e-4)
