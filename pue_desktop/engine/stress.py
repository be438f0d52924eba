"""Step 4: attackers train on the protected images, and on the originals, and are tested on clean ones.

This part is measured, not certified. Each attacker is a fresh network unlike the surrogate, trained on exactly the
protected 8-bit pixels, with whatever its countermeasure makes of them; its accuracy on the hold-out is taken after
every epoch, so that an attacker who stops at the best moment is shown too. With several seeds each is trained several
times, and the rows are means with intervals. An attack that was finished is kept for as long as images, perturbation
and training stay the same, so that more attackers, countermeasures or seeds cost only what is new.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import msgspec
import torch
from torch import Tensor, nn

from pue_desktop.engine.certify import accuracy, surrogate_seed
from pue_desktop.engine.config import StepConfig, StressConfig, config_digest
from pue_desktop.engine.countermeasures import COUNTERMEASURES
from pue_desktop.engine.countermeasures.countermeasure import Countermeasure, Material
from pue_desktop.engine.craft import build_surrogate
from pue_desktop.engine.dataset import load_index
from pue_desktop.engine.draw_log import ARMS, Arm
from pue_desktop.engine.events import Event, Metric, Phases, Progress
from pue_desktop.engine.files import digest_json, pretty_json
from pue_desktop.engine.pixels import Pixels, original_pixels, protected_pixels
from pue_desktop.engine.results import AttackFigures, StressResult, StressRow
from pue_desktop.engine.run import Run, decode_json
from pue_desktop.engine.runtime import Stop, conditions, resolve_device
from pue_desktop.engine.statistics import half_width
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
    """One attacker to train: network, countermeasure, on which images, and the number of its seed (from 0)."""

    attacker: str
    countermeasure: str
    arm: Arm
    number: int

    @property
    def name(self) -> str:
        again = f" {self.number + 1}" if self.number else ""
        return f"{self.attacker} {self.countermeasure} {self.arm}{again}"

    @property
    def phase(self) -> str:
        again = f", seed {self.number + 1}" if self.number else ""
        return f"attacker {self.attacker} ({self.countermeasure}) on the {self.arm} images{again}"


def stress_step(run: Run, config: StepConfig, stop: Stop) -> Generator[Event, None, list[Path]]:
    """Trains every attacker with every countermeasure on protected and original images; leaves stress/result.json.

    Raises:
        UsageError: a network or a countermeasure is not known.
        InputRefusedError: an image vanished, or a training went out of bounds.
        CancelledError: asked for by `stop`; finished attackers and trained steps are kept.
    """
    config = cast(StressConfig, config)
    index = load_index(run)
    device = resolve_device(config.device)
    pairs = [(attacker, change) for attacker in config.attackers for change in config.countermeasures]
    attacks = [_Attack(*pair, arm, number) for number in range(config.seeds) for pair in pairs for arm in ARMS]
    costs = {attack.phase: COUNTERMEASURES[attack.countermeasure].cost for attack in attacks}
    phases = Phases("stress", {_READING: 0.1, **costs})

    def tell(part: float) -> Progress:
        return phases.at(_READING, part)

    trained, held = index.of_split("train"), index.of_split("hold_out")
    size, crop = config.working_size, config.framing == "crop"
    hold_out = (yield from original_pixels(run, held, size, tell, stop, crop=crop)).to(device)
    images: dict[Arm, Pixels] = {
        "protected": (yield from protected_pixels(run, trained, size, tell, stop, crop=crop)).to(device),
        "unprotected": (yield from original_pixels(run, trained, size, tell, stop, crop=crop)).to(device),
    }
    job = _Job(run, config, stop, phases, images, hold_out, len(index.classes), _identity(run, config))
    outcomes = {}
    for attack in attacks:
        outcomes[attack] = yield from _attack(job, attack)
    rows = [_row(pair, config.seeds, outcomes) for pair in pairs]
    chance = max(index.counts("hold_out")) / len(held)
    result = StressResult(tuple(rows), chance, conditions(device))
    return [run.write(RESULT_FILE, pretty_json(result))]


def _identity(run: Run, config: StressConfig) -> str:
    """Returns one digest of all that a single attack depends on besides its own name."""
    record = run.record("stress")
    if record is None:
        raise ValueError("step stress has not begun")
    alone = msgspec.structs.replace(config, attackers=(), countermeasures=(), seeds=1)
    return digest_json(["attack", config_digest(alone), record.inputs])


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
    identity: str


def _attack(job: _Job, attack: _Attack) -> Generator[Event, None, AttackOutcome]:
    """Trains one attacker, or goes on with it, or returns what an earlier sitting found."""
    config = job.config
    stem = attack.name.replace(" ", "-").replace(":", "-")
    identity = f"{job.identity} {attack.name}"
    path = job.run.path / "stress" / f"{stem}.json"
    if path.exists():
        found = decode_json(path.read_bytes(), AttackOutcome, path)
        if found.job == identity:
            return found
    yield job.phases.at(attack.phase, 0.0)
    training = _training(job, attack)
    model = build_surrogate(attack.attacker, job.classes, config.working_size, training.seed, "stress")
    model = model.to(training.images.device)
    per_epoch = Batches(len(training.labels), config.batch_size, training.seed, "stress").per_epoch
    notes = {name: torch.full((config.steps,), torch.nan, dtype=torch.float64) for name in ("accuracy", "error")}
    checkpoint = Checkpoint(job.run.path / "stress" / f"{stem}.safetensors", identity)
    with closing(train(model, training, job.stop, checkpoint, notes=notes)) as points:
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


def _training(job: _Job, attack: _Attack) -> Training:
    config, pixels = job.config, job.images[attack.arm]
    change = cast(Countermeasure, COUNTERMEASURES.load(attack.countermeasure))
    seed = surrogate_seed(config.seed, attack.number)
    material = Material(pixels.images, pixels.labels, job.images["unprotected"].images, job.classes)

    def objective(model: nn.Module, images: Tensor, labels: Tensor, step: int) -> tuple[Tensor, Tensor]:
        images, targets = change.prepare_batch(images, labels, classes=job.classes, seed=seed, index=step)
        return change.loss(model, images, targets, seed=seed, index=step)

    return Training(
        images=change.prepare_set(material, seed=seed, stop=job.stop),
        labels=pixels.labels,
        steps=config.steps,
        batch_size=config.batch_size,
        learning_rate=config.learning_rate,
        seed=seed,
        purpose="stress",
        objective=objective,
    )


def _row(pair: tuple[str, str], seeds: int, outcomes: dict[_Attack, AttackOutcome]) -> StressRow:
    """Returns what one attacker reached with one countermeasure, over all seeds."""
    protected, clean = ([outcomes[_Attack(*pair, arm, number)] for number in range(seeds)] for arm in ARMS)
    by_seed = tuple(
        AttackFigures(one.curve[-1], max(one.curve), other.curve[-1], max(other.curve))
        for one, other in zip(protected, clean, strict=True)
    )
    figures = AttackFigures(*(_mean(values) for values in _columns(by_seed)))
    return StressRow(
        attacker=pair[0],
        countermeasure=pair[1],
        accuracy=figures.accuracy,
        best_accuracy=figures.best_accuracy,
        clean_accuracy=figures.clean_accuracy,
        clean_best_accuracy=figures.clean_best_accuracy,
        training_accuracy=_mean([one.training_accuracy for one in protected]),
        curve=_mean_curve(protected),
        clean_curve=_mean_curve(clean),
        by_seed=by_seed,
        half_widths=AttackFigures(*(half_width(values) for values in _columns(by_seed))) if seeds > 1 else None,
    )


def _columns(figures: Sequence[AttackFigures]) -> list[list[float]]:
    """Returns the values of every figure, by figure."""
    return [[getattr(one, name) for one in figures] for name in AttackFigures.__struct_fields__]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _mean_curve(outcomes: Sequence[AttackOutcome]) -> tuple[float, ...]:
    return tuple(_mean(epoch) for epoch in zip(*(one.curve for one in outcomes), strict=True))
