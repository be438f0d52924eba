"""The foot of page 1: who signed, what the signature means, and the certificate's digest to scan from paper."""

import segno
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from pue_desktop.engine.certificate_schema import Certificate
from pue_desktop.report import style
from pue_desktop.report.sheet import Laid, Sheet
from pue_desktop.report.style import font, pt

_CODE_SIDE = 66.0
_GAP = 16.0


def draw_signature(sheet: Sheet, certificate: Certificate, digest: str) -> None:
    """Draws the block at the foot of the page, as signatures are.

    Args:
        sheet: Page 1.
        certificate: What was signed.
        digest: SHA-256 of certificate.json, as hex.
    """
    signer = certificate.signer
    width = style.TEXT_WIDTH - _CODE_SIDE - _GAP
    gap = Laid("", font(2.4), width)
    small = font(7.2, "strong")
    blocks = [
        (Laid("Signature", font(9, "strong"), width), style.INK),
        (Laid(signer.statement, font(8.2), width), style.MUTED),
        (gap, style.MUTED),
        (Laid("Key", small, width), style.MUTED),
        (Laid(_in_groups(signer.key_id), font(6.4, "mono"), width), style.ACCENT),
        (gap, style.MUTED),
        (
            Laid("SHA-256 of certificate.json, which the code at the right holds too", small, width),
            style.MUTED,
        ),
        (Laid(_in_groups(digest), font(6.4, "mono"), width), style.ACCENT),
    ]
    height = max(sum(block.height for block, _ in blocks) + 4, _CODE_SIDE) + 14
    sheet.need(height)
    sheet.y = max(sheet.y, sheet.page_height - style.MARGIN_BOTTOM - height)
    sheet.rule(sheet.y + 4)
    y = sheet.y + 10
    for block, colour in blocks:
        sheet.write(block, style.MARGIN_SIDE, y, colour)
        y += block.height
    text = f"PUE Desktop certificate {certificate.identification.run_id} sha256:{digest}"
    _draw_code(sheet, text, style.MARGIN_SIDE + style.TEXT_WIDTH - _CODE_SIDE, sheet.y + 13)
    sheet.y += height


def _in_groups(digest: str) -> str:
    return " ".join(digest[place : place + 8] for place in range(0, len(digest), 8))


def _draw_code(sheet: Sheet, text: str, x: float, y: float) -> None:
    """Draws a QR code as one vector path, so that it prints sharp at any size; the paper around it is its margin."""
    code = segno.make(text, error="m", micro=False)
    rows = list(code.matrix)
    side = pt(_CODE_SIDE) / len(rows)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for row, modules in enumerate(rows):
        start = 0
        while start < len(modules):
            end = start
            while end < len(modules) and modules[end]:
                end += 1
            if end > start:
                # Runs of dark modules in one rectangle: no hairlines between them.
                corner = QPointF(pt(x) + start * side, pt(y) + row * side)
                path.addRect(QRectF(corner, QPointF(pt(x) + end * side, corner.y() + side)))
            start = max(end, start + 1)
    sheet.painter.fillPath(path, style.INK)
