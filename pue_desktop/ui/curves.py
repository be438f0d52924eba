"""Learnability curves as the window draws them: from a finished certificate, or growing with the draws. No Qt here.

`grow` imports scipy on first use; call it off the GUI thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pue_desktop.engine.config import CertifyConfig
from pue_desktop.engine.results import ArmResult, CertifyResult


@dataclass(frozen=True, slots=True)
class Curve:
    """One arm's certificate: η and certified accuracy, None where it abstains."""

    etas: tuple[float, ...]
    values: tuple[float | None, ...]

    @property
    def certified(self) -> list[tuple[float, float]]:
        """The points with a value."""
        return [(eta, value) for eta, value in zip(self.etas, self.values, strict=True) if value is not None]


@dataclass(frozen=True, slots=True)
class Curves:
    """Both arms and the chance line.

    Attributes:
        protected: Surrogate trained on protected images.
        unprotected: Surrogate trained on originals.
        chance: Accuracy of always naming the largest class; None while unknown.
        draws: Weight draws behind each arm.
        growing: Whether more draws are to come.
    """

    protected: Curve
    unprotected: Curve
    chance: float | None
    draws: tuple[int, int]
    growing: bool = False


def finished(result: CertifyResult) -> Curves:
    """Returns the curves of a finished certificate."""

    def curve(arm: ArmResult) -> Curve:
        return Curve(tuple(point.eta for point in arm.curve), tuple(point.value for point in arm.curve))

    draws = (len(result.protected.correct), len(result.unprotected.correct))
    return Curves(curve(result.protected), curve(result.unprotected), result.chance, draws)


def grow(
    protected: Sequence[float], unprotected: Sequence[float], config: CertifyConfig, chance: float | None
) -> Curves:
    """Returns the curves that the draws made so far already allow."""
    from pue_desktop.engine.statistics import certified_learnability, curve_etas

    q, sigma, confidence = config.q, config.sigma, config.confidence
    # The grid of the finished certificate, so that the picture grows instead of changing its scale.
    etas = curve_etas(q=q, sigma=sigma, draws=config.draws, confidence=confidence)

    def curve(accuracies: Sequence[float]) -> Curve:
        if not accuracies:
            return Curve(tuple(etas), (None,) * len(etas))
        values = (
            certified_learnability(accuracies, q=q, eta=eta, sigma=sigma, confidence=confidence).value for eta in etas
        )
        return Curve(tuple(etas), tuple(values))

    return Curves(curve(protected), curve(unprotected), chance, (len(protected), len(unprotected)), growing=True)
