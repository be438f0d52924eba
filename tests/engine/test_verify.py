import base64
import json
import os
import random
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image, PngImagePlugin

import certified_run
from pue_desktop.engine import certificate, envelope, identities, keys
from pue_desktop.engine.errors import CancelledError, InputRefusedError, UsageError
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.verify import VerifyReport, verify

FIRST, SECOND = "images/class 0/0.png", "images/class 1/2.png"


@pytest.fixture(scope="module")
def pristine(tmp_path_factory) -> Path:
    base = tmp_path_factory.mktemp("pristine")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PUE_DESKTOP_CONFIG_DIR", str(base / "config"))
        patch.setattr(certificate, "render_pdf", certified_run.small_pdf)
        chosen = certified_run.plan(base / "out")
        run = certified_run.certified(base / "run", certified_run.write_photographs(base / "source"), chosen)
        certified_run.export(run, chosen)
        (base / "public.pem").write_bytes(identities.public_pem("default"))
    return base


@pytest.fixture
def out(pristine, tmp_path) -> Path:
    shutil.copytree(pristine / "out", tmp_path / "out")
    return tmp_path / "out"


def kinds(report: VerifyReport) -> set[str]:
    return {finding.kind for finding in report.problems}


def edit(out: Path, change: Callable[[dict], None], *, key: Ed25519PrivateKey | None = None) -> None:
    """Edits the statement in certificate.json; signs it again if a key is given."""
    path = out / "certificate.json"
    document = json.loads(path.read_bytes())
    statement = json.loads(base64.b64decode(document["payload"]))
    change(statement)
    if key is not None:
        public = keys.raw_public(key.public_key())
        statement["predicate"]["signer"]["public_key"] = base64.b64encode(public).decode()
        statement["predicate"]["signer"]["key_id"] = keys.key_id(public)
    payload = json.dumps(statement).encode()
    document["payload"] = base64.b64encode(payload).decode()
    if key is not None:
        signature = key.sign(envelope.pre_authentication(payload))
        document["signatures"][0]["sig"] = base64.b64encode(signature).decode()
    path.write_text(json.dumps(document))


def test_an_untouched_export_verifies(out, pristine):
    report = verify(out, public_key=pristine / "public.pem")
    assert report.ok, str(report)
    assert (report.images, report.intact, report.signed) == (18, 18, True)
    assert not report.findings
    assert report.distinguishes is True
    assert str(report).startswith("Verified")


def test_whose_key_it_is_remains_to_be_asked(out, pristine, monkeypatch):
    report = verify(out)
    assert report.ok
    assert "Ask the owner" in str(report)
    assert not identities.identities()
    monkeypatch.setenv("PUE_DESKTOP_CONFIG_DIR", str(pristine / "config"))
    assert "your own key" in str(verify(out))


def test_the_expected_key_may_be_a_file_hex_or_an_id(out, pristine):
    public = keys.load_public(pristine / "public.pem")
    for given in (pristine / "public.pem", str(pristine / "public.pem"), public.hex(), keys.key_id(public)):
        assert verify(out, public_key=given).ok
    other = verify(out, public_key="ab" * 32)
    assert kinds(other) == {"signer"}
    with pytest.raises(UsageError):
        verify(out, public_key="not a key")


def test_no_folder_is_refused(tmp_path):
    with pytest.raises(InputRefusedError):
        verify(tmp_path / "nowhere")


def test_it_can_be_stopped(out):
    stop = Stop()
    stop.cancel()
    with pytest.raises(CancelledError):
        verify(out, stop=stop)


# Files --------------------------------------------------------------------------------------------------------------


def test_one_changed_pixel(out):
    with Image.open(out / FIRST) as image:
        pixels = np.array(image)
    pixels[5, 7, 1] ^= 1
    Image.fromarray(pixels).save(out / FIRST)
    report = verify(out)
    assert [(finding.kind, finding.path) for finding in report.problems] == [("pixels_changed", FIRST)]
    assert report.intact == 17


def test_changed_metadata_is_told_from_changed_pixels(out):
    with Image.open(out / FIRST) as image:
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", "mine")
        image.save(out / FIRST, pnginfo=text)
    assert [(finding.kind, finding.path) for finding in verify(out).problems] == [("metadata_changed", FIRST)]


