"""What each step leaves behind, as frozen types without torch, so that window, command line and report can read it.

Accuracies are shares in [0, 1], changes of pixels are in units of 1/255, times in seconds. `value` None means that
no certificate exists there, and `reason` says why.
"""

from collections.abc import Sequence
from typing import Literal, TypeVar

import msgspec

from pue_desktop.engine.lossy_results import LossyResult, StoredImage

INDEX_FILE = "dataset/index.jsonl"
PERTURBATION_FILE = "craft/perturbation.safetensors"

Split = Literal["train", "hold_out"]


class ImageRecord(msgspec.Struct, frozen=True, tag="image", tag_field="kind"):
    """One usable image of the data set.

    Attributes:
        id: Path relative to the source folder, with forward slashes: the stable id.
        label: Index into the class list.
        split: Whether networks may learn from it ("train") or it only measures ("hold_out").
        sha256: Of the file's bytes when it was scanned.
        width: As a viewer shows it, orientation applied.
        height: Likewise.
        mode: Pillow's mode of the stored pixels.
        format: Pillow's name of the file format.
        size_bytes: Of the file.
        notice: What its export will not have that it has, in words; empty if nothing.
    """

    id: str
    label: int
    split: Split
    sha256: str
    width: int
    height: int
    mode: str
    format: str
    size_bytes: int
    notice: str = ""


class SkippedFile(msgspec.Struct, frozen=True, tag="skipped", tag_field="kind"):
    """A file that can't be protected and why, in words. It is never exported."""

    path: str
    reason: str


class LookAlike(msgspec.Struct, frozen=True, tag="look_alike", tag_field="kind"):
    """A held-out image that looks the same as one that networks learn from, and which, in words."""

    path: str
    reason: str


class IndexHeader(msgspec.Struct, frozen=True, tag="header", tag_field="kind"):
    """First line of `dataset/index.jsonl`.

    Attributes:
        schema: Version of the file.
        source: Absolute path of the image folder.
        classes: Class names: folder paths relative to the source (or to its train folder), sorted.
        split_given: Whether the folder came with train and test folders.
        median_side: Median of the images' shorter sides, in pixels.
    """

    schema: int
    source: str
    classes: tuple[str, ...]
    split_given: bool
    median_side: int = 0


class DatasetIndex(msgspec.Struct, frozen=True):
    """The scanned data set: what `dataset/index.jsonl` holds."""

    header: IndexHeader
    images: tuple[ImageRecord, ...]
    skipped: tuple[SkippedFile, ...]
    look_alikes: tuple[LookAlike, ...] = ()

    @property
    def classes(self) -> tuple[str, ...]:
        """Class names in label order."""
        return self.header.classes

    @property
    def published(self) -> tuple[ImageRecord, ...]:
        """The images that are protected and exported: all, but not a test set that the folder came with."""
        return self.of_split("train") if self.header.split_given else self.images

    def of_split(self, split: Split) -> tuple[ImageRecord, ...]:
        """Returns the images of one split, in index order."""
        return tuple(image for image in self.images if image.split == split)

    def counts(self, split: Split) -> list[int]:
        """Returns the number of images of each class in one split."""
        totals = [0] * len(self.classes)
        for image in self.images:
            if image.split == split:
                totals[image.label] += 1
        return totals


class CraftResult(msgspec.Struct, frozen=True):
    """What crafting reached (craft/result.json).

    Attributes:
        steps: Surrogate steps done; 0: the method takes no surrogate.
        noisy_steps: How many of them had weight noise; a PUE without any would be EMN in disguise.
        perturbation_steps: Sign steps of the perturbation.
        final_loss: Mean surrogate loss on perturbed images over the last tenth; None without a surrogate.
        final_error: Likewise its error. Where images shall be taken for another class, both are about that class.
        mean_abs_delta_255: Of the patterns of the training images, at working size.
    """

    steps: int
    noisy_steps: int
    perturbation_steps: int
    final_loss: float | None
    final_error: float | None
    mean_abs_delta_255: float


class PixelLine(msgspec.Struct, frozen=True):
    """A line of certify/pixels.jsonl: the protected picture of image `id` that the certified surrogate learned from."""

    id: str
    pixels_sha256: str


class CurvePoint(msgspec.Struct, frozen=True):
    """The certificate at one radius.

    Attributes:
        eta: Radius in the noise's own geometry.
        value: Certified accuracy at this η alone; None: abstained.
        simultaneous: The same when all points of the curve shall hold at once.
        rank: Which order statistic of the draws `value` is (1 is the smallest).
        q_upper: The quantile level that had to be estimated.
        reason: Why it abstained, or empty.
        population: As `simultaneous`, but about images like those of the hold-out instead of these images.
        mean: Bound of the mean accuracy under the noise instead of its quantile; holds at all points at once.
    """

    eta: float
    value: float | None
    simultaneous: float | None
    rank: int | None
    q_upper: float
    reason: str
    population: float | None = None
    mean: float | None = None


class ArmResult(msgspec.Struct, frozen=True):
    """One surrogate of the certificate: trained on the protected or on the unprotected images.

    Attributes:
        hold_out_accuracy: Without weight noise, on the clean hold-out images.
        training_accuracy: Without weight noise, on the images it learned from.
        noisy_training_accuracy: Mean under weight noise, on the images it learned from; None if not measured.
        correct: Right answers on the hold-out for each weight draw, in draw order.
        of: Number of hold-out images.
        parameters: Number of weights d.
        surrogate_sha256: Digest of the weights' file.
        curve: The certificate.
    """

    hold_out_accuracy: float
    training_accuracy: float
    noisy_training_accuracy: float | None
    correct: tuple[int, ...]
    of: int
    parameters: int
    surrogate_sha256: str
    curve: tuple[CurvePoint, ...]


