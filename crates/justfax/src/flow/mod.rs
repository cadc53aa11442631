//! The use cases, over ports. Those that move a Job share [`record`]: load, apply, commit, nudge.

pub mod arrange;
pub mod dispatch;
pub mod feedback;
pub mod links;
pub mod messages;
pub mod open;
pub mod order;
pub mod prepare;
pub mod record;
pub mod rights;
pub mod settle;
pub mod sweep;
pub mod work;
