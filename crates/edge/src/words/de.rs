//! German.

use crate::problem::Code;

/// What is wrong.
pub(super) fn title(code: Code) -> &'static str {
    match code {
        Code::BadRequest => "Die Anfrage ist nicht lesbar",
        Code::NotFound => "Dieses Fax gibt es nicht",
        Code::TooManyDocuments => "Zu viele Dateien",
        Code::DocumentTooLarge => "Eine Datei ist zu groß",
        Code::JobTooLarge => "Die Dateien sind zusammen zu groß",
        Code::EmptyDocument => "Eine Datei ist leer",
        Code::CoverTooLong => "Das Deckblatt ist zu lang",
        Code::TooManyPages => "Zu viele Seiten",
        Code::LettersUnknown => "Zeichen, die nicht gedruckt werden können",
        Code::TooManyChanges => "Diese Datei wurde zu oft geändert",
        Code::NumberInvalid => "Das ist keine Faxnummer",
        Code::NumberNotAllowed => "Diese Art von Nummer wird nicht gewählt",
        Code::NumberCountryUnsupported => "In dieses Land wird noch nicht gefaxt",
        Code::EmailInvalid => "Das ist keine E-Mail-Adresse",
        Code::ConsentMissing => "Eine Zustimmung fehlt",
        Code::PriceChanged => "Der Preis hat sich geändert",
        Code::NotReady => "Die Seiten sind noch nicht fertig",
        Code::WrongStage => "Das geht jetzt nicht",
        Code::TextInvalid => "Etwas fehlt oder ist zu lang",
        Code::TooManyRequests => "Zu viele Anfragen",
        Code::TooManyLinks => "Der Link wurde oft genug gesendet",
        Code::OtherAddress => "Zu diesem Fax gehört eine andere E-Mail-Adresse",
        Code::MailStopped => "An diese Adresse senden wir nichts mehr",
        Code::SignatureInvalid => "Die Signatur stimmt nicht",
        Code::TryAgain => "Bitte noch einmal versuchen",
        Code::Internal => "Etwas ist schiefgegangen",
    }
}

/// What to do.
pub(super) fn detail(code: Code) -> &'static str {
    match code {
        Code::BadRequest => "Laden Sie die Seite neu und versuchen Sie es noch einmal.",
        Code::NotFound => "Prüfen Sie den Link: Er muss vollständig sein, und Faxe werden nach einem Monat gelöscht.",
        Code::TooManyDocuments => "Senden Sie höchstens 20 Dateien in einem Fax.",
        Code::DocumentTooLarge => {
            "Eine Datei darf höchstens 20 MB haben. Speichern Sie sie kleiner oder teilen Sie sie."
        }
        Code::JobTooLarge => "Zusammen dürfen sie höchstens 50 MB haben.",
        Code::EmptyDocument => "Wählen Sie die Datei noch einmal aus.",
        Code::CoverTooLong => "Kürzen Sie die Nachricht, damit sie auf eine Seite passt.",
        Code::TooManyPages => "Ein Fax kann 200 Seiten haben. Lassen Sie welche weg oder senden Sie zwei Faxe.",
        Code::LettersUnknown => {
            "Emojis und andere Schriften als die lateinische, griechische und kyrillische gehen auf dem Deckblatt nicht."
        }
        Code::TooManyChanges => "Entfernen Sie die Datei und fügen Sie sie neu hinzu.",
        Code::NumberInvalid => "Geben Sie die Nummer mit Vorwahl ein, ohne Buchstaben und Nebenstelle.",
        Code::NumberNotAllowed => {
            "Mehrwert- und Servicenummern werden nicht gewählt. Fragen Sie den Empfänger nach einer gewöhnlichen Nummer."
        }
        Code::NumberCountryUnsupported => "Prüfen Sie die Landesvorwahl.",
        Code::EmailInvalid => "Geben Sie eine Adresse wie name@example.com ein.",
        Code::ConsentMissing => "Setzen Sie das Häkchen, damit wir sofort beginnen dürfen.",
        Code::PriceChanged => "Sehen Sie sich den neuen Preis an und bestellen Sie noch einmal.",
        Code::NotReady => {
            "Warten Sie, bis alle Dateien umgewandelt sind, und entfernen Sie die, die sich nicht faxen lassen."
        }
        Code::WrongStage => "Laden Sie die Seite neu, um den Stand Ihres Faxes zu sehen.",
        Code::TextInvalid => "Füllen Sie jedes Feld aus und fassen Sie sich kurz.",
        Code::TooManyRequests => "Versuchen Sie es in einer Stunde noch einmal oder schreiben Sie uns eine E-Mail.",
        Code::TooManyLinks => {
            "Sehen Sie im Postfach nach, auch im Spam-Ordner, oder kopieren Sie den Link aus der Adresszeile."
        }
        Code::OtherAddress => "Nehmen Sie die Adresse, die Sie zuerst angegeben haben.",
        Code::MailStopped => {
            "Eine E-Mail kam von dort zurück oder wurde als unerwünscht gemeldet. Geben Sie eine andere Adresse ein."
        }
        Code::SignatureInvalid => "Es wurde nichts geändert.",
        Code::TryAgain => {
            "Gerade ist etwas beschäftigt. Versuchen Sie es in einigen Sekunden noch einmal; nichts geht verloren."
        }
        Code::Internal => {
            "Das liegt an uns, und wir wissen davon. Ihre Dateien bleiben erhalten; versuchen Sie es später noch einmal."
        }
    }
}
