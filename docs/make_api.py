"""Writes `docs/api.md`, the reference of the public Python API, from docstrings and settings: `make api`.

`python docs/make_api.py --check` only says whether the file is up to date. Sources are read with griffe, not imported,
so that the text does not depend on what is installed; only the tables of settings are taken from the program itself.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import griffe

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pue_desktop.engine.config import CONFIG_TYPES, Setting, settings

OUT = ROOT / "docs" / "api.md"

# What is public, by what somebody wants to do. Whatever is named here stays as it is; the rest may change.
PUBLIC: dict[str, tuple[str, tuple[str, ...]]] = {
    "Certify a network of your own": (
        "Works with any network and any images; see [examples/certify_own_network.py]"
        "(../examples/certify_own_network.py).",
        (
            "engine.weight_noise.accuracy_draws",
            "engine.statistics.certified_learnability",
            "engine.statistics.CertifiedLearnability",
        ),
    ),
    "Protect a folder": (
        "The steps of the window and of the command line; see [examples/protect_folder.py]"
        "(../examples/protect_folder.py).",
        (
            "engine.plans.plan",
            "engine.config.Plan",
            "engine.config.changed",
            "engine.run.Run",
            "engine.pipeline.run_steps",
            "engine.pipeline.status",
            "engine.pipeline.StepStatus",
            "engine.runtime.Stop",
        ),
    ),
    "What a step tells while it works": (
        "`run_steps` yields these.",
        tuple(f"engine.events.{name}" for name in ("Progress", "Metric", "Preview", "Notice")),
    ),
    "Read and check a certificate": (
        "See [examples/check_certificate.py](../examples/check_certificate.py).",
        (
            "engine.verify.verify",
            "engine.verify_report.VerifyReport",
            "engine.verify_report.Finding",
            "engine.envelope.open_certificate",
            "engine.envelope.Opened",
            "engine.certificate_schema.Certificate",
            "engine.certificate_schema.Results",
            "engine.certificate_schema.Arm",
            "engine.certificate_schema.Point",
            "engine.certificate_schema.Comparison",
            "engine.certificate_schema.StressTest",
            "engine.certificate_schema.Attack",
        ),
    ),
    "Errors": (
        "Whatever the engine refuses is a `PueError`; any other exception is a bug.",
        tuple(
            f"engine.errors.{name}"
            for name in (
                "PueError",
                "UsageError",
                "InputRefusedError",
                "RunBusyError",
                "SchemaError",
                "StorageError",
                "AbstainedError",
                "VerificationFailedError",
                "CancelledError",
            )
        ),
    ),
}
# Of these classes a caller needs some methods only.
METHODS = {"Run": ("create", "open", "open_or_create", "source"), "Plan": (), "Results": ()}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 if the file is out of date")
    text = reference()
    if not parser.parse_args().check:
        OUT.write_text(text, encoding="utf-8")
        return 0
    if OUT.read_text(encoding="utf-8") == text:
        return 0
    print(f"{OUT} is out of date: run make api", file=sys.stderr)
    return 1


def reference() -> str:
    """Returns the whole text."""
    lines = [
        "# Python API",
        "",
        "Made from docstrings by `make api`; do not edit. What stands here is kept stable, everything else may change.",
        "Names begin with `pue_desktop.`, and pixels, accuracies and shares are what their docstrings say.",
    ]
    for title, (about, names) in PUBLIC.items():
        lines += ["", f"## {title}", "", about]
        for name in names:
            lines += _entry(_found(name))
    lines += ["", "## Settings", "", "Fields of the parts of a `Plan`, and the flags of the command line:"]
    lines += [
        "`steps` of `plan.craft` is `--steps` of `pue-desktop craft` and `--craft-steps` of `pue-desktop run`.",
        "Defaults are those of the effort `draft`; sizes of 0 are chosen to fit the images.",
    ]
    for step, kind in CONFIG_TYPES.items():
        lines += ["", f"### plan.{step}", "", "| field | type | default | range | |", "| --- | --- | --- | --- | --- |"]
        lines += [_row(setting) for setting in settings(kind)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


@cache
def _package() -> griffe.Object:
    loaded = griffe.load("pue_desktop", search_paths=[str(ROOT)], docstring_parser="google", allow_inspection=False)
    assert isinstance(loaded, griffe.Object)
    return loaded


def _found(name: str) -> griffe.Object:
    found = _package()[name]
    assert isinstance(found, griffe.Object), name
    return found


def _entry(what: griffe.Object, level: str = "###") -> Iterator[str]:
    """Yields the lines about a function or a class and its public methods."""
    full = what.path.removeprefix("pue_desktop.")
    yield from ("", f"{level} {full if level == '###' else what.name}", "")
    if isinstance(what, griffe.Function):
        yield from ("```python", signature(what), "```", "")
    elif isinstance(what, griffe.Attribute):
        yield from ("```python", f"{what.name}: {what.annotation}", "```", "")
    bases = [str(base) for base in getattr(what, "bases", ()) if str(base).endswith("Error")]
    if bases:
        yield from (f"Kind of `{bases[0]}`.", "")
    yield from _docstring(what)
    for member in _methods(what):
        yield from _entry(member, "####")


def signature(function: griffe.Function) -> str:
    """Returns a function's signature, a parameter a line where one line would be too long."""
    parts, star = [], False
    for parameter in function.parameters:
        if parameter.name in ("self", "cls"):
            continue
        if parameter.kind is griffe.ParameterKind.keyword_only and not star:
            parts.append("*")
            star = True
        stars = "**" if parameter.kind is griffe.ParameterKind.var_keyword else ""
        kind = "" if parameter.annotation is None else f": {parameter.annotation}"
        given = "" if parameter.default is None or stars else f" = {parameter.default}"
        parts.append(f"{stars}{parameter.name}{kind}{given}")
    head, tail = f"{function.name}(", f") -> {function.returns}"
    line = head + ", ".join(parts) + tail
    return line if len(line) <= 100 else "\n".join((head, *(f"    {part}," for part in parts), tail))


