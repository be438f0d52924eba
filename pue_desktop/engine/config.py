"""Every setting, declared once. Form, command-line flag, manifest and staleness follow from the fields here.

A step has one frozen config. A field's `Meta` gives its title, its one-line explanation and its limits; in
`extra_json_schema`, `advanced` folds it away in the window, `table` names the registry it chooses from, and
`result: False` marks a field that changes how fast a result is reached but not the result, so that it never makes a
result stale; `later` marks one that earlier versions did not have: at its default it is left out of the digest, so that
their results stay current (`before` names the value instead, where they did not do what the default says); `path` marks
a place on the disk and says how help names it ("FILE" or "DIR"). `plans` turns what a user chooses (strength, effort)
into the configs of all steps.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from pue_desktop.engine.config_types import (
    BatchSize,
    Device,
    FileNaming,
    JpegQuality,
    LearningRate,
    MetadataPolicy,
    NoiseGeometry,
    OnConflict,
    Seed,
    Surrogate,
    WorkingSize,
)
from pue_desktop.engine.errors import UsageError
from pue_desktop.engine.files import digest_json


class ScanConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Step 1: which images there are, of which classes, and which are kept out of training."""

    labels: Annotated[
        str,
        Meta(
            title="Labels",
            description="CSV file of path,label lines; without one, folders are the classes.",
            extra_json_schema={"later": True, "path": "FILE"},
        ),
    ] = ""
    test_folder: Annotated[
        str,
        Meta(
            title="Test folder",
            description="Folder with the same classes to measure with, instead of a share of each class.",
            extra_json_schema={"later": True, "path": "DIR"},
        ),
    ] = ""
    hold_out: Annotated[
        float,
        Meta(
            title="Hold-out share",
            description="Share of each class kept from learning, to measure with. Unused where there is a test folder.",
            ge=0.05,
            le=0.5,
        ),
    ] = 0.2
    seed: Seed = 0


class CraftConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Step 2: how the perturbation is crafted."""

    method: Annotated[
        str, Meta(title="Method", description="How the perturbation is found.", extra_json_schema={"table": "methods"})
    ] = "pue"
    epsilon_255: Annotated[
        float,
        Meta(title="Epsilon", description="Largest change of any pixel value, of 255.", ge=1, le=64),
    ] = 8.0
    surrogate: Surrogate = "small-bn"
    working_size: WorkingSize = 0
    smallest_view: Annotated[
        float,
        Meta(
            title="Smallest view",
            description="Least share of a photograph that the surrogate is shown while crafting; 1: always the whole.",
            ge=0.05,
            le=1,
            extra_json_schema={"advanced": True},
        ),
    ] = 0.35
    masking: Annotated[
        Literal["auto", "none", "texture"],
        Meta(
            title="Masking",
            description="texture: weaker where a picture is flat, and at least 34 dB alike at epsilon 8; "
            "none: the same everywhere; auto: texture for photographs.",
            extra_json_schema={"advanced": True, "later": True, "before": "none"},
        ),
    ] = "auto"
    geometry: NoiseGeometry = "scale-invariant"
    sigma: Annotated[
        float,
        Meta(
            title="Weight noise",
            description="Largest standard deviation of the weight noise while crafting.",
            ge=0,
            le=2,
        ),
    ] = 0.5
    steps: Annotated[int, Meta(title="Steps", description="Training steps of the surrogate.", ge=10, le=1_000_000)] = (
        2000
    )
    step_255: Annotated[
        float,
        Meta(
            title="Sign step",
            description="First size of a perturbation step, of 255; it decays to a tenth.",
            gt=0,
            le=16,
            extra_json_schema={"advanced": True},
        ),
    ] = 1.0
    batch_size: BatchSize = 0
    learning_rate: LearningRate = 0.1
    seed: Seed = 0
    device: Device = "auto"


class CertifyConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Step 3: how learnability is certified."""

    surrogate: Surrogate = "small"
    working_size: WorkingSize = 0
    geometry: NoiseGeometry = "scale-invariant"
    sigma: Annotated[
        float,
        Meta(title="Weight noise σ", description="Standard deviation of the weight noise of every draw.", gt=0, le=2),
    ] = 0.2
    q: Annotated[
        float,
        Meta(title="Quantile q", description="Share of the weight draws that the certified value covers.", gt=0, lt=1),
    ] = 0.9
    draws: Annotated[
        int, Meta(title="Draws", description="Weight draws; more reach farther.", ge=10, le=10_000_000)
    ] = 800
    confidence: Annotated[
        float, Meta(title="Confidence", description="Probability that the certificate is right.", gt=0.5, lt=1)
    ] = 0.99
    surrogate_seeds: Annotated[
        int,
        Meta(
            title="Surrogates",
            description="Networks trained from different seeds; the certificate is about the worst of them.",
            ge=1,
            le=100,
            extra_json_schema={"advanced": True, "later": True},
        ),
    ] = 1
    training_steps: Annotated[
        int, Meta(title="Training steps", description="SGD steps for each surrogate.", ge=10, le=1_000_000)
    ] = 700
    training_draws: Annotated[
        int,
        Meta(
            title="Draws on training images",
            description="Weight draws to show how well the surrogate knows its own images.",
            ge=0,
            le=10_000,
            extra_json_schema={"advanced": True},
        ),
    ] = 50
    batch_size: BatchSize = 0
    learning_rate: LearningRate = 0.1
    seed: Seed = 0
    device: Device = "auto"


class StressConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Step 4: which attackers are tried against the protected images."""

    attackers: Annotated[
        tuple[str, ...],
        Meta(
            title="Attackers",
            description="Networks trained on the protected images.",
            extra_json_schema={"table": "surrogates"},
        ),
    ] = ("vgg",)
    countermeasures: Annotated[
        tuple[str, ...],
        Meta(
            title="Countermeasures",
            description="What an attacker does to the images first.",
            extra_json_schema={"table": "countermeasures"},
        ),
    ] = ("crop-flip",)
    working_size: WorkingSize = 0
    framing: Annotated[
        Literal["squash", "crop"],
        Meta(
            title="Framing",
            description="squash: attackers see the whole image, squashed to a square; crop: the square in its middle.",
            extra_json_schema={"advanced": True, "later": True},
        ),
    ] = "squash"
    steps: Annotated[
        int, Meta(title="Training steps", description="SGD steps of each attacker.", ge=10, le=1_000_000)
    ] = 320
    batch_size: BatchSize = 0
    learning_rate: LearningRate = 0.05
    seeds: Annotated[
        int,
        Meta(
            title="Trainings each",
            description="How often each attacker is trained anew; from two on, with an interval.",
            ge=1,
            le=100,
            extra_json_schema={"later": True},
        ),
    ] = 1
    recovery_steps: Annotated[
        int,
        Meta(
            title="Steps of each search",
            description="Searching with clean images for better weights near the certified network; 0: no search.",
            ge=0,
            le=1_000_000,
            extra_json_schema={"advanced": True, "later": True},
        ),
    ] = 20
    recovery_reach: Annotated[
        float,
        Meta(
            title="Farthest search",
            description="Beyond the certified radii it goes on at 0.5, 1, 2, 5, 10, … up to here; 0: not beyond.",
            ge=0,
            le=1000,
            extra_json_schema={"advanced": True, "later": True},
        ),
    ] = 5.0
    seed: Seed = 0
    device: Device = "auto"


class ExportConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Step 5: how the protected images are written."""

    format: Annotated[
        str, Meta(title="Format", description="File format of the images.", extra_json_schema={"table": "exporters"})
    ] = "png"
    quality: JpegQuality = 95
    folder: Annotated[
        str,
        Meta(
            title="Folder",
            description="Where the protected images go: new, empty or of this run.",
            extra_json_schema={"path": "DIR"},
        ),
    ] = ""
    conflict: OnConflict = "replace"
    naming: FileNaming = "keep"
    metadata: Annotated[
        MetadataPolicy,
        Meta(
            title="Metadata",
            description="safe: author, copyright, description, date, resolution; no-location: the camera too; none.",
        ),
    ] = "safe"
    key: Annotated[
        str,
        Meta(
            title="Signed with",
            description="Name of your key that signs; see pue-desktop keys.",
            extra_json_schema={"later": True},
        ),
    ] = "default"
    page: Annotated[
        Literal["A4", "Letter"],
        Meta(title="Page size", description="Of the certificate as PDF.", extra_json_schema={"later": True}),
    ] = "A4"


