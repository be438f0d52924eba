"""How long a plan takes, against arithmetic by hand and against what the methods really do."""

import math
from pathlib import Path
from typing import cast

import msgspec
import pytest

from crafting import material, small_config, subjects
from pue_desktop.engine.config import CertifyConfig, CraftConfig, Plan, StressConfig
from pue_desktop.engine.estimate import Speed, craft_batches, estimate_seconds, needed_speeds, speed_key
from pue_desktop.engine.methods import METHODS
from pue_desktop.engine.methods.contract import MethodClass
from pue_desktop.engine.methods.surrogate_method import SurrogateMethod
from pue_desktop.workers.job import step_weight

PLAN = Plan(
    craft=CraftConfig(surrogate="small", working_size=32, batch_size=50, steps=100),
    certify=CertifyConfig(surrogate="small", working_size=32, batch_size=50, draws=10, training_steps=10),
    stress=StressConfig(attackers=("small",), working_size=32, batch_size=50, steps=10),
)


@pytest.mark.parametrize("name", METHODS.names())
def test_the_table_says_how_a_method_works(name: str, tmp_path: Path) -> None:
    factory = cast(MethodClass, METHODS.load(name))
    train, held = subjects(range(8)), subjects(range(8, 13)) if factory.sample_wise else None
    work = material(tmp_path, small_config(method=name), train, held)
    made = factory(work)
    entry = METHODS[name]
    if not isinstance(made, SurrogateMethod):
        assert (entry.cost, entry.sign_steps, entry.held_sign_steps) == (0.0, 0, 0)
        return
    assert entry.cost > 0.5
    sign_steps = len(made.history) - work.config.steps
    assert sign_steps == entry.sign_steps * math.ceil(24 / 8) + entry.held_sign_steps * math.ceil(15 / 8)


@pytest.mark.parametrize(
    ("method", "batches"),
    [
        ("pue", 100.0),
        ("pue-b", 160.0),
        ("tap", 90.0 + 0.7 * 40 * 1200 / 50),
        ("emn-sample", 100.0 + 0.7 * 20 * 200 / 50),
        ("random", 0.0),
        ("of a later version", 100.0),
    ],
)
def test_the_work_of_crafting(method: str, batches: float) -> None:
    craft = msgspec.structs.replace(PLAN.craft, method=method)
    assert craft_batches(craft, trained=1000, exported_held=200) == pytest.approx(batches)
    plan = msgspec.structs.replace(PLAN, craft=craft)
    assert step_weight("craft", plan, images=1200, hold_out=200) == pytest.approx(max(1.0, batches))


def test_seconds_follow_from_speeds_method_and_images() -> None:
    speeds = {speed_key(*pair): Speed(train=500.0, evaluate=2000.0) for pair in needed_speeds(PLAN)}

    def craft_seconds(method: str, *, split_given: bool = False, trained: int = 1000) -> float:
        plan = msgspec.structs.replace(PLAN, craft=msgspec.structs.replace(PLAN.craft, method=method))
        found = estimate_seconds(plan, speeds, trained=trained, held=200, split_given=split_given)
        assert found is not None
        return found["craft"]

    assert craft_seconds("pue") == pytest.approx(100 * 50 / 500)
    assert craft_seconds("pue", trained=20) == pytest.approx(100 * 20 / 500)
    assert craft_seconds("pue-b") == pytest.approx(1.6 * craft_seconds("pue"))
    assert craft_seconds("tap") == pytest.approx(0.9 * 10 + 0.7 * 40 * 1200 / 500)
    assert craft_seconds("tap", split_given=True) == pytest.approx(0.9 * 10 + 0.7 * 40 * 1000 / 500)
    assert craft_seconds("pue-sample", split_given=True) == craft_seconds("pue") < craft_seconds("pue-sample")
    assert craft_seconds("lsp") == 0.0
    assert estimate_seconds(PLAN, {}, trained=1000, held=200) is None
