"""One table per extensible kind: names, descriptions and where the implementation is, without importing it.

Listing what exists must not import torch, so an entry names its implementation as "module:attribute" and
`load` imports it on first use. A name twice is a programming error and refused at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from pue_desktop.engine.errors import UsageError


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a kind.

    Attributes:
        name: What users type.
        summary: One sentence for people.
        target: "module:attribute", relative to the table's package.
        cost: How many times as long it takes as the plainest of its kind.
    """

    name: str
    summary: str
    target: str
    cost: float = 1.0


class Registry:
    """The things of one kind, in the order they were listed."""

    def __init__(self, kind: str, package: str, entries: tuple[Entry, ...]) -> None:
        self.kind = kind
        self._package = package
        self._entries: dict[str, Entry] = {}
        for entry in entries:
            if entry.name in self._entries:
                raise ValueError(f"{kind} {entry.name} is registered twice")
            self._entries[entry.name] = entry

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def names(self) -> tuple[str, ...]:
        """Returns every name, in table order."""
        return tuple(self._entries)

    def __getitem__(self, name: str) -> Entry:
        try:
            return self._entries[name]
        except KeyError:
            known = ", ".join(self._entries)
            raise UsageError(f"There is no {self.kind} called {name!r}.", hint=f"Choose one of: {known}.") from None

    def load(self, name: str) -> object:
        """Imports and returns the implementation of `name`. Raises `UsageError` for an unknown name."""
        module, _, attribute = self[name].target.partition(":")
        return getattr(import_module(f"{self._package}.{module}"), attribute)
