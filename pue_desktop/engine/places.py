"""Where this user's settings and keys live. The one place that asks the system for it.

`PUE_DESKTOP_CONFIG_DIR` replaces the folder: for tests, and for people who carry their settings along.
"""

import os
from pathlib import Path

import platformdirs


def config_folder() -> Path:
    """Returns the folder of the user's settings and keys. It may not exist yet."""
    chosen = os.environ.get("PUE_DESKTOP_CONFIG_DIR")
    if chosen:
        return Path(chosen).expanduser()
    return platformdirs.user_config_path("pue-desktop", appauthor=False)


def keys_folder() -> Path:
    """Returns the folder of the user's signing keys. It may not exist yet."""
    return config_folder() / "keys"
