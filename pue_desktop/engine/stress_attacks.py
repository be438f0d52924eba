"""The attacks of a stress test by name, and what they have reached so far, read without torch.

An attack that ended leaves one small file, one at work its checkpoint; both name the job they belong to, so that what
other settings or other images gave is never taken for it. The window fills its matrix from these while the step works,
and again when a run that was stopped half-way is opened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal, cast, get_args

import msgspec

from pue_desktop.engine.config import Plan, StressConfig, config_digest
from pue_desktop.engine.draw_log import ARMS
from pue_desktop.engine.errors import SchemaError
from pue_desktop.engine.files import digest_json
from pue_desktop.engine.pipeline import LATER_INPUTS, step_config, step_inputs
from pue_desktop.engine.run import Run, decode_json
from pue_desktop.engine.stress_results import AttackFigures, StressRow

StressArm = Literal["protected", "unprotected", "alone"]
"""What an attacker learns from; "alone": from nothing but the originals that he has."""

ACCURACY, LOSS, FINISHED = "accuracy", "loss", "finished"
"""Series of an attack, before a slash and its name: after each epoch, after each step, and once when it has ended."""


class AttackOutcome(msgspec.Struct, frozen=True):
    """What one attacker reached: accuracy after each epoch, and on its own images in the last epoch."""

    job: str
    curve: tuple[float, ...]
    training_accuracy: float


@dataclass(frozen=True, slots=True)
class Attack:
    """One attacker to train: network, countermeasure, on which images, and the number of its seed (from 0).

    `independent` is one that is trained only to learn how far it ends from the certified network.
    """

    attacker: str
    countermeasure: str
    arm: StressArm
    number: int
    independent: bool = False

    @property
    def name(self) -> str:
        """Tells it from all others of the step."""
        again = f" {self.number + 1}" if self.number else ""
        own = " independent" if self.independent else ""
        return f"{self.attacker} {self.countermeasure} {self.arm}{again}{own}"

    @property
    def phase(self) -> str:
        """Its name for people."""
        again = f", seed {self.number + 1}" if self.number else ""
        images = "own originals alone" if self.arm == "alone" else f"{self.arm} images"
        own = " for its distance" if self.independent else ""
        return f"attacker {self.attacker} ({self.countermeasure}) on the {images}{again}{own}"

    @property
    def _stem(self) -> str:
        return self.name.replace(" ", "-").replace(":", "-")

    @property
    def outcome_file(self) -> str:
        """Path inside the run folder of what it leaves."""
        return f"stress/{self._stem}.json"

    @property
    def checkpoint_file(self) -> str:
        """Likewise of its checkpoint."""
        return f"stress/{self._stem}.safetensors"

    def job(self, identity: str) -> str:
        """Returns what its files say they belong to."""
        return f"{identity} {self.name}"


def pairs(config: StressConfig) -> list[tuple[str, str]]:
    """Returns every attacker with every countermeasure."""
    return [(attacker, change) for attacker in config.attackers for change in config.countermeasures]


def attack_identity(config: StressConfig, inputs: Mapping[str, str]) -> str:
    """Returns one digest of all that a single attack depends on besides its own name; the certification is not.

    Args:
        config: Settings of the step, sizes filled in.
        inputs: Digests of the results that the step reads, by step.
    """
    default = StressConfig()
    alone = msgspec.structs.replace(
        config,
        attackers=(),
        countermeasures=(),
        seeds=1,
        recovery_steps=default.recovery_steps,
        recovery_reach=default.recovery_reach,
    )
    earlier = {name: digest for name, digest in inputs.items() if name not in LATER_INPUTS["stress"]}
    return digest_json(["attack", config_digest(alone), earlier])


def finished(run: Run, identity: str, attack: Attack) -> AttackOutcome | None:
    """Returns what an earlier sitting found, None if it found nothing. Raises `SchemaError` if that is damaged."""
    path = run.path / attack.outcome_file
    if not path.exists():
        return None
    found = decode_json(path.read_bytes(), AttackOutcome, path)
    return found if found.job == attack.job(identity) else None


def stress_row(pair: tuple[str, str], seeds: int, outcomes: Mapping[Attack, AttackOutcome]) -> StressRow:
    """Returns what one attacker reached with one countermeasure, over all seeds.

    Args:
        pair: Attacker and countermeasure.
        seeds: How often it was trained on the images of each arm.
        outcomes: At least those of this pair on protected and original images.
    """
    from pue_desktop.engine.statistics import half_width

    protected, clean = ([outcomes[Attack(*pair, arm, number)] for number in range(seeds)] for arm in ARMS)
    by_seed = tuple(
        AttackFigures(one.curve[-1], max(one.curve), other.curve[-1], max(other.curve))
        for one, other in zip(protected, clean, strict=True)
    )
    figures = AttackFigures(*(_mean(values) for values in _columns(by_seed)))
    alone = [outcomes[one].curve for number in range(seeds) if (one := Attack(*pair, "alone", number)) in outcomes]
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
        alone_accuracy=_mean([curve[-1] for curve in alone]) if alone else None,
        alone_best_accuracy=_mean([max(curve) for curve in alone]) if alone else None,
    )


def _columns(figures: Sequence[AttackFigures]) -> list[list[float]]:
    """Returns the values of every figure, by figure."""
    return [[getattr(one, name) for one in figures] for name in AttackFigures.__struct_fields__]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _mean_curve(outcomes: Sequence[AttackOutcome]) -> tuple[float, ...]:
    return tuple(_mean(epoch) for epoch in zip(*(one.curve for one in outcomes), strict=True))


@dataclass(frozen=True, slots=True)
class AttackSoFar:
    """How far one attack is: accuracies on clean images after the epochs done, and whether it has ended."""

    curve: tuple[float, ...]
    ended: bool


@dataclass(frozen=True, slots=True)
class StressSoFar:
    """What the stress test has reached for some settings, whether or not it is done.

    Attributes:
        config: The settings, sizes filled in.
        attacks: Every attack that has begun.
        rows: Every attacker with every countermeasure of which all trainings have ended.
        holds: Whether the result, if there is one, differs from these settings in the choice of attacks at most.
    """

    config: StressConfig
    attacks: dict[Attack, AttackSoFar]
    rows: tuple[StressRow, ...]
    holds: bool


def stress_so_far(run: Run, plan: Plan) -> StressSoFar:
    """Returns what is on the disk for these settings and the images as they are protected now. Reads small files only.

    A damaged file counts as none: the step will make it anew.
    """
    config = cast(StressConfig, step_config(run, "stress", plan))
    identity = attack_identity(config, step_inputs(run, "stress", config))
    attacks: dict[Attack, AttackSoFar] = {}
    outcomes: dict[Attack, AttackOutcome] = {}
    rows = []
    for pair in pairs(config):
        for attack in (Attack(*pair, arm, number) for number in range(config.seeds) for arm in get_args(StressArm)):
            outcome = None
            with suppress(OSError, SchemaError):
                outcome = finished(run, identity, attack)
            if outcome is not None:
                outcomes[attack] = outcome
                attacks[attack] = AttackSoFar(outcome.curve, ended=True)
            elif (begun := _begun(run, identity, attack)) is not None:
                attacks[attack] = AttackSoFar(begun, ended=False)
        if all(Attack(*pair, arm, number) in outcomes for number in range(config.seeds) for arm in ARMS):
            rows.append(stress_row(pair, config.seeds, outcomes))
    return StressSoFar(config, attacks, tuple(rows), _recorded_identity(run) == identity)


def _recorded_identity(run: Run) -> str:
    """Returns what the attacks of the step's record are told by, nothing if it never began."""
    record = run.record("stress")
    if record is None:
        return ""
    with suppress(msgspec.ValidationError):
        return attack_identity(msgspec.convert(record.config, StressConfig), record.inputs)
    return ""


def _begun(run: Run, identity: str, attack: Attack) -> tuple[float, ...] | None:
    """Returns the curve in the checkpoint of an attack at work, None if there is none."""
    path = run.path / attack.checkpoint_file
    if not path.exists():
        return None
    import numpy as np
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as stored:
            if (stored.metadata() or {}).get("job") != attack.job(identity):
                return None
            accuracies = stored.get_tensor(f"notes.{ACCURACY}")
    except (OSError, SafetensorError, ValueError):
        return None
    return tuple(float(value) for value in accuracies if np.isfinite(value))
