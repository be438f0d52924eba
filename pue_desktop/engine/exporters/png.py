"""PNG: lossless, read by every program. The colour profile is the only thing stored beside the pixels."""

from io import BytesIO

from PIL import Image


class PNG:
    """Encodes PNG files.

    Attributes:
        suffix: Ending of the files.
        modes: Pillow modes that are stored exactly.
        max_side: Longest side in pixels that the format can store.
    """

    suffix = ".png"
    modes = frozenset({"L", "LA", "RGB", "RGBA"})
    max_side = 2**31 - 1

    def encode(self, image: Image.Image, icc_profile: bytes | None) -> bytes:
        """Returns the bytes of a file with exactly these pixels; the same input always gives the same bytes."""
        stream = BytesIO()
        # Level 4: twice as fast as 6, and less than a percent larger on protected photographs.
        # None would make Pillow look into image.info; an empty profile is written by no one.
        image.save(stream, "PNG", compress_level=4, icc_profile=icc_profile or b"")
        return stream.getvalue()
