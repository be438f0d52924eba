"""`pue-desktop keys`: the owner's signing keys. A passphrase is asked for or read from a file, never an argument.

keys                            lists them
keys new NAME                   makes one; --passphrase asks for a passphrase to keep it under
keys export-public NAME [FILE]  the half to be published
keys passphrase NAME            another passphrase; --remove takes it off
"""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pue_desktop.cli_output import Console, Outcome
from pue_desktop.engine.errors import InputRefusedError, UsageError

if TYPE_CHECKING:
    from pue_desktop.engine.identities import Identity

_ASK_HINT = "Without a terminal, name a file that holds it with --passphrase-file or PUE_DESKTOP_PASSPHRASE_FILE."
_KEEP_COPY = (
    "Keep a copy in a safe place: whoever has this file signs in your name, and a lost key can't be made again."
)


def listed(_arguments: argparse.Namespace, _console: Console) -> Outcome:
    """`pue-desktop keys` and `pue-desktop keys list`."""
    from pue_desktop.engine import identities

    found = identities.identities()
    lines = [
        f"{one.name}{'  (under a passphrase)' if one.locked else ''}\n  {one.key_id or 'unlock it to see its id'}"
        for one in found
    ]
    return Outcome(
        facts={"status": "ok", "keys": [_facts(one) for one in found]},
        text="\n".join(lines) or "There is no key yet. The first export makes one, called default.",
    )


def new(arguments: argparse.Namespace, _console: Console) -> Outcome:
    """`pue-desktop keys new NAME [--passphrase]`."""
    from pue_desktop.engine import identities

    if identities.key_file(arguments.name).exists():
        raise UsageError(f"There is a key called {arguments.name} already.", hint="Choose another name.")
    wanted = arguments.passphrase or arguments.passphrase_file is not None
    made = identities.create(arguments.name, _new_passphrase(arguments) if wanted else "")
    return Outcome(
        facts={"status": "ok"} | _facts(made),
        text=f"The key {made.name} is made: {made.file}\n  {made.key_id}\n{_KEEP_COPY}",
    )


def export_public(arguments: argparse.Namespace, _console: Console) -> Outcome:
    """`pue-desktop keys export-public NAME [FILE]`."""
    from pue_desktop.engine import identities
    from pue_desktop.engine.files import write_atomically

    pem = identities.public_pem(arguments.name)
    if arguments.file is not None:
        if arguments.file.exists():
            raise InputRefusedError(f"{arguments.file} exists already.", hint="Choose a name that is free.")
        write_atomically(arguments.file, pem)
    return Outcome(
        facts={"status": "ok", "name": arguments.name, "public_key": pem.decode()},
        text=pem.decode() if arguments.file is None else f"The public key is in {arguments.file}: publish it.",
    )


def passphrase(arguments: argparse.Namespace, console: Console) -> Outcome:
    """`pue-desktop keys passphrase NAME [--remove]`."""
    from pue_desktop.engine import identities

    identities.identity(arguments.name)
    unlock(arguments.name, console)
    identities.change_passphrase(arguments.name, "" if arguments.remove else _new_passphrase(arguments))
    done = "is no longer under a passphrase" if arguments.remove else "is under the new passphrase"
    return Outcome(
        facts={"status": "ok"} | _facts(identities.identity(arguments.name)), text=f"The key {arguments.name} {done}."
    )


def add(
    add_command: Callable[..., argparse.ArgumentParser], parser_class: type[argparse.ArgumentParser]
) -> argparse.ArgumentParser:
    """Adds the command with its actions.

    Args:
        add_command: Makes a command of a name, a summary and a function; `commands` says of what, the top if not given.
        parser_class: Of the actions.
    """
    parser = add_command("keys", "Your signing keys: list, make, publish, put under a passphrase.", listed)
    actions = parser.add_subparsers(metavar="ACTION", title="actions", parser_class=parser_class)
    add_command("list", "Lists your keys; the same as without an action.", listed, commands=actions)
    made = add_command("new", "Makes a key.", new, commands=actions)
    made.add_argument("name", metavar="NAME", help="what you call it")
    made.add_argument("--passphrase", action="store_true", help="ask for a passphrase to keep it under")
    public = add_command(
        "export-public", "Writes the public half of a key, to be published.", export_public, commands=actions
    )
    public.add_argument("name", metavar="NAME")
    public.add_argument("file", nargs="?", type=Path, metavar="FILE", help="default: standard output")
    changed = add_command("passphrase", "Puts a key under another passphrase.", passphrase, commands=actions)
    changed.add_argument("name", metavar="NAME")
    changed.add_argument("--remove", action="store_true", help="keep it without a passphrase")
    for action in (made, changed):
        action.add_argument("--passphrase-file", type=Path, metavar="FILE", help="its first line is the new passphrase")
    return parser


def unlock(name: str, console: Console) -> None:
    """Asks for the passphrase of the key called `name` if there is one that nobody told yet.

    Raises:
        InputRefusedError: the passphrase is wrong three times, or there is nobody to ask.
    """
    from pue_desktop.engine import identities

    if not identities.needs_passphrase(name):
        return
    for tries_left in (2, 1, 0):
        try:
            identities.unlock(name, _ask(f"Passphrase of the key {name}: "))
            return
        except identities.KeyLockedError as error:
            if not tries_left:
                raise
            console.tell(error.message)


def _new_passphrase(arguments: argparse.Namespace) -> str:
    from pue_desktop.engine.identities import passphrase_in

    if arguments.passphrase_file is not None:
        return passphrase_in(arguments.passphrase_file)
    first = _ask("New passphrase: ")
    if not first:
        raise UsageError("A passphrase can't be empty.", hint="To keep a key without one: keys passphrase --remove.")
    if first != _ask("Once more: "):
        raise UsageError("The two passphrases are not the same.", hint="Try again.")
    return first


def _ask(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise InputRefusedError("A passphrase is needed and there is nobody to ask.", hint=_ASK_HINT)
    try:
        return getpass.getpass(prompt, stream=sys.stderr)
    except EOFError:
        raise InputRefusedError("No passphrase was given.", hint=_ASK_HINT) from None


def _facts(one: Identity) -> dict[str, object]:
    return {"name": one.name, "key_id": one.key_id, "passphrase": one.locked, "file": str(one.file)}
