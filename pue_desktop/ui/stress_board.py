"""The stress test as a board: every attacker with every countermeasure, the most dangerous first. No Qt here.

It is put together from what lies in the run folder and from what has been told since, so that it fills while
attackers learn. Danger is what an attacker reached at the best moment, between guessing and the best that anybody
reached from the originals: 0 to 1.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import get_args

from pue_desktop.engine.config import StressConfig
from pue_desktop.engine.draw_log import ARMS
from pue_desktop.engine.events import Metric
from pue_desktop.engine.stress_attacks import ACCURACY, FINISHED, LOSS, Attack, AttackSoFar, StressArm, pairs
from pue_desktop.engine.stress_results import StressRow

Pair = tuple[str, str]
"""Attacker and countermeasure."""

LEARNED = 0.05
"""An attacker no more than this above chance has not learned; if not from the originals, his attack shows nothing."""
_LIMITS = (0.15, 0.4, 0.75)


class CellState(Enum):
    """How far a cell is; ordered as they follow one another."""

    WAITING = "waiting"
    BEGUN = "begun"
    LEARNING = "learning"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Cell:
    """One attacker with one countermeasure.

    Attributes:
        pair: Which.
        state: How far it is; BEGUN if some of its trainings are over, or half-way, and none is at work.
        curves: Accuracy after each epoch, by attack.
        ended: How many of its trainings on protected and original images are over.
        trainings: Of how many.
        share: How far the training at work is, 0 to 1; None if none is.
        row: Its figures, once all trainings are over.
        best: Mean of the best epochs of those trained on protected images so far; None before the first is over.
        clean: Likewise of those trained on the originals.
        level: Danger in four levels from 0; None while unknown, or where the attack shows nothing.
    """

    pair: Pair
    state: CellState
    curves: Mapping[Attack, tuple[float, ...]]
    ended: int
    trainings: int
    share: float | None
    row: StressRow | None
    best: float | None
    clean: float | None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """All cells.

    Attributes:
        attackers: The most dangerous first.
        countermeasures: Likewise.
        cells: By pair.
        chance: Accuracy of always naming the largest class; None while unknown.
        baseline: The best that anybody reached from the originals so far; None before the first training on them.
        old: Whether all of it was made with other settings or images than the present ones.
    """

    attackers: tuple[str, ...]
    countermeasures: tuple[str, ...]
    cells: Mapping[Pair, Cell]
    chance: float | None
    baseline: float | None
    old: bool = False

    @property
    def ended(self) -> int:
        """Trainings that are over."""
        return sum(cell.ended for cell in self.cells.values())

    @property
    def trainings(self) -> int:
        """Trainings in all."""
        return sum(cell.trainings for cell in self.cells.values())

    @property
    def complete(self) -> bool:
        """Whether all trainings that the present settings ask for are over."""
        return not self.old and self.ended == self.trainings > 0

    @property
    def rows(self) -> list[StressRow]:
        """Figures of the finished cells, the most dangerous first."""
        rows = [cell.row for cell in self.cells.values() if cell.row is not None]
        return sorted(rows, key=lambda row: (-row.best_accuracy, -row.accuracy))

    @property
    def most_dangerous(self) -> Cell | None:
        """The cell in which most was reached from the protected images, of those that show something."""
        known = [cell for cell in self.cells.values() if cell.level is not None]
        return max(known, key=lambda cell: cell.best or 0.0, default=None)

    @property
    def at_work(self) -> Cell | None:
        """The cell that learns now."""
        return next((cell for cell in self.cells.values() if cell.state is CellState.LEARNING), None)

    def level(self, cell: Cell) -> int | None:
        """Returns how dangerous an attack is, in four levels from 0; None while unknown, or where it shows nothing."""
        if self.chance is None or self.baseline is None or cell.best is None:
            return None
        learned = self.chance + LEARNED
        if self.baseline <= learned or (cell.clean is not None and max(cell.clean, cell.best) <= learned):
            return None
        danger = (cell.best - self.chance) / (max(self.baseline, cell.best) - self.chance)
        return sum(danger >= limit for limit in _LIMITS)


@dataclass
class Live:
    """What attacks have told since the step began to work."""

    epochs: dict[str, dict[int, float]] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)
    now: str = ""
    steps: float = 0.0

    def take(self, metrics: Iterable[Metric]) -> bool:
        """Takes what came; returns whether an attack has ended."""
        before = len(self.ended)
        for metric in metrics:
            kind, _, name = metric.name.partition("/")
            if kind == LOSS:
                self.now, self.steps = name, metric.x
            elif kind == ACCURACY:
                self.epochs.setdefault(name, {})[math.ceil(metric.x)] = metric.value
            elif kind == FINISHED:
                self.ended.add(name)
                self.now = ""
        return len(self.ended) > before

    def curve(self, attack: Attack, before: tuple[float, ...]) -> tuple[float, ...]:
        """Returns an attack's curve, going on from what was known of it `before`."""
        known = {**dict(enumerate(before, 1)), **self.epochs.get(attack.name, {})}
        return tuple(known[epoch] for epoch in sorted(known))


