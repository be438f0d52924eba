"""Step 4: attackers train on the protected images, and on the originals, and are tested on clean ones.

This part is measured, not certified. Each attacker is a fresh network unlike the surrogate, trained on exactly the
protected 8-bit pixels, with whatever its countermeasure makes of them; its accuracy on the hold-out is taken after
every epoch, so that an attacker who stops at the best moment is shown too. With several seeds each is trained several
times, and the rows are means with intervals. An attack that was finished is kept for as long as images, perturbation
and training stay the same, so that more attackers, countermeasures or seeds cost only what is new. Where the run is
certified, somebody also searches near the certified network (`stress_recovery`).
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import msgspec
import torch
from torch import Tensor, nn

from pue_desktop.engine.certify import accuracy, surrogate_seed
from pue_desktop.engine.config import StepConfig, StressConfig
from pue_desktop.engine.countermeasures import COUNTERMEASURES
from pue_desktop.engine.countermeasures.countermeasure import Countermeasure, Material
from pue_desktop.engine.craft import build_surrogate
from pue_desktop.engine.dataset import load_index
from pue_desktop.engine.draw_log import ARMS, Arm
from pue_desktop.engine.events import Event, Metric, Notice, Phases, Progress
from pue_desktop.engine.files import pretty_json
from pue_desktop.engine.pixels import Pixels, original_pixels, protected_pixels
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop, conditions, resolve_device
from pue_desktop.engine.stress_attacks import (
    ACCURACY,
    FINISHED,
    LOSS,
    Attack,
    AttackOutcome,
    StressArm,
    attack_identity,
    finished,
    pairs,
    stress_row,
)
from pue_desktop.engine.stress_recovery import PHASE, Attacker, Certified, Work, certified_now, radii, recovery
from pue_desktop.engine.stress_results import STRESS_FILE, StressResult
from pue_desktop.engine.training import Batches, Checkpoint, Training, model_state, train

_READING = "reading the images"
_NOT_CERTIFIED = (
    "No search near the certified network: these images are not certified yet. Certify them, then run the stress test "
    "again; its attackers are kept."
)
# Enough for the distance of another training, which is that of its start already.
_INDEPENDENT_STEPS = 150


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
    near = certified_now(run) if config.recovery_steps else None
    attacks, independent = _attacks(config), _independent(run, config, near)
    phases = _phases(config, [*attacks, *independent], near)

    def tell(part: float) -> Progress:
        return phases.at(_READING, part)

    trained, held = index.of_split("train"), index.of_split("hold_out")
    size, crop = config.working_size, config.framing == "crop"
    hold_out = (yield from original_pixels(run, held, size, tell, stop, crop=crop)).to(device)
    images: dict[Arm, Pixels] = {
        "protected": (yield from protected_pixels(run, trained, size, tell, stop, crop=crop)).to(device),
        "unprotected": (yield from original_pixels(run, trained, size, tell, stop, crop=crop)).to(device),
    }
    kept = near.config.surrogate if near is not None else ""
    job = _Job(run, config, stop, phases, images, hold_out, len(index.classes), _identity(run, config), kept)
    outcomes = {}
    for attack in attacks:
        outcomes[attack] = yield from _attack(job, attack)
    found = None
    if near is not None:
        short = _shortened(config)
        shorter = replace(job, config=short, identity=_identity(run, short))
        for attack in independent:
            outcomes[attack] = yield from _attack(shorter, attack)
        work = Work(run, config, near, index, device, phases, stop)
        found = yield from recovery(work, _with_weights(job, attacks, outcomes, shorter, independent))
    elif config.recovery_steps:
        yield Notice("stress", _NOT_CERTIFIED)
    rows = [stress_row(pair, config.seeds, outcomes) for pair in pairs(config)]
    chance = max(index.counts("hold_out")) / len(held)
    result = StressResult(tuple(rows), chance, conditions(device), found, size, config.framing)
    return [run.write(STRESS_FILE, pretty_json(result))]


def _attacks(config: StressConfig) -> list[Attack]:
    """Returns every attack that makes a row; those that have some originals also learn from these alone."""
    found: list[Attack] = []
    for number in range(config.seeds):
        for attacker, change in pairs(config):
            alone: tuple[StressArm, ...] = ("alone",) if _countermeasure(change).alone is not None else ()
            found += [Attack(attacker, change, arm, number) for arm in (*ARMS, *alone)]
    return found


def _countermeasure(name: str) -> Countermeasure:
    return cast(Countermeasure, COUNTERMEASURES.load(name))


def _independent(run: Run, config: StressConfig, near: Certified | None) -> list[Attack]:
    """Returns an attacker to be trained for its distance alone, none if a row's attacker will have one."""
    if near is None:
        return []
    identity = _identity(run, config)
    for attack in _attacks(config):
        # One that was finished before the certification left no weights.
        if (attack.attacker, attack.arm) == (near.config.surrogate, "protected") and (
            finished(run, identity, attack) is None or _checkpoint(run, identity, attack).load() is not None
        ):
            return []
    return [Attack(near.config.surrogate, "crop-flip", "protected", 0, independent=True)]


