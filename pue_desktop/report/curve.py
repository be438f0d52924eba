"""The learnability curve and the weight draws behind it, as vector drawings.

Solid lines are bounds that hold at all radii at once, thin dotted ones hold at each radius alone, a thin dashed one is
about images like those of the hold-out. A band below the unprotected line reaches down to what that certificate can't
fall below. Where there is no certificate the field is hatched and says so.
"""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen, QPolygonF

from pue_desktop.engine.certificate_schema import Arm, Certificate, Comparison, Point
from pue_desktop.engine.certificate_words import percent
from pue_desktop.engine.recovery_results import axis_places, axis_ticks
from pue_desktop.report import recovery, style
from pue_desktop.report.axes import LEFT, Axes
from pue_desktop.report.sheet import Laid, Sheet
from pue_desktop.report.style import font, pt


def draw_curve(sheet: Sheet, certificate: Certificate, *, height: float) -> None:
    """Draws the certificate's curve over the text width, with its legend, and moves on."""
    results = certificate.results
    sheet.need(height + 22)
    best = _best_attack(certificate)
    _legend(sheet, _entries(certificate, best), recovery.legend(recovery.searches(certificate)))
    points, clean = results.protected_curve, results.unprotected_curve
    values = [bound or 0.0 for point in (*points, *clean) for bound in (point.value, point.simultaneous)]
    values += [point.population or 0.0 for point in points]
    found = recovery.searches(certificate)
    values += [point.accuracy for point in found]
    top = min(1.0, math.ceil((max([*values, results.chance, best or 0.0]) * 1.12) * 20) / 20)
    end = max(point.eta for point in points)
    places = axis_places([point.eta for point in found], end)
    right = max([end, *(place + (end or 1.0) / 20 for place in places.values() if place > end)])
    axes = Axes(sheet, y=sheet.y, height=height, right=right, top=max(top, 0.1))
    uncertified = _uncertified(axes, points)
    _hatch(axes, uncertified)
    ticks = axis_ticks(end, places)
    axes.draw_frame(f"radius η around the surrogate's weights ({results.geometry} noise)", ticks)
    axes.level(results.chance, style.MUTED, Qt.PenStyle.DashLine)
    if best is not None:
        axes.level(best, style.ATTACKER, Qt.PenStyle.DashDotLine)
    # Over grid and levels, so that none of them crosses it.
    _label(axes, uncertified)
    _draw_band(axes, clean, results.comparisons)
    for curve, colour in ((clean, style.UNPROTECTED), (points, style.PROTECTED)):
        _draw_arm(axes, curve, colour)
    sheet.painter.setBrush(Qt.BrushStyle.NoBrush)
    sheet.painter.setPen(QPen(style.PROTECTED, pt(0.9), Qt.PenStyle.DashLine))
    alike = [axes.at(point.eta, point.population) for point in points if point.population is not None]
    sheet.painter.drawPolyline(QPolygonF(alike))
    recovery.draw_points(axes, found, places, end)
    sheet.y += height


def _draw_band(axes: Axes, clean: tuple[Point, ...], comparisons: tuple[Comparison, ...]) -> None:
    """Fills from the unprotected curve down to its lower bound."""
    floor = {row.eta: row.at_least for row in comparisons if row.at_least is not None}
    both = [point for point in clean if point.simultaneous is not None and point.eta in floor]
    upper = [axes.at(point.eta, point.simultaneous or 0.0) for point in both]
    lower = [axes.at(point.eta, floor[point.eta]) for point in both]
    fill = QColor(style.UNPROTECTED)
    fill.setAlphaF(0.22)
    axes.sheet.painter.setPen(Qt.PenStyle.NoPen)
    axes.sheet.painter.setBrush(fill)
    axes.sheet.painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))


def _entries(certificate: Certificate, best: float | None) -> list[tuple[str, QColor, Qt.PenStyle]]:
    entries = [
        ("protected images", style.PROTECTED, Qt.PenStyle.SolidLine),
        *_alike(certificate),
        ("unprotected images", style.UNPROTECTED, Qt.PenStyle.SolidLine),
        (f"guessing {percent(certificate.results.chance)}", style.MUTED, Qt.PenStyle.DashLine),
    ]
    if best is not None:
        entries.append((f"best attacker tried {percent(best)}", style.ATTACKER, Qt.PenStyle.DashDotLine))
    return entries


def _alike(certificate: Certificate) -> list[tuple[str, QColor, Qt.PenStyle]]:
    known = any(point.population is not None for point in certificate.results.protected_curve)
    return [("images like these", style.PROTECTED, Qt.PenStyle.DashLine)] if known else []


def _best_attack(certificate: Certificate) -> float | None:
    test = certificate.stress_test
    return max((attack.best_accuracy for attack in test.attacks), default=None) if test else None


