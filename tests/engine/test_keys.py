import base64
import os
import shutil
import stat
import subprocess

import pytest

from pue_desktop.engine import identities, keys
from pue_desktop.engine.errors import InputRefusedError, StorageError, UsageError


def made(path, passphrase=""):
    keys.create(path, passphrase)
    return keys.load(path, passphrase)


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "keys" / "default.pem"
    first, again = made(path), made(path)
    assert keys.raw_public(first.public_key()) == keys.raw_public(again.public_key())
    assert [entry.name for entry in path.parent.iterdir()] == ["default.pem"]
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nonsense",
        b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
    ],
)
def test_a_damaged_key_is_refused_and_not_replaced(tmp_path, content):
    path = tmp_path / "default.pem"
    path.write_bytes(content)
    with pytest.raises(InputRefusedError):
        made(path)
    assert path.read_bytes() == content


def test_a_key_folder_that_can_not_be_made_is_told(tmp_path):
    (tmp_path / "keys").write_text("a file")
    with pytest.raises(StorageError):
        keys.create(tmp_path / "keys" / "default.pem")


def test_a_passphrase_is_needed_and_the_right_one(tmp_path):
    path = tmp_path / "k.pem"
    key = made(path, "grüne Äpfel 🍏")
    assert keys.is_encrypted(path)
    assert keys.raw_public(keys.load(path, "grüne Äpfel 🍏").public_key()) == keys.raw_public(key.public_key())
    for wrong in ("", "grune Apfel", "grüne Äpfel"):
        with pytest.raises(keys.WrongPassphraseError):
            keys.load(path, wrong)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_another_program_reads_the_file_and_the_rounds_are_many(tmp_path):
    key = made(tmp_path / "k.pem", "secret")
    command = ["openssl", "pkey", "-in", str(tmp_path / "k.pem"), "-passin", "pass:secret", "-pubout"]
    assert subprocess.run(command, capture_output=True, check=True).stdout == keys.public_pem(key.public_key())
    der = tmp_path / "k.der"
    body = b"".join(line for line in (tmp_path / "k.pem").read_bytes().splitlines() if b"-----" not in line)
    der.write_bytes(base64.b64decode(body))
    command = ["openssl", "asn1parse", "-inform", "DER", "-in", str(der)]
    shown = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    assert f"INTEGER           :{600_000:06X}" in shown
    assert "hmacWithSHA256" in shown
    assert "aes-256-cbc" in shown


def test_public_keys_read_back_as_pem_and_base64(tmp_path):
    public = made(tmp_path / "k.pem").public_key()
    (tmp_path / "pub.pem").write_bytes(keys.public_pem(public))
    (tmp_path / "pub.txt").write_bytes(base64.b64encode(keys.raw_public(public)) + b"\n")
    assert keys.load_public(tmp_path / "pub.pem") == keys.load_public(tmp_path / "pub.txt") == keys.raw_public(public)
    assert keys.public_pem_of_raw(keys.raw_public(public)) == keys.public_pem(public)


@pytest.mark.parametrize("content", [b"", b"!!!", b"AAAA", b"-----BEGIN PUBLIC KEY-----\nAAAA\n"])
def test_what_is_no_public_key_is_refused(tmp_path, content):
    (tmp_path / "pub").write_bytes(content)
    with pytest.raises(InputRefusedError):
        keys.load_public(tmp_path / "pub")


def test_a_signature_holds_for_its_message_and_key_only(tmp_path):
    key, other = made(tmp_path / "a.pem"), made(tmp_path / "b.pem")
    public, signature = keys.raw_public(key.public_key()), key.sign(b"message")
    assert keys.signature_holds(public, signature, b"message")
    assert not keys.signature_holds(public, signature, b"massage")
    assert not keys.signature_holds(keys.raw_public(other.public_key()), signature, b"message")
    assert not keys.signature_holds(b"short", signature, b"message")
    assert not keys.signature_holds(public, b"", b"message")


# Identities ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def restarted(monkeypatch):
    """Forgets what was unlocked, as a new start of the program does."""
    return lambda: monkeypatch.setattr(identities, "_unlocked", {})


def test_the_default_key_is_made_on_first_use_and_others_are_not(fresh_profile):
    assert identities.identities() == []
    key = identities.signing_key()
    assert [one.name for one in identities.identities()] == ["default"]
    assert identities.identities()[0].key_id == keys.key_id(keys.raw_public(key.public_key()))
    assert identities.key_file("default") == fresh_profile / "config/keys/default.pem"
    with pytest.raises(InputRefusedError, match="no key called museum"):
        identities.signing_key("museum")


def test_a_locked_key_is_listed_with_its_id_and_signs_only_unlocked(restarted):
    made_one = identities.create("The museum", "secret")
    restarted()
    locked = identities.identity("The museum")
    assert locked == made_one
    assert locked.locked
    assert identities.needs_passphrase("The museum")
    assert b"BEGIN PUBLIC KEY" in identities.public_pem("The museum")
    with pytest.raises(identities.KeyLockedError, match="under a passphrase"):
        identities.signing_key("The museum")
    with pytest.raises(identities.KeyLockedError, match="another one"):
        identities.unlock("The museum", "secrets")
    identities.unlock("The museum", "secret")
    assert not identities.needs_passphrase("The museum")
    public = keys.raw_public(identities.signing_key("The museum").public_key())
    assert keys.key_id(public) == made_one.key_id


def test_the_environment_may_tell_the_passphrase(restarted, monkeypatch, tmp_path):
    identities.create("museum", "secret")
    restarted()
    monkeypatch.setenv("PUE_DESKTOP_PASSPHRASE", "secret")
    assert not identities.needs_passphrase("museum")
    identities.signing_key("museum")
    restarted()
    (tmp_path / "passphrase").write_text("wrong\n")
    monkeypatch.setenv("PUE_DESKTOP_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    with pytest.raises(identities.KeyLockedError):
        identities.signing_key("museum")
    (tmp_path / "passphrase").write_text("secret\n")
    identities.signing_key("museum")
    restarted()
    monkeypatch.setenv("PUE_DESKTOP_PASSPHRASE_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(InputRefusedError, match="nowhere"):
        identities.signing_key("museum")


def test_a_passphrase_can_be_changed_and_taken_off(restarted):
    before = identities.create("museum", "old")
    identities.unlock("museum", "old")
    identities.change_passphrase("museum", "new")
    restarted()
    with pytest.raises(identities.KeyLockedError):
        identities.unlock("museum", "old")
    identities.unlock("museum", "new")
    identities.change_passphrase("museum", "")
    restarted()
    assert identities.identity("museum").key_id == before.key_id
    assert not identities.identity("museum").locked
    if os.name != "nt":
        assert stat.S_IMODE(before.file.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "x" * 41, "nul\0", "trailing ", "a\nb"])
def test_what_can_not_be_a_name_is_refused(name):
    with pytest.raises(UsageError):
        identities.create(name)


def test_a_name_is_given_once():
    identities.create("museum")
    with pytest.raises(UsageError, match="already"):
        identities.create("museum")
