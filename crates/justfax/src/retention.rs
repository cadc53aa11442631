//! How long things are kept. The bucket's lifecycle and the table's TTL are the second, independent means.

use jiff::SignedDuration;

/// Documents uploaded but not sent (promise P2): also the hard limit of the bucket's lifecycle.
pub const UNSENT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Who asked for it is reminded this long before unsent documents are deleted.
pub const REMINDER: SignedDuration = SignedDuration::from_hours(3 * 24);

/// The record of a Job after it ended (promise P5).
pub const ENDED: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A call that the carrier did not list may turn up there this long after we took it for never placed: the carrier fetches
/// what it sends within an hour.
pub const LATE_CALL: SignedDuration = SignedDuration::from_hours(24);

/// A paid Job is delivered or undelivered this long after payment (invariant 5).
pub const SENDING: SignedDuration = SignedDuration::from_hours(24);

/// An undelivered Job keeps pages and hold this long, unless the operator's settings say otherwise.
pub const CORRECTION: SignedDuration = SignedDuration::from_hours(24);

/// The reduced picture of the first page after delivery, unless the report was mailed before (promise P1).
pub const PICTURE: SignedDuration = SignedDuration::from_hours(24);

/// The mail about a delivery waits this long for the deletion that it tells of, and no longer.
pub const MAIL_WAITS: SignedDuration = SignedDuration::from_mins(2);

/// A hold must outlive a further round of sending and correction to be used for it.
pub const HOLD_MARGIN: SignedDuration = SignedDuration::from_hours(48);
