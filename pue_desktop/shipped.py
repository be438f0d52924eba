"""Where the files lie that ship with the program: sample images, translations, the user guide.

In a source tree they have one place, `resources` and `docs`; the wheel holds them as `pue_desktop/resources`,
`pue_desktop/guide` and `pue_desktop/screenshots`.
"""

from pathlib import Path

_IN_TREE = {"resources": "resources", "guide": "docs/guide"}


def shipped(kind: str, *names: str) -> Path | None:
    """Returns the file or folder `names` of a kind ("resources" or "guide"), None if this installation has none."""
    package = Path(__file__).parent
    for place in (package / kind, package.parent / _IN_TREE[kind]):
        found = place.joinpath(*names)
        if found.exists():
            return found
    return None
