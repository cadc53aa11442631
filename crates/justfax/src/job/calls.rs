//! What claims and news of calls do to a Job.

use jiff::{SignedDuration, Timestamp};

use super::{
    Copies, Effect, Job, Line, MailKind, Refused, Stage,
    attempt::{Attempt, AttemptState, CallRef, DeliveryReport},
    event::{CallNews, Rules},
};
use crate::{
    redial::{Next, Outcome},
    retention,
};

/// A call without news is asked about after this long. The news that gets lost may be "delivered", and somebody waits for it
/// at the status page; a question costs nothing.
const WATCH: SignedDuration = SignedDuration::from_mins(3);
/// A call that may or may not have been placed is asked about after this long …
const FIRST_QUESTION: SignedDuration = SignedDuration::from_secs(30);
/// … and taken for never placed when the carrier still does not list it after this long.
const LISTED_WITHIN: SignedDuration = SignedDuration::from_secs(120);

impl Job {
    /// Number that the next attempt has or will have.
    pub(crate) fn next_attempt(&self) -> u32 {
        self.attempts.last().map_or(0, |attempt| attempt.number) + 1
    }

    /// Writes the attempt down before the carrier is called. A claim on an attempt that is written down already means
    /// that the worker before died somewhere around the call: then the carrier is asked, never called again.
    pub(super) fn claim_dial(mut self, number: u32, now: Timestamp) -> Result<Self, Refused> {
        if let Some(index) = self.attempts.iter().position(|a| a.number == number) {
            let attempt = self.attempts.remove(index).lost_sight(now)?;
            self.attempts.insert(index, attempt);
            self.forgo(&Effect::Dial(number));
            self.owe(Effect::AskCarrier(number), now + FIRST_QUESTION);
            return Ok(self);
        }
        let Stage::Sending { since, line: Line::Waiting(_) } = self.stage else { return Err(Refused::WrongStage) };
        let order = self.order.as_ref().ok_or(Refused::WrongStage)?;
        self.attempts.push(Attempt {
            number,
            order: self.order_number(),
            to: order.recipient.clone(),
            began: now,
            reference: None,
            sent_sha256: None,
            state: AttemptState::Claimed,
        });
        self.stage = Stage::Sending { since, line: Line::Calling(number) };
        Ok(self)
    }

    pub(super) fn call_news(
        mut self,
        number: u32,
        news: CallNews,
        rules: &Rules,
        now: Timestamp,
    ) -> Result<Self, Refused> {
        let index = self.attempts.iter().position(|a| a.number == number).ok_or(Refused::Stale)?;
        match news {
            CallNews::FileMade(sha256) => {
                self.attempts[index].sent_sha256 = Some(sha256);
                Ok(self)
            }
            CallNews::NotDialled(until) => self.not_dialled(index, until, now),
            CallNews::Progress { reference, transmitting } => self.call_progress(index, reference, transmitting, now),
            CallNews::Silence => {
                self.attempts[index] = self.attempts[index].clone().lost_sight(now)?;
                self.ask_carrier_at(number, now + FIRST_QUESTION);
                Ok(self)
            }
            CallNews::Unlisted => self.unlisted(index, rules, now),
            CallNews::Report { reference, report } => self.call_ended(index, reference, report, rules, now),
        }
    }

    /// The carrier was not called: as if this attempt had not been claimed. Who asked meanwhile to be erased is.
    fn not_dialled(mut self, index: usize, until: Timestamp, now: Timestamp) -> Result<Self, Refused> {
        let Stage::Sending { since, .. } = self.stage else { return Err(Refused::Stale) };
        if self.attempts[index].state != AttemptState::Claimed {
            return Err(Refused::Stale);
        }
        let number = self.attempts.remove(index).number;
        if self.leaving {
            self.leave(now);
            return Ok(self);
        }
        self.stage = Stage::Sending { since, line: Line::Waiting(until) };
        self.postponed(&Effect::Dial(number), until)
    }

    fn call_progress(
        mut self,
        index: usize,
        reference: CallRef,
        transmitting: bool,
        now: Timestamp,
    ) -> Result<Self, Refused> {
        if self.attempts[index].outcome() == Some(Outcome::NotPlaced) {
            return self.turned_up(index, reference, false, now);
        }
        let attempt = self.attempts[index].clone().progressed(reference, transmitting, now)?;
        let number = attempt.number;
        self.attempts[index] = attempt;
        self.ask_carrier_at(number, now + WATCH);
        Ok(self)
    }

    fn ask_carrier_at(&mut self, number: u32, at: Timestamp) {
        self.forgo(&Effect::Dial(number));
        self.forgo(&Effect::AskCarrier(number));
        self.owe(Effect::AskCarrier(number), at);
    }

    fn unlisted(mut self, index: usize, rules: &Rules, now: Timestamp) -> Result<Self, Refused> {
        let number = self.attempts[index].number;
        let asked = self.pending.iter().any(|p| p.effect == Effect::AskCarrier(number));
        match self.attempts[index].state {
            AttemptState::Unknown { since } if now >= since + LISTED_WITHIN => {
                self.call_ended(index, None, DeliveryReport::of(Outcome::NotPlaced), rules, now)
            }
            AttemptState::Unknown { .. } | AttemptState::Placed { .. } => {
                self.ask_carrier_at(number, now + FIRST_QUESTION);
                Ok(self)
            }
            // Over. Where it is asked about all the same, whatever turned up there is gone again.
            _ if asked => {
                self.forgo(&Effect::AskCarrier(number));
                Ok(self)
            }
            _ => Err(Refused::Stale),
        }
    }

