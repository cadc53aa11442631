"""Photographs of paper that nobody looked at while the page renderer's constants were chosen: for the bench only.

    python photographs.py FOLDER

Each is a PDF of one photograph with the words of the sheet as invisible text, so that every program compared gets the
same file and OCR has something to be held against. Light, tilt, blur and noise come from the number of the photograph.
"""

import io
import random
import sys
from pathlib import Path

from reportlab.lib.utils import ImageReader

import pictures
import sheet

TEXTS = {
    "claim-en": ("Notice of water damage", """
Dear Sir or Madam, on the evening of 9 October a pipe burst in the flat above mine. Water came through the ceiling of the
kitchen for about forty minutes before the caretaker found the valve.

The ceiling, two wall cabinets and the floor near the window are damaged. I enclose the plumber's bill of 318.40 pounds and
ask you to tell me within fourteen days whether an assessor will visit.

My policy number is HG-2207-5518. Until then I shall keep the broken pieces so that they can be looked at.
"""),
    "objection-de": ("Widerspruch gegen den Bescheid", """
Sehr geehrte Damen und Herren, gegen Ihren Bescheid vom 3. September, Aktenzeichen 417/26-K, lege ich fristgerecht
Widerspruch ein. Die angesetzten Fahrtkosten stimmen nicht mit meinen Belegen überein.

Beigefügt sind die Quittungen über 212,80 Euro für die Monate Mai bis Juli. Ich bitte um Prüfung und um eine schriftliche
Bestätigung, dass dieses Schreiben eingegangen ist.

Sollten weitere Unterlagen nötig sein, erreichen Sie mich werktags zwischen acht und zwölf Uhr.
"""),
}
# Text that is there to be found, not seen (ISO 32000-1, 9.3.6, mode 3).
INVISIBLE = 3


def photographed(words: tuple[str, str], number: int) -> bytes:
    """One photograph of one letter as a PDF."""
    chance = random.Random(number)
    corners = [corner + chance.randint(-60, 60) for corner in pictures.ASKEW]
    picture = pictures.photograph(
        pictures.typed_page(words[1], words[0]), tuple(corners), turn=chance.randint(20, 160), darkest=chance.randint(95, 135),
        shadow=chance.randint(140, 210), blur=0.8 + chance.random() * 0.6, noise=chance.randint(5, 14), tint=(100, chance.randint(92, 99), chance.randint(80, 96)),
    )
    jpeg = io.BytesIO(pictures.encode(picture, "JPEG", quality=chance.randint(70, 90)))

    def draw(canvas):
        width, height = sheet.A4
        text = canvas.beginText(60, height - 80)
        text.setTextRenderMode(INVISIBLE)
        text.setFont(sheet.SANS, 8)
        text.textLines(f"{words[0]}\n{words[1]}")
        canvas.drawText(text)
        canvas.drawImage(ImageReader(jpeg), 0, 0, width, height)

    return sheet.pdf(draw)


SAMPLES = {
    f"photo-{name}-{number}.pdf": lambda words=words, number=number: photographed(words, number)
    for name, words in TEXTS.items()
    for number in (11, 12, 13)
}


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for file, make in SAMPLES.items():
        (target / file).write_bytes(make())
