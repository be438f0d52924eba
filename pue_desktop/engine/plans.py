"""From what a user chooses, strength and effort, to the settings of all steps; what is left open, from the images.

Sizes (0) and masking (auto) may be left to the images: `fitted` fills them in once the folder is scanned.
"""

import msgspec

from pue_desktop.engine.config import (
    CONFIG_TYPES,
    CertifyConfig,
    CraftConfig,
    Plan,
    StepConfig,
    StressConfig,
    changed,
)
from pue_desktop.engine.errors import UsageError

STRENGTHS: dict[str, float] = {"subtle": 4.0, "standard": 8.0, "strong": 16.0}
EFFORTS: dict[str, str] = {
    "draft": "A small network at 32 pixels, photographs at 64: minutes on a laptop.",
    "standard": "ResNet-18 at 64 pixels: minutes on one GPU, a night on a CPU.",
    "paper": "The settings of the paper: hours on a GPU.",
}

SMALL_SIZE, SMALL_BATCH = 32, 128
PHOTOGRAPH_SIZE = 64
PHOTOGRAPH_SIDE = 96
"""From this shorter side on, images are worked on at 64 pixels: they hold more than 32 show."""
LEAST_SIZE, LEAST_BATCH = 16, 8


def fitted(config: StepConfig, side: int) -> StepConfig:
    """Returns `config` with what was left to the images, sizes (0) and masking (auto), filled in.

    Args:
        config: Of any step.
        side: Median length of the images' shorter sides, in pixels; 0 while it is not known.

    Raises:
        UsageError: the working size is too small for a network.
    """
    if not isinstance(config, CraftConfig | CertifyConfig | StressConfig):
        return config
    size = config.working_size or (PHOTOGRAPH_SIZE if side >= PHOTOGRAPH_SIDE else SMALL_SIZE)
    if size < LEAST_SIZE:
        raise UsageError(
            f"A working size of {size} is too small.", hint=f"Take {LEAST_SIZE} to 256, or 0 to let it be."
        )
    # As many pixels a step at every size: the step takes as long.
    batch = config.batch_size or max(LEAST_BATCH, SMALL_BATCH * SMALL_SIZE**2 // size**2)
    sized: StepConfig = changed(config, working_size=size, batch_size=batch)
    if isinstance(sized, CraftConfig) and sized.masking == "auto":
        sized = changed(sized, masking="texture" if side >= PHOTOGRAPH_SIDE else "none")
    return sized


def fitted_plan(plan: Plan, side: int) -> Plan:
    """Returns `plan` with every config `fitted` to images of that median shorter side, in pixels."""
    return msgspec.structs.replace(plan, **{step: fitted(plan.of(step), side) for step in CONFIG_TYPES})


def parse_strength(text: str) -> float:
    """Turns "subtle", "standard", "strong" or a number of 255 into epsilon (of 255).

    Raises:
        UsageError: neither a name nor a number from 1 to 64.
    """
    if text in STRENGTHS:
        return STRENGTHS[text]
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 1 <= value <= 64:
        raise UsageError(
            f"Strength {text!r} is not known.", hint="Choose subtle, standard, strong or a number from 1 to 64."
        )
    return value


def plan(*, strength: str = "standard", effort: str = "draft", seed: int = 0, device: str = "auto") -> Plan:
    """Returns the configs of all steps for what a user chooses.

    Args:
        strength: Name or number, see `parse_strength`.
        effort: "draft", "standard" or "paper".
        seed: Seed of the run.
        device: "auto" or a device name.

    Raises:
        UsageError: unknown strength or effort, seed out of range.
    """
    if effort not in EFFORTS:
        raise UsageError(f"Effort {effort!r} is not known.", hint=f"Choose one of: {', '.join(EFFORTS)}.")
    chosen = _EFFORT_PLANS[effort]
    return Plan(
        scan=changed(chosen.scan, seed=seed),
        craft=changed(chosen.craft, epsilon_255=parse_strength(strength), seed=seed, device=device),
        certify=changed(chosen.certify, seed=seed, device=device),
        stress=changed(chosen.stress, seed=seed, device=device),
        export=chosen.export,
    )


def effort_of(craft: CraftConfig) -> str:
    """Returns the effort whose settings come closest to `craft`."""

    def agreement(effort: str) -> int:
        other = _EFFORT_PLANS[effort].craft
        names = ("surrogate", "geometry", "steps", "step_255")
        return sum(getattr(other, name) == getattr(craft, name) for name in names)

    return max(EFFORTS, key=agreement)


_EFFORT_PLANS: dict[str, Plan] = {
    "draft": Plan(),
    "standard": Plan(
        craft=CraftConfig(surrogate="resnet18", working_size=64, batch_size=128, steps=4000),
        certify=CertifyConfig(surrogate="resnet18", working_size=64, batch_size=128, draws=1000, training_steps=4000),
        stress=StressConfig(working_size=64, batch_size=128, steps=2000),
    ),
    # Settings of the paper: isotropic noise on a large network, sigma 0.25, q 0.9, N 1000.
    "paper": Plan(
        craft=CraftConfig(
            surrogate="resnet18",
            working_size=32,
            smallest_view=1.0,
            geometry="isotropic",
            sigma=0.25,
            step_255=0.8,
            steps=20_000,
        ),
        certify=CertifyConfig(
            surrogate="resnet18", working_size=32, geometry="isotropic", sigma=0.25, draws=1000, training_steps=23_000
        ),
        stress=StressConfig(attackers=("resnet18", "vgg"), working_size=32, steps=23_000),
    ),
}
