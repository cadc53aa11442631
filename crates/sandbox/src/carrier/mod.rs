//! Carrier sandbox: the part of the Telnyx fax API that JustFax uses, with a real transmission behind it.
//!
//! What the carrier stores and what the virtual machine printed are kept apart on purpose. Deleting a fax removes the
//! carrier's copy, as promise P1 needs; the recipient's paper of course remains.

mod api;
mod call;
mod fault;
mod fax;
mod media;
mod outcome;
pub mod pdf;
mod request;
pub mod tiff;

pub use api::router;
pub use call::resume;
pub use fax::{CarrierCopy, Fax, Faxes, LineFacts, MachinePage, Status, machine_folder};
