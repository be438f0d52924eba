"""The searches of the stress test: what is kept, what is above the curve, and what makes them stale."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from pictures import folder
from pue_desktop.engine import stress_recovery
from pue_desktop.engine.certificate import fresh_stress
from pue_desktop.engine.config import Plan, changed
from pue_desktop.engine.events import Event, Metric, Notice
from pue_desktop.engine.pipeline import run_steps, status
from pue_desktop.engine.recovery_results import RecoveryPoint, certified_at, is_above, largest_certified
from pue_desktop.engine.results import CurvePoint
from pue_desktop.engine.run import Run, State
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.stress_recovery import FOUND_FILE, radii
from pue_desktop.engine.stress_results import STRESS_FILE, StressResult
from tiny import tiny_plan

ALL = ("scan", "craft", "certify", "stress")


def _curve(*values: float | None) -> list[CurvePoint]:
    """A curve with the radii 0, 0.1, 0.2, …"""
    return [CurvePoint(round(0.1 * place, 10), None, value, None, 0.9, "") for place, value in enumerate(values)]


def _plan(*, surrogate: str = "small-bn", **values: object) -> Plan:
    plan = tiny_plan()
    chosen: dict[str, object] = {"attackers": ("small",), "recovery_steps": 3, "recovery_reach": 1.0} | values
    return msgspec.structs.replace(
        plan, certify=changed(plan.certify, surrogate=surrogate), stress=changed(plan.stress, **chosen)
    )


def _run(run: Run, plan: Plan, steps: Sequence[str] = ("stress",)) -> list[Event]:
    return list(run_steps(run, steps, plan, Stop()))


def _trained(events: list[Event]) -> set[str]:
    """The attackers that were trained now."""
    return {event.name.removeprefix("loss/") for event in events if isinstance(event, Metric) and "loss/" in event.name}


def _result(run: Run) -> StressResult:
    return run.load(STRESS_FILE, StressResult)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder(tmp_path_factory.mktemp("pictures") / "source", images=10)


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, str]]:
    """The radii and statistics that are searched, not taken from earlier."""
    found: list[tuple[float, str]] = []
    search = stress_recovery._search

    def noted(work, model, halves, statistics, eta):  # type: ignore[no-untyped-def]
        found.append((eta, statistics))
        return search(work, model, halves, statistics, eta)

    monkeypatch.setattr(stress_recovery, "_search", noted)
    return found


def test_a_point_is_above_where_it_beats_the_curve_and_never_beyond_it() -> None:
    curve = _curve(0.30, 0.32, 0.40, None, None)
    assert [certified_at(curve, eta) for eta in (0.0, 0.05, 0.1, 0.2, 0.21, 0.5)] == [
        0.30,
        0.32,
        0.32,
        0.40,
        None,
        None,
    ]
    assert largest_certified(curve) == (0.2, 0.40)
    assert largest_certified(_curve(None)) is None
    assert certified_at([], 0.1) is None
    above = {
        (eta, accuracy): RecoveryPoint(eta, eta, accuracy, "none", certified_at(curve, eta)).above
        for eta, accuracy in ((0.1, 0.32), (0.1, 0.33), (0.15, 0.39), (0.15, 0.41), (0.3, 1.0))
    }
    assert [place for place, red in above.items() if red] == [(0.1, 0.33), (0.15, 0.41)]
    assert not is_above(0.1 + 0.2, 0.3)  # 0.30000000000000004


def test_radii_are_a_few_certified_ones_and_a_ladder_beyond() -> None:
    curve = _curve(*[0.1] * 12, None)
    assert radii(curve, 5.0) == (0.1, 0.4, 0.8, 1.1, 2.0, 5.0)
    assert radii(_curve(0.1, 0.1, None), 20.0) == (0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
    assert radii(_curve(0.1, 0.1, None), 0.0) == (0.1,)
    assert radii(_curve(None), 1.0) == (0.5, 1.0)
    assert radii(_curve(0.1, None), 0.7) == (0.5,)


def test_every_radius_is_searched_once_whatever_interrupts_it(
    source: Path, tmp_path: Path, searched: list[tuple[float, str]]
) -> None:
    run = Run.create(tmp_path / "run", source)
    plan = _plan()
    _run(run, plan, ALL[:3])
    events = run_steps(run, ("stress",), plan, Stop())
    for event in events:
        if isinstance(event, Metric) and event.name.startswith("recovery/") and len(searched) == 2:
            break
    events.close()
    assert not (run.path / STRESS_FILE).exists()
    _run(run, plan)
    assert len(searched) == len(set(searched)) > 2
    assert {statistics for _, statistics in searched} == {"frozen", "free"}
    whole = Run.create(tmp_path / "whole", source)
    _run(whole, plan, ALL)
    assert (run.path / STRESS_FILE).read_bytes() == (whole.path / STRESS_FILE).read_bytes()
    found = _result(run).recovery
    assert found is not None
    assert [point.eta for point in found.points if point.statistics == "free"][-2:] == [0.5, 1.0]
    assert all(0 < point.distance <= point.eta + 1e-6 for point in found.points)
    assert (found.steps, found.searched, found.measured) == (3, 2, 2)
    # A file that is torn is made anew.
    (run.path / FOUND_FILE).write_text("{")
    (run.path / STRESS_FILE).unlink()
    before = len(searched)
    _run(run, plan)
    assert (len(searched) - before) * 3 == len(searched) - before + 2 * len(found.points)


def test_an_independent_attacker_is_measured_and_others_have_no_distance(source: Path, tmp_path: Path) -> None:
    run = Run.create(tmp_path / "run", source)
    first = _trained(_run(run, _plan(), ALL))
    assert "small-bn crop-flip protected independent" in first
    found = _result(run).recovery
    assert found is not None
    (own,) = found.distances
    assert (own.attacker, own.countermeasure, own.seed) == ("small-bn", "crop-flip", 1)
    assert own.distance > 1.0
    assert found.largest_eta is not None
    assert own.radii == (pytest.approx(own.distance / found.largest_eta) if found.largest_eta else None)
    assert own.under is (own.accuracy <= (found.certified or 0.0))
    # One that is in the list anyway takes its place; its weights are kept.
    again = _trained(_run(run, _plan(attackers=("small", "small-bn"), seeds=2)))
    assert {name.split()[0] for name in again} == {"small", "small-bn"}
    assert not any("independent" in name for name in again)
    found = _result(run).recovery
    assert found is not None
    assert [(one.attacker, one.seed) for one in found.distances] == [("small-bn", 1), ("small-bn", 2)]
    assert found.distances[0].distance != found.distances[1].distance


def test_a_new_certification_costs_new_searches_and_no_attacker(
    source: Path, tmp_path: Path, searched: list[tuple[float, str]]
) -> None:
    run, plan = Run.create(tmp_path / "run", source), _plan(surrogate="small")
    events = _run(run, plan, ("scan", "craft", "stress"))
    assert [event.text for event in events if isinstance(event, Notice) and event.step == "stress"] == [
        "No search near the certified network: these images are not certified yet. Certify them, then run the stress "
        "test again; its attackers are kept."
    ]
    assert _result(run).recovery is None
    _run(run, plan, ("certify",))
    assert {step.step: step.state for step in status(run, plan)}["stress"] is State.STALE
    # Finished before there was a certificate, the attacker of its make left no weights: one more is trained.
    assert _trained(_run(run, plan)) == {"small crop-flip protected independent"}
    known = len(searched)
    assert known == len([eta for eta, _ in searched]) > 0
    more = msgspec.structs.replace(plan, certify=changed(plan.certify, draws=200))
    _run(run, more, ("certify",))
    assert fresh_stress(run) is not None
    stale = fresh_stress(run)
    assert stale is not None
    assert stale.recovery is None
    assert _trained(_run(run, more)) == set()
    assert set(searched[known:]).isdisjoint(searched[:known])  # more draws, the same network: only new radii
    fresh = fresh_stress(run)
    assert fresh is not None
    assert fresh.recovery is not None
    other = msgspec.structs.replace(plan, certify=changed(plan.certify, training_steps=11))
    before = len(searched)
    assert _trained(_run(run, other, ("certify", "stress"))) == {"protected", "unprotected"}
    assert set(searched[before:]) & set(searched[:before])


def test_without_searches_the_certification_is_no_input_and_older_records_stay_current(
    source: Path, tmp_path: Path
) -> None:
    run, plan = Run.create(tmp_path / "run", source), _plan(recovery_steps=0)
    _run(run, plan, ALL)
    assert _result(run).recovery is None
    record = run.record("stress")
    assert record is not None
    assert set(record.inputs) == {"scan", "craft"}
    more = msgspec.structs.replace(plan, certify=changed(plan.certify, draws=70))
    _run(run, more, ("certify",))
    assert {step.step: step.state for step in status(run, more)}["stress"] is State.DONE
    # As a version left it that knew of no searches: their settings are at their defaults, their input is not named.
    earlier = msgspec.structs.replace(more, stress=changed(more.stress, recovery_steps=20, recovery_reach=5.0))
    run.begin("stress", earlier.stress, record.inputs)
    run.finish("stress", [run.path / STRESS_FILE], 1.0)
    assert {step.step: step.state for step in status(run, earlier)}["stress"] is State.DONE
    assert fresh_stress(run) is not None
    later = msgspec.structs.replace(earlier, certify=changed(more.certify, draws=80))
    states = {step.step: step.state for step in status(run, later)}
    assert (states["certify"], states["stress"]) == (State.STALE, State.DONE)
