"""Starting costs nothing heavy and little time."""

import subprocess
import sys

import pytest

PROGRAM = """
import sys, time
began = time.monotonic()
from pue_desktop import app, settings
import pue_desktop.ui.main_window
from PySide6.QtWidgets import QApplication
HEAVY = {"torch", "torchvision", "scipy", "numpy", "pyqtgraph", "PIL", "pypdf"}
assert not HEAVY & sys.modules.keys(), HEAVY & sys.modules.keys()
application = QApplication([])
window = app.compose(settings.Store(settings.default_path()))
window.show()
application.processEvents()
assert window.isVisible()
print(time.monotonic() - began)
for name in ("protect", "inspect", "certify", "stress", "export", "verify", "runs", "images"):
    window.go_to(name)
    application.processEvents()
assert not HEAVY & sys.modules.keys(), HEAVY & sys.modules.keys()
window.close()
"""


def test_nothing_heavy_is_imported_and_the_window_is_there_soon() -> None:
    answer = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 0, answer.stderr
    # One second on an idle machine is measured in the benchmark; here only that it is not worlds away.
    assert float(answer.stdout) < 5.0


def test_the_check_fires(tmp_path: pytest.TempPathFactory) -> None:
    planted = PROGRAM.replace("import sys, time", "import sys, time, numpy", 1)
    answer = subprocess.run([sys.executable, "-c", planted], capture_output=True, text=True, timeout=60, check=False)
    assert "numpy" in answer.stderr
