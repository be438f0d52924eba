"""Does what a certificate says of searches near the certified networks fit its curve and its counts of images?

What a search found can't be redone from the signed file; everything that follows from it is.
"""

import math
from collections.abc import Iterator

from pue_desktop.engine.certificate_recovery import AttackerDistance, Recovery, SearchPoint
from pue_desktop.engine.certificate_schema import Certificate
from pue_desktop.engine.export_names import CERTIFICATE_JSON, shown
from pue_desktop.engine.recovery_results import certified_at, is_above, largest_certified
from pue_desktop.engine.verify_report import Finding

_TOLERANCE = 1e-6


def check_recovery(certificate: Certificate) -> Iterator[Finding]:
    """Yields what does not follow from the rest of the certificate."""
    found = certificate.stress_test.recovery if certificate.stress_test is not None else None
    if found is None:
        return
    results = certificate.results
    of = results.protected.of
    if found.searched + found.measured != of:
        yield _finding("The images searched and measured with are not its hold-out.")
    if certificate.settings.get("stress", {}).get("recovery_steps") != found.steps:
        yield _finding("The setting recovery_steps is not the one that was used.")
    if (found.largest_eta, found.certified) != (largest_certified(results.protected_curve) or (None, None)):
        yield _finding("The largest certified radius of the searches is not that of its curve.")
    for point in found.points:
        if not _holds(point, found, certificate):
            yield _finding(f"What a search found at η = {point.eta:g} does not fit its curve and its images.")
    for one in found.distances:
        if not _follows(one, found, of):
            yield _finding(f"The distance of attacker {shown(one.attacker)[:100]} does not fit its curve.")


def _holds(point: SearchPoint, found: Recovery, certificate: Certificate) -> bool:
    results = certificate.results
    return (
        point.distance <= point.eta * (1.0 + _TOLERANCE) + _TOLERANCE
        and point.certified == certified_at(results.protected_curve, point.eta)
        and _whole(point.accuracy * found.measured)
        and point.surrogate < len(results.pairs)
    )


def _follows(one: AttackerDistance, found: Recovery, of: int) -> bool:
    radii = one.distance / found.largest_eta if found.largest_eta else None
    under = None if found.certified is None else not is_above(one.accuracy, found.certified)
    same = one.radii is radii if one.radii is None or radii is None else math.isclose(one.radii, radii)
    return same and one.under is under and _whole(one.accuracy * of)


def _whole(count: float) -> bool:
    return abs(count - round(count)) < _TOLERANCE * max(1.0, count)


def _finding(text: str) -> Finding:
    return Finding("evidence", CERTIFICATE_JSON, f"{CERTIFICATE_JSON}: {text}")
