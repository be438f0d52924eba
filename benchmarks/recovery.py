"""What somebody who searches near the certified surrogate finds: `python benchmarks/recovery.py RUN [--steps 300]`.

The paper's recovery attack on the protected surrogate of a certified run: projected SGD on clean images, never farther
than η from its weights. Half of the hold-out is searched with, the other half measured with. Prints a Markdown table
beside the certified values. A row above its certified value is no error: the certificate bounds a quantile over random
weights, not the best ones.
"""

import argparse
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

import msgspec

from pue_desktop.engine.certify import RESULT_FILE, surrogate_checkpoint
from pue_desktop.engine.config import CertifyConfig
from pue_desktop.engine.craft import build_surrogate
from pue_desktop.engine.dataset import load_index
from pue_desktop.engine.events import Event, Progress
from pue_desktop.engine.pixels import original_pixels, protected_pixels
from pue_desktop.engine.recovery import recovery_attack
from pue_desktop.engine.results import CertifyResult
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.training import recalibrate

FARTHER = (0.5, 1.0, 2.0, 5.0, 10.0)
Result = TypeVar("Result")


def ended(work: Generator[Event, None, Result]) -> Result:
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: Result = end.value
            return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--steps", type=int, default=300)
    options = parser.parse_args()
    run, stop = Run.open(options.run), Stop()
    record, index = run.record("certify"), load_index(run)
    if record is None or not record.done:
        raise SystemExit(f"{options.run} is not certified yet.")
    config = msgspec.convert(record.config, CertifyConfig)
    size = config.working_size

    def tell(part: float) -> Progress:
        return Progress("certify", part, 1.0)

    held = ended(original_pixels(run, index.of_split("hold_out"), size, tell, stop))
    learned = ended(protected_pixels(run, index.of_split("train"), size, tell, stop))
    stored = surrogate_checkpoint(run, "protected", 0).load()
    if stored is None:
        raise SystemExit(f"{options.run} no longer holds its surrogate.")
    model = build_surrogate(config.surrogate, len(index.classes), size, config.seed, "certify")
    weights = {name.removeprefix("model."): value for name, value in stored[1].items() if name.startswith("model.")}
    model.load_state_dict(weights)
    recalibrate(model, learned.images, config.batch_size)
    curve = run.load(RESULT_FILE, CertifyResult).protected.curve
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