class Levels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Confidences of single bounds, chosen so that those of one kind hold at once; see `figures.local_levels`.

    Attributes:
        at_once: Of each bound of `simultaneous`.
        at_most: Of each upper bound in the verdict and in `population`.
        at_least: Of each lower bound in the verdict.
    """

    at_once: float
    at_most: float
    at_least: float


class Comparison(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The verdict at one radius.

    Attributes:
        eta: Radius.
        at_most: Upper bound for the protected images, the highest of all surrogates; None: there is none.
        at_least: Lower bound of the same quantile for the unprotected images, the lowest of all surrogates.
        distinguishes: Whether they lie apart by the margin or more; None without an upper bound.
    """

    eta: float
    at_most: float | None
    at_least: float | None
    distinguishes: bool | None


class SurrogatePair(msgspec.Struct, frozen=True):
    """The two surrogates of one more seed."""

    protected: ArmResult
    unprotected: ArmResult


class CertifyResult(msgspec.Struct, frozen=True):
    """The certificate's figures (certify/result.json).

    Attributes:
        protected: Surrogate that learned from the protected pixels.
        unprotected: The baseline: the same training on the original pixels.
        chance: Share of the largest class in the hold-out.
        pixels_digest: Over (id, digest of the protected pixels) of all images the protected surrogate learned from.
        distinguishes: The verdict: whether `comparisons` lie apart at every certified η.
        margin: Of the verdict.
        conditions: Device, versions, precision.
        rules: Of the statistics: 1 were those of the first version, 2 are those of `figures`.
        levels: Confidences of single bounds; None under rules 1.
        comparisons: What the verdict rests on, at every η; empty under rules 1.
        more: The surrogates of further seeds.
        tried: Confidence of every certification of this run that drew weights, each with settings or images of its
            own, this one included; empty: an earlier version did not note them.
    """

    protected: ArmResult
    unprotected: ArmResult
    chance: float
    pixels_digest: str
    distinguishes: bool
    margin: float
    conditions: dict[str, str]
    rules: int = 1
    levels: Levels | None = None
    comparisons: tuple[Comparison, ...] = ()
    more: tuple[SurrogatePair, ...] = ()
    tried: tuple[float, ...] = ()

    @property
    def abstained(self) -> bool:
        """Whether no point of the protected curve could be certified."""
        return all(point.value is None for point in self.protected.curve)

    @property
    def protected_curve(self) -> tuple[CurvePoint, ...]:
        """The curve of the protected images: at every radius the worst of all surrogates."""
        return worst([self.protected.curve, *(pair.protected.curve for pair in self.more)])

    @property
    def unprotected_curve(self) -> tuple[CurvePoint, ...]:
        """The same certificate for the unprotected images."""
        return worst([self.unprotected.curve, *(pair.unprotected.curve for pair in self.more)])


Point = TypeVar("Point", bound=msgspec.Struct)
_BOUNDS = ("value", "simultaneous", "population", "mean")


def worst(curves: Sequence[tuple[Point, ...]]) -> tuple[Point, ...]:
    """Returns one curve with the highest bound of all at every radius; None where one of them has none.

    A bound for the worst of several surrogates needs no correction for their number at a single radius: whichever of
    them is the most learnable, its own bound fails with the stated probability, and the highest is no lower.
    """
    joined: list[Point] = []
    for points in zip(*curves, strict=True):
        highest: dict[str, float | None] = {}
        for name in _BOUNDS:
            values = [getattr(point, name) for point in points]
            highest[name] = None if None in values else max(values)
        joined.append(msgspec.structs.replace(points[0], **highest))
    return tuple(joined)


class ExportedImage(msgspec.Struct, frozen=True):
    """One written image.

    Attributes:
        id: Source id.
        path: Relative to the export folder, with forward slashes.
        sha256: Of the written file.
        pixels_sha256: Of its decoded pixels (mode, size, bytes), in a lossy format of those before it, as certified.
        source_sha256: Of the original file.
        split: As in the index.
        max_abs_delta_255: Largest difference of these pixels to the original, measured on the file read back.
        psnr_db: Peak signal-to-noise ratio to the original; None if nothing changed.
        ssim: Structural similarity to the original; None in exports before certificate schema 2.
        source_pixels_sha256: Of the original's decoded pixels; empty likewise.
        stored: What the file holds instead, in a lossy format.
    """

    id: str
    path: str
    sha256: str
    pixels_sha256: str
    source_sha256: str
    split: Split
    max_abs_delta_255: float
    psnr_db: float | None
    ssim: float | None = None
    source_pixels_sha256: str = ""
    stored: StoredImage | None = None


class ExportResult(msgspec.Struct, frozen=True):
    """What was exported (RUN/export.json); `lossy` None: the files hold the certified pixels."""

    folder: str
    images: tuple[ExportedImage, ...]
    skipped: tuple[SkippedFile, ...]
    held_back: int
    max_abs_delta_255: float
    median_psnr_db: float | None
    pixels_digest: str
    lossy: LossyResult | None = None
