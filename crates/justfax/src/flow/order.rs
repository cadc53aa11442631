//! Quotes a price and takes an order.
//!
//! Opening the payment page needs no lease: it is named after the order, so two clicks that race get the same page.

use jiff::Timestamp;

use super::record::{Recorded, record};
use crate::{
    document::MOST_PAGES,
    email::{EmailAddress, NotAnAddress},
    fault::Fault,
    ids::JobId,
    job::{
        Job, Limit, Refused,
        event::{Event, Rules},
        order::Order,
        payment::PaymentState,
    },
    language::Language,
    lookup::LookupKey,
    money::Money,
    number::{Country, FaxNumber, NumberRefused},
    ports::{Checkouts, Clock, Due, Jobs, Nudges},
    tariff::{Price, Tariff},
};

/// Why there is no price or no order.
#[derive(Debug, thiserror::Error)]
pub enum NotOrdered {
    /// The number is not dialled.
    #[error(transparent)]
    Number(#[from] NumberRefused),
    /// Not an address.
    #[error(transparent)]
    Email(#[from] NotAnAddress),
    /// The price or the terms shown are no longer in force.
    #[error("the price or the terms changed")]
    PriceChanged,
    /// The Job does not take an order.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// No such Job any more.
    #[error("unknown")]
    Unknown,
    /// Trouble on our side.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A price for the present pages to a number.
#[derive(Debug, Clone)]
pub struct Quote {
    /// Whom to.
    pub recipient: FaxNumber,
    /// How many pages.
    pub pages: u32,
    /// What it costs.
    pub price: Price,
}

/// Quotes; changes nothing.
///
/// # Errors
/// [`NotOrdered::Number`], or [`Refused::NotReady`] while files are missing.
pub fn quote(job: &Job, tariff: &Tariff, to: &str, home: Option<Country>) -> Result<Quote, NotOrdered> {
    let recipient = FaxNumber::parse(to, home)?;
    if !job.is_ready() {
        // The number was checked first: the sender can type it while the files convert.
        return Err(Refused::NotReady.into());
    }
    let pages = job.page_count();
    if pages > MOST_PAGES {
        return Err(Refused::Limit(Limit::Pages).into());
    }
    let price = tariff.price(&recipient, pages)?;
    Ok(Quote { recipient, pages, price })
}

/// What the sender orders, as sent by the page.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The number as typed.
    pub to: String,
    /// The country to read it in.
    pub home: Option<Country>,
    /// The address as typed.
    pub email: String,
    /// The price shown.
    pub price: Money,
    /// The terms agreed to.
    pub terms_version: String,
    /// Language of mails and report.
    pub language: Option<Language>,
}

/// The page where the sender pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentPage {
    /// Its address.
    pub url: String,
    /// Until when.
    pub expires: Timestamp,
}

/// Takes the order and opens the payment page, or gives the page of the same order again.
///
/// # Errors
/// [`NotOrdered`].
pub async fn checkout<P>(
    port: &P,
    tariff: &Tariff,
    lookup: &LookupKey,
    job: &Job,
    wish: &Wish,
) -> Result<PaymentPage, NotOrdered>
where
    P: Jobs + Nudges + Clock + Checkouts,
{
    let order = compose(tariff, lookup, job, wish, port.now())?;
    take(port, &Rules::default(), job.id(), order).await
}

/// Records the order and opens its payment page, or finds the page of the same order.
///
/// # Errors
/// [`NotOrdered`].
pub async fn take<P>(port: &P, rules: &Rules, id: &JobId, order: Order) -> Result<PaymentPage, NotOrdered>
where
    P: Jobs + Nudges + Clock + Checkouts,
{
    let job = moved(record(port, rules, id, &Event::Ordered(order)).await?)?;
    match open_page(&job) {
        Some(page) => Ok(page),
        None => open(port, rules, &job).await,
    }
}

fn compose(tariff: &Tariff, lookup: &LookupKey, job: &Job, wish: &Wish, at: Timestamp) -> Result<Order, NotOrdered> {
    let quote = quote(job, tariff, &wish.to, wish.home)?;
    let email = EmailAddress::parse(&wish.email)?;
    if wish.price != quote.price.gross || wish.terms_version != tariff.terms_version() {
        return Err(NotOrdered::PriceChanged);
    }
    Ok(Order {
        recipient: quote.recipient,
        email_hash: lookup.of_email(&email),
        email,
        price: quote.price.gross,
        vat: quote.price.vat,
        vat_percent: quote.price.vat_percent,
        pages: quote.pages,
        terms_version: wish.terms_version.clone(),
        language: wish.language.unwrap_or(job.language()),
        at,
    })
}

async fn open<P>(port: &P, rules: &Rules, job: &Job) -> Result<PaymentPage, NotOrdered>
where
    P: Jobs + Nudges + Clock + Checkouts,
{
    let id: &JobId = job.id();
    let number = job.order_number();
    let order = job.order().ok_or(Refused::WrongStage)?;
    let news = port.open(&Due { job: id, number, order }, port.now()).await?;
    let job = match record(port, rules, id, &Event::Money(number, news)).await? {
        Recorded::Refused(Refused::Stale, job) => job,
        recorded => Box::new(moved(recorded)?),
    };
    open_page(&job).ok_or(NotOrdered::Refused(Refused::WrongStage))
}

fn open_page(job: &Job) -> Option<PaymentPage> {
    match &job.payments().last()?.state {
        PaymentState::Open { url, expires, .. } => Some(PaymentPage { url: url.clone(), expires: *expires }),
        _ => None,
    }
}

fn moved(recorded: Recorded) -> Result<Job, NotOrdered> {
    match recorded {
        Recorded::Moved(job) => Ok(*job),
        Recorded::Refused(refused, _) => Err(refused.into()),
        Recorded::Unknown => Err(NotOrdered::Unknown),
    }
}
