"""PNG: lossless, read by every program. Beside the pixels it stores what `Beside` holds and nothing else."""

from io import BytesIO

from PIL import Image

from pue_desktop.engine.metadata import Beside


class PNG:
    """Encodes PNG files.

    Attributes:
        suffix: Ending of the files.
        modes: Pillow modes that are stored exactly.
        max_side: Longest side in pixels that the format can store.
        lossy: Whether the pixels change.
        bytes_per_value: About how much a value of a channel takes in a protected photograph (measured).
    """

    suffix = ".png"
    modes = frozenset({"L", "LA", "RGB", "RGBA"})
    max_side = 2**31 - 1
    lossy = False
    bytes_per_value = 0.65

    def encode(self, image: Image.Image, beside: Beside) -> bytes:
        """Returns the bytes of a file with exactly these pixels; the same input always gives the same bytes."""
        stream = BytesIO()
        # Level 4: twice as fast as 6, and less than a percent larger on protected photographs.
        # None would make Pillow look into image.info; an empty profile is written by no one.
        profile = beside.icc_profile or b""
        image.save(stream, "PNG", compress_level=4, icc_profile=profile, exif=beside.exif(), dpi=beside.dpi)
        return stream.getvalue()
