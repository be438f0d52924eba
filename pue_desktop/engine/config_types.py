"""Fields that several steps have, declared once each; see `config`."""

from typing import Annotated, Literal

from msgspec import Meta

Geometry = Literal["scale-invariant", "isotropic"]
MetadataPolicy = Literal["safe", "no-location", "none"]
Naming = Literal["keep", "numbered", "suffix"]
Conflict = Literal["replace", "new-folder", "refuse"]

Seed = Annotated[int, Meta(title="Seed", description="Names every random draw of the run.", ge=0, le=2**31 - 1)]
Device = Annotated[
    str,
    Meta(
        title="Device",
        description="auto, cpu, cuda, cuda:N or mps.",
        extra_json_schema={"result": False},
    ),
]
WorkingSize = Annotated[
    int,
    Meta(
        title="Working size",
        description="Side, in pixels, at which networks see the images; 0: by the images, 32 or 64.",
        ge=0,
        le=256,
    ),
]
Surrogate = Annotated[
    str, Meta(title="Surrogate", description="The network that learns.", extra_json_schema={"table": "surrogates"})
]
NoiseGeometry = Annotated[
    Geometry,
    Meta(
        title="Noise geometry",
        description="Weight noise in proportion to each filter (scale-invariant) or equal everywhere (isotropic).",
        extra_json_schema={"advanced": True},
    ),
]
BatchSize = Annotated[
    int,
    Meta(
        title="Batch size",
        description="Images per training step; 0: by the working size, 128 at 32 pixels, 32 at 64.",
        ge=0,
        le=4096,
        extra_json_schema={"advanced": True},
    ),
]
LearningRate = Annotated[
    float,
    Meta(
        title="Learning rate",
        description="Of SGD, decayed to zero along a cosine.",
        gt=0,
        le=10,
        extra_json_schema={"advanced": True},
    ),
]
JpegQuality = Annotated[
    int,
    Meta(
        title="JPEG quality",
        description="Unused but for jpeg; the lower, the smaller the files and the less of the protection they keep.",
        ge=30,
        le=100,
        extra_json_schema={"later": True},
    ),
]
FileNaming = Annotated[
    Naming,
    Meta(
        title="File names",
        description="keep: as they are; numbered: 0001, 0002, … in each folder, though the certificate still names the "
        "originals; suffix: with -protected at their end.",
        extra_json_schema={"later": True},
    ),
]
OnConflict = Annotated[
    Conflict,
    Meta(
        title="Existing files",
        description="replace: an earlier export of this run, nothing else; new-folder: put it beside, with a number; "
        "refuse: write nothing.",
        extra_json_schema={"later": True},
    ),
]
