"""Do draws that are evaluated again give the counts in the certificate? For who has the run folder.

The surrogates are loaded as they were trained, their digests compared with the certificate's, and some weight draws,
chosen at random, evaluated again on the hold-out images. Under the same conditions every count must be the same;
under others (another processor, another version of PyTorch or of this program) sums differ in their last bits, which
may turn an answer or two where two classes were equally likely.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import torch
from torch import nn

from pue_desktop.engine.certificate_schema import Arm, Certificate
from pue_desktop.engine.certify import (
    draw_counter,
    restored_surrogate,
    surrogate_name,
    weights_digest,
)
from pue_desktop.engine.config import CertifyConfig
from pue_desktop.engine.dataset import load_index
from pue_desktop.engine.draw_log import Arm as ArmName
from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.engine.events import Progress, ended
from pue_desktop.engine.export_names import CERTIFICATE_JSON
from pue_desktop.engine.pixels import Pixels, original_pixels, protected_pixels
from pue_desktop.engine.results import DatasetIndex
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop, conditions, resolve_device
from pue_desktop.engine.training import batch_norms
from pue_desktop.engine.verify_report import Finding
from pue_desktop.engine.weight_noise import ARITHMETIC, counted

# Share of the hold-out by which a count may differ under other conditions; at least one image.
_TOLERANCE = 0.01
_SAME = ("device", "torch", "threads", "precision", "arithmetic")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Certified:
    """A finished certification: what its surrogates learned from and are evaluated with."""

    run: Run
    config: CertifyConfig
    index: DatasetIndex
    device: torch.device
    hold_out: Pixels
    stop: Stop


def recompute_draws(folder: Path, certificate: Certificate, draws: int, stop: Stop) -> Iterator[Finding]:
    """Evaluates draws of both surrogates again.

    Args:
        folder: Run folder.
        certificate: What is to be confirmed.
        draws: How many, of each surrogate; at most as many as the certificate has.
        stop: Pauses and cancels.

    Raises:
        InputRefusedError: the run was never certified, or its images are gone.
        UsageError: the kind of device of the certificate is not here.
    """
    stated = certificate.conditions.get("device", "cpu")
    job = _open_certified(folder, stated.split()[0].split(":")[0], stop)
    now = conditions(job.device) | {"arithmetic": ARITHMETIC}
    same = all(now.get(name) == certificate.conditions.get(name) for name in _SAME)
    for number, pair in enumerate(certificate.results.pairs):
        yield _check_arm(job, "protected", number, pair.protected, draws, same=same)
        yield _check_arm(job, "unprotected", number, pair.unprotected, draws, same=same)


def _open_certified(folder: Path, device_name: str, stop: Stop) -> Certified:
    """Opens the certification of a run folder, its hold-out loaded onto a device.

    Raises:
        InputRefusedError: the run was never certified, or its images are gone.
        UsageError: the device is not here.
    """
    run = Run.open(folder)
    record = run.record("certify")
    if record is None or not record.done:
        raise InputRefusedError(f"{folder} holds no finished certification.", hint="Give the run folder of the export.")
    config = run.config_as(record.config, CertifyConfig)
    device = resolve_device(device_name)
    index = load_index(run)
    hold_out = ended(original_pixels(run, index.of_split("hold_out"), config.working_size, _silent, stop)).to(device)
    return Certified(run, config, index, device, hold_out, stop)


def _check_arm(job: Certified, which: ArmName, number: int, arm: Arm, draws: int, *, same: bool) -> Finding:
    model = _certified_surrogate(job, which, number)
    name = surrogate_name(which, number)
    if model is None:
        return _finding(f"The {name} surrogate is no longer in the run folder, or belongs to another certification.")
    # Statistics of normalisation layers are sums too.
    if weights_digest(model) != arm.weights_sha256 and (same or not batch_norms(model)):
        return _finding(f"The {name} surrogate in the run folder is not the certified one: its weights differ.")
    if len(job.hold_out.labels) != arm.of:
        return _finding(f"The run folder has {len(job.hold_out.labels):,} hold-out images, not {arm.of:,}.")
    # Chosen anew every time: nobody can know in advance which draws must be right.
    chosen = sorted(random.SystemRandom().sample(range(len(arm.correct)), min(draws, len(arm.correct))))
    found = _counts(job, model, number, chosen)
    off = [abs(again - arm.correct[place]) for place, again in zip(chosen, found, strict=True)]
    allowed = 0 if same else max(1, round(_TOLERANCE * arm.of))
    wrong = sum(difference > allowed for difference in off)
    if wrong:
        return _finding(
            f"{wrong:,} of {len(chosen):,} draws of the {name} surrogate, evaluated again, have other counts than the "
            f"certificate says (up to {max(off):,} of {arm.of:,} images off)."
        )
    differing = sum(difference > 0 for difference in off)
    more = (
        f"; {differing:,} differ by up to {max(off):,} of {arm.of:,} images, as may be on another machine"
        if differing
        else ": every count is the same"
    )
    text = f"{len(chosen):,} draws of the {name} surrogate were evaluated again{more}."
    return Finding("recomputed", CERTIFICATE_JSON, text, problem=False)


def _certified_surrogate(job: Certified, arm: ArmName, number: int) -> nn.Module | None:
    """Returns surrogate `number` of an arm as it was certified, None if the run folder has it no more."""
    config, pixels = job.config, protected_pixels if arm == "protected" else original_pixels
    train = job.index.of_split("train")
    learned = ended(pixels(job.run, train, config.working_size, _silent, job.stop)).to(job.device)
    return restored_surrogate(job.run, config, arm, number, classes=len(job.index.classes), learned=learned.images)


def _counts(job: Certified, model: nn.Module, number: int, chosen: list[int]) -> Iterator[int]:
    counter = draw_counter(job.run, model, job.hold_out, job.config, number)
    return counted(((counter, place) for place in chosen), job.stop)


def _silent(part: float) -> Progress:
    return Progress("certify", part, 1.0)


def _finding(text: str) -> Finding:
    return Finding("recomputed", CERTIFICATE_JSON, text)
