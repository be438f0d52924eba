"""From counts of right answers to everything a certificate states: a pure function of counts and settings.

Certifying, exporting, verifying and the growing curve of the window all call this module, so no bound is computed in
two ways. With a total error α = 1 − confidence, S surrogates per arm, N draws each and the radii of the curve:

- `value`: one bound at one radius of one surrogate; fails with probability at most α.
- `simultaneous`: all radii and all S surrogates at once; α/S for each surrogate, spread over its radii exactly.
- `population`: about images like those of the hold-out. α/2S for the quantiles of a surrogate, α/2S for its hold-out
  counts, α/2SN for each of them; all radii and surrogates at once.
- `mean`: of the accuracy under noise; α/S for each surrogate, and one event serves every radius.
- `comparisons`: upper bounds for protected and lower bounds for unprotected images; α/2S for each surrogate of each
  arm, so that both hold everywhere at once. The two arms share their random numbers: nothing assumes that they are
  independent.

Each kind of statement holds with the stated confidence; different kinds are not added up. The probability is over the
weight draws, for these surrogates and these hold-out images; `population` is also over the hold-out images. It asks
that settings were fixed before the draws were made.
"""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from pue_desktop.engine.config import CertifyConfig
from pue_desktop.engine.planner import curve_etas, upper_quantile
from pue_desktop.engine.results import ArmResult, CertifyResult, Comparison, CurvePoint, Levels, SurrogatePair
from pue_desktop.engine.run import Run
from pue_desktop.engine.statistics import (
    Side,
    certified_learnability,
    distinguishes,
    joint_confidence,
    joint_probability,
    lower_rank,
    mean_bound,
    population_bound,
    quantile_rank,
)

RESULT_FILE = "certify/result.json"
RULES = 2
VERDICT_MARGIN = 0.05
# Two machines may differ in the last digits of a probability.
_ROUNDING = 1e-7


class Counted(Protocol):
    """A surrogate as far as its bounds depend on it: in the run folder or in a certificate."""

    @property
    def correct(self) -> tuple[int, ...]:
        """Right answers on the hold-out for each weight draw."""

    @property
    def of(self) -> int:
        """Hold-out images."""


class Settings(msgspec.Struct, frozen=True):
    """What the bounds depend on besides the counts.

    Attributes:
        q: Quantile.
        sigma: Standard deviation of the noise.
        confidence: Of every statement.
        surrogates: Surrogates per arm.
        etas: Radii of the curve, rising from 0.
    """

    q: float
    sigma: float
    confidence: float
    surrogates: int
    etas: tuple[float, ...]

    @property
    def quantile_levels(self) -> tuple[float, ...]:
        """The level q̄ at each radius."""
        return tuple(upper_quantile(self.q, eta=eta, sigma=self.sigma) for eta in self.etas)

    @property
    def share(self) -> float:
        """The error α/S that is allowed for one surrogate."""
        return (1.0 - self.confidence) / self.surrogates


def settings_of(config: CertifyConfig) -> Settings:
    """Returns the settings of a certification; the radii depend on settings alone."""
    etas = curve_etas(q=config.q, sigma=config.sigma, draws=config.draws, confidence=config.confidence)
    return Settings(config.q, config.sigma, config.confidence, config.surrogate_seeds, tuple(etas))


def local_levels(settings: Settings, draws: int) -> Levels:
    """Returns the confidences of single bounds at which those of one kind hold at once."""
    levels, share = settings.quantile_levels, settings.share
    return Levels(
        at_once=joint_confidence(draws, levels, 1.0 - share, "above"),
        at_most=joint_confidence(draws, levels, 1.0 - share / 2, "above"),
        at_least=joint_confidence(draws, levels, 1.0 - share / 2, "below"),
    )


def enough(settings: Settings, levels: Levels, draws: int) -> bool:
    """Whether single bounds of these confidences hold at once, as `local_levels` promises."""
    quantiles, share = settings.quantile_levels, settings.share
    wanted: tuple[tuple[float, float, Side], ...] = (
        (levels.at_once, share, "above"),
        (levels.at_most, share / 2, "above"),
        (levels.at_least, share / 2, "below"),
    )
    return all(
        joint_probability(draws, quantiles, local, side) >= 1.0 - miss - _ROUNDING and local >= settings.confidence
        for local, miss, side in wanted
    )


