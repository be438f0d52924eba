"""Step 4: attackers train on the protected images, and on the originals, and are tested on clean ones.

This part is measured, not certified. Each attacker is a fresh network unlike the surrogate, trained until it fits on
exactly the protected 8-bit pixels; its accuracy on the hold-out is taken after every epoch, so that an attacker who
stops at the best moment is shown too.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import msgspec
import torch
from torch import Tensor

from pue_desktop.engine.certify import accuracy
from pue_desktop.engine.config import StepConfig, StressConfig
from pue_desktop.engine.countermeasures import COUNTERMEASURES
from pue_desktop.engine.craft import build_surrogate
from pue_desktop.engine.dataset import load_index
from pue_desktop.engine.draw_log import ARMS, Arm
from pue_desktop.engine.events import Event, Metric, Phases, Progress
from pue_desktop.engine.files import pretty_json
from pue_desktop.engine.pixels import Pixels, original_pixels, protected_pixels
from pue_desktop.engine.results import StressResult, StressRow
from pue_desktop.engine.run import Run, decode_json
from pue_desktop.engine.runtime import Stop, conditions, resolve_device
from pue_desktop.engine.training import Batches, Checkpoint, Training, train

RESULT_FILE = "stress/result.json"
_READING = "reading the images"


class AttackOutcome(msgspec.Struct, frozen=True):
    """What one attacker reached: accuracy after each epoch, and on its own images in the last epoch."""

    job: str
    curve: tuple[float, ...]
    training_accuracy: float


@dataclass(frozen=True, slots=True)
class _Attack:
    """One attacker to train: network, countermeasure, and on which images."""

    attacker: str
    countermeasure: str
    arm: Arm

    @property
    def name(self) -> str:
        return f"{self.attacker} {self.countermeasure} {self.arm}"

    @property
    def phase(self) -> str:
        return f"attacker {self.attacker} ({self.countermeasure}) on the {self.arm} images"


def stress_step(run: Run, config: StepConfig, stop: Stop) -> Generator[Event, None, list[Path]]:
    """Trains every attacker with every countermeasure on protected and original images; leaves stress/result.json.

    Raises:
        InputRefusedError: an image vanished, or a training went out of bounds.
        CancelledError: asked for by `stop`; finished attackers and trained steps are kept.
    """
    config = cast(StressConfig, config)
    index = load_index(run)
    device = resolve_device(config.device)
    attacks = [
        _Attack(attacker, countermeasure, arm)
        for attacker in config.attackers
        for countermeasure in config.countermeasures
        for arm in ARMS
    ]
    phases = Phases("stress", {_READING: 0.1, **{attack.phase: 1.0 for attack in attacks}})

    def tell(part: float) -> Progress:
        return phases.at(_READING, part)

    trained, held = index.of_split("train"), index.of_split("hold_out")
    hold_out = (yield from original_pixels(run, held, config.working_size, tell, stop)).to(device)
    images: dict[Arm, Pixels] = {
        "protected": (yield from protected_pixels(run, trained, config.working_size, tell, stop)).to(device),
        "unprotected": (yield from original_pixels(run, trained, config.working_size, tell, stop)).to(device),
    }
    job = _Job(run, config, stop, phases, images, hold_out, len(index.classes))
    outcomes: dict[str, AttackOutcome] = {}
    for attack in attacks:
        outcomes[attack.name] = yield from _attack(job, attack)
    rows = [
        _row(attacker, countermeasure, outcomes)
        for attacker in config.attackers
        for countermeasure in config.countermeasures
    ]
    chance = max(index.counts("hold_out")) / len(held)
    result = StressResult(tuple(rows), chance, conditions(device))
    return [run.write(RESULT_FILE, pretty_json(result))]


@dataclass(frozen=True, slots=True)
class _Job:
    """What every attacker shares."""

    run: Run
    config: StressConfig
    stop: Stop
    phases: Phases
    images: dict[Arm, Pixels]
    hold_out: Pixels
    classes: int


def _attack(job: _Job, attack: _Attack) -> Generator[Event, None, AttackOutcome]:
    """Trains one attacker, or goes on with it, or returns what an earlier sitting found."""
    config, pixels = job.config, job.images[attack.arm]
    stem = attack.name.replace(" ", "-")
    identity = f"{job.run.job('stress')} {attack.name}"
    path = job.run.path / "stress" / f"{stem}.json"
    if path.exists():
        found = decode_json(path.read_bytes(), AttackOutcome, path)
        if found.job == identity:
            return found
    model = build_surrogate(attack.attacker, job.classes, config.working_size, config.seed, "stress")
    model = model.to(pixels.images.device)
    per_epoch = Batches(len(pixels.labels), config.batch_size, config.seed, "stress").per_epoch
    notes = {name: torch.full((config.steps,), torch.nan, dtype=torch.float64) for name in ("accuracy", "error")}
    checkpoint = Checkpoint(job.run.path / "stress" / f"{stem}.safetensors", identity)
    with closing(train(model, _training(config, attack, pixels), job.stop, checkpoint, notes=notes)) as points:
        for point in points:
            # Noted before anything is yielded: a checkpoint taken when this generator is closed must hold it.
            notes["error"][point.step - 1] = point.error
            ends_epoch = point.step % per_epoch == 0 or point.step == config.steps
            if ends_epoch:
                model.eval()
                notes["accuracy"][point.step - 1] = accuracy(model, job.hold_out)
                model.train()
                yield Metric(
                    "stress",
                    f"accuracy/{attack.name}",
                    point.step / per_epoch,
                    float(notes["accuracy"][point.step - 1]),
                )
            yield Metric("stress", f"loss/{attack.name}", point.step, point.loss)
            yield job.phases.at(attack.phase, point.step / config.steps)
    curve = notes["accuracy"][torch.isfinite(notes["accuracy"])].tolist()
    outcome = AttackOutcome(identity, tuple(curve), 1.0 - float(notes["error"][-per_epoch:].mean()))
    job.run.write(f"stress/{stem}.json", msgspec.json.encode(outcome))
    checkpoint.remove()
    return outcome


def _training(config: StressConfig, attack: _Attack, pixels: Pixels) -> Training:
    change = cast(Callable[..., Tensor], COUNTERMEASURES.load(attack.countermeasure))

    def prepare(images: Tensor, step: int) -> Tensor:
        return change(images, seed=config.seed, index=step)

    return Training(
        images=pixels.images,
        labels=pixels.labels,
        steps=config.steps,
        batch_size=config.batch_size,
        learning_rate=config.learning_rate,
        seed=config.seed,
        purpose="stress",
        prepare=prepare,
    )


def _row(attacker: str, countermeasure: str, outcomes: dict[str, AttackOutcome]) -> StressRow:
    protected = outcomes[_Attack(attacker, countermeasure, "protected").name]
    clean = outcomes[_Attack(attacker, countermeasure, "unprotected").name]
    return StressRow(
        attacker=attacker,
        countermeasure=countermeasure,
        accuracy=protected.curve[-1],
        best_accuracy=max(protected.curve),
        clean_accuracy=clean.curve[-1],
        clean_best_accuracy=max(clean.curve),
        training_accuracy=protected.training_accuracy,
        curve=protected.curve,
        clean_curve=clean.curve,
    )
