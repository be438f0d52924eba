"""File names of an export: where each image goes, which names are safe to follow, and how to show a name.

Names come from other people's folders and, when verifying, from files that may want to do harm. An exported path is
always relative, has no "..", and no two of them are the same file on a system that ignores case or normalises
accents.
"""

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from pue_desktop.engine.config_types import Naming

IMAGES_FOLDER = "images"
MANIFEST = "manifest-sha256.txt"
CERTIFICATE_JSON = "certificate.json"
CERTIFICATE_PDF = "certificate.pdf"
ADDED_SUFFIX = "-protected"
_LEAST_DIGITS = 4


def safe_parts(path: str) -> tuple[str, ...] | None:
    """Returns the parts of a relative path that stays below its root, None if it may not."""
    if not path or path.startswith("/") or "\0" in path or len(path) > 4096:
        return None
    parts = tuple(path.split("/"))
    if any(part in {"", ".", ".."} for part in parts):
        return None
    # "C:x" and "a\b" are more than names to Windows, and harmless elsewhere.
    if os.name == "nt" and any("\\" in part or ":" in part for part in parts):
        return None
    return parts


def shown(name: str) -> str:
    """Returns a name as it can be printed: control characters and direction overrides as escapes."""
    return "".join(_escaped(character) if _is_hidden(character) else character for character in name)


def _is_hidden(character: str) -> bool:
    # The two joiners belong to ordinary words in Arabic and Indic scripts.
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and character not in "\u200c\u200d"


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def export_paths(ids: Iterable[str], suffix: str, naming: Naming = "keep") -> dict[str, str]:
    """Returns for every source id its path in the export folder, with forward slashes.

    `a/b.jpg` becomes `images/a/b.png`, numbered `images/a/0001.png`, with a suffix `images/a/b-protected.png`. Sources
    that would fall together keep their full name plus suffix (`b.jpg.png`, `b.png.png`); should even these be one file
    on some systems, they are numbered. The result depends on the set of ids only.

    Args:
        ids: Source ids: relative paths with forward slashes.
        suffix: Ending of the exported files, with the dot.
        naming: What the files are called; numbers follow the names, with 2 before 10, in each folder from 1.
    """
    ordered = sorted(ids)
    if naming == "suffix":
        suffix = ADDED_SUFFIX + suffix
    names = _numbers(ordered, suffix) if naming == "numbered" else {one: _short(one, suffix) for one in ordered}
    folders = {_key(str(parent)) for name in names.values() for parent in PurePosixPath(name).parents}
    while naming != "numbered":
        clashing = {source for source in _clashing(names, folders) if names[source] != _full(source, suffix)}
        if not clashing:
            break
        names |= {source: _full(source, suffix) for source in clashing}
    _number(names, folders, suffix)
    return {source: f"{IMAGES_FOLDER}/{name}" for source, name in names.items()}


def _numbers(sources: Iterable[str], suffix: str) -> dict[str, str]:
    """Returns each source's folder with a number instead of its name."""
    members: dict[PurePosixPath, list[str]] = {}
    for source in sorted(sources, key=_as_people_sort):
        members.setdefault(PurePosixPath(source).parent, []).append(source)
    return {
        source: str(folder / f"{number:0{max(_LEAST_DIGITS, len(str(len(inside))))}}{suffix}")
        for folder, inside in members.items()
        for number, source in enumerate(inside, start=1)
    }


def _as_people_sort(name: str) -> list[tuple[str, int]]:
    """Returns a key that puts `photo 2` before `photo 10`."""
    return [(text, int(digits or 0)) for text, digits in re.findall(r"(\D*)(\d*)", name)]


def _short(source: str, suffix: str) -> str:
    return str(PurePosixPath(source).with_suffix("")) + suffix


def _full(source: str, suffix: str) -> str:
    return source + suffix


def _key(name: str) -> str:
    """Returns what a system that ignores case and normalises accents takes for the name."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _clashing(names: Mapping[str, str], folders: set[str]) -> list[str]:
    counts = Counter(_key(name) for name in names.values())
    return [source for source, name in names.items() if counts[_key(name)] > 1 or _key(name) in folders]


def _number(names: dict[str, str], folders: set[str], suffix: str) -> None:
    taken = set(folders)
    for source, wanted in sorted(names.items()):
        name, number = wanted, 1
        while _key(name) in taken:
            number += 1
            name = f"{wanted.removesuffix(suffix)}~{number}{suffix}"
        names[source] = name
        taken.add(_key(name))
