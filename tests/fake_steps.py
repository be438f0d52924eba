"""A step table whose slow steps take no time, yet yield events and leave results like the real ones."""

import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from PIL import Image

from pue_desktop.engine import pipeline
from pue_desktop.engine.draw_log import ARMS
from pue_desktop.engine.events import Event, Metric, Notice, Preview, Progress
from pue_desktop.engine.export_names import MANIFEST
from pue_desktop.engine.files import pretty_json
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.recovery_results import AttackerDistance, RecoveryPoint, RecoveryResult
from pue_desktop.engine.registry import Registry
from pue_desktop.engine.results import (
    PERTURBATION_FILE,
    ArmResult,
    CertifyResult,
    CraftResult,
    CurvePoint,
    ExportedImage,
    ExportResult,
)
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.stress_attacks import Attack, AttackOutcome, attack_identity, finished, pairs, stress_row
from pue_desktop.engine.stress_results import StressResult

Stream = Generator[Event, None, list[Path]]


# Within the certified radii one search above and one below the curve, and one beyond.
FOUND = RecoveryResult(
    points=(
        RecoveryPoint(0.02, 0.02, 0.625, "frozen", 0.505),
        RecoveryPoint(0.08, 0.08, 0.5, "free", 0.52),
        RecoveryPoint(2.0, 2.0, 0.75, "frozen", None),
    ),
    steps=20,
    searched=4,
    measured=4,
    largest_eta=0.08,
    certified=0.52,
    distances=(AttackerDistance("small", "crop-flip", 1, 160.0, 2000.0, 0.5, True),),
)


