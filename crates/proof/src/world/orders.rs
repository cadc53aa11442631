//! Jobs and orders to begin with.

use jiff::Timestamp;
use justfax::{
    choices::{Resolution, Turn},
    document::{Document, FileName, PageFacts, Rendering},
    email::EmailAddress,
    ids::{DocumentId, JobId, Secret},
    job::{
        Job,
        event::{Event, Rules},
        order::Order,
        resume::Resume,
    },
    language::Language,
    lookup::LookupKey,
    memory::Dice,
    money::{Currency, Money},
    number::FaxNumber,
};

/// A Job whose one file has become one page. Jobs of different seeds differ in nothing but their name.
///
/// # Panics
/// Never: the events are right for a new Job.
pub fn new_job(seed: u64, now: Timestamp) -> Option<Job> {
    let (name, dice) = (Dice::new(seed), Dice::new(0));
    let job = Job::open(JobId::random(&name), Secret::random(&dice).hash(), Language::En, now);
    let id = DocumentId::random(&dice);
    let document = Document::announced(id.clone(), FileName::new("a.pdf"), 1);
    let pages = vec![PageFacts { rows: 2292, encoded_bytes: 1, turn: Turn::Upright, warnings: vec![] }];
    let rendering = Rendering { edition: 1, resolution: Resolution::Fine, sha256: String::new(), pages };
    let rules = Rules::default();
    let (job, _) = job.apply(Event::DocumentsAdded(vec![document]), &rules, now).ok()?;
    let prepared = Event::DocumentPrepared(id, rendering);
    Some(job.apply(prepared, &rules, now).ok()?.0)
}

/// The sender's wish for the link of a Job by mail.
pub fn link_asked(lookup: &LookupKey, job: &JobId, at: Timestamp) -> Option<Event> {
    let (email, hash) = (EmailAddress::parse("a@b.de").ok()?, String::new());
    let secret = lookup.link_secret(job, &hash).ok()?.hash();
    Some(Event::LinkAsked(Resume { to: Some((email, hash)), secret, language: Language::En, asked: at }))
}

/// Numbers that exist.
pub const NUMBERS: [&str; 4] = ["+493023125001", "+493023125002", "+493023125003", "+493023125004"];

/// An order of so many pages to this number.
pub fn order(to: &str, pages: u32, at: Timestamp) -> Option<Order> {
    let currency = Currency::parse("EUR").ok()?;
    Some(Order {
        recipient: FaxNumber::try_from(to.to_owned()).ok()?,
        email: EmailAddress::parse("a@b.de").ok()?,
        email_hash: String::new(),
        price: Money { amount: 199, currency },
        vat: Money { amount: 32, currency },
        vat_percent: "19".into(),
        pages,
        terms_version: "2026-11-01".into(),
        language: Language::En,
        at,
    })
}
