//! English.

use crate::problem::Code;

/// What is wrong.
pub(super) fn title(code: Code) -> &'static str {
    match code {
        Code::BadRequest => "The request cannot be read",
        Code::NotFound => "No such fax",
        Code::TooManyDocuments => "Too many files",
        Code::DocumentTooLarge => "A file is too large",
        Code::JobTooLarge => "The files are too large together",
        Code::EmptyDocument => "A file is empty",
        Code::CoverTooLong => "The cover page is too long",
        Code::TooManyPages => "Too many pages",
        Code::LettersUnknown => "Letters that cannot be printed",
        Code::TooManyChanges => "This file was changed too often",
        Code::NumberInvalid => "Not a fax number",
        Code::NumberNotAllowed => "This kind of number is not dialled",
        Code::NumberCountryUnsupported => "No faxes to this country yet",
        Code::EmailInvalid => "Not an e-mail address",
        Code::ConsentMissing => "A consent is missing",
        Code::PriceChanged => "The price has changed",
        Code::NotReady => "The pages are not ready",
        Code::WrongStage => "That is not possible now",
        Code::TextInvalid => "Something is missing or too long",
        Code::TooManyRequests => "Too many requests",
        Code::TooManyLinks => "The link was sent often enough",
        Code::OtherAddress => "Another e-mail address belongs to this fax",
        Code::MailStopped => "We send nothing more to this address",
        Code::SignatureInvalid => "The signature does not hold",
        Code::TryAgain => "Please try again",
        Code::Internal => "Something went wrong",
    }
}

/// What to do.
pub(super) fn detail(code: Code) -> &'static str {
    match code {
        Code::BadRequest => "Reload the page and try again.",
        Code::NotFound => "Check the link: it must be complete, and faxes are deleted after a month.",
        Code::TooManyDocuments => "Send at most 20 files in one fax.",
        Code::DocumentTooLarge => "Each file may have at most 20 MB. Save it smaller or split it.",
        Code::JobTooLarge => "Together they may have at most 50 MB.",
        Code::EmptyDocument => "Choose the file again.",
        Code::CoverTooLong => "Shorten the message so that it fits one page.",
        Code::TooManyPages => "A fax can have 200 pages. Leave some out, or send two faxes.",
        Code::LettersUnknown => {
            "Emoji, and scripts other than Latin, Greek and Cyrillic, cannot be printed on the cover page."
        }
        Code::TooManyChanges => "Remove the file and add it again.",
        Code::NumberInvalid => "Enter the number with area code, without letters or extension.",
        Code::NumberNotAllowed => {
            "Premium-rate and shared-cost numbers are not dialled. Ask the recipient for an ordinary number."
        }
        Code::NumberCountryUnsupported => "Check the country code.",
        Code::EmailInvalid => "Enter an address like name@example.com.",
        Code::ConsentMissing => "Tick the box to agree that we begin at once.",
        Code::PriceChanged => "Look at the new price and order again.",
        Code::NotReady => "Wait until every file is converted, and remove those that cannot be faxed.",
        Code::WrongStage => "Reload the page to see where your fax stands.",
        Code::TextInvalid => "Fill in every field and be brief.",
        Code::TooManyRequests => "Try again in an hour, or write us an e-mail.",
        Code::TooManyLinks => "Look into the mailbox, its spam folder too, or copy the link from the address bar.",
        Code::OtherAddress => "Use the address that you gave first.",
        Code::MailStopped => "A mail came back from there, or was reported as unwanted. Enter another address.",
        Code::SignatureInvalid => "Nothing was changed.",
        Code::TryAgain => "Something is busy. Try again in a few seconds; nothing is lost.",
        Code::Internal => "It is our fault and we have been told. Your files are kept; try again later.",
    }
}