class FakeSteps(Registry):
    """Steps by name.

    Attributes:
        ticks: Events of a kind per step.
        hold: While cleared, craft waits after its first event (and obeys pause and cancel).
        stop: What craft was given last to pause and end it.
        error: What craft raises at its end, if anything.
        attack_hold: While cleared, an attacker waits after his second epoch, but for the first `attacks_before_hold`.
        originals: What attackers learn from these, epoch by epoch.
        stress_error: What the stress test raises when all attackers are through, if anything.
        abstain: Whether certify finds no value.
        distinguishes: Its verdict.
        ran: Names of the steps that ran, in order.
    """

    def __init__(self) -> None:
        super().__init__("step", "pue_desktop.engine", tuple(pipeline.STEPS))
        self.ticks = 30
        self.hold = threading.Event()
        self.hold.set()
        self.error: BaseException | None = None
        self.stop: Stop | None = None
        self.attack_hold = threading.Event()
        self.attack_hold.set()
        self.attacks_before_hold = 0
        self.originals = [0.7, 0.96, 0.95]
        self.stress_error: BaseException | None = None
        self.abstain = False
        self.distinguishes = True
        self.ran: list[str] = []

    def load(self, name: str) -> object:
        """Returns the fake, or the real scan."""
        if name == "scan":
            return super().load(name)
        return getattr(self, f"_{name}")

    def _craft(self, run: Run, _config: Any, stop: Stop) -> Stream:
        self.ran.append("craft")
        self.stop = stop
        previews = run.path / "craft" / "previews"
        previews.mkdir(parents=True, exist_ok=True)
        for number in range(2):
            for kind, value in (("original", 100), ("protected", 103)):
                Image.new("RGB", (32, 32), (value, value, value)).save(previews / f"{number}-{kind}.png")
            yield Preview("craft", f"craft/previews/{number}-protected.png", f"<i>kind</i>-{number}: a.png")
        for tick in range(self.ticks):
            yield Metric("craft", "loss", tick, 2 / (1 + tick))
            yield Metric("craft", "error", tick, 0.9 / (1 + tick))
            yield Metric("craft", "change", tick, 0.1 * tick)
            yield Progress("craft", tick, self.ticks, "crafting")
            while not self.hold.wait(0.01):
                stop.check()
                yield Progress("craft", tick, self.ticks, "crafting")
            stop.check()
        if self.error is not None:
            raise self.error
        yield Notice("craft", "The surrogate still errs on <b>9 %</b>.", "warning")
        perturbation = run.path / PERTURBATION_FILE
        Perturbation(np.full((2, 3, 4, 4), 3, np.float32), 8.0).save(perturbation)
        return [perturbation, run.write("craft/result.json", pretty_json(CraftResult(10, 5, 5, 0.1, 0.05, 4.0)))]

    def _certify(self, run: Run, _config: Any, stop: Stop) -> Stream:
        self.ran.append("certify")
        for arm in ("protected", "unprotected"):
            for tick in range(self.ticks):
                stop.check()
                yield Metric("certify", f"loss/{arm}", tick, 2 / (1 + tick))
                yield Metric("certify", f"error/{arm}", tick, 0.9 / (1 + tick))
        for tick in range(60):
            yield Metric("certify", "draw/protected", tick, 0.5 + 0.001 * (tick % 10))
            yield Metric("certify", "draw/unprotected", tick, 0.9 + 0.001 * (tick % 10))
            yield Progress("certify", tick, 60, "drawing weights")
        result = CertifyResult(
            protected=self._arm(0.5),
            unprotected=self._arm(0.9),
            chance=0.5,
            pixels_digest="0" * 64,
            distinguishes=self.distinguishes,
            margin=0.15,
            rules=2,
            conditions={},
        )
        return [run.write("certify/result.json", pretty_json(result))]

    def _arm(self, low: float) -> ArmResult:
        def point(step: int) -> CurvePoint:
            if self.abstain or step > 4:
                return CurvePoint(0.02 * step, None, None, None, 0.95, "459 draws are needed; 60 were made.")
            value = low + 0.005 * step
            return CurvePoint(0.02 * step, value, value, 50 + step, 0.9, "")

        return ArmResult(low, 1.0, 0.98, (2,) * 60, 4, 1000, "0" * 64, tuple(point(step) for step in range(7)))

    def _stress(self, run: Run, config: Any, stop: Stop) -> Stream:
        self.ran.append("stress")
        stop.check()
        record = run.record("stress")
        assert record is not None
        identity = attack_identity(config, record.inputs)
        outcomes: dict[Attack, AttackOutcome] = {}
        for number in range(config.seeds):
            for place, pair in enumerate(pairs(config)):
                for arm in ARMS:
                    attack = Attack(*pair, arm, number)
                    known = finished(run, identity, attack)
                    outcomes[attack] = known or (yield from self._attack(run, config, stop, attack, identity, place))
        if self.stress_error is not None:
            raise self.stress_error
        yield Progress("stress", 1, 1, "attacking")
        rows = tuple(stress_row(pair, config.seeds, outcomes) for pair in pairs(config))
        return [run.write("stress/result.json", pretty_json(StressResult(rows, 0.5, {}, FOUND)))]

    def _attack(  # noqa: PLR0917
        self, run: Run, config: Any, stop: Stop, attack: Attack, identity: str, place: int
    ) -> Generator[Event, None, AttackOutcome]:
        """The first pair reaches 55 % of 96 %, every other 10 points more; the second seed 2 points more."""
        more = 0.1 * place + 0.02 * attack.number
        curve = [0.5, 0.55 + more, 0.52 + more] if attack.arm == "protected" else self.originals
        for epoch, value in enumerate(curve, 1):
            yield Metric("stress", f"loss/{attack.name}", config.steps * epoch / 3, 1.0)
            yield Metric("stress", f"accuracy/{attack.name}", epoch, value)
            yield Progress("stress", 0.5, 1, attack.phase)
            while epoch == 2 and self.attacks_before_hold == 0 and not self.attack_hold.wait(0.01):
                stop.check()
                yield Progress("stress", 0.5, 1, attack.phase)
            stop.check()
        self.attacks_before_hold = max(0, self.attacks_before_hold - 1)
        outcome = AttackOutcome(attack.job(identity), tuple(curve), 1.0)
        run.write(attack.outcome_file, msgspec.json.encode(outcome))
        yield Metric("stress", f"finished/{attack.name}", 3, curve[-1])
        return outcome

    def _export(self, run: Run, config: Any, stop: Stop) -> Stream:
        self.ran.append("export")
        stop.check()
        yield Progress("export", 1, 1, "writing")
        folder = Path(config.folder)
        folder.mkdir(parents=True)
        (folder / "certificate.pdf").write_bytes(b"%PDF-1.4")
        (folder / MANIFEST).write_text("")
        image = ExportedImage("a.png", "images/a.png", "0" * 64, "0" * 64, "0" * 64, "train", 8.0, 33.0)
        result = ExportResult(str(folder), (image,), (), 0, 8.0, 33.0, "0" * 64)
        return [run.write("export.json", pretty_json(result))]
