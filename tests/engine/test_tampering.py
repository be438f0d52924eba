"""Two hundred and more random tamperings with an export: each is detected and named; an untouched one never is.

What is expected of an image is worked out here by Pillow, not by the program's own decoder. Every kind of tampering
is done by somebody who also mends what they can, as the manifest, where it says so.
"""

import base64
import json
import random
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image, PngImagePlugin
from pypdf import PdfReader, PdfWriter

import certified_run
from pue_desktop.engine import certificate, envelope, identities, keys, pdf
from pue_desktop.engine.manifest import parse_manifest, write_manifest
from pue_desktop.engine.verify import verify

ROUNDS = 11
JSON, PDF, MANIFEST = "certificate.json", "certificate.pdf", "manifest-sha256.txt"
Named = set[tuple[str, str]]


@pytest.fixture(scope="module")
def pristine(tmp_path_factory) -> Path:
    return certified_run.exported(tmp_path_factory.mktemp("pristine"))


def some_image(out: Path, dice: random.Random) -> tuple[str, Path]:
    path = dice.choice(sorted((out / "images").rglob("*.png")))
    return path.relative_to(out).as_posix(), path


def two_images(out: Path, dice: random.Random) -> list[tuple[str, Path]]:
    paths = dice.sample(sorted((out / "images").rglob("*.png")), 2)
    return [(path.relative_to(out).as_posix(), path) for path in paths]


def pixels(data: bytes) -> np.ndarray | None:
    try:
        with Image.open(BytesIO(data)) as image:
            return np.array(image.convert("RGBA"))
    except Exception:
        return None


def mend_manifest(out: Path, *names: str) -> None:
    from pue_desktop.engine.files import sha256_file

    listed = parse_manifest((out / MANIFEST).read_bytes())
    assert listed is not None
    write_manifest(out, listed | {name: sha256_file(out / name) for name in names})


# Images: each returns exactly what is to be found ---------------------------------------------------------------------


def one_pixel(out: Path, dice: random.Random) -> Named:
    name, path = some_image(out, dice)
    with Image.open(path) as image:
        values = np.array(image)
    place = tuple(dice.randrange(side) for side in values.shape)
    values[place] ^= 1 << dice.randrange(8)
    Image.fromarray(values).save(path)
    return {("pixels_changed", name)}


def one_byte(out: Path, dice: random.Random) -> Named:
    name, path = some_image(out, dice)
    before = path.read_bytes()
    changed = bytearray(before)
    changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    path.write_bytes(changed)
    was, now = pixels(before), pixels(bytes(changed))
    if now is None:
        return {("unreadable", name)}
    return {("metadata_changed" if np.array_equal(was, now) else "pixels_changed", name)}


def new_metadata(out: Path, dice: random.Random) -> Named:
    name, path = some_image(out, dice)
    with Image.open(path) as image:
        words = PngImagePlugin.PngInfo()
        words.add_text("Author", f"somebody {dice.random()}")
        image.save(path, pnginfo=words, compress_level=dice.randrange(10))
    return {("metadata_changed", name)}


def swapped(out: Path, dice: random.Random) -> Named:
    (one, first), (other, second) = two_images(out, dice)
    a, b = first.read_bytes(), second.read_bytes()
    first.write_bytes(b)
    second.write_bytes(a)
    mend_manifest(out, one, other)
    return {("swapped", one), ("swapped", other), ("manifest", MANIFEST)}


def one_in_place_of_another(out: Path, dice: random.Random) -> Named:
    (_, first), (other, second) = two_images(out, dice)
    shutil.copy(first, second)
    return {("swapped", other)}


def added(out: Path, dice: random.Random) -> Named:
    _, path = some_image(out, dice)
    name = dice.choice(["images/class 0/9.png", "images/new class/0.png", "readme.txt", "images/x.jpg"])
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_bytes(dice.choice([b"hello", path.read_bytes()]))
    return {("added", name)}


