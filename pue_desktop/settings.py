"""The user's preferences: one versioned JSON file under the system's folder for configuration.

A file that can't be read is kept as `.bak` and defaults are used; one from a newer version is left untouched and
nothing is saved over it. Reading never raises: preferences are no reason not to start. Preferences never change a
result; whatever does is a setting of a step (`engine/config.py`).
"""

import logging
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec
import platformdirs

from pue_desktop.engine.errors import StorageError
from pue_desktop.engine.files import pretty_json, storage_errors, write_atomically
from pue_desktop.engine.places import config_folder

SCHEMA = 2
APP = "pue-desktop"
RECENT = 10
KNOWN = 200

Theme = Literal["system", "light", "dark"]
Language = Literal["system", "en", "de"]
Contrast = Literal["system", "high"]

_log = logging.getLogger(__name__)


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """What the user prefers.

    Attributes:
        schema: Version of the file.
        runs_folder: Where new runs are made; empty means `default_runs_folder()`.
        recent_folders: Image folders, latest first.
        known_runs: Run folders outside of `runs_folder` that were opened, latest first.
        remember: Whether new runs begin with the strength, effort and device chosen last.
        device: Device that new runs begin with.
        strength: Strength, likewise: a name or a number of 255.
        effort: Effort, likewise.
        page: Size of the certificate's paper chosen last.
        key: The owner's key that signed last.
        theme: Light, dark, or as the system is.
        contrast: Whether the window is drawn with high contrast, or as the system is.
        language: Of the window, or as the system is.
        toured: Whether the tour of a first start was offered already.
        notify: Whether the desktop tells when long work has ended.
        keep_awake: Whether the computer is kept from falling asleep while something works.
        geometry: Of the window, as Qt saves it, in base64.
        layout: Of what is docked in it, likewise.
        last_page: Name of the page shown last.
    """

    schema: int = SCHEMA
    runs_folder: str = ""
    recent_folders: tuple[str, ...] = ()
    known_runs: tuple[str, ...] = ()
    remember: bool = True
    device: str = "auto"
    strength: str = "standard"
    effort: str = "draft"
    page: str = "A4"
    key: str = "default"
    theme: Theme = "system"
    contrast: Contrast = "system"
    language: Language = "system"
    toured: bool = False
    notify: bool = True
    keep_awake: bool = True
    geometry: str = ""
    layout: str = ""
    last_page: str = ""

    @property
    def runs_path(self) -> Path:
        """Where new runs are made."""
        return Path(self.runs_folder) if self.runs_folder else default_runs_folder()

    def with_recent(self, folder: Path) -> "Preferences":
        """Returns the preferences with `folder` as the latest one."""
        return msgspec.structs.replace(self, recent_folders=_first(folder, self.recent_folders)[:RECENT])

    def with_run(self, path: Path) -> "Preferences":
        """Returns the preferences with the run folder `path` among the known ones, if it is not found without."""
        if path.parent == self.runs_path:
            return self
        return msgspec.structs.replace(self, known_runs=_first(path, self.known_runs)[:KNOWN])


def _first(path: Path, others: tuple[str, ...]) -> tuple[str, ...]:
    return (str(path), *(name for name in others if name != str(path)))


@dataclass(frozen=True, slots=True)
class Loaded:
    """Preferences as read.

    Attributes:
        preferences: To use.
        writable: False where the file belongs to a newer version and must stay as it is.
        notice: A sentence for the user, or empty.
    """

    preferences: Preferences
    writable: bool = True
    notice: str = ""


def default_runs_folder() -> Path:
    """Returns the folder for runs in the user's data folder."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False)) / "runs"


def default_path() -> Path:
    """Returns where the preferences are kept."""
    return config_folder() / "settings.json"


def load(path: Path, *, repair: bool = True) -> Loaded:
    """Reads the preferences; whatever is wrong with the file, there is something to start with.

    Args:
        path: The file.
        repair: Whether a damaged file is put aside, so that the next `save` can't lose it.
    """

    class _Versioned(msgspec.Struct):
        schema: int

    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Loaded(Preferences())
    except OSError as error:
        return Loaded(Preferences(), writable=False, notice=f"{path} can't be read ({error.strerror}).")
    try:
        if msgspec.json.decode(data, type=_Versioned).schema > SCHEMA:
            return Loaded(
                Preferences(),
                writable=False,
                notice=f"{path} belongs to a newer version of PUE Desktop. It is left as it is; defaults are used.",
            )
        # What version 1 did not have, its files do without: the defaults say what it did.
        found = msgspec.json.decode(data, type=Preferences)
        return Loaded(msgspec.structs.replace(found, schema=SCHEMA))
    except msgspec.DecodeError:
        backup = path.with_name(path.name + ".bak")
        if repair:
            with suppress(OSError):
                path.replace(backup)
        return Loaded(Preferences(), notice=f"Your preferences could not be read. They are kept as {backup}.")


def save(preferences: Preferences, path: Path) -> None:
    """Writes the preferences, whole or not at all.

    Raises:
        StorageError: the disk is full or the folder can't be written.
    """
    with storage_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, pretty_json(preferences))


class Store:
    """The preferences of this session, kept in memory until they are saved."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.loaded = load(path)
        self.value = self.loaded.preferences

    def update(self, **changes: object) -> None:
        """Changes fields; `save` makes it last."""
        self.value = msgspec.structs.replace(self.value, **changes)

    def remember(self, **changes: object) -> None:
        """Changes fields that new runs begin with, if they shall begin with what was chosen last."""
        if self.value.remember:
            self.update(**changes)

    def save(self) -> None:
        """Writes the file unless it belongs to a newer version. A disk that refuses is only logged: nothing is lost."""
        if not self.loaded.writable:
            return
        try:
            save(self.value, self._path)
        except StorageError as error:
            _log.warning("preferences were not saved: %s", error)
