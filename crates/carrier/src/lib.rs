//! Carriers: wire types, signatures, and what their words mean to us.

pub mod telnyx;
