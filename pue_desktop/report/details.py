"""The pages after the first, for experts: scope, evidence, data set, settings, stress test, how to verify.

Lists that may be long (classes, skipped files) are shortened here, with a line that says so; certificate.json holds
all of them.
"""

from collections.abc import Sequence
from typing import TypeVar

from pue_desktop.engine import certificate_words as words
from pue_desktop.engine.certificate_schema import (
    Arm,
    Attack,
    Certificate,
    Comparison,
    Point,
    Quality,
    Results,
)
from pue_desktop.engine.certificate_values import SettingValue
from pue_desktop.engine.lossy_words import all_words
from pue_desktop.engine.measured_words import alone_words, sight_words
from pue_desktop.report import style
from pue_desktop.report.curve import draw_draws
from pue_desktop.report.recovery import draw_findings
from pue_desktop.report.sheet import Column, Sheet, plain
from pue_desktop.report.style import font

Row = TypeVar("Row")
_MOST_POINTS = 12
_MOST_VERDICTS = 7
_MOST_SURROGATES = 10
_MOST_ATTACKS = 40
_MOST_CLASSES = 30
_MOST_SKIPPED = 10
_NAME = 48
_STEP_TITLES = {
    "scan": "Data set",
    "craft": "Crafting",
    "certify": "Certification",
    "stress": "Stress test",
    "export": "Export",
}


def draw_details(sheet: Sheet, certificate: Certificate) -> None:
    """Draws everything after page 1."""
    sheet.new_page()
    sheet.heading("What this certificate does not cover")
    sheet.bullets(certificate.not_covered, size=8.4)
    _evidence(sheet, certificate)
    _stress_test(sheet, certificate)
    draw_findings(sheet, certificate)
    _data_set(sheet, certificate)
    _settings(sheet, certificate)
    _verification(sheet, certificate)


def _evidence(sheet: Sheet, certificate: Certificate) -> None:
    results = certificate.results
    sheet.heading("The evidence", keep=120)
    seeds = "" if not results.more else f" ({len(results.pairs)} of each kind, from different seeds)"
    sheet.text(
        f"Weight noise: {results.geometry}, {words.equation('σ', results.sigma)}. "
        f"Quantile {words.equation('q', results.q)}. "
        f"{len(results.protected.correct):,} weight draws of each surrogate{seeds}, each measured on "
        f"{results.protected.of:,} clean hold-out images. Confidence {words.chosen_percent(results.confidence)}. "
        f"{results.rule}",
        font(8.6),
    )
    _bounds(sheet, results)
    if results.claims:
        sheet.heading("What these figures state", keep=60)
        sheet.bullets(results.claims, size=8)
    draw_draws(sheet, certificate, height=72)
    sheet.y += 8
    _surrogates(sheet, results)


def _bounds(sheet: Sheet, results: Results) -> None:
    """Writes every bound and the verdict at every radius; of several surrogates the worst."""
    points = _thinned(list(zip(results.protected_curve, results.unprotected_curve, strict=False)))
    later = results.rules > 1
    header = ["radius η", "level q̄", "rank, alone", "protected, at once", "protected, alone"]
    header += ["protected, images like these", "protected, mean"] if later else ["unprotected, at once"]
    sheet.table(
        [Column(0.8), Column(1, "right"), Column(0.9, "right"), *[Column(1.7, "right")] * (len(header) - 3)],
        header,
        [_point_row(protected, clean, later=later) for protected, clean in points],
    )
    rows = [row for row in results.comparisons if row.at_most is not None]
    if rows:
        confidence = words.chosen_percent(results.confidence)
        clean = {point.eta: point.simultaneous for point in results.unprotected_curve}
        sheet.text(f"The verdict: both of its bounds, at all radii at once, with {confidence} confidence.", font(8.6))
        sheet.table(
            [Column(0.8), *[Column(1.6, "right")] * 4, Column(1.9, "right")],
            [
                "radius η",
                "protected, at most",
                "unprotected, at least",
                "between them",
                "unprotected, at most",
                "verdict",
            ],
            [_verdict_row(row, clean.get(row.eta)) for row in _thinned(rows, _MOST_VERDICTS)],
        )


