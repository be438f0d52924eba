"""Verifying a PDF or a certificate by itself, and what only the owner can have checked: originals, draws again."""

import random
import shutil
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image
from pypdf import PdfWriter

import certified_run
from pictures import folder
from pue_desktop.engine import certificate, identities
from pue_desktop.engine.config import changed
from pue_desktop.engine.envelope import open_certificate, seal
from pue_desktop.engine.errors import CancelledError, InputRefusedError, SchemaError, UsageError
from pue_desktop.engine.pdf import parts
from pue_desktop.engine.pipeline import run_steps
from pue_desktop.engine.recompute import recompute_draws
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.verify import VerifyReport, verify
from tiny import tiny_plan

STORED = Path(__file__).parents[1] / "fixtures/certificates/schema-1"


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    """A folder with source, run and out: eight images, four of them hold-out."""
    return certified_run.exported(tmp_path_factory.mktemp("exported"))


def named(report: VerifyReport) -> set[tuple[str, str]]:
    return {(finding.kind, finding.path) for finding in report.problems}


def remarks(report: VerifyReport) -> str:
    return "\n".join(finding.text for finding in report.findings if not finding.problem)


# A file by itself -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["certificate.pdf", "certificate.json"])
def test_a_file_alone_is_verified_without_images(exported, tmp_path, name):
    shutil.copy(exported / "out" / name, tmp_path / f"from a stranger {name}")
    report = verify(tmp_path / f"from a stranger {name}", public_key=exported / "public.pem")
    assert report.ok
    assert not report.images_checked
    assert (report.images, report.intact) == (8, 0)
    assert "no images were looked at" in str(report)


@pytest.mark.parametrize("name", ["certificate.pdf", "certificate.json"])
def test_a_file_in_its_export_stands_for_all_of_it(exported, tmp_path, name):
    out = shutil.copytree(exported / "out", tmp_path / "out")
    (out / "images/class 0/0.png").unlink()
    report = verify(out / name)
    assert (report.images_checked, report.intact) == (True, 7)
    assert named(report) == {("missing", "images/class 0/0.png")}


@pytest.mark.parametrize("images", ["out", "out/images"])
def test_the_images_may_be_elsewhere(exported, tmp_path, images):
    shutil.copytree(exported / "out/images", tmp_path / "out/images")
    shutil.copy(exported / "out/certificate.pdf", tmp_path / "mailed.pdf")
    report = verify(tmp_path / "mailed.pdf", images=tmp_path / images)
    assert report.ok, str(report)
    assert report.intact == 8
    (tmp_path / "out/images/class 1/3.png").rename(tmp_path / "out/images/class 1/4.png")
    (tmp_path / "out/images/new.txt").write_text("new")
    assert named(verify(tmp_path / "mailed.pdf", images=tmp_path / images)) == {
        ("renamed", "images/class 1/3.png"),
        ("added", "images/new.txt"),
    }


def test_a_pdf_of_schema_1_says_that_its_pages_are_not_signed(tmp_path):
    shutil.copy(STORED / "certificate.pdf", tmp_path / "old.pdf")
    report = verify(tmp_path / "old.pdf")
    assert report.ok
    assert "did not sign the pages" in remarks(report)


def test_a_pdf_without_a_certificate_or_with_two_is_refused_in_words(exported, tmp_path):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(tmp_path / "empty.pdf")
    report = verify(tmp_path / "empty.pdf")
    assert named(report) == {("certificate", "empty.pdf")}
    assert "no certificate inside" in str(report)
    for _ in range(2):
        writer.add_attachment("certificate.json", b"{}")
    writer.write(tmp_path / "two.pdf")
    assert "several certificates" in str(verify(tmp_path / "two.pdf"))


def test_a_pdf_with_another_certificate_inside_than_beside_it(exported, tmp_path):
    out = shutil.copytree(exported / "out", tmp_path / "out")
    certified_run.small_pdf(STORED / "certificate.json", out / "certificate.pdf")
    report = verify(out)
    assert named(report) == {("pdf", "certificate.pdf")}
    assert "is not the certificate.json beside it" in str(report)


