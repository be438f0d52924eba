"""All runs that the program knows, as a list to choose from: what each holds, in short, and what is wrong with it.

Made for looking through hundreds of them: only small files are read, nothing is hashed, and a folder that can't be
read is listed with the reason. Opening a run checks it thoroughly. Deleting takes away what the program wrote into a
run folder, and nothing else: originals and exports lie elsewhere, and what others put there stays.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from pue_desktop.engine import config as configs
from pue_desktop.engine import pipeline, plans
from pue_desktop.engine.config import CONFIG_TYPES, Plan, StepConfig
from pue_desktop.engine.errors import InputRefusedError, PueError, SchemaError
from pue_desktop.engine.export_names import MANIFEST
from pue_desktop.engine.files import BAD_JSON, TEMPORARY_SUFFIX, storage_errors
from pue_desktop.engine.results import INDEX_FILE, CertifyResult, ImageRecord, IndexHeader
from pue_desktop.engine.run import README, Run, State, StepRecord, holding

_FILES = frozenset({"README.txt", "run.json", "events.jsonl", "export.json"})
_FOLDERS = frozenset({"dataset", "cache"})
_PREVIEWS = "craft/previews"


@dataclass(frozen=True)
class RunEntry:
    """A run folder in the list.

    Attributes:
        path: The run folder.
        problem: Why it can't be opened, in words; empty if it can.
        source: The image folder; None where that is not known.
        created: When it was made, in seconds since 1970; 0 where that is not known.
        changed: When it was last worked on, likewise.
        states: How far each step is, as recorded: outputs are looked for, not hashed.
        plan: The settings it was made with; None where they can't be read.
        images: Usable images; 0 while it is not scanned.
        classes: Their classes.
        certified: The certificate's figures, None if there are none.
        export: Where its images were exported to, None if they were not.
        thumbnail: A small picture of the run, or an original; None if there is none.
    """

    path: Path
    problem: str = ""
    source: Path | None = None
    created: float = 0.0
    changed: float = 0.0
    states: dict[str, State] = field(default_factory=dict)
    plan: Plan | None = None
    images: int = 0
    classes: int = 0
    certified: CertifyResult | None = None
    export: Path | None = None
    thumbnail: Path | None = None

    @property
    def effort(self) -> str:
        """Name of the effort that the settings come closest to; empty without settings."""
        return "" if self.plan is None else plans.effort_of(self.plan.craft)

    @property
    def settings(self) -> str:
        """See `plan_words`; empty without settings."""
        return "" if self.plan is None else plan_words(self.plan)

    @property
    def verdict(self) -> str:
        """What the certificate says: see `verdict`; empty without one."""
        return "" if self.certified is None else verdict(self.certified)


def plan_words(plan: Plan) -> str:
    """Returns method, strength and effort in one line: "pue, standard (8 of 255), draft"."""
    epsilon = plan.craft.epsilon_255
    name = next((name for name, value in plans.STRENGTHS.items() if value == epsilon), "")
    strength = f"{name} ({epsilon:g} of 255)" if name else f"{epsilon:g} of 255"
    return f"{plan.craft.method}, {strength}, {plans.effort_of(plan.craft)}"


def verdict(result: CertifyResult) -> str:
    """Returns what a certificate says: "distinguishes", "does not distinguish" or "abstained"."""
    if result.abstained:
        return "abstained"
    return "distinguishes" if result.distinguishes else "does not distinguish"


def known_runs(home: Path, opened: Iterable[Path] = ()) -> list[Path]:
    """Returns the run folders inside `home` and those of `opened` that are there, each once.

    A folder counts if it has a run.json, or the note that every run folder has: then it is a damaged one.
    """
    candidates = list(opened)
    with suppress(OSError):
        candidates += [path for path in home.iterdir() if not path.is_symlink()]
    found: dict[Path, Path] = {}
    for path in candidates:
        if _is_run_folder(path):
            found.setdefault(path.resolve(), path.absolute())
    return list(found.values())


def entries(paths: Iterable[Path]) -> list[RunEntry]:
    """Returns what there is to say about run folders, those worked on last first; never raises."""
    return sorted((entry(path) for path in paths), key=lambda one: (-one.changed, str(one.path)))


def entry(path: Path) -> RunEntry:
    """Returns what there is to say about the run folder `path`; what is wrong with it is in `problem`."""
    known = RunEntry(path)
    with suppress(OSError):
        known = replace(known, changed=(path / "run.json").stat().st_mtime)
    try:
        run = Run.open(path)
        known = replace(known, source=run.source, created=run.created)
        known = replace(known, states=recorded_states(run), plan=plan_of(run))
        header, first, images = _index(run)
        return replace(
            known,
            images=images,
            classes=0 if header is None else len(header.classes),
            certified=_certified(run),
            export=_export(run),
            thumbnail=_thumbnail(run, first),
        )
    except PueError as error:
        return replace(known, problem=error.message)
    except OSError as error:
        return replace(known, problem=f"{error.filename or path} can't be read: {error.strerror}.")


def recorded_states(run: Run) -> dict[str, State]:
    """Returns how far every step is with the settings it was last done with; outputs are not hashed."""
    found: dict[str, State] = {}
    for step in CONFIG_TYPES:
        record = run.record(step)
        if record is None:
            found[step] = State.MISSING
            continue
        fresh = record.inputs == pipeline.known_inputs(run, step, _config(record, step)) and all(
            found[before] is not State.STALE for before in pipeline.INPUTS[step]
        )
        there = all((run.path / name).is_file() for name in record.outputs)
        if step == "export" and record.done:
            there = there and (Path(str(record.config.get("folder", ""))) / MANIFEST).is_file()
        if not fresh or not there:
            found[step] = State.STALE
        else:
            found[step] = State.DONE if record.done else State.PARTIAL
    return found


def _config(record: StepRecord, step: str) -> StepConfig | None:
    """Returns the settings a step was done with, None if they are of another version."""
    with suppress(msgspec.ValidationError):
        config: StepConfig = msgspec.convert(record.config, CONFIG_TYPES[step])
        return config
    return None


def plan_of(run: Run) -> Plan:
    """Returns the settings a run was made with; steps that were never asked for get those of the same effort.

    Raises:
        SchemaError: a step was run by a version with other settings.
    """
    known: dict[str, object] = {}
    for step, kind in CONFIG_TYPES.items():
        asked = run.asked(step)
        if asked is None:
            continue
        known[step] = run.config_as(asked, kind)
    craft = known.get("craft")
    base = plans.plan()
    if isinstance(craft, configs.CraftConfig):
        base = plans.plan(
            strength=f"{craft.epsilon_255:g}", effort=plans.effort_of(craft), seed=craft.seed, device=craft.device
        )
    return msgspec.structs.replace(base, **known)


def duplicate(path: Path, home: Path) -> Run:
    """Makes a new run in `home` for the same images with the same settings; it has no results yet.

    The export's folder is left open: the first run's export stays what it is.

    Raises:
        PueError: the run can't be read, or the new one can't be written.
    """
    old = Run.open(path)
    plan = plan_of(old)
    new = create_in(home, old.source)
    export = configs.changed(plan.export, folder="")
    new.ask({step: export if step == "export" else plan.of(step) for step in CONFIG_TYPES})
    return new


def create_in(home: Path, source: Path) -> Run:
    """Makes a run folder for `source` inside `home`, named after it and numbered.

    Raises:
        InputRefusedError: `source` is no folder, or holds `home`.
        StorageError: it can't be written.
    """
    source = source.resolve()
    if not source.is_dir():
        raise InputRefusedError(f"{source} is not a folder.", hint="Choose a folder of images, or a run folder.")
    if home.resolve().is_relative_to(source):
        raise InputRefusedError(
            f"{source} contains the folder in which PUE Desktop keeps its runs ({home}).",
            hint="Choose a folder that holds nothing but your images.",
        )
    name, number = source.name or "images", 1
    while (home / f"{name}-{number}").exists():
        number += 1
    return Run.create(home / f"{name}-{number}", source)


def size_bytes(path: Path) -> int:
    """Returns the sizes of all files under `path`, added up; links are not followed, what can't be read counts 0."""
    total = 0
    waiting = [path]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as found:
            for item in found:
                if item.is_dir(follow_symlinks=False):
                    waiting.append(Path(item.path))
                else:
                    with suppress(OSError):
                        total += item.stat(follow_symlinks=False).st_size
    return total


