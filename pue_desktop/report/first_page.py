"""Page 1, for people: the verdict in plain words, the key figures, the curve, what to be careful about, who signed."""

from pue_desktop.engine import certificate_words as words
from pue_desktop.engine.certificate_schema import Certificate
from pue_desktop.report import recovery, style
from pue_desktop.report.curve import draw_curve
from pue_desktop.report.sheet import Laid, Sheet
from pue_desktop.report.signature import draw_signature
from pue_desktop.report.style import font

_PADDING = 13.0


def draw_first_page(sheet: Sheet, certificate: Certificate, digest: str) -> None:
    """Draws the whole of page 1; `digest` is the SHA-256 of certificate.json."""
    _title(sheet, certificate)
    _verdict(sheet, certificate)
    _key_figures(sheet, certificate)
    sheet.heading("How much can be learned, and how sure that is", keep=200)
    draw_curve(sheet, certificate, height=150)
    sheet.y += 6
    sheet.text(
        _reading(certificate),
        font(7.8),
        colour=style.MUTED,
        after=4,
    )
    sheet.heading("Before you rely on it", keep=50)
    sheet.bullets(
        [
            *words.cautions(certificate),
            *recovery.cautions(certificate),
            "It speaks of networks whose weights lie near the surrogate's, on these images. What it does not cover is "
            "listed on the next page.",
        ],
        size=8.6,
    )
    draw_signature(sheet, certificate, digest)


def _reading(certificate: Certificate) -> str:
    """Returns how to read the curve."""
    results = certificate.results
    text = (
        "Solid lines are bounds that hold at all radii at once, dotted lines at each radius alone. The protected line "
        "means something only if the unprotected one, obtained in the same way, lies elsewhere"
    )
    if certificate.lossy is not None:
        text = f"All lines are about the images before compression. {text}"
    if results.rules == 1:
        return f"{text}."
    text += ": its band reaches down to what it cannot fall below."
    means = [point.mean for point in results.protected_curve if point.mean is not None]
    if means:
        text += (
            f" The mean over all such networks, instead of the quantile, is at most {words.percent(means[0])} at "
            f"{words.equation('η', 0)} and {words.percent(means[-1])} at "
            f"{words.equation('η', results.protected_curve[-1].eta)}."
        )
    if results.more:
        text += f" Every line is that of the worst of {len(results.pairs)} surrogates."
    return text


def _title(sheet: Sheet, certificate: Certificate) -> None:
    exported, classes = len(certificate.images), len(certificate.data_set.classes)
    name = Laid("PUE DESKTOP", font(8.2, "strong"), style.TEXT_WIDTH)
    sheet.write(name, style.MARGIN_SIDE, sheet.y, style.ACCENT)
    number = Laid(f"No. {certificate.identification.run_id}", font(8.2), style.TEXT_WIDTH, align="right")
    sheet.write(number, style.MARGIN_SIDE, sheet.y, style.MUTED)
    sheet.y += 17
    sheet.rule(sheet.y, style.ACCENT, 1.4)
    sheet.y += 13
    title = Laid(words.title(certificate), font(25, "strong"), style.TEXT_WIDTH, leading=1.2)
    sheet.write(title, style.MARGIN_SIDE, sheet.y)
    sheet.y += title.height + 3
    images = "image" if exported == 1 else "images"
    sheet.text(
        f"{exported:,} protected {images} in {classes:,} classes  ·  {certificate.identification.created[:10]}",
        font(10.5),
        colour=style.MUTED,
        after=11,
    )


def _verdict(sheet: Sheet, certificate: Certificate) -> None:
    verdict = words.headline(certificate)
    colour, fill = style.TONES[verdict.tone]
    width = style.TEXT_WIDTH - 2 * _PADDING - 4
    title = Laid(verdict.title, font(15, "strong"), width, leading=1.3)
    body = Laid(verdict.sentence, font(10), width, leading=1.45)
    height = title.height + body.height + 4 + 2 * _PADDING - 3
    sheet.box(style.MARGIN_SIDE, sheet.y, style.TEXT_WIDTH, height, fill)
    sheet.box(style.MARGIN_SIDE, sheet.y, 4, height, colour, radius=2)
    x = style.MARGIN_SIDE + _PADDING + 4
    sheet.write(title, x, sheet.y + _PADDING - 2, colour)
    sheet.write(body, x, sheet.y + _PADDING + title.height + 2)
    sheet.y += height + 12


def _key_figures(sheet: Sheet, certificate: Certificate) -> None:
    """Draws four figures side by side; their captions wrap within their own quarter."""
    gap = 10.0
    figures = _figures(certificate)
    width = (style.TEXT_WIDTH - gap * (len(figures) - 1)) / len(figures)
    laid = [
        (Laid(value, font(17, "strong"), width - 18, leading=1.2), Laid(caption, font(7.8), width - 18, leading=1.35))
        for value, caption in figures
    ]
    height = max(value.height + caption.height for value, caption in laid) + 19
    for index, (value, caption) in enumerate(laid):
        x = style.MARGIN_SIDE + index * (width + gap)
        sheet.box(x, sheet.y, width, height, style.SHADE)
        sheet.write(value, x + 9, sheet.y + 8)
        sheet.write(caption, x + 9, sheet.y + 9 + value.height, style.MUTED)
    sheet.y += height


def _figures(certificate: Certificate) -> list[tuple[str, str]]:
    results = certificate.results
    point = words.reach(results.protected_curve)
    if point is None:
        bounds = [("none", "bound for networks near the surrogate"), ("none", "the same, from the originals")]
    else:
        row = words.comparison(results, point.eta)
        clean = next((other for other in results.unprotected_curve if other.eta == point.eta), None)
        beside = (
            (_share(clean.simultaneous if clean else None), "the same bound for the unprotected originals")
            if row is None
            else (f"≥\u00a0{_share(row.at_least)}", "the same bound for the unprotected originals, whatever the draws")
        )
        bounds = [
            (
                f"≤\u00a0{_share(point.simultaneous)}",
                f"bound for the {_which(certificate)}, radius {words.equation('η', point.eta)}",
            ),
            beside,
        ]
    return [
        *bounds,
        (words.percent(results.chance), "reached by guessing the largest class"),
        _change(certificate),
    ]


def _which(certificate: Certificate) -> str:
    return "protected images" if certificate.lossy is None else "images before compression, not these files"


def _change(certificate: Certificate) -> tuple[str, str]:
    quality, lossy = certificate.quality, certificate.lossy
    if lossy is None:
        return (
            f"{quality.max_abs_delta_255:g} of 255",
            f"largest change of any pixel value; {quality.epsilon_255:g} were allowed",
        )
    return (
        f"{lossy.max_abs_delta_255:g} of 255",
        f"largest change of any pixel value in the files; {quality.max_abs_delta_255:g} before compression",
    )


def _share(value: float | None) -> str:
    return "none" if value is None else words.percent(value)
