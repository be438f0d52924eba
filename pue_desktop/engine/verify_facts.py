"""Does what a certificate says beside its bounds follow from itself? Versions, likeness, searches and compression.

A certificate of schema 1 has none of this, and nothing is asked of it.
"""

from collections.abc import Iterator

from pue_desktop.engine.certificate import median
from pue_desktop.engine.certificate_schema import Certificate
from pue_desktop.engine.export_names import CERTIFICATE_JSON
from pue_desktop.engine.installed import lock_digest
from pue_desktop.engine.verify_lossy import check_lossy
from pue_desktop.engine.verify_recovery import check_recovery
from pue_desktop.engine.verify_report import Finding


def check_facts(certificate: Certificate) -> Iterator[Finding]:
    """Yields what does not follow from the rest of the certificate."""
    if certificate.schema < 2:
        return
    made, data_set, quality = certificate.identification, certificate.data_set, certificate.quality
    if made.lock_sha256 != lock_digest(made.versions):
        yield _finding("The lock digest is not that of the versions it lists.")
    if data_set.exported_originals_sha256 is None or data_set.exported_originals_pixels_sha256 is None:
        yield _finding("The digests of the originals of its images are missing.")
    elif not data_set.held_back and data_set.exported_originals_sha256 != data_set.originals_sha256:
        yield _finding("The digests of the originals contradict one another.")
    alike = [image.ssim for image in certificate.images if image.ssim is not None]
    if len(alike) != len(certificate.images):
        yield _finding("The structural similarity of some of its images is missing.")
    elif quality.median_ssim != median(alike) or quality.worst_ssim != min(alike):
        yield _finding("The structural similarities are not those of its images.")
    yield from check_recovery(certificate)
    yield from check_lossy(certificate)


def _finding(text: str) -> Finding:
    return Finding("evidence", CERTIFICATE_JSON, f"{CERTIFICATE_JSON}: {text}")