def missing(out: Path, dice: random.Random) -> Named:
    name, path = some_image(out, dice)
    path.unlink()
    return {("missing", name)}


def renamed(out: Path, dice: random.Random) -> Named:
    name, path = some_image(out, dice)
    path.rename(path.with_name(f"other name {dice.randrange(10**6)}.png"))
    return {("renamed", name)}


def renamed_and_new_metadata(out: Path, dice: random.Random) -> Named:
    found = new_metadata(out, dice)
    ((_, name),) = found
    (out / name).rename(out / "images" / f"{dice.randrange(10**6)}.png")
    return {("renamed", name)}


def renamed_class_folder(out: Path, dice: random.Random) -> Named:
    folder = dice.choice(sorted((out / "images").iterdir()))
    names = [path.relative_to(out).as_posix() for path in folder.iterdir()]
    folder.rename(folder.with_name("another class"))
    return {("renamed", name) for name in names}


# Certificate ----------------------------------------------------------------------------------------------------------


def edit(out: Path, change: Callable[[dict], object], *, key: Ed25519PrivateKey | None = None) -> None:
    """Edits the statement, signs again if a key is given, and puts the same into PDF and manifest."""
    document = json.loads((out / JSON).read_bytes())
    statement = json.loads(base64.b64decode(document["payload"]))
    change(statement)
    if key is not None:
        public = keys.raw_public(key.public_key())
        statement["predicate"]["signer"] |= {
            "public_key": base64.b64encode(public).decode(),
            "key_id": keys.key_id(public),
        }
        document["signatures"][0]["keyid"] = keys.key_id(public)
    payload = json.dumps(statement, separators=(",", ":")).encode()
    document["payload"] = base64.b64encode(payload).decode()
    if key is not None:
        signature = key.sign(envelope.pre_authentication(payload))
        document["signatures"][0]["sig"] = base64.b64encode(signature).decode()
    (out / JSON).write_text(json.dumps(document))
    certified_run.small_pdf(out / JSON, out / PDF, key=key)
    mend_manifest(out, JSON, PDF)


def lower(arm: dict, dice: random.Random) -> None:
    by = dice.randrange(1, 3)
    arm["correct"] = [max(0, count - by) for count in arm["correct"]]


def edited_accuracies(out: Path, dice: random.Random) -> Named:
    edit(out, lambda statement: lower(statement["predicate"]["results"]["protected"], dice))
    return {("signature", JSON), ("evidence", JSON), ("pdf", PDF)}


def edited_accuracies_signed_again(out: Path, dice: random.Random) -> Named:
    key = Ed25519PrivateKey.from_private_bytes(dice.randbytes(32))
    edit(out, lambda statement: lower(statement["predicate"]["results"]["protected"], dice), key=key)
    return {("signer", JSON), ("evidence", JSON)}


def signed_again_with_another_key(out: Path, dice: random.Random) -> Named:
    edit(out, lambda _: None, key=Ed25519PrivateKey.from_private_bytes(dice.randbytes(32)))
    return {("signer", JSON)}


def renamed_class(out: Path, dice: random.Random) -> Named:
    def change(statement: dict) -> None:
        dice.choice(statement["predicate"]["data_set"]["classes"])["name"] = f"class {dice.randrange(9, 99)}"

    edit(out, change)
    return {("signature", JSON), ("pdf", PDF)}


def edited_text(out: Path, dice: random.Random) -> Named:
    def change(statement: dict) -> None:
        part = dice.choice(["identification", "conditions", "signer"])
        field = {"identification": "created", "conditions": "device", "signer": "statement"}[part]
        statement["predicate"][part][field] = f"something else {dice.random()}"

    edit(out, change)
    return {("signature", JSON), ("pdf", PDF)}


# PDF and manifest -----------------------------------------------------------------------------------------------------


def one_byte_of_the_pdf(out: Path, dice: random.Random) -> Named:
    data = bytearray((out / PDF).read_bytes())
    data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    (out / PDF).write_bytes(data)
    mend_manifest(out, PDF)
    return {("pdf", PDF)}


