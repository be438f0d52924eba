"""What a step runs on: named random streams, the device, and the token that pauses and cancels it.

Torch is imported inside functions only: the window and the command line use this module before any work starts.
"""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pue_desktop.engine.errors import CancelledError, UsageError

if TYPE_CHECKING:
    import numpy
    import torch

Item = TypeVar("Item")
Result = TypeVar("Result")


def stream_seed(seed: int, purpose: str, index: int = 0) -> int:
    """Returns the 63-bit seed of the random stream named by (seed, purpose, index).

    Streams are independent of the order in which they are used, so unit `index` of a job gets the same numbers
    whether it is computed first, last, after a resume or in another process.
    """
    name = f"{seed}\0{purpose}\0{index}".encode()
    return int.from_bytes(hashlib.sha256(name).digest()[:8], "little") >> 1


def torch_stream(seed: int, purpose: str, index: int = 0, *, device: str = "cpu") -> torch.Generator:
    """Returns a fresh torch generator for the named stream. CPU and GPU streams of one name differ."""
    import torch

    return torch.Generator(device=device).manual_seed(stream_seed(seed, purpose, index))


def numpy_stream(seed: int, purpose: str, index: int = 0) -> numpy.random.Generator:
    """Returns a fresh numpy generator for the named stream."""
    import numpy

    return numpy.random.default_rng(stream_seed(seed, purpose, index))


class Stop:
    """Pause and cancel, asked for from another thread and obeyed inside a step's loops.

    Attributes:
        looked_at: Number of the picture that somebody looks at meanwhile, so that it is refreshed first; only a hint.
    """

    def __init__(self) -> None:
        self.looked_at = 0
        self._cancelled = threading.Event()
        self._running = threading.Event()
        self._running.set()

    def cancel(self) -> None:
        """Makes the next `check` raise; also ends a pause."""
        self._cancelled.set()
        self._running.set()

    def pause(self) -> None:
        """Makes the next `check` wait until `resume`."""
        self._running.clear()

    def resume(self) -> None:
        """Ends a pause."""
        self._running.set()

    @property
    def paused(self) -> bool:
        """Whether a pause is asked for."""
        return not self._running.is_set()

    @property
    def cancelled(self) -> bool:
        """Whether an end is asked for."""
        return self._cancelled.is_set()

    def check(self) -> None:
        """Waits while paused. Raises `CancelledError` once cancelled. Cheap: call it in every inner loop."""
        self._running.wait()
        if self._cancelled.is_set():
            raise CancelledError("Stopped.", hint="What was reached is saved; start again to go on.")


def io_workers() -> int:
    """Returns how many threads to read and write images with: codecs run side by side, Python between them does not."""
    return min(8, os.cpu_count() or 1)


def in_order(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    stop: Stop,
    *,
    workers: int,
    together: int = 1,
    prepare: Callable[[], None] = lambda: None,
) -> Generator[tuple[Item, Result], None, None]:
    """Yields (item, work(item)) in the order of `items`, computed a few at a time on threads.

    At most three tasks a worker are under way, so that large results don't pile up; a task is `together` items, which
    spares most of what handing over costs where items take less than a millisecond. Each thread calls `prepare` first.
    Raises what `work` raises, and `CancelledError` when asked for by `stop`.
    """
    waiting: deque[tuple[list[Item], Future[list[Result]]]] = deque()
    queue = iter(items)

    def task(part: list[Item]) -> list[Result]:
        results = []
        for item in part:
            stop.check()
            results.append(work(item))
        return results

    with ThreadPoolExecutor(workers, initializer=prepare) as pool:
        try:
            while (part := list(islice(queue, together))) or waiting:
                stop.check()
                if part:
                    waiting.append((part, pool.submit(task, part)))
                if not part or len(waiting) > 2 * workers:
                    first, future = waiting.popleft()
                    yield from zip(first, future.result(), strict=True)
        finally:
            for _, future in waiting:
                future.cancel()


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """A device and why it can or can't be used.

    Attributes:
        name: "cpu", "cuda:0", …, "mps".
        label: For people.
        usable: Whether work can run on it here.
        reason: Why not, or empty.
    """

    name: str
    label: str
    usable: bool
    reason: str = ""


