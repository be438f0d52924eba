"""JPEG: what it does to the protection is measured, and nothing that was proved before it is claimed for its files."""

import base64
import json
import random
import shutil
import statistics
from io import BytesIO
from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image

import certified_run
from pictures import folder
from pue_desktop.engine import certificate, export, identities
from pue_desktop.engine import certificate_words as words
from pue_desktop.engine.apply import protect, squash
from pue_desktop.engine.certify import restored_surrogate
from pue_desktop.engine.config import Plan, changed
from pue_desktop.engine.envelope import Opened, open_certificate, seal
from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.engine.export_names import CERTIFICATE_JSON
from pue_desktop.engine.image_files import Picture, read
from pue_desktop.engine.lossy import kept_share
from pue_desktop.engine.lossy_results import LossyResult, Recognised
from pue_desktop.engine.lossy_words import all_words
from pue_desktop.engine.metadata import Beside
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.pipeline import run_step, run_steps, step_state
from pue_desktop.engine.results import ExportResult
from pue_desktop.engine.run import Run, State
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.training import normalise
from pue_desktop.engine.verify import VerifyReport, verify
from tiny import tiny_plan


def as_jpeg(chosen: Plan, quality: int = 90) -> Plan:
    return msgspec.structs.replace(chosen, export=changed(chosen.export, format="jpeg", quality=quality))


@pytest.fixture(scope="module")
def pristine(tmp_path_factory) -> Path:
    """An export as JPEG of quality 90, with its run and originals."""
    base = tmp_path_factory.mktemp("jpeg")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PUE_DESKTOP_CONFIG_DIR", str(base / "config"))
        patch.setattr(certificate, "render_pdf", certified_run.small_pdf)
        chosen = as_jpeg(certified_run.plan(base / "out"))
        run = certified_run.certified(base / "run", certified_run.write_photographs(base / "source"), chosen)
        certified_run.export(run, chosen)
        (base / "public.pem").write_bytes(identities.public_pem("default"))
    return base


@pytest.fixture
def out(pristine, tmp_path) -> Path:
    shutil.copytree(pristine / "out", tmp_path / "out")
    return tmp_path / "out"


def exported(base: Path) -> ExportResult:
    return Run.open(base / "run").load("export.json", ExportResult)


def kinds(report: VerifyReport) -> set[str]:
    return {finding.kind for finding in report.problems}


def grey(value: int, *, at: tuple[int, int] | None = None, to: int = 0) -> Picture:
    pixels = np.full((10, 10), value, np.uint8)
    if at is not None:
        pixels[at] = to
    return Picture(pixels, "L", None, "PNG", "L")


def test_kept_share_of_literal_pictures():
    original, certified = grey(100), grey(104)
    assert kept_share(original, certified, certified) == 1.0
    assert kept_share(original, certified, original) == 0.0
    assert kept_share(original, certified, grey(101)) == 0.25
    assert kept_share(original, certified, grey(96)) == -1.0
    assert kept_share(original, original, certified) is None
    # What lies where nothing was changed does not count.
    one = grey(100, at=(2, 3), to=110)
    assert kept_share(original, one, grey(100, at=(9, 9), to=255)) == 0.0


def test_what_is_stated_of_every_file_is_what_it_holds(pristine):
    result = exported(pristine)
    perturbation = Perturbation.load(pristine / "run/craft/perturbation.safetensors")
    shares = []
    for image in result.images:
        assert image.path.endswith(".jpg")
        original, stored = read(pristine / "source" / image.id), read(pristine / "out" / image.path)
        certified = protect(original, perturbation, int(image.id[6]))
        assert stored.format == "JPEG"
        # The certified pixels are those before compression; the file holds others.
        assert image.pixels_sha256 == certified.digest() != stored.digest()
        assert image.max_abs_delta_255 == np.abs(certified.pixels.astype(int) - original.pixels).max() <= 8
        assert image.stored is not None
        assert image.stored.pixels_sha256 == stored.digest()
        change = stored.pixels.astype(float) - original.pixels
        delta = certified.pixels.astype(float) - original.pixels
        assert image.stored.max_abs_delta_255 == np.abs(change).max()
        assert image.stored.psnr_db == pytest.approx(10 * np.log10(255**2 / np.mean(change**2)))
        assert image.stored.kept == pytest.approx((delta * change).sum() / (delta**2).sum())
        shares.append(image.stored.kept)
    assert result.lossy is not None
    assert (result.lossy.format, result.lossy.quality, result.lossy.recognised) == ("jpeg", 90, None)
    assert result.lossy.kept == statistics.median(shares)
    assert result.lossy.least_kept == min(shares)


def test_more_compression_keeps_less(pristine, tmp_path, monkeypatch):
    monkeypatch.setattr(certificate, "render_pdf", certified_run.small_pdf)
    shutil.copytree(pristine / "run", tmp_path / "run")
    run, kept = Run.open(tmp_path / "run"), []
    for quality in (100, 75, 30):
        certified_run.export(run, as_jpeg(certified_run.plan(tmp_path / "out"), quality))
        found = run.load("export.json", ExportResult).lossy
        assert found is not None
        assert found.kept is not None
        kept.append(found.kept)
    assert kept[0] > 0.97 > kept[1] > kept[2]


