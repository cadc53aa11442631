//! What can go wrong between a flow and the world, and how often.
//!
//! Every request of every flow passes here. Faults stop after some hours of simulated time: a promise says what becomes
//! of a fax when trouble passes, and nobody promises anything under trouble that never does.

use jiff::{SignedDuration, Timestamp};

use super::chance::Chance;
use crate::wire::Request;

/// One thing gone wrong, by its name in the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mishap {
    /// The function dies before the request leaves it.
    CrashBefore,
    /// The function dies when the request is done.
    CrashAfter,
    /// The request is lost, and times out.
    RequestLost,
    /// The request is done; its answer is lost, and times out.
    AnswerLost,
    /// The other side refuses for now; nothing is done.
    Throttled,
    /// A conditional write is done, its answer lost, and its repeat inside the client finds the condition broken.
    OwnConflict,
    /// The call times out, and reaches the carrier later.
    ArrivesLate,
    /// The call times out, and turns up at the carrier when nobody believes in it any more.
    TurnsUp,
    /// The carrier refuses the call.
    Refused,
}

impl Mishap {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::CrashBefore => "crash_before_effect",
            Self::CrashAfter => "crash_after_effect",
            Self::RequestLost => "timeout_before_effect",
            Self::AnswerLost => "timeout_after_effect",
            Self::Throttled => "throttled",
            Self::OwnConflict => "conflict_with_own_write",
            Self::ArrivesLate => "dial_arrives_late",
            Self::TurnsUp => "call_turns_up_late",
            Self::Refused => "carrier_refuses",
        }
    }
}

/// How much goes wrong in one life.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weather {
    /// Of a thousand requests, so many go wrong.
    pub(super) requests: u64,
    /// Of a thousand messages, so many are lost, doubled or late.
    pub(super) messages: u64,
    /// Clocks are off by this at most.
    pub(super) skew: SignedDuration,
    /// It clears up then.
    pub(super) until: Timestamp,
}

impl Weather {
    pub(super) fn draw(chance: &Chance, now: Timestamp) -> Self {
        let rates = [(20, (0, 0)), (40, (5, 20)), (30, (30, 100)), (10, (120, 300))];
        let (requests, messages) = chance.pick(&rates).unwrap_or_default();
        // A quarter of a minute is far more than clocks of functions differ, and well within what leases allow for.
        let skew = chance.pick(&[(50, 0), (30, 500), (20, 15_000)]).unwrap_or_default();
        let until = now + chance.seconds(3_600, 60 * 3_600);
        Self { requests, messages, skew: SignedDuration::from_millis(skew), until }
    }

    /// What happens to this request, if anything.
    pub(super) fn strikes(self, chance: &Chance, request: &Request, now: Timestamp) -> Option<Mishap> {
        use Mishap as M;
        if now > self.until || !chance.thousandths(self.requests) {
            return None;
        }
        let mut kinds = vec![(3, M::CrashBefore), (3, M::CrashAfter), (3, M::RequestLost), (3, M::AnswerLost)];
        kinds.push((3, M::Throttled));
        match request {
            Request::Commit(..) => kinds.push((3, M::OwnConflict)),
            Request::Dial(..) => {
                kinds.extend([(5, M::ArrivesLate), (5, M::TurnsUp), (5, M::Refused), (5, M::AnswerLost)]);
            }
            _ => {}
        }
        chance.pick(&kinds)
    }
}
