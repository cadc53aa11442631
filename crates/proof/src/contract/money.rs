//! Money: every step has a name, and doing it again does nothing more.

use justfax::{
    SignedDuration,
    ids::JobId,
    job::{event::MoneyNews, order::Order, payment::Owed},
    ports::{Due, Payments},
};

use super::{ANSWERS, Kept, Place, Purse, Unlike, holds, same};
use crate::world::order;

/// An order and its payment page.
struct Till {
    job: JobId,
    order: Order,
    session: String,
    url: String,
}

impl Till {
    /// An order, without its page.
    fn ordered<P: Place>(place: &P) -> Result<Self, Unlike> {
        let order = order(ANSWERS, 1, place.now()).ok_or_else(|| Unlike::Differs("no order".to_owned()))?;
        Ok(Self { job: JobId::random(place), order, session: String::new(), url: String::new() })
    }

    async fn opened<P: Place>(place: &P) -> Result<Self, Unlike> {
        let mut till = Self::ordered(place)?;
        (till.session, till.url) = till.open(place).await?;
        Ok(till)
    }

    async fn open<P: Place>(&self, place: &P) -> Result<(String, String), Unlike> {
        let due = Due { job: &self.job, number: 1, order: &self.order };
        match place.open(&due, place.now()).await? {
            MoneyNews::Opened { session, url, .. } => Ok((session, url)),
            other => Err(Unlike::Differs(format!("no page was opened: {other:?}"))),
        }
    }

    async fn paid<P: Place>(place: &P, held: bool) -> Result<(Self, String), Unlike> {
        let till = Self::opened(place).await?;
        holds("the page takes the payment", place.pay(&till.job, 1, &till.url, held).await?)?;
        let intent = match till.look(place).await? {
            MoneyNews::Held(intent, until) if held => {
                let lasts = until.duration_since(place.now());
                holds("a hold lasts six days", lasts > SignedDuration::from_hours(6 * 24))?;
                intent
            }
            MoneyNews::Taken(intent) if !held => intent,
            other => return Err(Unlike::Differs(format!("paid, and the provider says {other:?}"))),
        };
        Ok((till, intent))
    }

    async fn look<P: Place>(&self, place: &P) -> Result<MoneyNews, Unlike> {
        Ok(Payments::look(place, &self.session).await?)
    }

    async fn purse<P: Place>(&self, place: &P, wanted: Purse) -> Kept {
        same("the money", &place.purse(&self.job).await?, &wanted)
    }
}

fn settled(owed: Owed) -> MoneyNews {
    MoneyNews::Settled(owed)
}

pub(super) async fn a_page_opened_again_is_the_same_page<P: Place>(place: &P) -> Kept {
    let till = Till::opened(place).await?;
    same("the page", &till.open(place).await?, &(till.session.clone(), till.url.clone()))?;
    same("before anybody paid", &till.look(place).await?, &MoneyNews::Nothing)
}

pub(super) async fn a_page_that_is_closed_takes_no_money<P: Place>(place: &P) -> Kept {
    let till = Till::opened(place).await?;
    for _ in 0..2 {
        same("closing", &place.close(&till.job, 1, &till.session).await?, &settled(Owed::Close))?;
    }
    holds("it takes no payment", !place.pay(&till.job, 1, &till.url, true).await?)?;
    same("what became of it", &till.look(place).await?, &MoneyNews::Closed)?;
    till.purse(place, Purse::Empty).await
}

pub(super) async fn a_page_that_was_paid_on_is_not_closed<P: Place>(place: &P) -> Kept {
    let (till, intent) = Till::paid(place, true).await?;
    let news = place.close(&till.job, 1, &till.session).await?;
    holds("closing tells of the hold", matches!(&news, MoneyNews::Held(held, _) if *held == intent))?;
    till.purse(place, Purse::Held).await
}

