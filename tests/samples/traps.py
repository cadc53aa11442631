"""Documents that are none, or that mean harm. The numbers are large on purpose; the files are not."""

import io
import zlib

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption

import letters
from sheet import SANS, pdf


def raw_pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalog."""
    out = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def one_page(box: bytes, content: bytes, resources: bytes = b"", *more: bytes, catalog: bytes = b"") -> bytes:
    """A PDF of one page; `more` become the objects from 5 on."""
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << %s >> >>" % (box, resources),
        stream(content),
        *more,
    )


def program() -> bytes:
    """The head of an executable, renamed."""
    return b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 64


def password() -> bytes:
    def draw(canvas):
        canvas.setFont(SANS, 12)
        canvas.drawString(72, 700, "Only for those who know the word.")

    lock = StandardEncryption("opensesame", ownerPassword="owner", strength=128)
    return pdf(draw, A4, encrypt=lock)


def five_hundred_pages() -> bytes:
    def draw(canvas):
        for number in range(500):
            if number:
                canvas.showPage()
            canvas.setFont("Helvetica", 20)
            canvas.drawString(72, 700, f"Page {number + 1} of 500")

    return pdf(draw, A4, pageCompression=1)


def huge_box() -> bytes:
    """A page of fourteen metres."""
    return one_page(b"0 0 40000 40000", b"0 0 0 RG 200 w 2000 2000 36000 36000 re S")


def tiny_box() -> bytes:
    return one_page(b"0 0 1 1", b"0 0 1 1 re f")


def cut_off() -> bytes:
    whole = letters.german_letter()
    return whole[: len(whole) // 3]


def picture_bomb() -> bytes:
    """A picture of 30,000 by 30,000 pixels in a few kilobytes."""
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 << 20)) for _ in range(108)) + packer.flush()
    picture = stream(rows, b"/Type /XObject /Subtype /Image /Width 30000 /Height 30000 /ColorSpace /DeviceGray "
                           b"/BitsPerComponent 1 /Filter /FlateDecode")
    return one_page(b"0 0 595 842", b"595 0 0 842 0 0 cm /I Do", b"/XObject << /I 5 0 R >>", picture)


def endless_nesting() -> bytes:
    """A drawing that contains itself, twice."""
    form = stream(b"/F Do /F Do", b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /F 5 0 R >> >>")
    return one_page(b"0 0 595 842", b"/F Do", b"/XObject << /F 5 0 R >>", form)


def fan_of_drawings() -> bytes:
    """Thirty levels of drawings, each drawing the next three times: 200 trillion in the end."""
    levels = [
        stream(b"/F Do /F Do /F Do", b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
                                     b"/Resources << /XObject << /F %d 0 R >> >>" % (number + 1))
        for number in range(5, 35)
    ]
    last = stream(b"0 0 9 9 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]")
    return one_page(b"0 0 595 842", b"/F Do", b"/XObject << /F 5 0 R >>", *levels, last)


def many_strokes() -> bytes:
    """A million curves, packed small."""
    content = zlib.compress(b"".join(b"%d %d m %d 9 9 %d %d %d c S\n" % (at % 595, at % 842, at % 313, at % 97, at % 503, at % 701)
                                     for at in range(400)) * 2500, 9)
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        stream(content, b"/Filter /FlateDecode"),
    )


def content_bomb() -> bytes:
    """A hundred megabytes of drawing commands in some kilobytes."""
    packer = zlib.compressobj(9)
    block = b"0 0 m 9 9 l S\n" * 75_000
    packed = b"".join(packer.compress(block) for _ in range(96)) + packer.flush()
    return one_page(b"0 0 595 842", b"", b"", stream(packed, b"/Filter /FlateDecode")).replace(b"/Contents 4 0 R", b"/Contents 5 0 R")


def many_objects() -> bytes:
    """Eight thousand tiny objects, each drawn."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
    names = b" ".join(b"/F%d %d 0 R" % (number, number + 5) for number in range(8_000))
    drawn = b"".join(b"q 1 0 0 1 %d %d cm /F%d Do Q\n" % (number % 590, number // 590 * 4, number) for number in range(8_000))
    return one_page(b"0 0 595 842", drawn, b"/XObject << %s >>" % names, *[stream(b"0 0 2 2 re f", form)] * 8_000)


def deep_arrays() -> bytes:
    """Brackets that open and never close, in the content and in an object."""
    return one_page(b"0 0 595 842", b"[" * 1_000_000 + b" TJ", b"/Properties 5 0 R", b"[" * 1_000_000)


def unbalanced_states() -> bytes:
    """A million saved states, each with a clip."""
    packed = zlib.compress(b"q 0 0 500 500 re 10 10 400 400 re W* n\n" * 1_000_000, 1)
    return one_page(b"0 0 595 842", b"", b"", stream(packed, b"/Filter /FlateDecode")).replace(b"/Contents 4 0 R", b"/Contents 5 0 R")


def tiny_tiles() -> bytes:
    """A pattern that repeats every thousandth of a point, over the whole page."""
    tile = stream(b"0 0 1 1 re f", b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] "
                                   b"/XStep 0.001 /YStep 0.001 /Resources << >>")
    return one_page(b"0 0 595 842", b"/Pattern cs /P scn 0 0 595 842 re f", b"/Pattern << /P 5 0 R >>", tile)


def letter_of_itself() -> bytes:
    """A Type 3 letter that writes itself."""
    font = (b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 65 /LastChar 65 /Widths [1] "
            b"/Encoding << /Differences [65 /A] >> /CharProcs << /A 6 0 R >> /Resources << /Font << /F 5 0 R >> >> >>")
    letter = stream(b"1 0 d0 BT /F 1 Tf (AAAA) Tj ET 0 0 1 1 re f")
    return one_page(b"0 0 595 842", b"BT /F 12 Tf 72 700 Td (AAAA) Tj ET", b"/Font << /F 5 0 R >>", font, letter)


def xfa() -> bytes:
    form = b"/AcroForm << /XFA 5 0 R /Fields [] >> /NeedsRendering true"
    return one_page(b"0 0 595 842", b"", b"", stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>"), catalog=form)


def no_page() -> bytes:
    return raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>")


def looping_pages() -> bytes:
    """A tree of pages that is its own child."""
    return raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>")


def wide_png() -> bytes:
    """A picture whose head claims two billion pixels."""
    buffer = io.BytesIO()
    Image.new("L", (1, 1)).save(buffer, "PNG")
    head = b"IHDR" + (60000).to_bytes(4, "big") + (40000).to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
    data = buffer.getvalue()
    return data[:12] + head + zlib.crc32(head).to_bytes(4, "big") + data[33:]


SAMPLES = {
    "empty.pdf": bytes,
    "program.pdf": program,
    "password.pdf": password,
    "pages-500.pdf": five_hundred_pages,
    "huge-box.pdf": huge_box,
    "tiny-box.pdf": tiny_box,
    "cut-off.pdf": cut_off,
    "picture-bomb.pdf": picture_bomb,
    "endless-nesting.pdf": endless_nesting,
    "fan-of-drawings.pdf": fan_of_drawings,
    "many-strokes.pdf": many_strokes,
    "content-bomb.pdf": content_bomb,
    "many-objects.pdf": many_objects,
    "deep-arrays.pdf": deep_arrays,
    "unbalanced-states.pdf": unbalanced_states,
    "tiny-tiles.pdf": tiny_tiles,
    "letter-of-itself.pdf": letter_of_itself,
    "xfa.pdf": xfa,
    "no-page.pdf": no_page,
    "looping-pages.pdf": looping_pages,
    "wide.png": wide_png,
}