def _verdict_row(row: Comparison, clean: float | None) -> list[str]:
    gap = "–" if row.at_most is None or row.at_least is None else f"{100 * (row.at_least - row.at_most):.1f} points"
    said = "distinguishes" if row.distinguishes else "does not"
    return [f"{row.eta:g}", _share(row.at_most), _share(row.at_least), gap, _share(clean), said]


def _surrogates(sheet: Sheet, results: Results) -> None:
    """Writes what is known of the surrogates besides their bounds, and with several the bound of each."""
    arms = (results.protected, results.unprotected)
    sheet.table(
        [Column(4), Column(1.6, "right"), Column(1.6, "right")],
        ["Surrogate that learned from", "protected images", "unprotected images"],
        [
            ["Accuracy on the hold-out, without noise", *(words.percent(arm.hold_out_accuracy) for arm in arms)],
            [
                "Accuracy on its own training images, without noise",
                *(words.percent(arm.training_accuracy) for arm in arms),
            ],
            ["Accuracy on its own training images, under the noise (mean)", *(_noisy(arm) for arm in arms)],
            ["Number of weights", *(f"{arm.parameters:,}" for arm in arms)],
        ],
    )
    point = words.reach(results.protected_curve)
    if not results.more or point is None:
        return
    sheet.text(
        f"That is the surrogate of the first seed. Each of all {len(results.pairs)}, with its bound at "
        f"{words.equation('η', point.eta)} (at once):",
        font(8.6),
    )
    shown = results.pairs[:_MOST_SURROGATES]
    sheet.table(
        [Column(0.6), *[Column(1.5, "right")] * 4],
        ["seed", "protected, bound", "unprotected, bound", "protected, own images", "unprotected, own images"],
        [
            [
                str(number + 1),
                *(_share(next(p.simultaneous for p in arm.curve if p.eta == point.eta)) for arm in arms),
                *(_noisy(arm) for arm in arms),
            ]
            for number, arms in enumerate((pair.protected, pair.unprotected) for pair in shown)
        ],
    )
    _more(sheet, len(results.pairs) - len(shown), "surrogates")


def _point_row(protected: Point, clean: Point, *, later: bool) -> list[str]:
    return [
        f"{protected.eta:g}",
        f"{protected.q_upper:.5f}",
        "–" if protected.rank is None else f"{protected.rank:,}",
        _share(protected.simultaneous),
        _share(protected.value),
        *([_share(protected.population), _share(protected.mean)] if later else [_share(clean.simultaneous)]),
    ]


def _share(value: float | None) -> str:
    return "none" if value is None else words.percent(value)


def _noisy(arm: Arm) -> str:
    return "not measured" if arm.noisy_training_accuracy is None else words.percent(arm.noisy_training_accuracy)


def _thinned(rows: list[Row], most: int = _MOST_POINTS) -> list[Row]:
    """Returns at most so many rows, evenly spread, the last included."""
    if len(rows) <= most:
        return rows
    return [rows[round(i * (len(rows) - 1) / (most - 1))] for i in range(most)]


