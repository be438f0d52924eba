"""The command that plans draws: how far they reach, or how many a radius takes, and for how long this machine works."""

from __future__ import annotations

import argparse

import msgspec

from pue_desktop import cli_flags, cli_progress, cli_run
from pue_desktop.cli_output import Console, Outcome
from pue_desktop.engine import estimate
from pue_desktop.engine.config import CertifyConfig, Plan
from pue_desktop.engine.errors import UsageError
from pue_desktop.engine.planner import MOST_DRAWS, Reach, draws_for, reach
from pue_desktop.engine.plans import fitted_plan
from pue_desktop.engine.run import Run

# What is assumed where no run says how many images there are.
_TRAINED, _HELD_OUT = 2000, 1000


def plan(arguments: argparse.Namespace, console: Console) -> Outcome:
    """`pue-desktop plan [RUN] [--eta X]`."""
    images, side = (_TRAINED, _HELD_OUT), 0
    chosen = Plan()
    if arguments.run is not None:
        from pue_desktop.engine.dataset import load_index

        work = Run.open(arguments.run.absolute())
        chosen = cli_run.recorded_plan(work, chosen)
        index = load_index(work)
        images, side = (len(index.of_split("train")), len(index.of_split("hold_out"))), index.header.median_side
    chosen = fitted_plan(cli_run.with_values(chosen, "certify", cli_flags.given(arguments, "certify")), side)
    found = _reach(chosen.certify, arguments.eta)
    certify = msgspec.structs.replace(chosen.certify, draws=found.draws)
    seconds = None if arguments.no_time else _seconds(certify, images, console)
    return Outcome(
        facts={
            "status": "ok",
            "q": certify.q,
            "sigma": certify.sigma,
            "geometry": certify.geometry,
            "confidence": certify.confidence,
            "surrogate_seeds": certify.surrogate_seeds,
            "draws": found.draws,
            "eta": found.together,
            "eta_alone": found.alone,
            "seconds": seconds,
            "images": {"train": images[0], "hold_out": images[1]},
        },
        text=_text(certify, found, seconds, images),
    )


def _reach(certify: CertifyConfig, eta: float | None) -> Reach:
    asked = {
        "q": certify.q,
        "sigma": certify.sigma,
        "confidence": certify.confidence,
    }
    if eta is None:
        return reach(**asked, draws=certify.draws, surrogates=certify.surrogate_seeds)
    if not 0 <= eta <= 1000:
        raise UsageError(f"A radius of {eta:g} can't be planned.", hint="Give --eta as a number from 0 to 1000.")
    found = draws_for(**asked, eta=eta, surrogates=certify.surrogate_seeds)
    if found is None:
        raise UsageError(
            f"η = {eta:g} takes more than {MOST_DRAWS:,} draws at σ = {certify.sigma:g} and q = {certify.q:g}.",
            hint="Choose a smaller η, a smaller q or a larger σ.",
        )
    return found


def _seconds(certify: CertifyConfig, images: tuple[int, int], console: Console) -> float | None:
    console.tell("Measuring how fast this machine is")
    pair = (certify.surrogate, certify.working_size)
    speed = estimate.measure(*pair, certify.device)
    return round(estimate.certify_seconds(certify, speed, trained=images[0], held=images[1]), 1)


def _text(certify: CertifyConfig, found: Reach, seconds: float | None, images: tuple[int, int]) -> str:
    seeds = "" if certify.surrogate_seeds == 1 else f", {certify.surrogate_seeds} surrogates"
    lines = [
        f"{found.draws:,} draws of each surrogate; q {certify.q:g}, σ {certify.sigma:g} ({certify.geometry}), "
        f"confidence {100 * certify.confidence:g} %{seeds}",
        f"  the whole curve at once: {_eta(found.together)}",
        f"  a single η by itself:    {_eta(found.alone)}",
    ]
    if seconds is not None:
        lines.append(
            f"  certifying takes about {cli_progress.duration(seconds)} here ({certify.surrogate} at "
            f"{certify.working_size} pixels, {images[0]:,} images to learn from, {images[1]:,} held out)"
        )
    lines.append("Settings are chosen before the draws: changing them until a figure pleases voids the confidence.")
    return "\n".join(lines)


def _eta(value: float | None) -> str:
    return "nothing; more draws are needed" if value is None else f"up to η = {value:g}"
