//! Journeys: whole faxes through the real stack, from the sender's file to the paper of a fax machine, and everything the
//! service must withstand on the way.
//!
//! One program, so that it is linked once. Each journey ends by [`harness::Journey::finish`], which erases what may be kept
//! and then fails on anything left behind: a message, an object, a hold, a copy at the carrier.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a panic in a step of a test is its answer")]

mod arranged;
mod audits;
mod contract;
mod corpus;
mod dead_letters;
mod delivered;
mod events;
mod forged;
mod harness;
mod holds;
mod later;
mod logs;
mod machines;
mod orders;
mod panics;
mod private;
mod report;
mod requests;
mod rights;
mod samples;
#[path = "../../support/schemas.rs"]
mod schemas;
mod stack;
mod trouble;
mod undelivered;
mod unfit;
mod uploads;
