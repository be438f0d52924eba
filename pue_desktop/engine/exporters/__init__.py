"""File formats for protected images: one file each, one line each in this table.

An implementation is a class with `suffix`, `modes` (Pillow modes it stores), `max_side`, `bytes_per_value` and
`encode(image, beside) -> bytes`. All keep every pixel but those that say `lossy`: these take a `quality`, and what they
do to the protection is measured (`lossy`).
"""

from typing import Any

from pue_desktop.engine.config import ExportConfig
from pue_desktop.engine.registry import Entry, Registry

EXPORTERS = Registry(
    "exporter",
    __name__,
    (
        Entry("png", "PNG: every program reads it.", "png:PNG"),
        Entry("webp", "Lossless WebP: smaller.", "webp:WebP"),
        Entry("tiff", "TIFF, deflate-compressed: for archives and print.", "tiff:TIFF"),
        Entry(
            "jpeg",
            "JPEG: small, but it changes the pixels after they were certified; what that does is measured.",
            "jpeg:JPEG",
        ),
    ),
)


def exporter(config: ExportConfig) -> Any:
    """Returns the exporter of these settings. Raises `UsageError` for an unknown format."""
    made: Any = EXPORTERS.load(config.format)
    return made(config.quality) if made.lossy else made()
