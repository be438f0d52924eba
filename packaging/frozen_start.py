"""Runs before anything else in the frozen program (a runtime hook of PyInstaller).

The start program points the loader at its own libraries by LD_LIBRARY_PATH. The loader has read that by now; programs
of the system that are started from here (a file manager, notify-send) must not find our libraries instead of theirs.
"""

import os

for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
    before = os.environ.pop(f"{name}_ORIG", None)
    if before is not None:
        os.environ[name] = before
    else:
        os.environ.pop(name, None)
