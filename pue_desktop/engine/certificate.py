"""Step 6: from the run's results to certificate.json, signed, and from there to the PDF.

The certificate is written from what is on the disk: the results of the steps and what the export found when it read
its files back. It never holds the seed, the perturbation or a path of the owner's machine: the first two would let
others take the protection off, the third is nobody's business.
"""

import base64
import statistics
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pue_desktop import __version__
from pue_desktop.engine import certificate_schema as schema
from pue_desktop.engine import certificate_words as words
from pue_desktop.engine import installed, lossy_words
from pue_desktop.engine.certificate_lossy import Lossy, Stored
from pue_desktop.engine.certificate_recovery import Recovery
from pue_desktop.engine.certificate_values import SettingValue
from pue_desktop.engine.config import CertifyConfig
from pue_desktop.engine.envelope import Digests, Statement, Subject, seal
from pue_desktop.engine.errors import PueError, SchemaError
from pue_desktop.engine.export_names import safe_parts
from pue_desktop.engine.files import digest_json, pairs_digest, storage_errors, write_atomically
from pue_desktop.engine.keys import key_id, raw_public
from pue_desktop.engine.lossy_results import LossyResult
from pue_desktop.engine.pdf import with_signature
from pue_desktop.engine.pipeline import LATER_INPUTS, known_inputs, load_stress
from pue_desktop.engine.results import (
    ArmResult,
    CertifyResult,
    CraftResult,
    DatasetIndex,
    ExportedImage,
)
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import own_command, own_environment
from pue_desktop.engine.stress_results import StressResult

