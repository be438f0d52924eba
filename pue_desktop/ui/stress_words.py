"""What the stress test says in plain words: in a cell of the matrix, about a cell, and about all."""

from PySide6.QtCore import QCoreApplication

from pue_desktop.engine.draw_log import ARMS
from pue_desktop.engine.run import State
from pue_desktop.engine.stress_results import StressRow
from pue_desktop.ui.stress_board import Board, Cell, CellState
from pue_desktop.ui.text import count, figure, percent, plain
from pue_desktop.workers.controller import Activity, Outcome
from pue_desktop.workers.snapshot import RunSnapshot


def level_names() -> tuple[str, str, str, str]:
    """Returns what the levels of danger are called, from the lowest."""
    return (
        QCoreApplication.translate("StressWords", "hardly anything"),
        QCoreApplication.translate("StressWords", "a little"),
        QCoreApplication.translate("StressWords", "much"),
        QCoreApplication.translate("StressWords", "nearly all"),
    )


def level_name(cell: Cell) -> str:
    """Returns what an attacker learned, in two words."""
    if cell.level is None:
        return QCoreApplication.translate("StressWords", "shows nothing")
    return level_names()[cell.level]


def with_interval(row: StressRow, name: str) -> str:
    """Returns a figure of a row, with half its 95 % interval over the seeds where there is one."""
    share = percent(getattr(row, name))
    return share if row.half_widths is None else f"{share} ± {figure(f'{100 * getattr(row.half_widths, name):.1f}')}"


def cell_words(cell: Cell, *, paused: bool = False) -> tuple[str, str]:
    """Returns the two lines that stand in a cell."""
    if cell.row is not None:
        first = QCoreApplication.translate("StressWords", "{figure}: {level}").format(
            figure=with_interval(cell.row, "best_accuracy"), level=level_name(cell)
        )
        second = QCoreApplication.translate("StressWords", "originals {figure}").format(
            figure=with_interval(cell.row, "clean_best_accuracy")
        )
        return first, second
    done = QCoreApplication.translate("StressWords", "{ended} of {all} trainings done")
    if cell.state is CellState.LEARNING:
        doing = (
            QCoreApplication.translate("StressWords", "paused at {share}")
            if paused
            else QCoreApplication.translate("StressWords", "learning… {share}")
        )
    elif cell.state is CellState.BEGUN:
        doing = QCoreApplication.translate("StressWords", "half-way")
    else:
        return QCoreApplication.translate("StressWords", "not tried yet"), ""
    done = done.format(ended=cell.ended, all=cell.trainings)
    doing = doing.format(share=percent(cell.share or 0.0, 0))
    if cell.best is None:
        return doing, done
    so_far = QCoreApplication.translate("StressWords", "{figure} so far").format(figure=percent(cell.best))
    if cell.level is not None:
        so_far = QCoreApplication.translate("StressWords", "{figure}: {level}").format(
            figure=so_far, level=level_name(cell)
        )
    both = QCoreApplication.translate("StressWords", "{doing}, {done}")
    return so_far, both.format(doing=doing, done=done)


def cell_sentence(cell: Cell, chance: float | None) -> str:
    """Returns all that is known of a cell, for below its curve and for screen readers."""
    attacker, countermeasure = (plain(name) for name in cell.pair)
    if cell.row is None:
        return QCoreApplication.translate("StressWords", "{attacker}, {countermeasure}: {state}.").format(
            attacker=attacker,
            countermeasure=countermeasure,
            state="; ".join(words for words in cell_words(cell) if words),
        )
    row = cell.row
    said = QCoreApplication.translate(
        "StressWords",
        "{attacker}, {countermeasure}: from the protected images it learned to recognise {best} of the clean images at "
        "its best moment, {end} at the end; from the originals {clean_best} and {clean_end}.",
    ).format(
        attacker=attacker,
        countermeasure=countermeasure,
        best=with_interval(row, "best_accuracy"),
        end=with_interval(row, "accuracy"),
        clean_best=with_interval(row, "clean_best_accuracy"),
        clean_end=with_interval(row, "clean_accuracy"),
    )
    if chance is not None:
        said += " " + QCoreApplication.translate("StressWords", "Guessing gets {chance}.").format(
            chance=percent(chance)
        )
    if len(row.by_seed) > 1:
        said += " " + QCoreApplication.translate(
            "StressWords", "Means of {n} trainings; ± is half a 95 % interval over them."
        ).format(n=len(row.by_seed))
    elif row.half_widths is None:
        said += " " + QCoreApplication.translate(
            "StressWords", "One training: how much chance is in it is not known; more trainings tell."
        )
    return said


