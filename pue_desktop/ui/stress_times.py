"""How long the chosen attackers take on this machine, and how much of it is done already. No widgets here."""

import msgspec
from PySide6.QtCore import QCoreApplication

from pue_desktop.engine import plans
from pue_desktop.engine.config import Plan, StressConfig
from pue_desktop.engine.draw_log import ARMS
from pue_desktop.engine.estimate import speed_key
from pue_desktop.engine.presets import STRESS_PRESETS, stress_preset
from pue_desktop.engine.stress_attacks import StressSoFar, pairs
from pue_desktop.ui.text import duration
from pue_desktop.workers.machine import Machine
from pue_desktop.workers.snapshot import RunSnapshot


class StressTimes:
    """Answers from measured speeds; has networks measured whose speed is not known yet."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    def words(self, stress: StressConfig, snapshot: RunSnapshot | None, so_far: StressSoFar | None) -> str:
        """Returns the time of the chosen attackers, and of the presets; empty while no images are known.

        Args:
            stress: The settings.
            snapshot: The open run, None if none is.
            so_far: What is done of them already.
        """
        index = snapshot.index if snapshot is not None else None
        if snapshot is None or index is None:
            return ""
        seconds = self._seconds(stress, snapshot)
        said = QCoreApplication.translate(
            "StressTimes", "How long these attackers take is measured as soon as nothing else runs."
        )
        if seconds is not None:
            left = self._left(stress, snapshot, so_far)
            if left is None or left >= seconds:
                said = QCoreApplication.translate(
                    "StressTimes", "These attackers take about {time} on this machine."
                ).format(time=duration(seconds))
            elif left > 0:
                said = QCoreApplication.translate(
                    "StressTimes", "These attackers take about {time} on this machine; about {left} of it is left."
                ).format(time=duration(seconds), left=duration(left))
            else:
                said = QCoreApplication.translate(
                    "StressTimes", "These attackers take about {time} on this machine; all of it is done."
                ).format(time=duration(seconds))
        presets = {
            name: self._seconds(msgspec.structs.replace(stress, **stress_preset(name)), snapshot)
            for name in STRESS_PRESETS
        }
        known = {name: duration(time) for name, time in presets.items() if time is not None}
        if {"quick", "thorough"} <= known.keys():
            said += " " + QCoreApplication.translate(
                "StressTimes", "Quick: about {quick}; thorough: {thorough}."
            ).format(quick=known["quick"], thorough=known["thorough"])
        return said

    def _seconds(self, stress: StressConfig, snapshot: RunSnapshot) -> float | None:
        """Returns the time of all trainings, None while a speed is not known."""
        assert snapshot.index is not None
        held, side = len(snapshot.index.of_split("hold_out")), snapshot.index.header.median_side
        # Of the other steps nothing is asked: those of every effort are known.
        plan = Plan(stress=stress)
        found = self._machine.step_seconds(
            plan, stress.device, trained=len(snapshot.index.images) - held, held=held, side=side
        )
        if found is None:
            size = plans.fitted_plan(plan, side).stress.working_size
            self._machine.want(speed_key(attacker, size) for attacker in stress.attackers)
        return found["stress"] if found is not None else None

    def _left(self, stress: StressConfig, snapshot: RunSnapshot, so_far: StressSoFar | None) -> float | None:
        """Returns the time of the trainings that are still to come."""
        if so_far is None or so_far.config.attackers != stress.attackers:
            return None
        total = 0.0
        for attacker, change in pairs(so_far.config):
            one = msgspec.structs.replace(stress, attackers=(attacker,), countermeasures=(change,))
            seconds = self._seconds(one, snapshot)
            if seconds is None:
                return None
            ended = sum(
                so_far.attacks[attack].ended
                for attack in so_far.attacks
                if (attack.attacker, attack.countermeasure) == (attacker, change) and attack.arm in ARMS
            )
            total += seconds * (1 - ended / (len(ARMS) * stress.seeds))
        return total
