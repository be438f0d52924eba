"""In words and figures: which picture it is, how much it changed, and the values under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from pue_desktop.engine.results import ImageRecord
from pue_desktop.ui.text import count, figure, label, plain

if TYPE_CHECKING:
    from pue_desktop.engine.inspection import Measures, Pair

NOTHING = "–"


def signed(value: int) -> str:
    """Returns a whole number with its sign, zero without: "+3", "−3", "0"."""
    return f"{value:+d}".replace("-", "\N{MINUS SIGN}") if value else "0"


def values_text(values: tuple[int, ...]) -> str:
    """Returns a pixel's values with a space between."""
    return "  ".join(str(value) for value in values)


def breakable(text: str) -> str:
    """Returns a name that may be broken between any two characters, for a narrow column; not for copying."""
    return "\N{ZERO WIDTH SPACE}".join(text)


class FactTable(QWidget):
    """Names and values, one below the other.

    Attributes:
        values: The labels of the values by key.
    """

    def __init__(self, names: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for row, (key, name) in enumerate(names.items()):
            title, value = label(name, dim=True), label(NOTHING)
            title.setWordWrap(False)
            value.setAccessibleName(name)
            grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
            self.values[key] = value

    def show_values(self, **values: str) -> None:
        """Shows these values; the others stay."""
        for key, text in values.items():
            if self.values[key].text() != text:
                self.values[key].setText(text)

    def clear(self) -> None:
        """Shows that nothing is known."""
        self.show_values(**dict.fromkeys(self.values, NOTHING))


class PictureFacts(FactTable):
    """About one picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        names = {
            "name": self.tr("Picture"),
            "kind": self.tr("Class"),
            "size": self.tr("Size"),
            "largest": self.tr("Largest change"),
            "mean": self.tr("Mean change"),
            "psnr": self.tr("PSNR"),
            "ssim": self.tr("SSIM"),
        }
        super().__init__(names, parent)

    def show_picture(self, image: ImageRecord, kind: str) -> None:
        """Shows another picture, whose change is not known yet."""
        self.clear()
        size = self.tr("{} × {} pixels").format(count(image.width), count(image.height))
        self.show_values(name=breakable(plain(image.id)), kind=breakable(plain(kind)), size=size)

    def show_measures(self, measures: Measures) -> None:
        """Shows how much it changed."""
        same = self.tr("nothing changed")
        mean = measures.mean_abs_delta_255
        self.show_values(
            largest=self.tr("{} of 255").format(figure(f"{measures.max_abs_delta_255:g}")),
            mean=NOTHING if mean is None else self.tr("{} of 255").format(figure(f"{mean:.2f}")),
            psnr=same if measures.psnr_db is None else figure(f"{measures.psnr_db:.1f}\N{NO-BREAK SPACE}dB"),
            ssim=figure(f"{measures.ssim:.4f}"),
        )


class PixelFacts(FactTable):
    """About the pixel that is pointed at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        names = {
            "place": self.tr("Pixel"),
            "original": self.tr("Original"),
            "protected": self.tr("Protected"),
            "change": self.tr("Change"),
        }
        super().__init__(names, parent)

    def show_pixel(self, pair: Pair | None, place: tuple[int, int] | None) -> None:
        """Shows the values of a pixel, red, green and blue, or that none is pointed at."""
        if pair is None or place is None:
            self.clear()
            return
        original, protected = pair.values(*place)
        self.show_values(
            place=f"x {count(place[0])}  y {count(place[1])}",
            original=values_text(original),
            protected=values_text(protected),
            change="  ".join(signed(after - before) for before, after in zip(original, protected, strict=True)),
        )
