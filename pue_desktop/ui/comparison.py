"""Two runs side by side: which settings differ, and what came of it, as lines of a table. No widgets here.

Reads both run folders; call it off the GUI thread.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pue_desktop.engine import library
from pue_desktop.engine.config import CONFIG_TYPES, settings
from pue_desktop.engine.errors import SchemaError
from pue_desktop.engine.library import RunEntry
from pue_desktop.engine.pipeline import median_side
from pue_desktop.engine.plans import fitted_plan
from pue_desktop.engine.results import (
    CertifyResult,
    CraftResult,
    CurvePoint,
    ExportResult,
)
from pue_desktop.engine.run import Run
from pue_desktop.engine.stress_results import StressResult
from pue_desktop.ui.text import duration, percent, plain

NOTHING = "–"
_GROUPS = {"scan": "Images", "craft": "Protection", "certify": "Certificate", "stress": "Stress test"}
_GROUPS |= {"export": "Export"}
_FIGURES = _CERTIFIED, _CAME, _TIME = "Certificate's figures", "What came of it", "Time"
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said about both runs.

    Attributes:
        group: What it is about.
        title: What it is.
        left: Of the first run.
        right: Of the second one.
    """

    group: str
    title: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        """Whether the runs are not alike in this."""
        return self.left != self.right


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs and every line about them: settings first, then figures."""

    left: RunEntry
    right: RunEntry
    lines: tuple[Line, ...]


def compare(left: Path, right: Path) -> Comparison:
    """Compares two run folders. Raises `PueError` if one of them can't be read."""
    runs = Run.open(left), Run.open(right)
    entries = library.entry(left), library.entry(right)
    plans = [fitted_plan(library.plan_of(run), median_side(run)) for run in runs]
    lines = [Line(_GROUPS["scan"], "Folder", *(plain(str(run.source)) for run in runs))]
    for step, kind in CONFIG_TYPES.items():
        for setting in settings(kind):
            values = (_text(getattr(plan.of(step), setting.name)) for plan in plans)
            lines.append(Line(_GROUPS[step], setting.title, *values))
    eta = _common_radius(entries[0].certified, entries[1].certified)
    figures = [
        dict((*_certificate(entry.certified, eta), *_figures(run, entry)))
        for run, entry in zip(runs, entries, strict=True)
    ]
    for group, title in _ordered([*figures[0], *figures[1]]):
        lines.append(Line(group, title, *(found.get((group, title), NOTHING) for found in figures)))
    return Comparison(*entries, tuple(lines))


def _ordered(keys: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Returns each key once, by group: what only the second run has comes after what both have."""
    groups = list(_FIGURES)
    return sorted(dict.fromkeys(keys), key=lambda key: groups.index(key[0]))


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(plain(str(one)) for one in value)
    return f"{value:g}" if isinstance(value, float) else plain(str(value)) or NOTHING


def _figures(run: Run, entry: RunEntry) -> Iterator[tuple[tuple[str, str], str]]:
    group = _CAME
    if entry.images:
        yield (group, "Images"), f"{entry.images:,} in {entry.classes:,} classes"
    craft = _load(run, "craft", "craft/result.json", CraftResult)
    if craft is not None:
        if craft.final_error is not None:
            yield (group, "Protected images the surrogate gets wrong"), percent(craft.final_error)
        yield (group, "Mean change of a pixel, of 255"), f"{craft.mean_abs_delta_255:.2f}"
    stress = _load(run, "stress", "stress/result.json", StressResult)
    for row in () if stress is None else stress.by_danger:
        name = f"Attacker {plain(row.attacker)}, {plain(row.countermeasure)}: best epoch"
        yield (group, name), f"{percent(row.best_accuracy)} (originals: {percent(row.clean_best_accuracy)})"
    export = _load(run, "export", "export.json", ExportResult)
    if export is not None:
        yield (group, "Largest change of a pixel, of 255"), f"{export.max_abs_delta_255:g}"
        if export.median_psnr_db is not None:
            yield (group, "Typical likeness (PSNR)"), f"{export.median_psnr_db:.1f} dB"
    for step in CONFIG_TYPES:
        record = run.record(step)
        if record is not None and record.seconds:
            yield (_TIME, _GROUPS[step]), duration(record.seconds)


def _load(run: Run, step: str, relative: str, kind: type[Result]) -> Result | None:
    record = run.record(step)
    if record is not None and record.done:
        with suppress(SchemaError):
            return run.load(relative, kind)
    return None


def _common_radius(one: CertifyResult | None, other: CertifyResult | None) -> float | None:
    """Returns the widest radius at which both have a value; of the one that has any, if the other has none."""
    found = [_certified(result) for result in (one, other) if result is not None]
    radii = [set(values) for values in found if values]
    common = set.intersection(*radii) if radii else set()
    return max(common, default=None)


def _certified(result: CertifyResult) -> dict[float, CurvePoint]:
    return {point.eta: point for point in result.protected_curve if point.simultaneous is not None}


def _certificate(result: CertifyResult | None, eta: float | None) -> Iterator[tuple[tuple[str, str], str]]:
    group = _CERTIFIED
    if result is None:
        return
    yield (group, "Verdict"), library.verdict(result)
    yield (group, "Right without noise, protected images"), percent(result.protected.hold_out_accuracy)
    yield (group, "Right without noise, originals"), percent(result.unprotected.hold_out_accuracy)
    yield (group, "Guessing"), percent(result.chance)
    if eta is not None:
        point = _certified(result).get(eta)
        value = NOTHING if point is None or point.simultaneous is None else percent(point.simultaneous)
        yield (group, f"At most, at η = {eta:.3g}"), value
        floor = next((row.at_least for row in result.comparisons if row.eta == eta), None)
        if floor is not None:
            yield (group, f"Unprotected at least, at η = {eta:.3g}"), percent(floor)
    reach = max(_certified(result), default=None)
    yield (group, "Reaches up to η"), NOTHING if reach is None else f"{reach:.3g}"
