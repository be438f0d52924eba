"""What can be looked at while crafting: which pictures are written when, and that it takes little of the time."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pictures import folder
from pue_desktop.engine import previews
from pue_desktop.engine.dataset import load_index
from pue_desktop.engine.events import Event, Metric, Preview
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.pipeline import run_steps
from pue_desktop.engine.previews import PREVIEW_COUNT, TURN_SECONDS, TURN_SHARE, Previews
from pue_desktop.engine.results import CraftResult
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop
from tiny import tiny_plan


class Method:
    """Adds as much to every pixel as it was asked for patterns, and counts for which images."""

    asked = 0
    ids: Sequence[str] = ()

    def perturbation(self, ids: Sequence[str]) -> Perturbation:
        self.asked += 1
        self.ids = ids
        return Perturbation(np.full((2, 3, 4, 4), float(self.asked) * (-1) ** self.asked, np.float32), 8.0)


class Clock:
    """A clock that goes on by `pace` whenever it is read."""

    now = 100.0
    pace = 0.0

    def monotonic(self) -> float:
        self.now += self.pace
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(previews, "time", made)
    return made


@pytest.fixture
def scanned(tmp_path: Path) -> Run:
    run = Run.create(tmp_path / "run", folder(tmp_path / "source", images=10))
    list(run_steps(run, ("scan",), tiny_plan(), Stop()))
    return run


def _written(events: Sequence[Event]) -> list[int]:
    return [int(Path(event.path).name[0]) for event in events if isinstance(event, Preview)]


def test_first_all_then_the_one_looked_at_and_another(scanned: Run, clock: Clock) -> None:
    stop, method = Stop(), Method()
    made = Previews(scanned, load_index(scanned), stop)
    assert made.due
    stop.looked_at = 5
    found: Any = method
    first = list(made.write(found, 1))
    assert _written(first) == list(range(PREVIEW_COUNT))
    assert not made.due
    clock.now += TURN_SECONDS
    assert made.due
    turns = [list(made.write(found, step)) for step in range(2, 10)]
    assert [_written(turn) for turn in turns] == [[1, 5], [2, 5], [3, 5], [4, 5], [5], [5, 6], [5, 7], [0, 5]]
    told = [event for turn in (first, *turns) for event in turn if isinstance(event, Metric)]
    assert [(event.name, event.x, event.value) for event in told] == [("change", step, step) for step in range(1, 10)]
    assert _written(list(made.write(found, 0, every=True))) == list(range(PREVIEW_COUNT))
    # A hint out of range is no error, and images that stand for the others are asked for once.
    stop.looked_at = 99
    assert _written(list(made.write(found, 11))) == [1, 7]
    assert len(set(method.ids)) == len(method.ids) == 16


def test_turns_take_a_small_share_of_the_time(scanned: Run, clock: Clock) -> None:
    method: Any = Method()
    made = Previews(scanned, load_index(scanned), Stop())
    list(made.write(method, 1))
    clock.pace = 0.5
    list(made.write(method, 2))
    clock.pace = 0.0
    # Begun and ended half a second apart, so the next turn comes when that is two per cent of the time.
    clock.now += 0.5 / TURN_SHARE - 0.01
    assert not made.due
    clock.now += 0.02
    assert made.due


def test_the_last_change_told_is_that_of_the_result(scanned: Run) -> None:
    told = [
        event
        for event in run_steps(scanned, ("craft",), tiny_plan(), Stop())
        if isinstance(event, Metric) and event.name == "change"
    ]
    result = scanned.load("craft/result.json", CraftResult)
    assert told[-1].x == result.steps
    assert told[-1].value == pytest.approx(result.mean_abs_delta_255, rel=1e-5)
    assert told[-1].value > 0
