"""What a certificate means, in a few plain sentences made from its figures, with its limits. No Qt here.

See the method: the bound is about weights near the surrogate's; independent networks are measured, not certified; and
a certificate that unprotected images would get as well says nothing. The sentences are English and each is whole, so
that the window can translate them like those of the engine.
"""

from pue_desktop.engine.config import CertifyConfig
from pue_desktop.engine.results import CertifyResult, CurvePoint
from pue_desktop.engine.stress_results import StressResult

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
    whose = "the surrogate's" if not result.more else f"those of any of the {len(result.more) + 1} surrogates"
    said = (
        f"Of all networks whose weights lie within η = {widest.eta:.3g} of {whose}, shaken by noise of "
        f"σ = {config.sigma:g}, at least {_share(config.q)} recognise no more than "
        f"{_percent(widest.simultaneous or 0)} of the {result.protected.of:,} clean images held out (guessing: "
        f"{_percent(result.chance)}); this holds with {_share(config.confidence)} confidence."
    )
    return f"{said} {_beside(result, widest)}", limits


def _beside(result: CertifyResult, widest: CurvePoint) -> str:
    floor = next((row.at_least for row in result.comparisons if row.eta == widest.eta), None)
    upper = next((point.simultaneous for point in result.unprotected_curve if point.eta == widest.eta), None)
    if floor is None and upper is None:
        return "For unprotected images there is no bound to compare it with."
    value = f"at least {_percent(floor)}" if floor is not None else _percent(upper or 0)
    if result.distinguishes:
        return f"Made from your unprotected images, the same figure would be {value}. The certificate distinguishes."
    return (
        f"But made from your unprotected images, the same figure would be {value}, and {100 * result.margin:g} points "
        "between them are asked for all along the curve. So the certificate does not distinguish protected from "
        "unprotected images: it does not show that the protection works."
    )


def _abstained(result: CertifyResult, config: CertifyConfig) -> str:
    reason = next((point.reason for point in result.protected.curve if point.reason), "")
    return (
        f"No value can be certified: {len(result.protected.correct):,} weight draws are too few for "
        f"{_share(config.q)} of all networks at {_share(config.confidence)} confidence. {reason}"
    ).rstrip()


def _limits(result: CertifyResult, stress: StressResult | None) -> str:
    alike = next((point for point in reversed(result.protected_curve) if point.population is not None), None)
    said = ["This covers weights near the surrogate's only; networks that others train are measured, not certified."]
    if alike is not None:
        value = _percent(alike.population or 0)
        said.insert(0, f"Of other images like those held out, it is at most {value} at η = {alike.eta:.3g}.")
    return " ".join([*said, _tried(stress)])


def _tried(stress: StressResult | None) -> str:
    if stress is None or not stress.rows:
        return "No attacker has been tried yet."
    worst = stress.by_danger[0]
    attacker, countermeasure = worst.attacker, worst.countermeasure
    if worst.clean_accuracy <= stress.chance + _LEARNED:
        return (
            f"The most dangerous attacker tried ({attacker}, {countermeasure}) learned nothing from the originals "
            "either, so that attack shows nothing."
        )
    return (
        f"The best of the attackers tried ({attacker}, {countermeasure}) ended at {_percent(worst.accuracy)} "
        f"({_percent(worst.best_accuracy)} in its best epoch) instead of {_percent(worst.clean_accuracy)} from the "
        "originals."
    )


def _percent(share: float) -> str:
    return f"{share * 100:.1f}\N{NO-BREAK SPACE}%"


def _share(share: float) -> str:
    return f"{share * 100:g}\N{NO-BREAK SPACE}%"
