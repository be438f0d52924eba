"""Bounds against literal values, brute force and simulation."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from benchmarks import coverage
from pue_desktop.engine.planner import curve_etas, draws_needed, largest_radius, upper_quantile
from pue_desktop.engine.statistics import (
    certified_learnability,
    distinguishes,
    joint_confidence,
    joint_probability,
    lower_rank,
    mean_bound,
    population_bound,
    quantile_rank,
)


@pytest.mark.parametrize(
    ("q", "eta", "rank"),
    [
        (0.7, 0.1, 851),
        (0.7, 0.25, 955),
        (0.7, 0.4, 993),
        (0.7, 0.5, 1000),
        (0.9, 0.05, 950),
        (0.9, 0.1, 969),
        (0.9, 0.15, 983),
        (0.9, 0.2, 991),
        (0.9, 0.25, 997),
        (0.9, 0.3, 1000),
    ],
)
def test_ranks_of_a_thousand_draws_at_99_percent(q: float, eta: float, rank: int) -> None:
    assert quantile_rank(1000, upper_quantile(q, eta=eta, sigma=0.25), 0.99) == rank


@pytest.mark.parametrize(("q", "reach"), [(0.5, 2.605), (0.7, 2.081), (0.9, 1.323), (0.95, 0.960)])
def test_largest_radius_in_units_of_sigma(q: float, reach: float) -> None:
    assert largest_radius(q=q, sigma=1.0, draws=1000, confidence=0.99) == pytest.approx(reach, abs=5e-4)


@pytest.mark.parametrize(("q", "draws"), [(0.5, 1.5e5), (0.7, 1.5e6), (0.9, 7e7)])
def test_draws_needed_for_eta_one_at_sigma_a_quarter(q: float, draws: float) -> None:
    assert draws_needed(upper_quantile(q, eta=1.0, sigma=0.25), 0.99) == pytest.approx(draws, rel=0.06)


def _brute_rank(draws: int, level: float, confidence: float) -> int | None:
    """The definition, with exact binomial terms added up one by one."""
    below = 0.0
    for successes in range(draws):
        below += math.comb(draws, successes) * level**successes * (1 - level) ** (draws - successes)
        if below >= confidence:
            return successes + 1
    return None


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    draws=st.integers(1, 60),
    level=st.floats(0.02, 0.98),
    confidence=st.sampled_from([0.5, 0.9, 0.95, 0.99, 0.999]),
)
def test_rank_equals_brute_force(draws: int, level: float, confidence: float) -> None:
    assert quantile_rank(draws, level, confidence) == _brute_rank(draws, level, confidence)


def _brute_lower_rank(draws: int, level: float, confidence: float) -> int | None:
    found, below = None, 0.0
    for successes in range(draws):
        below += math.comb(draws, successes) * level**successes * (1 - level) ** (draws - successes)
        if below <= 1 - confidence:
            found = successes + 1
    return found


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    draws=st.integers(1, 60),
    level=st.floats(0.02, 0.98),
    confidence=st.sampled_from([0.5, 0.9, 0.95, 0.99, 0.999]),
)
def test_rank_from_below_equals_brute_force(draws: int, level: float, confidence: float) -> None:
    assert lower_rank(draws, level, confidence) == _brute_lower_rank(draws, level, confidence)


@pytest.mark.parametrize("draws", [1, 2, 44, 45, 100])
@pytest.mark.parametrize("q", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("ratio", [0.0, 0.5, 3.0, 9.0, 40.0])
@pytest.mark.parametrize("miss", [0.01, 0.05, 0.001])
def test_grid_of_settings_against_brute_force(draws: int, q: float, ratio: float, miss: float) -> None:
    level = upper_quantile(q, eta=ratio * 0.3, sigma=0.3)
    accuracies = [draw / draws for draw in range(draws)]
    found = certified_learnability(accuracies, q=q, eta=ratio * 0.3, sigma=0.3, confidence=1 - miss)
    rank = _brute_rank(draws, level, 1 - miss) if level < 1 else None
    assert found.rank == rank
    assert found.value == (None if rank is None else accuracies[rank - 1])
    assert lower_rank(draws, level, 1 - miss) == (draws if level == 1 else _brute_lower_rank(draws, level, 1 - miss))


def test_abstains_exactly_where_no_rank_exists() -> None:
    edge = 0.01 ** (1 / 44)
    assert quantile_rank(44, edge - 1e-9, 0.99) == 44
    assert quantile_rank(44, edge + 1e-9, 0.99) is None
    few = certified_learnability([0.5] * 43, q=0.9, eta=0.0, sigma=0.2, confidence=0.99)
    assert few.value is None
    assert few.rank is None
    assert few.reason == "44 draws are needed at confidence 0.99; 43 were made."
    enough = certified_learnability([0.5] * 44, q=0.9, eta=0.0, sigma=0.2, confidence=0.99)
    assert enough.value == 0.5
    assert enough.reason == ""


def test_value_is_the_order_statistic_whatever_the_order() -> None:
    accuracies = np.arange(1000) / 1000
    shuffled = np.random.default_rng(0).permutation(accuracies)
    result = certified_learnability(shuffled, q=0.9, eta=0.1, sigma=0.25, confidence=0.99)
    assert result.rank == 969
    assert result.value == accuracies[968]


def test_ties_do_not_break_the_bound() -> None:
    assert certified_learnability([0.1] * 1000, q=0.9, eta=0.3, sigma=0.25, confidence=0.99).value == 0.1


@pytest.mark.parametrize(
    ("accuracies", "change"),
    [
        ([], {}),
        ([0.5, 1.5], {}),
        ([0.5, float("nan")], {}),
        ([0.5], {"q": 1.0}),
        ([0.5], {"confidence": 0.0}),
        ([0.5], {"sigma": 0.0}),
        ([0.5], {"eta": -0.1}),
        ([0.5], {"eta": math.inf}),
    ],
)
def test_nonsense_is_refused(accuracies: list[float], change: dict[str, float]) -> None:
    arguments = {"q": 0.9, "eta": 0.0, "sigma": 0.2, "confidence": 0.99} | change
    with pytest.raises(ValueError, match=r"must|needed"):
        certified_learnability(accuracies, **arguments)


def _brute_joint(draws: int, levels: tuple[float, ...], lowest: list[int], highest: list[int]) -> float:
    """Adds up the probabilities of every way in which the draws can fall between the levels."""
    widths = np.diff([0.0, *levels, 1.0])
    total = 0.0
    for falls in itertools.product(range(draws + 1), repeat=len(levels)):
        rest = draws - sum(falls)
        counts = np.cumsum(falls)
        if rest >= 0 and np.all((lowest <= counts) & (counts <= highest)):
            ways = math.factorial(draws) / math.prod(math.factorial(fall) for fall in (*falls, rest))
            total += ways * math.prod(width**fall for width, fall in zip(widths, (*falls, rest), strict=True))
    return total


@pytest.mark.parametrize("local", [0.6, 0.9, 0.97])
@pytest.mark.parametrize("levels", [(0.5, 0.7), (0.2, 0.5, 0.9), (0.6, 0.65, 0.8)])
def test_joint_probability_equals_brute_force(levels: tuple[float, ...], local: float) -> None:
    for draws in (1, 7, 12):
        ranks = [quantile_rank(draws, level, local) for level in levels]
        highest = [draws if rank is None else rank - 1 for rank in ranks]
        lowest = [lower_rank(draws, level, local) or 0 for level in levels]
        above = _brute_joint(draws, levels, [0] * len(levels), highest)
        below = _brute_joint(draws, levels, lowest, [draws] * len(levels))
        assert joint_probability(draws, levels, local, "above") == pytest.approx(above, abs=1e-12)
        assert joint_probability(draws, levels, local, "below") == pytest.approx(below, abs=1e-12)


@pytest.mark.parametrize("draws", [200, 1000, 300_000])
@pytest.mark.parametrize("side", ["above", "below"])
def test_bounds_at_once_need_less_than_bonferroni_and_no_less_than_stated(draws: int, side) -> None:
    etas = curve_etas(q=0.9, sigma=1.0, draws=draws, confidence=0.95)
    levels = tuple(upper_quantile(0.9, eta=eta, sigma=1.0) for eta in etas)
    local = joint_confidence(draws, levels, 0.95, side)
    assert 0.95 < local <= 1 - 0.05 / len(levels)
    assert joint_probability(draws, levels, local, side) >= 0.95
    # A little less would not do, so the level is as sharp as ranks allow.
    assert joint_probability(draws, levels, 1 - 1.01 * (1 - local), side) < 0.95


def test_a_single_level_needs_no_correction() -> None:
    assert joint_confidence(100, (0.9,), 0.99, "above") == pytest.approx(0.99)
    assert joint_confidence(100, (1.0,), 0.99, "above") == pytest.approx(0.99)


@pytest.mark.parametrize(
    ("correct", "of", "miss", "bound"),
    [(0, 10, 0.05, 0.258866), (3, 10, 0.025, 0.652453), (10, 10, 0.01, 1.0), (50, 100, 0.025, 0.601679)],
)
def test_clopper_pearson_against_tables(correct: int, of: int, miss: float, bound: float) -> None:
    assert population_bound(correct, of, miss) == pytest.approx(bound, abs=1e-6)


def test_clopper_pearson_solves_its_equation_for_tiny_errors() -> None:
    for correct, of, miss in ((0, 7, 1e-9), (150, 1000, 5e-6), (3, 40, 1e-12), (38, 40, 1e-4)):
        assert binom.cdf(correct, of, population_bound(correct, of, miss)) == pytest.approx(miss, rel=1e-6)


@pytest.mark.parametrize("miss", [0.05, 0.001])
def test_population_bound_holds_for_classes_that_differ(miss: float) -> None:
    """Exactly, for two classes of fixed size: the number of right answers is a sum of two binomials."""
    for first, second in ((6, 6), (3, 12)):
        of = first + second
        bounds = np.array([population_bound(correct, of, miss) for correct in range(of + 1)])
        for one, other in itertools.product(np.linspace(0.005, 0.999, 25), repeat=2):
            counts = np.convolve(binom.pmf(range(first + 1), first, one), binom.pmf(range(second + 1), second, other))
            mean = (first * one + second * other) / of
            assert counts[bounds < mean].sum() <= miss + 1e-12


def test_mean_of_equal_draws() -> None:
    # All that is not known lies in the share of draws that were never seen: 1 - (0.8 · 0.01)^(1/100) of them.
    expected = 0.2 + 0.8 * (1 - 0.008**0.01)
    assert mean_bound([0.2] * 100, eta=0.0, sigma=0.2, confidence=0.99) == pytest.approx(expected)
    assert mean_bound([1.0] * 100, eta=0.0, sigma=0.2, confidence=0.99) == pytest.approx(1.0)
    assert mean_bound([0.3], eta=5.0, sigma=0.2, confidence=0.99) <= 1.0


def test_the_mean_bound_rises_with_the_radius_and_lies_below_the_usual_one() -> None:
    accuracies = np.random.default_rng(3).normal(0.2, 0.02, 1000).clip(0, 1)
    bounds = [mean_bound(accuracies, eta=eta, sigma=0.2, confidence=0.99) for eta in (0.0, 0.1, 0.2, 0.4)]
    assert bounds == sorted(bounds)
    for eta, bound in zip((0.1, 0.2, 0.4), bounds[1:], strict=True):
        assert bound < 0.7 * upper_quantile(bounds[0], eta=eta, sigma=0.2)


@pytest.mark.parametrize(
    ("draws", "confidence", "experiments"), [(100, 0.95, 1500), (100, 0.99, 1000), (1000, 0.95, 800)]
)
def test_every_bound_covers_the_truth_as_often_as_it_says(draws: int, confidence: float, experiments: int) -> None:
    for row in coverage.simulate(draws, confidence, experiments, seed=5):
        error = math.sqrt(confidence * (1 - confidence) / row.experiments)
        assert row.coverage >= confidence - 3 * error, row
        if row.bound.startswith("curve at once, 9") and draws == 1000:
            assert row.coverage <= confidence + 3 * error, row


def test_the_coverage_check_fires(monkeypatch: pytest.MonkeyPatch) -> None:
    """With ranks one half as sure as asked the simulation must notice."""
    monkeypatch.setattr(coverage, "quantile_rank", lambda *_: 90)
    rows = {row.bound: row.coverage for row in coverage.simulate(100, 0.95, 200, seed=5)}
    assert min(rows.values()) < 0.7


def test_curve_grid_reaches_past_the_last_certified_radius_and_not_on_the_outcome() -> None:
    etas = curve_etas(q=0.9, sigma=0.2, draws=1000, confidence=0.99)
    ranks = [quantile_rank(1000, upper_quantile(0.9, eta=eta, sigma=0.2), 0.99) for eta in etas]
    assert etas[0] == 0.0
    assert [rank is None for rank in ranks] == [False] * (len(etas) - 3) + [True] * 3
    assert curve_etas(q=0.9, sigma=0.2, draws=10, confidence=0.99)[0] == 0.0


@pytest.mark.parametrize(
    ("at_most", "at_least", "verdict"),
    [(0.1, 0.4, True), (0.46, 0.5, False), (0.2, 0.25, True), (0.3, 0.1, False), (0.1, None, False), (None, 0.5, None)],
)
def test_verdict(at_most: float | None, at_least: float | None, verdict: bool | None) -> None:
    assert distinguishes(at_most, at_least, margin=0.05) is verdict
