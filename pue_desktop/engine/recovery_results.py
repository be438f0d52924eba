"""What a search near the certified network found, and how far other networks are from it. No torch here.

All of it is measured, not certified, and stands beside the certified curve. Distances are those of the certificate,
‖D⁻¹(θ − θ̂)‖₂ (see `weight_noise`), accuracies are shares in [0, 1].
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

import msgspec

Statistics = Literal["none", "frozen", "free"]
_ROUNDING = 1e-9


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