def _stress_test(sheet: Sheet, certificate: Certificate) -> None:
    sheet.heading("Measured, not certified: what attackers reached", keep=64)
    test = certificate.stress_test
    if test is None or not test.attacks:
        sheet.text("Not measured: no attacker was tried against these images.", font(8.6))
        return
    attacks = sorted(test.attacks, key=lambda attack: (-attack.best_accuracy, -attack.accuracy))
    seeds = max(attack.seeds for attack in attacks)
    several = f" Means of {seeds} trainings, with half a 95 % interval over them." if seeds > 1 else ""
    left = len(attacks) - _MOST_ATTACKS
    rest = (
        f" Shown: the {_MOST_ATTACKS} most dangerous of {len(attacks)}; certificate.json has all." if left > 0 else ""
    )
    sheet.text(
        "Networks trained from scratch; accuracy on clean hold-out images; the most dangerous first. Guessing reaches "
        f"{words.percent(test.chance)}.{several} {_sight(certificate)}{rest}",
        font(8.6),
    )
    sheet.table(
        [Column(1.6), Column(1.4), *[Column(1.75, "right")] * 4],
        [
            "attacker",
            "countermeasure",
            "protected, at the end",
            "protected, best epoch",
            "originals, at the end",
            "originals, best epoch",
        ],
        [_attack_cells(attack) for attack in attacks[:_MOST_ATTACKS]],
    )
    alone = alone_words(attacks[:_MOST_ATTACKS])
    if alone:
        sheet.text(alone, font(8.6))


def _sight(certificate: Certificate) -> str:
    settings = certificate.settings.get("stress", {})
    size, framing = settings.get("working_size", 0), settings.get("framing", "squash")
    return sight_words(size if isinstance(size, int) else 0, str(framing))


def _attack_cells(attack: Attack) -> list[str]:
    figures = (attack.accuracy, attack.best_accuracy, attack.clean_accuracy, attack.clean_best_accuracy)
    shares = [words.percent(share) for share in figures]
    if len(attack.half_widths) == len(figures):
        shares = [
            f"{share}\u00a0±\u00a0{100 * half:.1f}" for share, half in zip(shares, attack.half_widths, strict=True)
        ]
    return [plain(attack.attacker, _NAME), plain(attack.countermeasure, _NAME), *shares]


def _data_set(sheet: Sheet, certificate: Certificate) -> None:
    data_set, quality = certificate.data_set, certificate.quality
    sheet.heading("The images", keep=80)
    learned = sum(image.learned for image in certificate.images)
    formats = ", ".join(f"{name} {count:,}" for name, count in data_set.formats.items())
    of_them = f"{learned:,} of them" if certificate.lossy is None else f"the pixels of {learned:,} before compression"
    sheet.text(
        f"{len(certificate.images):,} images were exported as {data_set.export_format}; the certified surrogate "
        f"learned from {of_them}. {data_set.held_back:,} images of the owner's test folder only "
        f"measure and are not exported. Formats of the originals: {formats}.",
        font(8.6),
    )
    sheet.text(
        f"Largest change of any pixel value: {quality.max_abs_delta_255:g} of 255, at most {quality.epsilon_255:g} "
        f"promised. Signal-to-noise ratio: median {_decibels(quality.median_psnr_db)}, worst "
        f"{_decibels(quality.worst_psnr_db)}. {_likeness(quality)}"
        + (
            "Measured on the files as read back from the disk."
            if certificate.lossy is None
            else f"That is before compression. {' '.join(all_words(certificate.lossy)[1:])}"
        ),
        font(8.6),
    )
    shown = data_set.classes[:_MOST_CLASSES]
    _in_columns(
        sheet,
        ["class", "to learn", "hold-out"],
        [[plain(counts.name, _NAME), f"{counts.train:,}", f"{counts.hold_out:,}"] for counts in shown],
    )
    _more(sheet, len(data_set.classes) - len(shown), "classes")
    if data_set.skipped:
        sheet.heading(f"Files that could not be protected and are not exported: {len(data_set.skipped):,}", keep=40)
        files = data_set.skipped[:_MOST_SKIPPED]
        sheet.table(
            [Column(1), Column(1)],
            ["file", "reason"],
            [[plain(file.path, 100), plain(file.reason, 100)] for file in files],
            size=7.6,
        )
        _more(sheet, len(data_set.skipped) - len(files), "files")