def test_colours_are_stored_at_full_size_and_a_large_resolution_does_no_harm():
    from pue_desktop.engine.exporters.jpeg import JPEG

    image = certified_run.photograph(1)
    data = JPEG(95).encode(image, Beside(None, dpi=(70000.0, 300.0)))
    with Image.open(BytesIO(data)) as opened:
        assert [component[1:3] for component in opened.layer] == [(1, 1)] * 3  # type: ignore[attr-defined]
    assert data == JPEG(95).encode(image, Beside(None, dpi=(70000.0, 300.0)))


def test_transparency_is_refused_before_anything_is_written(tmp_path):
    for label in range(2):
        (tmp_path / f"source/{label}").mkdir(parents=True)
        for number in range(6):
            mode = "RGBA" if number == 2 else "RGB"
            certified_run.photograph(number, mode=mode).save(tmp_path / f"source/{label}/{number}.png")
    chosen = as_jpeg(certified_run.plan(tmp_path / "out"))
    run = certified_run.certified(tmp_path / "run", tmp_path / "source", chosen)
    with pytest.raises(InputRefusedError, match=r"store 2 of the images; the first is 0/2.png \(mode RGBA\)"):
        certified_run.export(run, chosen)
    assert not (tmp_path / "out").exists()


# What the certificate says, and does not say ------------------------------------------------------------------------


def test_the_certificate_claims_nothing_for_the_files(pristine):
    stated = open_certificate(pristine / "out" / CERTIFICATE_JSON).certificate
    found = words.headline(stated)
    assert found.tone == "warning"
    assert found.title == "Certified before compression, not as exported"
    assert found.sentence.startswith(
        "The certificate is about the images before they were compressed to JPEG. Nothing is proved about the exported "
        "files, which hold other pixels."
    )
    assert words.title(stated) == "Certificate before JPEG compression"
    assert stated.not_covered[0].startswith("The exported files themselves: they are JPEG")
    assert words.cautions(stated)[0].startswith("Measured: as JPEG of quality 90, a typical file keeps")
    assert stated.quality.max_abs_delta_255 <= 8
    assert stated.lossy is not None
    assert stated.lossy.max_abs_delta_255 > 8


def said(certified: float, stored: float, originals: float) -> tuple[str, ...]:
    return all_words(LossyResult("jpeg", 80, 0.7, 0.5, 20, 30.0, Recognised(1000, certified, stored, originals)))


def test_plain_words_follow_from_the_figures():
    assert said(0.99, 0.97, 0.3)[1:5] == (
        "Measured: as JPEG of quality 80, a typical file keeps 70.0\xa0% of the protecting change, the worst "
        "50.0\xa0%.",
        "No pixel value of a file differs from the original by more than 20 of 255; the typical likeness is 30.0 dB "
        "PSNR.",
        "Of 1,000 images that it learned from, the certified network recognises 99.0\xa0% as they were certified, "
        "97.0\xa0% as these files show them, and 30.0\xa0% as they were without protection.",
        "So nearly all of what it learned to look for is still in the files.",
    )
    assert said(0.99, 0.7, 0.3)[4] == "So only a part of what it learned to look for is still in the files."
    assert said(0.99, 0.4, 0.3)[4] == "So most of what it learned to look for is gone from the files."
    assert "it can't be told" in said(0.5, 0.5, 0.45)[4]
    nothing = all_words(LossyResult("jpeg", 80, None, None, 20, None))
    assert nothing[1] == "Nothing was changed before the images were compressed to JPEG."
    assert "was not measured" in nothing[3]


def test_verifying_says_what_was_proved_and_what_only_measured(pristine):
    report = verify(pristine / "out", public_key=pristine / "public.pem", originals=pristine / "source")
    assert report.ok, str(report)
    assert report.lossy == "JPEG"
    assert report.intact == report.images == 18
    told = [finding.text for finding in report.findings if finding.kind == "lossy"]
    assert told[0].startswith("The certificate is about the images before they were compressed to JPEG.")
    assert told[1].startswith("Measured: as JPEG of quality 90")
    assert any("8 was promised before they were compressed to JPEG" in finding.text for finding in report.findings)


def test_a_lossless_export_has_none_of_this(tmp_path):
    certified_run.exported(tmp_path)
    report = verify(tmp_path / "out")
    assert report.lossy == ""
    assert not any(finding.kind == "lossy" for finding in report.findings)
    stated = open_certificate(tmp_path / "out" / CERTIFICATE_JSON).certificate
    assert stated.lossy is None
    assert words.headline(stated).tone == "good"


def test_compressing_again_and_swapping_are_found(pristine, out):
    first, second = "images/class 0/0.jpg", "images/class 1/2.jpg"
    with Image.open(out / first) as opened:
        opened.save(out / first, quality=60)
    assert kinds(verify(out)) == {"pixels_changed"}
    shutil.copy(pristine / "out" / second, out / first)
    assert kinds(verify(out)) == {"swapped"}


