"""Protects a folder of images as the window does.

    python examples/protect_folder.py PHOTOS RUN OUT

PHOTOS holds one folder of images per class. RUN becomes the private run folder, OUT the folder to publish. Stopped in
the middle, the same command goes on.
"""

import sys
from pathlib import Path

import msgspec

from pue_desktop.engine import config, plans
from pue_desktop.engine.envelope import open_certificate
from pue_desktop.engine.events import Notice, Progress
from pue_desktop.engine.pipeline import STEPS, run_steps
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop


def main(photos: Path, run_folder: Path, out: Path) -> None:
    plan = plans.plan(strength="standard", effort="draft")
    # Each part of the plan is frozen: `changed` returns another one, and refuses what is out of range.
    plan = msgspec.structs.replace(
        plan,
        craft=config.changed(plan.craft, seed=7),
        export=config.changed(plan.export, folder=str(out.absolute()), format="png"),
    )
    run = Run.open_or_create(run_folder, photos)
    for event in run_steps(run, STEPS.names(), plan, Stop()):
        if isinstance(event, Progress):
            print(f"{event.step}: {event.done / event.total:.0%} {event.phase}", end="\r", flush=True)
        elif isinstance(event, Notice):
            print(event.text)
    results = open_certificate(out / "certificate.json").certificate.results
    print(
        "\nThe certificate", "tells" if results.distinguishes else "does not tell", "protected from unprotected images."
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
