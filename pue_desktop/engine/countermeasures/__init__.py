"""What an attacker may do to the images before learning: one file each, one line each in this table.

An implementation is a function `apply(images, *, seed: int, index: int) -> images` on float tensors
`[batch, 3, height, width]` in 0 to 255, called on every training batch; `index` counts the batches.
"""

from pue_desktop.engine.registry import Entry, Registry

COUNTERMEASURES = Registry(
    "countermeasure",
    __name__,
    (
        Entry("none", "Train on the files as they are.", "none:apply"),
        Entry("crop-flip", "Random crop and mirror image, as almost everybody does.", "crop_flip:apply"),
    ),
)