def _methods(what: griffe.Object) -> Iterator[griffe.Object]:
    if not isinstance(what, griffe.Class):
        return
    for name, member in what.members.items():
        wanted = name in METHODS[what.name] if what.name in METHODS else not name.startswith("_")
        described = isinstance(member, griffe.Function | griffe.Attribute) and member.has_docstring
        if wanted and described and (isinstance(member, griffe.Function) or "property" in member.labels):
            assert isinstance(member, griffe.Object)
            yield member


def _docstring(what: griffe.Object) -> Iterator[str]:
    """Yields a docstring's sections as Markdown."""
    if what.docstring is None:
        raise ValueError(f"{what.path} has no docstring")
    for section in what.docstring.parse("google", warnings=False):
        value: Any = section.value
        if section.kind is griffe.DocstringSectionKind.text:
            yield from (str(value), "")
        elif section.kind is griffe.DocstringSectionKind.returns:
            yield from ("Returns: " + " ".join(_one_line(item.description) for item in value), "")
        else:
            yield from _list(section.kind.value, value)


def _list(kind: str, items: Any) -> Iterator[str]:
    """Yields parameters, attributes or exceptions, one an item."""
    if kind != "attributes":
        yield from ("Raises:" if kind == "raises" else "Arguments:", "")
    for item in items:
        name = item.annotation if kind == "raises" else item.name
        yield f"- `{name}`: {_one_line(item.description)}"
    yield ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _row(setting: Setting) -> str:
    kind = setting.type
    if get_origin(kind) is Literal:
        words = ", ".join(f"`{word}`" for word in get_args(kind))
    elif setting.table:
        words = f"see `pue-desktop {setting.table}`" if setting.table != "exporters" else "`png`, `webp`, `tiff`"
    else:
        words = _range(setting)
    default = ", ".join(setting.default) if isinstance(setting.default, tuple) else setting.default
    shown = {"str": "text"}.get(getattr(kind, "__name__", ""), getattr(kind, "__name__", "text"))
    shown = "names" if get_origin(kind) is tuple else "text" if get_origin(kind) is Literal else shown
    title = f"{setting.title}. {setting.description}"
    return f"| `{setting.name}` | {shown} | {f'`{default}`' if default != '' else ''} | {words} | {title} |"


def _range(setting: Setting) -> str:
    meta = setting.meta
    low = "" if meta.ge is None else f"at least {meta.ge:g}"
    low = low if meta.gt is None else f"more than {meta.gt:g}"
    high = "" if meta.le is None else f"at most {meta.le:,}"
    high = high if meta.lt is None else f"less than {meta.lt:g}"
    return ", ".join(limit for limit in (low, high) if limit)


if __name__ == "__main__":
    raise SystemExit(main())