def test_another_decoder_is_no_problem_and_told(out, monkeypatch):
    from pue_desktop.engine import verify_files

    real = verify_files._look_at

    def other(*asked):
        return [verify_files._Seen(seen.sha256, "0" * 64, seen.trouble, seen.missing) for seen in real(*asked)]

    monkeypatch.setattr(verify_files, "_look_at", other)
    report = verify(out)
    assert report.ok
    assert report.intact == 18
    assert "The decoder here reads 18 of the signed files a little differently from the owner's." in str(report)


def changed_statement(out: Path, name: str, value: object) -> Opened:
    """Signs the certificate anew after an edit of what is said of compression, or of the first file in it."""
    key = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
    opened = open_certificate(out / CERTIFICATE_JSON)
    statement = json.loads(base64.b64decode(json.loads((out / CERTIFICATE_JSON).read_bytes())["payload"]))
    predicate = statement["predicate"]
    where = predicate["images"][0]["stored"] if name == "max_abs_delta_255" else predicate["lossy"]
    if name == "stored":
        predicate["images"][0]["stored"] = value
    elif name == "lossy":
        predicate["lossy"] = value
    else:
        where[name] = value
    made = msgspec.convert(statement, type(opened.statement))
    (out / CERTIFICATE_JSON).write_bytes(seal(made, key))
    return opened


@pytest.mark.parametrize(
    ("name", "value", "words_found"),
    [
        ("kept", 0.999, "What compressing did as a whole"),
        ("quality", 91, "The format is not the one that was asked for"),
        ("format", "webp", "The format is not the one that was asked for"),
        ("max_abs_delta_255", 200.0, "What compressing did as a whole"),
        ("stored", None, "is missing"),
        ("lossy", None, "but not why"),
    ],
)
def test_stated_figures_that_do_not_follow_are_found(out, name, value, words_found):
    changed_statement(out, name, value)
    assert any(words_found in finding.text for finding in verify(out).problems)


# What the certified network makes of the files ----------------------------------------------------------------------


def test_recognition_is_what_the_certified_network_says(tmp_path, monkeypatch):
    monkeypatch.setattr(certificate, "render_pdf", certified_run.small_pdf)
    source = folder(tmp_path / "source", classes=2, images=8)
    plan = as_jpeg(tiny_plan(tmp_path / "out"), 50)
    run = Run.create(tmp_path / "run", source)
    list(run_steps(run, ("scan", "craft", "certify", "export"), plan, Stop()))
    result = run.load("export.json", ExportResult)
    assert result.lossy is not None
    found = result.lossy.recognised
    assert found is not None
    trained = [image for image in result.images if image.split == "train"]
    assert found.images == len(trained) == 12
    perturbation = Perturbation.load(run.path / "craft/perturbation.safetensors")
    right = {"certified": 0, "stored": 0, "originals": 0}
    with run.locked():
        config = plan.certify
        model = restored_surrogate(run, config, "protected", 0, classes=2, learned=torch.zeros(1, 3, 16, 16))
    assert model is not None
    for image in trained:
        label = int(image.id[5])
        original = read(source / image.id)
        shown = {
            "certified": protect(original, perturbation, label, image.id),
            "stored": read(tmp_path / "out" / image.path),
            "originals": original,
        }
        for name, picture in shown.items():
            seen = torch.from_numpy(squash(picture, 16)[None].copy())
            with torch.inference_mode():
                right[name] += int(model(normalise(seen.float())).argmax()) == label
    assert {name: getattr(found, name) for name in right} == {name: count / 12 for name, count in right.items()}
    for phase in ("writing the images", "measuring what compressing did", "writing the certificate"):
        assert any(getattr(one.event, "phase", "") == phase for one in run.events())


# Going on after a stop, and what makes it stale ---------------------------------------------------------------------


def test_stopped_anywhere_it_ends_with_the_same_files_and_figures(pristine, tmp_path, monkeypatch):
    monkeypatch.setattr(certificate, "render_pdf", certified_run.small_pdf)
    monkeypatch.setattr(export, "_TICK_SECONDS", 0.0)
    shutil.copytree(pristine / "run", tmp_path / "run")
    run, chosen, dice = Run.open(tmp_path / "run"), as_jpeg(certified_run.plan(tmp_path / "out")), random.Random(7)
    for _ in range(6):
        with run.locked():
            steps = run_step(run, "export", chosen, Stop())
            for _ in range(dice.randrange(1, 8)):
                next(steps, None)
            steps.close()
    certified_run.export(run, chosen)
    mine, theirs = run.load("export.json", ExportResult), exported(pristine)
    assert mine.images == theirs.images
    assert mine.lossy == theirs.lossy
    for image in mine.images:
        assert (tmp_path / "out" / image.path).read_bytes() == (pristine / "out" / image.path).read_bytes()


def test_another_quality_makes_it_stale_and_the_default_does_not(pristine):
    run = Run.open(pristine / "run")
    chosen = as_jpeg(certified_run.plan(pristine / "out"))
    assert step_state(run, "export", chosen) is State.DONE
    assert step_state(run, "export", as_jpeg(chosen, 89)) is State.STALE
