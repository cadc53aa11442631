//! Mails handed over, and what waits for them: the mail about a delivery for the deletion that it tells of, the picture of
//! the first page for the mail that shows it.

use jiff::Timestamp;

use super::{
    Job, Refused, Stage,
    effect::{Copies, Effect, MailKind},
    event::MailTrouble,
};

impl Job {
    pub(super) fn copies_deleted(mut self, copies: Copies, now: Timestamp) -> Result<Self, Refused> {
        if !self.forgo(&Effect::Delete(copies.clone())) {
            return Err(Refused::Stale);
        }
        if let (Copies::Pages, Some(cover)) = (&copies, &mut self.cover) {
            cover.text = None;
        }
        self.deleted.push((copies, now));
        self.tell_of_deletion(now);
        Ok(self)
    }

    /// The mail about a delivery tells of the deletion, so it goes out as soon as no document is left.
    fn tell_of_deletion(&mut self, now: Timestamp) {
        let left = self.pending.iter().any(|p| matches!(&p.effect, Effect::Delete(c) if *c != Copies::Pictures));
        let mail = Effect::Mail(MailKind::Delivered, self.order_number());
        if !left && self.pending.iter().any(|p| p.effect == mail) {
            self.hasten(mail, now);
        }
    }

    /// Mails do not arrive, or are not wanted: no more go to this address. The page says so, and everything that they
    /// would tell.
    pub(super) fn stop_mail(mut self, why: MailTrouble, now: Timestamp) -> Result<Self, Refused> {
        if self.mail_stopped.is_some() {
            return Err(Refused::Stale);
        }
        self.pending.retain(|p| !matches!(p.effect, Effect::Mail(..)));
        self.mail_stopped = Some((why, now));
        Ok(self)
    }

    pub(super) fn mail_sent(mut self, kind: MailKind, order: u32, now: Timestamp) -> Result<Self, Refused> {
        self = self.mail_sent_bare(kind, order, now)?;
        if kind == MailKind::Delivered {
            self.hasten(Effect::Delete(Copies::Pictures), now);
        }
        Ok(self)
    }

    /// A mail went without the report that belongs to it: the picture waits until the report is fetched, or its day is over.
    pub(super) fn mail_sent_bare(mut self, kind: MailKind, order: u32, now: Timestamp) -> Result<Self, Refused> {
        if !self.forgo(&Effect::Mail(kind, order)) {
            return Err(Refused::Stale);
        }
        self.mailed.push((kind, order, now));
        Ok(self)
    }

    /// The sender has the report, so the picture in it goes, unless a mail that will show it is still to come.
    pub(super) fn report_fetched(mut self, now: Timestamp) -> Result<Self, Refused> {
        let mailing = self.pending.iter().any(|p| matches!(p.effect, Effect::Mail(MailKind::Delivered, _)));
        let pictures = Effect::Delete(Copies::Pictures);
        let kept = self.pending.iter().any(|p| p.effect == pictures && p.lease.is_none() && p.not_before > now);
        if !matches!(self.stage, Stage::Delivered(_)) || mailing || !kept {
            return Err(Refused::Stale);
        }
        self.hasten(pictures, now);
        Ok(self)
    }
}
