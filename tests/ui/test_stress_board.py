"""The board of a stress test: put together from what is stored and what is told, and ordered by danger."""

import pytest

from pue_desktop.engine.config import StressConfig
from pue_desktop.engine.events import Metric
from pue_desktop.engine.stress_attacks import Attack, AttackSoFar
from pue_desktop.engine.stress_results import StressRow
from pue_desktop.ui.stress_board import Board, CellState, Live, fill
from pue_desktop.ui.stress_words import meaning

CONFIG = StressConfig(attackers=("vgg", "small"), countermeasures=("none", "grey"), steps=100)
FIRST = Attack("vgg", "none", "protected", 0)


def row(attacker: str, change: str, best: float, clean: float = 0.9) -> StressRow:
    return StressRow(attacker, change, best - 0.1, best, clean - 0.1, clean, 1.0, (best, best - 0.1), (clean,))


def filled(*rows: StressRow, chance: float = 0.1) -> Board:
    return fill(CONFIG, {}, rows, chance=chance)


def test_the_most_dangerous_comes_first_and_what_is_not_known_last() -> None:
    board = filled(row("vgg", "none", 0.3), row("small", "none", 0.2), row("small", "grey", 0.7))
    assert (board.attackers, board.countermeasures) == (("small", "vgg"), ("grey", "none"))
    assert [(one.attacker, one.countermeasure) for one in board.rows] == [
        ("small", "grey"),
        ("vgg", "none"),
        ("small", "none"),
    ]
    assert board.cells["vgg", "grey"].state is CellState.WAITING
    assert (board.ended, board.trainings) == (6, 8)
    assert not board.complete
    nothing = filled()
    assert (nothing.attackers, nothing.countermeasures) == (("vgg", "small"), ("none", "grey"))
    assert nothing.most_dangerous is None
    assert meaning(nothing) == ""


@pytest.mark.parametrize(
    ("best", "level"),
    # Between guessing, 10 %, and the best from the originals, 90 %: 15, 40 and 75 % of the way lie 22, 42 and 70 %.
    [(0.05, 0), (0.219, 0), (0.221, 1), (0.419, 1), (0.421, 2), (0.699, 2), (0.701, 3), (0.95, 3)],
)
def test_levels_lie_between_guessing_and_the_best_from_the_originals(best: float, level: int) -> None:
    board = filled(row("vgg", "none", best, clean=0.5), row("small", "grey", 0.3, clean=0.9))
    assert board.baseline == 0.9
    assert board.cells["vgg", "none"].level == level


def test_who_learns_nothing_from_the_originals_shows_nothing() -> None:
    board = filled(row("vgg", "none", 0.12, clean=0.14), row("small", "none", 0.2, clean=0.9))
    assert board.cells["vgg", "none"].level is None
    assert board.cells["small", "none"].level == 0
    assert "small with none" in meaning(board)
    # Nor does anybody where nobody learns from them, whatever chance made of the protected images.
    alike = filled(row("vgg", "none", 0.3, clean=0.14))
    assert alike.cells["vgg", "none"].level is None
    assert "says nothing about the protection" in meaning(alike)


def test_what_is_told_goes_on_from_what_is_stored() -> None:
    live = Live()
    stored = {FIRST: AttackSoFar((0.2, 0.3), ended=False)}
    told = [Metric("stress", f"accuracy/{FIRST.name}", 3.0, 0.4), Metric("stress", f"loss/{FIRST.name}", 40, 1.0)]
    assert not live.take(told)
    # The last epoch may be cut short: it still counts as one.
    live.take([Metric("stress", f"accuracy/{FIRST.name}", 3.5, 0.5)])
    board = fill(CONFIG, stored, (), chance=0.1, live=live)
    cell = board.cells["vgg", "none"]
    assert cell.curves[FIRST] == (0.2, 0.3, 0.4, 0.5)
    assert (cell.state, cell.share, cell.best, cell.ended) == (CellState.LEARNING, 0.4, None, 0)
    assert board.at_work == cell
    assert live.take([Metric("stress", f"finished/{FIRST.name}", 4, 0.5)])
    after = fill(CONFIG, stored, (), chance=0.1, live=live).cells["vgg", "none"]
    assert (after.state, after.share, after.best, after.ended) == (CellState.BEGUN, None, 0.5, 1)
    # Once nothing works, only what is stored counts.
    assert fill(CONFIG, stored, (), chance=0.1).cells["vgg", "none"].curves[FIRST] == (0.2, 0.3)


def test_an_attacker_for_its_distance_alone_is_in_no_cell() -> None:
    live = Live()
    own = Attack("vgg", "none", "protected", 0, independent=True)
    live.take([Metric("stress", f"loss/{own.name}", 40, 1.0), Metric("stress", f"accuracy/{own.name}", 3.0, 0.4)])
    board = fill(CONFIG, {}, (), chance=0.1, live=live)
    assert board.at_work is None
    assert {cell.state for cell in board.cells.values()} == {CellState.WAITING}


def test_with_some_seeds_done_a_cell_shows_their_mean() -> None:
    config = StressConfig(attackers=("vgg",), countermeasures=("none",), seeds=3)
    ended = {
        Attack("vgg", "none", arm, number): AttackSoFar((best, best - 0.1), ended=True)  # type: ignore[arg-type]
        for arm, bests in (("protected", (0.3, 0.5)), ("unprotected", (0.9, 0.8)), ("alone", (0.95,)))
        for number, best in enumerate(bests)
    }
    cell = fill(config, ended, (), chance=0.1).cells["vgg", "none"]
    assert (cell.best, cell.clean) == (pytest.approx(0.4), pytest.approx(0.85))
    assert (cell.ended, cell.trainings, cell.level) == (4, 6, 2)
