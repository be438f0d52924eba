"""Crafting, certifying and attacking on small pictures: what they leave is true of the pixels."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch

from pictures import folder
from pue_desktop.engine.apply import protect, squash
from pue_desktop.engine.certify import ARMS, DRAWS_FILE, RESULT_FILE, surrogate_checkpoint
from pue_desktop.engine.config import changed
from pue_desktop.engine.craft import build_surrogate
from pue_desktop.engine.dataset import load_index
from pue_desktop.engine.draw_log import DrawLine, DrawLog
from pue_desktop.engine.events import Event, Metric, Notice, Progress
from pue_desktop.engine.files import digest_json
from pue_desktop.engine.image_files import read
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.pipeline import run_steps
from pue_desktop.engine.planner import tries_words
from pue_desktop.engine.results import CertifyResult, CraftResult, PixelLine
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.statistics import certified_learnability
from pue_desktop.engine.stress_results import StressResult
from pue_desktop.engine.training import evaluation_batches
from pue_desktop.engine.weight_noise import accuracy_draws
from tiny import tiny_plan


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, list[Event]]:
    source = folder(tmp_path_factory.mktemp("source"), classes=3, images=10, size=(40, 24))
    run = Run.create(tmp_path_factory.mktemp("done") / "run", source)
    return run, list(run_steps(run, ("scan", "craft", "certify", "stress"), tiny_plan(), Stop()))


def test_the_perturbation_keeps_its_bound_and_every_step_was_noisy(done: tuple[Run, list[Event]]) -> None:
    run, _ = done
    perturbation = Perturbation.load(run.path / "craft/perturbation.safetensors")
    result = run.load("craft/result.json", CraftResult)
    assert perturbation.delta_255.shape == (3, 3, 16, 16)
    assert 0 < np.abs(perturbation.delta_255).max() <= 8
    assert result.steps == result.noisy_steps == 12
    assert result.perturbation_steps == 12
    assert result.mean_abs_delta_255 == pytest.approx(float(np.abs(perturbation.delta_255).mean()))


def test_emn_has_no_weight_noise(done: tuple[Run, list[Event]], tmp_path: Path) -> None:
    run, _ = done
    plan = tiny_plan()
    emn = msgspec.structs.replace(plan, craft=changed(plan.craft, method="emn"))
    other = Run.create(tmp_path / "emn", run.source)
    list(run_steps(other, ("scan", "craft"), emn, Stop()))
    assert other.load("craft/result.json", CraftResult).noisy_steps == 0


def test_certified_pixels_are_those_of_apply(done: tuple[Run, list[Event]]) -> None:
    run, _ = done
    index = load_index(run)
    perturbation = Perturbation.load(run.path / "craft/perturbation.safetensors")
    lines = msgspec.json.Decoder(PixelLine).decode_lines((run.path / "certify/pixels.jsonl").read_bytes())
    assert [line.id for line in lines] == [image.id for image in index.of_split("train")]
    for image, line in zip(index.of_split("train"), lines, strict=True):
        assert protect(read(run.source / image.id), perturbation, image.label).digest() == line.pixels_sha256
    result = run.load(RESULT_FILE, CertifyResult)
    assert result.pixels_digest == digest_json(sorted([line.id, line.pixels_sha256] for line in lines))


def test_every_draw_can_be_redone_from_the_saved_surrogate(done: tuple[Run, list[Event]]) -> None:
    run, _ = done
    index = load_index(run)
    config = tiny_plan().certify
    result = run.load(RESULT_FILE, CertifyResult)
    held = index.of_split("hold_out")
    images = torch.from_numpy(np.stack([squash(read(run.source / image.id), 16) for image in held]))
    labels = torch.tensor([image.label for image in held])
    for arm, figures in (("protected", result.protected), ("unprotected", result.unprotected)):
        model = build_surrogate("small", 3, 16, 99, "anything").eval()
        saved = surrogate_checkpoint(run, arm, 0).load()
        assert saved is not None
        model.load_state_dict({k.removeprefix("model."): v for k, v in saved[1].items() if k.startswith("model.")})
        batches = evaluation_batches(images, labels, 6)
        again = accuracy_draws(
            model, *batches[0], sigma=config.sigma, geometry=config.geometry, seed=0, draws=5, start=20, batch_size=4
        )
        assert (6 * again).tolist() == pytest.approx(list(figures.correct[20:25]))
        assert figures.of == len(held) == 6


def test_the_curve_follows_from_the_counts(done: tuple[Run, list[Event]]) -> None:
    run, _ = done
    result = run.load(RESULT_FILE, CertifyResult)
    assert len(result.protected.correct) == 60
    accuracies = [count / 6 for count in result.protected.correct]
    for point in result.protected.curve:
        again = certified_learnability(accuracies, q=0.9, eta=point.eta, sigma=0.2, confidence=0.99)
        assert (point.value, point.rank, point.reason) == (again.value, again.rank, again.reason)
    values = [point.value for point in result.protected.curve if point.value is not None]
    assert values == sorted(values)
    assert [point.value for point in result.protected.curve[-3:]] == [None] * 3
    assert result.chance == pytest.approx(1 / 3)


def test_what_remains_of_the_confidence_after_several_tries() -> None:
    assert "at least 98 %." in tries_words((0.99, 0.99))
    assert "at least 94.9 %." in tries_words((0.999, 0.95))
    assert "at least 0 %." in tries_words((0.95,) * 30)


def test_events_tell_the_story(done: tuple[Run, list[Event]]) -> None:
    run, events = done
    draws = [event.x for event in events if isinstance(event, Metric) and event.name == "draw/protected"]
    assert draws == list(range(60))
    for step in ("scan", "craft", "certify", "stress"):
        shares = [e.done / e.total for e in events if isinstance(e, Progress) and e.step == step]
        assert shares == sorted(shares)
        assert shares[-1] == pytest.approx(1.0)
    assert [stamped.event for stamped in run.events()] == events
    assert any(isinstance(event, Notice) for event in events)


def test_stress_rows_are_beside_the_same_attacker_on_originals(done: tuple[Run, list[Event]]) -> None:
    run, _ = done
    (row,) = run.load("stress/result.json", StressResult).rows
    assert (row.attacker, row.countermeasure) == ("vgg", "crop-flip")
    assert len(row.curve) == len(row.clean_curve) > 1
    assert row.best_accuracy == max(row.curve) >= row.accuracy == row.curve[-1]
    assert row.clean_accuracy == row.clean_curve[-1]


def test_draws_of_another_job_and_torn_lines_are_dropped(tmp_path: Path) -> None:
    path = tmp_path / "draws.jsonl"
    with DrawLog(path, "one") as log:
        for index in range(3):
            log.add(DrawLine("protected", "hold_out", index, index))
    with path.open("ab") as stream:
        stream.write(b'{"arm":"protected","split":"hold_o')
    with DrawLog(path, "one") as log:
        assert log.counts("protected", "hold_out") == [0, 1, 2]
        log.add(DrawLine("protected", "hold_out", 3, 7))
    with DrawLog(path, "one") as log:
        assert log.counts("protected", "hold_out") == [0, 1, 2, 7]
    with DrawLog(path, "two") as log:
        assert all(log.counts(arm, "hold_out") == [] for arm in ARMS)
    assert DRAWS_FILE == "certify/draws.jsonl"
