"""What a certificate says of searches near the certified networks: measured, not certified.

The rules of `certificate_schema` hold here, too.
"""

from typing import Annotated

import msgspec
from msgspec import Meta

from pue_desktop.engine.certificate_values import Count, NotNegative, Share
from pue_desktop.engine.recovery_results import Statistics, is_above


class SearchPoint(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The best weights found within one radius.

    Attributes:
        eta: The radius.
        distance: Of the weights found, at most `eta`.
        accuracy: Of those weights, on clean hold-out images that were not searched with.
        statistics: Of BatchNorm: "frozen" as they were certified, "free" from the searcher's own images, or "none".
        certified: What the protected curve allows at this radius; None: it says nothing there.
        surrogate: Number of the certified network that was searched around, from 0.
    """

    eta: NotNegative
    distance: NotNegative
    accuracy: Share
    statistics: Statistics
    certified: Share | None
    surrogate: Count = 0

    @property
    def above(self) -> bool:
        """Whether it lies above the certified curve."""
        return is_above(self.accuracy, self.certified)


class AttackerDistance(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far one attacker of the certified network's own make, trained from another start, ended from it.

    Attributes:
        attacker: Network.
        countermeasure: What was done to the images before learning.
        seed: Which of its trainings, from 1.
        distance: To the nearest certified network of the protected images, in the certificate's geometry.
        radii: The same in units of the largest certified radius; None: there is none above zero.
        accuracy: On the clean hold-out, at the end.
        under: Whether that is no more than what is certified at the largest radius; None: nothing is.
    """

    attacker: str
    countermeasure: str
    seed: Annotated[int, Meta(ge=1)]
    distance: Annotated[float, Meta(ge=0.0)]
    radii: Annotated[float, Meta(ge=0.0)] | None
    accuracy: Share
    under: bool | None


class Recovery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody finds who searches near the certified networks with clean images.

    Attributes:
        points: Every search.
        steps: Descent steps of each.
        searched: Hold-out images searched with.
        measured: The other hold-out images, measured with.
        largest_eta: The largest certified radius.
        certified: The bound there.
        distances: Of attackers of the certified network's own make; others have no distance.
    """

    points: Annotated[tuple[SearchPoint, ...], Meta(max_length=100_000)]
    steps: Count
    searched: Count
    measured: Annotated[int, Meta(ge=1, le=10**9)]
    largest_eta: NotNegative | None
    certified: Share | None
    distances: Annotated[tuple[AttackerDistance, ...], Meta(max_length=100_000)] = ()
