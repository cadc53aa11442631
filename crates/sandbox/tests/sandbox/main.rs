//! The whole sandbox over HTTP, with a small receiver of webhooks in the place of the product.

// The attribute tells the linter that these are tests, where an `unwrap` is the answer.
#[cfg(test)]
mod carrier;
#[cfg(test)]
mod contracts;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod independent;
#[cfg(test)]
mod payment;
#[cfg(test)]
#[path = "../../../../tests/support/schemas.rs"]
mod schemas;
#[cfg(test)]
mod support;
#[cfg(test)]
mod trouble;