def fill(
    config: StressConfig,
    attacks: Mapping[Attack, AttackSoFar],
    rows: Iterable[StressRow],
    *,
    chance: float | None,
    live: Live | None = None,
    old: bool = False,
) -> Board:
    """Returns the board.

    Args:
        config: Which attackers, countermeasures and seeds there are.
        attacks: What is known from the run folder.
        rows: Figures of finished pairs.
        chance: Accuracy of always naming the largest class.
        live: What has been told since; None while nothing works.
        old: Whether `rows` were made with other settings or images than the present ones.
    """
    figures = {(row.attacker, row.countermeasure): row for row in rows}
    cells = {pair: _cell(_Known(pair, figures.get(pair), attacks, live), config) for pair in pairs(config)}
    baseline = max((cell.clean for cell in cells.values() if cell.clean is not None), default=None)
    bare = Board((), (), {}, chance, baseline)
    cells = {pair: replace(cell, level=bare.level(cell)) for pair, cell in cells.items()}

    def worst(attacker: str = "", countermeasure: str = "") -> float:
        of = [cell for pair, cell in cells.items() if attacker in ("", pair[0]) and countermeasure in ("", pair[1])]
        return -max((cell.best for cell in of if cell.best is not None), default=-1.0)

    return Board(
        tuple(sorted(config.attackers, key=lambda name: worst(attacker=name))),
        tuple(sorted(config.countermeasures, key=lambda name: worst(countermeasure=name))),
        cells,
        chance,
        baseline,
        old,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of one pair."""

    pair: Pair
    row: StressRow | None
    attacks: Mapping[Attack, AttackSoFar]
    live: Live | None


def _cell(known: _Known, config: StressConfig) -> Cell:
    pair, row, attacks, live = known.pair, known.row, known.attacks, known.live
    told = live or Live()
    curves: dict[Attack, tuple[float, ...]] = {}
    over: set[Attack] = set()
    at_work = False
    for number in range(config.seeds):
        for arm in get_args(StressArm):
            attack = Attack(*pair, arm, number)
            stored = attacks.get(attack)
            curve = told.curve(attack, stored.curve if stored is not None else ())
            if curve or stored is not None:
                curves[attack] = curve
            if (stored is not None and stored.ended) or attack.name in told.ended:
                over.add(attack)
            at_work = at_work or (live is not None and told.now == attack.name)
    if row is not None and not curves:
        curves = {Attack(*pair, arm, 0): curve for arm, curve in zip(ARMS, (row.curve, row.clean_curve), strict=True)}
    trainings = len(ARMS) * config.seeds
    counted = trainings if row is not None else sum(attack.arm in ARMS for attack in over)
    best, clean = (_mean([max(curves[one]) for one in over if one.arm == arm and curves.get(one)]) for arm in ARMS)
    state = CellState.BEGUN if curves else CellState.WAITING
    state = CellState.DONE if row is not None else CellState.LEARNING if at_work else state
    return Cell(
        pair=pair,
        state=state,
        curves=curves,
        ended=counted,
        trainings=trainings,
        share=min(1.0, told.steps / config.steps) if at_work else None,
        row=row,
        best=best if row is None else row.best_accuracy,
        clean=clean if row is None else row.clean_best_accuracy,
    )


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
