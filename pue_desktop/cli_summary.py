"""What a run has reached, read from its run folder: as facts for `--json` and as text for people.

Only what is on disk is told, so the summary of a finished run is the same today and tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from pue_desktop.cli_output import skipped_facts, skipped_text
from pue_desktop.cli_progress import duration
from pue_desktop.engine.config import CertifyConfig, CraftConfig
from pue_desktop.engine.lossy_words import all_words
from pue_desktop.engine.measured_words import measured_words
from pue_desktop.engine.pipeline import STEPS, load_stress
from pue_desktop.engine.recovery_results import RecoveryResult
from pue_desktop.engine.results import (
    ArmResult,
    CertifyResult,
    CurvePoint,
    DatasetIndex,
    ExportResult,
    SkippedFile,
    SurrogatePair,
)
from pue_desktop.engine.run import Run
from pue_desktop.engine.stress_results import AttackFigures, StressResult, StressRow

EXPORT_RESULT = "export.json"


class Reached(msgspec.Struct, frozen=True, kw_only=True):
    """The results of the steps that are done; None for the others."""

    run: str
    seconds: dict[str, float]
    index: DatasetIndex | None
    craft: CraftConfig | None
    certify: CertifyConfig | None
    certified: CertifyResult | None
    stressed: StressResult | None
    exported: ExportResult | None

    @property
    def abstained(self) -> bool:
        """Whether there is no certificate at the asked confidence."""
        return self.certified is not None and self.certified.abstained


def reached(run: Run) -> Reached:
    """Reads the results of the steps that are done. Raises `SchemaError` if one of them is damaged."""
    from pue_desktop.engine.dataset import load_index
    from pue_desktop.engine.figures import load_result

    records = {step.name: run.record(step.name) for step in STEPS}
    done = {name: record for name, record in records.items() if record is not None and record.done}
    return Reached(
        run=str(run.path),
        seconds={name: round(record.seconds, 3) for name, record in done.items()},
        index=load_index(run) if "scan" in done else None,
        craft=run.config_as(done["craft"].config, CraftConfig) if "craft" in done else None,
        certify=run.config_as(done["certify"].config, CertifyConfig) if "certify" in done else None,
        certified=load_result(run) if "certify" in done else None,
        stressed=load_stress(run) if "stress" in done else None,
        exported=run.load(EXPORT_RESULT, ExportResult) if "export" in done else None,
    )


def facts(what: Reached) -> dict[str, object]:
    """Returns the JSON object of `run` and of the single steps."""
    found: dict[str, object] = {
        "status": "abstained" if what.abstained else "ok",
        "run": what.run,
        "seconds": what.seconds,
    }
    skipped: Sequence[SkippedFile] = ()
    if what.index is not None:
        found |= {"classes": len(what.index.classes), "class_names": list(what.index.classes)}
        skipped = what.index.skipped
    if what.craft is not None:
        found |= {"method": what.craft.method, "epsilon_255": what.craft.epsilon_255}
    if what.exported is not None:
        skipped = what.exported.skipped
        found |= {
            "export": what.exported.folder,
            "images": len(what.exported.images),
            "held_back": what.exported.held_back,
            "max_abs_delta_255": what.exported.max_abs_delta_255,
            "median_psnr_db": what.exported.median_psnr_db,
            "lossy": None if what.exported.lossy is None else msgspec.to_builtins(what.exported.lossy),
        }
    found["skipped"] = skipped_facts(skipped)
    if what.certified is not None and what.certify is not None:
        found["certificate"] = _certificate_facts(what.certified, what.certify)
    if what.stressed is not None:
        chance = what.stressed.chance
        found["stress"] = [
            {
                "attacker": row.attacker,
                "countermeasure": row.countermeasure,
                "accuracy": row.accuracy,
                "best_accuracy": row.best_accuracy,
                "clean_accuracy": row.clean_accuracy,
                "clean_best_accuracy": row.clean_best_accuracy,
                "chance": chance,
                "seeds": max(1, len(row.by_seed)),
                "half_widths": None if row.half_widths is None else msgspec.structs.asdict(row.half_widths),
                "alone_accuracy": row.alone_accuracy,
                "alone_best_accuracy": row.alone_best_accuracy,
            }
            for row in what.stressed.by_danger
        ]
        if what.stressed.recovery is not None:
            found["recovery"] = _recovery_facts(what.stressed.recovery)
    return found


def _recovery_facts(found: RecoveryResult) -> dict[str, object]:
    points = [msgspec.structs.asdict(point) | {"above": point.above} for point in found.points]
    return msgspec.structs.asdict(found) | {
        "points": points,
        "distances": [msgspec.structs.asdict(one) for one in found.distances],
    }


def text(what: Reached) -> str:
    """Returns the same for people."""
    lines: list[str] = []
    if what.exported is not None:
        lines += _export_text(what.exported, what.craft)
    elif what.index is not None:
        lines.append(f"{len(what.index.images)} images in {len(what.index.classes)} classes.")
    if what.certified is not None and what.certify is not None:
        lines += ["", *_certificate_text(what.certified, what.certify)]
    if what.stressed is not None:
        lines += ["", *_stress_text(what.stressed)]
    times = ", ".join(f"{step} {duration(seconds)}" for step, seconds in what.seconds.items())
    lines += ["", f"Run folder (keep it private): {what.run}", f"Time: {times or 'nothing done yet'}"]
    return "\n".join(lines).lstrip("\n")


def _certificate_facts(result: CertifyResult, config: CertifyConfig) -> dict[str, object]:
    return {
        "q": config.q,
        "sigma": config.sigma,
        "geometry": config.geometry,
        "draws": config.draws,
        "confidence": config.confidence,
        "abstained": result.abstained,
        "distinguishes": result.distinguishes,
        "chance": result.chance,
        "curve": _curve_facts(result.protected_curve),
        "baseline_curve": _curve_facts(result.unprotected_curve),
        "protected": _arm_facts(result.protected),
        "baseline": _arm_facts(result.unprotected) | {"curve": _curve_facts(result.unprotected_curve)},
        "margin": result.margin,
        "comparisons": [msgspec.structs.asdict(row) for row in result.comparisons],
        "surrogates": [
            {
                "protected": _arm_facts(pair.protected) | {"curve": _curve_facts(pair.protected.curve)},
                "baseline": _arm_facts(pair.unprotected) | {"curve": _curve_facts(pair.unprotected.curve)},
            }
            for pair in (SurrogatePair(result.protected, result.unprotected), *result.more)
        ],
    }


def _curve_facts(curve: Sequence[CurvePoint]) -> list[dict[str, object]]:
    return [
        {
            "eta": point.eta,
            "value": point.value,
            "simultaneous": point.simultaneous,
            "rank": point.rank,
            "reason": point.reason,
            "population": point.population,
            "mean": point.mean,
        }
        for point in curve
    ]


def _arm_facts(arm: ArmResult) -> dict[str, object]:
    return {
        "hold_out_accuracy": arm.hold_out_accuracy,
        "training_accuracy": arm.training_accuracy,
        "noisy_training_accuracy": arm.noisy_training_accuracy,
        "hold_out_images": arm.of,
        "parameters": arm.parameters,
    }


def _export_text(result: ExportResult, craft: CraftConfig | None) -> Iterator[str]:
    yield f"Export: {result.folder}"
    allowed = f" (allowed: {craft.epsilon_255:g})" if craft is not None else ""
    quality = "" if result.median_psnr_db is None else f", median PSNR {result.median_psnr_db:.1f} dB"
    when = "" if result.lossy is None else "before compression "
    change = f"{when}largest change {result.max_abs_delta_255:g} of 255{allowed}{quality}"
    yield f"{len(result.images)} protected images; {change}."
    if result.lossy is not None:
        yield from all_words(result.lossy)
    if result.skipped:
        yield f"{len(result.skipped)} files could not be protected and are not in the export:"
        yield from skipped_text(result.skipped)


def _certificate_text(result: CertifyResult, config: CertifyConfig) -> Iterator[str]:
    yield (
        f"Certificate: quantile {config.q:g}, {config.geometry} weight noise σ {config.sigma:g}, {config.draws} draws, "
        f"confidence {100 * config.confidence:g} %"
        + (f", the worst of {config.surrogate_seeds} surrogates" if result.more else "")
    )
    yield f"  {'η':>6}  {'at most':>10}  {'this η alone':>12}  {'images alike':>12}  {'mean':>7}  {'unprotected':>18}"
    floor = {row.eta: row.at_least for row in result.comparisons}
    for point, baseline in zip(result.protected_curve, result.unprotected_curve, strict=True):
        clean = f"{_share(floor.get(point.eta))} to {_share(baseline.simultaneous)}"
        yield (
            f"  {point.eta:>6.3g}  {_share(point.simultaneous):>10}  {_share(point.value):>12}  "
            f"{_share(point.population):>12}  {_share(point.mean):>7}  {clean:>18}"
        )
    yield f"  chance: {_share(result.chance)}; “-”: no statement at this η; all but “alone” hold at all η at once"
    if result.abstained:
        reason = result.protected.curve[0].reason if result.protected.curve else "there is no curve"
        yield f"There is no certificate at this confidence: {reason}"
    elif result.distinguishes:
        yield (
            f"The certificate distinguishes: made from the originals it would be at least {100 * result.margin:.0f} "
            "points higher, at every certified η."
        )
    else:
        yield (
            "The certificate does not distinguish protected from unprotected images: it is no evidence that the "
            "protection works."
        )


def _stress_text(result: StressResult) -> Iterator[str]:
    """Yields one line for each attack, the most dangerous first, below what the columns mean."""
    rows = result.by_danger
    seeds = max((len(row.by_seed) for row in rows), default=1)
    yield "What attackers reached on clean images after learning, the most dangerous first (measured, not certified):"
    wide = max((len(row.countermeasure) for row in rows), default=0)
    name = max((len(row.attacker) for row in rows), default=0)
    wide, name = max(wide, len("countermeasure")), max(name, len("attacker"))
    titles = ("from protected", "at its best", "from originals", "at its best")
    yield f"  {'attacker':<{name}}  {'countermeasure':<{wide}}" + "".join(f"  {title:>15}" for title in titles)
    for row in rows:
        yield f"  {row.attacker:<{name}}  {row.countermeasure:<{wide}}" + "".join(
            f"  {_with_interval(row, figure):>15}" for figure in AttackFigures.__struct_fields__
        )
    several = f"; means of {seeds} trainings with half a 95 % interval" if seeds > 1 else ""
    yield f"  chance: {_share(result.chance)}; “at its best”: stopped at the best moment{several}"
    yield from measured_words(result)


def _with_interval(row: StressRow, figure: str) -> str:
    half = "" if row.half_widths is None else f" ± {100 * getattr(row.half_widths, figure):.1f}"
    return f"{100 * getattr(row, figure):.1f}{half} %"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f} %"
