"""Where an export may go, and what happens to what is there already. Nothing that is not the export's own is deleted.

Only files that the journal names, and that still are byte for byte what an export of this run wrote, are ever replaced
or removed. A file under such a name that is something else, because somebody edited it or put it there, is moved into
a folder beside the export, `NAME-set-aside`.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pue_desktop.engine.config_types import Conflict
from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.engine.export_folder import OWN_FILES, Journal, check_place, remove_empty
from pue_desktop.engine.export_names import IMAGES_FOLDER, MANIFEST, safe_parts
from pue_desktop.engine.files import TEMPORARY_SUFFIX, sha256_file, storage_errors
from pue_desktop.engine.run import Run

_ELSEWHERE = "Choose a new or an empty folder elsewhere."


def destination(run: Run, wanted: Path, policy: Conflict, journal: Journal) -> Path:
    """Returns the folder that an export goes into: `wanted`, or with "new-folder" the first free one beside it.

    An export of this run that was interrupted goes on in its folder under every policy.

    Args:
        run: What is exported.
        wanted: The folder asked for, absolute.
        policy: What to do if something is there: "replace" an earlier export of this run, "new-folder" or "refuse".
        journal: What this run exported so far.

    Raises:
        InputRefusedError: it would endanger originals, run or files of others, or something is there and the policy
            is to refuse that.
        StorageError: it can't be looked into.
    """
    check_place(run, wanted)
    folder, number = wanted, 1
    while _taken(folder, journal):
        if policy == "refuse":
            raise InputRefusedError(f"{folder} is not empty.", hint="Choose another folder, or let it be replaced.")
        if policy == "replace":
            if journal.knows(folder):
                break
            raise InputRefusedError(f"{folder} is not empty and not an export of this run.", hint=_ELSEWHERE)
        number += 1
        folder = wanted.with_name(f"{wanted.name}-{number}")
    check_place(run, folder)
    return folder


def _taken(folder: Path, journal: Journal) -> bool:
    """Returns whether something is in `folder` that is no interrupted export of this run."""
    with storage_errors(folder):
        if not folder.is_dir() or not any(folder.iterdir()):
            return False
        # The manifest is written last, and removed first when an export is replaced.
        return not journal.knows(folder) or (folder / MANIFEST).exists()


def clear_outdated(folder: Path, journal: Journal, paths: Iterable[str], keep: Iterable[str]) -> tuple[int, Path]:
    """Makes room for an export: removes what earlier ones of this run left and sets aside what others did.

    Args:
        folder: Export folder.
        journal: What this run exported so far, before this export began.
        paths: What this export will write, relative to `folder`.
        keep: What of it is there already.

    Returns:
        How many files were set aside, and where.
    """
    owned, known, kept = journal.owned(folder), journal.digests(folder), set(keep)
    aside, moved = _free_beside(folder), 0
    whole = folder.resolve()

    @cache
    def inside(place: Path) -> bool:
        # Never through a link that leads out of the folder.
        return place.resolve().is_relative_to(whole)

    with storage_errors(folder):
        for name in sorted({*owned, *OWN_FILES, *paths}):
            path = folder / name
            if safe_parts(name) is None or name in kept or not inside(path.parent):
                continue
            path.with_name(path.name + TEMPORARY_SUFFIX).unlink(missing_ok=True)
            if not path.is_symlink() and not path.is_file():
                continue
            if _is_own(path, known.get(name, set()), begun=name in owned or name in OWN_FILES):
                path.unlink()
            else:
                target = aside / name
                target.parent.mkdir(parents=True, exist_ok=True)
                path.rename(target)
                moved += 1
        remove_empty(folder / IMAGES_FOLDER)
    return moved, aside


def _is_own(path: Path, known: set[str], *, begun: bool) -> bool:
    """Returns whether a file is what an export wrote; one written just before a kill has no digest in the journal."""
    return begun if not known else not path.is_symlink() and sha256_file(path) in known


def _free_beside(folder: Path) -> Path:
    found, number = folder.with_name(f"{folder.name}-set-aside"), 1
    while found.exists():
        number += 1
        found = folder.with_name(f"{folder.name}-set-aside-{number}")
    return found
