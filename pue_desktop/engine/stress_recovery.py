"""The part of the stress test that looks near the certified networks: how good weights can be there, and who is there.

Within the certified radii and beyond, somebody with clean images searches for the best weights (`recovery`); and the
attackers of the certified network's own make, trained on the protected images from another start, are measured in the
certificate's distance. Each search is kept once it is done, for as long as network, images and settings are the same.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass

import msgspec
import torch
from torch import Tensor, nn

from pue_desktop.engine.certify import restored_surrogate
from pue_desktop.engine.config import CertifyConfig, StressConfig
from pue_desktop.engine.events import Event, Metric, Notice, Phases, Progress
from pue_desktop.engine.figures import load_result
from pue_desktop.engine.files import BAD_JSON, digest_json
from pue_desktop.engine.pipeline import step_inputs
from pue_desktop.engine.pixels import Pixels, original_pixels, protected_pixels
from pue_desktop.engine.recovery import Halves, Recovered, distance_between, in_halves, recover
from pue_desktop.engine.recovery_results import (
    AttackerDistance,
    Bound,
    RecoveryPoint,
    RecoveryResult,
    Statistics,
    certified_at,
    is_above,
    largest_certified,
)
from pue_desktop.engine.results import CertifyResult, DatasetIndex
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.training import batch_norms

PHASE = "searching near the certified network"
FOUND_FILE = "stress/recovery.json"
_WITHIN = 4
_LADDER = (0.5, 1.0, 2.0)


@dataclass(frozen=True, slots=True)
class Certified:
    """The certification that a run holds, of the images that it holds now."""

    config: CertifyConfig
    result: CertifyResult


@dataclass(frozen=True, slots=True)
class Attacker:
    """One attacker of the certified network's make: who, what it reached at the end, and its weights by name."""

    name: str
    countermeasure: str
    number: int
    accuracy: float
    weights: dict[str, Tensor]


@dataclass(frozen=True, slots=True)
class Work:
    """What the searches share.

    Attributes:
        run: The run.
        config: Of the stress test.
        certified: What is searched around.
        index: The data set.
        device: Where to compute.
        phases: Of the stress test; `PHASE` is this module's.
        stop: Serves pause and cancel.
    """

    run: Run
    config: StressConfig
    certified: Certified
    index: DatasetIndex
    device: torch.device
    phases: Phases
    stop: Stop


def certified_now(run: Run) -> Certified | None:
    """Returns the finished certification of the run's present images, None if there is none."""
    record = run.record("certify")
    if record is None or not record.done or record.inputs != step_inputs(run, "certify"):
        return None
    return Certified(run.config_as(record.config, CertifyConfig), load_result(run))


def radii(curve: Sequence[Bound], reach: float) -> tuple[float, ...]:
    """Returns the radii to search within: a few certified ones, the largest among them, and larger ones up to `reach`.

    Those beyond are 0.5, 1, 2, 5, 10, 20, 50, …
    """
    within = [point.eta for point in curve if point.simultaneous is not None and point.eta > 0]
    if len(within) > _WITHIN:
        within = [within[round(place * (len(within) - 1) / (_WITHIN - 1))] for place in range(_WITHIN)]
    edge = within[-1] if within else 0.0
    beyond = [step * 10.0**power for power in range(4) for step in _LADDER]
    return (*within, *(eta for eta in beyond if edge < eta <= reach))


def recovery(work: Work, attackers: Iterable[Attacker]) -> Generator[Event, None, RecoveryResult | None]:
    """Searches around every certified network that learned from the protected images, and measures the attackers.

    Returns None, with a notice, where the networks are gone or too few images are held out.

    Raises:
        InputRefusedError: an image vanished.
        CancelledError: asked for by `stop`; finished searches are kept.
    """
    certify, result = work.certified.config, work.certified.result
    hold_out, learned = yield from _pixels(work)
    models = [
        restored_surrogate(
            work.run, certify, "protected", number, classes=len(work.index.classes), learned=learned.images
        )
        for number in range(certify.surrogate_seeds)
    ]
    present = [model for model in models if model is not None]
    if len(present) < len(models):
        yield Notice("stress", "No search near the certified network: the run folder holds it no more. Certify again.")
        return None
    if max(work.index.counts("hold_out")) < 2:
        yield Notice("stress", "No search near the certified network: too few images are held out.")
        return None
    halves = in_halves(hold_out.images, hold_out.labels, work.config.seed)
    points = yield from _searches(work, present, halves)
    largest = largest_certified(result.protected_curve)
    return RecoveryResult(
        points=points,
        steps=work.config.recovery_steps,
        searched=len(halves.labels),
        measured=halves.count,
        largest_eta=largest[0] if largest else None,
        certified=largest[1] if largest else None,
        distances=tuple(_distances(work, present, attackers, largest)),
    )


