"""Kinds of values in a certificate, with their limits, and how a share is written."""

from typing import Annotated

from msgspec import Meta

Share = Annotated[float, Meta(ge=0.0, le=1.0)]
Inner = Annotated[float, Meta(gt=0.0, lt=1.0)]
Positive = Annotated[float, Meta(gt=0.0, le=1e9)]
NotNegative = Annotated[float, Meta(ge=0.0, le=1e9)]
Likeness = Annotated[float, Meta(ge=-1.0, le=1.0)]
Delta = Annotated[float, Meta(ge=0.0, le=255.0)]
Count = Annotated[int, Meta(ge=0, le=10**12)]
Digest = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
SettingValue = bool | int | float | str | list[str] | None


def percent(share: float) -> str:
    """Returns a measured share as text, rounded to a tenth of a percent, with a space that does not break."""
    return f"{share * 100:.1f}\u00a0%"
