"""Plans against what the certificate then really reaches."""

import pytest

from pue_desktop.engine.figures import Settings, learnability_curve, local_levels
from pue_desktop.engine.planner import MOST_DRAWS, curve_etas, draws_for, draws_needed, reach


def test_least_draws() -> None:
    assert draws_needed(0.9, 0.99) == 44
    assert draws_needed(0.5, 0.99) == 7
    assert draws_needed(1.0, 0.99) is None
    assert draws_needed(0.0, 0.99) == 1


def test_reach_of_the_draft() -> None:
    found = reach(q=0.9, sigma=0.2, draws=800, confidence=0.99)
    assert (found.draws, found.alone, found.together) == (800, 0.24, 0.2)
    assert reach(q=0.9, sigma=0.2, draws=43, confidence=0.99).alone is None
    assert reach(q=0.9, sigma=0.2, draws=50, confidence=0.99).together is None


@pytest.mark.parametrize("eta", [0.0, 0.1, 0.25, 0.301])
@pytest.mark.parametrize("surrogates", [1, 3])
def test_planned_draws_certify_the_wish_along_the_whole_curve(eta: float, surrogates: int) -> None:
    found = draws_for(q=0.9, sigma=0.2, eta=eta, confidence=0.99, surrogates=surrogates)
    assert found is not None
    assert found.together is not None
    assert found.together >= eta
    etas = tuple(curve_etas(q=0.9, sigma=0.2, draws=found.draws, confidence=0.99))
    settings = Settings(0.9, 0.2, 0.99, surrogates, etas)
    points = learnability_curve([1] * found.draws, 4, settings, local_levels(settings, found.draws))
    certified = [point.eta for point in points if point.simultaneous is not None]
    assert certified[-1] >= found.together
    less = draws_for(q=0.9, sigma=0.2, eta=eta, confidence=0.95, surrogates=surrogates)
    assert less is not None
    assert less.draws < found.draws


def test_what_no_number_of_draws_reaches() -> None:
    assert draws_for(q=0.9, sigma=0.2, eta=2.0, confidence=0.99) is None
    far = draws_for(q=0.5, sigma=0.2, eta=0.9, confidence=0.99)
    assert far is not None
    assert far.draws < MOST_DRAWS