StepConfig = ScanConfig | CraftConfig | CertifyConfig | StressConfig | ExportConfig

CONFIG_TYPES: dict[str, type[Any]] = {
    "scan": ScanConfig,
    "craft": CraftConfig,
    "certify": CertifyConfig,
    "stress": StressConfig,
    "export": ExportConfig,
}


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The configs of all steps of a run: the whole job as one immutable value.

    Attributes:
        scan: Which images there are, and which are kept out of training.
        craft: How the perturbation is crafted.
        certify: How learnability is certified.
        stress: Which attackers are tried.
        export: Where and how the protected images are written.
    """

    scan: ScanConfig = ScanConfig()
    craft: CraftConfig = CraftConfig()
    certify: CertifyConfig = CertifyConfig()
    stress: StressConfig = StressConfig()
    export: ExportConfig = ExportConfig()

    def of(self, step: str) -> StepConfig:
        """Returns the config of the step called `step`."""
        config: StepConfig = getattr(self, step)
        return config


class Setting(msgspec.Struct, frozen=True):
    """One field of a config, as a form or a command line shows it.

    Attributes:
        name: Field name.
        type: The Python type without its limits.
        default: Default value.
        title: A few words for people.
        description: One line for people.
        meta: The limits (`ge`, `gt`, `le`, `lt`).
        advanced: Whether it is folded away.
        table: Name of the registry it chooses from, or empty.
        result: Whether it changes results.
        later: Whether earlier versions did not have it.
        before: The value at which they did the same; for a setting that is `later`.
        path: "FILE" or "DIR" for a place on the disk, else empty.
    """

    name: str
    type: Any
    default: Any
    title: str
    description: str
    meta: Meta
    advanced: bool = False
    table: str = ""
    result: bool = True
    later: bool = False
    before: object = None
    path: str = ""


def settings(config_type: type[Any]) -> list[Setting]:
    """Returns the settings of a config class, in order."""
    found: list[Setting] = []
    for field in msgspec.structs.fields(config_type):
        annotated = field.type
        meta: Meta = annotated.__metadata__[-1]
        extra = meta.extra_json_schema or {}
        found.append(
            Setting(
                name=field.name,
                type=annotated.__origin__,
                default=field.default,
                title=meta.title or field.name,
                description=meta.description or "",
                meta=meta,
                advanced=bool(extra.get("advanced", False)),
                table=str(extra.get("table", "")),
                result=bool(extra.get("result", True)),
                later=bool(extra.get("later", False)),
                before=extra.get("before", field.default),
                path=str(extra.get("path", "")),
            )
        )
    return found


def changed(config: Any, **values: object) -> Any:
    """Returns `config` with some fields replaced, checked against their limits.

    Raises:
        UsageError: a field does not exist or a value is out of range; the message names it.
    """
    merged = msgspec.to_builtins(config) | values
    try:
        return msgspec.convert(merged, type(config))
    except msgspec.ValidationError as error:
        raise UsageError(f"A setting is wrong: {error}.", hint="See --help for its range.") from error


def config_digest(config: Any) -> str:
    """Returns the SHA-256 of the settings that change results."""
    relevant = {
        setting.name: getattr(config, setting.name)
        for setting in settings(type(config))
        if setting.result and not (setting.later and getattr(config, setting.name) == setting.before)
    }
    return digest_json(relevant)
