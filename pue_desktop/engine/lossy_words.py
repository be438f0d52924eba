"""What is said of an export in a lossy format, in plain sentences, for PDF, window, command line and verification.

One rule: what was proved for the pixels before they were compressed is never claimed for the files.
"""

from pue_desktop.engine.certificate_lossy import Lossy
from pue_desktop.engine.certificate_values import percent
from pue_desktop.engine.lossy_results import LossyResult

# From this share on of what set certified images and originals apart in the network's eyes, nearly all of it is left.
_NEARLY_ALL, _PART = 0.9, 0.5
# Points that must lie between certified images and originals before their distance tells anything.
_LEAST_GAP = 0.1

NOT_COVERED = (
    "The exported files themselves: they are {format} and hold other pixels than the certified ones. What compressing "
    "did to the protection was measured, not certified."
)

ANEW = (
    "What networks reach that learn from the files anew is another question; of it, the stress test's jpeg rows speak."
)


def format_name(lossy: Lossy | LossyResult | None) -> str:
    """Returns what people call the format; empty without one."""
    return "" if lossy is None else lossy.format.upper()


def not_proved(lossy: Lossy | LossyResult) -> str:
    """Returns the sentence that must stand before every bound."""
    return (
        f"The certificate is about the images before they were compressed to {format_name(lossy)}. Nothing is proved "
        "about the exported files, which hold other pixels."
    )


def kept_words(lossy: Lossy | LossyResult) -> str:
    """Returns how much of the protecting change is left in the files."""
    if lossy.kept is None or lossy.least_kept is None:
        return f"Nothing was changed before the images were compressed to {format_name(lossy)}."
    return (
        f"Measured: as {format_name(lossy)} of quality {lossy.quality}, a typical file keeps {percent(lossy.kept)} of "
        f"the protecting change, the worst {percent(lossy.least_kept)}."
    )


def difference_words(lossy: Lossy | LossyResult) -> str:
    """Returns how far the files are from the originals."""
    largest = f"{lossy.max_abs_delta_255:g}"
    if lossy.median_psnr_db is None:
        return f"No pixel value of a file differs from the original by more than {largest} of 255."
    return (
        f"No pixel value of a file differs from the original by more than {largest} of 255; the typical likeness is "
        f"{lossy.median_psnr_db:.1f} dB PSNR."
    )


def recognised_words(lossy: Lossy | LossyResult) -> str:
    """Returns whether the certified network still sees in the files what it learned from."""
    found = lossy.recognised
    if found is None:
        return "Whether the certified network still sees the protection in the files was not measured."
    return (
        f"Of {found.images:,} images that it learned from, the certified network recognises {percent(found.certified)} "
        f"as they were certified, {percent(found.stored)} as these files show them, and {percent(found.originals)} as "
        "they were without protection."
    )


def judgement_words(lossy: Lossy | LossyResult) -> str:
    """Returns what follows from what it recognises."""
    found = lossy.recognised
    gap = 0.0 if found is None else found.certified - found.originals
    if found is None or gap < _LEAST_GAP:
        return "So it can't be told whether what it learned to look for is still in the files."
    left = (found.stored - found.originals) / gap
    if left >= _NEARLY_ALL:
        return "So nearly all of what it learned to look for is still in the files."
    if left >= _PART:
        return "So only a part of what it learned to look for is still in the files."
    return "So most of what it learned to look for is gone from the files."


def all_words(lossy: Lossy | LossyResult) -> tuple[str, ...]:
    """Returns everything there is to say, in sentences that stand for themselves."""
    return (
        not_proved(lossy),
        kept_words(lossy),
        difference_words(lossy),
        recognised_words(lossy),
        judgement_words(lossy),
        ANEW,
    )
