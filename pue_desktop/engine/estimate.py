"""How long a plan takes on this machine: measured speeds, then arithmetic.

A speed is images per second through one network at one size, forward and backward (`train`) or forward only
(`evaluate`). Torch is imported only to measure; the window keeps the measured speeds and computes with them.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import msgspec

from pue_desktop.engine.config import CertifyConfig, CraftConfig, Plan, StressConfig
from pue_desktop.engine.countermeasures import COUNTERMEASURES
from pue_desktop.engine.errors import UsageError
from pue_desktop.engine.methods import METHODS
from pue_desktop.engine.plans import LEAST_SIZE, PHOTOGRAPH_SIDE, SMALL_BATCH, fitted_plan

MEASURE_SECONDS = 0.7
_LARGEST_SIZE = 256
_LARGE = 1_000_000  # weights; a batch of such a network takes seconds on a CPU
_SIGN_STEP = 0.7  # of a training step: no weight gets a gradient; measured as the methods' costs were


class Speed(msgspec.Struct, frozen=True):
    """Images per second of one network at one size on one device."""

    train: float
    evaluate: float


Speeds = dict[str, Speed]


def speed_key(surrogate: str, size: int) -> str:
    """Returns the name under which a speed is kept, such as "small@32"."""
    return f"{surrogate}@{size}"


def from_speed_key(key: str) -> tuple[str, int]:
    """Returns network and size of a name such as "small@32". Raises `UsageError` for anything else."""
    name, _, size = key.rpartition("@")
    if not name or not size.isdecimal() or not LEAST_SIZE <= int(size) <= _LARGEST_SIZE:
        raise UsageError(
            f"{key!r} is no network with a size.",
            hint=f"Write it as small@32, with a size from {LEAST_SIZE} to {_LARGEST_SIZE}.",
        )
    return name, int(size)


def needed_speeds(plan: Plan) -> list[tuple[str, int]]:
    """Returns every (network, size) whose speed `plan` depends on, whatever the images are."""
    pairs: set[tuple[str, int]] = set()
    for side in (0, PHOTOGRAPH_SIDE):
        sized = fitted_plan(plan, side)
        pairs |= {(part.surrogate, part.working_size) for part in (sized.craft, sized.certify)}
        pairs |= {(attacker, sized.stress.working_size) for attacker in sized.stress.attackers}
    return sorted(pairs)


def estimate_seconds(
    plan: Plan, speeds: Speeds, *, trained: int, held: int, side: int = 0, split_given: bool = False
) -> dict[str, float] | None:
    """Returns seconds by step (craft, certify, stress), None if a speed is missing.

    Args:
        plan: What is to be done.
        speeds: By `speed_key`.
        trained: Images that networks learn from.
        held: Hold-out images.
        side: Median of the images' shorter sides, in pixels.
        split_given: Whether the folder came with its own hold-out, which is not exported.
    """
    sized = fitted_plan(plan, side)
    craft, certify, stress = sized.craft, sized.certify, sized.stress
    try:
        crafting = speeds[speed_key(craft.surrogate, craft.working_size)]
        certifying = speeds[speed_key(certify.surrogate, certify.working_size)]
        attacking = [speeds[speed_key(attacker, stress.working_size)] for attacker in stress.attackers]
    except KeyError:
        return None
    crafted = craft_batches(craft, trained=trained, exported_held=0 if split_given else held)
    certified = certify_seconds(certify, certifying, trained=trained, held=held)
    epochs = stress.steps * min(stress.batch_size, trained) / trained
    stress_seconds = sum(
        2 * (epochs * trained / speed.train + epochs * held / speed.evaluate) for speed in attacking
    ) * attack_rounds(stress)
    seconds = crafted * min(craft.batch_size, trained) / crafting.train
    return {"craft": seconds, "certify": certified, "stress": stress_seconds}


def craft_batches(craft: CraftConfig, *, trained: int, exported_held: int) -> float:
    """Returns how many training batches crafting is worth: its steps, and sign steps for single images.

    Args:
        craft: Settings; a method that is not known counts as PUE.
        trained: Images that networks learn from.
        exported_held: Hold-out images that are exported too.
    """
    entry = METHODS[craft.method if craft.method in METHODS else "pue"]
    passed = entry.sign_steps * trained + entry.held_sign_steps * exported_held
    batch = max(1, min(craft.batch_size or SMALL_BATCH, trained))
    return craft.steps * entry.cost + _SIGN_STEP * passed / batch


def attack_rounds(stress: StressConfig) -> float:
    """Returns how many plain trainings the countermeasures of one network cost, for all seeds and one arm."""
    known = {entry.name: entry.cost for entry in COUNTERMEASURES}
    return stress.seeds * sum(known.get(name, 1.0) for name in stress.countermeasures)


def certify_seconds(certify: CertifyConfig, speed: Speed, *, trained: int, held: int) -> float:
    """Returns the seconds of a certification: both arms of every surrogate seed, training and draws."""
    draws = certify.draws * held + certify.training_draws * trained
    trainings = certify.training_steps * min(certify.batch_size, trained)
    return 2 * certify.surrogate_seeds * (trainings / speed.train + draws / speed.evaluate)


def measure(surrogate: str, size: int, device_name: str = "auto") -> Speed:
    """Measures a network here; takes a second or two on fast devices. Imports torch.

    Raises:
        UsageError: unknown network or device.
    """
    import torch

    from pue_desktop.engine.craft import build_surrogate
    from pue_desktop.engine.runtime import resolve_device

    device = resolve_device(device_name)
    model = build_surrogate(surrogate, 10, size, 0, "measure").to(device)
    large = sum(parameter.numel() for parameter in model.parameters()) > _LARGE
    batch = 8 if device.type == "cpu" and large else 128
    images = torch.zeros(batch, 3, size, size, device=device)

    def train() -> None:
        model(images).square().mean().backward()
        model.zero_grad()

    def evaluate() -> None:
        with torch.inference_mode():
            model(images)

    def pace(work: Callable[[], None]) -> float:
        work()
        rounds, began = 0, time.perf_counter()
        while rounds == 0 or time.perf_counter() - began < MEASURE_SECONDS:
            work()
            rounds += 1
            if device.type == "cuda":
                torch.cuda.synchronize(device)
        return rounds * batch / (time.perf_counter() - began)

    model.train()
    trained = pace(train)
    model.eval()
    return Speed(train=trained, evaluate=pace(evaluate))
