"""The stress test: what is kept, what is trained anew, several seeds, and breaks at any moment."""

import math
import random
from pathlib import Path

import msgspec
import pytest

from pictures import folder
from pue_desktop.engine.config import Plan, changed
from pue_desktop.engine.draw_log import ARMS
from pue_desktop.engine.errors import UsageError
from pue_desktop.engine.events import Metric
from pue_desktop.engine.measured_words import measured_words
from pue_desktop.engine.pipeline import run_steps
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.statistics import half_width
from pue_desktop.engine.stress_attacks import Attack, AttackOutcome, stress_row
from pue_desktop.engine.stress_results import STRESS_FILE, AttackFigures, StressResult, StressRow
from tiny import tiny_plan

# One of every kind: prepares the set by chance, mixes batches, draws for each image, changes the loss.
CHANGES = ("clean-50", "projection", "cutmix", "randaugment", "adversarial")


def _plan(**values: object) -> Plan:
    plan = tiny_plan()
    return msgspec.structs.replace(plan, stress=changed(plan.stress, attackers=("small-bn",), steps=10, **values))


def _trained(run: Run, plan: Plan) -> set[str]:
    """Runs the stress test and returns the attacks that were trained now."""
    events = list(run_steps(run, ("stress",), plan, Stop()))
    return {event.name.removeprefix("loss/") for event in events if isinstance(event, Metric) and "loss" in event.name}


def _rows(run: Run) -> dict[str, StressRow]:
    return {row.countermeasure: row for row in run.load(STRESS_FILE, StressResult).rows}


@pytest.fixture
def crafted(tmp_path: Path) -> Run:
    run = Run.create(tmp_path / "run", folder(tmp_path / "source", images=10))
    list(run_steps(run, ("scan", "craft"), tiny_plan(), Stop()))
    return run


def test_closed_after_every_few_events_it_ends_the_same(crafted: Run, tmp_path: Path) -> None:
    plan = _plan(countermeasures=CHANGES)
    list(run_steps(crafted, ("stress",), plan, Stop()))
    broken = Run.create(tmp_path / "broken", crafted.source)
    list(run_steps(broken, ("scan", "craft"), plan, Stop()))
    chance = random.Random(1)
    for _ in range(12):
        events = run_steps(broken, ("stress",), plan, Stop())
        for _event in zip(events, range(chance.randint(3, 15)), strict=False):
            pass
        events.close()
    list(run_steps(broken, ("stress",), plan, Stop()))
    assert (broken.path / STRESS_FILE).read_bytes() == (crafted.path / STRESS_FILE).read_bytes()
    curves = {row.curve + row.clean_curve for row in _rows(crafted).values()}
    assert len(curves) > 1


def test_attackers_who_see_the_middle_of_an_image_are_others(tmp_path: Path) -> None:
    run = Run.create(tmp_path / "run", folder(tmp_path / "source", images=10, size=(48, 24)))
    list(run_steps(run, ("scan", "craft"), tiny_plan(), Stop()))
    curves = set()
    for framing in ("squash", "crop"):
        assert len(_trained(run, _plan(countermeasures=("none",), framing=framing))) == 2
        curves.add(_rows(run)["none"].clean_curve)
    assert len(curves) == 2
    assert len({path.name for path in (run.path / "cache").glob("*.npy")}) >= 6


def test_more_of_anything_costs_only_what_is_new(crafted: Run) -> None:
    first = _trained(crafted, _plan(countermeasures=("none",)))
    assert first == {"small-bn none protected", "small-bn none unprotected"}
    alone = _rows(crafted)["none"]
    more = _trained(crafted, _plan(countermeasures=("none", "grey")))
    assert more == {"small-bn grey protected", "small-bn grey unprotected"}
    again = _trained(crafted, _plan(countermeasures=("none", "grey"), seeds=2))
    assert again == {
        f"small-bn {change} {arm} 2" for change in ("none", "grey") for arm in ("protected", "unprotected")
    }
    twice = _rows(crafted)["none"]
    assert twice.by_seed[0] == alone.by_seed[0]
    assert _trained(crafted, _plan(countermeasures=("none",), learning_rate=0.01)) == first


def test_every_seed_is_another_training_and_the_first_that_of_a_run_with_one(crafted: Run) -> None:
    losses: dict[int, list[float]] = {}
    for seeds in (1, 3):
        plan = _plan(countermeasures=("none",), seeds=seeds)
        for event in run_steps(crafted, ("stress",), plan, Stop()):
            if isinstance(event, Metric) and event.name.startswith("loss/small-bn none protected"):
                losses.setdefault(int(event.name.partition("protected")[2] or 1), []).append(event.value)
    assert {number: len(values) for number, values in losses.items()} == {1: 10, 2: 10, 3: 10}
    assert len({values[0] for values in losses.values()}) == 3


