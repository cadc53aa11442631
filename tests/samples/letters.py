"""Letters, a form and a note: what most faxes are."""

from reportlab.lib.pagesizes import A4, letter

from sheet import BOLD, MILLIMETRE, SANS, paragraph, pdf

TERMINATION_DE = """
Sehr geehrte Damen und Herren,

hiermit kündige ich meinen Vertrag mit der Nummer 4711-0815-23 fristgemäß zum nächstmöglichen Zeitpunkt. Bitte
bestätigen Sie mir den Eingang dieses Schreibens und das Datum, zu dem der Vertrag endet, schriftlich per Post.

Eine Einwilligung zur Nutzung meiner Daten für Werbung widerrufe ich. Von Rückwerbeversuchen bitte ich abzusehen;
größere Änderungen an der bestehenden Vereinbarung wünsche ich nicht. Die Schlüssel für Gerät und Übergabeschrank
schicke ich Ihnen gesondert zurück.

Für Rückfragen erreichen Sie mich unter der oben genannten Anschrift.

Mit freundlichen Grüßen
"""

REFERRAL_EN = """
Dear Dr. Whitlock,

Thank you for seeing this patient at short notice. The findings of last week are enclosed; the laboratory values of
November 17 were within the expected range, except for the two that are marked in the margin.

Please send the report of your examination to this office by fax. We would be grateful to have it before the next
appointment on December 4, so that the treatment can be adjusted without delay. If a further visit is needed, our front
desk will be glad to arrange the transport.

The medication list has not changed since the spring: one tablet of 5 mg in the morning, none at noon, and half a
tablet of 2.5 mg at night. No allergies are known.

Sincerely yours,
"""


def german_letter() -> bytes:
    def draw(canvas):
        left = 25 * MILLIMETRE
        canvas.setFont(SANS, 7)
        canvas.drawString(left, 257 * MILLIMETRE, "Jörg Müßiggang · Größenwahnweg 7 · 04229 Leipzig")
        canvas.setLineWidth(0.3)
        canvas.line(left, 256 * MILLIMETRE, left + 80 * MILLIMETRE, 256 * MILLIMETRE)
        canvas.setFont(SANS, 10.5)
        for row, text in enumerate(["Fernsprech-Gesellschaft Übersee mbH", "Kundenbetreuung", "Äußere Straße 12", "10115 Berlin"]):
            canvas.drawString(left, (250 - row * 5) * MILLIMETRE, text)
        canvas.drawRightString(185 * MILLIMETRE, 225 * MILLIMETRE, "Leipzig, den 24. November 2026")
        canvas.setFont(BOLD, 11)
        canvas.drawString(left, 208 * MILLIMETRE, "Kündigung meines Vertrags Nr. 4711-0815-23")
        below = paragraph(canvas, TERMINATION_DE, left, 198 * MILLIMETRE, 160 * MILLIMETRE)
        sign(canvas, left, below)
        canvas.setFont(SANS, 10.5)
        canvas.drawString(left, below - 22 * MILLIMETRE, "Jörg Müßiggang")

    return pdf(draw, A4)


def sign(canvas, left, top):
    """A stroke of the pen."""
    canvas.setLineWidth(1.1)
    path = canvas.beginPath()
    path.moveTo(left, top - 30)
    for step in range(6):
        at = left + step * 22
        path.curveTo(at + 4, top + 6 - step, at + 12, top - 50 + step * 3, at + 22, top - 26)
    canvas.drawPath(path)


def english_letter() -> bytes:
    def draw(canvas):
        canvas.setFont("Times-Bold", 15)
        canvas.drawString(72, 720, "Riverside Family Practice")
        canvas.setFont("Times-Roman", 9)
        canvas.drawString(72, 706, "1200 Mill Street, Suite 4, Springfield · Phone (217) 555-0100 · Fax (217) 555-0101")
        canvas.setLineWidth(0.5)
        canvas.line(72, 698, 540, 698)
        canvas.setFont("Times-Roman", 12)
        canvas.drawString(72, 668, "November 24, 2026")
        canvas.setFont("Times-Bold", 12)
        canvas.drawString(72, 636, "Re: Referral, file no. 88-1432")
        below = paragraph(canvas, REFERRAL_EN, 72, 612, 460, "Times-Roman", 12)
        sign(canvas, 72, below)
        canvas.setFont("Times-Roman", 12)
        canvas.drawString(72, below - 60, "Eleanor Hartmann, M.D.")

    return pdf(draw, letter)


def form() -> bytes:
    def draw(canvas):
        canvas.setFont(BOLD, 14)
        canvas.drawString(60, 780, "Antrag auf Kostenerstattung")
        canvas.setFont(SANS, 8)
        canvas.drawString(60, 766, "Bitte in Druckschrift ausfüllen. Felder mit * sind Pflichtfelder.")
        fields = [("Name, Vorname *", "Überschär, Anneliese"), ("Straße, Hausnummer *", "Am Mühlgraben 3b"),
                  ("PLZ, Ort *", "99084 Erfurt"), ("Versichertennummer *", "M 123 456 789"), ("IBAN", "DE02 1203 0000 0000 2020 51")]
        for row, (label, value) in enumerate(fields):
            bottom = 720 - row * 42
            canvas.setFont(SANS, 8)
            canvas.drawString(60, bottom + 22, label)
            canvas.acroForm.textfield(name=f"field{row}", value=value, x=60, y=bottom, width=300, height=18, fontSize=11,
                                      borderWidth=0.5, fillColor=None, forceBorder=True)
        for row, label in enumerate(["Rechnung liegt bei", "Verordnung liegt bei", "Ich bin beihilfeberechtigt"]):
            canvas.acroForm.checkbox(name=f"box{row}", checked=row < 2, x=60, y=470 - row * 26, size=13, buttonStyle="cross",
                                     borderWidth=0.7, fillColor=None)
            canvas.setFont(SANS, 10)
            canvas.drawString(82, 473 - row * 26, label)
        canvas.setFillGray(0.85)
        canvas.rect(60, 330, 475, 60, stroke=1, fill=1)
        canvas.setFillGray(0.25)
        canvas.setFont(SANS, 9)
        canvas.drawString(68, 372, "Nur von der Kasse auszufüllen")
        canvas.drawString(68, 350, "Eingang: ____________   Geprüft: ____________   Betrag: ____________ €")

    return pdf(draw, A4)


def note() -> bytes:
    return """Terminverschiebung

Guten Tag Frau Özdemir,

der Termin am 26. November um 14:30 Uhr muss leider ausfallen. Wir schlagen Ihnen stattdessen Donnerstag, den
3. Dezember, um 9:15 Uhr vor. Bitte geben Sie uns kurz Bescheid, ob das für Sie passt. Bringen Sie bitte die
Überweisung und die Röntgenbilder wieder mit.

Position                     Menge     Einzelpreis      Betrag
Sprechstunde                     1         42,00 €     42,00 €
Röntgen, zwei Ebenen             2         31,50 €     63,00 €
Bericht (nach Aufwand)           1         15,00 €     15,00 €
                                                   -----------
Summe                                                 120,00 €

Viele Grüße
Praxis Dr. Łukasz Nováková-Ångström
""".encode()


SAMPLES = {
    "letter-de.pdf": german_letter,
    "letter-en.pdf": english_letter,
    "form-de.pdf": form,
    "note-de.txt": note,
}
