"""Pure statistics of certificates: order statistics of weight draws, exact binomial ranks, bounds that hold at once.

No torch, no files. All in float64; scipy is loaded on first use.

Source: Wang et al., "Provably Unlearnable Data Examples", arXiv 2405.03316 (certified learnability); Chiang et al.,
"Detection as Regression: Certified Object Detection by Median Smoothing", arXiv 2007.03730 (quantile smoothing and
its Monte-Carlo bound). With A the accuracy, ε ~ N(0, σ²I) and h_q(θ) the q-quantile of A(θ + ε):

    h_q(θ + υ) ≤ h_q̄(θ)  for all ‖υ‖₂ ≤ η,  q̄ = Φ(Φ⁻¹(q) + η/σ)

From N independent draws a₍₁₎ ≤ … ≤ a₍N₎, for any quantile level p and confidence c:

    from above: a₍k₎ ≥ h_p with probability ≥ c, k the smallest with BinomCDF(k − 1; N, p) ≥ c (none: it abstains)
    from below: a₍l₎ ≤ h_p with probability ≥ c, l the largest with BinomCDF(l − 1; N, p) ≤ 1 − c

Ties do no harm: a_i = F⁻¹(U_i) for uniform U_i, and F⁻¹ does not fall, so U₍k₎ ≥ p gives a₍k₎ ≥ h_p, and U₍l₎ ≤ p gives
a₍l₎ ≤ h_p. By the same step bounds at several levels hold at once whenever their uniform order statistics do, and
the probability of that is computed exactly (`JointCoverage`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pue_desktop.engine.planner import draws_needed, upper_quantile

Accuracies = NDArray[np.float64] | Sequence[float]
Side = Literal["above", "below"]
_TOP_SHARE = 0.8
# The joint probability is exact up to far less than this.
_ROUNDING = 1e-9


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


def quantile_rank(draws: int, level: float, confidence: float) -> int | None:
    """Returns the smallest k with BinomCDF(k − 1; draws, level) ≥ confidence, None if there is none.

    Then the k-th smallest of `draws` independent values is at least the level-quantile with that confidence.
    """
    from scipy.stats import binom

    if not 0.0 < level < 1.0 or draws < 1 or level**draws > 1.0 - confidence:
        return None
    rank = int(binom.ppf(confidence, draws, level)) + 1
    # ppf inverts by floating point; settle the last unit by the definition itself.
    while rank > 1 and binom.cdf(rank - 2, draws, level) >= confidence:
        rank -= 1
    while rank <= draws and binom.cdf(rank - 1, draws, level) < confidence:
        rank += 1
    return rank if rank <= draws else None


def lower_rank(draws: int, level: float, confidence: float) -> int | None:
    """Returns the largest l with BinomCDF(l − 1; draws, level) ≤ 1 − confidence, None if there is none.

    Then the l-th smallest of `draws` independent values is at most the level-quantile with that confidence: fewer
    than l values lie at or below the quantile with probability at most BinomCDF(l − 1; draws, level).
    """
    from scipy.stats import binom

    if not 0.0 < level <= 1.0 or draws < 1:
        return None
    rank = min(draws, int(binom.ppf(1.0 - confidence, draws, level)))
    while rank < draws and binom.cdf(rank, draws, level) <= 1.0 - confidence:
        rank += 1
    while rank >= 1 and binom.cdf(rank - 1, draws, level) > 1.0 - confidence:
        rank -= 1
    return rank if rank >= 1 else None


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
    values = _sorted(accuracies)
    if not (0.0 < q < 1.0 and 0.0 < confidence < 1.0 and sigma > 0.0 and 0.0 <= eta < math.inf):
        raise ValueError("needed: 0 < q < 1, 0 < confidence < 1, sigma > 0, eta >= 0")
    level = upper_quantile(q, eta=eta, sigma=sigma)
    rank = quantile_rank(values.size, level, confidence)
    if rank is None:
        return CertifiedLearnability(None, None, level, abstention(values.size, level, confidence))
    return CertifiedLearnability(float(values[rank - 1]), rank, level, "")


def abstention(draws: int, level: float, confidence: float) -> str:
    """Returns why there is no bound at quantile `level`, with the number of draws that would do."""
    needed = draws_needed(level, confidence)
    if needed is None:
        return f"No number of draws suffices: the level needed is 1 to the last digit ({draws} draws were made)."
    return f"{needed:,} draws are needed at confidence {confidence:g}; {draws:,} were made."


def _sorted(accuracies: Accuracies) -> NDArray[np.float64]:
    values = np.sort(np.asarray(accuracies, dtype=np.float64))
    if values.ndim != 1 or values.size == 0:
        raise ValueError("accuracies must be a non-empty list of numbers")
    if not np.all((values >= 0.0) & (values <= 1.0)):
        raise ValueError("accuracies must lie in [0, 1]")
    return values


class JointCoverage:
    """The probability that bounds at several quantile levels hold at once, exact up to rounding.

    With N independent uniform numbers, the bounds k_j from above hold at once if and only if fewer than k_j of the
    numbers lie below p_j, for all j; those from below if at least l_j do. The counts below p_1 < p_2 < … form a Markov
    chain: that of a Poisson process of rate N, given that it counts N in all. So a step is a convolution with Poisson
    weights (the idea of Moscovich and Nadler, arXiv 1503.04363), and dividing by the same sum without bounds cancels
    every constant. Counts farther than nine standard deviations from their mean are left out.
    """

    def __init__(self, draws: int, levels: Sequence[float]) -> None:
        """Prepares for `draws` draws and rising `levels` in (0, 1)."""
        self._starts: list[int] = []
        self._kernels: list[NDArray[np.float64]] = []
        before, first, last = 0.0, 0, 0
        for level in (*levels, 1.0):
            spread = 9.0 * math.sqrt(draws * level * (1.0 - level)) + (10 if level < 1.0 else 0)
            low = max(first, math.floor(draws * level - spread))
            high = min(draws, math.ceil(draws * level + spread))
            self._kernels.append(_poisson_weights(draws * (level - before), low - last, high - first))
            self._starts.append(low)
            before, first, last = level, low, high
        self._all = self._mass([0] * len(levels), [draws] * len(levels))

    def probability(self, lowest: Sequence[int], highest: Sequence[int]) -> float:
        """Returns P(lowest[j] ≤ #{U_i < p_j} ≤ highest[j] for all j)."""
        return min(1.0, self._mass(lowest, highest) / self._all)

    def _mass(self, lowest: Sequence[int], highest: Sequence[int]) -> float:
        mass = np.ones(1)
        for step, (start, kernel) in enumerate(zip(self._starts, self._kernels, strict=True)):
            mass = _convolve(mass, kernel)
            if step < len(lowest):
                mass[: max(0, lowest[step] - start)] = 0.0
                mass[max(0, highest[step] - start + 1) :] = 0.0
        return float(mass.sum())


def _poisson_weights(mean: float, low: int, high: int) -> NDArray[np.float64]:
    """Returns weights in proportion to Poisson(i; mean) for i = low, …, high; zero for negative i.

    Products of the ratios mean/i, starting from the mode, keep full relative precision where logarithms of factorials
    do not.
    """
    mode = min(max(round(mean), low, 0), max(high, 0))
    up = np.cumprod(mean / np.arange(mode + 1, high + 1))
    down = np.cumprod(np.arange(mode, max(low, 0), -1) / mean)
    return np.concatenate([np.zeros(max(0, -low)), down[::-1], np.ones(1), up])


def _convolve(mass: NDArray[np.float64], kernel: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns the sums over all of `mass`; the kernel is the longer, and covers every way between two windows."""
    if len(mass) * len(kernel) < 4_000_000:
        return np.convolve(kernel, mass, "valid")
    from scipy.signal import fftconvolve

    found: NDArray[np.float64] = np.maximum(fftconvolve(kernel, mass, "valid"), 0.0)
    return found


@lru_cache(maxsize=64)
def _joint_coverage(draws: int, levels: tuple[float, ...]) -> JointCoverage:
    return JointCoverage(draws, levels)


def joint_probability(draws: int, levels: tuple[float, ...], local: float, side: Side) -> float:
    """Returns with which probability the bounds at all `levels` hold at once if each has confidence `local`.

    Exact for accuracies without ties; with ties it can only be higher. Levels at which there is no bound add nothing.

    Args:
        draws: Number of independent draws.
        levels: Quantile levels, rising.
        local: Confidence of each bound alone.
        side: Whether the bounds lie above or below their quantiles.
    """
    inner = tuple(level for level in levels if level < 1.0)
    if not inner:
        return 1.0
    if side == "above":
        ranks = [quantile_rank(draws, level, local) for level in inner]
        lowest, highest = [0] * len(inner), [draws if rank is None else rank - 1 for rank in ranks]
    else:
        lowest = [lower_rank(draws, level, local) or 0 for level in inner]
        highest = [draws] * len(inner)
    return _joint_coverage(draws, inner).probability(lowest, highest)


@lru_cache(maxsize=256)
def joint_confidence(draws: int, levels: tuple[float, ...], confidence: float, side: Side) -> float:
    """Returns a confidence for single bounds such that those at all `levels` hold at once with `confidence`.

    The smallest one on a fine grid, found by bisection between that of a single bound and Bonferroni's, which always
    suffices. Bounds at neighbouring levels fail together, so it lies well below Bonferroni's.
    """
    miss = 1.0 - confidence
    surely, hardly = miss / max(1, len(levels)), miss
    if joint_probability(draws, levels, 1.0 - hardly, side) >= confidence + _ROUNDING:
        return 1.0 - hardly
    for _ in range(14):
        middle = math.sqrt(surely * hardly)
        if joint_probability(draws, levels, 1.0 - middle, side) >= confidence + _ROUNDING:
            surely = middle
        else:
            hardly = middle
    return 1.0 - surely


def population_bound(correct: int, of: int, miss: float) -> float:
    """Returns the Clopper-Pearson upper bound of an accuracy of which `of` images showed `correct`.

    It fails with probability at most `miss` < 1/4 if the images are independent, and also if their number is fixed for
    each class and the accuracy meant weighs the classes as the images do: a sum of unlike coin tosses is less spread
    than the binomial of its mean (Hoeffding 1956; for `correct` = `of` − 1, where that does not apply, the union bound
    1 − miss/of is used, which differs in the tenth digit).

    Args:
        correct: Right answers, 0 to `of`.
        of: Hold-out images, at least 1.
        miss: Allowed probability of failure.
    """
    from scipy.special import betainccinv

    if correct >= of:
        return 1.0
    exact = float(betainccinv(correct + 1, of - correct, miss))
    return max(exact, 1.0 - miss / of) if correct == of - 1 else exact


@lru_cache(maxsize=64)
def mean_layers(draws: int, confidence: float) -> tuple[tuple[float, int], ...]:
    """Returns (p_j, k_j), rising, such that with this confidence F(a₍k_j₎) ≥ p_j for all j at once.

    The last is the largest draw, which gets most of the error because the mean depends on it most; the rest is shared
    equally by the others (Bonferroni: an exact joint level would gain next to nothing here).
    """
    miss = 1.0 - confidence
    top = (_TOP_SHARE * miss) ** (1.0 / draws)
    steps = (upper_quantile(0.5, eta=step / 10, sigma=1.0) for step in range(-20, 200))
    levels = [level for level in steps if level < top]
    local = 1.0 - (1.0 - _TOP_SHARE) * miss / max(1, len(levels))
    ranked = ((level, quantile_rank(draws, level, local)) for level in levels)
    return (*((level, rank) for level, rank in ranked if rank is not None), (top, draws))


def mean_bound(accuracies: Accuracies, *, eta: float, sigma: float, confidence: float) -> float:
    """Bounds the mean accuracy under weight noise, for all weights within η of the surrogate. It never abstains.

    The mean is ∫ Pr(A > t) dt over [0, 1]. By Neyman and Pearson each Pr(A > t) rises, within η, to at most
    Φ(Φ⁻¹(Pr(A > t)) + η/σ), so the mean to at most ∫ Φ(Φ⁻¹(S(t)) + η/σ) dt with S(t) = Pr(A > t) at the surrogate.
    (As Φ(Φ⁻¹(p) + η/σ) is concave in p, this is never above the usual Φ(Φ⁻¹(mean) + η/σ); for accuracies that differ
    little it lies far below.) From the draws S(t) ≤ 1 − p_j for all t ≥ a₍k_j₎ and all j at once (`mean_layers`), and
    this one event serves every η: the whole curve holds with `confidence`.

    Args:
        accuracies: `[draws]`, accuracies in [0, 1] of independent weight draws, in any order.
        eta: Radius η ≥ 0.
        sigma: Standard deviation σ > 0 of the noise.
        confidence: 0 < confidence < 1, over the draws.

    Raises:
        ValueError: an accuracy is not in [0, 1] or there is none.
    """
    values = _sorted(accuracies)
    layers = mean_layers(values.size, confidence)
    edges = [0.0, *(float(values[rank - 1]) for _, rank in layers), 1.0]
    shares = [1.0, *(upper_quantile(1.0 - level, eta=eta, sigma=sigma) for level, _ in layers)]
    return min(
        1.0, math.fsum((after - before) * share for (before, after), share in zip(pairwise(edges), shares, strict=True))
    )


def distinguishes(at_most: float | None, at_least: float | None, *, margin: float) -> bool | None:
    """Whether the baseline's lower bound lies at least `margin` above the upper bound of the protected images.

    Args:
        at_most: Upper bound for the protected images at a radius, None where there is none.
        at_least: Lower bound of the same quantile for the unprotected ones, None where there is none.
        margin: In accuracy, 0 to 1.

    Returns:
        None without an upper bound: nothing is said there.
    """
    if at_most is None:
        return None
    # Differences of shares such as 0.25 − 0.2 fall short of 0.05 in the last digit.
    return at_least is not None and at_least - at_most >= margin - 1e-9


def half_width(values: Sequence[float], *, confidence: float = 0.95) -> float:
    """Returns half of Student's t interval for the mean of `values`, at most 1: they are accuracies in [0, 1].

    Raises:
        ValueError: fewer than two values.
    """
    from scipy.stats import t

    if len(values) < 2:
        raise ValueError("needed: at least two values")
    spread = float(np.std(values, ddof=1)) / math.sqrt(len(values))
    return min(1.0, float(t.ppf(0.5 + confidence / 2, len(values) - 1)) * spread)