def _in_columns(sheet: Sheet, header: Sequence[str], rows: list[list[str]]) -> None:
    """Writes a narrow table as two side by side, read downwards."""
    half = (len(rows) + 1) // 2
    if len(rows) < 4:
        sheet.table(
            [Column(3), Column(1, "right"), Column(1, "right"), Column(5)], [*header, ""], [[*row, ""] for row in rows]
        )
        return
    empty = [""] * len(header)
    pairs = [[*left, "", *right] for left, right in zip(rows[:half], [*rows[half:], empty][:half], strict=True)]
    column = [Column(3), Column(1, "right"), Column(1, "right")]
    sheet.table([*column, Column(0.4), *column], [*header, "", *header], pairs)


def _more(sheet: Sheet, count: int, things: str) -> None:
    if count > 0:
        sheet.text(f"And {count:,} more {things}: certificate.json lists all.", font(8.2), colour=style.MUTED)


def _likeness(quality: Quality) -> str:
    if quality.median_ssim is None or quality.worst_ssim is None:
        return ""
    return f"Structural similarity (SSIM): median {quality.median_ssim:.3f}, worst {quality.worst_ssim:.3f}. "


def _decibels(value: float | None) -> str:
    return "unchanged" if value is None else f"{value:.1f} dB"


def _settings(sheet: Sheet, certificate: Certificate) -> None:
    sheet.heading("Settings and conditions", keep=110)
    rows = [
        [_STEP_TITLES.get(step, plain(step, _NAME)), ",  ".join(f"{n} {_value(v)}" for n, v in values.items())]
        for step, values in sorted(certificate.settings.items(), key=_step_order)
    ]
    if certificate.crafting is not None:
        crafting = certificate.crafting
        rows.append(
            [
                "Crafting reached",
                f"{crafting.steps:,} surrogate steps, {crafting.noisy_steps:,} of them under weight noise, "
                f"{crafting.perturbation_steps:,} perturbation steps, final surrogate error "
                f"{words.percent(crafting.final_error)}",
            ]
        )
    rows.append(["Certified on", ",  ".join(f"{name} {value}" for name, value in certificate.conditions.items())])
    sheet.table([Column(1.1), Column(5)], ["", ""], rows)
    sheet.text(
        "The seed and the perturbation are kept by the owner: they would let others take the protection off.",
        font(8.2),
        colour=style.MUTED,
    )


def _step_order(setting: tuple[str, object]) -> int:
    steps = list(_STEP_TITLES)
    return steps.index(setting[0]) if setting[0] in steps else len(steps)


def _value(value: SettingValue) -> str:
    if isinstance(value, list):
        return " + ".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _since_schema_2(name: str, digest: str | None) -> list[list[str]]:
    return [] if digest is None else [[name, digest]]


def _verification(sheet: Sheet, certificate: Certificate) -> None:
    data_set, arms = certificate.data_set, certificate.results
    sheet.heading("How to verify", keep=80)
    sheet.bullets(certificate.how_to_verify, size=8.4)
    sheet.table(
        [Column(1.5), Column(4, mono=True)],
        ["SHA-256 of", ""],
        [
            ["all original files", data_set.originals_sha256],
            *_since_schema_2("the exported images' originals", data_set.exported_originals_sha256),
            *_since_schema_2("their pixels", data_set.exported_originals_pixels_sha256),
            ["all exported files", data_set.files_sha256],
            ["all exported pixels", data_set.pixels_sha256],
            ["the pixels learned from", data_set.learned_sha256],
            ["surrogate, protected", arms.protected.weights_sha256],
            ["surrogate, unprotected", arms.unprotected.weights_sha256],
            *_since_schema_2("the list of versions", certificate.identification.lock_sha256),
        ],
    )
    made = certificate.identification
    libraries = f" with {len(made.versions)} libraries, all named in certificate.json" if made.versions else ""
    sheet.text(
        f"Made by {made.program} {made.version}{libraries}, on {made.created}. What was signed and what counts is "
        "certificate.json; these pages show it.",
        font(8.2),
        colour=style.MUTED,
    )
