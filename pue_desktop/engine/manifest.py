"""The manifest of an export: one line per file, as `sha256sum -c` reads it from within the export folder."""

import re
from collections.abc import Mapping
from pathlib import Path

from pue_desktop.engine.export_names import MANIFEST
from pue_desktop.engine.files import write_atomically

_LINE = re.compile(r"(\\?)([0-9a-f]{64}) [ *](.+)", re.DOTALL)
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_UNESCAPED = {escaped: plain for plain, escaped in _ESCAPES.items()}


def manifest_text(digests: Mapping[str, str]) -> bytes:
    """Returns the manifest of files (path relative to the export folder, with its SHA-256), sorted by path.

    A name with a backslash or a line break is escaped and its line begins with a backslash, as GNU coreutils does.
    """
    lines: list[str] = []
    for name, digest in sorted(digests.items()):
        escaped = "".join(_ESCAPES.get(character, character) for character in name)
        lines.append(f"{chr(92) if escaped != name else ''}{digest}  {escaped}\n")
    return "".join(lines).encode()


def write_manifest(folder: Path, digests: Mapping[str, str]) -> Path:
    """Writes the manifest into an export folder and returns its path."""
    path = folder / MANIFEST
    write_atomically(path, manifest_text(digests))
    return path


def parse_manifest(data: bytes) -> dict[str, str] | None:
    """Returns path -> SHA-256, None if the text is not a manifest."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    found: dict[str, str] = {}
    for line in text.split("\n"):
        if not line:
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            return None
        escaped, digest, name = match.groups()
        if escaped:
            name = re.sub(r"\\[\\nr]", lambda pair: _UNESCAPED[pair.group()], name)
        found[name] = digest
    return found
