//! English.

use justfax::redial::Outcome;

use super::Words;

/// All words but the outcomes.
pub(super) const WORDS: Words = Words {
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
    facts: "The facts of the transmission report, for machines, with its signature",
    page: "Page",
    made: "Made",
};

/// How an attempt ended, in few words.
pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Delivered => "OK",
        Outcome::Busy => "busy",
        Outcome::NoAnswer => "no answer",
        Outcome::NotAFax => "no fax machine",
        Outcome::LineLost => "connection lost",
        Outcome::Rejected => "call declined",
        Outcome::Unreachable => "number not reachable",
        Outcome::CarrierTrouble => "trouble at the carrier",
        Outcome::DocumentRefused => "pages refused by the carrier",
        Outcome::NotPlaced => "not dialled",
        Outcome::Cancelled => "cancelled",
    }
}
