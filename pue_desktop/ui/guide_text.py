"""The user guide as pages with headings, to list and to search. Markdown files that ship with the program; no widgets.

A page's address is its file's name; a section's is the page's with `#` and the heading in small letters, words joined
by hyphens, as GitHub makes it, so that the same links work there and here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FIRST = "index.md"
_HEADING = re.compile(r"^(#{1,3})\s+(.+?)\s*#*$")
_FENCE = re.compile(r"^\s*(```|~~~)")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)[^)]*\)")
_MARKS = re.compile(r"!\[[^\]]*\]\([^)]*\)|[*_`]|^\s*[>|:-]+\s*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what is written under it.

    Attributes:
        page: Name of the file.
        anchor: Of the heading; empty for the page's own.
        title: The heading's words.
        level: 1 for the page's own heading, 2 and 3 below.
        text: What is written there, without marks.
    """

    page: str
    anchor: str
    title: str
    level: int
    text: str

    @property
    def address(self) -> str:
        """File and anchor, as a link names them."""
        return f"{self.page}#{self.anchor}" if self.anchor else self.page


class Guide:
    """The pages in a folder: the first one, those it links to in that order, then the others by name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sections: list[Section] = []
        for name in _ordered(folder):
            self.sections += _sections(name, (folder / name).read_text(encoding="utf-8"))

    def pages(self) -> list[str]:
        """Returns the names of all files, in order."""
        return list(dict.fromkeys(section.page for section in self.sections))

    def find(self, words: str) -> list[Section]:
        """Returns the sections in which every word occurs, those with all of them in the heading first."""
        wanted = words.casefold().split()
        if not wanted:
            return []
        found = [one for one in self.sections if _has(f"{one.title} {one.text}", wanted)]
        return sorted(found, key=lambda one: not _has(one.title, wanted))


def anchor_of(heading: str) -> str:
    """Returns the address of a heading within its page."""
    kept = re.sub(r"[^\w\- ]", "", plain_words(heading).casefold())
    return kept.strip().replace(" ", "-")


def plain_words(text: str) -> str:
    """Returns Markdown without its marks; of a link, its words."""
    return _MARKS.sub("", _LINK.sub(r"\1", text)).strip()


def links(text: str) -> list[str]:
    """Returns where the links of a page lead, pictures too."""
    return [target for _, target in _LINK.findall(text)]


def _ordered(folder: Path) -> list[str]:
    there = sorted(path.name for path in folder.glob("*.md"))
    if FIRST not in there:
        return there
    linked = (target.partition("#")[0] for target in links((folder / FIRST).read_text(encoding="utf-8")))
    return list(dict.fromkeys([FIRST, *(name for name in linked if name in there), *there]))


def _sections(page: str, text: str) -> Iterable[Section]:
    title, level, anchor, lines = page, 1, "", list[str]()
    fenced = begun = False
    for line in text.splitlines():
        fenced ^= bool(_FENCE.match(line))
        heading = None if fenced else _HEADING.match(line)
        if heading is None:
            lines.append(line)
            continue
        if begun:
            yield Section(page, anchor, title, level, plain_words("\n".join(lines)))
        title, level = plain_words(heading.group(2)), len(heading.group(1))
        anchor = "" if level == 1 and not begun else anchor_of(title)
        begun, lines = True, []
    yield Section(page, anchor, title, level, plain_words("\n".join(lines)))


def _has(text: str, wanted: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in wanted)