def delete(path: Path) -> tuple[Path, ...]:
    """Deletes a run: everything the program wrote into its folder, then the folder if nothing else is left in it.

    Links are taken away, never followed. run.json goes last, so that a run half deleted can still be deleted.

    Returns:
        What others put into the folder; it stays.

    Raises:
        InputRefusedError: it is no run folder, or it holds the images the run was made from.
        RunBusyError: another program works on it.
        StorageError: something can't be deleted.
    """
    if path.is_symlink() or not _is_run_folder(path):
        raise InputRefusedError(
            f"{path} is not a run folder, so it is not deleted.", hint="Delete it with your file manager."
        )
    source = entry(path).source
    if source is not None and source.resolve().is_relative_to(path.resolve()):
        raise InputRefusedError(
            f"{path} holds the images that the run was made from, so it is not deleted.",
            hint="Move your images elsewhere first.",
        )
    with holding(path), storage_errors(path):
        for item in _own(path):
            if item.is_dir() and not item.is_symlink():
                shutil.rmtree(item)
            else:
                item.unlink(missing_ok=True)
        (path / "run.json").unlink(missing_ok=True)
    with storage_errors(path):
        # A system that locks open files can delete this one only now.
        (path / ".lock").unlink(missing_ok=True)
        left = tuple(sorted(path.iterdir()))
        if not left:
            path.rmdir()
    return left


