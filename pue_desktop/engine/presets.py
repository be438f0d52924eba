"""How much the stress test tries, as one choice: attackers, countermeasures and seeds that belong together."""

from pue_desktop.engine.config import StressConfig
from pue_desktop.engine.countermeasures import COUNTERMEASURES

STRESS_PRESETS: dict[str, str] = {
    "quick": "One attacker who trains as almost everybody does: a minute or two on a laptop.",
    "thorough": "Two attackers, every countermeasure, three trainings each with intervals: "
    "about 170 times as long, so for a GPU, or a laptop that has days.",
}


def stress_preset(name: str) -> dict[str, object]:
    """Returns the fields of `StressConfig` that a preset sets. Raises `KeyError` for an unknown name."""
    presets: dict[str, StressConfig] = {
        "quick": StressConfig(),
        "thorough": StressConfig(attackers=("vgg", "small-bn"), countermeasures=COUNTERMEASURES.names(), seeds=3),
    }
    chosen = presets[name]
    return {"attackers": chosen.attackers, "countermeasures": chosen.countermeasures, "seeds": chosen.seeds}