    /// A call that was taken for never placed turns up at the carrier. Unless it was delivered, what comes of it changes
    /// nothing any more; but the carrier's copy goes, as soon as the call is over.
    fn turned_up(mut self, index: usize, reference: CallRef, over: bool, now: Timestamp) -> Result<Self, Refused> {
        let attempt = &mut self.attempts[index];
        let number = attempt.number;
        let known = attempt.reference.replace(reference).is_some();
        if !self.forgo(&Effect::AskCarrier(number)) && known {
            return Err(Refused::Stale);
        }
        if over {
            self.owe(Effect::Delete(Copies::CarrierCopy(number)), now);
        } else {
            self.owe(Effect::AskCarrier(number), now + WATCH);
        }
        Ok(self)
    }

    fn call_ended(
        mut self,
        index: usize,
        reference: Option<CallRef>,
        report: DeliveryReport,
        rules: &Rules,
        now: Timestamp,
    ) -> Result<Self, Refused> {
        let outcome = report.outcome;
        if self.attempts[index].outcome() == Some(Outcome::NotPlaced) && outcome != Outcome::Delivered {
            return self.turned_up(index, reference.ok_or(Refused::Stale)?, true, now);
        }
        let attempt = self.attempts[index].clone().ended(reference, report, now)?;
        let number = attempt.number;
        let at_carrier = attempt.reference.is_some();
        self.attempts[index] = attempt;
        self.forgo(&Effect::Dial(number));
        self.forgo(&Effect::AskCarrier(number));
        self.owe(Effect::FreeLine(number), now);
        if at_carrier {
            self.owe(Effect::Delete(Copies::CarrierCopy(number)), now);
        }
        if outcome == Outcome::Delivered {
            self.delivered(now);
        } else if let Stage::Sending { since, line: Line::Calling(calling) } = self.stage
            && calling == number
        {
            self.not_delivered(since, outcome, rules, now);
        }
        Ok(self)
    }

    /// Delivered, at whatever stage the news comes: the documents go, the money is earned if it is still there.
    fn delivered(&mut self, now: Timestamp) {
        if matches!(self.stage, Stage::Delivered(_) | Stage::Purged(_)) {
            return;
        }
        self.forgo(&Effect::Dial(self.next_attempt()));
        self.stage = Stage::Delivered(now);
        self.earn_payment(now);
        self.delete_documents(now);
        self.owe(Effect::Delete(Copies::Pictures), now + retention::PICTURE);
        self.owe(Effect::Mail(MailKind::Delivered, self.order_number()), now + retention::MAIL_WAITS);
    }

    fn not_delivered(&mut self, since: Timestamp, outcome: Outcome, rules: &Rules, now: Timestamp) {
        if self.leaving {
            return self.leave(now);
        }
        if !self.is_paid() {
            // The hold lapsed while the line was busy: nobody would pay for another call.
            return self.fail(outcome, now);
        }
        let outcomes: Vec<Outcome> =
            self.attempts.iter().filter(|a| a.number >= self.round).filter_map(Attempt::outcome).collect();
        match rules.redial.next(&outcomes) {
            Next::Redial(wait) => {
                self.stage = Stage::Sending { since, line: Line::Waiting(now + wait) };
                self.owe(Effect::Dial(self.next_attempt()), now + wait);
            }
            Next::GiveUp => self.undelivered(outcome, rules, now),
        }
    }

    pub(super) fn undelivered(&mut self, outcome: Outcome, rules: &Rules, now: Timestamp) {
        self.forgo(&Effect::Dial(self.next_attempt()));
        self.stage = Stage::Undelivered { until: now + rules.correction, outcome };
        self.mail_anew(MailKind::Undelivered, now);
    }

    /// Owes a mail that an order may have more than once: a fax that failed again after a correction is a new piece of
    /// news under the same order, and replaces the old.
    pub(super) fn mail_anew(&mut self, news: MailKind, now: Timestamp) {
        let order = self.order_number();
        self.mailed.retain(|(kind, of, _)| (*kind, *of) != (news, order));
        self.owe(Effect::Mail(news, order), now);
    }

    /// Owes the deletion of the files made for the carrier, once nothing is to be sent any more and the pages are kept.
    pub(super) fn delete_transmissions(&mut self, now: Timestamp) {
        if !self.attempts.is_empty() {
            self.owe(Effect::Delete(Copies::Transmissions), now);
        }
    }

    /// Owes the deletion of every copy of ours.
    pub(super) fn delete_everything(&mut self, now: Timestamp) {
        self.delete_documents(now);
        self.hasten(Effect::Delete(Copies::Pictures), now);
    }

    /// Owes the deletion of every copy of ours but the reduced picture, which the report needs.
    fn delete_documents(&mut self, now: Timestamp) {
        for copies in [Copies::Originals, Copies::Pages, Copies::Transmissions] {
            self.owe(Effect::Delete(copies), now);
        }
    }
}
