"""Opens image files for another process, as `pue-desktop inspect` does, with decoders that break on certain names."""

import ctypes
import os
import time
from pathlib import Path

from pue_desktop.engine import file_opener

real = file_opener.inspect


def inspect(path: Path, most_pixels: int) -> file_opener.Inspected:
    if "crash" in path.name:
        os.abort()
    if "hang" in path.name:
        # A C function that keeps the interpreter's lock: no Python thread can run until it returns.
        ctypes.PyDLL(None).sleep(300)
    if "slow" in path.name:
        time.sleep(0.3)
    if "chatty" in path.name:
        print("a codec talks")  # noqa: T201
    return real(path, most_pixels)


file_opener.inspect = inspect
file_opener.serve()
