"""What a lossy format did to an export, as frozen types without torch: measured on the files as read back."""

import msgspec


class StoredImage(msgspec.Struct, frozen=True):
    """What one file of a lossy format holds instead of the certified pixels.

    Attributes:
        pixels_sha256: Of the pixels that the file decodes to.
        max_abs_delta_255: Largest difference of any value to the original.
        psnr_db: Peak signal-to-noise ratio to the original; None if they are the same.
        ssim: Structural similarity to the original.
        kept: Share of the protecting change that is still there (`lossy.kept_share`); None: there was no change.
    """

    pixels_sha256: str
    max_abs_delta_255: float
    psnr_db: float | None
    ssim: float
    kept: float | None


class Recognised(msgspec.Struct, frozen=True):
    """Shares of some of the images it learned from that the certified network gets right, without weight noise.

    Attributes:
        images: How many were looked at.
        certified: As they were certified.
        stored: As the exported files show them.
        originals: Their originals, without any protection.
    """

    images: int
    certified: float
    stored: float
    originals: float


class LossyResult(msgspec.Struct, frozen=True):
    """An export in a lossy format as a whole.

    Attributes:
        format: Its name in the table of exporters.
        quality: Setting of the encoder, 1 to 100.
        kept: Median of the images' `kept`; None: nothing was changed.
        least_kept: Lowest of them.
        max_abs_delta_255: Largest difference of any value to the original in any file.
        median_psnr_db: Of the files to the originals.
        recognised: None: the certified network is no longer in the run folder.
    """

    format: str
    quality: int
    kept: float | None
    least_kept: float | None
    max_abs_delta_255: float
    median_psnr_db: float | None
    recognised: Recognised | None = None
