"""Does a certificate follow from its own evidence? Redoes every figure that can be redone from the signed file alone.

The bounds are redone from the counts of correct answers, the verdict from the bounds, the totals from the images. A
certificate that was edited and signed again with another key fails here unless all of its figures still fit together.
"""

import math
from collections.abc import Iterator
from itertools import pairwise

from pue_desktop.engine.certificate import median
from pue_desktop.engine.certificate_schema import Certificate, ImageFacts, Point, Results
from pue_desktop.engine.envelope import Opened, Statement
from pue_desktop.engine.export_names import CERTIFICATE_JSON, IMAGES_FOLDER, safe_parts, shown
from pue_desktop.engine.figures import Settings, compare, enough, learnability_curve, verdict
from pue_desktop.engine.files import pairs_digest
from pue_desktop.engine.keys import key_id
from pue_desktop.engine.planner import curve_etas
from pue_desktop.engine.results import CurvePoint, Levels
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.statistics import certified_learnability
from pue_desktop.engine.verify_report import Finding, Kind

_TOLERANCE = 1e-9
_BOUNDS = ("value", "simultaneous", "population", "mean")


def check_evidence(opened: Opened, stop: Stop) -> Iterator[Finding]:
    """Yields everything in the certificate that does not follow from the rest of it."""
    certificate = opened.certificate
    if certificate.signer.key_id != key_id(opened.public_key):
        yield _finding("The key id it names is not that of its public key.", kind="signer")
    yield from _check_subjects(opened.statement)
    yield from _check_data_set(opened.statement)
    yield from _check_quality(certificate)
    yield from _check_settings(certificate)
    yield from _check_results(certificate.results, stop)


def _finding(text: str, *, kind: Kind = "evidence") -> Finding:
    return Finding(kind, CERTIFICATE_JSON, f"{CERTIFICATE_JSON}: {text}")


def _check_subjects(statement: Statement) -> Iterator[Finding]:
    names = [subject.name for subject in statement.subject]
    if len(set(names)) != len(names):
        yield _finding("It names a file twice.", kind="certificate")
    for name in names:
        parts = safe_parts(name)
        if parts is None or parts[0] != IMAGES_FOLDER or len(parts) < 2:
            yield _finding(
                f"It names a file outside the images of the export: {shown(name)[:200]}.", kind="certificate"
            )
    if sorted(names) != sorted(image.path for image in statement.predicate.images):
        yield _finding("The files it signs are not the images it describes.")


def _check_data_set(statement: Statement) -> Iterator[Finding]:
    certificate = statement.predicate
    data_set, images = certificate.data_set, certificate.images
    if data_set.files_sha256 != pairs_digest((subject.name, subject.digest.sha256) for subject in statement.subject):
        yield _finding("The digest of all files does not fit the files it signs.")
    if data_set.pixels_sha256 != pairs_digest((image.path, image.pixels_sha256) for image in images):
        yield _finding("The digest of all pixels does not fit the images it describes.")
    learned = [(image.source, image.pixels_sha256) for image in images if image.learned]
    if data_set.learned_sha256 != pairs_digest(learned):
        yield _finding("The exported images are not those that the certified surrogate learned from.")
    if any(image.label >= len(data_set.classes) for image in images):
        yield _finding("It gives an image a class that does not exist.")
        return
    yield from _check_counts(certificate, images)


def _check_counts(certificate: Certificate, images: tuple[ImageFacts, ...]) -> Iterator[Finding]:
    data_set = certificate.data_set
    train, hold_out = [0] * len(data_set.classes), [0] * len(data_set.classes)
    for image in images:
        (train if image.learned else hold_out)[image.label] += 1
    measured = sum(counts.hold_out for counts in data_set.classes)
    given = data_set.split_given
    for label, counts in enumerate(data_set.classes):
        if train[label] != counts.train or hold_out[label] != (0 if given else counts.hold_out):
            yield _finding(f"The number of images of class {shown(counts.name)[:100]} does not fit its images.")
    if data_set.held_back != (measured if given else 0):
        yield _finding("The number of images held back does not fit the classes.")
    if certificate.results.protected.of != measured:
        yield _finding("The number of hold-out images does not fit the classes.")


def _check_quality(certificate: Certificate) -> Iterator[Finding]:
    quality, images = certificate.quality, certificate.images
    if quality.max_abs_delta_255 != max(image.max_abs_delta_255 for image in images):
        yield _finding("The largest change is not that of its images.")
    if quality.max_abs_delta_255 > quality.epsilon_255:
        yield _finding("An image changed by more than epsilon.")
    known = [image.psnr_db for image in images if image.psnr_db is not None]
    if not _same(quality.median_psnr_db, median(known)) or not _same(quality.worst_psnr_db, min(known, default=None)):
        yield _finding("The signal-to-noise ratios are not those of its images.")


def _check_settings(certificate: Certificate) -> Iterator[Finding]:
    """Settings are stated twice, where they are used and as the list of all: both must agree."""
    results = certificate.results
    used: dict[str, object] = {
        "q": results.q,
        "sigma": results.sigma,
        "confidence": results.confidence,
        "geometry": results.geometry,
        "draws": len(results.protected.correct),
    }
    listed = certificate.settings.get("certify", {})
    for name, value in used.items():
        if listed.get(name) != value:
            yield _finding(f"The setting {name} is not the one that was used.")
    # Certificates and run folders of earlier versions do not name it.
    if listed.get("surrogate_seeds", 1) != len(results.pairs):
        yield _finding("The setting surrogate_seeds is not the one that was used.")
    if certificate.settings.get("craft", {}).get("epsilon_255") != certificate.quality.epsilon_255:
        yield _finding("The setting epsilon_255 is not the one that was used.")


