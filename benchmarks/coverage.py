"""How often each bound holds, by simulation with known truth, and how far it lies from it: a Markdown table.

    python benchmarks/coverage.py [--experiments 10000] [--seed 0]

The model is the half-space for which the theorem cannot be improved: one weight z ~ N(0, 1) decides, and an accuracy
rises with it, A = Φ(a + bz), so the worst network within η has exactly the quantile of level q̄. A hold-out image j is
hard to the degree t_j, and a network gets it right if t_j < A: one hold-out serves all draws, which makes their counts
as dependent as they can be. "hold-out" bounds are about accuracies on these images, "population" about A itself. The
mean is also tried on a distribution that is hard for it: nearly all draws are 0, a few are 1.
"""

import argparse
import math
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pue_desktop.engine.figures import Settings, local_levels
from pue_desktop.engine.planner import curve_etas
from pue_desktop.engine.statistics import (
    lower_rank,
    mean_bound,
    mean_layers,
    population_bound,
    quantile_rank,
)

Q, SIGMA = 0.9, 0.2
CENTRE, SPREAD = -1.0, 0.1
HOLD_OUT = 1000
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Outcome:
    """What came of one kind of bound.

    Attributes:
        bound: Its name.
        covered: In how many experiments it held.
        experiments: Of how many.
        excess: Median distance from the truth, in accuracy; not a number where it means nothing.
    """

    bound: str
    covered: int
    experiments: int
    excess: float

    @property
    def coverage(self) -> float:
        """Share of experiments in which it held."""
        return self.covered / self.experiments


def settings(draws: int, confidence: float) -> Settings:
    """Returns the settings of an experiment; the radii are those of a real certificate."""
    return Settings(Q, SIGMA, confidence, 1, tuple(curve_etas(q=Q, sigma=SIGMA, draws=draws, confidence=confidence)))


def simulate(draws: int, confidence: float, experiments: int, seed: int) -> Iterator[Outcome]:
    """Yields the outcome of every kind of bound.

    Args:
        draws: N.
        confidence: That is asked for.
        experiments: How often.
        seed: Of the random numbers.
    """
    random = np.random.default_rng(seed)
    chosen = settings(draws, confidence)
    levels = local_levels(chosen, draws)
    quantiles = np.array(chosen.quantile_levels)
    truths = _accuracy(_quantile(quantiles))
    sorted_z = np.sort(random.standard_normal((experiments, draws)), axis=1)
    accuracies = _accuracy(sorted_z)
    for bound, rank_of, local, side in (
        ("pointwise, η = 0", quantile_rank, confidence, 1),
        ("curve at once", quantile_rank, levels.at_once, 1),
        ("curve at once, from below", lower_rank, levels.at_least, -1),
    ):
        few = slice(0, 1) if bound.startswith("pointwise") else slice(None)
        wanted = confidence if side > 0 else 1 - (1 - confidence) / 2
        ranks = [rank_of(draws, float(level), local) for level in quantiles[few]]
        yield _ordered(f"{bound}, {wanted:.1%}", accuracies, truths[few], ranks, side)
    bonferroni = 1 - (1 - confidence) / len(quantiles)
    ranks = [quantile_rank(draws, float(level), bonferroni) for level in quantiles]
    yield _ordered("(the same after Bonferroni)", accuracies, truths, ranks, 1)
    yield _verdict(chosen, draws, accuracies)
    yield _population(chosen, draws, accuracies, truths, random)
    for name, etas in (("mean, η = 0", np.zeros(1)), ("mean, to η = σ at once", SIGMA * np.array([0.0, 0.5, 1.0]))):
        yield _mean(name, accuracies, _worst_means(etas), etas, confidence)
    # So rarely 1 that the bound of a row of zeros just misses: it must not happen too often.
    share = 1.001 * (1 - mean_layers(draws, confidence)[-1][0])
    rare = (random.random((experiments, draws)) < share).astype(np.float64)
    yield _mean("mean, draws of 0 and rarely 1", rare, np.full(1, share), np.zeros(1), confidence)


def _accuracy(z: Floats) -> Floats:
    from scipy.special import ndtr

    found: Floats = ndtr(CENTRE + SPREAD * z)
    return found


