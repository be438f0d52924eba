"""The tables of `paper.py` as pure functions: from results to Markdown. Nothing here runs or reads anything.

Figures of different scales never meet: a page is about one `Scale`, says so in its heading and has it in its file name.
Of several seeds a cell shows the mean ± half a 95 % t interval. "…" is not measured yet, "–": there is no certificate.
"""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from benchmarks.published import beside
from pue_desktop.engine.files import digest_json
from pue_desktop.engine.results import CertifyResult
from pue_desktop.engine.statistics import certified_learnability, half_width
from pue_desktop.engine.stress_results import StressResult

PENDING, NONE = "…", "–"
NAMES = {"emn": "EMN", "pue-b": "PUE-B", "pue": "PUE"}
RADII = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_HEADINGS = {"draft": "Draft figures", "standard": "Standard figures", "paper": "Figures at the paper's settings"}

Rows = list[list[str]]
Result = TypeVar("Result")
Certified = Sequence[CertifyResult | None]
Stressed = Sequence[StressResult | None]


@dataclass(frozen=True, slots=True)
class Scale:
    """At which scale figures were made.

    Attributes:
        effort: "draft", "standard" or "paper".
        changes: Settings that differ from the effort's, such as "craft.steps=30", sorted.
    """

    effort: str
    changes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """For file names; other settings have another name."""
        return f"{self.effort}-{digest_json(self.changes)[:8]}" if self.changes else self.effort

    @property
    def heading(self) -> str:
        """For headings."""
        return _HEADINGS[self.effort] + (", with changed settings" if self.changes else "")


@dataclass(frozen=True, slots=True)
class Difference:
    """How the weights of two networks differ: mean and standard deviation over all weights, and their L2 distance."""

    mean: float
    deviation: float
    distance: float


def title(method: str) -> str:
    """Returns what a method is called in headers."""
    return NAMES.get(method, method)


def percent(values: Iterable[float | None]) -> str:
    """Returns shares as a cell: the mean, with half its interval where there are several."""
    found = list(values)
    if not found:
        return PENDING
    known = [value for value in found if value is not None]
    if len(known) < len(found):
        return NONE
    text = f"{100 * statistics.fmean(known):.1f} %"
    return f"{text} ± {100 * half_width(known):.1f}" if len(known) > 1 else text