def meaning(board: Board) -> str:
    """Returns what was reached so far means; empty while there is nothing to compare."""
    compared = any(cell.best is not None and cell.clean is not None for cell in board.cells.values())
    if board.chance is None or not compared:
        return ""
    worst = board.most_dangerous
    if worst is None:
        return QCoreApplication.translate(
            "StressWords",
            "No attacker tried so far learned anything from the originals either (at most {clean}, guessing gets "
            "{chance}). So this says nothing about the protection: give attackers more training steps, or more images.",
        ).format(clean=percent(board.baseline or 0.0), chance=percent(board.chance))
    beside = QCoreApplication.translate("StressWords", "From the originals it gets {clean}; guessing gets {chance}.")
    if worst.clean is None:
        beside = QCoreApplication.translate(
            "StressWords", "The best that any of them got from the originals so far is {clean}; guessing gets {chance}."
        )
    said = QCoreApplication.translate(
        "StressWords",
        "The most dangerous attack tried is {attacker} with {countermeasure}: a network that learned from your "
        "protected images recognises {best} of clean ones at its best.",
    ).format(attacker=plain(worst.pair[0]), countermeasure=plain(worst.pair[1]), best=percent(worst.best or 0.0))
    clean = board.baseline if worst.clean is None else worst.clean
    said += " " + beside.format(clean=percent(clean or 0.0), chance=percent(board.chance))
    return f"{said} {_verdicts()[worst.level or 0]}"


def _verdicts() -> tuple[str, str, str, str]:
    return (
        QCoreApplication.translate("StressWords", "So nobody tried here learned more than hardly anything from them."),
        QCoreApplication.translate("StressWords", "So the protection takes away most of what can be learned."),
        QCoreApplication.translate(
            "StressWords", "So the protection takes away some, but whoever does this still learns much."
        ),
        QCoreApplication.translate(
            "StressWords",
            "So against this attack the protection does next to nothing: more strength may help.",
        ),
    )


def scale_words(board: Board) -> str:
    """Returns between what the colours lie; empty while it is not known what guessing gets."""
    if board.chance is None:
        return ""
    if board.baseline is None:
        words = QCoreApplication.translate("StressWords", "Guessing gets {chance}. Learned from the protected images:")
    else:
        words = QCoreApplication.translate(
            "StressWords",
            "Learned from the protected images, between guessing ({chance}) and the best from the originals ({clean}):",
        )
    return words.format(chance=percent(board.chance), clean=percent(board.baseline or 0.0))


def status(
    board: Board, snapshot: RunSnapshot | None, activity: Activity, outcome: Outcome | None, *, at_work: bool
) -> str:
    """Returns how far the stress test is.

    Args:
        board: Its cells.
        snapshot: The open run, None if none is.
        activity: What is being done.
        outcome: How the last sitting ended, None if none has since the run was opened.
        at_work: Whether attackers learn now.
    """
    if at_work:
        words = _working(board, activity)
    elif snapshot is None:
        words = QCoreApplication.translate(
            "StressWords", "Open a folder of images and protect them; then attackers can try."
        )
    else:
        words = _resting(board, snapshot, outcome)
    return words.format(ended=count(board.ended), all=count(board.trainings))


def nothing_left(board: Board, snapshot: RunSnapshot | None) -> bool:
    """Whether trying once more would find nothing new.

    Without a certified network there is none to search near, so a result made before the certificate is a whole one.
    """
    if snapshot is None or snapshot.states.get("stress") is State.DONE:
        return True
    if snapshot.stress is None or not board.complete or snapshot.states.get("certify") is State.DONE:
        return False
    made = {(row.attacker, row.countermeasure): len(row.by_seed) for row in snapshot.stress.rows}
    return made == {pair: cell.trainings // len(ARMS) for pair, cell in board.cells.items()}


def _working(board: Board, activity: Activity) -> str:
    if activity is Activity.STOPPING:
        return QCoreApplication.translate("StressWords", "Stopping and saving what was reached…")
    if activity is Activity.PAUSED:
        return QCoreApplication.translate("StressWords", "Paused. {ended} of {all} trainings are done.")
    if board.ended == board.trainings:
        return QCoreApplication.translate(
            "StressWords", "All {all} trainings are done. Now somebody searches near the certified network."
        )
    return QCoreApplication.translate("StressWords", "Attackers are learning: {ended} of {all} trainings are done.")


def _resting(board: Board, snapshot: RunSnapshot, outcome: Outcome | None) -> str:
    if nothing_left(board, snapshot):
        words = QCoreApplication.translate("StressWords", "All {all} trainings are done. Measured, not certified.")
    elif outcome is Outcome.FAILED:
        words = QCoreApplication.translate(
            "StressWords",
            "It stopped because of an error. {ended} of {all} trainings are done and kept; “Try these attackers” goes "
            "on from there.",
        )
    elif outcome is Outcome.CANCELLED or snapshot.states.get("stress") is State.PARTIAL:
        words = QCoreApplication.translate(
            "StressWords",
            "Stopped half-way. {ended} of {all} trainings are done and kept; “Try these attackers” goes on from there.",
        )
    elif board.complete:
        words = QCoreApplication.translate(
            "StressWords", "All {all} trainings are done; “Try these attackers” adds what is still to be found."
        )
    elif board.old:
        words = QCoreApplication.translate(
            "StressWords", "Made with earlier settings or images; these figures are about those."
        )
    elif board.ended:
        words = QCoreApplication.translate(
            "StressWords", "{ended} of {all} trainings hold for these settings and are kept; the others are to do."
        )
    else:
        words = QCoreApplication.translate("StressWords", "No attacker has been tried yet.")
    return words
