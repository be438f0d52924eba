"""The parts of the window that have a mind of their own."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from fake_steps import FOUND
from pue_desktop import settings
from pue_desktop.engine import config, plans
from pue_desktop.engine.config import CONFIG_TYPES, CertifyConfig, CraftConfig, StressConfig
from pue_desktop.engine.countermeasures import COUNTERMEASURES
from pue_desktop.engine.events import Metric, Progress, StampedEvent
from pue_desktop.engine.presets import STRESS_PRESETS, stress_preset
from pue_desktop.engine.stress_results import AttackFigures, StressResult, StressRow
from pue_desktop.ui import curves
from pue_desktop.ui.config_form import ConfigForm
from pue_desktop.ui.feedback import Message, MessageBar
from pue_desktop.ui.image_compare import difference
from pue_desktop.ui.planner import Planner, reach_words
from pue_desktop.ui.preset_buttons import PresetButtons
from pue_desktop.ui.series import Series, SeriesStore
from pue_desktop.ui.stress_table import StressTable
from pue_desktop.ui.text import duration, percent, plain
from pue_desktop.workers.job import Job


@pytest.mark.parametrize("step", CONFIG_TYPES)
def test_every_setting_has_a_field_that_keeps_its_value(qtbot: QtBot, step: str) -> None:
    kind = CONFIG_TYPES[step]
    form = ConfigForm(kind)
    qtbot.addWidget(form)
    assert form.names() == tuple(setting.name for setting in config.settings(kind))
    told: dict[str, Any] = {}
    form.edited.connect(lambda name, value: told.update({name: value}))
    form.show_config(kind())
    assert not told
    for setting in config.settings(kind):
        field = form.field(setting.name)
        assert field.focus_widget.accessibleName().startswith(setting.title)
        assert field.words.text()
        widget = field.focus_widget
        if isinstance(widget, QSpinBox | QDoubleSpinBox):
            for value in (widget.maximum(), widget.minimum()):
                widget.setValue(value)
                config.changed(kind(), **{setting.name: told[setting.name]})
        elif isinstance(widget, QComboBox):
            for place in range(widget.count()):
                widget.setCurrentIndex(place)
            assert told[setting.name] == widget.currentData()


def test_one_attacker_stays_chosen(qtbot: QtBot) -> None:
    form = ConfigForm(StressConfig)
    qtbot.addWidget(form)
    form.show_config(StressConfig())
    told: dict[str, Any] = {}
    form.edited.connect(lambda name, value: told.update({name: value}))
    boxes: Any = form.field("attackers")
    boxes.boxes["vgg"].click()
    assert boxes.boxes["vgg"].isChecked()
    assert not told
    boxes.boxes["small"].click()
    assert told == {"attackers": ("small", "vgg")}


def test_an_attacker_chosen_by_name_gets_a_box_of_its_own(qtbot: QtBot) -> None:
    form = ConfigForm(StressConfig)
    qtbot.addWidget(form)
    form.show_config(config.changed(StressConfig(), attackers=("vgg", "torchvision:alexnet")))
    told: dict[str, Any] = {}
    form.edited.connect(lambda name, value: told.update({name: value}))
    boxes: Any = form.field("attackers")
    assert "torchvision:NAME" not in boxes.boxes
    boxes.boxes["vgg"].click()
    assert told == {"attackers": ("torchvision:alexnet",)}


def test_presets_set_what_belongs_together(qtbot: QtBot) -> None:
    buttons = PresetButtons(STRESS_PRESETS)
    qtbot.addWidget(buttons)
    told: list[str] = []
    buttons.chosen.connect(told.append)
    for button in buttons.buttons.values():
        button.click()
    assert told == list(STRESS_PRESETS)
    thorough = config.changed(StressConfig(), **stress_preset("thorough"))
    assert set(thorough.countermeasures) == set(COUNTERMEASURES.names())
    assert thorough.seeds >= 3
    assert len(thorough.attackers) >= 2
    assert config.changed(thorough, **stress_preset("quick")) == StressConfig()
    # Told is what the table's costs add up to: two attackers, three seeds, and crop-flip alone for comparison.
    told = int(STRESS_PRESETS["thorough"].partition("about ")[2].split()[0])
    assert abs(told - 6 * sum(entry.cost for entry in COUNTERMEASURES)) <= 5


def test_the_stress_table_shows_the_most_dangerous_first_with_intervals(qtbot: QtBot) -> None:
    table = StressTable()
    qtbot.addWidget(table)
    halves = AttackFigures(0.021, 0.03, 0.04, 0.05)
    rows = (
        StressRow("vgg", "none", 0.1, 0.2, 0.7, 0.72, 1.0, (), ()),
        StressRow("vgg", "grey", 0.41, 0.5, 0.6, 0.65, 1.0, (), (), half_widths=halves),
    )
    table.show_rows(StressResult(rows, 0.1, {}).by_danger, 0.1)
    items = [[table.item(row, column) for column in range(table.columnCount())] for row in range(2)]
    assert [[item.text().replace("\u00a0", " ") for item in line if item is not None] for line in items] == [
        ["vgg", "grey", "41.0 % ± 2.1", "50.0 % ± 3.0", "60.0 % ± 4.0", "65.0 % ± 5.0", "10.0 %"],
        ["vgg", "none", "10.0 %", "20.0 %", "70.0 %", "72.0 %", "10.0 %"],
    ]
    table.show_rows((), 0.1)
    assert table.rowCount() == 0


def test_repeated_points_replace_what_follows() -> None:
    store = SeriesStore()
    store.add(Metric("craft", "loss", x, float(x)) for x in range(5))
    store.add([Metric("craft", "loss", 3, 30.0)])
    series = store.get("craft", "loss")
    assert (series.x, series.y) == ([0, 1, 2, 3], [0.0, 1.0, 2.0, 30.0])
    store.rebuild([StampedEvent(0.0, Progress("craft", 1, 2)), StampedEvent(0.0, Metric("craft", "loss", 0, 9.0))])
    assert store.get("craft", "loss").y == [9.0]


def test_long_series_are_thinned_without_gaps() -> None:
    series = Series()
    for x in range(100_003):
        series.add(x, float(x % 2))
    x, y = series.thinned(400)
    assert len(x) <= 400
    assert x[-1] == 100_002
    assert all(abs(value - 0.5) < 0.01 for value in y[:-1])
    assert len(series.smoothed(400)[1]) == len(x)


def test_growing_curve_equals_the_engine() -> None:
    from pue_desktop.engine.statistics import certified_learnability

    chosen = config.changed(CertifyConfig(), draws=100)
    protected = [0.1 + 0.001 * draw for draw in range(60)]
    grown = curves.grow(protected, [], chosen, [100, 400, 500])
    assert grown.chance == 0.5
    assert grown.unprotected.certified == []
    assert [eta for eta, _ in grown.protected.certified] == [0.0, 0.02]
    for eta, value in grown.protected.points(grown.protected.alone):
        certificate = certified_learnability(protected, q=0.9, eta=eta, sigma=0.2, confidence=0.99)
        assert certificate.value == value
    assert grown.protected.values[-1] is None
    assert None not in grown.protected.mean


def test_searches_stand_beside_the_curve_red_where_they_beat_it(qtbot: QtBot) -> None:
    from pyqtgraph import ScatterPlotItem

    from pue_desktop.ui.curve_plot import CurvePlot

    plot = CurvePlot(title="curve", x="η", y="%")
    qtbot.addWidget(plot)
    etas = (0.0, 0.02, 0.04, 0.06, 0.08, 0.1)
    arm = curves.Curve(etas, (0.5, 0.505, 0.51, 0.515, 0.52, None))
    plot.show_curves(curves.Curves(arm, arm, 0.5, (60, 60), found=FOUND.points))
    drawn = {item.name(): item for item in plot.plot.items if isinstance(item, ScatterPlotItem)}
    assert list(drawn) == [None, "found beyond", "found above"]
    places = {name: (item.data["x"].tolist(), item.data["y"].tolist()) for name, item in drawn.items()}
    # Behind the curve's own end the axis goes on in steps of a tenth.
    assert places == {"found above": ([0.02], [62.5]), None: ([0.08], [50.0]), "found beyond": ([0.11], [75.0])}
    above, beyond = (drawn[f"found {name}"].opts["brush"].color() for name in ("above", "beyond"))
    assert above.red() > 180
    assert above.green() < 60
    assert beyond.red() == beyond.green() == beyond.blue()
    assert (
        drawn["found above"].data["data"][0]
        == "found at η 0.02: 62.5\u00a0%, certified at most 50.5\u00a0%, above the curve"
    )
    labels = [label for _, label in plot.plot.getAxis("bottom")._tickLevels[0]]
    assert labels[-2:] == ["0.1", "2"]
    plot.show_curves(curves.Curves(arm, arm, 0.5, (60, 60)))
    assert not [item for item in plot.plot.items if isinstance(item, ScatterPlotItem)]
    assert plot.plot.getAxis("bottom")._tickLevels is None


def test_the_planner_says_what_a_wish_takes(qtbot: QtBot) -> None:
    planner = Planner()
    qtbot.addWidget(planner)
    asked: list[object] = []
    planner.asked.connect(lambda: asked.append(planner.wanted))
    planner.show_config(CertifyConfig())
    planner.eta.setValue(0.3)
    wanted = planner.wanted
    assert wanted is not None
    assert asked[-1] == wanted
    assert wanted.draws > 2000
    planner.show_seconds(300.0)
    assert planner.words.text() == f"takes {wanted.draws:,} draws, about 5 min here."
    with qtbot.waitSignal(planner.chosen) as chosen:
        planner.take.click()
    assert chosen.args == [wanted.draws]
    planner.show_config(wanted)
    assert not planner.take.isEnabled()
    planner.eta.setValue(5.0)
    assert planner.wanted is None
    assert "out of reach" in planner.words.text()


def test_reach_in_words() -> None:
    assert "at least 44 are needed" in reach_words(config.changed(CertifyConfig(), draws=40))
    assert "no curve as a whole" in reach_words(config.changed(CertifyConfig(), draws=50))
    assert "the whole curve up to η = 0.2, a single η up to 0.24" in reach_words(CertifyConfig())


def test_difference_is_exact_and_clamped() -> None:
    original, protected = (QImage(3, 2, QImage.Format.Format_RGB32) for _ in range(2))
    original.fill(QColor(100, 100, 100))
    protected.fill(QColor(103, 96, 100))
    image, largest = difference(original, protected, 10)
    assert largest == 4
    assert image.pixelColor(2, 1).getRgb()[:3] == (158, 88, 128)
    assert difference(original, protected, 64)[0].pixelColor(0, 0).getRgb()[:3] == (255, 0, 128)
    assert difference(original, QImage(2, 2, QImage.Format.Format_RGB32), 1)[0].isNull()


def test_messages_do_not_pile_up(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    bar = MessageBar(window)
    for number in (1, 2, 3, 3, 4):
        bar.show_message(Message(f"<b>{number}</b>"))
    assert [message.text for message in bar.messages] == ["<b>4</b>", "<b>3</b>", "<b>2</b>"]
    bar.clear()
    assert not bar.messages


def test_words() -> None:
    assert percent(0.1234) == "12.3\xa0%"
    assert [duration(seconds) for seconds in (0.2, 59, 61, 7260)] == ["1 s", "59 s", "1 min", "2 h 01 min"]
    assert "\n" not in plain("a\nb")
    assert "\u202e" not in plain("gpj.\u202eexe")


def test_the_bar_covers_the_whole_job_and_never_goes_back() -> None:
    plan = plans.plan()
    job = Job(("craft", "certify"), plan, images=3000, hold_out=1000)
    seen = []
    now = 0.0
    for step in ("craft", "certify"):
        for done in (0, 25, 50, 40, 100):
            now += 10
            seen.append(job.update(Progress(step, done, 100), now))
    fractions = [one.fraction for one in seen]
    assert fractions == sorted(fractions)
    assert fractions[0] == 0
    assert fractions[-1] == 1
    assert 0.1 < fractions[4] < 0.5
    assert seen[0].seconds_left is None
    assert seen[2].seconds_left is not None
    assert seen[2].seconds_left > 10 * 100 / 25 / 2


@pytest.mark.parametrize("effort", plans.EFFORTS)
def test_effort_is_recognised(effort: str) -> None:
    assert plans.effort_of(plans.plan(effort=effort, strength="strong").craft) == effort
    assert plans.effort_of(config.changed(CraftConfig(), steps=50)) == "draft"


def test_preferences_survive_and_strangers_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    store = settings.Store(path)
    store.update(device="cpu", recent_folders=("/a <b>",))
    store.save()
    assert settings.Store(path).value == store.value
    path.write_text("{broken")
    broken = settings.Store(path)
    assert broken.value == settings.Preferences()
    assert path.with_name("settings.json.bak").read_text() == "{broken"
    assert ".bak" in broken.loaded.notice
    newer = msgspec.json.encode({"schema": 99, "device": "quantum"})
    path.write_bytes(newer)
    future = settings.Store(path)
    future.update(device="cpu")
    future.save()
    assert path.read_bytes() == newer
    assert "newer version" in future.loaded.notice


def test_a_plot_is_no_wider_than_its_place_whatever_its_title(qtbot: QtBot) -> None:
    from pue_desktop.ui.plots import LinePlot

    plot = LinePlot(title="What the surrogate still gets wrong " * 3, x="x", y="", names=["a"])
    qtbot.addWidget(plot)
    plot.resize(300, 200)
    plot.show()
    qtbot.wait(10)
    assert plot.plot.boundingRect().width() <= plot.canvas.width()
    assert plot.plot.titleLabel.text.startswith("What the surrogate")
    assert plot.plot.titleLabel.text.endswith("…")
    assert plot.accessibleName().endswith("gets wrong ")
    plot.resize(1500, 200)
    qtbot.wait(10)
    assert not plot.plot.titleLabel.text.endswith("…")
