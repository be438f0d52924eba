"""One picture of what certificates say about unprotected, EMN-like and PUE images, in both noise geometries.

    python benchmarks/certificate_picture.py FOLDER --out PLACE [--effort draft] [--seed 0] [--device auto] [-- FLAGS]

Crafts each protection once and certifies it in each geometry; the flags after -- are those of `paper.py`, whose run
folders it shares. Run again, it continues. Leaves PLACE/certificates.svg and prints a Markdown table with every
verdict. Half an hour on two cores, minutes on a GPU.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import paper
from pue_desktop.engine.figures import load_result
from pue_desktop.engine.results import CertifyResult, CurvePoint

METHODS = {"emn": "EMN (no weight noise)", "pue": "PUE"}
Found = dict[tuple[str, str], CertifyResult]
GEOMETRIES = ("scale-invariant", "isotropic")
COLOURS = {"unprotected": "#c4561b", "emn": "#7a3e8e", "pue": "#0b6e93"}
WIDTH, HEIGHT, LEFT, TOP = 420, 300, 60, 40


def certificates(options: argparse.Namespace, flags: Sequence[str]) -> Found:
    """Returns the certificate by method and geometry. The perturbation is crafted in the method's own geometry."""
    words = ("certified", str(options.folder), "--work", str(options.out), "--effort", options.effort)
    bench = paper.Bench(paper.parsed((*words, "--device", options.device, *flags)))
    found: Found = {}
    for method in METHODS:
        for geometry in GEOMETRIES:
            run = bench.varied(method, options.seed, geometry=geometry)
            if run is None:
                raise SystemExit("Stopped; run it again and it goes on.")
            found[method, geometry] = load_result(run)
    return found


def table(found: Found) -> str:
    """Returns the verdicts at η = 0 and at the largest certified η, as Markdown."""
    lines = [
        "| images | geometry | η | protected at most | unprotected at least | verdict |",
        "| --- | --- | ---: | ---: | ---: | --- |",
    ]
    for (method, geometry), certificate in found.items():
        rows = [row for row in certificate.comparisons if row.at_most is not None]
        lines += [
            f"| {METHODS[method]} | {geometry} | {row.eta:g} | {_percent(row.at_most)} | "
            f"{_percent(row.at_least)} | {_said(row.distinguishes)} |"
            for row in rows[:1] + rows[1:][-1:]
        ]
        lines.append(f"| {METHODS[method]} | {geometry} | all | | | **{_said(certificate.distinguishes)}** |")
    return "\n".join(lines)


def _said(distinguishes: bool | None) -> str:
    return "distinguishes" if distinguishes else "does not distinguish"


def picture(found: Found) -> str:
    """Returns one SVG: a field for each geometry, a line for each kind of images."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{2 * (WIDTH + LEFT) + 40}" height="{HEIGHT + 110}" '
        'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>'
    ]
    for place, geometry in enumerate(GEOMETRIES):
        curves = {method: found[method, geometry].protected_curve for method in METHODS}
        curves["unprotected"] = found["pue", geometry].unprotected_curve
        chance = found["pue", geometry].chance
        parts += _field(LEFT + place * (WIDTH + LEFT), geometry, curves, chance)
    for place, (name, colour) in enumerate(COLOURS.items()):
        x, y = LEFT + place * 200, HEIGHT + TOP + 55
        parts.append(f'<line x1="{x}" y1="{y}" x2="{x + 24}" y2="{y}" stroke="{colour}" stroke-width="2.5"/>')
        parts.append(f'<text x="{x + 30}" y="{y + 4}">{METHODS.get(name, name)}</text>')
    return "\n".join([*parts, "</svg>\n"])


def _field(left: int, title: str, curves: dict[str, tuple[CurvePoint, ...]], chance: float) -> list[str]:
    right = max(point.eta for curve in curves.values() for point in curve)
    known = [point.simultaneous for curve in curves.values() for point in curve if point.simultaneous is not None]
    top = max([*known, chance]) * 1.15

    def at(eta: float, share: float) -> str:
        return f"{left + WIDTH * eta / right:.1f},{TOP + HEIGHT * (1 - share / top):.1f}"

    parts = [f'<text x="{left}" y="{TOP - 12}" font-weight="bold">{title} noise: accuracy at most, over η</text>']
    parts.append(
        f'<rect x="{left}" y="{TOP}" width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="#ccc"/>'
        f'<polyline points="{at(0, chance)} {at(right, chance)}" stroke="#666" stroke-dasharray="5 4" fill="none"/>'
    )
    for step in range(6):
        share = top * step / 5
        parts.append(f'<text x="{left - 8}" y="{TOP + HEIGHT * (1 - step / 5) + 4:.0f}" text-anchor="end">'
                     f"{100 * share:.0f} %</text>")  # fmt: skip
        parts.append(
            f'<text x="{left + WIDTH * step / 5:.0f}" y="{TOP + HEIGHT + 18}" text-anchor="middle">'
            f"{right * step / 5:.2f}</text>"
        )
    for name, curve in curves.items():
        points = " ".join(at(point.eta, point.simultaneous) for point in curve if point.simultaneous is not None)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{COLOURS[name]}" stroke-width="2.5"/>')
    return parts


def _percent(share: float | None) -> str:
    return "none" if share is None else f"{100 * share:.1f} %"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--effort", default="draft")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="auto")
    words = sys.argv[1:]
    cut = words.index("--") if "--" in words else len(words)
    options = parser.parse_args(words[:cut])
    found = certificates(options, words[cut + 1 :])
    (options.out / "certificates.svg").write_text(picture(found), encoding="utf-8")
    print(table(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
