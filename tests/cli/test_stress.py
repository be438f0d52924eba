"""The summary of the stress test: most dangerous first, with intervals, as text and as facts."""

import msgspec

from pue_desktop import cli_summary
from pue_desktop.engine.stress_results import AttackFigures, StressResult, StressRow


def test_rows_are_sorted_and_have_intervals() -> None:
    halves = AttackFigures(0.021, 0.03, 0.04, 0.05)
    by_seed = (AttackFigures(0.4, 0.5, 0.6, 0.65),) * 3
    rows = (
        StressRow("vgg", "none", 0.1, 0.2, 0.7, 0.72, 1.0, (), (), by_seed[:1]),
        StressRow("torchvision:alexnet", "grey", 0.41, 0.5, 0.6, 0.65, 1.0, (), (), by_seed, halves),
    )
    what = cli_summary.Reached(
        run="RUN",
        seconds={},
        index=None,
        craft=None,
        certify=None,
        certified=None,
        stressed=StressResult(rows, 0.125, {}),
        exported=None,
    )
    lines = cli_summary.text(what).splitlines()
    assert "most dangerous first" in lines[0]
    assert lines[2].split() == [
        "torchvision:alexnet",
        "grey",
        *["41.0", "±", "2.1", "%", "50.0", "±", "3.0", "%", "60.0", "±", "4.0", "%", "65.0", "±", "5.0", "%"],
    ]
    assert lines[3].split() == ["vgg", "none", *["10.0", "%", "20.0", "%", "70.0", "%", "72.0", "%"]]
    assert lines[4].startswith("  chance: 12.5 %")
    assert "3 trainings" in lines[4]
    assert len({len(line) for line in lines[1:4]}) == 1
    stress = msgspec.convert(cli_summary.facts(what)["stress"], list[dict[str, object]])
    assert [row["countermeasure"] for row in stress] == ["grey", "none"]
    assert stress[0]["half_widths"] == msgspec.structs.asdict(halves)
    assert (stress[0]["seeds"], stress[1]["seeds"], stress[1]["half_widths"]) == (3, 1, None)
