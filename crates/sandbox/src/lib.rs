//! The parts of the world that JustFax talks to, for development: a payment provider, a carrier with a fax machine at the
//! other end of the line, and the desk that serves the site and shows everything.
//!
//! Nothing of the product links this crate, and it links nothing of the product: what it knows of the two providers comes from
//! their public contracts, so that it can disagree with our clients.

// A Checkout Session has more fields than one `json!` may nest by default.
#![recursion_limit = "256"]

pub mod app;
pub mod carrier;
pub mod chaos;
pub mod clock;
pub mod config;
pub mod desk;
pub mod hooks;
pub mod ids;
pub mod line;
pub mod mail;
pub mod numbers;
pub mod payment;
pub mod serve;
pub mod store;
