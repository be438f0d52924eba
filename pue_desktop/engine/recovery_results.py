"""What a search near the certified network found, and how far other networks are from it. No torch here.

All of it is measured, not certified, and stands beside the certified curve. Distances are those of the certificate,
‖D⁻¹(θ − θ̂)‖₂ (see `weight_noise`), accuracies are shares in [0, 1].
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Literal, Protocol

import msgspec

Statistics = Literal["none", "frozen", "free"]
_ROUNDING = 1e-9
_MOST_TICKS = 6.5


class Bound(Protocol):
    """A point of a certified curve, in the run folder or in a certificate."""

    @property
    def eta(self) -> float:
        """Radius."""

    @property
    def simultaneous(self) -> float | None:
        """Bound that holds along the whole curve, None where there is none."""


class RecoveryPoint(msgspec.Struct, frozen=True):
    """The best weights that a search found within one radius.

    Attributes:
        eta: The radius.
        distance: Of the weights found, at most `eta`.
        accuracy: Of those weights, on clean images that were not searched with.
        statistics: Of BatchNorm: "frozen" as they were certified, "free" from the searcher's own images; "none" where
            the network has none.
        certified: What the certificate allows at this radius; None: it says nothing there.
        surrogate: Number of the certified network that was searched around, from 0.
    """

    eta: float
    distance: float
    accuracy: float
    statistics: Statistics
    certified: float | None
    surrogate: int = 0

    @property
    def above(self) -> bool:
        """Whether it lies above the certified curve."""
        return is_above(self.accuracy, self.certified)


class AttackerDistance(msgspec.Struct, frozen=True):
    """How far one attacker of the certified network's own make ended from it.

    Attributes:
        attacker: Network family.
        countermeasure: What was done to the images.
        seed: Which of its trainings, from 1.
        distance: To the nearest certified network that learned from the protected images.
        radii: The same in units of the largest certified radius; None: there is none above zero.
        accuracy: Of the attacker, on the clean hold-out, at the end.
        under: Whether that is no more than what is certified at the largest radius; None: nothing is.
    """

    attacker: str
    countermeasure: str
    seed: int
    distance: float
    radii: float | None
    accuracy: float
    under: bool | None


class RecoveryResult(msgspec.Struct, frozen=True):
    """The recovery part of the stress test.

    Attributes:
        points: Every search, by surrogate, statistics and radius.
        steps: Descent steps of each.
        searched: Clean images searched with.
        measured: Other clean images measured with.
        largest_eta: The largest certified radius, None if nothing is certified along the curve.
        certified: The bound there.
        distances: Of the attackers of the certified network's own make.
    """

    points: tuple[RecoveryPoint, ...]
    steps: int
    searched: int
    measured: int
    largest_eta: float | None
    certified: float | None
    distances: tuple[AttackerDistance, ...] = ()


def certified_at(curve: Sequence[Bound], eta: float) -> float | None:
    """Returns what a certified curve allows at radius `eta`, None where it says nothing.

    Between two radii of the curve it is the bound of the larger one, whose ball holds the smaller.
    """
    return next(
        (point.simultaneous for point in curve if point.eta >= eta - _ROUNDING and point.simultaneous is not None), None
    )


def largest_certified(curve: Sequence[Bound]) -> tuple[float, float] | None:
    """Returns the largest radius with a bound, and that bound; None if there is none."""
    return next(
        ((point.eta, point.simultaneous) for point in reversed(curve) if point.simultaneous is not None),
        None,
    )


def is_above(accuracy: float, certified: float | None) -> bool:
    """Whether a measured accuracy is higher than a certified one; never where nothing is certified."""
    return certified is not None and accuracy > certified + _ROUNDING


def axis_places(etas: Iterable[float], end: float) -> dict[float, float]:
    """Returns where radii lie on the axis of a certified curve: those beyond `end` one after the other behind it.

    A true axis up to 5 would leave no room for a curve that ends at 0.2. The places of those beyond are a tenth of the
    curve's axis apart; whoever draws them writes their radii there.
    """
    slot = (end or 1.0) / 10
    known = sorted(set(etas))
    beyond = [eta for eta in known if eta > end + _ROUNDING]
    places = {eta: end + slot * (number + 1) for number, eta in enumerate(beyond)}
    return {eta: places.get(eta, eta) for eta in known}


def axis_ticks(end: float, places: dict[float, float]) -> list[tuple[float, str]]:
    """Returns where to write what on such an axis: at most seven round values up to `end`, then the radii beyond."""
    step = 1.0
    if end > 0:
        power = 10.0 ** math.floor(math.log10(end))
        step = next(step * power for step in (0.1, 0.2, 0.5, 1.0, 2.0) if end / (step * power) <= _MOST_TICKS)
    ticks = [round(index * step, 10) for index in range(math.floor(end / step + _ROUNDING) + 1)]
    beyond = [(place, f"{eta:g}") for eta, place in places.items() if place > end]
    return [*((tick, f"{tick:g}") for tick in ticks), *beyond]
