"""Lossless WebP: smaller than PNG. It knows colour only, so grey images need another format."""

from io import BytesIO

from PIL import Image

from pue_desktop.engine.metadata import Beside


class WebP:
    """Encodes lossless WebP files.

    Attributes:
        suffix: Ending of the files.
        modes: Pillow modes that are stored exactly.
        max_side: Longest side in pixels that the format can store.
        lossy: Whether the pixels change.
        bytes_per_value: About how much a value of a channel takes in a protected photograph (measured).
    """

    suffix = ".webp"
    modes = frozenset({"RGB", "RGBA"})
    max_side = 16383
    lossy = False
    bytes_per_value = 0.5

    def encode(self, image: Image.Image, beside: Beside) -> bytes:
        """Returns the bytes of a file with exactly these pixels; the same input always gives the same bytes."""
        stream = BytesIO()
        # exact: colours under full transparency count as pixels too.
        profile = beside.icc_profile or b""
        image.save(
            stream, "WEBP", lossless=True, exact=True, quality=60, method=4, icc_profile=profile, exif=beside.exif()
        )
        return stream.getvalue()
