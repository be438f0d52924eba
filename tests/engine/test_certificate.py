import base64
import hashlib
import json
import shutil
from pathlib import Path

import msgspec
import numpy
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

import certified_run
import sample_certificate
from pue_desktop.engine import certificate, envelope
from pue_desktop.engine import certificate_words as words
from pue_desktop.engine.errors import PueError, SchemaError
from pue_desktop.engine.run import Run


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    """A folder with source, run and out."""
    base = tmp_path_factory.mktemp("owner-of-the-secret-path")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PUE_DESKTOP_CONFIG_DIR", str(base / "config"))
        patch.setattr(certificate, "render_pdf", certified_run.small_pdf)
        source = certified_run.write_photographs(base / "source")
        (source / "class 0" / "<b>&.png").write_bytes(b"no image")
        chosen = certified_run.plan(base / "out", seed=424242)
        run = certified_run.certified(base / "run", source, chosen)
        certified_run.export(run, chosen)
    return base


@pytest.fixture
def document(exported) -> dict:
    return json.loads((exported / "out/certificate.json").read_bytes())


@pytest.fixture
def payload(document) -> dict:
    return json.loads(base64.b64decode(document["payload"]))


def opened(exported: Path) -> envelope.Opened:
    return envelope.open_certificate(exported / "out/certificate.json")


def test_a_stranger_can_check_the_signature_with_nothing_of_ours(document, payload):
    assert document["payloadType"] == "application/vnd.in-toto+json"
    body = base64.b64decode(document["payload"])
    signed = b"DSSEv1 28 application/vnd.in-toto+json " + str(len(body)).encode() + b" " + body
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(payload["predicate"]["signer"]["public_key"]))
    public.verify(base64.b64decode(document["signatures"][0]["sig"]), signed)
    assert document["signatures"][0]["keyid"] == hashlib.sha256(public.public_bytes_raw()).hexdigest()


def test_it_is_an_in_toto_statement_over_every_exported_file(exported, payload):
    assert payload["_type"] == "https://in-toto.io/Statement/v1"
    assert payload["predicateType"] == "urn:pue-desktop:certificate:2"
    stated = {subject["name"]: subject["digest"]["sha256"] for subject in payload["subject"]}
    found = {
        path.relative_to(exported / "out").as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (exported / "out/images").rglob("*.png")
    }
    assert stated == found


def test_neither_seed_nor_perturbation_nor_a_path_of_the_machine_is_in_it(exported, payload):
    text = json.dumps(payload)
    assert "secret-path" not in text
    assert str(exported.parent) not in text
    assert "424242" not in text
    assert "seed" not in {name for values in payload["predicate"]["settings"].values() for name in values}
    perturbation = (exported / "run/craft/perturbation.safetensors").read_bytes()
    assert hashlib.sha256(perturbation).hexdigest() not in text
    originals = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (exported / "source").rglob("*.png")]
    assert not any(digest in text for digest in originals)


def test_it_holds_the_evidence_and_the_scope(exported):
    facts = opened(exported).certificate
    run = Run.open(exported / "run")
    assert len(facts.results.protected.correct) == certified_run.DRAWS
    assert facts.settings["certify"]["sigma"] == facts.results.sigma == 0.2
    assert [(counts.name, counts.train, counts.hold_out) for counts in facts.data_set.classes] == [
        (f"class {label}", 3, 3) for label in range(3)
    ]
    assert [file.path for file in facts.data_set.skipped] == ["class 0/<b>&.png"]
    assert facts.not_covered[0].startswith("The 9 hold-out images")
    assert facts.crafting is not None
    assert facts.crafting.noisy_steps == 80
    assert facts.stress_test is not None
    assert facts.quality.max_abs_delta_255 == 8
    alike = sorted(image.ssim or 0 for image in facts.images)
    assert facts.quality.worst_ssim == alike[0]
    assert 0.5 < alike[0] < alike[-1] < 1
    assert facts.quality.median_ssim == (alike[8] + alike[9]) / 2
    assert facts.identification.versions["numpy"] == numpy.__version__
    sources = [
        (path, hashlib.sha256(path.read_bytes()).hexdigest()) for path in (exported / "source").rglob("[0-9].png")
    ]
    pairs = sorted([path.relative_to(exported / "source").as_posix(), digest] for path, digest in sources)
    written = json.dumps(pairs, separators=(",", ":")).encode()
    assert facts.data_set.exported_originals_sha256 == hashlib.sha256(written).hexdigest()
    assert facts.data_set.originals_sha256 == facts.data_set.exported_originals_sha256
    assert facts.data_set.exported_originals_pixels_sha256 != facts.data_set.pixels_sha256
    assert "authority" in facts.signer.statement
    assert str(run.created) not in facts.identification.run_id


def test_a_stale_stress_test_is_not_shown(exported, tmp_path):
    shutil.copytree(exported / "run", tmp_path / "run")
    run = Run.open(tmp_path / "run")
    assert certificate.fresh_stress(run) is not None
    with run.locked():
        certified_run.craft(run, certified_run.plan(tmp_path / "out"), seed=5)
    assert certificate.fresh_stress(run) is None


# Words --------------------------------------------------------------------------------------------------------------


def sample(**choices: object):
    return sample_certificate.certificate(b"\0" * 32, **choices)  # type: ignore[arg-type]


def test_the_headline_says_what_the_figures_say():
    good = words.headline(sample())
    assert good.tone == "good"
    point = words.reach(sample().results.protected.curve)
    assert point is not None
    assert words.percent(point.simultaneous or 0) in good.sentence
    assert words.percent(point.population or 0) in good.sentence
    row = words.comparison(sample().results, point.eta)
    assert row is not None
    assert f"cannot fall below {words.percent(row.at_least or 0)}" in good.sentence
    assert f"{point.eta:g}" in good.sentence