def devices() -> list[DeviceChoice]:
    """Lists the devices of this machine, best first; unusable kinds are listed with their reason. Imports torch."""
    import torch

    found: list[DeviceChoice] = []
    if torch.cuda.is_available():
        for index in range(torch.cuda.device_count()):
            properties = torch.cuda.get_device_properties(index)
            memory = properties.total_memory / 2**30
            found.append(DeviceChoice(f"cuda:{index}", f"{properties.name}, {memory:.0f} GiB", usable=True))
    else:
        reason = (
            "this build of PyTorch has no CUDA support"
            if torch.version.cuda is None
            else "no NVIDIA GPU with a working driver was found"
        )
        found.append(DeviceChoice("cuda", "NVIDIA GPU", usable=False, reason=reason))
    if torch.backends.mps.is_available():
        found.append(DeviceChoice("mps", "Apple GPU", usable=True))
    found.append(DeviceChoice("cpu", f"CPU, {torch.get_num_threads()} threads", usable=True))
    return found


def resolve_device(name: str) -> torch.device:
    """Turns "auto", "cpu", "cuda", "cuda:N" or "mps" into a device that works here.

    Raises:
        UsageError: the device does not exist here; the message says why.
    """
    import torch

    choices = devices()
    if name == "auto":
        return torch.device(next(choice.name for choice in choices if choice.usable))
    for choice in choices:
        if choice.name == name or choice.name.split(":")[0] == name:
            if choice.usable:
                return torch.device(choice.name)
            raise UsageError(f"Device {name} can't be used: {choice.reason}.", hint="Choose auto or cpu.")
    usable = ", ".join(choice.name for choice in choices if choice.usable)
    raise UsageError(f"There is no device {name!r} here.", hint=f"Choose auto or one of: {usable}.")


def conditions(device: torch.device) -> dict[str, str]:
    """Returns what a result depends on besides its settings: device, driver, versions, precision. Values are text."""
    import platform

    import torch
    import torchvision

    name = torch.cuda.get_device_name(device) if device.type == "cuda" else platform.processor() or platform.machine()
    return {
        "device": f"{device} ({name})",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "torch": str(torch.__version__),
        "torchvision": torchvision.__version__,
        "threads": str(torch.get_num_threads()),
        "precision": _precision(device),
        "determinism": _determinism(device),
    } | ({"driver": _driver(), "cuda": str(torch.version.cuda)} if device.type == "cuda" else {})


def _precision(device: torch.device) -> str:
    import torch

    if device.type != "cuda":
        return "float32"
    shortened = {
        "matrix products": torch.backends.cuda.matmul.allow_tf32,
        "convolutions": torch.backends.cudnn.allow_tf32,
    }
    names = " and ".join(name for name, on in shortened.items() if on)
    return f"float32, {names} with TF32" if names else "float32"


def _determinism(device: torch.device) -> str:
    import torch

    if device.type == "cpu":
        return "repeatable bit for bit with the same versions, processor and number of threads"
    if torch.are_deterministic_algorithms_enabled():
        return "deterministic algorithms only"
    return "the same draws of weights every time; sums may differ in the last bits"


def _driver() -> str:
    """Returns the version of the NVIDIA driver, "unknown" if the system does not tell."""
    import subprocess

    command = ["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return "unknown"
    lines = done.stdout.decode(errors="replace").split()
    return lines[0][:40] if done.returncode == 0 and lines else "unknown"


def with_smaller_batches(attempt: Callable[[int], Result], batch_size: int, tell: Callable[[int], None]) -> Result:
    """Calls `attempt(batch_size)`; on out-of-memory halves the batch and tries again.

    Args:
        attempt: The work; it must be repeatable from the start.
        batch_size: Images at once, at least 1.
        tell: Called once with the batch size that finally worked, if it was reduced.

    Raises:
        RuntimeError: memory does not suffice for a single image, or another error of torch.
    """
    import torch

    size = batch_size
    while True:
        try:
            result = attempt(size)
        except (torch.OutOfMemoryError, MemoryError):
            if size == 1:
                raise
            if torch.cuda.is_available():
                torch.cuda.empty_cache()
            size = max(1, size // 2)
            continue
        if size != batch_size:
            tell(size)
        return result


def own_command(*arguments: str) -> list[str]:
    """Returns the command that starts this program again with `arguments`, installed, from source or frozen."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    return [sys.executable, "-m", "pue_desktop", *arguments]


def own_environment(**more: str) -> dict[str, str]:
    """Returns the environment for `own_command`: started from a source tree, it is found from any working folder."""
    search = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
    return os.environ | {"PYTHONPATH": os.pathsep.join(search)} | more
