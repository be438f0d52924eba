"""Type, colours and measures of the certificate. Everything is measured in points and drawn in finer units.

The fonts travel with the program: a certificate looks the same on a server without any font as on the owner's desk.
"""

from functools import cache
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPageLayout, QPageSize

from pue_desktop.engine.errors import PueError

UNITS = 20  # drawn units per point: 1440 a inch, so that widths of letters need no rounding
RESOLUTION = 72 * UNITS

PAGE_WIDTH, PAGE_HEIGHT = 595.0, 842.0  # of A4; on other paper the same page stands in the middle, to scale
MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM = 56.0, 50.0, 58.0
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN_SIDE
PageName = Literal["A4", "Letter"]

INK = QColor("#17212b")
MUTED = QColor("#5a6775")
HAIRLINE = QColor("#d5dce4")
SHADE = QColor("#f4f6f8")
ACCENT = QColor("#0b5f7d")
PROTECTED = QColor("#0b6e93")
UNPROTECTED = QColor("#c4561b")
ATTACKER = QColor("#7a3e8e")
ABOVE = QColor("#c8102e")
TONES = {
    "good": (QColor("#1c7c54"), QColor("#edf7f1")),
    "warning": (QColor("#a86a09"), QColor("#fdf5e6")),
    "bad": (QColor("#ad3327"), QColor("#fcefed")),
}

_PAGES: dict[PageName, QPageSize.PageSizeId] = {"A4": QPageSize.PageSizeId.A4, "Letter": QPageSize.PageSizeId.Letter}

Weight = Literal["regular", "strong", "mono"]
_FONT_FILES = ("Inter-Regular.otf", "Inter-SemiBold.otf", "DejaVuSans.ttf", "DejaVuSansMono.ttf")


def page_layout(name: PageName) -> QPageLayout:
    """Returns the page of that size, upright and without margins: they are drawn."""
    return QPageLayout(QPageSize(_PAGES[name]), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))


def pt(points: float) -> float:
    """Returns drawn units for a length in points."""
    return points * UNITS


def load_fonts() -> None:
    """Makes the bundled fonts known to Qt.

    Raises:
        PueError: there is no font to draw with.
    """
    folder = Path(__file__).parent / "fonts"
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(folder / name))
    if not QFontDatabase.families():
        raise PueError(
            f"The certificate can't be drawn: there is no font on this machine and none in {folder}.",
            hint="Install PUE Desktop again, or any font.",
        )


@cache
def font(size: float, weight: Weight = "regular") -> QFont:
    """Returns a font of `size` points; scripts that the first family lacks fall to the second."""
    chosen = QFont()
    chosen.setFamilies(["DejaVu Sans Mono"] if weight == "mono" else ["Inter", "DejaVu Sans"])
    chosen.setPixelSize(round(pt(size)))
    chosen.setWeight(QFont.Weight.DemiBold if weight == "strong" else QFont.Weight.Normal)
    chosen.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for feature in ("calt", "liga", "clig"):
        # Contextual forms of "-", "=" and the like have no character code: copied text would lose them.
        chosen.setFeature(QFont.Tag(feature), 0)
    return chosen
