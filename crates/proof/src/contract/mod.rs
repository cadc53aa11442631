//! The port contract: what the flows rely on, as cases that run on the world of the proofs and on the real adapters.
//!
//! A proof is worth as much as its world is true. So each case is written once, over the ports alone: in memory it is
//! answered by [`crate::world`], on a running stack by the adapters, the emulator and the sandboxes. Both lists of tests come
//! from [`crate::contract_cases`], so that neither side can leave one out.

mod calls;
mod files;
mod jobs;
mod lines;
mod mails;
pub mod memory;
mod money;
mod people;

use std::{collections::BTreeSet, fmt::Debug, future::Future};

use justfax::{
    Timestamp,
    fault::Fault,
    ids::{DocumentId, JobId},
    ports::{
        Answer, Carrier, CarrierCopies, Checkouts, DataKeys, Entropy, Eraser, FirstPages, Jobs, JobsOf, Limits, Lines,
        Originals, Overdue, PageShelf, Payments, Post,
    },
};

/// A number behind which a machine takes every page.
pub const ANSWERS: &str = "+493023125901";
/// A number that is busy.
pub const BUSY: &str = "+493023125902";

/// Where the money of an order is, as the provider tells its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purse {
    /// Nothing was paid.
    Empty,
    /// Held.
    Held,
    /// Captured, or charged at once.
    Taken,
    /// The hold is gone.
    Released,
    /// Paid back.
    PaidBack,
}

/// What happens outside, and what can be seen there.
pub trait Outside: Sync {
    /// The time.
    fn now(&self) -> Timestamp;
    /// The sender's file is there.
    fn upload(&self, job: &JobId, document: &DocumentId, bytes: Vec<u8>) -> impl Answer<()>;
    /// The file of an attempt, a white page, and the picture of it are made; where the carrier fetches the file.
    fn transmission(&self, job: &JobId, attempt: u32) -> impl Answer<String>;
    /// What is kept of a Job, all versions and marks of deletion too: `uploads/<document>`, `pages/<document>/<edition>`,
    /// `transmissions/<attempt>`, `reports/<attempt>`.
    fn kept(&self, job: &JobId) -> impl Answer<BTreeSet<String>>;
    /// The next answer of a provider is lost, when what was asked is done.
    fn lose_answer(&self);
    /// Waits until the carrier's last call for a Job is over.
    fn call_over(&self, job: &JobId) -> impl Answer<()>;
    /// How many calls the carrier placed for a Job.
    fn calls(&self, job: &JobId) -> impl Answer<usize>;
    /// The sender pays on a page, with a hold or at once; whether that went through.
    fn pay(&self, job: &JobId, order: u32, url: &str, held: bool) -> impl Answer<bool>;
    /// Where the money of a Job's only order is.
    fn purse(&self, job: &JobId) -> impl Answer<Purse>;
    /// How many mails of this name arrived, once this many have or some time has passed.
    fn mails(&self, name: &str, wanted: usize) -> impl Answer<usize>;
}

/// A place where the contract is to hold.
pub trait Place:
    Outside
    + Entropy
    + Jobs
    + Overdue
    + JobsOf
    + Lines
    + Limits
    + DataKeys
    + Originals
    + PageShelf
    + FirstPages
    + Eraser
    + Carrier
    + CarrierCopies
    + Checkouts
    + Payments
    + Post
{
}

impl<P> Place for P where
    P: Outside
        + Entropy
        + Jobs
        + Overdue
        + JobsOf
        + Lines
        + Limits
        + DataKeys
        + Originals
        + PageShelf
        + FirstPages
        + Eraser
        + Carrier
        + CarrierCopies
        + Checkouts
        + Payments
        + Post
{
}

/// How a case ends badly.
#[derive(Debug, thiserror::Error)]
pub enum Unlike {
    /// A port failed where it must not.
    #[error("{0}")]
    Fault(#[from] Fault),
    /// A port answered something else than the contract says.
    #[error("{0}")]
    Differs(String),
}

/// How a case ends.
pub type Kept = Result<(), Unlike>;

/// A case under way; kept from growing the stack of whoever awaits it.
pub type Case<'a> = std::pin::Pin<Box<dyn Future<Output = Kept> + Send + 'a>>;

fn same<T: Debug + PartialEq>(what: &str, found: &T, wanted: &T) -> Kept {
    if found == wanted { Ok(()) } else { Err(Unlike::Differs(format!("{what}: {found:?}, not {wanted:?}"))) }
}

fn holds(what: &str, it: bool) -> Kept {
    if it { Ok(()) } else { Err(Unlike::Differs(what.to_owned())) }
}

macro_rules! cases {
    ($($module:ident: $($case:ident),+;)+) => {
        /// The cases, each by its sentence.
        pub mod cases {
            use super::{Case, Place};
            $($(
                #[doc = concat!("See `contract/", stringify!($module), ".rs`.")]
                pub fn $case<P: Place>(place: &P) -> Case<'_> {
                    Box::pin(super::$module::$case(place))
                }
            )+)+
        }

        /// Calls a macro with the names of all cases.
        #[macro_export]
        macro_rules! contract_cases {
            ($run:ident) => { $run! { $($($case)+)+ } };
        }
    };
}

cases! {
    jobs:
        a_job_is_loaded_as_it_was_written,
        a_job_is_created_once,
        only_who_saw_the_last_version_writes,
        overdue_jobs_come_oldest_first_and_never_more_than_asked_for,
        a_job_that_moved_on_is_overdue_no_more,
        the_jobs_of_an_address_are_found_by_its_hash;
    lines:
        a_line_has_one_holder,
        a_line_is_freed_by_its_holder_alone,
        a_line_lapses_after_its_last_second;
    people:
        a_limit_counts_each_name_for_itself,
        a_key_opens_only_what_it_was_kept_for_and_only_in_its_time,
        a_mailed_key_is_spent_once;
    files:
        an_original_is_read_as_it_was_uploaded,
        an_edition_is_cleared_alone,
        each_kind_of_copy_is_deleted_alone,
        a_document_is_deleted_with_its_pages_and_every_version,
        deleting_what_is_not_there_succeeds;
    calls:
        a_call_is_found_by_its_name_and_by_ours,
        a_busy_number_is_reported_as_busy,
        a_call_whose_answer_was_lost_is_found_by_our_reference,
        a_call_never_placed_is_not_listed,
        dialling_again_is_another_call,
        the_copy_of_a_call_under_way_is_not_deleted,
        a_forgotten_call_is_not_listed;
    money:
        a_page_opened_again_is_the_same_page,
        a_page_that_is_closed_takes_no_money,
        a_page_that_was_paid_on_is_not_closed,
        a_hold_is_captured_once,
        a_hold_is_released_once_and_not_captured_then,
        what_was_captured_is_not_released_but_can_be_paid_back,
        a_payment_taken_at_once_is_earned_as_it_is,
        a_payment_taken_at_once_is_paid_back_once,
        what_is_held_is_not_paid_back,
        a_capture_whose_answer_was_lost_is_done_once,
        a_page_whose_answer_was_lost_is_opened_once;
    mails:
        a_letter_arrives_under_its_name_as_often_as_it_is_sent;
}