def _check_results(results: Results, stop: Stop) -> Iterator[Finding]:
    arms = [arm for pair in results.pairs for arm in (pair.protected, pair.unprotected)]
    radii = [point.eta for point in arms[0].curve]
    if any(radii != [point.eta for point in arm.curve] for arm in arms):
        yield _finding("The two curves have different radii.")
        return
    if radii[0] != 0.0 or any(after <= before for before, after in pairwise(radii)):
        yield _finding("The radii of the curves do not rise from 0.")
        return
    if len({(len(arm.correct), arm.of) for arm in arms}) > 1:
        yield _finding("The two surrogates were not measured alike.")
        return
    if any(max(arm.correct) > arm.of for arm in arms):
        yield _finding("A draw of a surrogate has more correct answers than there are images.")
        return
    yield from _check_first_rules(results, stop) if results.rules == 1 else _check_bounds(results, stop)
    if results.abstained != all(point.value is None for point in results.protected.curve):
        yield _finding("What it says about abstaining does not follow from its curve.")


def _check_bounds(results: Results, stop: Stop) -> Iterator[Finding]:
    """Redoes the figures of rules 2 from the counts; the confidences of single bounds are checked, not redone."""
    radii = tuple(point.eta for point in results.protected.curve)
    draws = len(results.protected.correct)
    settings = Settings(results.q, results.sigma, results.confidence, len(results.pairs), radii)
    if results.levels is None or list(radii) != curve_etas(
        q=results.q, sigma=results.sigma, draws=draws, confidence=results.confidence
    ):
        yield _finding("The radii of the curves do not follow from its settings.")
        return
    levels = Levels(results.levels.at_once, results.levels.at_most, results.levels.at_least)
    stop.check()
    if not enough(settings, levels, draws):
        yield _finding("The confidences of single bounds do not suffice for all of them at once.")
    for number, pair in enumerate(results.pairs):
        for name, arm in (("protected", pair.protected), ("unprotected", pair.unprotected)):
            stop.check()
            again = learnability_curve(arm.correct, arm.of, settings, levels)
            for point, redone in zip(arm.curve, again, strict=True):
                if not _agree(point, redone):
                    seed = f" of seed {number + 1}" if number else ""
                    yield _finding(_unfounded(f"{name} surrogate{seed}", point.eta))
    rows = compare(
        [pair.protected for pair in results.pairs],
        [pair.unprotected for pair in results.pairs],
        settings,
        levels,
        margin=results.margin,
    )
    fits = len(rows) == len(results.comparisons) and all(
        stated.eta == row.eta
        and _same(stated.at_most, row.at_most)
        and _same(stated.at_least, row.at_least)
        and stated.distinguishes is row.distinguishes
        for stated, row in zip(results.comparisons, rows, strict=True)
    )
    if not fits:
        yield _finding("The comparison of protected with unprotected images does not follow from their counts.")
    if results.distinguishes != verdict(rows):
        yield _finding("The verdict does not follow from the curves.")


def _agree(point: Point, redone: CurvePoint) -> bool:
    return (
        all(_same(getattr(point, name), getattr(redone, name)) for name in _BOUNDS)
        and point.rank == redone.rank
        and _same(point.q_upper, redone.q_upper)
        and bool(point.reason) == (redone.value is None)
    )


def _check_first_rules(results: Results, stop: Stop) -> Iterator[Finding]:
    """Redoes the figures of certificates made before rules 2: Bonferroni, and a verdict from two upper bounds."""
    points = [*results.protected.curve, *results.unprotected.curve]
    if results.more or results.comparisons or any((point.population, point.mean) != (None, None) for point in points):
        yield _finding("It states figures that its rules do not have.")
    gaps: list[float] = []
    together = 1.0 - (1.0 - results.confidence) / len(results.protected.curve)
    for name, arm in (("protected", results.protected), ("unprotected", results.unprotected)):
        accuracies = [count / arm.of for count in arm.correct]
        for point in arm.curve:
            stop.check()
            if not _follows(point, accuracies, results, together):
                yield _finding(_unfounded(f"{name} surrogate", point.eta))
    for protected, unprotected in zip(results.protected.curve, results.unprotected.curve, strict=True):
        if protected.value is not None and unprotected.value is not None:
            gaps.append(unprotected.value - protected.value)
    if results.distinguishes != (bool(gaps) and min(gaps) >= results.margin - _TOLERANCE):
        yield _finding("The verdict does not follow from the curves.")


def _unfounded(surrogate: str, eta: float) -> str:
    return f"The bound of the {surrogate} at η = {eta:g} does not follow from its counts."


def _follows(point: Point, accuracies: list[float], results: Results, together: float) -> bool:
    alone = certified_learnability(
        accuracies, q=results.q, eta=point.eta, sigma=results.sigma, confidence=results.confidence
    )
    at_once = certified_learnability(accuracies, q=results.q, eta=point.eta, sigma=results.sigma, confidence=together)
    return (
        _same(point.value, alone.value)
        and _same(point.simultaneous, at_once.value)
        and point.rank == alone.rank
        and _same(point.q_upper, alone.q_upper)
        and bool(point.reason) == (alone.value is None)
    )


def _same(stated: float | None, redone: float | None) -> bool:
    if stated is None or redone is None:
        return stated is redone
    return math.isclose(stated, redone, rel_tol=0.0, abs_tol=_TOLERANCE)
