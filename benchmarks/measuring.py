"""What the speed benchmarks share: variants measured in turn, in one process, and a line about the machine."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import torch

CLOCKS: dict[str, Callable[[], float]] = {"wall": time.perf_counter, "cpu": time.process_time}


def alternating(variants: Mapping[str, Callable[[], object]], *, rounds: int, clock: str) -> dict[str, list[float]]:
    """Returns seconds by variant, one each round; every round runs all variants, and a first one warms up.

    With the clock "cpu" seconds are those of all threads of this process together: other programs disturb less.
    """
    now = CLOCKS[clock]
    seconds: dict[str, list[float]] = {name: [] for name in variants}
    for number in range(rounds + 1):
        for name, work in variants.items():
            began = now()
            work()
            if number:
                seconds[name].append(now() - began)
    return seconds


def ratio(seconds: Mapping[str, list[float]], slow: str, fast: str) -> tuple[float, float, float]:
    """Returns how many times faster `fast` was than `slow`: median, least and most over the rounds."""
    found = [a / b for a, b in zip(seconds[slow], seconds[fast], strict=True)]
    return statistics.median(found), min(found), max(found)


def verdict(found: tuple[float, float, float], wanted: float | None) -> str:
    """Returns the cells of a table: median, range, what was wanted."""
    middle, least, most = found
    cells = f"{middle:.2f} | {least:.2f} to {most:.2f} | "
    if wanted is None:
        return cells + "–"
    return cells + f"{wanted:g}{'' if middle >= wanted else ' (missed)'}"


def machine(clock: str) -> str:
    """Returns one line about this machine."""
    name = platform.processor() or platform.machine()
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        lines = [line for line in facts.read_text().splitlines() if line.startswith("model name")]
        name = lines[0].split(":")[1].strip() if lines else name
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    if torch.cuda.is_available():
        name += f", {torch.cuda.get_device_name()}"
    return (
        f"{name}, {os.cpu_count()} cores{load}; {platform.system()}, Python {platform.python_version()}, "
        f"torch {torch.__version__}, {torch.get_num_threads()} threads; {clock} clock"
    )
