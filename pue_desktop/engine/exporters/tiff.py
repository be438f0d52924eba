"""TIFF with deflate: for archives and print. Beside the pixels it stores what `Beside` holds and nothing else."""

from io import BytesIO

from PIL import Image

from pue_desktop.engine.metadata import Beside


class TIFF:
    """Encodes deflate-compressed TIFF files.

    Attributes:
        suffix: Ending of the files.
        modes: Pillow modes that are stored exactly.
        max_side: Longest side in pixels that the format can store.
        lossy: Whether the pixels change.
        bytes_per_value: About how much a value of a channel takes in a protected photograph (measured).
    """

    suffix = ".tiff"
    modes = frozenset({"L", "LA", "RGB", "RGBA"})
    max_side = 2**31 - 1
    lossy = False
    bytes_per_value = 0.95

    def encode(self, image: Image.Image, beside: Beside) -> bytes:
        """Returns the bytes of a file with exactly these pixels; the same input always gives the same bytes."""
        stream = BytesIO()
        image.save(
            stream,
            "TIFF",
            compression="tiff_adobe_deflate",
            icc_profile=beside.icc_profile or None,
            # In the main directory, as TIFF/EP has it: libtiff can't write a second one.
            tiffinfo={**beside.main, **beside.taken},
            dpi=beside.dpi,
        )
        return stream.getvalue()
