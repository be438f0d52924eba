"""Plots as files, and their values under the pointer."""

import csv
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from pue_desktop.engine.errors import PueError
from pue_desktop.ui.plot_saving import with_suffix
from pue_desktop.ui.plots import DrawsPlot, LinePlot
from pue_desktop.ui.series import Series


@pytest.fixture
def plot(qtbot: QtBot) -> LinePlot:
    made = LinePlot(title="Loss", x="step", y="", names=("protected", "unprotected"))
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    series = {}
    for name, slope in (("protected", 1.0), ("unprotected", 2.0)):
        series[name] = Series()
        for x in range(5):
            series[name].add(x, slope * x)
    made.show_series(series)
    return made


def _answer(monkeypatch: pytest.MonkeyPatch, path: Path, filtered: str = "SVG (*.svg)") -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), filtered))


def test_it_can_be_saved_as_what_it_shows(plot: LinePlot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.svg", "b.png", "c.csv"):
        _answer(monkeypatch, tmp_path / name)
        plot.save_action.trigger()
    drawn = QSvgRenderer(str(tmp_path / "a.svg"))
    assert drawn.isValid()
    assert drawn.viewBox().getRect() == (0, 0, 400, 300)
    assert "Loss" in (tmp_path / "a.svg").read_text()
    image = QImage(str(tmp_path / "b.png"))
    assert (image.width(), image.height()) == (800, 600)
    assert len({image.pixel(x, 300) for x in range(800)}) > 3
    with (tmp_path / "c.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == ["line", "x", "y"]
    assert [row[0] for row in rows[1:]] == ["protected"] * 5 + ["unprotected"] * 5
    assert [float(row[1]) for row in rows[1:6]] == [0, 1, 2, 3, 4]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.svg", "b.png", "c.csv"]


def test_a_place_that_can_not_be_written_is_told(
    plot: LinePlot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("")
    _answer(monkeypatch, tmp_path / "file" / "x.png")
    with qtbot.waitSignal(plot.failed) as failure:
        plot.save_action.trigger()
    assert isinstance(failure.args[0], PueError)
    _answer(monkeypatch, Path())
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    plot.save_action.trigger()
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_the_nearest_values_are_told(plot: LinePlot, qtbot: QtBot) -> None:
    lines = {line.name: line for line in plot.lines()}
    assert lines["unprotected"].x == (0.0, 1.0, 2.0, 3.0, 4.0)
    nearest = lines["unprotected"].near(2.2)
    assert nearest is not None
    assert plot.read_out(2.2) == f"protected: {nearest[1] / 2:.4g} (2)\nunprotected: {nearest[1]:.4g} (2)"
    view = plot.plot.getViewBox()
    qtbot.waitUntil(lambda: view.sceneBoundingRect().width() > 100)
    plot.canvas.scene().sigMouseMoved.emit(view.sceneBoundingRect().center())
    assert plot._pointed.isVisible()
    assert "unprotected:" in plot._pointed.toPlainText()


def test_a_plot_of_one_line_tells_it_too(qtbot: QtBot) -> None:
    plot = LinePlot(title="Loss", x="step", y="", names=["loss"])
    qtbot.addWidget(plot)
    series = Series()
    series.add(3, 0.25)
    plot.show_series({"loss": series})
    assert plot.read_out(0) == "loss: 0.25 (3)"


def test_bars_are_told_by_their_middles(qtbot: QtBot) -> None:
    plot = DrawsPlot(title="Draws", x="accuracy", y="draws")
    qtbot.addWidget(plot)
    assert [line.name for line in plot.lines() if any(line.y)] == []
    plot.show_draws([0.2, 0.2, 0.4], [0.6])
    line = plot.lines()[0]
    assert len(line.x) == len(line.y) == 40
    assert sum(line.y) == 3
    assert line.x[0] == pytest.approx(100 * (0.18 + 0.44 / 80), abs=0.1)


@pytest.mark.parametrize(
    ("chosen", "filtered", "name"),
    [("a", "PNG (*.png)", "a.png"), ("a.CSV", "SVG (*.svg)", "a.CSV"), ("a.b", "", "a.b.svg")],
)
def test_an_ending_is_added_where_there_is_none(chosen: str, filtered: str, name: str) -> None:
    assert with_suffix(chosen, filtered).name == name
