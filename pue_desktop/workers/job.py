"""How far a job of several steps is, as one honest bar and one honest time.

Steps differ by orders of magnitude, so each has a weight: roughly the number of training batches it costs. Within a
step its own progress counts. The time left is what `TimeEstimate` says of the current step, and for the steps after
it their weight at the pace measured so far; while nothing was measured, it is unknown. No Qt here.
"""

from dataclasses import dataclass

from pue_desktop.engine.config import Plan
from pue_desktop.engine.estimate import attack_rounds, craft_batches
from pue_desktop.engine.events import Progress, TimeEstimate
from pue_desktop.engine.plans import SMALL_BATCH

_SCAN = 0.03  # batches' worth of time per image, measured on a laptop
_EXPORT = 0.2
_FORWARD = 1 / 3


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far the whole job is.

    Attributes:
        step: The step at work.
        phase: What it is doing, in a few words.
        fraction: Of the whole job, 0 to 1.
        seconds_left: In the whole job; None while unknown.
    """

    step: str
    phase: str
    fraction: float
    seconds_left: float | None


def step_weight(step: str, plan: Plan, *, images: int, hold_out: int) -> float:
    """Returns roughly how many training batches a step costs."""
    if step == "craft":
        return max(1.0, craft_batches(plan.craft, trained=images - hold_out, exported_held=hold_out))
    if step == "certify":
        certify = plan.certify
        batches_per_draw = max(1.0, hold_out / (certify.batch_size or SMALL_BATCH)) * _FORWARD
        drawing = (certify.draws + certify.training_draws) * batches_per_draw
        return 2 * certify.surrogate_seeds * (certify.training_steps + drawing)
    if step == "stress":
        return 2.0 * plan.stress.steps * len(plan.stress.attackers) * attack_rounds(plan.stress)
    return max(1.0, images * (_SCAN if step == "scan" else _EXPORT))


class Job:
    """The steps of one job and how far it is."""

    def __init__(self, steps: tuple[str, ...], plan: Plan, *, images: int = 0, hold_out: int = 0) -> None:
        self.steps = steps
        self._weights = {step: step_weight(step, plan, images=images, hold_out=hold_out) for step in steps}
        self._estimate = TimeEstimate()
        self._step = steps[0] if steps else ""
        self._seen = 0.0

    def update(self, progress: Progress, now: float) -> JobProgress:
        """Takes the next progress event at time `now` (seconds)."""
        if progress.step != self._step:
            self._step = progress.step
            self._estimate = TimeEstimate()
        share = min(1.0, max(0.0, progress.done / progress.total))
        weight = self._weights.get(progress.step, 1.0)
        place = self.steps.index(progress.step) if progress.step in self.steps else 0
        before = sum(self._weights[step] for step in self.steps[:place])
        after = sum(self._weights[step] for step in self.steps[place + 1 :])
        left = self._estimate.update(progress, now)
        if left is not None:
            remaining = weight * (1 - share)
            left = left + after * left / remaining if remaining > 0 else (left if after == 0 else None)
        # Never backwards: a repeated progress event after a resume must not make the bar jump.
        self._seen = max(self._seen, (before + weight * share) / (before + weight + after))
        return JobProgress(progress.step, progress.phase, self._seen, left)
