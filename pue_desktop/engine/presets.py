"""How much the stress test tries, as one choice: attackers, countermeasures and seeds that belong together."""

from pue_desktop.engine.config import StressConfig
from pue_desktop.engine.countermeasures import COUNTERMEASURES
from pue_desktop.engine.estimate import attack_rounds

_QUICK = StressConfig()
_THOROUGH = StressConfig(attackers=("vgg", "small-bn"), countermeasures=COUNTERMEASURES.names(), seeds=3)
_CHOICES = {"quick": _QUICK, "thorough": _THOROUGH}
_TIMES_AS_LONG = len(_THOROUGH.attackers) * attack_rounds(_THOROUGH) / attack_rounds(_QUICK)

STRESS_PRESETS: dict[str, str] = {
    "quick": "One attacker who trains as almost everybody does: a minute or two on a laptop.",
    "thorough": "Two attackers, every countermeasure, three trainings each with intervals: "
    f"about {round(_TIMES_AS_LONG, -1):.0f} times as long, so for a GPU, or a laptop that has days.",
}


def stress_preset(name: str) -> dict[str, object]:
    """Returns the fields of `StressConfig` that a preset sets. Raises `KeyError` for an unknown name."""
    chosen = _CHOICES[name]
    return {"attackers": chosen.attackers, "countermeasures": chosen.countermeasures, "seeds": chosen.seeds}
