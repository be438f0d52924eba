"""Where this user's settings, keys and logs live. The one place that asks the system for it.

`PUE_DESKTOP_CONFIG_DIR` replaces these folders: for tests, and for people who carry their settings along.
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


def log_folder() -> Path:
    """Returns the folder of log files. It may not exist yet."""
    if os.environ.get("PUE_DESKTOP_CONFIG_DIR"):
        return config_folder() / "logs"
    return platformdirs.user_log_path("pue-desktop", appauthor=False)
