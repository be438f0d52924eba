"""From counts to figures: what the verdict claims, several surrogates, results of earlier versions."""

from pathlib import Path

import msgspec
import numpy as np
import pytest

import certified_run
from pue_desktop.engine.config import CertifyConfig, changed, config_digest
from pue_desktop.engine.figures import (
    RESULT_FILE,
    completed,
    enough,
    load_result,
    local_levels,
    settings_of,
)
from pue_desktop.engine.plans import fitted
from pue_desktop.engine.results import ArmResult, CertifyResult, Levels, SurrogatePair
from pue_desktop.engine.run import Run
from pue_desktop.engine.statistics import certified_learnability, population_bound, quantile_rank

DRAWS, OF = 500, 1000


def arm(mean: float, seed: int, spread: float = 0.012) -> ArmResult:
    shares = np.random.default_rng(seed).normal(mean, spread, DRAWS).clip(0, 1)
    return ArmResult(mean, 1.0, 0.9, tuple(int(n) for n in np.rint(OF * shares)), OF, 9, "0" * 64, ())


def result(protected: list[ArmResult], unprotected: list[ArmResult]) -> CertifyResult:
    pairs = [SurrogatePair(*pair) for pair in zip(protected, unprotected, strict=True)]
    counted = CertifyResult(protected[0], unprotected[0], 0.1, "0" * 64, False, 0.0, {}, more=tuple(pairs[1:]))
    return completed(counted, CertifyConfig(draws=DRAWS, surrogate_seeds=len(protected)))


def test_a_gap_distinguishes_and_none_does_not() -> None:
    apart = result([arm(0.15, 1)], [arm(0.42, 2)])
    assert apart.distinguishes
    assert apart.margin == 0.05
    assert all(row.distinguishes for row in apart.comparisons if row.at_most is not None)
    assert [row.distinguishes for row in apart.comparisons][-3:] == [None] * 3
    assert not result([arm(0.15, 1)], [arm(0.15, 1)]).distinguishes


def test_two_upper_bounds_far_apart_are_no_verdict() -> None:
    """A baseline whose bound is high only because its draws spread: its lower bound says so."""
    lone = result([arm(0.15, 1)], [arm(0.15, 2, spread=0.2)])
    upper = [point.simultaneous for point in lone.unprotected.curve if point.simultaneous is not None]
    lower = [point.simultaneous for point in lone.protected.curve if point.simultaneous is not None]
    assert min(high - low for high, low in zip(upper, lower, strict=True)) > 0.05
    assert all(row.at_least is not None for row in lone.comparisons)
    gaps = [row.at_least - (row.at_most or 0) for row in lone.comparisons if row.at_least is not None]
    assert gaps[0] < min(high - low for high, low in zip(upper, lower, strict=True))


def test_a_curve_is_made_of_what_it_says() -> None:
    config = CertifyConfig(draws=DRAWS)
    figures = result([arm(0.15, 1)], [arm(0.42, 2)])
    levels = figures.levels
    assert levels == local_levels(settings_of(config), DRAWS)
    assert levels is not None
    counts = sorted(figures.protected.correct)
    shares = [count / OF for count in counts]
    for point in figures.protected.curve:
        alone = certified_learnability(shares, q=0.9, eta=point.eta, sigma=0.2, confidence=0.99)
        assert (point.value, point.rank, point.reason) == (alone.value, alone.rank, alone.reason)
        rank = quantile_rank(DRAWS, point.q_upper, levels.at_most)
        expected = None if rank is None else population_bound(counts[rank - 1], OF, 0.01 / 2 / DRAWS)
        assert point.population == pytest.approx(expected)
        if point.value is not None and point.simultaneous is not None:
            assert point.value <= point.simultaneous
        if point.simultaneous is not None and point.population is not None:
            assert point.simultaneous < point.population
        assert point.mean is not None
    means = [point.mean for point in figures.protected.curve]
    assert means == sorted(means)


def test_several_surrogates_each_and_the_worst() -> None:
    protected = [arm(0.15, 1), arm(0.20, 3), arm(0.12, 5)]
    unprotected = [arm(0.42, 2), arm(0.40, 4), arm(0.45, 6)]
    figures = result(protected, unprotected)
    single = result(protected[:1], unprotected[:1])
    assert len(figures.more) == 2
    assert figures.protected_curve[0].simultaneous == figures.more[0].protected.curve[0].simultaneous
    assert figures.comparisons[0].at_most is not None
    assert figures.comparisons[0].at_most > 0.2
    assert figures.comparisons[0].at_least is not None
    assert figures.comparisons[0].at_least < 0.42
    # Each surrogate's bound pays for the number of surrogates, a bound alone does not.
    assert single.levels is not None
    assert figures.levels is not None
    assert figures.levels.at_once > single.levels.at_once
    assert (figures.protected.curve[0].simultaneous or 0) >= (single.protected.curve[0].simultaneous or 1)
    assert figures.protected.curve[0].value == single.protected.curve[0].value


def test_the_worst_surrogate_decides_the_verdict() -> None:
    assert not result([arm(0.15, 1), arm(0.41, 3)], [arm(0.42, 2), arm(0.42, 4)]).distinguishes


def test_levels_that_do_not_suffice_are_noticed() -> None:
    settings = settings_of(CertifyConfig(draws=DRAWS))
    levels = local_levels(settings, DRAWS)
    assert enough(settings, levels, DRAWS)
    for name in ("at_once", "at_most", "at_least"):
        assert not enough(settings, msgspec.structs.replace(levels, **{name: 0.99}), DRAWS)
    assert enough(settings, Levels(0.99999, 0.99999, 0.99999), DRAWS)


def test_results_of_the_first_version_get_their_bounds_from_their_counts(tmp_path: Path) -> None:
    source = certified_run.write_photographs(tmp_path / "source")
    chosen = certified_run.plan(tmp_path / "out")
    run = certified_run.certified(tmp_path / "run", source, chosen)
    now = load_result(run)
    first = msgspec.to_builtins(now)
    for name in ("rules", "levels", "comparisons", "more"):
        del first[name]
    for side in ("protected", "unprotected"):
        for point in first[side]["curve"]:
            del point["population"], point["mean"]
    first["distinguishes"] = not now.distinguishes
    (run.path / RESULT_FILE).write_bytes(msgspec.json.encode(first))
    assert load_result(Run.open(run.path)) == now


def test_a_setting_that_came_later_leaves_earlier_results_current() -> None:
    config = fitted(CertifyConfig(), 0)
    assert config_digest(config) == "9ee05c20f6da97ccbf4271591ecf81145f340a07b574db5b4449dbfa261cfb33"
    assert config_digest(changed(config, surrogate_seeds=2)) != config_digest(config)
