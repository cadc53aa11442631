//! What became of one Job, judged by what the carrier, the payment provider, the mailbox and the bucket have.
//!
//! The sender's own word counts for two things only: what they wished, and what the status page told them at the end. Nobody
//! asks the table.

use std::collections::BTreeMap;

use super::{
    reaper::{EVERYBODY, Kill},
    sender::Life,
};
use crate::client::{Call, Intent, Mail, Stage};

/// A worker that is killed between handing a mail over and writing that down sends it again under the same key, once its lease
/// has lapsed. A kill this near to the first mail explains the second, in milliseconds.
const NEAR_MS: i64 = 5_000;

/// Everything seen of one Job.
#[derive(Debug)]
pub(super) struct Seen<'a> {
    /// The sender's side.
    pub(super) life: &'a Life,
    /// Calls, oldest first.
    pub(super) calls: Vec<&'a Call>,
    /// Payments.
    pub(super) intents: Vec<&'a Intent>,
    /// Mails with the milliseconds since 1970 at which they came.
    pub(super) mails: Vec<(&'a Mail, i64)>,
    /// Objects and versions left.
    pub(super) keys: Vec<String>,
    /// Which processes were killed.
    pub(super) kills: &'a [Kill],
}

/// How a Job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The carrier calls it delivered.
    Delivered,
    /// Paid and not delivered, and the sender wanted it to the end.
    Failed,
    /// The sender did not want it any more, or never paid.
    Cancelled,
}

/// What must not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wrong {
    /// It stands still, or the sender is told something else.
    Lost,
    /// Dialled while a call was under way, or after a delivered one.
    SentTwice,
    /// Money is not where it should be.
    WronglyCharged,
    /// A copy is left.
    NotDeleted,
    /// No mail tells the end.
    MailMissing,
    /// Two mails tell the end.
    MailDoubled,
}

/// Everything that is wrong with one Job, with the facts.
pub(super) type Faults = Vec<(Wrong, String)>;

