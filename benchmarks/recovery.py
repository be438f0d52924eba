"""What a search near the certified networks finds, of one or several runs: `python benchmarks/recovery.py RUN...`

The paper's recovery attack is a part of the stress test; this prints what it found, side by side, as a Markdown table:
accuracy by η, and what is certified there. A cell with ↑ lies above its certified value. That is no error: the
certificate bounds a quantile over random weights, not the best ones. For a longer search, before this:

    pue-desktop stress RUN --recovery-steps 300 --recovery-reach 10
"""

import argparse
from pathlib import Path

from pue_desktop.engine.measured_words import STATISTICS, distance_words
from pue_desktop.engine.pipeline import load_stress
from pue_desktop.engine.recovery_results import RecoveryPoint, RecoveryResult
from pue_desktop.engine.run import Run

Column = tuple[str, dict[float, RecoveryPoint]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", type=Path, nargs="+", metavar="RUN")
    columns: list[Column] = []
    for path in parser.parse_args().runs:
        run = Run.open(path)
        record = run.record("craft")
        found = load_stress(run).recovery
        if found is None or record is None:
            raise SystemExit(f"{path} holds no searches near its certified network: certify it, then run stress.")
        name = f"{record.config['method']}, {path.name}"
        columns += _columns(name, found)
        print(f"{name}: {found.steps} steps for each η. {distance_words(found)}\n")
    print("| η |" + "".join(f" {title} | certified at most |" for title, _ in columns))
    print("|---:|" + "---:|---:|" * len(columns))
    for eta in sorted({eta for _, points in columns for eta in points}):
        print(f"| {eta:g} |" + "".join(f" {_cells(points.get(eta))} |" for _, points in columns))


def _columns(name: str, found: RecoveryResult) -> list[Column]:
    """Returns one column for each way of the statistics, of the first surrogate."""
    own = [point for point in found.points if point.surrogate == 0]
    kinds = list(dict.fromkeys(point.statistics for point in own))
    return [
        (", ".join(filter(None, (name, STATISTICS[kind]))), {p.eta: p for p in own if p.statistics == kind})
        for kind in kinds
    ]


def _cells(point: RecoveryPoint | None) -> str:
    if point is None:
        return "|"
    certified = "–" if point.certified is None else f"{point.certified:.1%}"
    return f"{point.accuracy:.1%}{' ↑' if point.above else ''} | {certified}"


if __name__ == "__main__":
    main()
