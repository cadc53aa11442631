"""A PDF page to draw on, and the typefaces the samples are set in.

Vera comes with reportlab and gets embedded; Helvetica is one of the fourteen faces a PDF may leave out, and is left
out on purpose in some samples.
"""

import io
from pathlib import Path

import reportlab
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(reportlab.__file__).parent / "fonts"
SANS = "Vera"
BOLD = "VeraBd"
for face in (SANS, BOLD):
    pdfmetrics.registerFont(TTFont(face, str(FONTS / f"{face}.ttf")))

MILLIMETRE = 72 / 25.4


def pdf(draw, size=A4, **options) -> bytes:
    """The PDF that `draw(canvas)` draws; it begins further pages with `canvas.showPage()`."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1, **options)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def paragraph(canvas, text, left, top, width, face=SANS, points=10.5, leading=1.35) -> float:
    """Sets `text` in lines of at most `width` points and returns the place below the last."""
    canvas.setFont(face, points)
    for block in text.strip().split("\n\n"):
        line = ""
        for word in block.split():
            longer = f"{line} {word}".strip()
            if pdfmetrics.stringWidth(longer, face, points) > width and line:
                canvas.drawString(left, top, line)
                top -= points * leading
                line = word
            else:
                line = longer
        canvas.drawString(left, top, line)
        top -= points * leading * 1.7
    return top