def learnability_curve(correct: Sequence[int], of: int, settings: Settings, levels: Levels) -> tuple[CurvePoint, ...]:
    """Returns every bound of one surrogate, at every radius.

    Args:
        correct: Right answers for each weight draw.
        of: Hold-out images.
        settings: What was asked.
        levels: From `local_levels` for as many draws.
    """
    counts = sorted(correct)
    draws = len(counts)
    accuracies = [count / of for count in counts]
    points: list[CurvePoint] = []
    for eta in settings.etas:
        alone = certified_learnability(
            accuracies, q=settings.q, eta=eta, sigma=settings.sigma, confidence=settings.confidence
        )
        at_once = quantile_rank(draws, alone.q_upper, levels.at_once)
        halved = quantile_rank(draws, alone.q_upper, levels.at_most)
        miss = settings.share / 2 / draws
        points.append(
            CurvePoint(
                eta=eta,
                value=alone.value,
                simultaneous=None if at_once is None else accuracies[at_once - 1],
                rank=alone.rank,
                q_upper=alone.q_upper,
                reason=alone.reason,
                population=None if halved is None else population_bound(counts[halved - 1], of, miss),
                mean=mean_bound(accuracies, eta=eta, sigma=settings.sigma, confidence=1.0 - settings.share),
            )
        )
    return tuple(points)


def compare(
    protected: Sequence[Counted], unprotected: Sequence[Counted], settings: Settings, levels: Levels, *, margin: float
) -> tuple[Comparison, ...]:
    """Returns the verdict at every radius.

    What is claimed where it distinguishes: the quantile of level q̄ under the noise, which is the certificate that an
    unlimited number of draws would give, is higher by at least `margin` for every unprotected surrogate than for every
    protected one. It holds with the settings' confidence at all radii at once, over the weight draws, on these hold-out
    images. Nothing is claimed about other networks, nor that the margin is reached where it does not distinguish.

    Args:
        protected: Surrogates of the protected images.
        unprotected: Surrogates of the baseline.
        settings: What was asked.
        levels: From `local_levels`.
        margin: In accuracy.
    """
    above = [(sorted(arm.correct), arm.of) for arm in protected]
    below = [(sorted(arm.correct), arm.of) for arm in unprotected]
    found: list[Comparison] = []
    for eta, level in zip(settings.etas, settings.quantile_levels, strict=True):
        upper = [_at(quantile_rank(len(counts), level, levels.at_most), counts, of) for counts, of in above]
        lower = [_at(lower_rank(len(counts), level, levels.at_least), counts, of) for counts, of in below]
        at_most = None if None in upper else max(value for value in upper if value is not None)
        at_least = None if None in lower else min(value for value in lower if value is not None)
        found.append(Comparison(eta, at_most, at_least, distinguishes(at_most, at_least, margin=margin)))
    return tuple(found)


def verdict(comparisons: Sequence[Comparison]) -> bool:
    """Whether the bounds lie apart at every radius where something is certified, and there is one."""
    said = [row.distinguishes for row in comparisons if row.distinguishes is not None]
    return bool(said) and all(said)


def completed(result: CertifyResult, config: CertifyConfig) -> CertifyResult:
    """Returns `result` with every bound and the verdict made from its counts by the present rules."""
    settings = settings_of(config)
    levels = local_levels(settings, len(result.protected.correct))

    def with_curve(arm: ArmResult) -> ArmResult:
        return msgspec.structs.replace(arm, curve=learnability_curve(arm.correct, arm.of, settings, levels))

    pairs = [SurrogatePair(result.protected, result.unprotected), *result.more]
    pairs = [SurrogatePair(with_curve(pair.protected), with_curve(pair.unprotected)) for pair in pairs]
    comparisons = compare(
        [pair.protected for pair in pairs],
        [pair.unprotected for pair in pairs],
        settings,
        levels,
        margin=VERDICT_MARGIN,
    )
    return msgspec.structs.replace(
        result,
        protected=pairs[0].protected,
        unprotected=pairs[0].unprotected,
        more=tuple(pairs[1:]),
        rules=RULES,
        levels=levels,
        margin=VERDICT_MARGIN,
        comparisons=comparisons,
        distinguishes=verdict(comparisons),
    )


def load_result(run: Run) -> CertifyResult:
    """Reads the run's certification; bounds of an earlier version are made anew from its counts.

    Raises:
        SchemaError: it is missing or damaged.
    """
    result = run.load(RESULT_FILE, CertifyResult)
    record = run.record("certify")
    if result.rules >= RULES or record is None:
        return result
    return completed(result, run.config_as(record.config, CertifyConfig))


def _at(rank: int | None, counts: list[int], of: int) -> float | None:
    return None if rank is None else counts[rank - 1] / of
