"""What would become of an export, before it starts: where it goes, how much room it takes and there is, what is wrong.

Asks the functions that the export itself asks, so that the window promises nothing else. Off the GUI thread; no Qt.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pue_desktop.engine.errors import PueError

if TYPE_CHECKING:
    from pue_desktop.engine.config import ExportConfig
    from pue_desktop.engine.export_space import Space
    from pue_desktop.engine.results import DatasetIndex


@dataclass(frozen=True)
class ExportCheck:
    """What was found.

    Attributes:
        folder: Where the export goes; None where it is refused.
        replaces: Whether an earlier export of this run there is replaced.
        space: Room that it takes and that there is; None where it is refused.
        trouble: Why it would be refused, in words; empty if it would not.
        hint: What to do about that.
    """

    folder: Path | None
    replaces: bool = False
    space: Space | None = None
    trouble: str = ""
    hint: str = ""


def check_export(run_path: Path, index: DatasetIndex, config: ExportConfig) -> ExportCheck:
    """Looks where an export with these settings would go and whether it could."""
    from pue_desktop.engine.export_conflicts import destination
    from pue_desktop.engine.export_folder import Journal
    from pue_desktop.engine.export_image import check_storable
    from pue_desktop.engine.export_space import estimated_bytes, space
    from pue_desktop.engine.exporters import exporter
    from pue_desktop.engine.run import Run

    try:
        check_storable(index.published, exporter(config), config.format)
        run = Run.open(run_path)
        journal = Journal(run)
        folder = destination(run, Path(config.folder).expanduser().resolve(), config.conflict, journal)
        replaces = folder.is_dir() and any(folder.iterdir()) and journal.knows(folder)
        return ExportCheck(folder, replaces, space(folder, estimated_bytes(index.published, config)))
    except PueError as error:
        return ExportCheck(None, trouble=error.message, hint=error.hint)
    except OSError as error:
        return ExportCheck(None, trouble=f"{config.folder}: {error.strerror or error}.")


def with_room_now(found: ExportCheck) -> ExportCheck:
    """Returns a check with what is free now; others write to the disk, too."""
    from pue_desktop.engine.export_space import space

    if found.folder is None or found.space is None:
        return found
    return replace(found, space=space(found.folder, found.space.needed))
