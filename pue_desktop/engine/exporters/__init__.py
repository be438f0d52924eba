"""File formats for protected images: one file each, one line each in this table. All of them keep every pixel.

An implementation is a class with `suffix`, `modes` (Pillow modes it stores exactly) and
`encode(image, beside) -> bytes`.
"""

from pue_desktop.engine.registry import Entry, Registry

EXPORTERS = Registry(
    "exporter",
    __name__,
    (
        Entry("png", "PNG: every program reads it.", "png:PNG"),
        Entry("webp", "Lossless WebP: smaller.", "webp:WebP"),
        Entry("tiff", "TIFF, deflate-compressed: for archives and print.", "tiff:TIFF"),
    ),
)
