import os
import stat

import pytest

from pue_desktop.engine import keys
from pue_desktop.engine.errors import InputRefusedError, StorageError


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "keys" / "default.pem"
    first = keys.load_or_create(path)
    assert keys.raw_public(first.public_key()) == keys.raw_public(keys.load_or_create(path).public_key())
    assert [entry.name for entry in path.parent.iterdir()] == ["default.pem"]
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_config_folder_can_be_chosen(tmp_path, monkeypatch):
    monkeypatch.setenv("PUE_DESKTOP_CONFIG_DIR", str(tmp_path))
    assert keys.default_key_file() == tmp_path / "keys" / "default.pem"


@pytest.mark.parametrize(
    "content", [b"", b"nonsense", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_a_damaged_key_is_refused_and_not_replaced(tmp_path, content):
    path = tmp_path / "default.pem"
    path.write_bytes(content)
    with pytest.raises(InputRefusedError, match="signing key"):
        keys.load_or_create(path)
    assert path.read_bytes() == content


def test_a_key_folder_that_can_not_be_made_is_told(tmp_path):
    (tmp_path / "keys").write_text("a file")
    with pytest.raises(StorageError):
        keys.load_or_create(tmp_path / "keys" / "default.pem")


def test_public_keys_read_back_as_pem_and_base64(tmp_path):
    import base64

    public = keys.load_or_create(tmp_path / "k.pem").public_key()
    (tmp_path / "pub.pem").write_bytes(keys.public_pem(public))
    (tmp_path / "pub.txt").write_bytes(base64.b64encode(keys.raw_public(public)) + b"\n")
    assert keys.load_public(tmp_path / "pub.pem") == keys.load_public(tmp_path / "pub.txt") == keys.raw_public(public)


@pytest.mark.parametrize("content", [b"", b"!!!", b"AAAA", b"-----BEGIN PUBLIC KEY-----\nAAAA\n"])
def test_what_is_no_public_key_is_refused(tmp_path, content):
    (tmp_path / "pub").write_bytes(content)
    with pytest.raises(InputRefusedError):
        keys.load_public(tmp_path / "pub")


def test_a_signature_holds_for_its_message_and_key_only(tmp_path):
    key = keys.load_or_create(tmp_path / "a.pem")
    other = keys.load_or_create(tmp_path / "b.pem")
    public, signature = keys.raw_public(key.public_key()), key.sign(b"message")
    assert keys.signature_holds(public, signature, b"message")
    assert not keys.signature_holds(public, signature, b"massage")
    assert not keys.signature_holds(keys.raw_public(other.public_key()), signature, b"message")
    assert not keys.signature_holds(b"short", signature, b"message")
    assert not keys.signature_holds(public, b"", b"message")