def test_rows_of_several_seeds_are_means_with_intervals() -> None:
    curves = {"protected": [(0.3, 0.1), (0.2, 0.2), (0.5, 0.3)], "unprotected": [(0.6, 0.7), (0.9, 0.8), (0.8, 0.9)]}
    outcomes = {
        Attack("vgg", "none", arm, number): AttackOutcome("", curve, 0.25 * number)
        for arm, found in zip(ARMS, curves.values(), strict=True)
        for number, curve in enumerate(found)
    }
    row = stress_row(("vgg", "none"), 3, outcomes)
    figures = (row.accuracy, row.best_accuracy, row.clean_accuracy, row.clean_best_accuracy, row.training_accuracy)
    assert figures == pytest.approx((0.2, 1 / 3, 0.8, 2.5 / 3, 0.25))
    assert row.curve == pytest.approx((1 / 3, 0.2))
    assert row.clean_curve == pytest.approx((2.3 / 3, 0.8))
    assert row.by_seed[2] == AttackFigures(0.3, 0.5, 0.9, 0.9)
    assert row.half_widths is not None
    # Three values one tenth apart: 4.3027 (Student's t, two degrees of freedom) times 0.1 / √3.
    assert row.half_widths.accuracy == pytest.approx(0.24841, abs=1e-5)
    assert row.half_widths.best_accuracy == pytest.approx(half_width([0.3, 0.2, 0.5]))
    alone = stress_row(("vgg", "none"), 1, outcomes)
    assert alone.half_widths is None
    assert (alone.accuracy, alone.best_accuracy, len(alone.by_seed)) == (0.1, 0.3, 1)


def test_whoever_has_some_originals_also_learns_from_these_alone(crafted: Run) -> None:
    first = _trained(crafted, _plan(countermeasures=("none", "clean-20")))
    assert first == {
        f"small-bn {change} {arm}" for change in ("none", "clean-20") for arm in ("protected", "unprotected")
    } | {"small-bn clean-20 alone"}
    rows = _rows(crafted)
    assert rows["none"].alone_accuracy is None
    assert rows["clean-20"].alone_accuracy is not None
    assert rows["clean-20"].alone_best_accuracy is not None
    assert rows["clean-20"].alone_best_accuracy >= rows["clean-20"].alone_accuracy


def test_a_network_or_countermeasure_that_is_not_there_is_named(crafted: Run) -> None:
    with pytest.raises(UsageError, match="no countermeasure called 'gray'"):
        list(run_steps(crafted, ("stress",), _plan(countermeasures=("gray",)), Stop()))
    assert not (crafted.path / STRESS_FILE).exists()


def test_half_widths_of_known_samples() -> None:
    # Student's t for 2 and 1 degrees of freedom: 4.3027 and 12.706.
    assert half_width([0.1, 0.2, 0.3]) == pytest.approx(4.302653 * 0.1 / math.sqrt(3), rel=1e-6)
    assert half_width([0.5, 0.51]) == pytest.approx(12.7062 * 0.005, rel=1e-4)
    assert half_width([0.0, 1.0]) == 1.0
    assert half_width([0.4, 0.4]) == 0.0
    with pytest.raises(ValueError, match="two values"):
        half_width([0.5])


def test_results_of_the_first_version_are_read_and_rows_are_sorted_by_danger() -> None:
    row = {
        "attacker": "vgg",
        "countermeasure": "none",
        "accuracy": 0.1,
        "best_accuracy": 0.2,
        "clean_accuracy": 0.7,
        "clean_best_accuracy": 0.72,
        "training_accuracy": 1.0,
        "curve": [0.2, 0.1],
        "clean_curve": [0.6, 0.7],
    }
    worse = row | {"countermeasure": "grey", "best_accuracy": 0.5}
    between = row | {"countermeasure": "blur", "accuracy": 0.15}
    old = msgspec.json.encode({"rows": [row, worse, between], "chance": 0.1, "conditions": {}})
    result = msgspec.json.decode(old, type=StressResult)
    assert result.rows[0].by_seed == ()
    assert result.rows[0].half_widths is None
    assert result.rows[0].alone_accuracy is None
    assert result.recovery is None
    assert [found.countermeasure for found in result.by_danger] == ["grey", "blur", "none"]


def test_the_result_says_at_which_size_and_how_images_were_seen(crafted: Run) -> None:
    _trained(crafted, _plan(countermeasures=("none",), framing="crop"))
    result = crafted.load(STRESS_FILE, StressResult)
    assert (result.size, result.framing) == (16, "crop")
    assert measured_words(result)[0].startswith("Attackers saw the images at 16 by 16 pixels, the square in the middle")
    assert measured_words(msgspec.structs.replace(result, size=0)) == []
