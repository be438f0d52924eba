"""What a stress test has reached so far: streamed while it works, and read from the disk at any time without torch."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from pictures import folder
from pue_desktop.engine.config import Plan, changed
from pue_desktop.engine.events import Metric
from pue_desktop.engine.pipeline import run_steps
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.stress_attacks import Attack, stress_so_far
from pue_desktop.engine.stress_results import STRESS_FILE, StressResult
from tiny import tiny_plan

PROTECTED, UNPROTECTED = (Attack("small-bn", "none", arm, 0) for arm in ("protected", "unprotected"))
GREY = Attack("small-bn", "grey", "protected", 0)


def _plan(**values: object) -> Plan:
    plan = tiny_plan()
    wanted = {"attackers": ("small-bn",), "countermeasures": ("none", "grey"), "steps": 10, "batch_size": 8} | values
    return msgspec.structs.replace(plan, stress=changed(plan.stress, **wanted))


@pytest.fixture
def crafted(tmp_path: Path) -> Run:
    run = Run.create(tmp_path / "run", folder(tmp_path / "source", images=10))
    list(run_steps(run, ("scan", "craft"), tiny_plan(), Stop()))
    return run


def _streamed(run: Run, plan: Plan, until: str = "") -> dict[str, list[float]]:
    """Runs the stress test until the second point of the series `until`, or to its end; returns what it told."""
    told: dict[str, list[float]] = {}
    events = run_steps(run, ("stress",), plan, Stop())
    for event in events:
        if isinstance(event, Metric):
            told.setdefault(event.name, []).append(event.value)
        if until and len(told.get(until, ())) == 2:
            break
    events.close()
    return told


def test_a_test_that_was_stopped_shows_what_ended_and_what_had_begun(crafted: Run) -> None:
    plan = _plan()
    assert stress_so_far(crafted, plan).attacks == {}
    told = _streamed(crafted, plan, until=f"accuracy/{GREY.name}")
    found = stress_so_far(Run.open(crafted.path), plan)
    assert set(found.attacks) == {PROTECTED, UNPROTECTED, GREY}
    for attack, so_far in found.attacks.items():
        assert list(so_far.curve) == told[f"accuracy/{attack.name}"]
        assert so_far.ended is (attack != GREY)
    # Ten steps, an epoch every other one or so: what was streamed is every epoch, once.
    assert len(found.attacks[PROTECTED].curve) >= 3
    assert told[f"finished/{PROTECTED.name}"] == [told[f"accuracy/{PROTECTED.name}"][-1]]
    assert f"finished/{GREY.name}" not in told
    assert [(row.countermeasure, row.curve) for row in found.rows] == [("none", found.attacks[PROTECTED].curve)]
    assert found.config.working_size == 16


def test_what_other_settings_gave_is_none_of_it(crafted: Run) -> None:
    _streamed(crafted, _plan())
    assert stress_so_far(crafted, _plan()).holds
    other = stress_so_far(crafted, _plan(learning_rate=0.01))
    assert (other.attacks, other.holds) == ({}, False)
    more = stress_so_far(crafted, _plan(countermeasures=("blur", "grey"), recovery_steps=0))
    assert {attack.countermeasure for attack in more.attacks} == {"grey"}
    assert more.holds
    twice = stress_so_far(crafted, _plan(seeds=2))
    assert len(twice.attacks) == 4
    assert twice.rows == ()


def test_at_the_end_it_is_the_result(crafted: Run) -> None:
    plan = _plan(seeds=2, countermeasures=("none", "clean-50"))
    _streamed(crafted, plan)
    result = crafted.load(STRESS_FILE, StressResult)
    found = stress_so_far(crafted, plan)
    assert found.rows == result.rows
    assert all(row.half_widths is not None for row in found.rows)
    assert Attack("small-bn", "clean-50", "alone", 1) in found.attacks


def test_damaged_files_count_as_none(crafted: Run) -> None:
    plan = _plan()
    _streamed(crafted, plan, until=f"accuracy/{GREY.name}")
    (crafted.path / PROTECTED.outcome_file).write_bytes(b"{")
    (crafted.path / GREY.checkpoint_file).write_bytes(b"no tensors")
    assert set(stress_so_far(crafted, plan).attacks) == {UNPROTECTED}


def test_reading_it_needs_no_torch(crafted: Run) -> None:
    _streamed(crafted, _plan(), until=f"accuracy/{GREY.name}")
    program = (
        "import sys\nfrom pathlib import Path\nimport msgspec\n"
        "from pue_desktop.engine.config import Plan\nfrom pue_desktop.engine.run import Run\n"
        "from pue_desktop.engine.stress_attacks import stress_so_far\n"
        "found = stress_so_far(Run.open(Path(sys.argv[1])), msgspec.json.decode(sys.argv[2], type=Plan))\n"
        "print(len(found.attacks), 'torch' in sys.modules)"
    )
    arguments = [sys.executable, "-c", program, str(crafted.path), msgspec.json.encode(_plan()).decode()]
    said = subprocess.run(arguments, capture_output=True, text=True, check=True).stdout
    assert said.split() == ["3", "False"]