impl Seen<'_> {
    /// How it ended.
    pub(super) fn end(&self) -> End {
        if self.is_delivered() {
            End::Delivered
        } else if self.life.sent && (!self.life.withdrew || self.calls.iter().any(|call| call.is_over())) {
            End::Failed
        } else {
            End::Cancelled
        }
    }

    /// Everything that is wrong.
    pub(super) fn faults(&self) -> Faults {
        let mut faults = Faults::new();
        self.lost(&mut faults);
        self.sent_twice(&mut faults);
        self.wrongly_charged(&mut faults);
        self.not_deleted(&mut faults);
        self.mails(&mut faults);
        faults
    }

    /// Mails that came twice under one key because a worker died in between.
    pub(super) fn excused_mails(&self) -> usize {
        self.copies().into_iter().filter(|(_, first)| self.explained(*first)).count()
    }

    fn is_delivered(&self) -> bool {
        self.calls.iter().any(|call| call.status == "delivered")
    }

    fn lost(&self, faults: &mut Faults) {
        if let Some(trouble) = &self.life.trouble {
            faults.push((Wrong::Lost, trouble.clone()));
        }
        let told = self.life.stage;
        if self.is_delivered() && told != Some(Stage::Delivered) {
            faults.push((Wrong::Lost, format!("delivered, and the sender is told {told:?}")));
        }
        if !self.is_delivered() && told == Some(Stage::Delivered) {
            faults.push((
                Wrong::Lost,
                "the sender is told that it was delivered, the carrier does not say so".to_owned(),
            ));
        }
        if let Some(call) = self.calls.iter().find(|call| !call.is_over()) {
            faults.push((Wrong::Lost, format!("call {} never ended", call.id)));
        }
    }

    fn sent_twice(&self, faults: &mut Faults) {
        let mut twice = |why: String| faults.push((Wrong::SentTwice, why));
        let mut attempts: BTreeMap<Option<u32>, u32> = BTreeMap::new();
        for call in &self.calls {
            *attempts.entry(call.attempt()).or_default() += 1;
        }
        if let Some((attempt, count)) = attempts.iter().find(|(_, count)| **count > 1) {
            twice(format!("{count} calls for attempt {attempt:?}"));
        }
        for pair in self.calls.windows(2) {
            let (first, second) = (pair[0], pair[1]);
            if second.created_ms() < first.updated_ms() {
                twice(format!("{} was dialled while {} was under way", second.id, first.id));
            }
            if first.status == "delivered" {
                twice(format!("{} was dialled after {} had delivered", second.id, first.id));
            }
        }
    }

    fn wrongly_charged(&self, faults: &mut Faults) {
        let mut wrong = |why: String| faults.push((Wrong::WronglyCharged, why));
        let kept: i64 = self.intents.iter().map(|intent| intent.captured - intent.refunded).sum();
        let held: i64 = self.intents.iter().map(|intent| intent.held).sum();
        if held != 0 {
            wrong(format!("{held} are still held"));
        }
        match (self.is_delivered(), kept) {
            (true, kept) if kept == self.life.price => {}
            // Somebody who took the money back while the carrier's word was still out has one fax for nothing.
            (true, 0) if self.life.withdrew => {}
            (false, 0) => {}
            (delivered, kept) => {
                wrong(format!("delivered: {delivered}, and {kept} are kept of a price of {}", self.life.price));
            }
        }
    }

    fn not_deleted(&self, faults: &mut Faults) {
        let erased = matches!(self.life.stage, Some(Stage::Delivered | Stage::Purged));
        let left: Vec<_> =
            self.keys.iter().filter(|key| erased || key.starts_with("transmissions/")).map(String::as_str).collect();
        if !left.is_empty() {
            faults.push((Wrong::NotDeleted, format!("{:?} and still there: {}", self.life.stage, left.join(", "))));
        }
        for call in self.calls.iter().filter(|call| call.is_over() && (!call.deleted || call.carrier_copy.is_some())) {
            faults.push((Wrong::NotDeleted, format!("the carrier keeps its copy of {}", call.id)));
        }
    }

    fn mails(&self, faults: &mut Faults) {
        let job = self.life.job.as_ref().map(|job| job.id.as_str()).unwrap_or_default();
        let keys: std::collections::BTreeSet<&str> = self.mails.iter().filter_map(|(mail, _)| mail.key()).collect();
        let of = |kind: &str| keys.iter().filter(|key| key.starts_with(&format!("{job}.{kind}."))).count();
        let mut expect = |kind: &str, least: usize, most: usize| {
            let found = of(kind);
            if found < least {
                faults.push((Wrong::MailMissing, format!("{found} mails {kind:?} instead of {least}")));
            }
            if found > most {
                faults.push((Wrong::MailDoubled, format!("{found} different mails {kind:?}")));
            }
        };
        let sent = usize::from(self.life.sent);
        let delivered = usize::from(self.is_delivered());
        expect("ordered", sent, 1);
        expect("delivered", delivered, delivered);
        // A fax that was delivered after the money had been taken back has both.
        expect("released", sent.saturating_sub(delivered), 1);
        expect("undelivered", self.life.undelivered_mails.len(), 3);
        for (key, first) in self.copies() {
            if !self.explained(first) {
                faults.push((Wrong::MailDoubled, format!("{key} came again, and nobody was killed at it")));
            }
        }
    }

    /// Keys of mails that came more than once, and when each came first.
    fn copies(&self) -> Vec<(&str, i64)> {
        let mut first: BTreeMap<&str, i64> = BTreeMap::new();
        let mut again = Vec::new();
        for (mail, at) in &self.mails {
            let Some(key) = mail.key() else { continue };
            match first.get(key) {
                Some(at) => again.push((key, *at)),
                None => drop(first.insert(key, *at)),
            }
        }
        again
    }

    fn explained(&self, at: i64) -> bool {
        let died = |kill: &&Kill| matches!(kill.function, "settle" | EVERYBODY);
        self.kills.iter().filter(died).any(|kill| (kill.at_ms - at).abs() < NEAR_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{chaos::plan::Plan, client::Client, stack::http};
    use serde_json::json;

    fn life(stage: Stage) -> Life {
        let client = Client::new(http().unwrap(), "http://127.0.0.1:1", "de");
        Life {
            plan: Plan::of(1, 0),
            job: Some(client.job("abc", "secret")),
            price: 199,
            stage: Some(stage),
            sent: true,
            undelivered_mails: std::collections::BTreeSet::new(),
            withdrew: false,
            trouble: None,
        }
    }

    fn call(attempt: u32, status: &str, from: u32, to: u32) -> Call {
        serde_json::from_value(json!({
            "id": format!("call-{attempt}"), "to": "+493023125001", "client_state_text": format!("abc.{attempt}"),
            "status": status, "deleted": true, "created_at": format!("2026-11-24T08:00:{from:02}Z"),
            "updated_at": format!("2026-11-24T08:00:{to:02}Z"),
        }))
        .unwrap()
    }

    fn intent(captured: i64, refunded: i64, held: i64) -> Intent {
        serde_json::from_value(json!({
            "id": "pi", "status": "succeeded", "amount": 199, "held": held, "captured": captured, "released": 0,
            "refunded": refunded, "client_reference_id": "abc",
        }))
        .unwrap()
    }

    fn mail(key: &str) -> Mail {
        let headers = json!([["X-JustFax-Letter", key]]);
        serde_json::from_value(json!({
            "to": [], "at": "2026-11-24T08:00:00Z", "subject": "", "headers": headers,
        }))
        .unwrap()
    }

    /// What is wrong with a Job of which this was seen.
    fn wrongs(
        life: &Life,
        calls: &[Call],
        intents: &[Intent],
        mails: &[&str],
        keys: &[&str],
        kills: &[Kill],
    ) -> Vec<Wrong> {
        let mails: Vec<Mail> = mails.iter().map(|key| mail(key)).collect();
        let seen = Seen {
            life,
            calls: calls.iter().collect(),
            intents: intents.iter().collect(),
            mails: mails.iter().map(|mail| (mail, 100_000)).collect(),
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
            kills,
        };
        seen.faults().into_iter().map(|(wrong, _)| wrong).collect()
    }

    const TOLD: [&str; 2] = ["abc.ordered.1", "abc.delivered.1"];

    #[test]
    fn a_fax_that_was_delivered_paid_once_told_once_and_forgotten_is_right() {
        let (life, calls) = (life(Stage::Delivered), [call(1, "failed", 0, 5), call(2, "delivered", 7, 20)]);
        assert_eq!(wrongs(&life, &calls, &[intent(199, 0, 0)], &TOLD, &[], &[]), []);
    }

    #[test]
    fn a_second_call_is_noticed_whether_beside_the_first_or_after_its_delivery() {
        let life = life(Stage::Delivered);
        let seen = |calls: &[Call]| wrongs(&life, calls, &[intent(199, 0, 0)], &TOLD, &[], &[]);
        assert_eq!(seen(&[call(1, "failed", 0, 9), call(2, "delivered", 7, 20)]), [Wrong::SentTwice]);
        assert_eq!(seen(&[call(1, "delivered", 0, 5), call(2, "failed", 7, 20)]), [Wrong::SentTwice]);
        assert_eq!(seen(&[call(1, "failed", 0, 5), call(1, "delivered", 7, 20)]), [Wrong::SentTwice]);
    }

    #[test]
    fn money_must_be_kept_for_a_delivered_fax_and_for_no_other() {
        let (delivered, failed) = (life(Stage::Delivered), life(Stage::Failed));
        let (good, bad) = ([call(1, "delivered", 0, 5)], [call(1, "failed", 0, 5)]);
        let back = ["abc.ordered.1", "abc.released.1"];
        for intents in [vec![], vec![intent(199, 0, 199)], vec![intent(199, 0, 0), intent(199, 0, 0)]] {
            assert_eq!(wrongs(&delivered, &good, &intents, &TOLD, &[], &[]), [Wrong::WronglyCharged], "{intents:?}");
        }
        assert_eq!(wrongs(&failed, &bad, &[intent(199, 0, 0)], &back, &[], &[]), [Wrong::WronglyCharged]);
        assert_eq!(wrongs(&failed, &bad, &[intent(199, 199, 0)], &back, &[], &[]), []);
    }

    #[test]
    fn copies_that_stay_are_noticed_those_that_may_are_not() {
        let back = ["abc.ordered.1", "abc.released.1"];
        let seen = |stage, keys: &[&str]| {
            let (life, calls) = (life(stage), [call(1, "failed", 0, 5)]);
            wrongs(&life, &calls, &[], &back, keys, &[])
        };
        assert_eq!(seen(Stage::Failed, &["uploads/abc/1", "pages/abc/1.tif"]), []);
        assert_eq!(seen(Stage::Failed, &["transmissions/abc/1.pdf"]), [Wrong::NotDeleted]);
        assert_eq!(seen(Stage::Purged, &["uploads/abc/1"]), [Wrong::NotDeleted]);
        let kept = Call { deleted: false, ..call(1, "failed", 0, 5) };
        assert_eq!(wrongs(&life(Stage::Failed), &[kept], &[], &back, &[], &[]), [Wrong::NotDeleted]);
    }

    #[test]
    fn a_mail_too_few_and_a_mail_too_many_are_noticed() {
        let (life, calls) = (life(Stage::Delivered), [call(1, "delivered", 0, 5)]);
        let seen = |mails: &[&str], kills: &[Kill]| wrongs(&life, &calls, &[intent(199, 0, 0)], mails, &[], kills);
        assert_eq!(seen(&["abc.ordered.1"], &[]), [Wrong::MailMissing]);
        assert_eq!(seen(&["abc.ordered.1", "abc.delivered.1", "abc.delivered.2"], &[]), [Wrong::MailDoubled]);
        let again = ["abc.ordered.1", "abc.delivered.1", "abc.delivered.1"];
        assert_eq!(seen(&again, &[]), [Wrong::MailDoubled]);
        let killed = |function, at_ms| [Kill { function, at_ms }];
        assert_eq!(seen(&again, &killed("settle", 101_000)), [], "its worker died with the mail handed over");
        assert_eq!(seen(&again, &killed("settle", 190_000)), [Wrong::MailDoubled]);
        assert_eq!(seen(&again, &killed("dispatch", 101_000)), [Wrong::MailDoubled]);
    }

    #[test]
    fn a_sender_who_is_told_something_else_than_happened_is_lost() {
        let calls = [call(1, "delivered", 0, 5)];
        assert!(wrongs(&life(Stage::Failed), &calls, &[intent(199, 0, 0)], &TOLD, &[], &[]).contains(&Wrong::Lost));
        let stuck = Life { trouble: Some("still Sending".to_owned()), ..life(Stage::Sending) };
        let under_way = [call(1, "sending", 0, 5)];
        let seen = wrongs(&stuck, &under_way, &[], &["abc.ordered.1", "abc.released.1"], &[], &[]);
        assert_eq!(seen, [Wrong::Lost, Wrong::Lost]);
    }
}
