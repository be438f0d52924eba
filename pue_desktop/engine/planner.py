"""How far draws reach, and what a wish costs: arithmetic with settings alone, before anything is drawn.

Standard library only, so that the window can plan without loading scientific libraries. Source of the level q̄:
Wang et al., arXiv 2405.03316; of the number of draws: BinomCDF(N − 1; N, q̄) = 1 − q̄ᴺ ≥ c must hold for the largest
of N draws to be a bound at confidence c (see `statistics`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

_NORMAL = NormalDist()
MOST_DRAWS = 10_000_000
GRID_PER_SIGMA = 10
_BEYOND = 3


def upper_quantile(q: float, *, eta: float, sigma: float) -> float:
    """Returns q̄ = Φ(Φ⁻¹(q) + η/σ), the level whose quantile bounds the q-quantile anywhere within η."""
    return _NORMAL.cdf(_NORMAL.inv_cdf(q) + eta / sigma)


def draws_needed(level: float, confidence: float) -> int | None:
    """Returns the least number of draws with a certificate at quantile `level`; None if that is 1 to the last digit."""
    if level >= 1.0:
        return None
    if level <= 0.0:
        return 1
    return max(1, math.ceil(math.log1p(-confidence) / math.log(level)))


def largest_radius(*, q: float, sigma: float, draws: int, confidence: float) -> float:
    """Returns the supremum of η that `draws` draws can certify; negative if not even η = 0."""
    return sigma * (_NORMAL.inv_cdf((1.0 - confidence) ** (1.0 / draws)) - _NORMAL.inv_cdf(q))


def curve_etas(*, q: float, sigma: float, draws: int, confidence: float) -> list[float]:
    """Returns the radii of a learnability curve: steps of σ/10 as far as the draws reach, and three beyond.

    The grid depends on settings alone, never on the draws' outcome, so that a bound over all its points is honest.
    """
    reach = largest_radius(q=q, sigma=sigma, draws=draws, confidence=confidence)
    certified = max(0, math.floor(reach / sigma * GRID_PER_SIGMA + 1e-9)) + 1
    return [round(step * sigma / GRID_PER_SIGMA, 10) for step in range(certified + _BEYOND)]


@dataclass(frozen=True, slots=True)
class Reach:
    """What a number of draws can certify, or what a radius needs.

    Attributes:
        draws: Weight draws of each surrogate.
        alone: Largest η on the curve's grid whose bound holds by itself; None if not even η = 0.
        together: Likewise for bounds that hold along the whole curve and for every surrogate at once.
    """

    draws: int
    alone: float | None
    together: float | None


def reach(*, q: float, sigma: float, draws: int, confidence: float, surrogates: int = 1) -> Reach:
    """Returns how far `draws` draws reach.

    `together` counts with an equal share of 1 − confidence for every point of the curve and every surrogate. That
    suffices for certain; the exact joint bound of the certificate may reach one grid step farther.
    """
    points = len(curve_etas(q=q, sigma=sigma, draws=draws, confidence=confidence))
    shared = 1.0 - (1.0 - confidence) / (points * surrogates)
    return Reach(
        draws,
        _on_grid(largest_radius(q=q, sigma=sigma, draws=draws, confidence=confidence), sigma),
        _on_grid(largest_radius(q=q, sigma=sigma, draws=draws, confidence=shared), sigma),
    )


def draws_for(*, q: float, sigma: float, eta: float, confidence: float, surrogates: int = 1) -> Reach | None:
    """Returns how many draws suffice for a whole curve up to `eta`, and what they reach; None beyond `MOST_DRAWS`.

    Args:
        q: Quantile, 0 < q < 1.
        sigma: Standard deviation σ > 0 of the noise.
        eta: Wanted radius η ≥ 0; it is rounded up to the curve's grid.
        confidence: Of the bounds, 0 < confidence < 1.
        surrogates: How many surrogates the statement is about.
    """
    wanted = math.ceil(eta / sigma * GRID_PER_SIGMA - 1e-9) * sigma / GRID_PER_SIGMA

    def enough(draws: int) -> bool:
        found = reach(q=q, sigma=sigma, draws=draws, confidence=confidence, surrogates=surrogates).together
        return found is not None and found >= wanted - 1e-9

    if not enough(MOST_DRAWS):
        return None
    low, high = 0, MOST_DRAWS
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return reach(q=q, sigma=sigma, draws=high, confidence=confidence, surrogates=surrogates)


def tries_words(tried: Sequence[float]) -> str:
    """Returns what it means that a run was certified several times: the union bound over all of them.

    It holds however settings were chosen, because every certification has draws of its own; not for the figure about
    images like those of the hold-out, which all of them share.

    Args:
        tried: Confidence of each, at least two.
    """
    together = max(0.0, 1.0 - math.fsum(1.0 - confidence for confidence in tried))
    return (
        f"Weights were drawn for {len(tried)} certifications in this run, this one included. Each holds with its own "
        f"confidence; that all of them hold, so that one may be picked, has at least {together * 100:.4g} %. "
        "The figure for images like these does not hold for a pick: the hold-out is the same each time."
    )


def _on_grid(radius: float, sigma: float) -> float | None:
    if radius < 0:
        return None
    return round(math.floor(radius / sigma * GRID_PER_SIGMA + 1e-9) * sigma / GRID_PER_SIGMA, 10)
