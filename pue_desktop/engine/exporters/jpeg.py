"""JPEG: small, and lossy: its files hold other pixels than the certified ones.

Colours are stored at full size (4:4:4): halving them, as is usual, takes most of a perturbation's colour away. Beside
the pixels it stores what `Beside` holds and nothing else.
"""

from io import BytesIO

from PIL import Image

from pue_desktop.engine.metadata import Beside

# Measured on protected photographs at 4:4:4: (quality, bytes per value of a channel), with a little to spare.
_SIZES = ((30, 0.05), (50, 0.07), (75, 0.09), (85, 0.12), (90, 0.15), (95, 0.22), (100, 0.45))
_LARGEST_DPI = 65535


class JPEG:
    """Encodes JPEG files.

    Attributes:
        suffix: Ending of the files.
        modes: Pillow modes that it takes.
        max_side: Longest side in pixels that the format can store.
        lossy: Whether the pixels change.
        quality: As the Independent JPEG Group counts it, 1 to 100.
        bytes_per_value: About how much a value of a channel takes in a protected photograph (measured).
    """

    suffix = ".jpg"
    modes = frozenset({"L", "RGB"})
    max_side = 65500
    lossy = True

    def __init__(self, quality: int = 95) -> None:
        self.quality = quality
        self.bytes_per_value = next(size for limit, size in _SIZES if quality <= limit)

    def encode(self, image: Image.Image, beside: Beside) -> bytes:
        """Returns the bytes of a file with about these pixels; the same input always gives the same bytes."""
        stream = BytesIO()
        # A larger resolution does not fit the header; EXIF holds it.
        dpi = beside.dpi if beside.dpi is not None and max(beside.dpi) <= _LARGEST_DPI else None
        image.save(
            stream,
            "JPEG",
            quality=self.quality,
            subsampling=0,
            optimize=True,
            icc_profile=beside.icc_profile or b"",
            exif=beside.exif(),
            **({} if dpi is None else {"dpi": dpi}),
        )
        return stream.getvalue()
