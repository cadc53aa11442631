//! The whole sandbox over HTTP, with a small receiver of webhooks in the place of the product.

mod carrier;
mod contracts;
mod desk;
mod independent;
mod payment;
mod support;
mod trouble;
