"""Pure statistics of certificates: order statistics of weight draws, exact binomial ranks, abstention.

No torch, no files. All in float64.

Source: Wang et al., "Provably Unlearnable Data Examples", arXiv 2405.03316 (certified learnability); Chiang et al.,
"Detection as Regression: Certified Object Detection by Median Smoothing", arXiv 2007.03730 (quantile smoothing and
its Monte-Carlo bound). With A the accuracy, ε ~ N(0, σ²I) and h_q(θ) the q-quantile of A(θ + ε):

    h_q(θ + υ) ≤ h_q̄(θ)  for all ‖υ‖₂ ≤ η,  q̄ = Φ(Φ⁻¹(q) + η/σ)

and from N draws a₍₁₎ ≤ … ≤ a₍N₎, a₍k₎ ≥ h_q̄ with probability at least c for the smallest k with
BinomCDF(k − 1; N, q̄) ≥ c. Where there is no such k the certificate abstains. Ties do no harm.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri
from scipy.stats import binom

Accuracies = NDArray[np.float64] | Sequence[float]


@dataclass(frozen=True, slots=True)
class CertifiedLearnability:
    """A certificate at one radius.

    Attributes:
        value: Certified accuracy in [0, 1]; None when it abstains.
        rank: k of the order statistic a₍k₎ that `value` is, 1 ≤ k ≤ N; None when it abstains.
        q_upper: The level q̄ that had to be estimated.
        reason: Why it abstains, in words with the number of draws that would do; empty otherwise.
    """

    value: float | None
    rank: int | None
    q_upper: float
    reason: str


def upper_quantile(q: float, *, eta: float, sigma: float) -> float:
    """Returns q̄ = Φ(Φ⁻¹(q) + η/σ), the level whose quantile bounds the q-quantile anywhere within η."""
    return float(ndtr(ndtri(q) + eta / sigma))


def quantile_rank(draws: int, q_upper: float, confidence: float) -> int | None:
    """Returns the smallest k with BinomCDF(k − 1; draws, q_upper) ≥ confidence, None if there is none.

    Then the k-th smallest of `draws` independent values is at least the q_upper-quantile with that confidence.
    """
    if not 0.0 < q_upper < 1.0 or draws < 1 or q_upper**draws > 1.0 - confidence:
        return None
    rank = int(binom.ppf(confidence, draws, q_upper)) + 1
    # ppf inverts by floating point; settle the last unit by the definition itself.
    while rank > 1 and binom.cdf(rank - 2, draws, q_upper) >= confidence:
        rank -= 1
    while rank <= draws and binom.cdf(rank - 1, draws, q_upper) < confidence:
        rank += 1
    return rank if rank <= draws else None


def draws_needed(q_upper: float, confidence: float) -> int:
    """Returns the least number of draws for which a certificate at level `q_upper` exists."""
    return max(1, math.ceil(math.log1p(-confidence) / math.log(q_upper)))


def largest_radius(*, q: float, sigma: float, draws: int, confidence: float) -> float:
    """Returns the supremum of η that `draws` draws can certify; negative if not even η = 0."""
    return float(sigma * (ndtri((1.0 - confidence) ** (1.0 / draws)) - ndtri(q)))


def certified_learnability(
    accuracies: Accuracies, *, q: float, eta: float, sigma: float, confidence: float
) -> CertifiedLearnability:
    """Bounds the q-quantile of the accuracy under weight noise, for all weights within η of the surrogate.

    Args:
        accuracies: `[draws]`, accuracies in [0, 1] of independent weight draws ~ N(θ̂, σ²I), in any order.
        q: Quantile, 0 < q < 1.
        eta: L2 radius η ≥ 0, in the geometry of the noise.
        sigma: Standard deviation σ > 0 of the noise.
        confidence: Probability, over the draws, that the bound is right, 0 < confidence < 1.

    Returns:
        The certificate; `value` is None when the draws do not suffice.

    Raises:
        ValueError: an argument is out of its range or an accuracy is not in [0, 1].
    """
    values = np.sort(np.asarray(accuracies, dtype=np.float64))
    if values.ndim != 1 or values.size == 0:
        raise ValueError("accuracies must be a non-empty list of numbers")
    if not np.all((values >= 0.0) & (values <= 1.0)):
        raise ValueError("accuracies must lie in [0, 1]")
    if not (0.0 < q < 1.0 and 0.0 < confidence < 1.0 and sigma > 0.0 and 0.0 <= eta < math.inf):
        raise ValueError("needed: 0 < q < 1, 0 < confidence < 1, sigma > 0, eta >= 0")
    level = upper_quantile(q, eta=eta, sigma=sigma)
    rank = quantile_rank(values.size, level, confidence)
    if rank is None:
        return CertifiedLearnability(None, None, level, _abstention(values.size, level, confidence))
    return CertifiedLearnability(float(values[rank - 1]), rank, level, "")


def _abstention(draws: int, level: float, confidence: float) -> str:
    if level >= 1.0:
        return f"No number of draws suffices: the level needed is 1 to the last digit ({draws} draws were made)."
    return f"{draws_needed(level, confidence):,} draws are needed at confidence {confidence:g}; {draws:,} were made."


def distinguishes(protected: Sequence[float | None], unprotected: Sequence[float | None], *, margin: float) -> bool:
    """Whether the unprotected curve lies at least `margin` above the protected one wherever both are certified.

    Args:
        protected: Certified values over the radii, None where it abstains.
        unprotected: Likewise for the baseline, at the same radii.
        margin: In accuracy, 0 to 1.

    Returns:
        False also when nothing is certified.
    """
    gaps = [
        clean - value
        for value, clean in zip(protected, unprotected, strict=True)
        if value is not None and clean is not None
    ]
    # Differences of shares such as 0.25 − 0.2 fall short of 0.05 in the last digit.
    return bool(gaps) and min(gaps) >= margin - 1e-9


def curve_etas(*, q: float, sigma: float, draws: int, confidence: float) -> list[float]:
    """Returns the radii of a learnability curve: steps of σ/10 as far as the draws reach, and three beyond.

    The grid depends on settings alone, never on the draws' outcome, so that a bound over all its points is honest.
    """
    reach = largest_radius(q=q, sigma=sigma, draws=draws, confidence=confidence)
    certified = max(0, math.floor(reach / sigma * 10 + 1e-9)) + 1
    return [round(step * sigma / 10, 10) for step in range(certified + 3)]
