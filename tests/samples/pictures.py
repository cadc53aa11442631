"""Pictures: a photograph of a letter, a scan, a screenshot, a scene."""

import io
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

import letters
from sheet import BOLD, FONTS, SANS

EXIF_ORIENTATION = 0x0112


def font(size, face=SANS):
    return ImageFont.truetype(str(FONTS / f"{face}.ttf"), size)


def encode(image, kind, **options) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def typed_page(text, title, width=1240, height=1754):
    """A sheet of A4 at 150 dpi with a letter on it."""
    sheet = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(sheet)
    draw.text((150, 140), title, 0, font(34, BOLD))
    top = 240
    for block in text.strip().split("\n\n"):
        line = ""
        for word in block.split():
            longer = f"{line} {word}".strip()
            if draw.textlength(longer, font(23)) > width - 300 and line:
                draw.text((150, top), line, 0, font(23))
                top += 36
                line = word
            else:
                line = longer
        draw.text((150, top), line, 0, font(23))
        top += 62
    return sheet


def grain(size, strength):
    """Noise about middle grey, the same in every run."""
    small = (size[0] // 2, size[1] // 2)
    noise = Image.frombytes("L", small, random.Random(7).randbytes(small[0] * small[1]))
    return noise.resize(size).point(lambda value: 128 + (value - 128) * strength // 128)


# Where the corners of a photographed sheet lie, as PIL's QUAD wants them: north-west, south-west, south-east, north-east.
ASKEW = (-150, -210, -260, 2840, 2040, 2790, 1990, -130)


def photograph(sheet=None, corners=ASKEW, turn=60, darkest=115, shadow=165, blur=1.0, noise=9, tint=(100, 96, 86)) -> Image.Image:
    """A sheet lying askew on a dark table, in light that falls off in the direction `turn`, as a telephone sees it."""
    sheet = (sheet or typed_page(letters.TERMINATION_DE, "Kündigung meines Vertrags")).resize((1860, 2631))
    size = (2250, 3000)
    paper = sheet.transform(size, Image.Transform.QUAD, corners, Image.Resampling.BILINEAR, fillcolor=60)
    light = Image.linear_gradient("L").rotate(turn, expand=True).crop((60, 60, 260, 300)).resize(size)
    light = light.point(lambda value: darkest + value * 120 // 255)
    shade = Image.new("L", size, 255)
    ImageDraw.Draw(shade).polygon([(1500, 3000), (2250, 1500), (2250, 3000)], shadow)
    light = ImageChops.multiply(light, shade.filter(ImageFilter.GaussianBlur(90)))
    seen = ImageChops.multiply(paper, light).filter(ImageFilter.GaussianBlur(blur))
    seen = ImageChops.add(seen, grain(size, noise), offset=-128)
    return Image.merge("RGB", [seen.point(lambda value, by=by: value * by // 100) for by in tint])


def paper_upright() -> bytes:
    return encode(photograph(), "JPEG", quality=82)


def paper_turned() -> bytes:
    """The same photograph as a telephone held sideways stores it: turned, with a note of that in its EXIF data."""
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = 6
    return encode(photograph().resize((1500, 2000)).transpose(Image.Transpose.ROTATE_90), "JPEG", quality=80, exif=exif)


def scan() -> bytes:
    """Two pages as an office scanner makes them: 200 dpi, black and white, group 4."""
    pages = [typed_page(letters.REFERRAL_EN, f"Page {number}").resize((1654, 2339)).convert("1") for number in (1, 2)]
    return encode(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="group4", dpi=(200, 200))


def screenshot() -> bytes:
    image = Image.new("RGB", (1280, 800), "#f3f4f6")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 1280, 56), "#1f3a5f")
    draw.text((24, 14), "Buchungsbestätigung", "#ffffff", font(24, BOLD))
    for row, (label, value) in enumerate([("Reise", "Köln – Zürich"), ("Datum", "12.12.2026, 08:42"), ("Sitz", "Wagen 21, Platz 64"),
                                          ("Preis", "89,90 €"), ("Vorgang", "ÜX-7Q4-ß19")]):
        top = 96 + row * 78
        draw.rectangle((40, top, 1240, top + 62), "#ffffff", "#d0d5dd")
        draw.text((60, top + 18), label, "#667085", font(20))
        draw.text((420, top + 18), value, "#101828", font(20))
    draw.rectangle((40, 520, 340, 580), "#0b6b3a")
    draw.text((92, 536), "Drucken", "#ffffff", font(22))
    return encode(image, "PNG")


def scene() -> bytes:
    """Something with the greys of a photograph and nothing to read: hills under a sky."""
    size = (1600, 1200)
    sky = Image.linear_gradient("L").resize(size).point(lambda value: 245 - value * 110 // 255)
    draw = ImageDraw.Draw(sky)
    draw.ellipse((1150, 150, 1350, 350), 255)
    for number, shade in enumerate((150, 115, 80, 48)):
        points = [(x, 620 + number * 120 + (x * (7 + number) // 11 + number * 190) % 260 - 130) for x in range(0, 1700, 100)]
        draw.polygon([(0, 1200), *points, (1600, 1200)], shade)
    soft = sky.filter(ImageFilter.GaussianBlur(3))
    return encode(ImageChops.add(soft, grain(size, 12), offset=-128), "JPEG", quality=85)


def webp() -> bytes:
    return encode(typed_page(letters.REFERRAL_EN, "Referral").convert("RGB"), "WEBP", lossless=True, method=0)


SAMPLES = {
    "photo-of-paper.jpg": paper_upright,
    "photo-turned.jpg": paper_turned,
    "scan.tif": scan,
    "screenshot.png": screenshot,
    "scene.jpg": scene,
    "letter-en.webp": webp,
}