def _shortened(config: StressConfig) -> StressConfig:
    return msgspec.structs.replace(config, steps=min(config.steps, _INDEPENDENT_STEPS))


def _phases(config: StressConfig, attacks: Sequence[Attack], near: Certified | None) -> Phases:
    """Weighs the phases in trainings of an attacker."""
    weights = {_READING: 0.1}
    for attack in attacks:
        cost = COUNTERMEASURES[attack.countermeasure].cost
        weights[attack.phase] = cost * (_shortened(config).steps / config.steps if attack.independent else 1.0)
    if near is not None:
        searches = len(radii(near.result.protected_curve, config.recovery_reach)) * near.config.surrogate_seeds
        weights[PHASE] = max(searches, 1) * config.recovery_steps / config.steps
    return Phases("stress", weights)


def _identity(run: Run, config: StressConfig) -> str:
    """Returns what tells these attacks from others of the same names."""
    record = run.record("stress")
    if record is None:
        raise ValueError("step stress has not begun")
    return attack_identity(config, record.inputs)


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
    keep: str  # the network whose attackers' weights are kept


def _checkpoint(run: Run, identity: str, attack: Attack) -> Checkpoint:
    return Checkpoint(run.path / attack.checkpoint_file, attack.job(identity))


def _with_weights(
    job: _Job,
    attacks: Sequence[Attack],
    outcomes: dict[Attack, AttackOutcome],
    shorter: _Job,
    independent: Sequence[Attack],
) -> Iterator[Attacker]:
    """Yields the attackers of the certified network's make whose weights were kept."""
    for own, some in ((job, attacks), (shorter, independent)):
        for attack in some:
            if attack.attacker != job.keep or attack.arm != "protected":
                continue
            stored = _checkpoint(own.run, own.identity, attack).load()
            if stored is not None:
                accuracy = outcomes[attack].curve[-1]
                weights = model_state(stored[1])
                yield Attacker(attack.attacker, attack.countermeasure, attack.number, accuracy, weights)


def _attack(job: _Job, attack: Attack) -> Generator[Event, None, AttackOutcome]:
    """Trains one attacker, or goes on with it, or returns what an earlier sitting found."""
    config = job.config
    found = finished(job.run, job.identity, attack)
    if found is not None:
        return found
    yield job.phases.at(attack.phase, 0.0)
    training = _training(job, attack)
    model = build_surrogate(attack.attacker, job.classes, config.working_size, training.seed, "stress")
    model = model.to(training.images.device)
    per_epoch = Batches(len(training.labels), config.batch_size, training.seed, "stress").per_epoch
    notes = {name: torch.full((config.steps,), torch.nan, dtype=torch.float64) for name in (ACCURACY, "error")}
    checkpoint = _checkpoint(job.run, job.identity, attack)
    with closing(train(model, training, job.stop, checkpoint, notes=notes)) as points:
        for point in points:
            # Noted before anything is yielded: a checkpoint taken when this generator is closed must hold it.
            notes["error"][point.step - 1] = point.error
            ends_epoch = point.step == config.steps or (point.step % per_epoch == 0 and not attack.independent)
            if ends_epoch:
                model.eval()
                notes[ACCURACY][point.step - 1] = accuracy(model, job.hold_out)
                model.train()
                yield Metric(
                    "stress",
                    f"{ACCURACY}/{attack.name}",
                    point.step / per_epoch,
                    float(notes[ACCURACY][point.step - 1]),
                )
            yield Metric("stress", f"{LOSS}/{attack.name}", point.step, point.loss)
            yield job.phases.at(attack.phase, point.step / config.steps)
    curve = notes[ACCURACY][torch.isfinite(notes[ACCURACY])].tolist()
    training_accuracy = 1.0 - float(notes["error"][-per_epoch:].mean())
    outcome = AttackOutcome(attack.job(job.identity), tuple(curve), training_accuracy)
    job.run.write(attack.outcome_file, msgspec.json.encode(outcome))
    if attack.attacker != job.keep or attack.arm != "protected":
        checkpoint.remove()
    yield Metric("stress", f"{FINISHED}/{attack.name}", len(curve), curve[-1])
    return outcome


def _training(job: _Job, attack: Attack) -> Training:
    config, pixels = job.config, job.images["protected" if attack.arm == "alone" else attack.arm]
    change = _countermeasure(attack.countermeasure)
    if attack.arm == "alone" and change.alone is not None:
        change = change.alone
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