def _quantile(level: Floats) -> Floats:
    from scipy.special import ndtri

    found: Floats = ndtri(level)
    return found


def _ordered(name: str, accuracies: Floats, truths: Floats, ranks: list[int | None], side: int) -> Outcome:
    """Bounds that are order statistics: above (side 1) or below (−1) the truth at every level where there is one."""
    held = np.ones(len(accuracies), dtype=bool)
    excess: list[Floats] = []
    for rank, truth in zip(ranks, truths, strict=True):
        if rank is not None:
            gap = side * (accuracies[:, rank - 1] - truth)
            held &= gap >= 0
            excess.append(gap)
    return Outcome(name, int(held.sum()), len(held), float(np.median(excess)) if excess else math.nan)


def _verdict(chosen: Settings, draws: int, accuracies: Floats) -> Outcome:
    """Both bounds of the verdict at every radius, for two arms with the same random numbers."""
    levels = local_levels(chosen, draws)
    held = np.ones(len(accuracies), dtype=bool)
    for level in chosen.quantile_levels:
        truth = float(_accuracy(_quantile(np.array([level])))[0])
        above, below = quantile_rank(draws, level, levels.at_most), lower_rank(draws, level, levels.at_least)
        if above is not None:
            held &= accuracies[:, above - 1] >= truth
        if below is not None:
            held &= accuracies[:, below - 1] <= truth
    return Outcome("verdict, both bounds at once", int(held.sum()), len(held), math.nan)


def _population(
    chosen: Settings, draws: int, accuracies: Floats, truths: Floats, random: np.random.Generator
) -> Outcome:
    levels = local_levels(chosen, draws)
    ranks = [quantile_rank(draws, level, levels.at_most) for level in chosen.quantile_levels]
    bounds = np.array([population_bound(count, HOLD_OUT, chosen.share / 2 / draws) for count in range(HOLD_OUT + 1)])
    known = [rank - 1 for rank in ranks if rank is not None]
    aims = np.array([truth for truth, rank in zip(truths, ranks, strict=True) if rank is not None])
    held, excess = 0, []
    for row in accuracies:
        # The draws rise, so their counts do: the count of rank k is that of the k-th accuracy.
        hardness = np.sort(random.random(HOLD_OUT))
        gap = bounds[np.searchsorted(hardness, row[known])] - aims
        held += bool(np.all(gap >= 0))
        excess.append(gap)
    return Outcome(
        f"population, {HOLD_OUT:,} images, at once",
        held,
        len(accuracies),
        float(np.median(excess)) if known else math.nan,
    )


def _mean(name: str, rows: Floats, truths: Floats, etas: Floats, confidence: float) -> Outcome:
    """The mean bound at several radii at once; its excess is that at the last of them."""
    gaps = np.array([[mean_bound(row, eta=eta, sigma=SIGMA, confidence=confidence) for eta in etas] for row in rows])
    gaps -= truths
    return Outcome(name, int(np.all(gaps >= 0, axis=1).sum()), len(gaps), float(np.median(gaps[:, -1])))


def _worst_means(etas: Floats) -> Floats:
    """The mean of A for the worst network within η: that of A with z moved by η/σ."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(80)
    found: Floats = _accuracy(nodes + etas[:, None] / SIGMA) @ weights / weights.sum()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--experiments", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    began = time.monotonic()
    print("| bound | N | asked | coverage | median excess, points | |")
    print("| --- | ---: | ---: | ---: | ---: | --- |")
    wrong = 0
    for draws in (100, 1000):
        for confidence in (0.99, 0.95):
            for row in simulate(draws, confidence, options.experiments, options.seed):
                error = math.sqrt(confidence * (1 - confidence) / row.experiments)
                bad = row.coverage < confidence - 3 * error
                wrong += bad
                excess = "" if math.isnan(row.excess) else f"{100 * row.excess:.2f}"
                print(
                    f"| {row.bound} | {draws:,} | {confidence:.0%} | {row.coverage:.2%} | {excess} | "
                    f"{'TOO LOW' if bad else ''} |"
                )
    print(f"\n{options.experiments:,} experiments each, {time.monotonic() - began:.0f} s; {wrong} too low by 3 errors.")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
