"""Bounds against literal values, brute force and simulation."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pue_desktop.engine.statistics import (
    certified_learnability,
    curve_etas,
    distinguishes,
    draws_needed,
    largest_radius,
    quantile_rank,
    upper_quantile,
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


def test_coverage_of_the_shifted_quantile_by_simulation() -> None:
    """One-dimensional weights with a monotone accuracy: the half-space for which the theorem is tight."""
    sigma, q, eta, confidence = 0.2, 0.9, 0.15, 0.95
    random = np.random.default_rng(7)
    from scipy.special import ndtr, ndtri

    true_quantile = ndtr((eta + sigma * ndtri(q)) / 0.3)
    misses = 0
    for _ in range(2000):
        accuracies = ndtr(sigma * random.standard_normal(150) / 0.3)
        bound = certified_learnability(accuracies, q=q, eta=eta, sigma=sigma, confidence=confidence).value
        assert bound is not None
        misses += bound < true_quantile
    # 5 % may miss; 2000 experiments have a standard error of half a point.
    assert 0.02 < misses / 2000 < 0.065


def test_curve_grid_reaches_past_the_last_certified_radius_and_not_on_the_outcome() -> None:
    etas = curve_etas(q=0.9, sigma=0.2, draws=1000, confidence=0.99)
    ranks = [quantile_rank(1000, upper_quantile(0.9, eta=eta, sigma=0.2), 0.99) for eta in etas]
    assert etas[0] == 0.0
    assert [rank is None for rank in ranks] == [False] * (len(etas) - 3) + [True] * 3
    assert curve_etas(q=0.9, sigma=0.2, draws=10, confidence=0.99)[0] == 0.0


@pytest.mark.parametrize(
    ("protected", "unprotected", "verdict"),
    [
        ([0.1, 0.2, None], [0.4, 0.5, None], True),
        ([0.1, 0.46, None], [0.4, 0.5, None], False),
        ([0.2, None], [0.25, None], True),
        ([0.1, 0.2], [0.4, None], True),
        ([None], [None], False),
        ([], [], False),
    ],
)
def test_verdict(protected: list[float | None], unprotected: list[float | None], verdict: bool) -> None:
    assert distinguishes(protected, unprotected, margin=0.05) is verdict
