"""Which versions of which libraries this program runs on: what a lock file would say, read from the installation.

Only what the program itself depends on, directly or through others, is listed: what else its owner has installed is
nobody's business.
"""

import hashlib
import re
from collections.abc import Mapping
from importlib import metadata

_OWN = "pue-desktop"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_EXTRA = re.compile(r";.*\bextra\s*==")


def versions() -> dict[str, str]:
    """Returns the versions of this program's libraries by normalised name, sorted; empty if it is not installed."""
    found: dict[str, str] = {}
    waiting = _needed_by(_OWN)
    while waiting:
        name = waiting.pop()
        if name in found or name == _OWN:
            continue
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:  # for another system, or another Python
            continue
        waiting += _needed_by(name)
    return dict(sorted(found.items()))


def lock_digest(found: Mapping[str, str]) -> str:
    """Returns the SHA-256, as hex, over the lines "name==version", sorted by name, each with a line feed."""
    lines = "".join(f"{name}=={version}\n" for name, version in sorted(found.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def _needed_by(name: str) -> list[str]:
    """Returns the normalised names of what a distribution requires, its optional extras left out."""
    try:
        required = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []
    names = (_NAME.match(text) for text in required if not _EXTRA.search(text))
    return [re.sub(r"[-_.]+", "-", match.group()).lower() for match in names if match]
