import hashlib
from importlib import metadata

from pue_desktop.engine import installed


def test_what_the_program_depends_on_is_listed_and_nothing_else():
    found = installed.versions()
    for name in ("numpy", "torch", "cryptography", "pyside6-essentials", "cffi"):
        assert found[name] == metadata.version(name)
    assert "pytest" not in found  # an extra
    assert "pue-desktop" not in found
    assert list(found) == sorted(found)


def test_the_lock_digest_is_that_of_lines_anybody_can_write():
    expected = hashlib.sha256(b"numpy==2.0\ntorch==2.8\n").hexdigest()
    assert installed.lock_digest({"torch": "2.8", "numpy": "2.0"}) == expected


def test_a_program_that_is_not_installed_lists_nothing(monkeypatch):
    monkeypatch.setattr(installed, "_OWN", "a-distribution-that-is-not-there")
    assert installed.versions() == {}