pub(super) async fn a_hold_is_captured_once<P: Place>(place: &P) -> Kept {
    let (till, intent) = Till::paid(place, true).await?;
    till.purse(place, Purse::Held).await?;
    for _ in 0..2 {
        same("a capture", &place.capture(&till.job, 1, &intent).await?, &settled(Owed::Capture))?;
        till.purse(place, Purse::Taken).await?;
    }
    same("what became of it", &till.look(place).await?, &MoneyNews::Taken(intent))
}

pub(super) async fn a_hold_is_released_once_and_not_captured_then<P: Place>(place: &P) -> Kept {
    let (till, intent) = Till::paid(place, true).await?;
    for _ in 0..2 {
        same("a release", &place.release(&till.job, 1, &intent).await?, &settled(Owed::Release))?;
    }
    same("a capture", &place.capture(&till.job, 1, &intent).await?, &MoneyNews::Lapsed)?;
    same("what became of it", &till.look(place).await?, &MoneyNews::Closed)?;
    till.purse(place, Purse::Released).await
}

pub(super) async fn what_was_captured_is_not_released_but_can_be_paid_back<P: Place>(place: &P) -> Kept {
    let (till, intent) = Till::paid(place, true).await?;
    place.capture(&till.job, 1, &intent).await?;
    same("a release", &place.release(&till.job, 1, &intent).await?, &MoneyNews::Broke)?;
    till.purse(place, Purse::Taken).await?;
    same("a refund", &place.refund(&till.job, 1, &intent).await?, &settled(Owed::Refund))?;
    till.purse(place, Purse::PaidBack).await
}

pub(super) async fn a_payment_taken_at_once_is_earned_as_it_is<P: Place>(place: &P) -> Kept {
    let (till, intent) = Till::paid(place, false).await?;
    till.purse(place, Purse::Taken).await?;
    same("a capture", &place.capture(&till.job, 1, &intent).await?, &settled(Owed::Capture))?;
    till.purse(place, Purse::Taken).await
}

pub(super) async fn a_payment_taken_at_once_is_paid_back_once<P: Place>(place: &P) -> Kept {
    let (till, intent) = Till::paid(place, false).await?;
    for _ in 0..2 {
        same("a refund", &place.refund(&till.job, 1, &intent).await?, &settled(Owed::Refund))?;
        till.purse(place, Purse::PaidBack).await?;
    }
    same("what became of it", &till.look(place).await?, &MoneyNews::Taken(intent))
}

pub(super) async fn what_is_held_is_not_paid_back<P: Place>(place: &P) -> Kept {
    let (till, intent) = Till::paid(place, true).await?;
    same("a refund", &place.refund(&till.job, 1, &intent).await?, &MoneyNews::Broke)?;
    till.purse(place, Purse::Held).await
}

pub(super) async fn a_capture_whose_answer_was_lost_is_done_once<P: Place>(place: &P) -> Kept {
    let (till, intent) = Till::paid(place, true).await?;
    place.lose_answer();
    holds("it is trouble that passes", is_passing(&place.capture(&till.job, 1, &intent).await))?;
    till.purse(place, Purse::Taken).await?;
    same("a capture", &place.capture(&till.job, 1, &intent).await?, &settled(Owed::Capture))?;
    till.purse(place, Purse::Taken).await
}

pub(super) async fn a_page_whose_answer_was_lost_is_opened_once<P: Place>(place: &P) -> Kept {
    let till = Till::ordered(place)?;
    let due = Due { job: &till.job, number: 1, order: &till.order };
    place.lose_answer();
    holds("it is trouble that passes", is_passing(&place.open(&due, place.now()).await))?;
    let page = till.open(place).await?;
    same("the page", &till.open(place).await?, &page)?;
    holds("it takes the payment", place.pay(&till.job, 1, &page.1, true).await?)?;
    till.purse(place, Purse::Held).await
}

fn is_passing<T>(answer: &Result<T, justfax::fault::Fault>) -> bool {
    matches!(answer, Err(justfax::fault::Fault::Retry { .. }))
}