def test_one_changed_byte_in_any_place_is_noticed(out):
    data, dice = (out / FIRST).read_bytes(), random.Random(1)
    for _ in range(25):
        changed = bytearray(data)
        changed[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        (out / FIRST).write_bytes(changed)
        report = verify(out)
        assert {finding.path for finding in report.problems} == {FIRST}
        assert kinds(report) <= {"metadata_changed", "pixels_changed", "unreadable"}


def test_swapped_files(out):
    first, second = (out / FIRST).read_bytes(), (out / SECOND).read_bytes()
    (out / FIRST).write_bytes(second)
    (out / SECOND).write_bytes(first)
    report = verify(out)
    assert kinds(report) == {"swapped"}
    assert f"{FIRST} holds the picture of {SECOND}." in str(report)


def test_missing_added_and_renamed_files(out):
    (out / FIRST).unlink()
    (out / SECOND).rename(out / "images/class 1/elsewhere.png")
    (out / "images/class 0/stranger.png").write_bytes(b"hello")
    (out / "note.txt").write_text("hello")
    (out / "images/.DS_Store").write_text("hello")
    report = verify(out)
    assert {(finding.kind, finding.path) for finding in report.problems} == {
        ("missing", FIRST),
        ("renamed", SECOND),
        ("added", "images/class 0/stranger.png"),
        ("added", "note.txt"),
    }


def test_what_is_no_image_any_more(out):
    (out / FIRST).write_bytes(b"")
    (out / SECOND).unlink()
    (out / SECOND).mkdir()
    report = verify(out)
    assert {(finding.kind, finding.path) for finding in report.problems} == {
        ("unreadable", FIRST),
        ("unreadable", SECOND),
    }


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_and_pipes_are_not_followed(out, tmp_path):
    shutil.copy(out / FIRST, tmp_path / "same.png")
    (out / FIRST).unlink()
    (out / FIRST).symlink_to(tmp_path / "same.png")
    (out / SECOND).unlink()
    os.mkfifo(out / SECOND)
    (out / "images/loop").symlink_to(out, target_is_directory=True)
    report = verify(out)
    assert {(finding.kind, finding.path) for finding in report.problems} == {
        ("unreadable", FIRST),
        ("unreadable", SECOND),
        ("added", "images/loop"),
    }


def test_the_manifest_and_the_pdf_belong_to_the_export(out):
    manifest = (out / "manifest-sha256.txt").read_bytes()
    (out / "manifest-sha256.txt").write_bytes(manifest.replace(b"images/class 0/0.png", b"images/class 0/9.png"))
    assert kinds(verify(out)) == {"manifest"}
    (out / "manifest-sha256.txt").write_bytes(b"\xff\x00")
    assert kinds(verify(out)) == {"manifest"}
    (out / "manifest-sha256.txt").unlink()
    assert kinds(verify(out)) == {"manifest"}
    (out / "manifest-sha256.txt").write_bytes(manifest)
    (out / "certificate.pdf").write_bytes(b"%PDF-1.4 other words\n")
    assert kinds(verify(out)) == {"pdf"}
    (out / "certificate.pdf").unlink()
    report = verify(out)
    assert report.ok
    assert "certificate.pdf is not there" in str(report)


# Certificate --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"{}", b"\x00" * 1000, b"[" * 50_000])
def test_a_damaged_certificate_is_a_finding(out, data):
    (out / "certificate.json").write_bytes(data)
    report = verify(out)
    assert not report.ok
    assert kinds(report) == {"certificate"}


def test_no_certificate_is_a_finding(out):
    (out / "certificate.json").unlink()
    report = verify(out)
    assert kinds(report) == {"certificate"}
    assert "missing" in str(report)


def better_curve(statement: dict) -> None:
    statement["predicate"]["results"]["protected"]["curve"][0]["value"] -= 0.01


def better_counts(statement: dict) -> None:
    correct = statement["predicate"]["results"]["protected"]["correct"]
    statement["predicate"]["results"]["protected"]["correct"] = [max(0, count - 1) for count in correct]


def more_correct_than_images(statement: dict) -> None:
    statement["predicate"]["results"]["unprotected"]["correct"][3] = 10**9


def fewer_draws(statement: dict) -> None:
    for arm in ("protected", "unprotected"):
        del statement["predicate"]["results"][arm]["correct"][100:]


def other_confidence(statement: dict) -> None:
    statement["predicate"]["results"]["confidence"] = 0.999


def other_setting(statement: dict) -> None:
    statement["predicate"]["settings"]["certify"]["sigma"] = 0.4


def other_verdict(statement: dict) -> None:
    results = statement["predicate"]["results"]
    results["distinguishes"] = not results["distinguishes"]


def no_first_radius(statement: dict) -> None:
    for arm in ("protected", "unprotected"):
        del statement["predicate"]["results"][arm]["curve"][0]


def radii_in_disorder(statement: dict) -> None:
    for arm in ("protected", "unprotected"):
        statement["predicate"]["results"][arm]["curve"].reverse()


def a_better_picture(statement: dict) -> None:
    statement["predicate"]["quality"]["max_abs_delta_255"] = 4.0


def a_better_ratio(statement: dict) -> None:
    statement["predicate"]["quality"]["median_psnr_db"] += 1


def more_images(statement: dict) -> None:
    statement["predicate"]["data_set"]["classes"][0]["train"] += 1


def other_class(statement: dict) -> None:
    statement["predicate"]["images"][0]["label"] = 2


def not_learned(statement: dict) -> None:
    images = statement["predicate"]["images"]
    next(image for image in images if image["learned"])["learned"] = False


def other_pixels(statement: dict) -> None:
    statement["predicate"]["images"][0]["pixels_sha256"] = "0" * 64


def other_file(statement: dict) -> None:
    statement["subject"][0]["digest"]["sha256"] = "0" * 64


def one_less(statement: dict) -> None:
    del statement["subject"][0]


EDITS = [
    better_curve,
    better_counts,
    more_correct_than_images,
    fewer_draws,
    other_confidence,
    other_setting,
    other_verdict,
    no_first_radius,
    radii_in_disorder,
    a_better_picture,
    a_better_ratio,
    more_images,
    other_class,
    not_learned,
    other_pixels,
    other_file,
    one_less,
]


@pytest.mark.parametrize("change", EDITS)
def test_an_edited_certificate_is_noticed(out, change):
    edit(out, change)
    assert "signature" in kinds(verify(out))


@pytest.mark.parametrize("change", EDITS)
def test_edited_and_signed_again_it_does_not_follow_from_its_evidence(out, change):
    edit(out, change, key=Ed25519PrivateKey.generate())
    report = verify(out)
    assert "signature" not in kinds(report)
    assert "evidence" in kinds(report), str(report)


def test_an_invented_name_is_noticed_by_the_signature(out):
    def renamed(statement: dict) -> None:
        statement["predicate"]["data_set"]["classes"][0]["name"] = "class X"

    edit(out, renamed)
    assert "signature" in kinds(verify(out))


def test_signed_again_with_another_key_the_owners_key_tells(out, pristine):
    edit(out, lambda _: None, key=Ed25519PrivateKey.generate())
    assert "signer" in kinds(verify(out, public_key=pristine / "public.pem"))


@pytest.mark.parametrize(
    "name", ["../secret.png", "/etc/passwd", "images/../../secret.png", "certificate.pdf", "images"]
)
def test_names_that_lead_out_of_the_folder_are_never_opened(out, name):
    (out.parent / "secret.png").write_bytes((out / FIRST).read_bytes())

    def elsewhere(statement: dict) -> None:
        statement["subject"][0]["name"] = name
        statement["predicate"]["images"][0]["path"] = name

    edit(out, elsewhere, key=Ed25519PrivateKey.generate())
    report = verify(out)
    assert "certificate" in kinds(report)
    assert report.intact == 17


def test_random_damage_never_ends_in_an_exception(out):
    data, dice = (out / "certificate.json").read_bytes(), random.Random(2)
    payload = base64.b64decode(json.loads(data)["payload"])
    for _ in range(40):
        changed = bytearray(payload)
        for _ in range(dice.randrange(1, 4)):
            changed[dice.randrange(len(changed))] = dice.randrange(256)
        document = json.loads(data)
        document["payload"] = base64.b64encode(bytes(changed)).decode()
        (out / "certificate.json").write_text(json.dumps(document))
        assert not verify(out).ok or bytes(changed) == payload


def test_a_bomb_is_refused_by_its_size(out):
    bomb = BytesIO()
    Image.new("L", (20_000, 20_000)).save(bomb, "PNG")
    (out / FIRST).write_bytes(bomb.getvalue())
    report = verify(out)
    assert kinds(report) == {"unreadable"}
    assert "megapixels" in str(report)


def test_a_report_is_plain_data(out):
    import msgspec

    (out / FIRST).unlink()
    facts = msgspec.to_builtins(verify(out))
    assert facts["intact"] == 17
    assert json.loads(json.dumps(facts))["findings"][-1]["kind"] == "missing"
