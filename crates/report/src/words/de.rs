//! German.

use justfax::redial::Outcome;

use super::Words;

/// All words but the outcomes.
pub(super) const WORDS: Words = Words {
    title: "Sendebericht",
    delivered: "Zugestellt (OK)",
    not_delivered: "Nicht zugestellt",
    sender: "Absender",
    recipient: "Empfänger",
    csid: "Kennung der Gegenstelle (CSID)",
    no_csid: "keine angegeben",
    began: "Beginn",
    ended: "Ende",
    duration: "Dauer der Verbindung",
    pages: "Seiten, bestätigt von übergeben",
    of: "von",
    resolution: "Auflösung",
    fine: "fein, 204 × 196 dpi",
    standard: "normal, 204 × 98 dpi",
    speed: "Geschwindigkeit, Verfahren",
    not_told: "nicht mitgeteilt",
    result: "Ergebnis",
    job: "Auftrag",
    price: "Preis",
    vat: "darin USt.",
    zone: "Zeitzone",
    picture: "Erste Seite, verkleinert, wie sie mit Kopfzeile übertragen wurde",
    no_picture: "Ohne Bild der ersten Seite: Dokumente und Bild sind gelöscht. Die Prüfsummen unten weisen nach, welche Dateien \
                 es waren.",
    attempts: "Alle Versuche",
    attempt_columns: ["Nr.", "Gewählt", "Beginn", "Ende", "Dauer", "Seiten", "Ergebnis"],
    files: "Dateien und Prüfsummen",
    file_columns: ["Datei", "Seiten, Bytes", "SHA-256"],
    sent_file: "Übertragen",
    hashes: "Die SHA-256 einer Datei ist über die hochgeladene Datei gebildet, Byte für Byte; die der Übertragung über die \
             PDF-Datei mit allen Faxseiten und Kopfzeilen, die dem Netzbetreiber übergeben wurde.",
    proves: "Was dieser Bericht belegt",
    proof: "„OK“ heißt: Die Gegenstelle hat in der Verbindung den Empfang aller Seiten bestätigt. Für den Zugang ist das nach \
            der Rechtsprechung ein Indiz, kein Anscheinsbeweis; ob die Seiten gedruckt und gelesen wurden, belegt es nicht \
            (BGH, IX ZR 148/10 und VI ZB 7/15).",
    no_proof: "Der Bericht belegt die Versuche und ihre Ergebnisse, nicht den Zugang.",
    form: "Ein Telefax genügt der Textform (§ 126b BGB), nicht der Schriftform (§ 126 BGB).",
    source: "Ergebnis, Dauer, Seitenzahl und Kennung sind Angaben des Netzbetreibers, Zeiten die unserer Uhr.",
    signed: "Signiert (Ed25519, Schlüssel",
    check: "Ob diese Datei unverändert ist und zu welcher Datei sie gehört, prüft ohne Hochladen:",
    facts: "Die Angaben des Sendeberichts, maschinenlesbar, mit Signatur",
    page: "Seite",
    made: "Erstellt",
};

/// How an attempt ended, in few words.
pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Delivered => "OK",
        Outcome::Busy => "besetzt",
        Outcome::NoAnswer => "niemand hat abgenommen",
        Outcome::NotAFax => "kein Faxgerät",
        Outcome::LineLost => "Verbindung abgebrochen",
        Outcome::Rejected => "Anruf abgelehnt",
        Outcome::Unreachable => "Nummer nicht erreichbar",
        Outcome::CarrierTrouble => "Störung beim Netzbetreiber",
        Outcome::DocumentRefused => "Seiten vom Netzbetreiber abgelehnt",
        Outcome::NotPlaced => "nicht gewählt",
        Outcome::Cancelled => "abgebrochen",
    }
}
