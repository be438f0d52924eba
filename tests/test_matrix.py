"""The methods × countermeasures benchmark: what its table says, and what it keeps."""

from pathlib import Path

import pytest

from benchmarks import matrix


def _cell(final: float, best: float) -> dict[str, float]:
    return {"final": final, "best": best}


def test_a_row_has_mean_and_worst_of_what_is_there() -> None:
    rows = {
        "originals": {"grey": [_cell(0.5, 0.55)], "resize": [_cell(0.4, 0.4)]},
        "pue": {"grey": [_cell(0.30, 0.35), _cell(0.32, 0.35)], "resize": []},
        "emn": {"grey": [], "resize": []},
    }
    lines = list(matrix.table(rows, ("grey", "resize")))
    assert lines[0] == "| trained on | grey | resize | mean | worst |"
    assert lines[1] == "|---|---|---|---|---|"
    assert lines[2] == "| originals | 50.0 / 55.0 | 40.0 / 40.0 | 45.0 | 50.0 |"
    # Two values 2 points apart: t of one degree of freedom, 12.706, times 1.414 / sqrt(2) points.
    assert lines[3] == "| pue | 31.0 ± 12.7 / 35.0 ± 0.0 | – | 31.0 (of those shown) | 31.0 (of those shown) |"
    assert lines[4] == "| emn | – | – | – | – |"


def test_cells_outlive_the_program_and_a_torn_line(tmp_path: Path) -> None:
    path = tmp_path / "cells.jsonl"
    matrix.Cells(path).add({"key": "one", "final": 0.25})
    with path.open("a") as stream:
        stream.write('{"key": "two", "fin')
    again = matrix.Cells(path)
    assert again.get("two") is None
    again.add({"key": "three", "final": 0.5})
    found = matrix.Cells(path)
    assert [found.get(key) for key in ("one", "two", "three")] == [
        {"key": "one", "final": 0.25},
        None,
        {"key": "three", "final": 0.5},
    ]


@pytest.mark.parametrize(("text", "value"), [("4000", 4000), ("0.3", 0.3), ("small-bn", "small-bn")])
def test_settings_of_the_craft_step_keep_their_kind(text: str, value: object) -> None:
    assert matrix._number(text) == value
