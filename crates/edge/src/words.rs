//! The words of problems: what is wrong, and what to do.

use justfax::language::Language;

use crate::problem::Code;

/// Title and detail.
pub(crate) fn of(code: Code, language: Language) -> (&'static str, &'static str) {
    match language {
        Language::De => german(code),
        Language::En => english(code),
    }
}

fn english(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::BadRequest => ("The request cannot be read", "Reload the page and try again."),
        Code::NotFound => ("No such fax", "Check the link: it must be complete, and faxes are deleted after a month."),
        Code::TooManyDocuments => ("Too many files", "Send at most 20 files in one fax."),
        Code::DocumentTooLarge => {
            ("A file is too large", "Each file may have at most 20 MB. Save it smaller or split it.")
        }
        Code::JobTooLarge => ("The files are too large together", "Together they may have at most 50 MB."),
        Code::EmptyDocument => ("A file is empty", "Choose the file again."),
        Code::CoverTooLong => ("The cover page is too long", "Shorten the message so that it fits one page."),
        Code::TooManyChanges => ("This file was changed too often", "Remove the file and add it again."),
        Code::NumberInvalid => ("Not a fax number", "Enter the number with area code, without letters or extension."),
        Code::NumberNotAllowed => (
            "This kind of number is not dialled",
            "Premium-rate and shared-cost numbers are not dialled. Ask the recipient for an ordinary number.",
        ),
        Code::NumberCountryUnsupported => ("No faxes to this country yet", "Check the country code."),
        Code::EmailInvalid => ("Not an e-mail address", "Enter an address like name@example.com."),
        Code::ConsentMissing => ("A consent is missing", "Tick the box to agree that we begin at once."),
        Code::PriceChanged => ("The price has changed", "Look at the new price and order again."),
        Code::NotReady => {
            ("The pages are not ready", "Wait until every file is converted, and remove those that cannot be faxed.")
        }
        Code::WrongStage => ("That is not possible now", "Reload the page to see where your fax stands."),
        Code::TextInvalid => ("Something is missing or too long", "Fill in every field and be brief."),
        Code::TooManyRequests => ("Too many requests", "Try again in an hour, or write us an e-mail."),
        Code::SignatureInvalid => ("The signature does not hold", "Nothing was changed."),
        Code::TryAgain => ("Please try again", "Something is busy. Try again in a few seconds; nothing is lost."),
        Code::Internal => {
            ("Something went wrong", "It is our fault and we have been told. Your files are kept; try again later.")
        }
    }
}

fn german(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::BadRequest => {
            ("Die Anfrage ist nicht lesbar", "Laden Sie die Seite neu und versuchen Sie es noch einmal.")
        }
        Code::NotFound => (
            "Dieses Fax gibt es nicht",
            "Prüfen Sie den Link: Er muss vollständig sein, und Faxe werden nach einem Monat gelöscht.",
        ),
        Code::TooManyDocuments => ("Zu viele Dateien", "Senden Sie höchstens 20 Dateien in einem Fax."),
        Code::DocumentTooLarge => (
            "Eine Datei ist zu groß",
            "Eine Datei darf höchstens 20 MB haben. Speichern Sie sie kleiner oder teilen Sie sie.",
        ),
        Code::JobTooLarge => ("Die Dateien sind zusammen zu groß", "Zusammen dürfen sie höchstens 50 MB haben."),
        Code::EmptyDocument => ("Eine Datei ist leer", "Wählen Sie die Datei noch einmal aus."),
        Code::CoverTooLong => {
            ("Das Deckblatt ist zu lang", "Kürzen Sie die Nachricht, damit sie auf eine Seite passt.")
        }
        Code::TooManyChanges => {
            ("Diese Datei wurde zu oft geändert", "Entfernen Sie die Datei und fügen Sie sie neu hinzu.")
        }
        Code::NumberInvalid => {
            ("Das ist keine Faxnummer", "Geben Sie die Nummer mit Vorwahl ein, ohne Buchstaben und Nebenstelle.")
        }
        Code::NumberNotAllowed => (
            "Diese Art von Nummer wird nicht gewählt",
            "Mehrwert- und Servicenummern werden nicht gewählt. Fragen Sie den Empfänger nach einer gewöhnlichen Nummer.",
        ),
        Code::NumberCountryUnsupported => ("In dieses Land wird noch nicht gefaxt", "Prüfen Sie die Landesvorwahl."),
        Code::EmailInvalid => ("Das ist keine E-Mail-Adresse", "Geben Sie eine Adresse wie name@example.com ein."),
        Code::ConsentMissing => ("Eine Zustimmung fehlt", "Setzen Sie das Häkchen, damit wir sofort beginnen dürfen."),
        Code::PriceChanged => {
            ("Der Preis hat sich geändert", "Sehen Sie sich den neuen Preis an und bestellen Sie noch einmal.")
        }
        Code::NotReady => (
            "Die Seiten sind noch nicht fertig",
            "Warten Sie, bis alle Dateien umgewandelt sind, und entfernen Sie die, die sich nicht faxen lassen.",
        ),
        Code::WrongStage => ("Das geht jetzt nicht", "Laden Sie die Seite neu, um den Stand Ihres Faxes zu sehen."),
        Code::TextInvalid => ("Etwas fehlt oder ist zu lang", "Füllen Sie jedes Feld aus und fassen Sie sich kurz."),
        Code::TooManyRequests => {
            ("Zu viele Anfragen", "Versuchen Sie es in einer Stunde noch einmal oder schreiben Sie uns eine E-Mail.")
        }
        Code::SignatureInvalid => ("Die Signatur stimmt nicht", "Es wurde nichts geändert."),
        Code::TryAgain => (
            "Bitte noch einmal versuchen",
            "Gerade ist etwas beschäftigt. Versuchen Sie es in einigen Sekunden noch einmal; nichts geht verloren.",
        ),
        Code::Internal => (
            "Etwas ist schiefgegangen",
            "Das liegt an uns, und wir wissen davon. Ihre Dateien bleiben erhalten; versuchen Sie es später noch einmal.",
        ),
    }
}