def test_a_certificate_that_tells_nothing_says_so_first():
    vacuous = words.headline(sample(unprotected=0.17))
    assert vacuous.tone == "warning"
    assert "does not distinguish the protected images from unprotected ones" in vacuous.sentence


def test_an_abstained_certificate_is_not_called_one():
    nothing = sample(draws=40)
    assert nothing.results.abstained
    assert words.headline(nothing).title == "No certificate"
    assert "uncertified" in words.title(nothing)


def test_bounds_for_single_radii_only_are_no_certificate_of_the_curve():
    # 44 draws reach 99 % for one surrogate; 99.67 %, so that three hold at once, take 55.
    narrow = sample(draws=46, surrogates=3)
    assert not narrow.results.abstained
    assert words.reach(narrow.results.protected.curve) is None
    assert "single radii only" in words.headline(narrow).sentence


def test_too_few_draws_for_a_verdict_are_not_called_a_vacuous_certificate():
    # 46 draws reach 99 % at η = 0, but not the 99.5 % that each side of the verdict needs.
    few = words.headline(sample(draws=46))
    assert few.tone == "warning"
    assert "More draws are needed to tell" in few.sentence


def test_of_several_surrogates_the_worst_speaks():
    three = sample(surrogates=3)
    assert "any of the 3 surrogates" in words.headline(three).sentence
    assert any("worst of 3 surrogates" in claim for claim in three.results.claims)
    worst = max(pair.protected.curve[0].simultaneous for pair in three.results.pairs)
    assert three.results.protected_curve[0].simultaneous == worst


def test_an_attacker_above_the_bound_is_a_caution():
    assert any("outside the certified radius" in text for text in words.cautions(sample()))
    assert any("No attacker was tried" in text for text in words.cautions(sample(stress=False)))


def test_a_hold_out_too_small_for_other_images_is_a_caution():
    assert not any("too few to tell" in text for text in words.cautions(sample()))
    assert not any("certifications in this run" in text for text in words.cautions(sample()))
    assert any("3 certifications in this run" in text for text in words.cautions(sample(tries=3)))
    assert any("too few to tell" in text for text in words.cautions(sample(unprotected=0.27)))


def test_a_fragile_surrogate_is_a_caution():
    facts = sample()
    arm = msgspec.structs.replace(facts.results.protected, noisy_training_accuracy=0.12)
    fragile = msgspec.structs.replace(facts, results=msgspec.structs.replace(facts.results, protected=arm))
    assert any("fragile" in text for text in words.cautions(fragile))


# Envelope -----------------------------------------------------------------------------------------------------------


def test_sealed_and_opened_it_is_the_same():
    data = sample_certificate.sealed()
    found = envelope.open_bytes(data)
    assert found.signed
    key = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
    assert envelope.seal(found.statement, key) == data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"payload":' + b"[" * 100_000,
        b'{"payloadType":"application/vnd.in-toto+json","payload":"!!!","signatures":[{"keyid":"","sig":""}]}',
        b'{"payloadType":"application/vnd.in-toto+json","payload":"e30=","signatures":[]}',
        b'{"payloadType":"application/vnd.in-toto+json","payload":"e30=","signatures":[{"keyid":"","sig":""}]}',
        b'{"payloadType":"text/plain","payload":"e30=","signatures":[{"keyid":"","sig":""}]}',
    ],
)
def test_what_is_no_certificate_is_refused_in_words(data):
    with pytest.raises(SchemaError):
        envelope.open_bytes(data)


def test_another_kind_of_certificate_is_named():
    statement = base64.b64encode(b'{"predicateType":"urn:pue-desktop:certificate:9","x":1}').decode()
    document = {"payloadType": envelope.PAYLOAD_TYPE, "payload": statement, "signatures": [{"keyid": "", "sig": ""}]}
    with pytest.raises(SchemaError, match="certificate:9"):
        envelope.open_bytes(json.dumps(document).encode())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("results", "q"), 1.0),
        (("results", "q"), 1e999),
        (("results", "sigma"), 0),
        (("results", "protected", "of"), 0),
        (("results", "protected", "correct"), []),
        (("results", "protected", "correct"), [-1]),
        (("results", "geometry"), "hyperbolic"),
        (("schema",), 1),
        (("schema",), 3),
        (("quality", "worst_ssim"), 1.5),
        (("surprise",), "field"),
        (("images",), []),
        (("quality", "epsilon_255"), "8"),
    ],
)
def test_values_out_of_range_and_unknown_fields_are_refused(payload, document, path, value):
    target = payload["predicate"]
    for name in path[:-1]:
        target = target[name]
    target[path[-1]] = value
    document["payload"] = base64.b64encode(json.dumps(payload).replace("Infinity", "1e999").encode()).decode()
    with pytest.raises(SchemaError):
        envelope.open_bytes(json.dumps(document).encode())


# PDF ----------------------------------------------------------------------------------------------------------------


def test_a_renderer_that_fails_is_an_error_with_its_last_words(exported, tmp_path, monkeypatch):
    import sys

    command = [sys.executable, "-c", "import sys; sys.exit('no fonts anywhere')"]
    monkeypatch.setattr(certificate, "own_command", lambda *_: command)
    with pytest.raises(PueError, match="no fonts anywhere"):
        certificate.render_pdf(exported / "out/certificate.json", tmp_path / "c.pdf")
    monkeypatch.setattr(certificate, "own_command", lambda *_: ["/does/not/exist"])
    with pytest.raises(PueError, match="can't be rendered"):
        certificate.render_pdf(exported / "out/certificate.json", tmp_path / "c.pdf")
    assert not (tmp_path / "c.pdf").exists()
