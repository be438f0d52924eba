"""The engine's words in the language of the window.

The engine speaks English, in finished sentences: in errors, in what it stores in a run folder, in what another process
answers. `resources/engine_texts.py` found every such sentence in its source, as a template with named places. Here the
template is found again from the sentence, the translation is looked up, and the values are put back, figures in the
language's own way. What is not found stays as it is, so that a new sentence is never lost, only English.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from pue_desktop.ui.text import figure

CONTEXT = "Engine"
_PLACE = re.compile(r"\{(\w+)\}")
_FIGURE = re.compile(r"(?:[ησ]\s?=\s?)?[-−+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?(\s?%)?")
_SENTENCES = re.compile(r"(?<=[.!?]) (?=\S)")
_FARTHEST = 6


class _Template:
    """A text with places; `values` finds what stands in them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._pieces = [piece.replace("{{", "{").replace("}}", "}") for piece in _PLACE.split(text)[::2]]
        self._names = _PLACE.findall(text)
        self._found: re.Pattern[str] | None = None
        # How sure it is that a sentence was made from this one, if it fits: a place at the beginning takes anything.
        self.rank = (bool(self._pieces[0]), sum(len(piece) for piece in self._pieces))

    def values(self, said: str) -> dict[str, str] | None:
        """Returns what the places hold if `said` was made from this template, else None."""
        if not all(piece in said for piece in self._pieces):
            return None
        if self._found is None:
            self._found = re.compile("(.*?)".join(map(re.escape, self._pieces)), re.DOTALL)
        match = self._found.fullmatch(said)
        return None if match is None else dict(zip(self._names, match.groups(), strict=True))


class _Catalogue:
    """The templates that have places, the surest first; empty while the window speaks English."""

    def __init__(self) -> None:
        self.templates: list[_Template] = []


_catalogue = _Catalogue()


def use(texts: Iterable[str]) -> None:
    """Takes the templates by which sentences are found; none for English."""
    made = [_Template(text) for text in texts if _PLACE.search(text)]
    _catalogue.templates = sorted(made, key=lambda template: template.rank, reverse=True)
    said.cache_clear()


@lru_cache(maxsize=4096)
def said(text: str, depth: int = 0) -> str:
    """Returns what the engine said, in the language of the window; `text` itself where there is no translation."""
    if not _catalogue.templates or not text or depth > _FARTHEST:
        return text
    if _FIGURE.fullmatch(text):
        return figure(text)
    whole = QCoreApplication.translate(CONTEXT, text)
    if whole != text:
        return whole
    sentences = _SENTENCES.split(text)
    if len(sentences) > 1:
        told = [said(sentence, depth + 1) for sentence in sentences]
        if all(one != other for one, other in zip(told, sentences, strict=True)):
            return " ".join(told)
    for template in _catalogue.templates:
        values = template.values(text)
        if values is not None:
            filled = {name: _told(value, depth) for name, value in values.items()}
            return QCoreApplication.translate(CONTEXT, template.text).format(**filled)
    return text


def _told(value: str, depth: int) -> str:
    """Returns a value as it is told: a reason translated, a figure in the language's own way, a name as it is."""
    bare = value.strip()
    if " " not in bare and not _FIGURE.fullmatch(bare):
        return value
    return value.replace(bare, said(bare, depth + 1))


def plan_text(words: str, between: str) -> str:
    """Returns settings that the engine put in a line, "pue, standard (8 of 255), draft", parted by `between`."""
    return between.join(said(one) for one in words.split(", "))