def _legend(sheet: Sheet, entries: list[tuple[str, QColor, Qt.PenStyle]], marks: Sequence[recovery.Mark] = ()) -> None:
    x = style.MARGIN_SIDE + LEFT
    lines = [(text, colour, pattern, None) for text, colour, pattern in entries]
    for text, colour, pattern, mark in [*lines, *((mark.words, mark.colour, None, mark) for mark in marks)]:
        laid = Laid(text, font(8), 200)
        if x + 23 + laid.natural_width > style.MARGIN_SIDE + style.TEXT_WIDTH:
            x = style.MARGIN_SIDE + LEFT
            sheet.y += 13
        middle = pt(sheet.y + laid.leading / 2)
        if mark is not None:
            mark.draw(sheet.painter, QPointF(pt(x + 9), middle))
        elif pattern is not None:
            sheet.painter.setPen(QPen(colour, pt(1.6), pattern))
            sheet.painter.drawLine(QPointF(pt(x), middle), QPointF(pt(x + 18), middle))
        sheet.write(laid, x + 23, sheet.y)
        x += 23 + laid.natural_width + 14
    sheet.y += 18


def _draw_arm(axes: Axes, curve: tuple[Point, ...], colour: QColor) -> None:
    painter = axes.sheet.painter
    painter.setBrush(Qt.BrushStyle.NoBrush)
    alone = [axes.at(point.eta, point.value) for point in curve if point.value is not None]
    together = [axes.at(point.eta, point.simultaneous) for point in curve if point.simultaneous is not None]
    painter.setPen(QPen(colour, pt(0.9), Qt.PenStyle.DotLine))
    painter.drawPolyline(QPolygonF(alone))
    painter.setPen(QPen(colour, pt(1.7), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline(QPolygonF(together))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for place in together:
        painter.drawEllipse(place, pt(2.1), pt(2.1))


def _uncertified(axes: Axes, points: tuple[Point, ...]) -> QRectF:
    """Returns the part of the field at whose radii there is no certificate, in drawn units; empty if there is none."""
    if all(point.simultaneous is not None for point in points):
        return QRectF()
    start = axes.at(max((point.eta for point in points if point.simultaneous is not None), default=0.0), 0).x()
    field = axes.field
    return QRectF(QPointF(start, pt(field.top())), QPointF(pt(field.right()), pt(field.bottom())))


def _hatch(axes: Axes, area: QRectF) -> None:
    """Hatches a part of the field."""
    if area.isEmpty():
        return
    painter = axes.sheet.painter
    painter.save()
    painter.setClipRect(area)
    painter.fillRect(area, QBrush(style.SHADE))
    painter.setPen(QPen(style.HAIRLINE, pt(0.6)))
    lines = QPainterPath()
    height, x = area.height(), area.left() - area.height()
    while x < area.right():
        lines.moveTo(x, area.bottom())
        lines.lineTo(x + height, area.top())
        x += pt(7)
    painter.drawPath(lines)
    painter.restore()


def _label(axes: Axes, area: QRectF) -> None:
    """Writes into a part of the field that there is no certificate, if there is room for the words."""
    left, width = area.left() / style.UNITS, area.width() / style.UNITS
    label = Laid("no certificate", font(7.5), max(width - 12, 40))
    if label.natural_width + 12 <= width:
        top, sheet = axes.field.top(), axes.sheet
        sheet.box(left + 5, top + 5, label.natural_width + 8, label.height + 2, QColor("white"), radius=2)
        sheet.write(label, left + 9, top + 6, style.MUTED)


def draw_draws(sheet: Sheet, certificate: Certificate, *, height: float) -> None:
    """Draws how the accuracies of the weight draws are spread, protected against unprotected, and moves on."""
    results = certificate.results
    sheet.need(height + 24)
    solid = Qt.PenStyle.SolidLine
    _legend(sheet, [("protected images", style.PROTECTED, solid), ("unprotected images", style.UNPROTECTED, solid)])
    arms = ((results.unprotected, style.UNPROTECTED), (results.protected, style.PROTECTED))
    shares = {id(arm): _histogram(arm) for arm, _ in arms}
    tallest = max(max(bars) for bars in shares.values())
    axes = Axes(sheet, y=sheet.y, height=height, right=1.0, top=min(1.0, math.ceil(tallest * 22) / 20))
    axes.draw_frame(
        "accuracy on the hold-out; height: share of the weight draws",
        [(x / 10, f"{x / 10:g}") for x in range(0, 11, 2)],
    )
    for arm, colour in arms:
        fill = QColor(colour)
        fill.setAlphaF(0.55)
        sheet.painter.setPen(Qt.PenStyle.NoPen)
        sheet.painter.setBrush(fill)
        bars = shares[id(arm)]
        for index, share in enumerate(bars):
            if share:
                sheet.painter.drawRect(QRectF(axes.at(index / len(bars), share), axes.at((index + 1) / len(bars), 0)))
    sheet.y += height


def _histogram(arm: Arm, bars: int = 50) -> list[float]:
    counts = [0] * bars
    for correct in arm.correct:
        counts[min(bars - 1, correct * bars // arm.of)] += 1
    return [count / len(arm.correct) for count in counts]
