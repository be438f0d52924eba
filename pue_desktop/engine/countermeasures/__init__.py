"""What an attacker may do to the images before learning: one file each kind, one line each in this table.

An implementation is a `countermeasure.Countermeasure`: an object that may prepare the training set once, every batch,
or the loss. The order is that of the stress test's attacks, from what everybody does to what somebody would do who
knows how the images were protected.
"""

from pue_desktop.engine.registry import Entry, Registry

COUNTERMEASURES = Registry(
    "countermeasure",
    __name__,
    (
        Entry("none", "Train on the files as they are.", "plain:none"),
        Entry(
            "crop-flip",
            "Random crop and mirror image, as almost everybody does (and as all below do, too).",
            "plain:crop_flip",
        ),
        Entry("cutout", "A random square of every image is covered.", "cutout:cutout"),
        Entry("mixup", "Every image is blended with another one, and so are their labels.", "mixing:mixup"),
        Entry(
            "cutmix",
            "A random part of every image comes from another one, with its share of the label.",
            "mixing:cutmix",
        ),
        Entry(
            "randaugment",
            "Two random changes each time: shape, brightness, colour, contrast, sharpness.",
            "rand_augment:rand_augment",
            cost=1.5,
        ),
        Entry("blur", "Blurred a little (Gaussian, one pixel at a size of 32).", "filters:blur"),
        Entry("jpeg-50", "Compressed as JPEG of quality 50, as many websites do.", "jpeg:quality_50"),
        Entry("jpeg-10", "Compressed as JPEG of quality 10: visibly worse.", "jpeg:quality_10"),
        Entry("grey", "Turned to shades of grey.", "filters:greyscale"),
        Entry("bits-2", "Four levels per colour instead of 256.", "filters:bit_depth"),
        Entry("resize", "Made half as large and enlarged again.", "filters:resize"),
        Entry("class-means", "Takes away what the images of a class have in common.", "projection:class_means"),
        Entry("projection", "Takes away the simplest patterns that tell the classes apart.", "projection:orthogonal"),
        Entry(
            "ueraser",
            "Learns from the worst of five strong random changes of every image (UEraser-max): six times as long.",
            "ueraser:ueraser",
            cost=6.3,
        ),
        Entry(
            "adversarial",
            "Learns from the images changed against it (PGD, 4 of 255): eleven times as long.",
            "adversarial:adversarial",
            cost=11.0,
        ),
        Entry("clean-10", "Somebody has the originals of 10 % of the images.", "clean_share:tenth", cost=1.5),
        Entry("clean-20", "Somebody has the originals of 20 % of the images.", "clean_share:fifth", cost=1.5),
        Entry("clean-50", "Somebody has the originals of half of the images.", "clean_share:half", cost=1.5),
    ),
)
