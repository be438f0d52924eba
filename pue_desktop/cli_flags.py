"""Flags made from settings: one per config field, with its limits and its help text.

`--craft-steps` of `run` and `--steps` of `craft` are the same field `CraftConfig.steps`. A flag that was not given
leaves no trace, so that a recorded or planned value stays.
"""

from __future__ import annotations

import argparse
import math
import operator
import typing
from collections.abc import Callable
from pathlib import Path

from pue_desktop.engine.config import CONFIG_TYPES, Setting, settings
from pue_desktop.engine.countermeasures import COUNTERMEASURES
from pue_desktop.engine.exporters import EXPORTERS
from pue_desktop.engine.methods import METHODS
from pue_desktop.engine.registry import Registry
from pue_desktop.engine.surrogates import SURROGATES

TABLES: dict[str, Registry] = {
    "methods": METHODS,
    "surrogates": SURROGATES,
    "countermeasures": COUNTERMEASURES,
    "exporters": EXPORTERS,
}


def choices(table: str) -> tuple[str, ...]:
    """Returns the names in a registry."""
    return TABLES[table].names()


def add(parser: argparse.ArgumentParser, step: str, *, prefix: str = "", omit: frozenset[str] = frozenset()) -> None:
    """Adds a flag for every setting of a step.

    Args:
        parser: Gets the flags.
        step: Name of the step.
        prefix: Put before the flag's name, for commands with flags of several steps.
        omit: Fields that get no flag.
    """
    group = parser.add_argument_group(f"settings of {step}")
    for setting in settings(CONFIG_TYPES[step]):
        if setting.name not in omit:
            name = setting.name.replace("_", "-")
            # A place is asked for by its short name in `run` as well: --labels beside --scan-labels.
            group.add_argument(
                *dict.fromkeys((f"--{prefix}{name}", f"--{name if setting.path else prefix + name}")),
                dest=_destination(step, setting.name),
                type=_converter(setting),
                metavar=_metavar(setting),
                help=_help(setting),
            )


def given(arguments: argparse.Namespace, step: str) -> dict[str, object]:
    """Returns the fields of a step's config that were given as flags."""
    found: dict[str, object] = {}
    for setting in settings(CONFIG_TYPES[step]):
        value = getattr(arguments, _destination(step, setting.name), None)
        if value is not None:
            found[setting.name] = value
    return found


def _destination(step: str, name: str) -> str:
    return f"{step}.{name}"


def _metavar(setting: Setting) -> str:
    if setting.table:
        several = typing.get_origin(setting.type) is tuple
        return "NAME,…" if several else "NAME"
    if typing.get_origin(setting.type) is typing.Literal:
        return "|".join(typing.get_args(setting.type))
    return setting.path or {int: "N", float: "X"}.get(setting.type, "TEXT")


def _help(setting: Setting) -> str:
    default = ",".join(setting.default) if isinstance(setting.default, tuple) else setting.default
    text = setting.description
    if setting.table:
        text += f" One of: {', '.join(entry.name for entry in TABLES[setting.table])}."
    if default != "":
        text += f" Draft: {default}."
    return text.replace("%", "%%")


def _converter(setting: Setting) -> Callable[[str], object]:
    """Returns the function that turns a flag's text into the field's value, or says what is wrong with it."""

    def convert(text: str) -> object:
        if typing.get_origin(setting.type) is tuple:
            return tuple(_name(setting, part.strip()) for part in text.split(",") if part.strip())
        if setting.type in (int, float):
            return _number(setting, text)
        if setting.path:
            return str(Path(text).absolute()) if text else ""
        return _name(setting, text)

    return convert


def _name(setting: Setting, text: str) -> str:
    known: tuple[str, ...] = ()
    if setting.table and text not in TABLES[setting.table]:
        known = tuple(entry.name for entry in TABLES[setting.table])
    elif typing.get_origin(setting.type) is typing.Literal:
        known = typing.get_args(setting.type)
    if known and text not in known:
        raise argparse.ArgumentTypeError(f"{text!r} is not one of {', '.join(known)}")
    return text


def _number(setting: Setting, text: str) -> float:
    try:
        value: float = setting.type(text)
    except ValueError:
        wanted = "a whole number" if setting.type is int else "a number"
        raise argparse.ArgumentTypeError(f"{text!r} is not {wanted}") from None
    if math.isnan(value):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number")
    limits: tuple[tuple[float | None, Callable[[float, float], bool], str], ...] = (
        (setting.meta.ge, operator.ge, "at least"),
        (setting.meta.gt, operator.gt, "more than"),
        (setting.meta.le, operator.le, "at most"),
        (setting.meta.lt, operator.lt, "less than"),
    )
    for limit, holds, words in limits:
        if limit is not None and not holds(value, limit):
            raise argparse.ArgumentTypeError(f"{text} is out of range: it must be {words} {limit}")
    return value