def test_damaged_pdfs_end_in_a_finding_never_in_an_exception(exported, tmp_path):
    data, dice = (exported / "out/certificate.pdf").read_bytes(), random.Random(3)
    for number in range(60):
        changed = bytearray(data[: dice.randrange(8, len(data))] if number % 3 == 0 else data)
        for _ in range(dice.randrange(1, 30)):
            changed[dice.randrange(5, len(changed))] = dice.randrange(256)
        (tmp_path / "damaged.pdf").write_bytes(changed)
        report = verify(tmp_path / "damaged.pdf")
        assert not report.ok
        assert {kind for kind, _ in named(report)} <= {"certificate", "pdf", "signature", "evidence", "signer"}
    with pytest.raises(SchemaError):
        parts(b"%PDF-1.7\n" + b"<<" * 20_000)


def test_what_is_not_there_is_refused(tmp_path, exported):
    for arguments in ({}, {"images": tmp_path / "none"}, {"originals": tmp_path / "none"}, {"run": tmp_path / "none"}):
        path = exported / "out" if arguments else tmp_path / "none"
        with pytest.raises(InputRefusedError):
            verify(path, **arguments)
    with pytest.raises(UsageError, match="run folder"):
        verify(exported / "out", recompute=3)


# Originals ------------------------------------------------------------------------------------------------------------


def test_the_change_is_measured_again_with_the_originals(exported):
    for arguments in ({"originals": exported / "source"}, {"run": exported / "run"}):
        report = verify(exported / "out", **arguments)
        assert report.ok, str(report)
        assert "Measured again on 8 images" in remarks(report)
        assert "more than 8 of 255; 8 was promised" in remarks(report)


def brightened(path: Path, by: int) -> None:
    with Image.open(path) as image:
        pixels = np.array(image)
    assert pixels[10, 10, 0] + by <= 255
    pixels[10, 10, 0] += by
    Image.fromarray(pixels).save(path)


def test_other_originals_are_noticed(exported, tmp_path):
    source = shutil.copytree(exported / "source", tmp_path / "source")
    name = "images/class 0/1.png"
    brightened(source / "class 0/1.png", 40)
    assert ("epsilon", name) in named(verify(exported / "out", originals=source))
    shutil.copy(source / "class 0/3.png", source / "class 0/1.png")  # of another size
    report = verify(exported / "out", originals=source)
    assert ("original", name) in named(report)
    (source / "class 0/1.png").write_bytes(b"no image")
    assert ("original", name) in named(verify(exported / "out", originals=source))


def test_a_smaller_change_of_an_original_is_noticed_by_the_digest_or_the_figures(exported, tmp_path):
    source = shutil.copytree(exported / "source", tmp_path / "source")
    brightened(source / "class 0/1.png", 1)
    assert {kind for kind, _ in named(verify(exported / "out", originals=source))} <= {"epsilon", "original"}
    assert not verify(exported / "out", originals=source).ok


def test_originals_with_new_metadata_are_the_same_pictures(exported, tmp_path):
    source = shutil.copytree(exported / "source", tmp_path / "source")
    with Image.open(source / "class 0/1.png") as image:
        image.save(source / "class 0/1.png", compress_level=1)
    report = verify(exported / "out", originals=source)
    assert report.ok
    assert "not byte for byte" in remarks(report)


def test_missing_originals_are_counted_and_none_at_all_is_a_problem(exported, tmp_path):
    source = shutil.copytree(exported / "source", tmp_path / "source")
    (source / "class 1/0.png").unlink()
    report = verify(exported / "out", originals=source)
    assert report.ok
    assert "For 1 images there is no original at hand" in remarks(report)
    (tmp_path / "nothing").mkdir()
    report = verify(exported / "out", originals=tmp_path / "nothing")
    assert named(report) == {("original", "")}


def test_a_certificate_that_understates_the_change_is_noticed_only_with_the_originals(exported, tmp_path):
    """Signed by the owner, consistent in itself, and wrong: what nobody but the holder of the originals can see."""
    out = shutil.copytree(exported / "out", tmp_path / "out")
    opened = open_certificate(out / "certificate.json")
    facts = opened.certificate
    images = tuple(msgspec.structs.replace(image, max_abs_delta_255=4.0) for image in facts.images)
    quality = msgspec.structs.replace(facts.quality, max_abs_delta_255=4.0, epsilon_255=4.0)
    settings = facts.settings | {"craft": facts.settings["craft"] | {"epsilon_255": 4.0}}
    lie = msgspec.structs.replace(facts, images=images, quality=quality, settings=settings)
    key = identities.signing_key()
    signer = msgspec.structs.replace(
        facts.signer, public_key=certified_run.public_text(key), key_id=identities.identity("default").key_id
    )
    statement = msgspec.structs.replace(opened.statement, predicate=msgspec.structs.replace(lie, signer=signer))
    (tmp_path / "lie.json").write_bytes(seal(statement, key))
    assert verify(tmp_path / "lie.json", images=out).ok
    report = verify(tmp_path / "lie.json", images=out, originals=exported / "source")
    assert named(report) == {("epsilon", image.path) for image in images}
    assert "at most 4 was promised" in str(report)


