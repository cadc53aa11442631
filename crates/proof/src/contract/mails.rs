//! Mails: no service takes a name under which it would send only once, so a name is for the reader.

use justfax::{email::EmailAddress, ids::JobId, language::Language, mail::Letter};

use super::{Kept, Place, Unlike, same};

pub(super) async fn a_letter_arrives_under_its_name_as_often_as_it_is_sent<P: Place>(place: &P) -> Kept {
    let key = format!("{}.delivered.1", JobId::random(place));
    let to = EmailAddress::parse("a@example.org").map_err(|_| Unlike::Differs("no address".to_owned()))?;
    let letter = Letter {
        to,
        reply_to: None,
        key: key.clone(),
        language: Language::En,
        subject: "A fax".to_owned(),
        text: "It was delivered.".to_owned(),
        html: "<p>It was delivered.</p>".to_owned(),
        report: None,
    };
    for times in 1..=2 {
        place.send(&letter).await?;
        same("mails", &place.mails(&key, times).await?, &times)?;
    }
    Ok(())
}
