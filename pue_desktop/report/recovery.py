"""What somebody found who searched near the certified networks: points beside the curve, and a table.

A point above the certified curve is red and has its own shape; one beyond the curve, where nothing is certified, is
grey and stands behind a break of the axis.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from pue_desktop.engine import measured_words as said
from pue_desktop.engine.certificate_recovery import SearchPoint
from pue_desktop.engine.certificate_schema import Certificate
from pue_desktop.engine.certificate_words import percent
from pue_desktop.report import style
from pue_desktop.report.axes import Axes
from pue_desktop.report.sheet import Column, Sheet
from pue_desktop.report.style import font, pt

_MOST_RADII = 14
_STATISTICS = (
    "“Statistics” are the running ones of BatchNorm, which are no weights and have no distance: frozen as they were "
    "certified, or the searcher's own, taken from the images searched with."
)


@dataclass(frozen=True, slots=True)
class Mark:
    """How one kind of point is drawn, and what the legend calls it."""

    words: str
    colour: QColor
    shape: Literal["triangle", "cross"]
    hollow: bool = False

    def draw(self, painter: QPainter, place: QPointF) -> None:
        """Draws one, in drawn units."""
        size = pt(3.2)
        if self.shape == "cross":
            painter.setPen(QPen(self.colour, pt(0.8 if self.hollow else 1.5)))
            for way in (-1, 1):
                painter.drawLine(place + QPointF(-size, way * size), place + QPointF(size, -way * size))
            return
        painter.setPen(QPen(self.colour, pt(0.9)))
        painter.setBrush(Qt.BrushStyle.NoBrush if self.hollow else self.colour)
        corners = (QPointF(-size, size * 0.8), QPointF(size, size * 0.8), QPointF(0, -size))
        painter.drawPolygon(QPolygonF([place + corner for corner in corners]))


def searches(certificate: Certificate) -> tuple[SearchPoint, ...]:
    """Returns the points of a certificate; none before there were any."""
    test = certificate.stress_test
    return test.recovery.points if test is not None and test.recovery is not None else ()


def cautions(certificate: Certificate) -> list[str]:
    """Returns what to say on the first page where a point lies above the curve."""
    test = certificate.stress_test
    words = said.above_words(test.recovery) if test is not None and test.recovery is not None else ""
    return [words] if words else []


def legend(points: Sequence[SearchPoint]) -> list[Mark]:
    """Returns one mark of every kind among the points."""
    return list({mark.words: mark for mark in map(_mark, points)}.values())


def _mark(point: SearchPoint) -> Mark:
    own = point.statistics == "free"
    if point.above:
        return Mark("found above the curve", style.ABOVE, "cross", own)
    # One of the hollow marks explains them all.
    if point.certified is None:
        return Mark("own statistics" if own else "found beyond", style.MUTED, "triangle", own)
    return Mark("own statistics" if own else "found by a search", style.ATTACKER, "triangle", own)


def draw_points(axes: Axes, points: Sequence[SearchPoint], places: dict[float, float], end: float) -> None:
    """Draws the points, those above the curve last, and the break of the axis before those beyond it.

    Args:
        axes: Of the curve.
        points: All of them.
        places: Where their radii lie on the axis.
        end: Of the certified curve's own axis.
    """
    painter = axes.sheet.painter
    beyond = [place for place in places.values() if place > end]
    if beyond:
        middle = (end + min(beyond)) / 2
        painter.setPen(QPen(style.MUTED, pt(0.7), Qt.PenStyle.DotLine))
        painter.drawLine(axes.at(middle, 0), QPointF(axes.at(middle, 0).x(), pt(axes.field.top())))
    for point in sorted(points, key=lambda point: point.above):
        _mark(point).draw(painter, axes.at(places[point.eta], point.accuracy))


def draw_findings(sheet: Sheet, certificate: Certificate) -> None:
    """Writes what the searches found and how far attackers of the same make are, and moves on."""
    found = certificate.stress_test.recovery if certificate.stress_test is not None else None
    if found is None:
        return
    sheet.heading("Measured, not certified: a search for the best weights near the surrogate", keep=90)
    sheet.text(
        f"Projected descent, {found.steps:,} steps for each radius, with {found.searched:,} clean images; accuracy on "
        f"{found.measured:,} others. {said.search_words(found)}",
        font(8.6),
    )
    if any(point.statistics == "free" for point in found.points):
        sheet.text(_STATISTICS, font(8.6))
    # Of several surrogates the table has the first; the drawing and certificate.json have all.
    cells = {(point.eta, point.statistics): point for point in found.points if point.surrogate == 0}
    kinds = list(dict.fromkeys(statistics for _, statistics in cells))
    rows = []
    for eta in sorted({eta for eta, _ in cells})[:_MOST_RADII]:
        known = [cells.get((eta, kind)) for kind in kinds]
        certified = next((point.certified for point in known if point is not None), None)
        rows.append([f"{eta:g}", "none" if certified is None else percent(certified), *map(_cell, known)])
    sheet.table(
        [Column(0.8), *[Column(1.6, "right")] * (1 + len(kinds))],
        ["radius η", "certified at most", *map(_title, kinds)],
        rows,
    )
    distances = said.distance_words(found)
    if distances:
        sheet.text(distances, font(8.6))


def _title(statistics: str) -> str:
    words = said.STATISTICS[statistics]
    return f"found, {words}" if words else "found"


def _cell(point: SearchPoint | None) -> str:
    if point is None:
        return ""
    return f"{percent(point.accuracy)}{' (above)' if point.above else ''}"