def rewritten_pdf(out: Path, dice: random.Random) -> Named:
    writer = PdfWriter(clone_from=PdfReader(out / PDF))
    writer.add_metadata({"/Title": f"A better certificate {dice.random()}"})
    made = BytesIO()
    writer.write(made)
    data = made.getvalue()
    if dice.random() < 0.5:
        data = pdf.with_signature(data, Ed25519PrivateKey.from_private_bytes(dice.randbytes(32)))
    (out / PDF).write_bytes(data)
    mend_manifest(out, PDF)
    return {("pdf", PDF)}


def something_after_the_pdf(out: Path, dice: random.Random) -> Named:
    with (out / PDF).open("ab") as stream:
        stream.write(dice.choice([b"\n", b"%note\n", b"1 0 obj <<>> endobj\n"]))
    return {("pdf", PDF)}


def edited_manifest(out: Path, dice: random.Random) -> Named:
    listed = parse_manifest((out / MANIFEST).read_bytes())
    assert listed is not None
    write_manifest(out, listed | {dice.choice(sorted(listed)): f"{dice.getrandbits(256):064x}"})
    return {("manifest", MANIFEST)}


TAMPERINGS = [
    one_pixel,
    one_byte,
    new_metadata,
    swapped,
    one_in_place_of_another,
    added,
    missing,
    renamed,
    renamed_and_new_metadata,
    renamed_class_folder,
    edited_accuracies,
    edited_accuracies_signed_again,
    signed_again_with_another_key,
    renamed_class,
    edited_text,
    one_byte_of_the_pdf,
    rewritten_pdf,
    something_after_the_pdf,
    edited_manifest,
]


@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_every_tampering_is_detected_and_named(pristine, tmp_path, tamper):
    assert ROUNDS * len(TAMPERINGS) >= 200
    for number in range(ROUNDS):
        dice = random.Random(f"{tamper.__name__} {number}")
        out = tmp_path / str(number)
        shutil.copytree(pristine / "out", out)
        expected = tamper(out, dice)
        report = verify(out, public_key=pristine / "public.pem")
        assert not report.ok
        assert {(finding.kind, finding.path) for finding in report.problems} == expected, (number, str(report))
        assert all(finding.text.strip() for finding in report.problems)


def test_any_byte_of_the_certificate_is_noticed_by_itself(pristine, tmp_path):
    dice = random.Random(7)
    data = (pristine / "out" / JSON).read_bytes()
    payload = len(data) // 2  # far inside the signed part
    for _ in range(ROUNDS):
        changed = bytearray(data)
        changed[payload + dice.randrange(2000)] ^= 1
        (tmp_path / JSON).write_bytes(changed)
        report = verify(tmp_path / JSON, public_key=pristine / "public.pem")
        assert {finding.kind for finding in report.problems} & {"certificate", "signature"}


@pytest.mark.parametrize("image_format", ["png", "tiff", "webp"])
@pytest.mark.parametrize("given", [False, True])
def test_an_untouched_export_raises_no_alarm(tmp_path, monkeypatch, image_format, given):
    monkeypatch.setattr(certificate, "render_pdf", certified_run.small_pdf)
    source = tmp_path / "source"
    for split in ("train", "test") if given else ("",):
        certified_run.write_photographs(source / split, classes=2, each=4)
    chosen = certified_run.plan(tmp_path / "out", image_format=image_format)
    certified_run.export(certified_run.certified(tmp_path / "run", source, chosen, stress=given), chosen)
    (tmp_path / "public.pem").write_bytes(identities.public_pem("default"))
    copy = shutil.copytree(tmp_path / "out", tmp_path / "a copy elsewhere")
    for path in (copy, copy / JSON, copy / PDF):
        report = verify(path, public_key=tmp_path / "public.pem", originals=source)
        assert report.ok, str(report)
        assert not report.problems
        assert report.intact == report.images == 8
