"""Loads the plots while nobody waits for them, without crashing.

Loading pyqtgraph takes most of a second, so it happens on another thread. It looks at every class of Qt's, and PySide
makes a class when it is looked at first; made by two threads at once, the program crashes (seen in one of ten starts on
a busy machine). So the window's thread makes them all before, a few milliseconds at a time.
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module

from PySide6.QtCore import QObject, QTimer, Slot

from pue_desktop.workers.background import Background

# What pyqtgraph imports of PySide.
_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtOpenGLWidgets", "QtTest")
_SLICE_S = 0.004


class PlotLoader(QObject):
    """Makes Qt's classes in slices between events, then loads the plots off the GUI thread."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._left: Iterator[None] | None = None
        self._turn = QTimer(self, singleShot=True, interval=10)
        self._turn.timeout.connect(self._make_some)

    def start(self) -> None:
        """Begins, unless it began before; returns at once."""
        if self._left is None:
            self._left = _make_classes()
            self._turn.start()

    def stop(self) -> None:
        """Ends it; what is loaded stays loaded."""
        self._turn.stop()

    @Slot()
    def _make_some(self) -> None:
        assert self._left is not None
        end = time.perf_counter() + _SLICE_S
        for _ in self._left:
            if time.perf_counter() > end:
                self._turn.start()
                return
        self._background.submit("plots", _load_plots, lambda _loaded: None)


def _make_classes() -> Iterator[None]:
    for name in _MODULES:
        with suppress(ImportError):
            module = import_module(f"PySide6.{name}")
            for attribute in dir(module):
                getattr(module, attribute)
                yield


def _load_plots() -> bool:
    from pue_desktop.ui import certify_plots

    return bool(certify_plots)
