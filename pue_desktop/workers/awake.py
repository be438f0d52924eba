"""Keeps the computer from falling asleep while something works, where the system lets itself be asked.

Linux desktops are asked over D-Bus, by a connection of its own: a desktop forgets the request when the connection
ends, so that a crash never leaves a computer awake. Windows has a call for it, macOS the program `caffeinate`. Where
there is none of them, nothing happens.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

_APP, _REASON = "PUE Desktop", "Images are being protected."
# Service, path and interface; desktops have one of them or both, and refuse what they don't know.
_INHIBITORS = (
    (
        "org.freedesktop.PowerManagement",
        "/org/freedesktop/PowerManagement/Inhibit",
        "org.freedesktop.PowerManagement.Inhibit",
    ),
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"),
)
_CONTINUOUS, _SYSTEM_REQUIRED = 0x80000000, 0x00000001

Release = Callable[[], None]


class Awake:
    """Held or not. `hold` and `release` may be called in any order, any number of times; they never raise."""

    def __init__(self) -> None:
        self._release: Release | None = None

    @property
    def held(self) -> bool:
        """Whether the system was asked to stay awake."""
        return self._release is not None

    def hold(self) -> None:
        """Asks the system to stay awake."""
        if self._release is None:
            with suppress(OSError, ImportError, AttributeError):
                self._release = _hold()

    def release(self) -> None:
        """Lets it sleep again."""
        release, self._release = self._release, None
        if release is not None:
            with suppress(OSError, AttributeError):
                release()


def _hold() -> Release | None:
    if sys.platform == "win32":
        return _hold_windows()
    if sys.platform == "darwin":
        return _hold_program("caffeinate", "-i", "-w", str(os.getpid()))
    address = _bus_address()
    return _hold_bus(address) if address else None


def _hold_windows() -> Release:
    import ctypes

    state: Any = ctypes.windll.kernel32.SetThreadExecutionState  # type: ignore[attr-defined,unused-ignore]
    state(_CONTINUOUS | _SYSTEM_REQUIRED)
    return lambda: state(_CONTINUOUS)


def _hold_program(*command: str) -> Release:
    """Runs a program that keeps the system awake for as long as it runs."""
    import subprocess

    nothing = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing)

    def end() -> None:
        process.terminate()
        process.wait(timeout=5)

    return end


def _bus_address() -> str:
    """Returns where the session bus is, empty if there is none: to ask for one by its kind could start one."""
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    place = os.environ.get("XDG_RUNTIME_DIR")
    if not address and place and (Path(place) / "bus").exists():
        address = f"unix:path={place}/bus"
    return address


def _hold_bus(address: str) -> Release | None:
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    name = "pue-desktop-awake"
    bus = QDBusConnection.connectToBus(address, name)
    if not bus.isConnected():
        QDBusConnection.disconnectFromBus(name)
        return None
    for service, path, interface in _INHIBITORS:
        message = QDBusMessage.createMethodCall(service, path, interface, "Inhibit")
        message.setArguments([_APP, _REASON])
        # Nobody waits for the answer: the request ends with the connection, whatever its number.
        bus.asyncCall(message)
    return lambda: QDBusConnection.disconnectFromBus(name)
