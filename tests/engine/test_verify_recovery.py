"""What a certificate says of searches near its networks: it comes from the run, and whoever changes it is found out."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

import certified_run
import sample_certificate
from pue_desktop.engine import certificate
from pue_desktop.engine.certificate_recovery import Recovery
from pue_desktop.engine.certificate_schema import Certificate
from pue_desktop.engine.envelope import open_certificate
from pue_desktop.engine.files import pretty_json
from pue_desktop.engine.measured_words import above_words, distance_words, search_words
from pue_desktop.engine.pipeline import step_inputs
from pue_desktop.engine.recovery_results import AttackerDistance, RecoveryPoint, RecoveryResult
from pue_desktop.engine.results import CertifyResult
from pue_desktop.engine.stress_results import StressResult, StressRow
from pue_desktop.engine.verify import verify
from pue_desktop.engine.verify_facts import check_facts

replace = msgspec.structs.replace


def _found(**changes: object) -> RecoveryResult:
    points = (RecoveryPoint(0.02, 0.02, 0.5, "none", 0.25), RecoveryPoint(5.0, 4.9, 1.0, "none", None))
    known = RecoveryResult(
        points, 20, 2, 2, 0.1, 0.25, (AttackerDistance("small", "none", 1, 40.0, 400.0, 0.25, True),)
    )
    return replace(known, **changes)


def test_it_goes_from_the_run_into_the_certificate_and_verifies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUE_DESKTOP_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setattr(certificate, "render_pdf", certified_run.small_pdf)
    chosen = certified_run.plan(tmp_path / "out")
    source = certified_run.write_photographs(tmp_path / "source", classes=2, each=4)
    run = certified_run.certified(tmp_path / "run", source, chosen, stress=False)
    curve = run.load("certify/result.json", CertifyResult).protected_curve
    certified = [point for point in curve if point.simultaneous is not None]
    first, last = certified[1], certified[-1]
    points = (
        RecoveryPoint(first.eta, first.eta, 1.0, "frozen", first.simultaneous),
        RecoveryPoint(5.0, 4.9, 0.5, "free", None),
    )
    distances = (AttackerDistance("small", "none", 1, 40.0, 40.0 / last.eta, 0.0, True),)
    row = StressRow("vgg", "clean-10", 0.12, 0.22, 0.55, 0.56, 1.0, (), (), alone_accuracy=0.3, alone_best_accuracy=0.4)
    found = RecoveryResult(points, 20, 2, 2, last.eta, last.simultaneous, distances)
    run.begin("stress", chosen.stress, step_inputs(run, "stress"))
    written = run.write("stress/result.json", pretty_json(StressResult((row,), 0.1, {}, found)))
    run.finish("stress", [written], 1.0)
    certified_run.export(run, chosen)
    report = verify(tmp_path / "out")
    assert report.ok, str(report)
    test = open_certificate(tmp_path / "out/certificate.json").certificate.stress_test
    assert test is not None
    assert (test.attacks[0].alone_accuracy, test.attacks[0].alone_best_accuracy) == (0.3, 0.4)
    assert test.recovery is not None
    assert msgspec.to_builtins(test.recovery) == msgspec.to_builtins(found)
    assert [point.above for point in test.recovery.points] == [True, False]
    # A certification made anew leaves the attackers and drops the searches.
    certified_run.certify(run, chosen, gap=0.5)
    fresh = certificate.fresh_stress(run)
    assert fresh is not None
    assert (fresh.rows, fresh.recovery) == ((row,), None)


def _sample(change: Callable[[Recovery], Recovery] | None = None, **choices: object) -> Certificate:
    made = sample_certificate.certificate(b"\0" * 32, searched=True, **choices)  # type: ignore[arg-type]
    test = made.stress_test
    assert test is not None
    assert test.recovery is not None
    if change is not None:
        made = replace(made, stress_test=replace(test, recovery=change(test.recovery)))
    return made


def _problems(made: Certificate) -> list[str]:
    return [finding.text.removeprefix("certificate.json: ") for finding in check_facts(made)]


@pytest.mark.parametrize("draws", [20, 1000])
@pytest.mark.parametrize("surrogates", [1, 3])
def test_an_untouched_one_follows(draws: int, surrogates: int) -> None:
    assert _problems(_sample(draws=draws, surrogates=surrogates)) == []


def _point(**changes: object) -> Callable[[Recovery], Recovery]:
    return lambda found: replace(found, points=(replace(found.points[0], **changes), *found.points[1:]))


def _attacker(**changes: object) -> Callable[[Recovery], Recovery]:
    return lambda found: replace(found, distances=(replace(found.distances[0], **changes), *found.distances[1:]))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (_point(certified=0.9), "found at η = 0.02"),
        (_point(certified=None), "found at η = 0.02"),
        (_point(distance=0.03), "found at η = 0.02"),
        (_point(accuracy=0.1003), "found at η = 0.02"),
        (_point(surrogate=1), "found at η = 0.02"),
        (_attacker(radii=2.0), "distance of attacker small"),
        (_attacker(radii=None), "distance of attacker small"),
        (_attacker(accuracy=0.9), "distance of attacker small"),
        (_attacker(under=False), "distance of attacker small"),
        (lambda found: replace(found, measured=501), "images searched and measured with"),
        (lambda found: replace(found, steps=300), "setting recovery_steps"),
        (lambda found: replace(found, certified=0.01), "largest certified radius"),
        (lambda found: replace(found, largest_eta=None), "largest certified radius"),
    ],
)
def test_a_changed_figure_is_named(change: Callable[[Recovery], Recovery], named: str) -> None:
    problems = _problems(_sample(change))
    assert problems
    assert any(named in problem for problem in problems), problems


def test_the_words_say_what_was_found_and_why_it_may_lie_above() -> None:
    def plain(text: str) -> str:
        return text.replace("\u00a0", " ")

    assert plain(above_words(_found())) == (
        "Within the certified radii, at η = 0.02, a search with 2 clean images found weights that get 50.0 % of 2 "
        "others right; the curve is at 25.0 %. That is no contradiction: the certificate bounds a share of random "
        "weights, not the best ones found by a search with clean images."
    )
    assert plain(search_words(_found())).endswith(
        "Farther away, where nothing is certified, the best it found was 100.0 % at η = 5."
    )
    below = _found(points=(RecoveryPoint(0.02, 0.02, 0.0, "none", 0.25),))
    assert above_words(below) == ""
    assert plain(search_words(below)) == (
        "Within the certified radii a search with 2 clean images found no weights above the curve: at most 0.0 % of 2 "
        "others right, at η = 0.02."
    )
    assert plain(distance_words(_found())) == (
        "An attacker of the certified network's make (small, none), trained on the protected images from another "
        "start, ended 400 times the largest certified radius from it and reached 25.0 %, no more than the "
        "25.0 % certified at that radius. Attackers of another make have other weights: there is no distance to tell."
    )
    other = AttackerDistance("small", "grey", 1, 80.0, 800.0, 0.5, False)
    both = _found(distances=(*_found().distances, other))
    assert "ended 400 to 800 times the largest certified radius from it; 1 of 2 reached no more" in distance_words(both)
    assert distance_words(_found(distances=())) == ""
