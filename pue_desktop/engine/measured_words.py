"""What was measured beside the certificate, in plain sentences, for PDF, window and command line."""

from collections.abc import Sequence

from pue_desktop.engine import certificate_recovery, recovery_results
from pue_desktop.engine.certificate_recovery import Recovery, SearchPoint
from pue_desktop.engine.certificate_schema import Attack
from pue_desktop.engine.certificate_words import equation, percent
from pue_desktop.engine.recovery_results import RecoveryPoint, RecoveryResult
from pue_desktop.engine.stress_results import StressResult, StressRow

Found = Recovery | RecoveryResult
Point = SearchPoint | RecoveryPoint
Distance = certificate_recovery.AttackerDistance | recovery_results.AttackerDistance

WHY_ABOVE = (
    "That is no contradiction: the certificate bounds a share of random weights, not the best ones found by a search "
    "with clean images."
)
NO_DISTANCE = "Attackers of another make have other weights: there is no distance to tell."
STATISTICS = {
    "none": "",
    "frozen": "frozen statistics",
    "free": "own statistics",
}


def sight_words(size: int, framing: str) -> str:
    """Returns at which size and how attackers saw the images, so that nobody takes it for more; empty if unknown."""
    if not size:
        return ""
    part = "the square in the middle of each" if framing == "crop" else "each whole, squashed to a square"
    return f"Attackers saw the images at {size} by {size} pixels, {part}; at other sizes they may reach more or less."


def alone_words(rows: Sequence[Attack | StressRow]) -> str:
    """Returns what attackers with some originals reach from these alone; empty if there are none."""
    known = [
        f"{row.attacker}, {row.countermeasure}: {percent(row.alone_accuracy)}"
        for row in rows
        if row.alone_accuracy is not None
    ]
    return f"From the originals that such an attacker has, without the images: {'; '.join(known)}." if known else ""


def best_above(points: tuple[Point, ...]) -> Point | None:
    """Returns the most accurate of the points above the certified curve."""
    return max((point for point in points if point.above), key=lambda point: point.accuracy, default=None)


def above_words(found: Found) -> str:
    """Returns what to say of a point above the certified curve; empty if there is none."""
    best = best_above(found.points)
    if best is None or best.certified is None:
        return ""
    return (
        f"Within the certified radii, at {equation('η', best.eta)}, a search with {found.searched:,} clean images "
        f"found weights that get {percent(best.accuracy)} of {found.measured:,} others right; the curve is at "
        f"{percent(best.certified)}. {WHY_ABOVE}"
    )


def search_words(found: Found) -> str:
    """Returns what the searches found; empty if none was made."""
    within = [point for point in found.points if point.certified is not None]
    beyond = [point for point in found.points if point.certified is None]
    said = above_words(found)
    if not said and within:
        best = max(within, key=lambda point: point.accuracy)
        said = (
            f"Within the certified radii a search with {found.searched:,} clean images found no weights above the "
            f"curve: at most {percent(best.accuracy)} of {found.measured:,} others right, at {equation('η', best.eta)}."
        )
    if beyond:
        best = max(beyond, key=lambda point: point.accuracy)
        value = percent(best.accuracy)
        said += (
            f" Farther away, where nothing is certified, the best it found was {value} at {equation('η', best.eta)}."
        )
    return said.strip()


def distance_words(found: Found) -> str:
    """Returns how far attackers of the certified network's own make ended from it; empty if there is none."""
    if not found.distances:
        return ""
    ordered: list[Distance] = sorted(found.distances, key=lambda one: one.distance)
    near, far = ordered[0], ordered[-1]
    away = _away(near, far)
    certified = None if found.certified is None else percent(found.certified)
    if len(ordered) == 1:
        return f"{_one_distance(near, away, certified)} {NO_DISTANCE}"
    if certified is None:
        said = (
            f"{len(ordered)} attackers of the certified network's make, trained on the protected images from other "
            f"starts, ended {away} from it."
        )
    else:
        under = sum(bool(one.under) for one in ordered)
        said = (
            f"{len(ordered)} attackers of the certified network's make, trained on the protected images from other "
            f"starts, ended {away} from it; {under} of {len(ordered)} reached no more than the {certified} certified "
            "at that radius."
        )
    return f"{said} {NO_DISTANCE}"


def _away(near: Distance, far: Distance) -> str:
    """Returns how far away they ended, in the certificate's own distance."""
    if near.radii is None or far.radii is None:
        low, high = f"{near.distance:,.3g}", f"{far.distance:,.3g}"
        return low if low == high else f"{low} to {high}"
    low, high = f"{near.radii:,.0f}", f"{far.radii:,.0f}"
    if low == high:
        return f"{low} times the largest certified radius"
    return f"{low} to {high} times the largest certified radius"


def _one_distance(one: Distance, away: str, certified: str | None) -> str:
    named, reached = f"{one.attacker}, {one.countermeasure}", percent(one.accuracy)
    if certified is None:
        return (
            f"An attacker of the certified network's make ({named}), trained on the protected images from another "
            f"start, ended {away} from it and reached {reached}."
        )
    if one.under:
        return (
            f"An attacker of the certified network's make ({named}), trained on the protected images from another "
            f"start, ended {away} from it and reached {reached}, no more than the {certified} certified at that radius."
        )
    return (
        f"An attacker of the certified network's make ({named}), trained on the protected images from another "
        f"start, ended {away} from it and reached {reached}, more than the {certified} certified at that radius."
    )


def measured_words(result: StressResult) -> list[str]:
    """Returns every sentence about a stress test besides its table."""
    found = result.recovery
    near = [] if found is None else [search_words(found), distance_words(found)]
    sight = sight_words(result.size, result.framing)
    return [words for words in (sight, alone_words(result.by_danger), *near) if words]
