//! The words of the report, German and English.

use justfax::{language::Language, redial::Outcome};

/// All words of one language.
pub(crate) struct Words {
    pub(crate) title: &'static str,
    pub(crate) delivered: &'static str,
    pub(crate) not_delivered: &'static str,
    pub(crate) sender: &'static str,
    pub(crate) recipient: &'static str,
    pub(crate) csid: &'static str,
    pub(crate) no_csid: &'static str,
    pub(crate) began: &'static str,
    pub(crate) ended: &'static str,
    pub(crate) duration: &'static str,
    pub(crate) pages: &'static str,
    pub(crate) of: &'static str,
    pub(crate) resolution: &'static str,
    pub(crate) fine: &'static str,
    pub(crate) standard: &'static str,
    pub(crate) speed: &'static str,
    pub(crate) not_told: &'static str,
    pub(crate) result: &'static str,
    pub(crate) job: &'static str,
    pub(crate) price: &'static str,
    pub(crate) vat: &'static str,
    pub(crate) zone: &'static str,
    pub(crate) picture: &'static str,
    pub(crate) no_picture: &'static str,
    pub(crate) attempts: &'static str,
    pub(crate) attempt_columns: [&'static str; 7],
    pub(crate) files: &'static str,
    pub(crate) file_columns: [&'static str; 3],
    pub(crate) sent_file: &'static str,
    pub(crate) hashes: &'static str,
    pub(crate) proves: &'static str,
    pub(crate) proof: &'static str,
    pub(crate) no_proof: &'static str,
    pub(crate) form: &'static str,
    pub(crate) source: &'static str,
    pub(crate) signed: &'static str,
    pub(crate) check: &'static str,
    pub(crate) check_path: &'static str,
    pub(crate) facts: &'static str,
    pub(crate) page: &'static str,
    pub(crate) made: &'static str,
}

const GERMAN: Words = Words {
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
    check_path: "/de/pruefen/",
    facts: "Die Angaben des Sendeberichts, maschinenlesbar, mit Signatur",
    page: "Seite",
    made: "Erstellt",
};

const ENGLISH: Words = Words {
    title: "Transmission report",
    delivered: "Delivered (OK)",
    not_delivered: "Not delivered",
    sender: "Sender",
    recipient: "Recipient",
    csid: "Station id of the far end (CSID)",
    no_csid: "none given",
    began: "Began",
    ended: "Ended",
    duration: "Length of the call",
    pages: "Pages confirmed of submitted",
    of: "of",
    resolution: "Resolution",
    fine: "fine, 204 × 196 dpi",
    standard: "standard, 204 × 98 dpi",
    speed: "Speed, mode",
    not_told: "not told",
    result: "Result",
    job: "Job",
    price: "Price",
    vat: "VAT in it",
    zone: "Time zone",
    picture: "First page, reduced, as transmitted with its header line",
    no_picture: "Without a picture of the first page: documents and picture are deleted. The checksums below prove which files \
                 they were.",
    attempts: "All attempts",
    attempt_columns: ["No.", "Dialled", "Began", "Ended", "Length", "Pages", "Result"],
    files: "Files and checksums",
    file_columns: ["File", "Pages, bytes", "SHA-256"],
    sent_file: "Transmitted",
    hashes: "The SHA-256 of a file is over the uploaded file, byte for byte; that of the transmission over the PDF file with \
             all fax pages and header lines that was handed to the carrier.",
    proves: "What this report proves",
    proof: "“OK” means: within the call the receiving machine confirmed every page. German courts take that as an indication \
            of receipt, not as prima-facie proof; it does not prove that the pages were printed or read (BGH, IX ZR 148/10 \
            and VI ZB 7/15).",
    no_proof: "The report proves the attempts and how they ended, not receipt.",
    form: "In Germany a fax meets text form (§ 126b BGB), not written form (§ 126 BGB).",
    source: "Result, length, pages and station id are what the carrier says; times are those of our clock.",
    signed: "Signed (Ed25519, key",
    check: "Whether this file is unchanged, and which file it belongs to, is checked without any upload at:",
    check_path: "/en/verify/",
    facts: "The facts of the transmission report, for machines, with its signature",
    page: "Page",
    made: "Made",
};

impl Words {
    /// The words of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::De => &GERMAN,
            Language::En => &ENGLISH,
        }
    }
}

/// How an attempt ended, in few words.
pub(crate) fn outcome(language: Language, outcome: Outcome) -> &'static str {
    let (de, en) = match outcome {
        Outcome::Delivered => ("OK", "OK"),
        Outcome::Busy => ("besetzt", "busy"),
        Outcome::NoAnswer => ("niemand hat abgenommen", "no answer"),
        Outcome::NotAFax => ("kein Faxgerät", "no fax machine"),
        Outcome::LineLost => ("Verbindung abgebrochen", "connection lost"),
        Outcome::Rejected => ("Anruf abgelehnt", "call declined"),
        Outcome::Unreachable => ("Nummer nicht erreichbar", "number not reachable"),
        Outcome::CarrierTrouble => ("Störung beim Netzbetreiber", "trouble at the carrier"),
        Outcome::DocumentRefused => ("Seiten vom Netzbetreiber abgelehnt", "pages refused by the carrier"),
        Outcome::NotPlaced => ("nicht gewählt", "not dialled"),
        Outcome::Cancelled => ("abgebrochen", "cancelled"),
    };
    match language {
        Language::De => de,
        Language::En => en,
    }
}
