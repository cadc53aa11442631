"""Longer and harder documents: a table of thin lines, a report of ten pages, tinted print, a slide, many sizes."""

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, A5, landscape, legal, letter

from sheet import BOLD, SANS, paragraph, pdf

SENTENCES = [
    "The survey covers the twelve months that ended in September and follows the plan agreed in the previous year.",
    "Of the 318 stations that were visited, 297 were in good order and 21 needed work on the day of the visit.",
    "Costs rose by 4.2 percent, mostly because of transport, while the number of complaints fell from 57 to 31.",
    "Two of the older buildings were closed in May; their records were moved to the archive at the harbour.",
    "Readings above the limit of 0.35 were found only once, at the northern gate, and could not be repeated.",
    "The committee recommends to keep the present interval of six weeks and to look at it again in spring.",
]


def table() -> bytes:
    def draw(canvas):
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(40, 800, "Inventory of spare parts, as of 24 November 2026")
        columns = [40, 95, 290, 345, 400, 470, 555]
        heads = ["Part no.", "Description", "Stock", "Minimum", "Unit price", "Value"]
        names = ["Hexagon bolt M8 x 40, zinc plated", "Washer 8.4, stainless", "Sealing ring 22 x 27", "Fuse 10 A, slow",
                 "Drive belt 6PK 1195", "Bearing 6204-2RS", "Hose clamp 16-27 mm", "Relay 24 V, two changeover contacts"]
        canvas.setFont("Helvetica-Bold", 6.5)
        for left, head in zip(columns, heads):
            canvas.drawString(left + 3, 782, head)
        canvas.setLineWidth(0.2)
        canvas.setFont("Helvetica", 6.5)
        for row in range(58):
            bottom = 766 - row * 12
            stock, price = (row * 37) % 211, 0.35 + (row * 113 % 900) / 20
            cells = [f"{70000 + row * 17}", names[row % len(names)], f"{stock}", f"{(row * 7) % 40}", f"{price:.2f}",
                     f"{stock * price:,.2f}"]
            for left, right, cell, number in zip(columns, columns[1:], cells, range(6)):
                if number < 2:
                    canvas.drawString(left + 3, bottom + 3.5, cell)
                else:
                    canvas.drawRightString(right - 3, bottom + 3.5, cell)
            canvas.line(40, bottom, 555, bottom)
        for at in columns:
            canvas.line(at, 766 - 57 * 12, at, 790)

    return pdf(draw, A4)


def report() -> bytes:
    def draw(canvas):
        for number in range(10):
            if number:
                canvas.showPage()
            canvas.setFont(BOLD, 13)
            canvas.drawString(70, 770, f"{number + 1}. Annual survey, part {number + 1}")
            order = [SENTENCES[(number + step * (number % 3 + 1)) % 6] for step in range(17)]
            text = "\n\n".join(" ".join(order[start:start + 4]) for start in range(0, 17, 4))
            below = paragraph(canvas, text, 70, 742, 455)
            chart(canvas, below - 120, number)
            canvas.setFont(SANS, 8)
            canvas.drawCentredString(297, 40, f"Page {number + 1} of 10")

    return pdf(draw, A4)


def chart(canvas, bottom, seed):
    canvas.setLineWidth(0.5)
    canvas.line(70, bottom, 525, bottom)
    for bar in range(12):
        height = 20 + (bar * 29 + seed * 13) % 70
        canvas.setFillGray(0.35 + 0.15 * (bar % 4))
        canvas.rect(80 + bar * 37, bottom, 24, height, stroke=1, fill=1)
    canvas.setFillGray(0)


def tinted() -> bytes:
    """Print in greys and colours on tinted and dark ground."""
    grounds = ["#ffffff", "#e6e6e6", "#ffe9a8", "#cfe8ff", "#f4c7c3", "#1f3a5f", "#444444", "#0b6b3a"]
    inks = ["#000000", "#555555", "#777777", "#b3261e", "#1a56b0"]
    light_inks = ["#ffffff", "#dddddd", "#ffe9a8", "#cfe8ff", "#f4c7c3"]

    def draw(canvas):
        canvas.setFont(BOLD, 12)
        canvas.drawString(60, 790, "Tints and inks")
        for row, ground in enumerate(grounds):
            bottom = 690 - row * 84
            canvas.setFillColor(HexColor(ground))
            canvas.rect(60, bottom, 475, 74, stroke=0, fill=1)
            for line, ink in enumerate(light_inks if row > 4 else inks):
                canvas.setFillColor(HexColor(ink))
                canvas.setFont(SANS, 9 - line * 0.6)
                canvas.drawString(68, bottom + 60 - line * 13, f"{SENTENCES[(row + line) % 6][:78]}")

    return pdf(draw, A4)


def slide() -> bytes:
    def draw(canvas):
        canvas.setFont(BOLD, 28)
        canvas.drawString(60, 500, "Quarterly figures")
        paragraph(canvas, "\n\n".join(SENTENCES[:3]), 60, 440, 700, points=18)
        chart(canvas, 120, 5)

    return pdf(draw, landscape(A4))


def sizes() -> bytes:
    """One document of pages in many sizes, one of them rotated by its dictionary."""

    def draw(canvas):
        for number, (name, size) in enumerate([("A4", A4), ("Letter", letter), ("Legal", legal), ("A5", A5)]):
            if number:
                canvas.showPage()
            canvas.setPageSize(size)
            canvas.setPageRotation(90 if name == "A5" else 0)
            canvas.rect(10, 10, size[0] - 20, size[1] - 20)
            canvas.setFont(BOLD, 24)
            canvas.drawString(40, size[1] - 60, name)
            paragraph(canvas, SENTENCES[number], 40, size[1] - 90, size[0] - 80)

    return pdf(draw, A4)


SAMPLES = {
    "table-en.pdf": table,
    "report-en.pdf": report,
    "tinted-en.pdf": tinted,
    "slide-en.pdf": slide,
    "sizes-en.pdf": sizes,
}
