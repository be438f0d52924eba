"""A plan so small that every step of it takes a second or two."""

from pathlib import Path

import msgspec

from pue_desktop.engine.config import Plan, changed
from pue_desktop.engine.plans import plan
from pue_desktop.engine.run import Run


def tiny_plan(export: Path | None = None, *, seed: int = 0) -> Plan:
    """Returns settings for tests: 16 pixels, a dozen steps, as many draws as 0.9 at 99 % needs."""
    whole = plan(seed=seed, device="cpu")
    return msgspec.structs.replace(
        whole,
        craft=changed(whole.craft, working_size=16, masking="none", steps=12, batch_size=8),
        certify=changed(whole.certify, working_size=16, training_steps=10, draws=60, training_draws=4, batch_size=8),
        stress=changed(whole.stress, working_size=16, steps=10, batch_size=8, recovery_steps=2, recovery_reach=0.5),
        export=changed(whole.export, folder="" if export is None else str(export)),
    )


def output_digests(run: Run) -> dict[str, dict[str, str]]:
    """Returns the digests of what every step left."""
    found: dict[str, dict[str, str]] = {}
    for step in ("scan", "craft", "certify", "stress"):
        record = run.record(step)
        assert record is not None
        assert record.done, step
        found[step] = record.outputs
    return found
