"""What the stress test leaves behind, as frozen types without torch. Accuracies are shares in [0, 1]."""

import msgspec

from pue_desktop.engine.recovery_results import RecoveryResult

STRESS_FILE = "stress/result.json"


class AttackFigures(msgspec.Struct, frozen=True):
    """Figures of one attacker with one countermeasure: accuracies, or how uncertain they are.

    Attributes:
        accuracy: On clean hold-out images at the end, trained on protected images.
        best_accuracy: Likewise at its best epoch.
        clean_accuracy: The same attacker trained on the originals, at the end.
        clean_best_accuracy: Likewise at its best epoch.
    """

    accuracy: float
    best_accuracy: float
    clean_accuracy: float
    clean_best_accuracy: float


class StressRow(msgspec.Struct, frozen=True):
    """One attacker with one countermeasure; with several seeds, means over them.

    Attributes:
        attacker: Network family.
        countermeasure: What was done to the images.
        accuracy: On clean hold-out images at the end, trained on protected images.
        best_accuracy: Likewise at its best epoch.
        clean_accuracy: The same attacker trained on the originals, at the end.
        clean_best_accuracy: Likewise at its best epoch.
        training_accuracy: On the protected images it learned from, in its last epoch.
        curve: Accuracy after each epoch, trained on protected images.
        clean_curve: Likewise, trained on the originals.
        by_seed: The figures of every seed; empty in results of the first version, which had one.
        half_widths: Half of each figure's 95 % interval over the seeds (Student's t); None: one seed tells nothing.
        alone_accuracy: At the end, from nothing but the originals that such an attacker has; None: he has none.
        alone_best_accuracy: Likewise at its best epoch.
    """

    attacker: str
    countermeasure: str
    accuracy: float
    best_accuracy: float
    clean_accuracy: float
    clean_best_accuracy: float
    training_accuracy: float
    curve: tuple[float, ...]
    clean_curve: tuple[float, ...]
    by_seed: tuple[AttackFigures, ...] = ()
    half_widths: AttackFigures | None = None
    alone_accuracy: float | None = None
    alone_best_accuracy: float | None = None


class StressResult(msgspec.Struct, frozen=True):
    """What attackers reach (stress/result.json). Measured, not certified.

    `recovery` is what was found near the certified network: None where nothing was certified when it ran, and in
    results of earlier versions. `size` is the side, in pixels, at which attackers saw the images, and `framing` how;
    0 in results of earlier versions.
    """

    rows: tuple[StressRow, ...]
    chance: float
    conditions: dict[str, str]
    recovery: RecoveryResult | None = None
    size: int = 0
    framing: str = "squash"

    @property
    def by_danger(self) -> tuple[StressRow, ...]:
        """The rows, the most dangerous first: by what was reached at the best epoch, then at the end."""
        return tuple(sorted(self.rows, key=lambda row: (-row.best_accuracy, -row.accuracy)))
