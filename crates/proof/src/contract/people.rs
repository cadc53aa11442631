//! Limits, and keys to what is stored about an address.

use justfax::{
    SignedDuration,
    ids::{JobId, Secret, SecretHash},
    ports::KeyUse,
};

use super::{Kept, Place, same};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn key<P: Place>(place: &P) -> SecretHash {
    Secret::random(place).hash()
}

pub(super) async fn a_limit_counts_each_name_for_itself<P: Place>(place: &P) -> Kept {
    let (one, two) = (format!("a.{}", JobId::random(place)), format!("b.{}", JobId::random(place)));
    let until = place.now() + MINUTE;
    for (name, most, left) in [(&one, 2, true), (&one, 2, true), (&one, 2, false), (&two, 2, true), (&one, 3, true)] {
        same(name, &place.take_one(name, most, until).await?, &left)?;
    }
    same("a refused one is not counted", &place.take_one(&one, 4, until).await?, &true)
}

pub(super) async fn a_key_opens_only_what_it_was_kept_for_and_only_in_its_time<P: Place>(place: &P) -> Kept {
    let (link, page, now) = (key(place), key(place), place.now());
    place.keep(&link, KeyUse::Link, "me", now + MINUTE).await?;
    place.keep(&page, KeyUse::Page, "me", now + MINUTE).await?;
    let me = Some("me".to_owned());
    same("a page", &place.holder(&page, KeyUse::Page, now).await?, &me)?;
    same("a link", &place.holder(&link, KeyUse::Link, now).await?, &me)?;
    same("a link for a page", &place.holder(&link, KeyUse::Page, now).await?, &None)?;
    same("an unknown key", &place.holder(&key(place), KeyUse::Page, now).await?, &None)?;
    same("too late", &place.holder(&page, KeyUse::Page, now + MINUTE).await?, &None)
}

pub(super) async fn a_mailed_key_is_spent_once<P: Place>(place: &P) -> Kept {
    let (link, page, late, now) = (key(place), key(place), key(place), place.now());
    place.keep(&link, KeyUse::Link, "me", now + MINUTE).await?;
    place.keep(&page, KeyUse::Page, "me", now + MINUTE).await?;
    place.keep(&late, KeyUse::Link, "me", now).await?;
    same("the first time", &place.spend(&link, now).await?, &true)?;
    same("the second", &place.spend(&link, now).await?, &false)?;
    same("whose it is then", &place.holder(&link, KeyUse::Link, now).await?, &None)?;
    same("a page's", &place.spend(&page, now).await?, &false)?;
    same("too late", &place.spend(&late, now).await?, &false)?;
    same("an unknown one", &place.spend(&key(place), now).await?, &false)
}
