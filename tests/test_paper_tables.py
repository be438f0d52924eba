"""The tables of the paper: pure parts against literal values, and one table the whole way on drawn pictures."""

from pathlib import Path

import msgspec
import pytest

from benchmarks import paper, paper_tables, published
from benchmarks.paper_tables import Difference, Scale
from pictures import folder
from pue_desktop.engine import plans
from pue_desktop.engine.config import CertifyConfig
from pue_desktop.engine.figures import completed
from pue_desktop.engine.results import ArmResult, CertifyResult
from pue_desktop.engine.stress_results import AttackFigures, StressResult, StressRow

TINY = (
    *("--craft-working-size", "16", "--craft-steps", "12", "--craft-batch-size", "8"),
    *("--certify-working-size", "16", "--certify-training-steps", "10", "--certify-batch-size", "8"),
    *("--certify-draws", "60", "--certify-training-draws", "0"),
)


def _certified(*, protected: int, unprotected: int = 40) -> CertifyResult:
    """Returns a certificate from 60 draws of as many right answers out of 100, but one that is 2 higher."""

    def arm(correct: int) -> ArmResult:
        return ArmResult(0.5, 1.0, None, (correct,) * 59 + (correct + 2,), 100, 10, "digest", ())

    counted = CertifyResult(
        arm(protected), arm(unprotected), 0.1, "digest", distinguishes=False, margin=0.05, conditions={}
    )
    return completed(counted, CertifyConfig(draws=60))


def _stressed(*accuracies: float, countermeasure: str = "crop-flip") -> StressResult:
    """Returns a test of the attacker vgg with one training for each accuracy."""
    by_seed = tuple(AttackFigures(value, value + 0.1, 0.5, 0.6) for value in accuracies)
    row = StressRow("vgg", countermeasure, accuracies[0], accuracies[0] + 0.1, 0.5, 0.6, 1.0, (), (), by_seed)
    return StressResult((row,), 0.1, {})


def test_cells() -> None:
    assert paper_tables.percent([]) == "…"
    assert paper_tables.percent([0.1234]) == "12.3 %"
    assert paper_tables.percent([0.1, None]) == "–"
    # Student's t with two degrees of freedom: 4.303 · 0.1 / √3.
    assert paper_tables.percent([0.1, 0.2, 0.3]) == "20.0 % ± 24.8"
    with pytest.raises(ValueError, match="a cell for every column"):
        paper_tables.markdown(["a", "b"], [["1"]])


def test_certified_values_stand_over_eta_with_the_unprotected_ones() -> None:
    header, rows = paper_tables.certified_table({"emn": [_certified(protected=20)], "pue-b": [None]})
    assert header == ["η", "EMN", "PUE-B", "unprotected"]
    # 60 draws at q 0.9: the highest is the bound up to η = 0.02, and nothing is beyond.
    assert rows[:3] == [
        ["0", "22.0 %", "…", "42.0 %"],
        ["0.02", "22.0 %", "…", "42.0 %"],
        ["0.04", "–", "…", "–"],
    ]
    assert paper_tables.certified_table({"emn": [None]})[1] == [["…", "…", "…"]]
    two = {"emn": [_certified(protected=20), None]}
    assert paper_tables.certified_table(two)[1] == [["…", "…", "…"]]


def test_every_q_comes_from_the_same_draws() -> None:
    found = {"pue": {0.2: [_certified(protected=20)], 0.4: [None]}}
    header, rows = paper_tables.q_sigma_table(found, (0.5, 0.9), 0.99)
    assert header[:5] == ["images", "σ", "q", "η = 0", "η = 0.2 σ"]
    # Of 60 draws at q 0.5 the 40th is the bound: all but the last are 20 of 100.
    assert rows[0][:5] == ["PUE", "0.2", "0.5", "20.0 %", "20.0 %"]
    assert rows[1] == ["PUE", "0.2", "0.9", "22.0 %", "–", "–", "–", "–", "–"]
    assert rows[2][:4] == ["PUE", "0.4", "0.5", "…"]


def test_attackers_by_network_and_share() -> None:
    found = {"emn": [_stressed(0.2), _stressed(0.2)], "pue": [None]}
    header, rows = paper_tables.attackers_table(found, ("vgg", "resnet18"))
    assert header == ["network", "unprotected", "EMN", "PUE"]
    assert rows[0] == ["vgg", "50.0 % ± 0.0 / 60.0 % ± 0.0", "20.0 % ± 0.0 / 30.0 % ± 0.0", "…"]
    assert rows[1] == ["resnet18", "…", "…", "…"]
    header, rows = paper_tables.with_published("attackers", header, rows)
    assert header[-1] == "EM (APBench)"
    assert [row[-1] for row in rows] == ["", "20.8 %"]
    header, rows = paper_tables.share_table({"pue": [_stressed(0.3, countermeasure="clean-10")]}, "vgg", paper.SHARES)
    assert header == ["protected", "PUE"]
    assert rows[:3] == [["100 %", "…"], ["90 %", "30.0 % / 40.0 %"], ["80 %", "…"]]