def _own(path: Path) -> Iterator[Path]:
    """Yields what the program wrote into a run folder, but run.json and the lock."""
    for item in sorted(path.iterdir()):
        names = _FOLDERS | CONFIG_TYPES.keys()
        if item.is_symlink() or not item.is_dir():
            names |= _FILES
        if item.name.removesuffix(TEMPORARY_SUFFIX) in names and item.name != "run.json":
            yield item


def _is_run_folder(path: Path) -> bool:
    with suppress(OSError, PueError):
        if not path.is_dir():
            return False
        if (path / "run.json").is_file() and not (path / "run.json").is_symlink():
            Run.open(path)
            return True
    with suppress(OSError, UnicodeDecodeError):
        return (path / "README.txt").read_text(encoding="utf-8") == README
    return False


def _index(run: Run) -> tuple[IndexHeader | None, ImageRecord | None, int]:
    """Returns the index's header, its first image and the number of its images; nothing while there is none."""
    record = run.record("scan")
    if record is None or not record.done:
        return None, None, 0
    header, first, count = None, None, 0
    with suppress(OSError, *BAD_JSON), (run.path / INDEX_FILE).open("rb") as lines:
        header = msgspec.json.decode(next(lines, b""), type=IndexHeader)
        for line in lines:
            if b'"kind":"image"' in line:
                first = first or msgspec.json.decode(line, type=ImageRecord)
                count += 1
    return header, first, count


def _certified(run: Run) -> CertifyResult | None:
    record = run.record("certify")
    if record is None or not record.done:
        return None
    # Imports numpy: not for listing runs without certificates.
    from pue_desktop.engine.figures import load_result

    with suppress(SchemaError, msgspec.ValidationError):
        return load_result(run)
    return None


def _export(run: Run) -> Path | None:
    record = run.record("export")
    return None if record is None or not record.done else Path(str(record.config.get("folder", "")))


def _thumbnail(run: Run, first: ImageRecord | None) -> Path | None:
    with suppress(OSError):
        for preview in sorted((run.path / _PREVIEWS).glob("*-protected.png")):
            return preview
    original = None if first is None else run.source / first.id
    return original if original is not None and original.is_file() else None