def markdown(header: Sequence[str], rows: Rows) -> str:
    """Returns a table; all but its first column are figures."""
    if any(len(row) != len(header) for row in rows):
        raise ValueError("every row needs a cell for every column")
    lines = [list(header), ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def with_published(table: str, header: Sequence[str], rows: Rows) -> tuple[list[str], Rows]:
    """Adds the columns of what is published of these rows; a cell of which nothing is known is empty."""
    known = {(one.row, one.column): one.value for one in beside(table) if one.value}
    columns = list(dict.fromkeys(column for row, column in known if row in {cells[0] for cells in rows}))
    return [*header, *columns], [[*row, *(known.get((row[0], column), "") for column in columns)] for row in rows]


def page(table: str, *, subject: str, scale: Scale, facts: Sequence[str], header: Sequence[str], rows: Rows) -> str:
    """Returns a whole page: heading, how it was made, the table, what is published beside it.

    Args:
        table: Sub-command.
        subject: What the table is about.
        scale: Of every figure in it.
        facts: Data, settings, seeds, conditions.
        header: Of the table.
        rows: Cells; "…" where something is still to be measured.
    """
    pending = any(PENDING in cell for row in rows for cell in row)
    state = f"Not finished: {PENDING} is still to come; the same command goes on.\n\n" if pending else ""
    changes = [f"changed: {change}" for change in scale.changes]
    known = "".join(
        f"- {one.says} ({one.source})\n" if one.source else f"- not found: {one.says}\n" for one in beside(table)
    )
    made = "".join(f"- {fact}\n" for fact in (f"effort: {scale.effort}", *facts, *changes))
    return (
        f"# {scale.heading}: {subject}\n\n{state}{markdown(*with_published(table, header, rows))}\n\n"
        f"## Published\n\n{known}{_caution(scale)}\n## How these figures were made\n\n{made}"
    )


def _caution(scale: Scale) -> str:
    if scale.effort == "paper" and not scale.changes:
        return ""
    return (
        "\nThe published figures are of ResNet-18 and larger on whole data sets. These are not of that scale: their "
        "order can be compared, not their size.\n"
    )


def certified_table(found: Mapping[str, Certified]) -> tuple[list[str], Rows]:
    """Returns the certified values over η, for one η alone as in the paper; by method one result a seed, None: to come.

    The last column is the same certificate for the unprotected images.
    """
    done = {method: _done(results) for method, results in found.items()}
    first = next((results[0] for results in done.values() if results), None)
    etas = [point.eta for point in first.protected.curve] if first is not None else []
    rows: Rows = []
    for place, eta in enumerate(etas):
        cells = [percent(result.protected_curve[place].value for result in results) for results in done.values()]
        clean = next(results for results in done.values() if results)
        rows.append([f"{eta:g}", *cells, percent(result.unprotected_curve[place].value for result in clean)])
    empty = [PENDING] * (len(found) + 2)
    return ["η", *map(title, found), "unprotected"], rows or [empty]


def q_sigma_table(
    found: Mapping[str, Mapping[float, Certified]], qs: Sequence[float], confidence: float
) -> tuple[list[str], Rows]:
    """Returns the certified values over σ, q and η/σ, by method and σ; every q from the same draws."""
    rows: Rows = []
    for method, by_sigma in found.items():
        for sigma, results in by_sigma.items():
            for q in qs:
                cells = []
                for radius in RADII:
                    values = [_value(result, q, radius * sigma, sigma, confidence) for result in _done(results)]
                    cells.append(percent(values))
                rows.append([title(method), f"{sigma:g}", f"{q:g}", *cells])
    return ["images", "σ", "q", *(f"η = {radius:g} σ" if radius else "η = 0" for radius in RADII)], rows


def _value(result: CertifyResult, q: float, eta: float, sigma: float, confidence: float) -> float | None:
    """Returns the worst of the surrogates' values, None where one has none."""
    arms = [result.protected, *(pair.protected for pair in result.more)]
    values = [
        certified_learnability(
            [count / arm.of for count in arm.correct], q=q, eta=eta, sigma=sigma, confidence=confidence
        ).value
        for arm in arms
    ]
    known = [value for value in values if value is not None]
    return max(known) if len(known) == len(values) else None


def attackers_table(found: Mapping[str, Stressed], attackers: Sequence[str]) -> tuple[list[str], Rows]:
    """Returns the accuracy of ordinary attackers on clean images, final and at the best epoch, by network."""
    rows = [[name, *_arms(found, attacker=name, countermeasure="crop-flip")] for name in attackers]
    return ["network", "unprotected", *map(title, found)], rows


def share_table(found: Mapping[str, Stressed], attacker: str, shares: Mapping[str, int]) -> tuple[list[str], Rows]:
    """Returns the accuracy by the share of protected images; `shares` gives it, in percent, by countermeasure."""
    rows = [[f"{share} %", *_arms(found, attacker=attacker, countermeasure=name)[1:]] for name, share in shares.items()]
    unprotected = _arms(found, attacker=attacker, countermeasure="crop-flip")[0]
    return ["protected", *map(title, found)], [*rows, ["0 %", *[unprotected] * len(found)]]


def _arms(found: Mapping[str, Stressed], *, attacker: str, countermeasure: str) -> list[str]:
    """Returns the cell of the unprotected images, then those of every method."""
    clean, cells = PENDING, []
    for results in found.values():
        row = [
            figures
            for result in _done(results)
            for one in result.rows
            if (one.attacker, one.countermeasure) == (attacker, countermeasure)
            for figures in one.by_seed
        ]
        if row and clean == PENDING:
            clean = _final_and_best([one.clean_accuracy for one in row], [one.clean_best_accuracy for one in row])
        cells.append(_final_and_best([one.accuracy for one in row], [one.best_accuracy for one in row]))
    return [clean, *cells]


def _final_and_best(final: Sequence[float], best: Sequence[float]) -> str:
    return f"{percent(final)} / {percent(best)}" if final else PENDING


def epsilon_table(
    found: Mapping[str, Mapping[float, tuple[Certified, Stressed]]], attacker: str
) -> tuple[list[str], Rows]:
    """Returns certified value (η = 0) and attacker's accuracy by method and ε (of 255)."""
    rows: Rows = []
    for method, by_epsilon in found.items():
        for epsilon, (certified, stressed) in by_epsilon.items():
            at_most = percent(result.protected_curve[0].value for result in _done(certified))
            cell = _arms({method: stressed}, attacker=attacker, countermeasure="crop-flip")[1]
            rows.append([title(method), f"{epsilon:g}", at_most, cell])
    return ["images", "ε of 255", "certified at η = 0", f"{attacker}, final / best"], rows


def recovery_table(
    found: Mapping[str, Sequence[Mapping[float, float]]], certified: Mapping[str, Certified], etas: Sequence[float]
) -> tuple[list[str], Rows]:
    """Returns what a search within η of the surrogate's weights reaches, by η and method, beside what is certified.

    Args:
        found: By method, for every seed the accuracy by η; what is missing is to come.
        certified: By method, for every seed.
        etas: Radii.
    """
    rows: Rows = []
    for eta in etas:
        row = [f"{eta:g}"]
        for method, searched in found.items():
            row.append(percent(one[eta] for one in searched) if all(eta in one for one in searched) else PENDING)
            bounds = [_bound(result, eta) for result in _done(certified[method])]
            row.append(percent(bounds))
        rows.append(row)
    return ["η", *(text for method in found for text in (title(method), "certified at most"))], rows


def _bound(result: CertifyResult, eta: float) -> float | None:
    """Returns what is certified within η: the value of the next larger radius of the curve."""
    return next((point.value for point in result.protected_curve if point.eta >= eta - 1e-9), None)


def weights_table(found: Mapping[str, Sequence[Difference]], sigma: float) -> tuple[list[str], Rows]:
    """Returns how the weights of networks differ that learned from the same images from different starts, in pairs."""
    rows: Rows = []
    for method, pairs in found.items():
        cells = [PENDING] * 3
        if pairs:
            mean, deviation, distance = (
                statistics.fmean(getattr(pair, name) for pair in pairs) for name in ("mean", "deviation", "distance")
            )
            cells = [f"{mean:.2e}, {deviation:.2g}", f"{distance:.1f}", f"{distance / sigma:.0f}"]
        rows.append([title(method), str(len(pairs)), *cells])
    return ["images", "pairs", "mean, deviation", "L2 distance", "in units of σ"], rows


def _done(results: Sequence[Result | None]) -> list[Result]:
    """Returns the results of all seeds, none while one of them is to come."""
    found = [result for result in results if result is not None]
    return found if len(found) == len(results) else []
