"""Bounds redone from a certificate: those of the present rules and those of the first version."""

from collections.abc import Callable

import msgspec
import pytest

import sample_certificate
from pue_desktop.engine.certificate_schema import Arm, Results
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.statistics import certified_learnability
from pue_desktop.engine.verify_evidence import _check_results

replace = msgspec.structs.replace


def sample(**choices: object) -> Results:
    return sample_certificate.certificate(b"\0" * 32, **choices).results  # type: ignore[arg-type]


def problems(results: Results) -> list[str]:
    return [finding.text for finding in _check_results(results, Stop())]


def first_version(results: Results) -> Results:
    """The same counts as the first version stated them: Bonferroni, and a verdict from two upper bounds."""

    def old(arm: Arm) -> Arm:
        together = 1 - (1 - results.confidence) / len(arm.curve)
        shares = [count / arm.of for count in arm.correct]
        points = tuple(
            replace(
                point,
                simultaneous=certified_learnability(
                    shares, q=results.q, eta=point.eta, sigma=results.sigma, confidence=together
                ).value,
                population=None,
                mean=None,
            )
            for point in arm.curve
        )
        return replace(arm, curve=points)

    return replace(
        results,
        protected=old(results.protected),
        unprotected=old(results.unprotected),
        rules=1,
        levels=None,
        comparisons=(),
        claims=(),
    )


@pytest.mark.parametrize("surrogates", [1, 3])
@pytest.mark.parametrize("draws", [40, 46, 1000])
def test_what_the_program_states_follows(draws: int, surrogates: int) -> None:
    assert problems(sample(draws=draws, surrogates=surrogates)) == []
    assert problems(sample(draws=draws, surrogates=surrogates, unprotected=0.17)) == []


def test_certificates_of_the_first_version_follow_by_their_own_rules() -> None:
    old = first_version(sample())
    assert problems(old) == []
    assert any("η = 0 does not" in text for text in problems(replace(old, rules=2, levels=sample().levels)))
    assert problems(replace(old, distinguishes=False)) == [
        "certificate.json: The verdict does not follow from the curves."
    ]
    curve = old.protected.curve
    better = replace(old.protected, curve=(replace(curve[0], simultaneous=0.1), *curve[1:]))
    assert len(problems(replace(old, protected=better))) == 1
    # Fields that came later are not believed unseen.
    more = replace(old.protected, curve=(replace(curve[0], mean=0.01), *curve[1:]))
    assert len(problems(replace(old, protected=more))) == 1


def _point(name: str, value: object) -> Callable[[Results], Results]:
    def change(results: Results) -> Results:
        curve = results.protected.curve
        return replace(
            results, protected=replace(results.protected, curve=(replace(curve[0], **{name: value}), *curve[1:]))
        )

    return change


def _level(name: str) -> Callable[[Results], Results]:
    def change(results: Results) -> Results:
        assert results.levels is not None
        return replace(results, levels=replace(results.levels, **{name: results.confidence}))

    return change


def _comparison(name: str, value: object) -> Callable[[Results], Results]:
    def change(results: Results) -> Results:
        rows = results.comparisons
        return replace(results, comparisons=(replace(rows[0], **{name: value}), *rows[1:]))

    return change


def _second_seed(results: Results) -> Results:
    pair = results.more[0]
    counts = tuple(count - 1 for count in pair.protected.correct)
    return replace(results, more=(replace(pair, protected=replace(pair.protected, correct=counts)), *results.more[1:]))


@pytest.mark.parametrize(
    "change",
    [
        *(_point(name, 0.01) for name in ("value", "simultaneous", "population", "mean")),
        _point("population", None),
        *(_level(name) for name in ("at_once", "at_most", "at_least")),
        _comparison("at_most", 0.01),
        _comparison("at_least", 0.9),
        _comparison("distinguishes", False),
        _second_seed,
        lambda results: replace(results, more=results.more[1:]),
        lambda results: replace(results, comparisons=results.comparisons[:-1]),
        lambda results: replace(results, distinguishes=False),
        lambda results: replace(results, levels=None),
        lambda results: replace(results, margin=0.3),
        lambda results: replace(results, abstained=True),
        lambda results: replace(results, confidence=0.999),
    ],
)
def test_every_edited_figure_is_noticed(change: Callable[[Results], Results]) -> None:
    assert problems(change(sample(surrogates=3)))
