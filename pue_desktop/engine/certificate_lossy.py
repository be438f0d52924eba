"""What a certificate says of files in a lossy format, which hold other pixels than the certified ones.

Nothing here is certified: it is measured on the files as read back. The rules of `certificate_schema` hold here, too.
"""

from typing import Annotated

import msgspec
from msgspec import Meta

from pue_desktop.engine.certificate_values import Delta, Digest, Likeness, Share

# A projection: below 0 where compressing turned the change round, above 1 where it raised it.
Kept = Annotated[float, Meta(ge=-100.0, le=100.0)]


class Stored(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one file holds instead of the certified pixels.

    Attributes:
        pixels_sha256: Over mode, size and decoded pixels; decoders may differ in the last bit.
        max_abs_delta_255: Largest difference of any value to the original.
        psnr_db: Peak signal-to-noise ratio to the original; None if they are the same.
        ssim: Structural similarity to the original.
        kept: ⟨δ, d⟩ / ⟨δ, δ⟩ with δ the certified and d the stored change of the original; None: δ is 0.
    """

    pixels_sha256: Digest
    max_abs_delta_255: Delta
    psnr_db: float | None
    ssim: Likeness
    kept: Kept | None


class Recognised(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Shares of the images that the certified network gets right without noise: does it still see what it learned?

    Attributes:
        images: Images looked at, evenly spread over those it learned from.
        certified: With the certified pixels.
        stored: With the pixels of the files.
        originals: With the original pixels.
    """

    images: Annotated[int, Meta(ge=1, le=10**9)]
    certified: Share
    stored: Share
    originals: Share


class Lossy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What compressing did to the export as a whole.

    Attributes:
        format: Name of the file format.
        quality: Setting of the encoder.
        kept: Median of `Stored.kept`.
        least_kept: Lowest of them.
        max_abs_delta_255: Largest difference to the original in any file.
        median_psnr_db: Of the files to the originals.
        recognised: None: not measured.
    """

    format: Annotated[str, Meta(min_length=1, max_length=40)]
    quality: Annotated[int, Meta(ge=1, le=100)]
    kept: Kept | None
    least_kept: Kept | None
    max_abs_delta_255: Delta
    median_psnr_db: float | None
    recognised: Recognised | None = None