# Draws again ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def trained(tmp_path_factory) -> Path:
    """A run that really trained its surrogates, and its export."""
    base = tmp_path_factory.mktemp("trained")
    source = folder(base / "source", classes=2, images=8, size=(24, 24))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PUE_DESKTOP_CONFIG_DIR", str(base / "config"))
        patch.setattr(certificate, "render_pdf", certified_run.small_pdf)
        run = Run.create(base / "run", source)
        plan = tiny_plan(base / "out")
        plan = msgspec.structs.replace(plan, certify=changed(plan.certify, surrogate_seeds=2, draws=80))
        list(run_steps(run, ("scan", "craft", "certify", "export"), plan, Stop()))
    return base


def again(trained: Path, **changes: object) -> list[tuple[bool, str]]:
    """Evaluates all draws again against the certificate, whose protected arm may be changed."""
    facts = open_certificate(trained / "out/certificate.json").certificate
    arm = msgspec.structs.replace(facts.results.protected, **changes)
    facts = msgspec.structs.replace(facts, results=msgspec.structs.replace(facts.results, protected=arm))
    return [(finding.problem, finding.text) for finding in recompute_draws(trained / "run", facts, 80, Stop())]


def test_draws_evaluated_again_give_the_same_counts(trained):
    report = verify(trained / "out", run=trained / "run", recompute=5)
    assert report.ok, str(report)
    for arm in ("protected", "unprotected", "protected 2", "unprotected 2"):
        assert f"5 draws of the {arm} surrogate were evaluated again: every count is the same." in remarks(report)


def test_one_invented_count_is_found_when_all_draws_are_evaluated(trained):
    facts = open_certificate(trained / "out/certificate.json").certificate
    correct = list(facts.results.protected.correct)
    correct[17] += 1 if correct[17] < facts.results.protected.of else -1
    found = again(trained, correct=tuple(correct))
    assert [problem for problem, _ in found] == [True, False, False, False]
    assert "1 of 80 draws of the protected surrogate" in found[0][1]


def test_another_surrogate_is_found(trained):
    found = again(trained, weights_sha256="0" * 64)
    assert found[0][0]
    assert "its weights differ" in found[0][1]


def test_on_another_machine_an_answer_or_two_may_differ_and_it_says_so(trained):
    facts = open_certificate(trained / "out/certificate.json").certificate
    facts = msgspec.structs.replace(facts, conditions=facts.conditions | {"torch": "1.0"})
    arm = facts.results.protected
    for by, problem in ((1, False), (2, True)):
        correct = tuple(count + by if count + by <= arm.of else count - by for count in arm.correct)
        results = msgspec.structs.replace(facts.results, protected=msgspec.structs.replace(arm, correct=correct))
        other = msgspec.structs.replace(facts, results=results)
        first = next(iter(recompute_draws(trained / "run", other, 3, Stop())))
        assert first.problem is problem, first.text


def test_it_can_be_stopped_and_needs_a_certified_run(trained, tmp_path):
    stop = Stop()
    stop.cancel()
    facts = open_certificate(trained / "out/certificate.json").certificate
    with pytest.raises(CancelledError):
        list(recompute_draws(trained / "run", facts, 3, stop))
    Run.create(tmp_path / "run", trained / "source")
    with pytest.raises(InputRefusedError, match="no finished certification"):
        list(recompute_draws(tmp_path / "run", facts, 3, Stop()))
    copy = shutil.copytree(trained / "run", tmp_path / "copy")
    (copy / "certify/protected.safetensors").unlink()
    found = list(recompute_draws(copy, facts, 3, Stop()))
    assert "no longer in the run folder" in found[0].text
