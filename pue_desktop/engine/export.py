"""Step 5: write the protected images, read them back, check them, and put manifest and certificate beside them.

    OUT/images/…  OUT/manifest-sha256.txt  OUT/certificate.json  OUT/certificate.pdf

Exported are the images that the certified surrogate learned from and, where the program drew the hold-out itself, the
hold-out too; a test folder that the owner brought stays with the owner. Nothing else is in the folder. A killed export
goes on where it stopped (see `export_folder`), and ends with the same files as one that was never disturbed.
"""

import time
from collections import deque
from collections.abc import Generator, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pue_desktop.engine import certificate as certificates
from pue_desktop.engine.config import ExportConfig, StepConfig
from pue_desktop.engine.dataset import load_index
from pue_desktop.engine.errors import InputRefusedError, PueError, SchemaError, UsageError
from pue_desktop.engine.events import Event, Notice, Phases, Progress
from pue_desktop.engine.export_conflicts import clear_outdated, destination
from pue_desktop.engine.export_folder import (
    JOURNAL,
    Begun,
    Journal,
    Sealed,
    Written,
    intact,
    strangers,
)
from pue_desktop.engine.export_image import Exporter, Work, check_storable, export_image
from pue_desktop.engine.export_names import CERTIFICATE_JSON, CERTIFICATE_PDF, MANIFEST, export_paths, shown
from pue_desktop.engine.export_space import estimated_bytes, space
from pue_desktop.engine.exporters import exporter as chosen_exporter
from pue_desktop.engine.figures import load_result
from pue_desktop.engine.files import (
    BAD_JSON,
    TEMPORARY_SUFFIX,
    digest_json,
    pairs_digest,
    pretty_json,
    read_limited,
    sha256_file,
    storage_errors,
    sync_files,
    write_atomically,
)
from pue_desktop.engine.identities import signing_key
from pue_desktop.engine.lossy import recognition, summarised
from pue_desktop.engine.lossy_results import LossyResult
from pue_desktop.engine.manifest import write_manifest
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.results import CertifyResult, DatasetIndex, ExportedImage, ExportResult, ImageRecord, PixelLine
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop, io_workers

RESULT_FILE = "export.json"
_IMAGES = "writing the images"
_MEASURING = "measuring what compressing did"
_CERTIFICATE = "writing the certificate"
# The certificate takes about as long as this many pixels.
_CERTIFICATE_PIXELS = 4_000_000
# Measuring what a lossy format did reads every file again at most, and decodes faster than the rest works.
_MEASURING_SHARE = 0.3
# Decoded pixels under way at once; a picture takes some 20 bytes a pixel while it is worked on.
_PIXELS_AT_ONCE = 32_000_000
_IMAGES_AT_ONCE = 16
_TICK_SECONDS = 0.1
# Images after which the disk is asked to keep them: one by one that takes longer than all the rest of a small image.
_DURABLE_TOGETHER = 256
# Counted up when images are written or measured in another way: what a journal knows is then made again.
_MEASURES = 3
_MAX_PIXEL_LINES = 2**30
# Of a file's name: what common systems take, less what a file is called while it is written.
_LONGEST_NAME = 255 - len(TEMPORARY_SUFFIX)
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class _Job:
    """Everything an export works on.

    Attributes:
        records: Images to export, in index order.
        paths: Where they go, by source id.
        digest: Of everything that decides the files' bytes.
        key: Signs the certificate.
        config: What was asked for.
        journal: What this run exported so far.
    """

    run: Run
    folder: Path
    index: DatasetIndex
    certify: CertifyResult
    work: Work
    records: tuple[ImageRecord, ...]
    paths: Mapping[str, str]
    digest: str
    key: Ed25519PrivateKey
    config: ExportConfig
    journal: Journal
    phases: Phases
    stop: Stop


def export_step(run: Run, config: StepConfig, stop: Stop) -> Generator[Event, None, list[Path]]:
    """Exports the run's protected images into `config.folder`; leaves `export.json` and the journal.

    Raises:
        UsageError: no folder, or an unknown format.
        InputRefusedError: the folder can't be used, or an original changed since it was scanned.
        StorageError: the disk is full or read-only.
        PueError: what would be exported is not what was certified.
        CancelledError: asked for by `stop`; written images are kept and not written again.
    """
    config = cast(ExportConfig, config)
    job = _prepare(run, config, stop)
    images = yield from _export_images(job)
    foreign = strangers(job.folder, {image.path: image for image in images})
    if foreign:
        yield Notice(
            "export",
            f"{len(foreign)} files in {job.folder} are not part of the export and were left alone, "
            f"the first is {foreign[0]}. Verifying will name them.",
            level="warning",
        )
    evidence = _evidence(job, images, (yield from _measure(job, images)))
    yield from _write_certificate(job, evidence)
    result = ExportResult(
        folder=str(job.folder),
        images=evidence.images,
        skipped=job.index.skipped,
        held_back=evidence.held_back,
        max_abs_delta_255=max(image.max_abs_delta_255 for image in images),
        median_psnr_db=certificates.median(image.psnr_db for image in images),
        pixels_digest=pairs_digest((image.path, image.pixels_sha256) for image in images),
        lossy=evidence.lossy,
    )
    return [run.write(RESULT_FILE, pretty_json(result)), run.path / JOURNAL]


