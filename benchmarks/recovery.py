"""What somebody who searches near the certified surrogate finds: `python benchmarks/recovery.py RUN [--steps 300]`.

The paper's recovery attack on the protected surrogate of a certified run: projected SGD on clean images, never farther
than η from its weights. Half of the hold-out is searched with, the other half measured with. Prints a Markdown table
beside the certified values. A row above its certified value is no error: the certificate bounds a quantile over random
weights, not the best ones.
"""

import argparse
from pathlib import Path

from pue_desktop.engine.certify import RESULT_FILE
from pue_desktop.engine.recompute import certified_surrogate, open_certified
from pue_desktop.engine.recovery import recovery_attack
from pue_desktop.engine.results import CertifyResult
from pue_desktop.engine.runtime import Stop

FARTHER = (0.5, 1.0, 2.0, 5.0, 10.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--device", default="auto")
    options = parser.parse_args()
    stop = Stop()
    job = open_certified(options.run, options.device, stop)
    config, held = job.config, job.hold_out
    model = certified_surrogate(job, "protected", 0)
    if model is None:
        raise SystemExit(f"{options.run} no longer holds its surrogate.")
    curve = job.run.load(RESULT_FILE, CertifyResult).protected.curve
    certified = {point.eta: point.value for point in curve if point.value is not None}
    found = recovery_attack(
        model,
        held.images,
        held.labels,
        etas=[*certified, *FARTHER],
        geometry=config.geometry,
        steps=options.steps,
        seed=config.seed,
        stop=stop,
    )
    print(f"{config.geometry} noise, σ {config.sigma:g}, q {config.q:g}, {options.steps} steps for each η\n")
    print("| η | found by search | certified at most |\n|---:|---:|---:|")
    for point in found:
        value = certified.get(point.eta)
        print(f"| {point.eta:g} | {point.accuracy:.1%} | {'–' if value is None else f'{value:.1%}'} |")


if __name__ == "__main__":
    main()
