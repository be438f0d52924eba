"""Learnability curves as the window draws them: from a finished certificate, or growing with the draws. No Qt here.

`grow` imports scipy on first use; call it off the GUI thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pue_desktop.engine.config import CertifyConfig
from pue_desktop.engine.recovery_results import RecoveryPoint
from pue_desktop.engine.results import CertifyResult, CurvePoint

Values = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """One arm's certificate: η and certified accuracies, None where it abstains.

    Attributes:
        etas: Radii.
        values: Bounds that hold at all radii at once.
        alone: Bounds that hold at each radius alone.
        population: As `values`, about images like those of the hold-out.
        mean: Bounds of the mean.
    """

    etas: tuple[float, ...]
    values: Values
    alone: Values = ()
    population: Values = ()
    mean: Values = ()

    @property
    def certified(self) -> list[tuple[float, float]]:
        """The points with a value."""
        return self.points(self.values)

    def points(self, values: Values) -> list[tuple[float, float]]:
        """Returns (η, value) of one kind of bound, where there is one."""
        return [(eta, value) for eta, value in zip(self.etas, values, strict=False) if value is not None]


@dataclass(frozen=True, slots=True)
class Curves:
    """Both arms and the chance line.

    Attributes:
        protected: Surrogates trained on protected images; of several the worst.
        unprotected: Surrogates trained on originals.
        chance: Accuracy of always naming the largest class; None while unknown.
        draws: Weight draws behind each arm.
        growing: Whether more draws are to come.
        at_least: Lower bound of the unprotected certificate at every η; empty while growing.
        found: What searches near the certified networks found.
    """

    protected: Curve
    unprotected: Curve
    chance: float | None
    draws: tuple[int, int]
    growing: bool = False
    at_least: Values = ()
    found: tuple[RecoveryPoint, ...] = ()


def finished(result: CertifyResult, found: tuple[RecoveryPoint, ...] = ()) -> Curves:
    """Returns the curves of a finished certificate, and what was `found` near its networks."""
    return Curves(
        _curve(result.protected_curve),
        _curve(result.unprotected_curve),
        result.chance,
        (len(result.protected.correct), len(result.unprotected.correct)),
        at_least=tuple(row.at_least for row in result.comparisons),
        found=found,
    )


def grow(
    protected: Sequence[float], unprotected: Sequence[float], config: CertifyConfig, held: Sequence[int]
) -> Curves:
    """Returns the curves that the draws made so far already allow.

    Args:
        protected: Accuracies of the draws, `[draws]`.
        unprotected: Likewise for the baseline.
        config: Settings; their radii are drawn, so that the picture grows instead of changing its scale.
        held: Hold-out images of each class; at least one in all.
    """
    from pue_desktop.engine.figures import learnability_curve, local_levels, settings_of

    settings, of = settings_of(config), sum(held)

    def curve(accuracies: Sequence[float]) -> Curve:
        if not accuracies:
            return Curve(settings.etas, (None,) * len(settings.etas))
        correct = [round(accuracy * of) for accuracy in accuracies]
        return _curve(learnability_curve(correct, of, settings, local_levels(settings, len(correct))))

    return Curves(
        curve(protected), curve(unprotected), max(held) / of, (len(protected), len(unprotected)), growing=True
    )


def _curve(points: tuple[CurvePoint, ...]) -> Curve:
    return Curve(
        tuple(point.eta for point in points),
        tuple(point.simultaneous for point in points),
        tuple(point.value for point in points),
        tuple(point.population for point in points),
        tuple(point.mean for point in points),
    )