def _pixels(work: Work) -> Generator[Event, None, tuple[Pixels, Pixels]]:
    """Loads hold-out and protected images as the certified networks see them; the run has them at hand."""
    size = work.certified.config.working_size

    def tell(_part: float) -> Progress:
        return work.phases.at(PHASE, 0.0)

    held = yield from original_pixels(work.run, work.index.of_split("hold_out"), size, tell, work.stop)
    learned = yield from protected_pixels(work.run, work.index.of_split("train"), size, tell, work.stop)
    return held.to(work.device), learned.to(work.device)


def _searches(work: Work, models: list[nn.Module], halves: Halves) -> Generator[Event, None, tuple[RecoveryPoint, ...]]:
    curve = work.certified.result.protected_curve
    wanted = [
        (number, statistics, eta)
        for number, model in enumerate(models)
        for statistics in _statistics(model)
        for eta in radii(curve, work.config.recovery_reach)
    ]
    store = _Store(work)
    points: list[RecoveryPoint] = []
    for place, (number, statistics, eta) in enumerate(wanted):
        key = store.key(number, statistics, eta)
        if key not in store.found:
            with closing(_search(work, models[number], halves, statistics, eta)) as search:
                found = yield from _told(work, search, place, len(wanted))
            store.add(key, found)
        found = store.found[key]
        name = f"recovery/{statistics}" + (f"/{number + 1}" if number else "")
        yield Metric("stress", name, eta, found.accuracy)
        points.append(RecoveryPoint(eta, found.distance, found.accuracy, statistics, certified_at(curve, eta), number))
    return tuple(points)


def _search(
    work: Work, model: nn.Module, halves: Halves, statistics: Statistics, eta: float
) -> Generator[int, None, Recovered]:
    return recover(
        model,
        halves,
        eta=eta,
        geometry=work.certified.config.geometry,
        statistics=statistics,
        steps=work.config.recovery_steps,
        seed=work.config.seed,
        stop=work.stop,
    )


def _told(
    work: Work, search: Generator[int, None, Recovered], place: int, count: int
) -> Generator[Event, None, Recovered]:
    """Runs search number `place` of `count` and tells how far it is."""
    step = 0
    while True:
        yield work.phases.at(PHASE, (place + step / work.config.recovery_steps) / count)
        try:
            step = next(search)
        except StopIteration as end:
            found: Recovered = end.value
            return found


def _statistics(model: nn.Module) -> tuple[Statistics, ...]:
    return ("frozen", "free") if batch_norms(model) else ("none",)


class _Store:
    """The searches that are done, by all that they depend on; one file, written whole after each."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.found: dict[str, Recovered] = {}
        try:
            data = (work.run.path / FOUND_FILE).read_bytes()
            self.found = msgspec.json.decode(data, type=dict[str, Recovered])
        except (OSError, *BAD_JSON):
            pass  # none yet, or torn: searched again

    def key(self, number: int, statistics: Statistics, eta: float) -> str:
        """Returns the name of one search."""
        certify, result, config = self._work.certified.config, self._work.certified.result, self._work.config
        arm = result.protected if number == 0 else result.more[number - 1].protected
        images = step_inputs(self._work.run, "stress")["scan"]
        near = [arm.surrogate_sha256, certify.surrogate, certify.geometry, certify.working_size, images]
        return digest_json(["recovery", near, config.seed, config.recovery_steps, statistics, eta])

    def add(self, key: str, found: Recovered) -> None:
        """Keeps a search."""
        self.found[key] = found
        self._work.run.write(FOUND_FILE, msgspec.json.encode(self.found))


def _distances(
    work: Work, models: list[nn.Module], attackers: Iterable[Attacker], largest: tuple[float, float] | None
) -> Iterable[AttackerDistance]:
    for attacker in attackers:
        work.stop.check()
        found = [distance_between(model, attacker.weights, work.certified.config.geometry) for model in models]
        known = [distance for distance in found if distance is not None]
        if not known:  # at another working size some families have other weights
            continue
        yield AttackerDistance(
            attacker=attacker.name,
            countermeasure=attacker.countermeasure,
            seed=attacker.number + 1,
            distance=min(known),
            radii=min(known) / largest[0] if largest and largest[0] > 0 else None,
            accuracy=attacker.accuracy,
            under=None if largest is None else not is_above(attacker.accuracy, largest[1]),
        )
