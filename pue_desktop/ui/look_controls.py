"""How to look at a picture: the way to compare, one colour or all, how much to enlarge, and the zoom."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QPushButton, QSlider, QVBoxLayout, QWidget

from pue_desktop.ui.image_compare import LARGEST_GAIN, USUAL_GAIN
from pue_desktop.ui.inspect_painter import VIEWS, View
from pue_desktop.ui.text import figure, label, tooltip

_COLUMNS = 2


class LookControls(QWidget):
    """The choices beside the picture.

    Attributes:
        view: The way to compare.

    Signals:
        view_chosen(str): Another way to compare; also the same again.
        look_changed(): Another colour, or another gain.
        zoom_wanted(float): Points of the screen per pixel; 0: as large as fits.
    """

    view_chosen = Signal(str)
    look_changed = Signal()
    zoom_wanted = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view: View = VIEWS[0]
        self.buttons = {view: self._view_button(view, *words) for view, words in self._words().items()}
        self.colour = QComboBox()
        self.colour.setAccessibleName(self.tr("Colour"))
        for text, channel in (
            (self.tr("All colours"), None),
            (self.tr("Red alone"), 0),
            (self.tr("Green alone"), 1),
            (self.tr("Blue alone"), 2),
        ):
            self.colour.addItem(text, channel)
        self.colour.currentIndexChanged.connect(self.look_changed)
        self.gain = QSlider(Qt.Orientation.Horizontal)
        self.gain.setRange(1, LARGEST_GAIN)
        self.gain.setValue(USUAL_GAIN)
        self.gain.setPageStep(8)
        self.gain.setAccessibleName(self.tr("How much the difference is enlarged"))
        self.gain.valueChanged.connect(self._gain_changed)
        self.gain_text = label(f"×{USUAL_GAIN}")
        self.zoom_text = label()
        self._lay_out()
        self.choose(self.view)

    def _words(self) -> dict[View, tuple[str, str]]:
        return {
            "split": (self.tr("Sp&lit"), self.tr("Original at the left, protected at the right; drag the line.")),
            "side": (self.tr("Side b&y side"), self.tr("Both at the same place and size.")),
            "blink": (self.tr("&Blink"), self.tr("The space bar swaps original and protected.")),
            "lens": (self.tr("Le&ns"), self.tr("Original and protected enlarged under the pointer.")),
            "difference": (self.tr("D&ifference"), self.tr("Protected minus original, around grey.")),
            "heat": (self.tr("Heat &map"), self.tr("Where the change is large.")),
        }

    def _view_button(self, view: View, text: str, meaning: str) -> QPushButton:
        button = QPushButton(text)
        button.setCheckable(True)
        button.setAccessibleName(text.replace("&", ""))
        button.setAccessibleDescription(meaning)
        button.setToolTip(tooltip(meaning))
        button.clicked.connect(partial(self._view_clicked, view))
        return button

    def _zoom_button(self, text: str, zoom: float) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text.replace("&", "") if zoom else self.tr("Fit the whole picture"))
        button.clicked.connect(partial(self.zoom_wanted.emit, zoom))
        return button

    def _lay_out(self) -> None:
        views = QGridLayout()
        views.setSpacing(4)
        for place, button in enumerate(self.buttons.values()):
            views.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        colour, gain = label(self.tr("Colo&ur")), label(self.tr("Enlarge &difference"))
        colour.setBuddy(self.colour)
        gain.setBuddy(self.gain)
        for text in (colour, gain, self.gain_text):
            text.setWordWrap(False)
        self.gain_text.setMinimumWidth(self.gain_text.fontMetrics().horizontalAdvance(f"×{LARGEST_GAIN} "))
        colours = QHBoxLayout()
        colours.addWidget(colour)
        colours.addWidget(self.colour, 1)
        gains = QHBoxLayout()
        gains.addWidget(self.gain, 1)
        gains.addWidget(self.gain_text)
        zooms = QHBoxLayout()
        zooms.setSpacing(4)
        self.zoom_buttons = [
            self._zoom_button(text, zoom)
            for text, zoom in ((self.tr("Fit"), 0.0), (self.tr("&100 %"), 1.0), (self.tr("&200 %"), 2.0))
        ]
        for button in self.zoom_buttons:
            button.setMinimumWidth(button.fontMetrics().horizontalAdvance(button.text()) + 20)
            zooms.addWidget(button, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(views)
        layout.addLayout(colours)
        layout.addWidget(gain)
        layout.addLayout(gains)
        layout.addLayout(zooms)
        layout.addWidget(self.zoom_text)

    @property
    def channel(self) -> int | None:
        """Red 0, green 1 or blue 2 alone; None: all."""
        found = self.colour.currentData()
        return found if isinstance(found, int) else None

    def choose(self, view: View) -> None:
        """Shows which way is chosen."""
        self.view = view
        for name, button in self.buttons.items():
            button.setChecked(name == view)
            # Some styles hardly tell a pressed button from another.
            font = button.font()
            font.setBold(name == view)
            button.setFont(font)
        self.gain.setEnabled(view == "difference")

    def show_zoom(self, zoom: float) -> None:
        """Tells the zoom, 1.0 being a point of the screen per pixel."""
        digits = 0 if zoom >= 0.1 else 1
        self.zoom_text.setText(self.tr("Zoom {}").format(figure(f"{zoom * 100:,.{digits}f}\N{NO-BREAK SPACE}%")))

    def _view_clicked(self, view: View, _checked: bool = False) -> None:
        self.choose(view)
        self.view_chosen.emit(view)

    @Slot(int)
    def _gain_changed(self, gain: int) -> None:
        self.gain_text.setText(f"×{gain}")
        self.look_changed.emit()
