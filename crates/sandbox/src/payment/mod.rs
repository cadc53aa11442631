//! Payment sandbox: the part of the Stripe API that JustFax uses, version 2026-10-28.endive, and the hosted payment page.
//!
//! As strict as the real one about keys, versions, form fields and idempotency, because what a lenient sandbox forgives fails
//! on the first real payment. Fields that the real API knows and JustFax has no use for are refused as well.

mod api;
mod fault;
mod fields;
mod form;
mod idempotency;
mod ledger;
mod lookup;
mod money;
mod objects;
mod page;
mod paying;
mod session;
mod status;
mod timing;
mod views;

pub use api::router;
pub use ledger::Ledger;
pub use money::{dispute, fail_refund, words};
pub use objects::{Charge, Event, Intent, Refund, Session};
pub use page::router as page_router;
pub use status::{CaptureMethod, ChargeStatus, IntentStatus, PaymentStatus, RefundStatus, SessionStatus};
pub use timing::sweep;
