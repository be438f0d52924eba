"""What somebody who helps needs to know: versions, devices, settings, and the last lines of the log.

One function gathers it for `pue-desktop doctor` and for "Copy diagnostics". Nothing of an image is in it, and the home
directory, whose name is often a person's, is shortened to ~. Also the program's log file: it is written while the
window is open, holds what its log panel shows, and is begun anew once it has half a megabyte.
"""

from __future__ import annotations

import logging
import os
import platform
import shutil
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pue_desktop import __version__, settings
from pue_desktop.engine.files import byte_size
from pue_desktop.engine.places import log_folder

LOG_LINES = 200
_LOG_BYTES = 500_000
_LIBRARIES = ("torch", "torchvision", "numpy", "pillow", "PySide6-Essentials", "pyqtgraph")
# What a helper may know of the environment; passphrases and the rest of it are nobody's business.
_VARIABLES = ("CUDA_VISIBLE_DEVICES", "OMP_NUM_THREADS", "QT_QPA_PLATFORM", "QT_SCALE_FACTOR", "XDG_CURRENT_DESKTOP")
# Which folders somebody works with is not needed to help them.
_PRIVATE = ("recent_folders", "known_runs", "geometry", "layout", "key")

Device = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """What there is to know; no text holds the home directory.

    Attributes:
        devices: Dicts with name, label, usable and reason; empty if nobody has looked yet.
        versions: Versions and conditions by name.
        settings: The user's preferences by name, and where things are kept.
        log: The last lines of the log, oldest first.
    """

    devices: tuple[dict[str, object], ...]
    versions: dict[str, str]
    settings: dict[str, str]
    log: tuple[str, ...]

    def text(self) -> str:
        """Returns it for people."""
        lines = ["Devices:"] + ([] if self.devices else ["  not looked for yet"])
        for device in self.devices:
            problem = "" if device.get("usable") else f": can't be used, {device.get('reason')}"
            lines.append(f"  {device.get('name', ''):<8} {device.get('label', '')}{problem}")
        for title, values in (("Versions and conditions:", self.versions), ("Settings and places:", self.settings)):
            width = max((len(name) for name in values), default=0)
            lines += [title, *(f"  {name:<{width}}  {value}" for name, value in values.items())]
        if self.log:
            lines += [f"Log (the last {len(self.log)} lines):", *(f"  {line}" for line in self.log)]
        return "\n".join(lines)


def gather(devices: Sequence[Device], conditions: Mapping[str, str], *, log: bool = True) -> Diagnostics:
    """Returns the diagnostics of this computer and user; never raises, imports nothing heavy.

    Args:
        devices: As `doctor` lists them, see `Diagnostics`; finding them out takes torch and time.
        conditions: What results depend on (`runtime.conditions`), if known.
        log: Whether to take the last lines of the log along.
    """
    return Diagnostics(
        devices=tuple({name: _short(value) for name, value in device.items()} for device in devices),
        versions={name: shortened(value) for name, value in (_versions() | dict(conditions)).items()},
        settings={name: shortened(value) for name, value in _settings().items()},
        log=tuple(shortened(line) for line in log_tail()) if log else (),
    )


def shortened(text: str) -> str:
    """Returns `text` with the home directory as ~, however it is written."""
    homes = {str(Path.home()), Path.home().as_posix()}
    with suppress(OSError):
        homes.add(str(Path.home().resolve()))
    for home in sorted(homes, key=len, reverse=True):
        if len(home) > 1:
            text = text.replace(home, "~")
    return text


def _short(value: object) -> object:
    return shortened(value) if isinstance(value, str) else value


def _versions() -> dict[str, str]:
    # Not at the top: it costs a tenth of what opening the window takes.
    from importlib import metadata

    found = {"pue-desktop": __version__, "system": platform.platform(), "python": platform.python_version()}
    for name in _LIBRARIES:
        with suppress(metadata.PackageNotFoundError):
            found[name.lower()] = metadata.version(name)
    found["processors"] = str(os.cpu_count())
    with suppress(AttributeError, OSError, ValueError):
        found["memory"] = byte_size(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    return found | {name: os.environ[name] for name in _VARIABLES if name in os.environ}


def _settings() -> dict[str, str]:
    path = settings.default_path()
    preferences = settings.load(path, repair=False).preferences
    chosen = msgspec.structs.asdict(preferences)
    found = {name: str(value) for name, value in chosen.items() if name not in _PRIVATE and value != ""}
    runs = preferences.runs_path
    found |= {"settings file": str(path), "log folder": str(log_folder()), "runs_folder": str(runs)}
    with suppress(OSError, StopIteration):
        place = next(one for one in (runs, *runs.parents) if one.exists())
        found["free space there"] = byte_size(shutil.disk_usage(place).free)
    return found


def log_file() -> Path:
    """Returns where the log is written."""
    return log_folder() / "pue-desktop.log"


def log_tail(lines: int = LOG_LINES) -> list[str]:
    """Returns the last lines of the log, oldest first; none where there is no log."""
    try:
        with log_file().open(encoding="utf-8", errors="replace") as stream:
            return [line.rstrip("\n") for line in deque(stream, lines)]
    except OSError:
        return []


def start_log() -> logging.Handler | None:
    """Begins to write the log file and returns what `stop_log` takes; None where it can't be written."""
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LOG_BYTES:
            path.replace(path.with_name(path.name + ".old"))
        handler = logging.FileHandler(path, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%d %H:%M:%S"))
    logger = logging.getLogger("pue_desktop")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.info("PUE Desktop %s on %s", __version__, platform.platform())
    return handler


def stop_log(handler: logging.Handler | None) -> None:
    """Ends the log file."""
    if handler is not None:
        logging.getLogger("pue_desktop").removeHandler(handler)
        handler.close()
