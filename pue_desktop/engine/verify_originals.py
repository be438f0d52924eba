"""Was every image really changed by no more than was promised? Measured again where the originals are at hand.

Only the owner has them. Every original is read, never written; an image that is not the signed one any more is left
out, for it is reported already.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pue_desktop.engine.apply import max_abs_delta
from pue_desktop.engine.certificate_schema import Certificate, ImageFacts
from pue_desktop.engine.export_names import safe_parts, shown
from pue_desktop.engine.files import pairs_digest
from pue_desktop.engine.image_files import UnusableImageError, read, read_bytes
from pue_desktop.engine.likeness import psnr_db, ssim
from pue_desktop.engine.lossy_words import format_name
from pue_desktop.engine.runtime import Stop, in_order
from pue_desktop.engine.verify_report import Finding

_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class _Measured:
    """What was found for one image; `missing`: there is no original, `otherwise`: the file can't be measured alike."""

    trouble: Finding | None = None
    missing: bool = False
    otherwise: bool = False
    delta: int = 0
    sha256: str = ""
    pixels_sha256: str = ""


def check_originals(
    images: dict[str, Path],
    certificate: Certificate,
    originals: Path,
    stop: Stop,
    tell: Callable[[], None] = lambda: None,
) -> Iterator[Finding]:
    """Measures every image against its original.

    Args:
        images: Files that hold the signed pixels, by path in the certificate.
        certificate: What was promised and measured.
        originals: The folder that was protected.
        stop: Pauses and cancels.
        tell: Called after each image.
    """
    facts = [image for image in certificate.images if image.path in images]
    if facts and not any(_has_original(image, originals) for image in facts):
        text = f"{shown(str(originals))} holds none of the originals: they are looked for by path and name."
        yield Finding("original", "", text)
        return
    found: list[_Measured] = []
    workers = min(4, os.cpu_count() or 1)
    for _, measured in in_order(
        lambda image: _measure(images[image.path], image, originals, certificate), facts, stop, workers=workers
    ):
        found.append(measured)
        tell()
        if measured.trouble is not None:
            yield measured.trouble
    yield from _digests(certificate, facts, found)
    yield from _summary(certificate, found)


def _has_original(image: ImageFacts, originals: Path) -> bool:
    return safe_parts(image.source) is not None and (originals / image.source).is_file()


def _measure(path: Path, image: ImageFacts, originals: Path, certificate: Certificate) -> _Measured:
    if safe_parts(image.source) is None:
        text = f"{shown(image.path)}: its original has a name that leads out of the folder."
        return _Measured(Finding("original", image.path, text))
    try:
        data = read_bytes(originals / image.source)
    except UnusableImageError:
        return _Measured(missing=True)
    name = shown(image.path)
    try:
        original, exported = read(data), read(path)
    except UnusableImageError as error:
        return _Measured(Finding("original", image.path, f"{name}: its original can't be read: {error}."))
    try:
        delta = max_abs_delta(original, exported)
    except ValueError:
        text = f"{name}: {shown(image.source)} is not its original; size or kind of pixels differ."
        return _Measured(Finding("original", image.path, text))
    promised = certificate.quality.epsilon_255
    trouble = None
    stated = image if image.stored is None else image.stored
    found = _Measured(delta=delta, sha256=hashlib.sha256(data).hexdigest(), pixels_sha256=original.digest())
    if image.stored is not None and exported.digest() != image.stored.pixels_sha256:
        # Another decoder than the owner's: figures in the last digit would differ, too.
        return replace(found, otherwise=True)
    if delta > promised and image.stored is None:
        text = f"{name} differs from {shown(image.source)} by {delta} of 255; at most {promised:g} was promised."
        trouble = Finding("epsilon", image.path, text)
    elif (
        delta != stated.max_abs_delta_255
        or not _same(psnr_db(original, exported), stated.psnr_db)
        or not (stated.ssim is None or _same(ssim(original, exported), stated.ssim))
    ):
        text = f"{name}: its difference to {shown(image.source)} is not the one that the certificate states."
        trouble = Finding("epsilon", image.path, text)
    return replace(found, trouble=trouble)


def _same(stated: float | None, measured: float | None) -> bool:
    if stated is None or measured is None:
        return stated is measured
    return abs(stated - measured) <= _TOLERANCE


def _digests(certificate: Certificate, facts: list[ImageFacts], found: list[_Measured]) -> Iterator[Finding]:
    """Compares the originals as a whole with those that were protected, if all of them are there."""
    data_set = certificate.data_set
    if len(facts) != len(certificate.images) or not all(one.sha256 for one in found):
        return
    pixels = pairs_digest((image.source, one.pixels_sha256) for image, one in zip(facts, found, strict=True))
    if data_set.exported_originals_pixels_sha256 not in (None, pixels):
        yield Finding("original", "", "These originals are not the pictures that were protected.")
        return
    files = pairs_digest((image.source, one.sha256) for image, one in zip(facts, found, strict=True))
    if data_set.exported_originals_sha256 not in (None, files):
        text = "The originals are the same pictures, but not byte for byte the same files as when they were protected."
        yield Finding("original", "", text, problem=False)


def _summary(certificate: Certificate, found: list[_Measured]) -> Iterator[Finding]:
    deltas = [one.delta for one in found if one.sha256 and not one.otherwise]
    if deltas and not any(one.trouble for one in found):
        promised = f"{certificate.quality.epsilon_255:g} was promised"
        if certificate.lossy is not None:
            promised += f" before they were compressed to {format_name(certificate.lossy)}"
        text = (
            f"Measured again on {len(deltas):,} images with their originals: no pixel value changed by more than "
            f"{max(deltas)} of 255; {promised}."
        )
        yield Finding("epsilon", "", text, problem=False)
    missing = sum(one.missing for one in found)
    if missing:
        text = f"For {missing:,} images there is no original at hand; their change was not measured again."
        yield Finding("original", "", text, problem=False)
