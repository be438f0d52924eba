"""Does what a certificate says of files in a lossy format follow from itself? And it says what is not proved of them.

Only totals can be redone from the certificate; with the originals at hand, `verify_originals` measures the files again.
"""

from collections.abc import Iterator

from pue_desktop.engine.certificate import median
from pue_desktop.engine.certificate_schema import Certificate
from pue_desktop.engine.export_names import CERTIFICATE_JSON
from pue_desktop.engine.lossy_words import all_words
from pue_desktop.engine.verify_report import Finding


def check_lossy(certificate: Certificate) -> Iterator[Finding]:
    """Yields contradictions, and for files in a lossy format what was proved, and what only measured."""
    lossy, images = certificate.lossy, certificate.images
    stored = [image.stored for image in images if image.stored is not None]
    if lossy is None:
        if stored:
            yield _finding("It says that files hold other pixels than the certified ones, but not why.")
        return
    if len(stored) != len(images):
        yield _finding("What some of its files hold instead of the certified pixels is missing.")
        return
    kept = [one.kept for one in stored if one.kept is not None]
    totals = (
        lossy.kept == median(kept),
        lossy.least_kept == min(kept, default=None),
        lossy.max_abs_delta_255 == max(one.max_abs_delta_255 for one in stored),
        lossy.median_psnr_db == median(one.psnr_db for one in stored),
    )
    if not all(totals):
        yield _finding("What compressing did as a whole is not what it did to its images.")
    exported = certificate.settings.get("export", {})
    if certificate.data_set.export_format != lossy.format or exported.get("quality") != lossy.quality:
        yield _finding("The format is not the one that was asked for.")
    for text in all_words(lossy):
        yield Finding("lossy", CERTIFICATE_JSON, text, problem=False)


def _finding(text: str) -> Finding:
    return Finding("evidence", CERTIFICATE_JSON, f"{CERTIFICATE_JSON}: {text}")