def test_epsilon_recovery_and_weights() -> None:
    found = {"pue": {4.0: ([_certified(protected=20)], [_stressed(0.2)]), 8.0: ([None], [None])}}
    assert paper_tables.epsilon_table(found, "vgg")[1] == [
        ["PUE", "4", "22.0 %", "20.0 % / 30.0 %"],
        ["PUE", "8", "…", "…"],
    ]
    searched = {"pue": [{0.01: 0.35}]}
    header, rows = paper_tables.recovery_table(searched, {"pue": [_certified(protected=20)]}, (0.01, 0.5))
    assert header == ["η", "PUE", "certified at most"]
    assert rows == [["0.01", "35.0 %", "22.0 %"], ["0.5", "…", "–"]]
    pairs = [Difference(0.001, 0.02, 30.0), Difference(-0.001, 0.04, 50.0)]
    _, rows = paper_tables.weights_table({"pue": pairs, "emn": []}, 0.2)
    assert rows == [["PUE", "2", "0.00e+00, 0.03", "40.0", "200"], ["EMN", "0", "…", "…", "…"]]


def test_a_page_says_its_scale_and_what_is_not_known() -> None:
    rows = [["0", "10.0 %"]]
    text = paper_tables.page(
        "certified", subject="values", scale=Scale("draft"), facts=["seeds: 0"], header=["η", "PUE"], rows=rows
    )
    assert text.startswith("# Draft figures: values\n")
    assert "| 0 | 10.0 % |" in text
    assert "not found: The certified values of EMN, PUE-B and PUE at each η." in text
    assert "These are not of that scale" in text
    assert "- effort: draft\n- seeds: 0\n" in text
    assert "Not finished" not in text
    whole = paper_tables.page(
        "certified", subject="values", scale=Scale("paper"), facts=[], header=["η", "PUE"], rows=[["0", "…"]]
    )
    assert whole.startswith("# Figures at the paper's settings: values\n\nNot finished")
    assert "not of that scale" not in whole


def test_scales_have_names_of_their_own() -> None:
    scales = [
        Scale(effort, changes) for effort in plans.EFFORTS for changes in ((), ("craft.steps=30",), ("craft.steps=31",))
    ]
    assert len({scale.name for scale in scales}) == 9
    assert {scale.name for scale in scales if not scale.changes} == set(plans.EFFORTS)
    assert all(scale.heading.lower().startswith("draft") == (scale.effort == "draft") for scale in scales)


def test_everything_published_belongs_to_a_table_and_names_its_source() -> None:
    assert {one.table for one in published.PUBLISHED} == set(paper.TABLES)
    for one in published.PUBLISHED:
        assert one.says.endswith(".")
        assert bool(one.row) == bool(one.column) == bool(one.value)
        assert one.source or not one.value


def test_a_table_in_two_sittings_and_two_scales(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, work = folder(tmp_path / "pictures", images=10), tmp_path / "work"
    words = ("certified", str(source), "--work", str(work), "--device", "cpu", "--methods", "emn", *TINY)
    assert paper.main((*words, "--minutes", "1e-9")) == 130
    (page,) = work.glob("certified-draft-*.md")
    assert "Not finished" in page.read_text(encoding="utf-8")
    assert paper.main(words) == 0
    text = page.read_text(encoding="utf-8")
    assert "Not finished" not in text
    assert text.startswith("# Draft figures, with changed settings: ")
    assert "- changed: craft.steps=12\n" in text
    assert "data: pictures, 2 classes, 16 images to learn from, 4 held out, chance 50.0 %" in text
    (run,) = (work / page.stem.removeprefix("certified-")).iterdir()
    done = (run / "certify/draws.jsonl").stat().st_mtime_ns
    # Done again it is only read; other settings have another folder and another file.
    assert paper.main(words) == 0
    assert (run / "certify/draws.jsonl").stat().st_mtime_ns == done
    assert paper.main((*words, "--certify-draws", "61", "--minutes", "1e-9")) == 130
    assert len(list(work.glob("certified-draft-*.md"))) == 2
    assert page.read_text(encoding="utf-8") == text
    capsys.readouterr()
    assert paper.main(("certified", str(tmp_path / "nowhere"), "--work", str(tmp_path / "other"), *TINY)) == 3
    assert "There is no folder" in capsys.readouterr().err


def test_a_copy_begins_with_what_was_crafted(tmp_path: Path) -> None:
    source, work = folder(tmp_path / "pictures", images=10), tmp_path / "work"
    words = ("weights", str(source), "--work", str(work), "--device", "cpu", "--methods", "emn", "--networks", "2")
    assert paper.main((*words, *TINY)) == 0
    first, second = sorted(path for path in work.glob("draft-*/*") if path.is_dir())
    one, other = (msgspec.json.decode((run / "run.json").read_bytes())["steps"] for run in (first, second))
    assert one["craft"] == other["craft"]
    assert "certify" not in one
    assert other["certify"]["config"]["surrogate_seeds"] == 2
