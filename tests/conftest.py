"""For every test: a profile of its own, never the developer's; and no thread or timer left behind."""

import os
import sys
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The window speaks the language of the system; tests read English.
os.environ.update(LC_ALL="C.UTF-8", LANGUAGE="en")


@pytest.fixture(autouse=True)
def fresh_profile(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, keys and runs of this test alone."""
    profile = tmp_path_factory.mktemp("profile")
    monkeypatch.setenv("PUE_DESKTOP_CONFIG_DIR", str(profile / "config"))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(profile / name.lower()))
    return profile


@pytest.fixture(autouse=True)
def no_leftovers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails a test that leaves a thread, a running QThread or an active repeating QTimer, and says which."""
    before = set(threading.enumerate())
    started = _watch_qt(monkeypatch) if "PySide6.QtCore" in sys.modules or "qtbot" in request.fixturenames else []
    yield
    left = [_description(thing()) for thing in started if _still_running(thing())]
    left += [repr(thread) for thread in set(threading.enumerate()) - before if thread.is_alive() and not thread.daemon]
    assert not left, f"left running: {left}"


def _watch_qt(monkeypatch: pytest.MonkeyPatch) -> "list[weakref.ref[Any]]":
    from PySide6.QtCore import QThread, QTimer

    started: list[weakref.ref[Any]] = []
    for kind in (QThread, QTimer):
        original = kind.start

        # A plain function: since PySide6 6.10 a Mock in place of a Qt method crashes.
        def start(self: Any, *arguments: Any, _original: Any = original) -> None:
            started.append(weakref.ref(self))
            _original(self, *arguments)

        monkeypatch.setattr(kind, "start", start)
    return started


def _description(thing: Any) -> str:
    return f"{thing!r} of {thing.parent()!r}"


def _still_running(thing: Any) -> bool:
    if thing is None:
        return False
    try:
        return bool(thing.isRunning() if hasattr(thing, "isRunning") else thing.isActive())
    except RuntimeError:  # the C++ object is gone
        return False
