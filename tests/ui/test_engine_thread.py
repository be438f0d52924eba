"""The border between engine and window: exactly one end, nothing lost that matters, no flood."""

import threading
import time
from collections.abc import Callable, Generator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from pue_desktop.engine.errors import CancelledError, InputRefusedError, PueError
from pue_desktop.engine.events import Event, Metric, Notice, Progress
from pue_desktop.workers.engine_thread import EngineThread, UnexpectedError

Stream = Generator[Event, None, None]


class Ears:
    """Notes what a thread tells, in order, and on which thread it is heard."""

    def __init__(self, work: Callable[[], Stream], qtbot: QtBot) -> None:
        self.heard: list[tuple[str, Any]] = []
        self.threads: set[int] = set()
        thread = EngineThread(work)
        for name in ("event_came", "metrics", "failed"):
            getattr(thread, name).connect(lambda value, name=name: self._hear(name, value))
        for name in ("succeeded", "cancelled"):
            getattr(thread, name).connect(lambda name=name: self._hear(name, None))
        with qtbot.waitSignal(thread.finished, timeout=20_000):
            thread.start()
        qtbot.waitUntil(lambda: bool(self.ends()), timeout=5000)
        thread.wait()

    def _hear(self, name: str, value: Any) -> None:
        self.heard.append((name, value))
        self.threads.add(threading.get_ident())

    def ends(self) -> list[str]:
        return [name for name, _ in self.heard if name in ("succeeded", "failed", "cancelled")]

    def of(self, name: str) -> list[Any]:
        return [value for one, value in self.heard if one == name]


def test_a_flood_is_thinned_and_no_metric_is_lost(qtbot: QtBot) -> None:
    def work() -> Stream:
        for number in range(20_000):
            yield Progress("craft", number, 20_000)
            yield Metric("craft", "loss", number, 1.0)

    began = time.monotonic()
    ears = Ears(work, qtbot)
    allowed = (time.monotonic() - began) * 20 + 3
    assert ears.ends() == ["succeeded"]
    assert [metric.x for batch in ears.of("metrics") for metric in batch] == list(range(20_000))
    assert len(ears.of("metrics")) <= allowed
    assert len(ears.of("event_came")) <= allowed
    assert ears.of("event_came")[-1].done == 19_999
    assert ears.heard[-1][0] == "succeeded"
    assert ears.threads == {threading.get_ident()}


def test_steps_do_not_mix(qtbot: QtBot) -> None:
    def work() -> Stream:
        yield Metric("craft", "loss", 0, 1.0)
        yield Progress("craft", 1, 1)
        yield Notice("certify", "hello")
        yield Metric("certify", "loss/protected", 0, 1.0)

    ears = Ears(work, qtbot)
    steps = [(value[0] if isinstance(value, tuple) else value).step for _, value in ears.heard if value]
    assert steps == ["craft", "craft", "certify", "certify"]


@pytest.mark.parametrize(
    ("error", "end", "kind"),
    [
        (InputRefusedError("no", hint="try"), "failed", InputRefusedError),
        (CancelledError("stop"), "cancelled", CancelledError),
        (RuntimeError("CUDA error"), "failed", UnexpectedError),
        (MemoryError(), "failed", UnexpectedError),
        (KeyboardInterrupt(), "failed", UnexpectedError),
        (SystemExit(1), "failed", UnexpectedError),
        (GeneratorExit(), "failed", UnexpectedError),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else None,
)
def test_every_error_ends_it_once_after_cleaning_up(
    qtbot: QtBot, error: BaseException, end: str, kind: type[PueError]
) -> None:
    cleaned: list[int] = []

    def work() -> Stream:
        try:
            yield Metric("craft", "loss", 0, 1.0)
            raise error
        finally:
            cleaned.append(threading.get_ident())

    ears = Ears(work, qtbot)
    assert ears.ends() == [end]
    assert len(ears.of("metrics")) == 1
    assert cleaned != [threading.get_ident()]
    if end == "failed":
        assert isinstance(ears.of("failed")[0], kind)


def test_an_error_before_the_first_event(qtbot: QtBot) -> None:
    def work() -> Stream:
        raise ValueError("before")

    ears = Ears(work, qtbot)
    assert ears.ends() == ["failed"]
    assert "before" in ears.of("failed")[0].message
    assert "Traceback" in ears.of("failed")[0].details
