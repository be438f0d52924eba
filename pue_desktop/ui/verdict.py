"""What a certificate means, in a few plain sentences made from its figures, with its limits. No Qt here.

See the method: the bound is about weights near the surrogate's; independent networks are measured, not certified; and
a certificate that unprotected images would get as well says nothing.
"""

from pue_desktop.engine.config import CertifyConfig
from pue_desktop.engine.results import CertifyResult, CurvePoint, StressResult
from pue_desktop.ui.text import percent, rounded_percent

# An attacker this little above chance on the originals has not learned.
_LEARNED = 0.05


def explain(result: CertifyResult, config: CertifyConfig, stress: StressResult | None) -> tuple[str, str]:
    """Returns what the figures say, and what they do not."""
    limits = _limits(result, stress)
    if result.abstained:
        return _abstained(result, config), limits
    certified = [point for point in result.protected_curve if point.simultaneous is not None]
    if not certified:
        return (
            "There are values for single η only. More draws are needed for a statement about the whole curve.",
            limits,
        )
    widest = certified[-1]
    surrogates = "the surrogate's" if not result.more else f"those of any of the {len(result.more) + 1} surrogates"
    said = (
        f"Of all networks whose weights lie within η = {widest.eta:.3g} of {surrogates}, shaken by noise of "
        f"σ = {config.sigma:g}, at least {rounded_percent(config.q)} recognise no more than "
        f"{percent(widest.simultaneous or 0)} of the {result.protected.of:,} clean images held out (guessing: "
        f"{percent(result.chance)}); this holds with {rounded_percent(config.confidence)} confidence"
    )
    return f"{said}; {_beside(result, widest)}", limits


def _beside(result: CertifyResult, widest: CurvePoint) -> str:
    floor = next((row.at_least for row in result.comparisons if row.eta == widest.eta), None)
    upper = next((point.simultaneous for point in result.unprotected_curve if point.eta == widest.eta), None)
    if floor is None and upper is None:
        return "for unprotected images there is no bound to compare it with."
    value = f"at least {percent(floor)}" if floor is not None else percent(upper or 0)
    if result.distinguishes:
        return f"made from your unprotected images, the same figure would be {value}. The certificate distinguishes."
    return (
        f"but made from your unprotected images, the same figure would be {value}, and {100 * result.margin:g} points "
        "between them are asked for all along the curve. So the certificate does not distinguish protected from "
        "unprotected images: it does not show that the protection works."
    )


def _abstained(result: CertifyResult, config: CertifyConfig) -> str:
    reason = next((point.reason for point in result.protected.curve if point.reason), "")
    return (
        f"No value can be certified: {len(result.protected.correct):,} weight draws are too few for "
        f"{rounded_percent(config.q)} of all networks at {rounded_percent(config.confidence)} confidence. "
        f"{reason}"
    ).rstrip()


def _limits(result: CertifyResult, stress: StressResult | None) -> str:
    alike = next((point for point in reversed(result.protected_curve) if point.population is not None), None)
    images = ""
    if alike is not None:
        images = (
            f"Of other images like those held out, it is at most {percent(alike.population or 0)} at "
            f"η = {alike.eta:.3g}. "
        )
    others = "networks that others train are measured, not certified"
    limits = f"{images}This covers weights near the surrogate's only; {others}"
    if stress is None or not stress.rows:
        return f"{limits}, and no attacker has been tried yet."
    worst = stress.by_danger[0]
    attacker = f"{worst.attacker}, {worst.countermeasure}"
    if worst.clean_accuracy <= stress.chance + _LEARNED:
        return f"{limits}; and {attacker} learned nothing from the originals either, so that attack shows nothing."
    return (
        f"{limits}: the best of the attackers tried ({attacker}) ended at {percent(worst.accuracy)} "
        f"({percent(worst.best_accuracy)} in its best epoch) instead of {percent(worst.clean_accuracy)} from the "
        "originals."
    )
