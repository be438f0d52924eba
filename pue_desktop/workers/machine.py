"""What this computer can do: its devices, and how fast each is. Asked of `doctor` in a process of its own.

Devices come first, within seconds. Then, while nothing else runs, speeds are measured; work that starts meanwhile
ends the measuring, because both would slow each other down, and it is tried again when the work is done.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from pue_desktop.engine.config import Plan
from pue_desktop.engine.errors import PueError
from pue_desktop.engine.estimate import Speeds, estimate_seconds
from pue_desktop.engine.plans import EFFORTS, plan
from pue_desktop.workers.command import OwnCommand


class Machine(QObject):
    """The answers of `doctor`, once each.

    Attributes:
        devices: What `devices_found` told.
        conditions: Versions, precision and the like, by name.
        looked: Whether the first answer is there, whatever it was.

    Signals:
        devices_found(object): A list of dicts with name, label, usable and reason.
        not_found(object): The `PueError` that kept the devices unknown.
        speeds_found(): `seconds` has answers now.
    """

    devices_found = Signal(object)
    not_found = Signal(object)
    speeds_found = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.devices: list[dict[str, Any]] = []
        self.conditions: dict[str, str] = {}
        self.looked = False
        self._asked = False
        self._quiet = True
        self._answer: dict[str, Any] = {}
        self._wanted: dict[str, bool] = {}
        self._doctor: OwnCommand | None = None
        self._benchmark: OwnCommand | None = None

    def look(self) -> None:
        """Asks what this machine has, the first time it is called."""
        if not self._asked:
            self._asked = True
            self._doctor = self._ask(self.take_devices, self._take_failure)

    def set_quiet(self, quiet: bool) -> None:
        """Tells whether nothing else runs, so that speeds can be measured."""
        self._quiet = quiet
        if quiet:
            self._measure()
            self._measure_more()
        elif self._benchmark is not None:
            self._benchmark.stop()
            self._benchmark = None
            known = {key for found in self._speeds(self._answer).values() for key in found}
            self._wanted = {key: key in known for key in self._wanted}

    def seconds(self, device: str, effort: str, *, trained: int, held: int, side: int = 0) -> float | None:
        """Returns how long an effort takes on `device` ("auto" is the first usable one), None while unknown.

        Args:
            device: Name of the device.
            effort: Name of the effort.
            trained: Images that networks learn from.
            held: Hold-out images.
            side: Median of the images' shorter sides, in pixels.
        """
        name = self._named(device)
        found = self.step_seconds(plan(effort=effort), device, trained=trained, held=held, side=side)
        if found is None:
            found = self._part("estimates", name, dict[str, dict[str, float]]).get(effort)
        return sum(found.values()) if found else None

    def step_seconds(
        self, wanted: Plan, device: str, *, trained: int, held: int, side: int = 0, split_given: bool = False
    ) -> dict[str, float] | None:
        """Returns how long each step of `wanted` takes on `device`, None while unknown; arguments as `seconds`.

        With `split_given`, the hold-out images are not exported.
        """
        speeds = self._part("speeds", self._named(device), Speeds)
        if not speeds:
            return None
        return estimate_seconds(wanted, speeds, trained=max(1, trained), held=held, side=side, split_given=split_given)

    def _named(self, device: str) -> str:
        if device != "auto":
            return device
        return next((str(one.get("name")) for one in self.devices if one.get("usable")), "")

    def want(self, networks: Iterable[str]) -> None:
        """Has the speeds of more networks measured, when nothing else runs; each is asked for once.

        Args:
            networks: As `speed_key` names them.
        """
        new = set(networks) - self._wanted.keys()
        self._wanted.update(dict.fromkeys(sorted(new), False))
        if new:
            self._measure_more()

    def efforts(self, device: str, *, trained: int, held: int, side: int = 0) -> dict[str, float]:
        """Returns the seconds of every effort whose time is known."""
        times = {effort: self.seconds(device, effort, trained=trained, held=held, side=side) for effort in EFFORTS}
        return {effort: time for effort, time in times.items() if time is not None}

    def shutdown(self) -> None:
        """Ends what is still being asked."""
        for command in (self._doctor, self._benchmark):
            if command is not None:
                command.stop()

    @Slot(object)
    def take_devices(self, answer: dict[str, Any]) -> None:
        """Takes what `doctor` said."""
        self.looked = True
        self.devices = [device for device in answer.get("devices", []) if isinstance(device, dict)]
        self.conditions = {str(name): str(value) for name, value in answer.get("versions", {}).items()}
        self.devices_found.emit(self.devices)
        self._measure()

    @Slot(object)
    def _take_failure(self, error: PueError) -> None:
        self.looked = True
        self.not_found.emit(error)

    @Slot(object)
    def take_speeds(self, answer: dict[str, Any]) -> None:
        """Takes what `doctor --benchmark` said."""
        known, more = self._speeds(self._answer), self._speeds(answer)
        # What was measured later says nothing about the efforts.
        merged = {device: {**known.get(device, {}), **more.get(device, {})} for device in {**known, **more}}
        self._answer = {**answer, **self._answer, "speeds": merged}
        self.speeds_found.emit()
        self._measure_more()

    def _measure(self) -> None:
        busy = self._benchmark is not None and self._benchmark.running
        if self.devices and self._quiet and not self._answer and not busy:
            self._benchmark = self._ask(self.take_speeds, None, "--benchmark")

    def _measure_more(self) -> None:
        busy = self._benchmark is not None and self._benchmark.running
        waiting = [key for key, asked in self._wanted.items() if not asked]
        if self._answer and self._quiet and not busy and waiting:
            self._wanted.update(dict.fromkeys(waiting, True))
            self._benchmark = self._ask(self.take_speeds, None, "--benchmark", "--networks", ",".join(waiting))

    def _speeds(self, answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
        try:
            return msgspec.convert(answer.get("speeds", {}), dict[str, dict[str, Any]])
        except msgspec.ValidationError:
            return {}

    def _ask(self, answered: Any, failed: Any, *options: str) -> OwnCommand:
        command = OwnCommand("doctor", *options, "--json", parent=self)
        command.answered.connect(answered)
        if failed is not None:
            command.failed.connect(failed)
        command.start()
        return command

    def _part(self, name: str, device: str, kind: Any) -> Any:
        found = self._answer.get(name)
        try:
            return msgspec.convert(found.get(device, {}) if isinstance(found, dict) else {}, kind)
        except msgspec.ValidationError:
            return {}
