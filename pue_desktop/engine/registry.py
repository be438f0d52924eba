"""One table per extensible kind: names, descriptions and where the implementation is, without importing it.

Listing what exists must not import torch, so an entry names its implementation as "module:attribute" and
`load` imports it on first use. A name twice is a programming error and refused at once. An open entry stands for many
things: it is listed as "torchvision:NAME", and users put a name of their choice there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module

from pue_desktop.engine.errors import UsageError

_OPEN = ":NAME"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a kind.

    Attributes:
        name: What users type.
        summary: One sentence for people.
        target: "module:attribute", relative to the table's package.
        cost: How many times as long it takes as the plainest of its kind; of a method, a step as one of `pue`, and 0
            if no network takes part.
        sign_steps: Of a method: how many it takes for every image that networks learn from, beside its steps.
        held_sign_steps: Likewise for every hold-out image that is exported too.
    """

    name: str
    summary: str
    target: str
    cost: float = 1.0
    sign_steps: int = 0
    held_sign_steps: int = 0

    @property
    def open(self) -> bool:
        """Whether NAME in its name stands for one that the user chooses."""
        return self.name.endswith(_OPEN)


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
        """Returns every name that can be chosen as it is, in table order."""
        return tuple(name for name, entry in self._entries.items() if not entry.open)

    def modules(self) -> tuple[str, ...]:
        """Returns the modules that hold the implementations, by their full names."""
        found = (f"{self._package}.{entry.target.partition(':')[0]}" for entry in self._entries.values())
        return tuple(dict.fromkeys(found))

    def __contains__(self, name: str) -> bool:
        """Whether there is one; whether an open entry knows its name, it says when it is loaded."""
        return self._find(name) is not None

    def __getitem__(self, name: str) -> Entry:
        entry = self._find(name)
        if entry is None:
            known = ", ".join(self._entries)
            raise UsageError(f"There is no {self.kind} called {name!r}.", hint=f"Choose one of: {known}.")
        return entry

    def _find(self, name: str) -> Entry | None:
        family, colon, own = name.partition(":")
        return self._entries.get(f"{family}{_OPEN}" if colon and own else name)

    def load(self, name: str) -> object:
        """Imports and returns the implementation of `name`, of an open entry as a function that has its name already.

        Raises:
            UsageError: there is none.
        """
        entry = self[name]
        module, _, attribute = entry.target.partition(":")
        found: object = getattr(import_module(f"{self._package}.{module}"), attribute)
        return partial(found, name.partition(":")[2]) if entry.open and callable(found) else found
