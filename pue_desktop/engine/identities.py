"""The owner's identities: named signing keys in the user's config folder, the first made on first use.

    keys/NAME.pem   private key, readable by its owner only, under a passphrase if one was chosen
    keys/NAME.pub   its public half, to be published

A passphrase is never an argument: it is asked for (see `cli_keys` and `ui/key_picker`), or read from the file that
PUE_DESKTOP_PASSPHRASE_FILE names, or from PUE_DESKTOP_PASSPHRASE. A key that was unlocked stays so until the program
ends.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pue_desktop.engine import keys
from pue_desktop.engine.errors import InputRefusedError, UsageError
from pue_desktop.engine.files import write_atomically
from pue_desktop.engine.places import keys_folder

DEFAULT = "default"
_NAME = re.compile(r"\w(?:[\w .-]{0,38}\w)?")
_unlocked: dict[Path, Ed25519PrivateKey] = {}


class KeyLockedError(InputRefusedError):
    """A key is under a passphrase that was not given, or the one given is wrong."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A signing key, without its private half.

    Attributes:
        name: What its owner calls it.
        key_id: SHA-256 of the public key, as hex; empty if it can't be told without the passphrase.
        locked: Whether it is under a passphrase.
        file: Where the private key is.
    """

    name: str
    key_id: str
    locked: bool
    file: Path


def key_file(name: str) -> Path:
    """Returns where the private key called `name` is or will be. Raises `UsageError` for what can't be a name."""
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{name[:60]!r} can't be the name of a key.",
            hint="Use up to 40 letters, digits, spaces, dots, hyphens and underscores.",
        )
    return keys_folder() / f"{name}.pem"


def identities() -> list[Identity]:
    """Returns all keys of this user, the default first; makes none."""
    folder = keys_folder()
    names = [path.stem for path in folder.glob("*.pem") if _NAME.fullmatch(path.stem)] if folder.is_dir() else []
    return [identity(name) for name in sorted(names, key=lambda name: (name != DEFAULT, name))]


def identity(name: str) -> Identity:
    """Returns the key called `name`.

    Raises:
        InputRefusedError: there is none, or its file is damaged.
        UsageError: this can't be a name.
    """
    path = _existing(name)
    locked = keys.is_encrypted(path)
    if path in _unlocked or not locked:
        return Identity(name, keys.key_id(keys.raw_public(signing_key(name).public_key())), locked, path)
    try:
        known = keys.key_id(keys.load_public(_public_file(path)))
    except InputRefusedError:
        known = ""
    return Identity(name, known, locked, path)


def create(name: str, passphrase: str = "") -> Identity:
    """Makes a new key.

    Args:
        name: What its owner calls it.
        passphrase: Under which it is kept; empty: none.

    Raises:
        UsageError: there is a key of that name, or this can't be one.
        StorageError: it can't be written.
    """
    path = key_file(name)
    if path.exists():
        raise UsageError(f"There is a key called {name} already.", hint="Choose another name.")
    keys.create(path, passphrase)
    _keep_public(path, keys.load(path, passphrase))
    return identity(name)


def signing_key(name: str = DEFAULT) -> Ed25519PrivateKey:
    """Returns the private key called `name`; the default one is made if it is not there yet.

    Raises:
        KeyLockedError: it is under a passphrase, and neither `unlock` nor the environment told a right one.
        InputRefusedError: there is none, or its file is damaged.
        StorageError: it can't be written.
    """
    if name == DEFAULT and not key_file(name).exists():
        create(name)
    path = _existing(name)
    if path not in _unlocked and keys.is_encrypted(path):
        given = given_passphrase()
        if given is None:
            raise KeyLockedError(
                f"The key {name} is under a passphrase.",
                hint="Give the passphrase when asked, or name a file that holds it in PUE_DESKTOP_PASSPHRASE_FILE.",
            )
        unlock(name, given)
    return _unlocked[path] if path in _unlocked else keys.load(path)


def needs_passphrase(name: str) -> bool:
    """Returns whether somebody must be asked before `signing_key(name)` can work; False where there is no such key."""
    path = key_file(name)
    return path.exists() and path not in _unlocked and keys.is_encrypted(path) and given_passphrase() is None


def unlock(name: str, passphrase: str) -> None:
    """Opens the key called `name` until the program ends. Raises `KeyLockedError` if the passphrase is wrong."""
    path = _existing(name)
    try:
        key = keys.load(path, passphrase)
    except keys.WrongPassphraseError as error:
        raise KeyLockedError(
            f"The passphrase of the key {name} is another one.", hint="Try again; without it the key can't be used."
        ) from error
    _unlocked[path] = key
    _keep_public(path, key)


def change_passphrase(name: str, passphrase: str) -> None:
    """Puts the key called `name`, which must be open, under another passphrase; an empty one means none."""
    key = signing_key(name)
    keys.write_private(key_file(name), key, passphrase)
    _unlocked[key_file(name)] = key


def public_pem(name: str) -> bytes:
    """Returns the public half of the key called `name` as PEM, to be published. Needs no passphrase.

    Raises:
        InputRefusedError: there is no such key.
        KeyLockedError: its public file is lost and the key is locked.
    """
    path = _existing(name)
    if path not in _unlocked and keys.is_encrypted(path) and _public_file(path).is_file():
        return keys.public_pem_of_raw(keys.load_public(_public_file(path)))
    return keys.public_pem(signing_key(name).public_key())


def given_passphrase() -> str | None:
    """Returns the passphrase that the environment tells, None if it tells none.

    Raises:
        InputRefusedError: the file that PUE_DESKTOP_PASSPHRASE_FILE names can't be read.
    """
    name = os.environ.get("PUE_DESKTOP_PASSPHRASE_FILE")
    if name:
        return passphrase_in(Path(name))
    return os.environ.get("PUE_DESKTOP_PASSPHRASE")


def passphrase_in(path: Path) -> str:
    """Returns the first line of a file. Raises `InputRefusedError` if it can't be read or is empty."""
    try:
        lines = path.expanduser().read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefusedError(f"{path} can't be read as a passphrase.", hint="Check the path.") from error
    if not lines or not lines[0]:
        raise InputRefusedError(f"{path} holds no passphrase.", hint="Its first line is the passphrase.")
    return lines[0]


def _existing(name: str) -> Path:
    path = key_file(name)
    if not path.is_file():
        raise InputRefusedError(
            f"There is no key called {name}.", hint=f"Make it with: pue-desktop keys new {name!r}, or choose another."
        )
    return path


def _public_file(path: Path) -> Path:
    return path.with_suffix(".pub")


def _keep_public(path: Path, key: Ed25519PrivateKey) -> None:
    """Keeps the public half beside the private one, so that it can be told while that is locked."""
    pem = keys.public_pem(key.public_key())
    public = _public_file(path)
    if not public.is_file() or public.read_bytes() != pem:
        write_atomically(public, pem)