def _prepare(run: Run, config: ExportConfig, stop: Stop) -> _Job:
    if not config.folder:
        raise UsageError("No export folder was given.", hint="Choose where the protected images shall go.")
    exporter: Exporter = chosen_exporter(config)
    journal = Journal(run)
    folder = destination(run, Path(config.folder).expanduser().resolve(), config.conflict, journal)
    index = load_index(run)
    records = index.published
    check_storable(records, exporter, config.format)
    paths = export_paths((image.id for image in records), exporter.suffix, config.naming)
    _check_names(paths)
    certify = load_result(run)
    perturbation_file = run.path / "craft/perturbation.safetensors"
    perturbation = Perturbation.load(perturbation_file)
    with storage_errors(run.path):
        digest = digest_json(
            [
                _MEASURES,
                config.format,
                config.metadata,
                sha256_file(run.path / "dataset/index.jsonl"),
                sha256_file(perturbation_file),
                *([config.quality] if exporter.lossy else []),
            ]
        )
    pixels = sum(image.width * image.height for image in records) + 1
    measuring = {_MEASURING: _MEASURING_SHARE * pixels} if exporter.lossy else {}
    return _Job(
        run=run,
        folder=folder,
        index=index,
        certify=certify,
        work=Work(run.source, folder, exporter, perturbation, _learned_pixels(run, certify), config.metadata),
        records=records,
        paths=paths,
        digest=digest,
        key=signing_key(config.key),
        config=config,
        journal=journal,
        phases=Phases("export", {_IMAGES: pixels, **measuring, _CERTIFICATE: _CERTIFICATE_PIXELS}),
        stop=stop,
    )


def _check_names(paths: Mapping[str, str]) -> None:
    """Refuses at once names that are longer than common file systems take."""
    long = sorted(path for path in paths.values() if len(path.rpartition("/")[2].encode()) > _LONGEST_NAME)
    if long:
        raise InputRefusedError(
            f"{len(long)} of the exported files would have names of more than {_LONGEST_NAME} bytes; the first is "
            f"{shown(long[0])}.",
            hint="Number the files instead (numbered).",
        )


def _learned_pixels(run: Run, certify: CertifyResult) -> dict[str, str]:
    """Returns the digest of the pixels that the certified surrogate learned from, by source id."""
    path = run.path / "certify/pixels.jsonl"
    try:
        lines = msgspec.json.Decoder(PixelLine).decode_lines(read_limited(path, _MAX_PIXEL_LINES))
    except (SchemaError, *BAD_JSON) as error:
        raise SchemaError(f"{path} can't be read.", hint="Certify again.") from error
    found = {line.id: line.pixels_sha256 for line in lines}
    if pairs_digest(found.items()) != certify.pixels_digest:
        raise SchemaError(f"{path} does not belong to the certificate of this run.", hint="Certify again.")
    return found


def _export_images(job: _Job) -> Generator[Event, None, tuple[ExportedImage, ...]]:
    """Writes what is not yet there and returns all images in index order."""
    journal = job.journal
    done = yield from _already_written(job, journal)
    missing = [record for record in job.records if record.id not in done]
    space(job.folder, estimated_bytes(missing, job.config)).refuse_if_short()
    with storage_errors(job.folder):
        job.folder.mkdir(parents=True, exist_ok=True)
    paths = tuple(job.paths[record.id] for record in job.records)
    try:
        moved, aside = clear_outdated(job.folder, journal, paths, {image.path for image in done.values()})
        journal.begin(Begun(str(job.folder), job.digest, paths))
        if moved:
            yield Notice("export", f"{moved} files in {job.folder} were not as exported; they are kept in {aside}.")
        pixels = {record.id: record.width * record.height for record in job.records}
        total, reached = sum(pixels.values()), sum(pixels[name] for name in done)
        pace = _Pace()
        yield job.phases.at(_IMAGES, reached / total)
        fresh: list[Path] = []
        for image in _write_missing(job, missing):
            if image is not None:
                journal.append(Written(image))
                done[image.id] = image
                reached += pixels[image.id]
                fresh.append(job.folder / image.path)
            if len(fresh) >= _DURABLE_TOGETHER:
                sync_files(fresh)
                fresh.clear()
            if pace.due():
                yield job.phases.at(_IMAGES, reached / total)
        sync_files(fresh)
    finally:
        journal.close()
    return tuple(done[record.id] for record in job.records)


