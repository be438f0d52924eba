"""Sizes that the user leaves open follow from the images, and only those."""

from pathlib import Path

import pytest

from pictures import folder
from pue_desktop.engine.config import changed
from pue_desktop.engine.errors import UsageError
from pue_desktop.engine.pipeline import median_side, run_steps, status
from pue_desktop.engine.plans import fitted, fitted_plan, plan
from pue_desktop.engine.run import Run, State
from pue_desktop.engine.runtime import Stop


@pytest.mark.parametrize(
    ("side", "size", "batch"), [(0, 32, 128), (28, 32, 128), (95, 32, 128), (96, 64, 32), (4000, 64, 32)]
)
def test_sizes_follow_from_the_images(side: int, size: int, batch: int) -> None:
    whole = fitted_plan(plan(), side)
    for config in (whole.craft, whole.certify, whole.stress):
        assert (config.working_size, config.batch_size) == (size, batch)
    assert (whole.scan, whole.export) == (plan().scan, plan().export)


def test_what_was_chosen_stays() -> None:
    chosen = changed(plan().craft, working_size=128, batch_size=7, masking="none")
    assert fitted(chosen, 4000) == chosen
    assert fitted(changed(chosen, batch_size=0), 4000) == changed(chosen, batch_size=8)
    with pytest.raises(UsageError, match="working size of 8 is too small"):
        fitted(changed(chosen, working_size=8), 0)


def test_a_run_keeps_the_sizes_it_was_made_with(tmp_path: Path) -> None:
    source = folder(tmp_path / "source", images=6, size=(130, 100))
    run = Run.create(tmp_path / "run", source)
    assert median_side(run) == 0
    chosen = plan(device="cpu")
    chosen = type(chosen)(craft=changed(chosen.craft, steps=10, surrogate="small"))
    list(run_steps(run, ("scan", "craft"), chosen, Stop()))
    record = run.record("craft")
    assert median_side(run) == 100
    assert record is not None
    assert (record.config["working_size"], record.config["batch_size"]) == (64, 32)
    assert [step.state for step in status(run, chosen)[:2]] == [State.DONE, State.DONE]
    spelled_out = type(chosen)(craft=changed(chosen.craft, working_size=64, batch_size=32))
    assert status(run, spelled_out)[1].state is State.DONE
