"""Steps closed or killed at any moment go on to the same result, bit for bit."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from pictures import folder
from pue_desktop.engine.config import changed
from pue_desktop.engine.errors import CancelledError, InputRefusedError, RunBusyError, SchemaError
from pue_desktop.engine.figures import load_result
from pue_desktop.engine.pipeline import run_steps, status
from pue_desktop.engine.run import Run, State
from pue_desktop.engine.runtime import Stop
from tiny import output_digests, tiny_plan

STEPS = ("scan", "craft", "certify", "stress")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder(tmp_path_factory.mktemp("source"), images=10)


@pytest.fixture(scope="module")
def undisturbed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    run = Run.create(tmp_path_factory.mktemp("undisturbed") / "run", source)
    list(run_steps(run, STEPS, tiny_plan(), Stop()))
    return run


def test_a_second_run_with_the_same_seed_is_equal(undisturbed: Run, source: Path, tmp_path: Path) -> None:
    again = Run.create(tmp_path / "again", source)
    list(run_steps(again, STEPS, tiny_plan(), Stop()))
    assert output_digests(again) == output_digests(undisturbed)
    other = Run.create(tmp_path / "other", source)
    list(run_steps(other, STEPS[:2], tiny_plan(seed=1), Stop()))
    record, expected = other.record("craft"), undisturbed.record("craft")
    assert record is not None
    assert expected is not None
    assert record.outputs != expected.outputs


def test_closed_after_every_few_events_it_ends_the_same(undisturbed: Run, source: Path, tmp_path: Path) -> None:
    run = Run.create(tmp_path / "run", source)
    chance = random.Random(5)
    sittings = 0
    while any(step.state is not State.DONE for step in status(run, tiny_plan())[:4]):
        events = run_steps(run, STEPS, tiny_plan(), Stop())
        for _ in zip(events, range(chance.randint(5, 60)), strict=False):
            pass
        events.close()
        sittings += 1
        assert sittings < 200
    assert sittings > 5
    assert output_digests(run) == output_digests(undisturbed)


def test_cancelled_in_the_middle_of_a_step_it_keeps_its_checkpoint(source: Path, tmp_path: Path) -> None:
    run = Run.create(tmp_path / "run", source)
    stop = Stop()
    events = run_steps(run, STEPS, tiny_plan(), stop)
    for event in events:
        if getattr(event, "name", "") == "loss" and getattr(event, "x", 0) == 6:
            stop.cancel()
            break
    with pytest.raises(CancelledError):
        list(events)
    assert run.state("craft", tiny_plan().craft, {"scan": _digest(run, "scan")}) is State.PARTIAL
    steps = [
        event.x for event in run_steps(run, STEPS[:2], tiny_plan(), Stop()) if getattr(event, "name", "") == "loss"
    ]
    assert steps[0] == 7


def _digest(run: Run, step: str) -> str:
    record = run.record(step)
    assert record is not None
    return record.digest


@pytest.mark.parametrize("lines", [1, 9])
def test_draws_stopped_between_the_two_arms_go_on_in_the_same_order(source: Path, tmp_path: Path, lines: int) -> None:
    run = Run.create(tmp_path / "run", source)
    list(run_steps(run, STEPS[:3], tiny_plan(), Stop()))
    (run.path / "certify" / "result.json").unlink()
    draws = run.path / "certify" / "draws.jsonl"
    whole = draws.read_bytes().splitlines(keepends=True)
    draws.write_bytes(b"".join(whole[: 1 + lines]) + whole[1 + lines][:5])
    list(run_steps(run, STEPS[:3], tiny_plan(), Stop()))
    assert draws.read_bytes().splitlines(keepends=True) == whole


def test_several_surrogates_are_different_and_end_the_same_after_breaks(
    undisturbed: Run, source: Path, tmp_path: Path
) -> None:
    plan = tiny_plan()
    plan = msgspec.structs.replace(plan, certify=changed(plan.certify, surrogate_seeds=2))
    whole, broken = (Run.create(tmp_path / name, source) for name in ("whole", "broken"))
    list(run_steps(whole, STEPS[:3], plan, Stop()))
    for after in (150, 260, 390, 500):
        events = run_steps(broken, STEPS[:3], plan, Stop())
        for _ in zip(events, range(after), strict=False):
            pass
        events.close()
    list(run_steps(broken, STEPS[:3], plan, Stop()))
    for name in ("draws.jsonl", "result.json"):
        assert (broken.path / "certify" / name).read_bytes() == (whole.path / "certify" / name).read_bytes()
    one, two = load_result(undisturbed), load_result(whole)
    assert [len(pair.protected.correct) for pair in two.more] == [60]
    # The first seed is that of a run with one; the second is another network under other draws.
    assert one.protected.correct == two.protected.correct
    assert one.unprotected.surrogate_sha256 == two.unprotected.surrogate_sha256
    assert two.more[0].protected.surrogate_sha256 != two.protected.surrogate_sha256
    assert two.more[0].protected.correct != two.protected.correct
    lines = (whole.path / "certify/draws.jsonl").read_bytes().splitlines()
    first = (undisturbed.path / "certify/draws.jsonl").read_bytes().splitlines()
    assert lines[1 : len(first)] == first[1:]
    assert all(b'"surrogate":1' in line for line in lines[len(first) :])


_CHILD = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[3:]
from tiny import tiny_plan
from pue_desktop.engine.pipeline import run_steps
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop
run = Run.open_or_create(Path(sys.argv[1]), Path(sys.argv[2]))
print("working", flush=True)
for event in run_steps(run, ("scan", "craft", "certify", "stress"), tiny_plan(), Stop()):
    pass
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is not there on Windows")
def test_killed_at_random_moments_it_ends_the_same(undisturbed: Run, source: Path, tmp_path: Path) -> None:
    tests = Path(__file__).parent.parent
    command = [sys.executable, "-c", _CHILD, str(tmp_path / "run"), str(source), str(tests), str(tests.parent)]
    chance = random.Random(3)
    for _ in range(4):
        child = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(chance.uniform(1.0, 4.0))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assert output_digests(Run.open(tmp_path / "run")) == output_digests(undisturbed)


def test_changed_settings_make_later_steps_stale_and_only_them(undisturbed: Run) -> None:
    plan = tiny_plan()
    assert [step.state for step in status(undisturbed, plan)[:4]] == [State.DONE] * 4
    more_draws = msgspec.structs.replace(plan, certify=changed(plan.certify, draws=70))
    assert [step.state for step in status(undisturbed, more_draws)[:4]] == [
        State.DONE,
        State.DONE,
        State.STALE,
        State.STALE,  # it searches near the certified network
    ]
    stronger = msgspec.structs.replace(plan, craft=changed(plan.craft, epsilon_255=16.0))
    assert [step.state for step in status(undisturbed, stronger)[:4]] == [State.DONE] + [State.STALE] * 3
    device = msgspec.structs.replace(plan, craft=changed(plan.craft, device="auto"))
    assert [step.state for step in status(undisturbed, device)[:4]] == [State.DONE] * 4


def test_two_programs_on_one_run(source: Path, tmp_path: Path) -> None:
    run = Run.create(tmp_path / "run", source)
    with run.locked(), pytest.raises(RunBusyError, match="Another program"):
        list(run_steps(Run.open(run.path), ("scan",), tiny_plan(), Stop()))


def test_bad_run_folders_are_refused(source: Path, tmp_path: Path) -> None:
    with pytest.raises(InputRefusedError, match="not a run folder"):
        Run.open(tmp_path)
    run = Run.create(tmp_path / "run", source)
    file = run.path / "run.json"
    good = file.read_bytes()
    file.write_bytes(good.replace(b'"schema": 1', b'"schema": 9'))
    with pytest.raises(SchemaError, match="newer version"):
        Run.open(run.path)
    file.write_bytes(good[:40])
    with pytest.raises(SchemaError, match="damaged"):
        Run.open(run.path)
    file.write_bytes(good)
    list(run_steps(run, ("scan",), tiny_plan(), Stop()))
    with pytest.raises(InputRefusedError, match="belongs to the image folder"):
        Run.open_or_create(run.path, tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thing").write_text("x")
    with pytest.raises(InputRefusedError, match="not empty"):
        Run.create(tmp_path / "full", source)
    fresh = Run.create(tmp_path / "fresh", source)
    with pytest.raises(InputRefusedError, match="craft needs the result of scan"):
        list(run_steps(fresh, ("craft",), tiny_plan(), Stop()))


def test_a_run_whose_first_folder_was_refused_takes_another(source: Path, tmp_path: Path) -> None:
    bad = folder(tmp_path / "bad", classes=1)
    run = Run.create(tmp_path / "run", bad)
    with pytest.raises(InputRefusedError, match="only one class"):
        list(run_steps(run, ("scan",), tiny_plan(), Stop()))
    again = Run.open_or_create(run.path, source)
    assert again.source == source
    list(run_steps(again, ("scan",), tiny_plan(), Stop()))


def test_a_vanished_image_is_named(source: Path, tmp_path: Path) -> None:
    copy = folder(tmp_path / "copy", images=10)
    run = Run.create(tmp_path / "run", copy)
    list(run_steps(run, ("scan",), tiny_plan(), Stop()))
    (copy / "kind-0" / "003.png").unlink()
    (copy / "kind-0" / "004.png").unlink()
    (copy / "kind-0" / "005.png").unlink()
    with pytest.raises(InputRefusedError, match=r"kind-0/00[345]\.png was fine when"):
        list(run_steps(run, ("craft",), tiny_plan(), Stop()))