class _Pace:
    """Thins progress to one event a tick: thousands of small images need not be thousands of events."""

    def __init__(self) -> None:
        self._last = 0.0

    def due(self) -> bool:
        now = time.monotonic()
        if now - self._last < _TICK_SECONDS:
            return False
        self._last = now
        return True


def _already_written(job: _Job, journal: Journal) -> Generator[Event, None, dict[str, ExportedImage]]:
    """Returns the images of an earlier sitting that are still on the disk as they were, and still certified."""
    found: dict[str, ExportedImage] = {}
    written = journal.written(job.folder, job.digest)
    pace = _Pace()
    for record in job.records:
        job.stop.check()
        image = written.get(record.id)
        if image is None or image.path != job.paths[record.id] or image.source_sha256 != record.sha256:
            continue
        if pace.due():
            yield job.phases.at(_IMAGES, 0.0)
        certified = record.split != "train" or job.work.learned.get(record.id) == image.pixels_sha256
        if certified and intact(job.folder, image):
            found[record.id] = image
    return found


def _write_missing(job: _Job, missing: list[ImageRecord]) -> Iterator[ExportedImage | None]:
    """Writes several images at once, yields them in order, and None every tick while there is nothing to yield."""
    waiting: deque[tuple[ImageRecord, Future[ExportedImage]]] = deque()
    under_way = 0
    pool = ThreadPoolExecutor(io_workers())
    try:
        for record in missing:
            size = record.width * record.height
            while waiting and (
                waiting[0][1].done() or len(waiting) > _IMAGES_AT_ONCE or under_way + size > _PIXELS_AT_ONCE
            ):
                first, future = waiting.popleft()
                yield from _awaited(future, job.stop)
                under_way -= first.width * first.height
            job.stop.check()
            waiting.append((record, pool.submit(export_image, job.work, record, job.paths[record.id])))
            under_way += size
        while waiting:
            yield from _awaited(waiting.popleft()[1], job.stop)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _awaited(future: Future[Found], stop: Stop) -> Iterator[Found | None]:
    """Yields None every tick until the future is done, then its result."""
    while not wait([future], timeout=_TICK_SECONDS).done:
        stop.check()
        yield None
    stop.check()
    yield future.result()


def _measure(job: _Job, images: tuple[ExportedImage, ...]) -> Generator[Event, None, LossyResult | None]:
    """Measures what a lossy format did to the protection; None where the files hold the certified pixels."""
    if not job.work.exporter.lossy:
        return None

    def tell(part: float) -> Progress:
        return job.phases.at(_MEASURING, part)

    found = yield from recognition(job.run, job.index, job.folder, images, tell=tell, stop=job.stop)
    return summarised(job.config.format, job.config.quality, images, found)


def _evidence(job: _Job, images: tuple[ExportedImage, ...], lossy: LossyResult | None) -> certificates.Evidence:
    return certificates.Evidence(
        index=job.index,
        certify=job.certify,
        stress=certificates.fresh_stress(job.run),
        images=images,
        held_back=len(job.index.images) - len(images),
        epsilon_255=job.work.perturbation.epsilon_255,
        lossy=lossy,
    )


def _write_certificate(job: _Job, evidence: certificates.Evidence) -> Generator[Event, None, None]:
    """Writes certificate.json, certificate.pdf and, last, the manifest over all of them."""
    job.stop.check()
    yield job.phases.at(_CERTIFICATE, 0.0)
    json_path, pdf_path = job.folder / CERTIFICATE_JSON, job.folder / CERTIFICATE_PDF
    digests = {image.path: image.sha256 for image in evidence.images}
    try:
        digests[CERTIFICATE_JSON] = write_atomically(json_path, certificates.sign(job.run, evidence, job.key))
        job.journal.append(Sealed(CERTIFICATE_JSON, digests[CERTIFICATE_JSON]))
        with ThreadPoolExecutor(1) as pool:
            future = pool.submit(certificates.render_pdf, json_path, pdf_path, page=job.config.page, key=job.key)
            try:
                while not wait([future], timeout=_TICK_SECONDS).done:
                    job.stop.check()
                    yield job.phases.at(_CERTIFICATE, 0.5)
                future.result()
                digests[CERTIFICATE_PDF] = sha256_file(pdf_path)
                job.journal.append(Sealed(CERTIFICATE_PDF, digests[CERTIFICATE_PDF]))
            except PueError as error:
                # The images and the signed certificate are complete; a machine without fonts must not lose them.
                yield Notice("export", str(error), level="warning")
        job.journal.append(Sealed(MANIFEST, sha256_file(write_manifest(job.folder, digests))))
    finally:
        job.journal.close()
    yield job.phases.at(_CERTIFICATE, 1.0)