# The seed names every draw; the folder is a path of the owner's machine; what the owner calls a key is theirs, and
# what was in the folder before is nobody's business.
_PRIVATE_SETTINGS = frozenset({"seed", "folder", "conflict", "key", "labels", "test_folder"})
_PDF_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a certificate is made from.

    Attributes:
        index: The scanned data set.
        certify: Its result.
        stress: Its result, None if it did not run or is stale.
        images: What the export found on the disk.
        held_back: Images that are not exported because they are the owner's test folder.
        epsilon_255: Limit that was promised.
        lossy: What a lossy format did to the images; None: the files hold the certified pixels.
    """

    index: DatasetIndex
    certify: CertifyResult
    stress: StressResult | None
    images: tuple[ExportedImage, ...]
    held_back: int
    epsilon_255: float
    lossy: LossyResult | None = None


def fresh_stress(run: Run) -> StressResult | None:
    """Returns the stress test's result if it is about what the run holds now, None otherwise.

    What it found near a network that is no longer the certified one is left out.
    """
    record = run.record("stress")
    if record is None or not record.done:
        return None
    inputs = known_inputs(run, "stress")
    changed = {name for name in record.inputs if record.inputs[name] != inputs.get(name)}
    return None if changed - set(LATER_INPUTS["stress"]) else load_stress(run)


def sign(run: Run, evidence: Evidence, key: Ed25519PrivateKey) -> bytes:
    """Returns certificate.json for a run and what was exported from it."""
    statement = Statement(
        subject=tuple(Subject(image.path, Digests(image.sha256)) for image in evidence.images),
        predicate=_certificate(run, evidence, raw_public(key.public_key())),
    )
    return seal(statement, key)


def _certificate(run: Run, evidence: Evidence, public_key: bytes) -> schema.Certificate:
    not_learned = sum(image.split != "train" for image in evidence.images)
    extra = (words.HOLD_OUT_NOT_LEARNED.format(count=not_learned),) if not_learned else ()
    lossy = None if evidence.lossy is None else msgspec.convert(msgspec.to_builtins(evidence.lossy), Lossy)
    if lossy is not None:
        extra = (lossy_words.NOT_COVERED.format(format=lossy_words.format_name(lossy)), *extra)
    return schema.Certificate(
        schema=schema.SCHEMA,
        identification=schema.Identification(
            program="PUE Desktop",
            version=__version__,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            run_id=digest_json([run.created, evidence.certify.pixels_digest])[:16],
            versions=installed.versions(),
            lock_sha256=installed.lock_digest(installed.versions()),
        ),
        data_set=_data_set(run, evidence),
        settings=_settings(run, lossy=lossy is not None),
        crafting=_crafting(run),
        conditions=dict(evidence.certify.conditions),
        results=_results(run, evidence.certify),
        quality=_quality(evidence),
        stress_test=_stress_test(evidence.stress),
        not_covered=extra + words.NOT_COVERED,
        how_to_verify=words.HOW_TO_VERIFY,
        signer=schema.Signer(
            key_id=key_id(public_key),
            public_key=base64.b64encode(public_key).decode(),
            statement=words.SIGNATURE_STATEMENT,
        ),
        images=_images(evidence),
        lossy=lossy,
    )


def _data_set(run: Run, evidence: Evidence) -> schema.DataSet:
    index, images = evidence.index, evidence.images
    train, hold_out = index.counts("train"), index.counts("hold_out")
    record = run.record("export")
    return schema.DataSet(
        classes=tuple(
            schema.ClassCounts(name=name, train=train[label], hold_out=hold_out[label])
            for label, name in enumerate(index.classes)
        ),
        split_given=index.header.split_given,
        formats=dict(sorted(Counter(image.format for image in index.images).items())),
        export_format=str(record.config.get("format", "")) if record else "",
        # Files of a test folder elsewhere were never to be protected, and where it lies is nobody's business.
        skipped=tuple(
            schema.Skipped(path=file.path, reason=file.reason) for file in index.skipped if safe_parts(file.path)
        ),
        held_back=evidence.held_back,
        originals_sha256=pairs_digest((image.id, image.sha256) for image in index.images),
        files_sha256=pairs_digest((image.path, image.sha256) for image in images),
        pixels_sha256=pairs_digest((image.path, image.pixels_sha256) for image in images),
        learned_sha256=evidence.certify.pixels_digest,
        exported_originals_sha256=pairs_digest((image.id, image.source_sha256) for image in images),
        exported_originals_pixels_sha256=pairs_digest((image.id, image.source_pixels_sha256) for image in images),
    )


def _settings(run: Run, *, lossy: bool) -> dict[str, dict[str, SettingValue]]:
    found: dict[str, dict[str, SettingValue]] = {}
    left_out = _PRIVATE_SETTINGS if lossy else _PRIVATE_SETTINGS | {"quality"}
    for step in ("scan", "craft", "certify", "stress", "export"):
        record = run.record(step)
        if record is not None:
            kept = {name: value for name, value in record.config.items() if name not in left_out}
            found[step] = run.config_as(kept, dict[str, SettingValue])
    return found


def _crafting(run: Run) -> schema.Crafting | None:
    if not (run.path / "craft/result.json").exists():
        return None
    result = run.load("craft/result.json", CraftResult)
    if result.final_error is None:
        return None
    return schema.Crafting(
        steps=result.steps,
        noisy_steps=result.noisy_steps,
        perturbation_steps=result.perturbation_steps,
        final_error=result.final_error,
    )


def _results(run: Run, result: CertifyResult) -> schema.Results:
    record = run.record("certify")
    if record is None:
        raise SchemaError("The run does not know how it was certified.", hint="Certify again.")
    return made_results(result, run.config_as(record.config, CertifyConfig))


def made_results(result: CertifyResult, config: CertifyConfig) -> schema.Results:
    """Returns a certification as the certificate states it: its figures, and what they mean in words."""
    return schema.Results(
        geometry=config.geometry,
        q=config.q,
        sigma=config.sigma,
        confidence=config.confidence,
        chance=result.chance,
        protected=_arm(result.protected),
        unprotected=_arm(result.unprotected),
        margin=result.margin,
        distinguishes=result.distinguishes,
        rule=words.verdict_rule(result.margin),
        abstained=result.abstained,
        rules=2,
        levels=None if result.levels is None else schema.Levels(**msgspec.structs.asdict(result.levels)),
        comparisons=tuple(schema.Comparison(**msgspec.structs.asdict(row)) for row in result.comparisons),
        more=tuple(
            schema.Pair(protected=_arm(pair.protected), unprotected=_arm(pair.unprotected)) for pair in result.more
        ),
        claims=words.claims(config, len(result.more) + 1),
        tried=result.tried,
    )


def _arm(arm: ArmResult) -> schema.Arm:
    return schema.Arm(
        hold_out_accuracy=arm.hold_out_accuracy,
        training_accuracy=arm.training_accuracy,
        noisy_training_accuracy=arm.noisy_training_accuracy,
        correct=arm.correct,
        of=arm.of,
        parameters=arm.parameters,
        weights_sha256=arm.surrogate_sha256,
        curve=tuple(
            schema.Point(
                eta=point.eta,
                value=point.value,
                simultaneous=point.simultaneous,
                rank=point.rank,
                q_upper=point.q_upper,
                reason=point.reason,
                population=point.population,
                mean=point.mean,
            )
            for point in arm.curve
        ),
    )


def median(values: Iterable[float | None]) -> float | None:
    """Returns the median of the known values, None if there are none."""
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def _quality(evidence: Evidence) -> schema.Quality:
    known = [image.psnr_db for image in evidence.images if image.psnr_db is not None]
    alike = [image.ssim for image in evidence.images if image.ssim is not None]
    return schema.Quality(
        epsilon_255=evidence.epsilon_255,
        max_abs_delta_255=max(image.max_abs_delta_255 for image in evidence.images),
        median_psnr_db=median(known),
        worst_psnr_db=min(known, default=None),
        median_ssim=median(alike),
        worst_ssim=min(alike, default=None),
    )


def _stress_test(stress: StressResult | None) -> schema.StressTest | None:
    if stress is None:
        return None
    attacks = tuple(
        schema.Attack(
            attacker=row.attacker,
            countermeasure=row.countermeasure,
            accuracy=row.accuracy,
            best_accuracy=row.best_accuracy,
            clean_accuracy=row.clean_accuracy,
            clean_best_accuracy=row.clean_best_accuracy,
            seeds=max(1, len(row.by_seed)),
            half_widths=() if row.half_widths is None else msgspec.structs.astuple(row.half_widths),
            alone_accuracy=row.alone_accuracy,
            alone_best_accuracy=row.alone_best_accuracy,
        )
        for row in stress.by_danger
    )
    found = None if stress.recovery is None else msgspec.convert(msgspec.to_builtins(stress.recovery), Recovery)
    return schema.StressTest(attacks=attacks, chance=stress.chance, conditions=dict(stress.conditions), recovery=found)


def _images(evidence: Evidence) -> tuple[schema.ImageFacts, ...]:
    labels = {image.id: image.label for image in evidence.index.images}
    return tuple(
        schema.ImageFacts(
            path=image.path,
            source=image.id,
            label=labels[image.id],
            learned=image.split == "train",
            pixels_sha256=image.pixels_sha256,
            max_abs_delta_255=image.max_abs_delta_255,
            psnr_db=image.psnr_db,
            ssim=image.ssim,
            stored=None if image.stored is None else msgspec.convert(msgspec.to_builtins(image.stored), Stored),
        )
        for image in evidence.images
    )


def render_pdf(certificate: Path, pdf: Path, *, page: str = "A4", key: Ed25519PrivateKey | None = None) -> None:
    """Renders certificate.json as PDF, in a process of its own so that it looks the same with and without a screen.

    Args:
        certificate: certificate.json of an export.
        pdf: Where the PDF goes.
        page: "A4" or "Letter".
        key: Signs the PDF as a whole; None leaves it unsigned.

    Raises:
        PueError: it can't be rendered here; the message holds what the renderer said.
        StorageError: the PDF can't be written.
    """
    with tempfile.TemporaryDirectory(prefix="pue-desktop-") as folder:
        rendered = Path(folder) / "certificate.pdf"
        command = own_command("report", str(certificate.resolve()), str(rendered), "--page", page)
        environment = own_environment(QT_QPA_PLATFORM="offscreen")
        try:
            done = subprocess.run(command, env=environment, capture_output=True, timeout=_PDF_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _no_pdf(str(error)) from error
        if done.returncode != 0 or not rendered.is_file():
            raise _no_pdf(done.stderr.decode(errors="replace"))
        with storage_errors(rendered):
            data = rendered.read_bytes()
    write_atomically(pdf, data if key is None else with_signature(data, key))


def _no_pdf(said: str) -> PueError:
    lines = [line for line in said.strip().splitlines() if line.strip()]
    tail = " ".join(lines[-3:])[-400:] or "it ended without a word"
    return PueError(
        f"The certificate can't be rendered as PDF: {tail}.",
        hint="Images and certificate.json are complete and signed; exporting again tries again.",
    )
