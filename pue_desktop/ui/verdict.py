"""What a certificate means, in two plain sentences made from its figures, with its limits. No Qt here.

See the method: the bound is about weights near the surrogate's; independent networks are measured, not certified; and
a certificate that unprotected images would get as well says nothing.
"""

from pue_desktop.engine.config import CertifyConfig
from pue_desktop.engine.results import CertifyResult, StressResult
from pue_desktop.ui.text import percent, rounded_percent

# An attacker this little above chance on the originals has not learned.
_LEARNED = 0.05


def explain(result: CertifyResult, config: CertifyConfig, stress: StressResult | None) -> tuple[str, str]:
    """Returns what the figures say, and what they do not."""
    certified = [point for point in result.protected.curve if point.value is not None]
    if not certified:
        return _abstained(result, config), _limits(stress)
    widest = certified[-1]
    beside = next((point.value for point in result.unprotected.curve if point.eta == widest.eta), None)
    said = (
        f"Of all networks whose weights lie within η = {widest.eta:.3g} of the surrogate's, shaken by noise of "
        f"σ = {config.sigma:g}, at least {rounded_percent(config.q)} recognise no more than "
        f"{percent(widest.value or 0)} of new, clean images (guessing: {percent(result.chance)}); this holds with "
        f"{rounded_percent(config.confidence)} confidence"
    )
    if beside is None:
        return f"{said}; for unprotected images there is no bound to compare it with.", _limits(stress)
    if not result.distinguishes:
        return (
            f"{said}; but a network that learned from your unprotected images gets {percent(beside)}, nearly the "
            "same, so this certificate does not show that the protection works.",
            _limits(stress),
        )
    return f"{said}; had they learned from your unprotected images, the bound would be {percent(beside)}.", _limits(
        stress
    )


def _abstained(result: CertifyResult, config: CertifyConfig) -> str:
    reason = next((point.reason for point in result.protected.curve if point.reason), "")
    return (
        f"No value can be certified: {len(result.protected.correct):,} weight draws are too few for "
        f"{rounded_percent(config.q)} of all networks at {rounded_percent(config.confidence)} confidence. "
        f"{reason}"
    ).rstrip()


def _limits(stress: StressResult | None) -> str:
    limits = "This covers weights near the surrogate's only; networks that others train are measured, not certified"
    if stress is None or not stress.rows:
        return f"{limits}, and no attacker has been tried yet."
    worst = max(stress.rows, key=lambda row: row.accuracy)
    attacker = f"{worst.attacker}, {worst.countermeasure}"
    if worst.clean_accuracy <= stress.chance + _LEARNED:
        return f"{limits}; and {attacker} learned nothing from the originals either, so that attack shows nothing."
    return (
        f"{limits}: the best of the attackers tried ({attacker}) ended at {percent(worst.accuracy)} "
        f"({percent(worst.best_accuracy)} in its best epoch) instead of {percent(worst.clean_accuracy)} from the "
        "originals."
    )
