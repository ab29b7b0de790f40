"""A QR code as one SVG path."""

from dataclasses import dataclass

import segno

_BORDER = 2


@dataclass(frozen=True, slots=True)
class QrCode:
    """The path's data, on a square of so many units; drawn with strokes one unit wide."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """The code that a camera reads as the text; level M survives a smudge."""
    matrix = segno.make(text, error="m", micro=False).matrix
    strokes = (
        f"M{x + _BORDER} {y + _BORDER + 0.5}h1"
        for y, row in enumerate(matrix)
        for x, module in enumerate(row)
        if module
    )
    return QrCode(len(matrix) + 2 * _BORDER, "".join(strokes))
