"""The plots are loaded off the GUI thread, after the GUI thread has made the classes that both would make."""

import subprocess
import sys

PROGRAM = """
import sys, threading
from PySide6 import QtWidgets
from PySide6.QtWidgets import QApplication
from PySide6.QtCore import QTimer
from pue_desktop.ui import plot_loading
from pue_desktop.workers.background import Background

application = QApplication([])
assert "QWizard" not in vars(QtWidgets), "made before anybody looked: this test shows nothing"
background = Background()
looked_at = []
slices = []
load = plot_loading._load_plots

def watched():
    looked_at.append(threading.current_thread() is not threading.main_thread())
    assert "pyqtgraph" not in sys.modules
    assert "QWizard" in vars(QtWidgets), "not made on the window's thread"
    return load()

plot_loading._load_plots = watched
loader = plot_loading.PlotLoader(background)
loader._turn.timeout.connect(lambda: slices.append(len(looked_at)))
loader.start()
loader.start()
check = QTimer(interval=10)
check.timeout.connect(lambda: application.exit() if looked_at and not background.awaits("plots") else None)
check.start()
QTimer.singleShot(60_000, application.exit)
application.exec()
background.shutdown()
assert looked_at == [True], looked_at
assert "pyqtgraph" in sys.modules
assert len(slices) > 1, "all in one go would hold the window"
"""


def test_plots_are_loaded_once_and_in_slices() -> None:
    answer = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120, check=False)
    assert answer.returncode == 0, answer.stderr
