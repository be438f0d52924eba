"""`pue-desktop keys` and `verify`, as somebody types them. No passphrase ever stands on the command line."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

import certified_run
import cli_calls
from pue_desktop import cli
from pue_desktop.engine import identities, keys
from pue_desktop.engine.envelope import open_certificate


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Any:
    return partial(cli_calls.call, capsys)


@pytest.fixture
def restarted(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda: monkeypatch.setattr(identities, "_unlocked", {})


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What somebody at a terminal types, in order."""
    answers: list[str] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _prompt, **_stream: answers.pop(0))
    return answers


def test_there_is_none_at_first_and_new_makes_one(call, capsys):
    assert call("keys")[1]["keys"] == []
    code, made, _ = call("keys", "new", "The museum")
    assert (code, made["name"], made["passphrase"]) == (0, "The museum", False)
    assert Path(made["file"]).is_file()
    assert call("keys", "list")[1]["keys"] == [{key: made[key] for key in ("name", "key_id", "passphrase", "file")}]
    code, refused, _ = call("keys", "new", "The museum")
    assert (code, refused["error"]) == (2, "There is a key called The museum already.")
    assert cli.main(["keys"]) == 0
    assert made["key_id"] in capsys.readouterr().out


def test_the_public_half_is_printed_or_written_but_over_nothing(call, capsys, tmp_path):
    made = call("keys", "new", "museum")[1]
    assert cli.main(["keys", "export-public", "museum"]) == 0
    assert capsys.readouterr().out == call("keys", "export-public", "museum")[1]["public_key"]
    assert call("keys", "export-public", "museum", str(tmp_path / "museum.pub"))[0] == 0
    assert keys.key_id(keys.load_public(tmp_path / "museum.pub")) == made["key_id"]
    assert call("keys", "export-public", "museum", str(tmp_path / "museum.pub"))[0] == 3
    code, refused, _ = call("keys", "export-public", "nobody")
    assert (code, refused["error"]) == (3, "There is no key called nobody.")


def test_a_passphrase_is_typed_twice_and_changed(call, typed, restarted):
    typed += ["one", "two"]
    code, refused, _ = call("keys", "new", "museum", "--passphrase")
    assert (code, refused["error"]) == (2, "The two passphrases are not the same.")
    assert not identities.key_file("museum").exists()
    typed += ["one", "one"]
    assert call("keys", "new", "museum", "--passphrase")[1]["passphrase"] is True
    restarted()
    typed += ["wrong", "one", "two", "two"]
    code, _, said = call("keys", "passphrase", "museum")
    assert code == 0
    assert "another one" in said
    restarted()
    typed += ["one"] * 3
    assert call("keys", "passphrase", "museum")[0] == 3
    typed += ["two"]
    assert call("keys", "passphrase", "museum", "--remove")[1]["passphrase"] is False


def test_without_a_terminal_a_file_tells_it(call, restarted, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    code, refused, _ = call("keys", "new", "museum", "--passphrase")
    assert code == 3
    assert "nobody to ask" in refused["error"]
    assert not identities.key_file("museum").exists()
    (tmp_path / "secret").write_text("secret\n")
    assert call("keys", "new", "museum", "--passphrase-file", str(tmp_path / "secret"))[1]["passphrase"] is True
    restarted()
    assert identities.needs_passphrase("museum")
    assert call("keys", "passphrase", "museum", "--remove")[0] == 3
    monkeypatch.setenv("PUE_DESKTOP_PASSPHRASE_FILE", str(tmp_path / "secret"))
    assert call("keys", "passphrase", "museum", "--remove")[0] == 0


def test_an_export_is_signed_with_the_chosen_key_which_is_asked_for_first(call, typed, restarted, tmp_path):
    made = identities.create("museum", "secret")
    restarted()
    chosen = certified_run.plan(tmp_path / "out")
    run = certified_run.certified(tmp_path / "run", certified_run.write_photographs(tmp_path / "photos"), chosen)
    where = ("export", str(run.path), "--folder", str(tmp_path / "out"), "--key")
    code, refused, _ = call(*where, "nobody")
    assert (code, refused["error"]) == (3, "There is no key called nobody.")
    typed += ["wrong"] * 3
    assert call(*where, "museum")[0] == 3
    assert not (tmp_path / "out").exists()
    typed += ["secret"]
    code, _, said = call(*where, "museum")
    assert code == 0, said
    assert not typed
    opened = open_certificate(tmp_path / "out/certificate.json")
    assert opened.signed
    assert opened.key_id == made.key_id
    assert "museum" not in opened.payload.decode()


def test_no_flag_takes_a_passphrase(capsys):
    for action in ("new", "passphrase"):
        cli.main(["keys", action, "--help"])
        usage = capsys.readouterr().out
        assert "--passphrase-file FILE" in usage
        assert "--passphrase PASS" not in usage
    assert "[--passphrase]" in cli_usage(capsys)


def cli_usage(capsys: pytest.CaptureFixture[str]) -> str:
    cli.main(["keys", "new", "--help"])
    return capsys.readouterr().out.split("positional")[0]


def test_verify_takes_a_pdf_images_originals_and_draws(call, tmp_path, monkeypatch):
    from pue_desktop.engine import certificate

    monkeypatch.setattr(certificate, "render_pdf", certified_run.small_pdf)
    chosen = certified_run.plan(tmp_path / "out")
    photos = certified_run.write_photographs(tmp_path / "photos", classes=2, each=4)
    certified_run.export(certified_run.certified(tmp_path / "run", photos, chosen), chosen)
    (tmp_path / "out/certificate.pdf").rename(tmp_path / "mailed.pdf")
    key = identities.identity("default").key_id
    code, facts, _ = call("verify", str(tmp_path / "mailed.pdf"), "--public-key", key)
    assert (code, facts["ok"], facts["images_checked"], facts["images"]) == (0, True, False, 8)
    where = ("--images", str(tmp_path / "out/images"), "--originals", str(photos))
    code, facts, _ = call("verify", str(tmp_path / "mailed.pdf"), *where)
    assert (code, facts["intact"]) == (0, 8)
    assert "epsilon" in {finding["kind"] for finding in facts["findings"]}
    # Its surrogates were never trained: what is not there can't be evaluated again.
    code, facts, _ = call("verify", str(tmp_path / "out"), "--run", str(tmp_path / "run"), "--recompute", "2")
    assert code == 5
    assert {finding["kind"] for finding in facts["findings"] if finding["problem"]} == {"recomputed"}
    assert call("verify", str(tmp_path / "out"), "--recompute", "2")[0] == 2
    assert call("verify", str(tmp_path / "out"), "--recompute", "-2")[0] == 2
    assert call("verify", str(tmp_path / "nowhere.pdf"))[0] == 3
