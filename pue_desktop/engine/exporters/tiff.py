"""TIFF with deflate: for archives and print. The colour profile is the only thing stored beside the pixels."""

from io import BytesIO

from PIL import Image


class TIFF:
    """Encodes deflate-compressed TIFF files.

    Attributes:
        suffix: Ending of the files.
        modes: Pillow modes that are stored exactly.
        max_side: Longest side in pixels that the format can store.
    """

    suffix = ".tiff"
    modes = frozenset({"L", "LA", "RGB", "RGBA"})
    max_side = 2**31 - 1

    def encode(self, image: Image.Image, icc_profile: bytes | None) -> bytes:
        """Returns the bytes of a file with exactly these pixels; the same input always gives the same bytes."""
        stream = BytesIO()
        image.save(stream, "TIFF", compression="tiff_adobe_deflate", icc_profile=icc_profile or None)
        return stream.getvalue()
