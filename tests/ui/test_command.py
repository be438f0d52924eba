"""Questions asked of the program's own sub-commands, each in a process of its own."""

import sys
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from pue_desktop.engine import estimate
from pue_desktop.engine.plans import plan
from pue_desktop.workers import command
from pue_desktop.workers.command import OwnCommand
from pue_desktop.workers.machine import Machine


def answering(monkeypatch: pytest.MonkeyPatch, *program: str) -> None:
    monkeypatch.setattr(command, "own_command", lambda *_arguments: list(program))


def test_a_real_answer(qtbot: QtBot) -> None:
    asked = OwnCommand("methods", "--json")
    with qtbot.waitSignal(asked.answered, timeout=30_000) as answer:
        asked.start()
    assert answer.args is not None
    assert {"pue", "emn"} <= {method["name"] for method in answer.args[0]["methods"]}
    assert asked.code == 0


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ((sys.executable, "-c", "print('no json')"), "no answer"),
        ((sys.executable, "-c", "raise SystemExit('it is <b>broken</b>')"), "it is <b>broken</b>"),
        (("/no/such/program",), "did not work"),
        ((sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"), "did not work"),
    ],
    ids=["nonsense", "failure", "missing", "killed"],
)
def test_no_answer_is_told_once(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, program: tuple[str, ...], words: str
) -> None:
    answering(monkeypatch, *program)
    asked = OwnCommand("doctor")
    failures: list[Any] = []
    asked.failed.connect(failures.append)
    with qtbot.waitSignal(asked.failed, timeout=30_000):
        asked.start()
    qtbot.wait(100)
    assert len(failures) == 1
    assert words in failures[0].message


def test_stopping_is_silent(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, sys.executable, "-c", "import time; time.sleep(60)")
    asked = OwnCommand("doctor")
    heard: list[Any] = []
    asked.failed.connect(heard.append)
    asked.answered.connect(heard.append)
    asked.start()
    qtbot.waitUntil(lambda: asked.running, timeout=5000)
    asked.stop()
    assert not asked.running
    assert not heard


def test_measuring_waits_for_quiet(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, sys.executable, "-c", "import time; time.sleep(60)")
    machine = Machine()
    machine.set_quiet(False)
    machine.take_devices({"devices": [{"name": "cpu", "label": "CPU", "usable": True, "reason": ""}]})
    assert machine._benchmark is None
    machine.set_quiet(True)
    measuring: Any = machine._benchmark
    assert measuring is not None
    qtbot.waitUntil(lambda: measuring.running, timeout=5000)
    machine.set_quiet(False)
    assert not measuring.running
    machine.shutdown()


def test_more_networks_are_measured_once_and_again_if_that_was_broken_off(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked: list[tuple[str, ...]] = []

    def ask(machine: Machine, _answered: Any, _failed: Any, *options: str) -> OwnCommand:
        asked.append(options)
        return OwnCommand("doctor", parent=machine)

    monkeypatch.setattr(Machine, "_ask", ask)
    machine = Machine()
    machine.take_devices({"devices": [{"name": "cpu", "label": "CPU", "usable": True, "reason": ""}]})
    # Before the speeds of the efforts are known, others wait.
    machine.want(["vit@32", "resnet50@32"])
    assert asked == [("--benchmark",)]
    speed = {"train": 10.0, "evaluate": 30.0}
    machine.take_speeds({"speeds": {"cpu": {"vgg@32": speed}}, "estimates": {"cpu": {"draft": {"craft": 1.0}}}})
    more = ("--benchmark", "--networks", "resnet50@32,vit@32")
    assert asked == [("--benchmark",), more]
    machine.want(["vit@32"])
    assert len(asked) == 2
    machine.set_quiet(False)
    machine.set_quiet(True)
    assert asked[2:] == [more]
    machine.take_speeds({"speeds": {"cpu": {"vit@32": speed, "resnet50@32": speed}}, "estimates": {"cpu": {}}})
    machine.set_quiet(False)
    machine.set_quiet(True)
    assert len(asked) == 3
    assert set(machine._speeds(machine._answer)["cpu"]) == {"vgg@32", "vit@32", "resnet50@32"}
    assert machine.seconds("cpu", "draft", trained=9, held=3) == 1.0
    # An answer that makes no sense takes nothing away.
    machine.take_speeds({"speeds": "none"})
    assert set(machine._speeds(machine._answer)["cpu"]) == {"vgg@32", "vit@32", "resnet50@32"}


def test_times_come_from_speeds_where_there_are_some(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(Machine, "_measure", lambda _machine: None)
    machine = Machine()
    machine.take_devices({"devices": [{"name": "cpu", "label": "CPU", "usable": True, "reason": ""}]})
    assert machine.efforts("auto", trained=100, held=20) == {}
    machine.take_speeds({"estimates": {"cpu": {"draft": {"craft": 1.0, "certify": 2.0}}}})
    assert machine.efforts("auto", trained=100, held=20) == {"draft": 3.0}
    speeds = {
        estimate.speed_key(name, size): {"train": 100.0, "evaluate": 300.0}
        for effort in ("draft", "standard", "paper")
        for name, size in estimate.needed_speeds(plan(effort=effort))
    }
    machine.take_speeds({"speeds": {"cpu": speeds}})
    times = machine.efforts("cpu", trained=2000, held=1000)
    assert set(times) == {"draft", "standard", "paper"}
    assert 3.0 < times["draft"] < times["standard"] < times["paper"]
    assert machine.efforts("cuda:0", trained=2000, held=1000) == {}
