"""The command that lists runs: those where the window keeps them, those it opened elsewhere, or those in a folder."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from pue_desktop import settings
from pue_desktop.cli_output import Console, Outcome
from pue_desktop.engine import library
from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.engine.files import byte_size
from pue_desktop.engine.library import RunEntry
from pue_desktop.engine.run import State

_MARKS = {State.DONE: "done", State.STALE: "out of date", State.PARTIAL: "half-way", State.MISSING: "to do"}


def runs(arguments: argparse.Namespace, _console: Console) -> Outcome:
    """`pue-desktop runs [DIR…]`."""
    found = library.entries(_asked(arguments.folders))
    sizes = {one.path: library.size_bytes(one.path) for one in found}
    return Outcome(
        facts={"status": "ok", "runs": [_facts(one, sizes[one.path]) for one in found]},
        text="\n".join(_text(one, sizes[one.path]) for one in found) or "There are no runs yet.",
    )


def _asked(folders: list[Path]) -> list[Path]:
    if not folders:
        preferences = settings.load(settings.default_path(), repair=False).preferences
        return library.known_runs(preferences.runs_path, map(Path, preferences.known_runs))
    found: dict[Path, None] = {}
    for folder in folders:
        if not folder.is_dir():
            raise InputRefusedError(f"There is no folder {folder}.", hint="Give a run folder, or a folder of them.")
        found |= dict.fromkeys(library.known_runs(folder, (folder,)))
    return list(found)


def _facts(one: RunEntry, size: int) -> dict[str, object]:
    craft = None if one.plan is None else one.plan.craft
    return {
        "run": str(one.path),
        "problem": one.problem,
        "folder": None if one.source is None else str(one.source),
        "created": one.created,
        "changed": one.changed,
        "bytes": size,
        "states": {step: state.value for step, state in one.states.items()},
        "images": one.images,
        "classes": one.classes,
        "method": None if craft is None else craft.method,
        "epsilon_255": None if craft is None else craft.epsilon_255,
        "effort": one.effort or None,
        "verdict": one.verdict or None,
        "export": None if one.export is None else str(one.export),
    }


def _text(one: RunEntry, size: int) -> str:
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(one.changed)) if one.changed else "unknown date"
    lines = [f"{one.path}  ({when}, {byte_size(size)})"]
    if one.source is not None:
        lines.append(f"  images    {one.source}" + (f", {one.images:,} in {one.classes} classes" if one.images else ""))
    if one.settings:
        lines.append(f"  settings  {one.settings}")
    if one.states:
        lines.append("  steps     " + ", ".join(f"{step} {_MARKS[state]}" for step, state in one.states.items()))
    if one.verdict:
        lines.append(f"  verdict   {one.verdict}")
    if one.problem:
        lines.append(f"  can't be opened: {one.problem}")
    return "\n".join(lines)
