//! Adapters of the domain's ports to AWS: one file a service, one type a port.
//!
//! Credentials come from the environment of the function, as Lambda hands them out; that is all the configuration
//! chain a function has, so the crate that resolves profiles, SSO and instance roles is left out. Each adapter is
//! behind a feature: a function's manifest shows what it may do.

pub mod settings;
pub mod system;
pub mod telemetry;

#[cfg(feature = "files")]
pub mod files;
#[cfg(feature = "nudges")]
pub mod inbox;
#[cfg(feature = "jobs")]
pub mod jobs;
#[cfg(feature = "jobs")]
mod limits;
#[cfg(feature = "jobs")]
mod lines;
#[cfg(feature = "mail")]
pub mod mail;
#[cfg(feature = "nudges")]
pub mod nudges;
#[cfg(feature = "nudges")]
pub mod renderings;
#[cfg(feature = "jobs")]
mod rights;
#[cfg(feature = "secrets")]
pub mod secrets;
#[cfg(feature = "uploads")]
pub mod uploads;

mod failure;
mod sdk;

pub use sdk::Aws;
#[cfg(feature = "secrets")]
pub use sdk::http;
