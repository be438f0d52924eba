"""Preferences, undo, the log's buttons, and what the window does for somebody who is not looking."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from fake_steps import FakeSteps
from pue_desktop import app, diagnostics, settings
from pue_desktop.engine import library
from pue_desktop.ui import appearance, attendant
from pue_desktop.ui.main_window import MainWindow
from pue_desktop.ui.pages.preferences import PreferencesPage
from pue_desktop.ui.pages.protect import ProtectPage
from pue_desktop.workers import awake
from pue_desktop.workers.controller import Activity


def preferences_page(window: MainWindow) -> PreferencesPage:
    page = window.page("preferences")
    assert isinstance(page, PreferencesPage)
    window.go_to("preferences")
    return page


def kept() -> settings.Preferences:
    return settings.load(settings.default_path()).preferences


def test_every_choice_is_kept_at_once(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = preferences_page(window)
    page.strength.slider.setFocus()
    qtbot.keyClick(page.strength.slider, Qt.Key.Key_Right)
    for box, key in ((page.effort.box, Qt.Key.Key_Down), (page.theme, Qt.Key.Key_End)):
        box.setFocus()
        qtbot.keyClick(box, key)
    for check in (page.remember, page.awake, page.notify):
        check.setFocus()
        qtbot.keyClick(check, Qt.Key.Key_Space)
    page.folder.setText(str(tmp_path / "mine"))
    qtbot.keyClick(page.folder, Qt.Key.Key_Return)
    found = kept()
    assert (found.strength, found.effort, found.theme) == ("strong", "standard", "dark")
    assert (found.remember, found.keep_awake, found.notify) == (False, False, False)
    assert found.runs_folder == str(tmp_path / "mine")
    # Nothing is open, so the next run begins with them.
    assert window.controller.plan.craft.epsilon_255 == 16
    assert window.controller.plan.craft.surrogate == "resnet18"
    assert window.controller.runs_folder == tmp_path / "mine"


def test_runs_of_the_place_before_are_still_known(
    window: MainWindow, images: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    old = library.create_in(window.controller.runs_folder, images).path
    page = preferences_page(window)
    page.folder.setText(str(tmp_path / "mine"))
    qtbot.keyClick(page.folder, Qt.Key.Key_Return)
    assert kept().known_runs == (str(old),)


@pytest.mark.parametrize("text", ["relative/folder", "FILE"])
def test_a_bad_place_is_refused(window: MainWindow, qtbot: QtBot, tmp_path: Path, text: str) -> None:
    (tmp_path / "file").write_text("")
    page = preferences_page(window)
    page.folder.setText(str(tmp_path / "file") if text == "FILE" else text)
    qtbot.keyClick(page.folder, Qt.Key.Key_Return)
    assert "can't hold runs" in window.messages.messages[0].text
    assert page.folder.text() == ""
    assert not settings.default_path().exists()


def test_reset_and_undo(window: MainWindow, qtbot: QtBot) -> None:
    window._store.update(strength="strong", remember=False, recent_folders=("/a",))
    page = preferences_page(window)
    assert page.strength.slider.value() == 2
    qtbot.mouseClick(page.reset_button, Qt.MouseButton.LeftButton)
    assert kept() == settings.Preferences(recent_folders=("/a",))
    assert page.strength.slider.value() == 1
    undo = window.messages.messages[0].on_action
    assert undo is not None
    undo()
    assert (kept().strength, kept().remember) == ("strong", False)


def test_new_runs_begin_with_the_preferences(scanned: MainWindow, tmp_path: Path, images: Path, settled: Any) -> None:
    protect = scanned.page("protect")
    assert isinstance(protect, ProtectPage)
    scanned._store.update(remember=False)
    protect.strength.slider.setValue(2)
    assert scanned._store.value.strength == "standard"
    other = images.rename(tmp_path / "others")
    scanned.open_path(other)
    settled()
    assert scanned.controller.plan.craft.epsilon_255 == 8
    scanned._store.update(remember=True)
    protect.strength.slider.setValue(2)
    assert scanned._store.value.strength == "strong"


def test_a_theme_is_asked_for(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    class Hints:
        def setColorScheme(self, scheme: Any) -> None:
            asked.append(scheme)

    monkeypatch.setattr(appearance.QGuiApplication, "styleHints", staticmethod(Hints))
    page = preferences_page(window)
    for place in (1, 2, 0):
        page.theme.setCurrentIndex(place)
        page.theme.activated.emit(place)
    assert asked == [Qt.ColorScheme.Light, Qt.ColorScheme.Dark, Qt.ColorScheme.Unknown]


def test_files_of_version_1_are_read(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    old = {"schema": 1, "device": "cpu", "strength": "strong", "recent_folders": ["/a"], "geometry": "AAAA"}
    path.write_bytes(msgspec.json.encode(old))
    store = settings.Store(path)
    assert store.loaded.notice == ""
    assert store.value == settings.Preferences(
        device="cpu", strength="strong", recent_folders=("/a",), geometry="AAAA", remember=True, theme="system"
    )
    store.save()
    assert msgspec.json.decode(path.read_bytes())["schema"] == 2
    assert settings.Store(path).value == store.value


def test_the_page_and_the_log_are_there_again(window: MainWindow, qtbot: QtBot, no_doctor: None) -> None:
    window.go_to("runs")
    window.log_dock.show()
    window.close()
    other = app.compose(settings.Store(settings.default_path()))
    qtbot.addWidget(other)
    other.show()
    assert other.pages[other.sidebar.currentRow()].name == "runs"
    assert other.log_dock.isVisible()
    other.close()


def test_settings_are_undone_and_redone(scanned: MainWindow, qtbot: QtBot, fake_steps: FakeSteps, settled: Any) -> None:
    history, controller = scanned.history, scanned.controller
    assert not history.undo_action.isEnabled()
    controller.change("craft", steps=500)
    controller.change("craft", steps=600)
    controller.change("certify", draws=1000)
    assert history.stack.count() == 2
    assert history.undo_action.text() == "&Undo Draws"
    history.undo_action.trigger()
    history.undo_action.trigger()
    assert (controller.plan.craft.steps, controller.plan.certify.draws) == (2000, 800)
    history.redo_action.trigger()
    assert (controller.plan.craft.steps, controller.plan.certify.draws) == (600, 800)
    protect = scanned.page("protect")
    assert isinstance(protect, ProtectPage)
    assert protect.form.field("steps").focus_widget.value() == 600  # type: ignore[attr-defined]
    fake_steps.hold.clear()
    controller.start(controller.steps_left())
    assert not history.undo_action.isEnabled()
    assert not history.redo_action.isEnabled()
    fake_steps.hold.set()
    settled()
    assert history.undo_action.isEnabled()


def test_diagnostics_are_copied_without_the_home_directory(
    window: MainWindow, monkeypatch: Any, tmp_path: Path
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path.parent)
    handler = diagnostics.start_log()
    window.log_dock.show()
    window.log.take_error(app.UsageError(f"{tmp_path}/<b>x</b> is wrong."))
    panel = window.log_dock.widget()
    panel.copy_button.click()  # type: ignore[attr-defined]
    diagnostics.stop_log(handler)
    text = QGuiApplication.clipboard().text()
    assert "no <b>driver</b> was found" in text
    assert f"~/{tmp_path.name}/<b>x</b> is wrong." in text
    assert str(tmp_path.parent) not in text
    assert "in the clipboard" in window.messages.messages[0].text


class TestAttendant:
    @pytest.fixture
    def held(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """What the system was asked for."""
        asked: list[str] = []

        def hold() -> awake.Release:
            asked.append("hold")
            return lambda: asked.append("release")

        monkeypatch.setattr(awake, "_hold", hold)
        return asked

    def test_awake_while_it_works_and_not_when_paused(
        self, scanned: MainWindow, fake_steps: FakeSteps, held: list[str], settled: Any, qtbot: QtBot
    ) -> None:
        fake_steps.hold.clear()
        controller = scanned.controller
        controller.start(controller.steps_left())
        assert held == ["hold"]
        qtbot.waitUntil(lambda: bool(scanned.series.get("craft", "loss").x), timeout=5000)
        controller.pause()
        assert held == ["hold", "release"]
        controller.resume()
        scanned._store.update(keep_awake=False)
        scanned.apply_preferences()
        assert held == ["hold", "release"] * 2
        fake_steps.hold.set()
        settled()
        assert controller.activity is Activity.IDLE
        assert not scanned.attendant.awake.held

    def test_tells_of_long_work_to_who_looks_elsewhere(
        self, scanned: MainWindow, settled: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told: list[str] = []
        monkeypatch.setattr(scanned.attendant, "tell", told.append)
        monkeypatch.setattr(MainWindow, "isActiveWindow", lambda _window: False)
        scanned.controller.start(("craft",))
        settled()
        assert told == []
        monkeypatch.setattr(attendant, "WORTH_TELLING", 0.0)
        scanned.controller.start(("certify",))
        settled()
        assert told == ["flowers: done"]
        scanned._store.update(notify=False)
        scanned.controller.start(("stress",))
        settled()
        assert len(told) == 1

    def test_a_failure_is_told(
        self, scanned: MainWindow, fake_steps: FakeSteps, settled: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told: list[str] = []
        monkeypatch.setattr(scanned.attendant, "tell", told.append)
        monkeypatch.setattr(MainWindow, "isActiveWindow", lambda _window: False)
        monkeypatch.setattr(attendant, "WORTH_TELLING", 0.0)
        fake_steps.error = app.UsageError("no")
        scanned.controller.start(("craft",))
        settled()
        assert told == ["flowers: stopped by an error"]

    def test_without_a_tray_a_program_may_tell(self, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
        ran: list[Any] = []
        monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: False))
        monkeypatch.setattr(attendant.sys, "platform", "linux")
        monkeypatch.setattr(attendant.QProcess, "startDetached", staticmethod(lambda *words: ran.append(words)))
        monkeypatch.setattr(attendant.shutil, "which", lambda _name: None)
        window.attendant.tell("<b>a</b>: done")
        assert ran == []
        monkeypatch.setattr(attendant.shutil, "which", lambda name: f"/usr/bin/{name}")
        window.attendant.tell("<b>a</b>: done")
        (command,) = ran
        assert command[0] == "/usr/bin/notify-send"
        assert command[1][-1] == "&lt;b&gt;a&lt;/b&gt;: done"


def test_without_a_desktop_nothing_is_held(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(awake.sys, "platform", "linux")
    one = awake.Awake()
    one.hold()
    assert not one.held
    one.release()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/gone")
    one.hold()
    assert not one.held


def test_a_program_that_holds_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    monkeypatch.setattr(awake.sys, "platform", "darwin")
    run = awake._hold_program

    def sleep(*_command: str) -> awake.Release:
        release = run(sys.executable, "-c", "import time; time.sleep(60)")
        return lambda: (release(), ended.append(1))[0]

    monkeypatch.setattr(awake, "_hold_program", sleep)
    one = awake.Awake()
    one.hold()
    one.hold()
    assert one.held
    one.release()
    one.release()
    assert ended == [1]


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A session bus of this test alone."""
    program = shutil.which("dbus-daemon")
    if program is None or os.name == "nt":
        pytest.skip("needs dbus-daemon")
    process = subprocess.Popen(
        [program, "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    yield address
    process.terminate()
    process.wait()
    process.stdout.close()


def test_a_desktop_is_asked_and_forgets_with_the_connection(qtbot: QtBot, bus: str) -> None:
    from PySide6.QtCore import ClassInfo, QObject, Slot
    from PySide6.QtDBus import QDBusConnection

    asked: list[tuple[str, str]] = []

    @ClassInfo({"D-Bus Interface": "org.freedesktop.ScreenSaver"})
    class Desktop(QObject):
        @Slot(str, str, result=int)
        def Inhibit(self, name: str, reason: str) -> int:
            asked.append((name, reason))
            return 7

    desktop, name = Desktop(), "test-desktop"
    connection = QDBusConnection.connectToBus(bus, name)
    assert connection.registerService("org.freedesktop.ScreenSaver")
    assert connection.registerObject(
        "/org/freedesktop/ScreenSaver", desktop, QDBusConnection.RegisterOption.ExportAllSlots
    )
    names = connection.interface().registeredServiceNames
    before = len(names().value())
    one = awake.Awake()
    one.hold()
    qtbot.waitUntil(lambda: len(asked) == 1, timeout=5000)
    assert asked == [("PUE Desktop", "Images are being protected.")]
    assert len(names().value()) == before + 1
    one.release()
    qtbot.waitUntil(lambda: len(names().value()) == before, timeout=5000)
    QDBusConnection.disconnectFromBus(name)


def test_tab_goes_through_the_preferences(window: MainWindow, qtbot: QtBot) -> None:
    page = preferences_page(window)
    page.strength.slider.setFocus()
    names = []
    for _ in range(12):
        focus = QApplication.focusWidget()
        assert focus is not None
        names.append(focus.accessibleName())
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert names == [
        "Strength of new runs",
        "Effort of new runs",
        "Device of new runs",
        "Begin with what I chose last",
        "Where runs are kept",
        "Browse…",
        "Colours",
        "Contrast",
        "Language",
        "Keep the computer awake while something works",
        "Tell me when long work has ended and I look at something else",
        "Reset to defaults",
    ]
