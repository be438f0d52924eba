"""What a certificate says, as frozen types: the predicate of the signed statement, schemas 1 and 2.

These types stand apart from the results of the steps on purpose: a certificate must be readable years later, whatever
becomes of the run folder's files. Fields are only ever added, with a default, and certificates of every schema that
was released stay readable; `tests/fixtures/certificates` keeps one of each. Schema 2 added versions and lock digest,
the digests of the exported images' originals, SSIM, and the owner's signature under the PDF.
Unknown fields and values out of range are refused when decoding, so that nothing unread hides in a signed file.
Accuracies are shares in [0, 1]; changes of pixels are in units of 1/255.
"""

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from pue_desktop.engine.certificate_lossy import Lossy, Stored
from pue_desktop.engine.certificate_recovery import Recovery
from pue_desktop.engine.certificate_values import (
    Count,
    Delta,
    Digest,
    Inner,
    Likeness,
    NotNegative,
    Positive,
    SettingValue,
    Share,
)
from pue_desktop.engine.results import worst

SCHEMA: Final = 2
PREDICATE_TYPE: Final = "urn:pue-desktop:certificate:2"
KNOWN_TYPES: Final = {"urn:pue-desktop:certificate:1": 1, PREDICATE_TYPE: SCHEMA}


class Identification(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which program made the certificate, when, from which run.

    Attributes:
        program: Name of the program.
        version: Its version.
        created: UTC, ISO 8601.
        run_id: Names the run; says nothing about the owner's machine.
        versions: Of the libraries that the program used, by name.
        lock_sha256: Over the lines "name==version" of `versions`, sorted; None before schema 2.
    """

    program: str
    version: str
    created: str
    run_id: str
    versions: dict[str, str] = {}
    lock_sha256: Digest | None = None


class ClassCounts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Images of one class: `train` were learned from, `hold_out` were measured with."""

    name: str
    train: Count
    hold_out: Count


class Skipped(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file of the source folder that can't be protected, and why. It is not exported."""

    path: str
    reason: str


class DataSet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The images the certificate is about.

    Attributes:
        classes: In label order.
        split_given: Whether the owner brought a test folder; if not, a hold-out was drawn from each class.
        formats: Number of source images by file format.
        export_format: Format of the exported files.
        skipped: Files that are not exported.
        held_back: Images that only measure and are not exported: the owner's test folder.
        originals_sha256: Digest over (source, SHA-256) of all original files, those held back included.
        exported_originals_sha256: Likewise of the originals of the exported images; None before schema 2.
        exported_originals_pixels_sha256: Digest over (source, digest of the pixels) of the same originals.
        files_sha256: Digest over (path, SHA-256) of all exported files.
        pixels_sha256: Digest over (path, digest of the pixels) of all exported images.
        learned_sha256: Digest over (source, digest of the pixels) of the images the certified surrogate learned from.
    """

    classes: tuple[ClassCounts, ...]
    split_given: bool
    formats: dict[str, Count]
    export_format: str
    skipped: tuple[Skipped, ...]
    held_back: Count
    originals_sha256: Digest
    files_sha256: Digest
    pixels_sha256: Digest
    learned_sha256: Digest
    exported_originals_sha256: Digest | None = None
    exported_originals_pixels_sha256: Digest | None = None


class ImageFacts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One exported image; the SHA-256 of its file is in the statement's subjects.

    Where the format is lossy, everything but `stored` is about the certified pixels, before they were compressed.

    Attributes:
        path: Relative to the export folder.
        source: Name of the original, relative to the source folder.
        label: Index into the classes.
        learned: Whether the certified surrogate learned from it.
        pixels_sha256: Over mode, size and decoded pixels.
        max_abs_delta_255: Largest difference of any pixel value to the original, measured on the file read back.
        psnr_db: Peak signal-to-noise ratio to the original; None if nothing changed.
        ssim: Structural similarity to the original, 1 if nothing changed; None before schema 2.
        stored: What a file of a lossy format holds instead; None: it holds these pixels.
    """

    path: str
    source: str
    label: Count
    learned: bool
    pixels_sha256: Digest
    max_abs_delta_255: Delta
    psnr_db: float | None
    ssim: Likeness | None = None
    stored: Stored | None = None


class Crafting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far crafting went.

    Attributes:
        steps: Surrogate steps.
        noisy_steps: How many of them had weight noise.
        perturbation_steps: Steps of the perturbation.
        final_error: Of the surrogate on perturbed images, at the end. Where images shall be taken for another class,
            the share that is not.
    """

    steps: Count
    noisy_steps: Count
    perturbation_steps: Count
    final_error: Share


class Point(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The bound at one radius; `value` None: no certificate there, `reason` says why.

    Attributes:
        eta: Radius, in the geometry of the noise.
        value: Bound that holds at this radius alone.
        simultaneous: Bound that holds at all radii of the curve at once.
        rank: Which of the sorted draws `value` is, 1 the smallest.
        q_upper: Quantile level that had to be estimated.
        reason: Why there is none, or empty.
        population: As `simultaneous`, about images like those of the hold-out.
        mean: Bound of the mean accuracy under the noise, at all radii at once; None under rules 1.
    """

    eta: NotNegative
    value: Share | None
    simultaneous: Share | None
    rank: Count | None
    q_upper: Share
    reason: str
    population: Share | None = None
    mean: Share | None = None


class Arm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One surrogate, with the evidence from which its curve can be redone.

    Attributes:
        hold_out_accuracy: Without weight noise, on the hold-out.
        training_accuracy: Without weight noise, on the images it learned from.
        noisy_training_accuracy: Mean under weight noise, on the images it learned from; None: not measured.
        correct: Right answers on the hold-out, for every weight draw, in draw order.
        of: Hold-out images.
        parameters: Number of weights.
        weights_sha256: Digest of the surrogate's weights.
        curve: The bounds.
    """

    hold_out_accuracy: Share
    training_accuracy: Share
    noisy_training_accuracy: Share | None
    correct: Annotated[tuple[Count, ...], Meta(min_length=1)]
    of: Annotated[int, Meta(ge=1, le=10**9)]
    parameters: Count
    weights_sha256: Digest
    curve: Annotated[tuple[Point, ...], Meta(min_length=1, max_length=10_000)]


class Levels(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Confidences of single bounds at which those of one kind hold at once, at the certificate's confidence.

    Attributes:
        at_once: Of each bound `simultaneous`.
        at_most: Of each upper bound of the verdict, and of the quantile behind `population`.
        at_least: Of each lower bound of the verdict.
    """

    at_once: Inner
    at_most: Inner
    at_least: Inner


class Comparison(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The verdict at one radius.

    Attributes:
        eta: Radius, in the geometry of the noise.
        at_most: Upper bound for the protected images, the highest of all surrogates; None: there is none.
        at_least: Lower bound of the same quantile for the originals, the lowest of all surrogates.
        distinguishes: Whether they lie apart by the margin; None without an upper bound.
    """

    eta: NotNegative
    at_most: Share | None
    at_least: Share | None
    distinguishes: bool | None


class Pair(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The two surrogates of one more seed."""

    protected: Arm
    unprotected: Arm


class Results(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The certificate's figures.

    Attributes:
        geometry: Of the weight noise: "scale-invariant" or "isotropic".
        q: Quantile.
        sigma: Standard deviation of the weight noise.
        confidence: Of each bound.
        chance: Share of the largest class in the hold-out.
        protected: Surrogate that learned from the exported pixels.
        unprotected: The baseline, which learned from the originals.
        margin: Of the verdict.
        distinguishes: The verdict: see `rule`.
        rule: How the verdict is reached, in words.
        abstained: Whether no radius could be certified at all.
        rules: Of the statistics. 1: simultaneous bounds after Bonferroni, a verdict from two upper bounds, no more.
            2: exact simultaneous bounds, population, mean, and a verdict from an upper and a lower bound.
        levels: Under rules 2.
        comparisons: What the verdict rests on, under rules 2.
        more: The surrogates of further seeds; the certificate is about the worst of all.
        claims: What each kind of figure states, and over what its confidence is, in words.
        tried: Confidence of every certification of the same run that drew weights, this one included; empty: not noted.
    """

    geometry: Literal["scale-invariant", "isotropic"]
    q: Inner
    sigma: Positive
    confidence: Inner
    chance: Share
    protected: Arm
    unprotected: Arm
    margin: Share
    distinguishes: bool
    rule: str
    abstained: bool
    rules: Literal[1, 2] = 1
    levels: Levels | None = None
    comparisons: Annotated[tuple[Comparison, ...], Meta(max_length=10_000)] = ()
    more: Annotated[tuple[Pair, ...], Meta(max_length=1000)] = ()
    claims: tuple[str, ...] = ()
    tried: Annotated[tuple[Inner, ...], Meta(max_length=10_000)] = ()

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """The surrogates of all seeds."""
        return (Pair(protected=self.protected, unprotected=self.unprotected), *self.more)

    @property
    def protected_curve(self) -> tuple[Point, ...]:
        """The curve of the protected images: at every radius the worst of all surrogates."""
        return worst([pair.protected.curve for pair in self.pairs])

    @property
    def unprotected_curve(self) -> tuple[Point, ...]:
        """The same certificate for the originals."""
        return worst([pair.unprotected.curve for pair in self.pairs])


class Quality(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far the exported pixels are from the originals.

    Attributes:
        epsilon_255: Limit that was promised.
        max_abs_delta_255: Largest difference found in any exported image.
        median_psnr_db: Over all images; None if none changed.
        worst_psnr_db: Lowest of all images; None if none changed.
        median_ssim: Median structural similarity of all images; None before schema 2.
        worst_ssim: Lowest of all images.
    """

    epsilon_255: Delta
    max_abs_delta_255: Delta
    median_psnr_db: float | None
    worst_psnr_db: float | None
    median_ssim: Likeness | None = None
    worst_ssim: Likeness | None = None


class Attack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one attacker reached on clean hold-out images: from protected images and from the originals.

    Attributes:
        attacker: Network.
        countermeasure: What was done to the images before learning.
        accuracy: At the end, from protected images.
        best_accuracy: At the best epoch, from protected images.
        clean_accuracy: At the end, from the originals.
        clean_best_accuracy: At the best epoch, from the originals.
        seeds: How many trainings the figures are means of.
        half_widths: Half of each figure's 95 % interval, in the order above; empty: one training tells nothing.
        alone_accuracy: At the end, from nothing but the originals that such an attacker has; None: he has none.
        alone_best_accuracy: Likewise at the best epoch.
    """

    attacker: str
    countermeasure: str
    accuracy: Share
    best_accuracy: Share
    clean_accuracy: Share
    clean_best_accuracy: Share
    seeds: Annotated[int, Meta(ge=1)] = 1
    half_widths: tuple[Share, ...] = ()
    alone_accuracy: Share | None = None
    alone_best_accuracy: Share | None = None


class StressTest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Measured, not certified. `recovery` None: nobody searched near the certified network."""

    attacks: tuple[Attack, ...]
    chance: Share
    conditions: dict[str, str]
    recovery: Recovery | None = None


class Signer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who signed.

    Attributes:
        key_id: SHA-256 of the public key's 32 bytes, as hex.
        public_key: Those bytes, as base64.
        statement: What the signature means, in words.
    """

    key_id: Digest
    public_key: str
    statement: str


class Certificate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The predicate of the signed statement.

    Attributes:
        schema: Of this structure.
        identification: Program, time, run.
        data_set: What it is about.
        settings: Of every step, without the seed: it would let others take the protection off.
        crafting: How far crafting went; None: not recorded, or the method takes no surrogate.
        conditions: Device, versions and precision of the certification.
        results: The figures and their evidence.
        quality: Of the exported pixels.
        stress_test: None: not measured.
        not_covered: What the certificate says nothing about, in plain sentences.
        how_to_verify: In plain sentences.
        signer: The key.
        images: One entry per exported image.
        lossy: What a lossy format did to them; None: the files hold the certified pixels.
    """

    schema: Literal[1, 2]
    identification: Identification
    data_set: DataSet
    settings: dict[str, dict[str, SettingValue]]
    crafting: Crafting | None
    conditions: dict[str, str]
    results: Results
    quality: Quality
    stress_test: StressTest | None
    not_covered: tuple[str, ...]
    how_to_verify: tuple[str, ...]
    signer: Signer
    images: Annotated[tuple[ImageFacts, ...], Meta(min_length=1)]
    lossy: Lossy | None = None
