//! Performs what a Job owes after the line is quiet: money, deletion, mail; and asks again for pages that did not come.

use super::work::Perform;
use crate::{
    document::Document,
    fault::Fault,
    job::{
        Job,
        effect::{Copies, Effect, MailKind, Worker},
        event::{Event, MoneyNews},
        payment::PaymentState,
    },
    lookup::LookupKey,
    mail::{Attachment, Letterhead, compose},
    ports::{CarrierCopies, Clock, Eraser, FirstPages, Payments, Post, Renderings, Reports},
    report::{self, ReportFacts},
};

/// A mail is put off so often for a report that cannot be made, and then goes without: half an hour after a fault that a
/// person must look at.
pub const REPORT_TRIES: u32 = 3;

/// The worker of the settle function.
#[derive(Debug)]
pub struct Settler<'a, P> {
    /// Its ports.
    pub port: &'a P,
    /// Who writes the mails.
    pub letterhead: &'a Letterhead,
    /// Makes the secrets of the links that were asked for.
    pub lookup: &'a LookupKey,
}

impl<P> Perform for Settler<'_, P>
where
    P: Payments + CarrierCopies + Eraser + Post + FirstPages + Reports + Renderings + Clock,
{
    const WORKER: Worker = Worker::Settle;

    async fn perform(&self, job: &Job, effect: &Effect) -> Result<Vec<Event>, Fault> {
        match effect {
            Effect::AskPayment(order)
            | Effect::CloseCheckout(order)
            | Effect::Capture(order)
            | Effect::Release(order)
            | Effect::Refund(order) => {
                let news = self.money(job, effect, *order).await?;
                Ok(vec![news.map_or_else(|| Event::Done(effect.clone()), |news| Event::Money(*order, news))])
            }
            Effect::Delete(copies) => self.delete(job, copies).await,
            Effect::Mail(kind, order) => self.mail(job, effect, *kind, *order).await,
            Effect::AskPages(document, edition) => {
                let awaits = |d: &Document| d.id == *document && d.edition == *edition && d.is_awaited();
                if job.documents().iter().any(awaits) {
                    // The password that may have come with the wish is kept nowhere: a locked file asks for it again.
                    self.port.ask(job.id(), document, *edition, None).await?;
                }
                Ok(vec![Event::Done(effect.clone())])
            }
            _ => Err(Fault::broken("not an effect of the settler")),
        }
    }
}

impl<P: Payments + CarrierCopies + Eraser + Post + FirstPages + Reports + Clock> Settler<'_, P> {
    /// News from the provider; none when the payment has moved on and the effect has lost its point.
    async fn money(&self, job: &Job, effect: &Effect, order: u32) -> Result<Option<MoneyNews>, Fault> {
        let port = self.port;
        let id = job.id();
        let state = job.payments().iter().find(|p| p.order == order).map(|p| &p.state);
        let news = match (effect, state) {
            (Effect::AskPayment(_), Some(PaymentState::Open { session, .. })) => port.look(session).await?,
            (Effect::CloseCheckout(_), Some(PaymentState::Closing(session))) => port.close(id, order, session).await?,
            (Effect::Capture(_), Some(PaymentState::Capturing(intent))) => port.capture(id, order, intent).await?,
            (Effect::Release(_), Some(PaymentState::Releasing(intent))) => port.release(id, order, intent).await?,
            (Effect::Refund(_), Some(PaymentState::Refunding(intent))) => port.refund(id, order, intent).await?,
            _ => return Ok(None),
        };
        Ok(Some(news))
    }

    /// Sends a mail, with the report where one belongs to it. A report that cannot be made holds the mail up for
    /// [`REPORT_TRIES`] and no longer: what happened to the fax and the money is worth more in time than in full.
    async fn mail(&self, job: &Job, effect: &Effect, kind: MailKind, order: u32) -> Result<Vec<Event>, Fault> {
        let proves = matches!(kind, MailKind::Delivered | MailKind::Undelivered);
        let tries = job.pending().iter().find(|p| p.effect == *effect).map_or(1, |p| p.tries);
        let made = if proves { report_of(self.port, job).await } else { Ok(None) };
        let report = match made {
            Err(fault) if tries < REPORT_TRIES => return Err(fault),
            Err(fault) => {
                tracing::error!(job.id = %job.id(), effect = %effect, tries, error = %fault, "mailed without its report");
                None
            }
            Ok(report) => report,
        };
        let bare = proves && report.is_none();
        if let Some(mut letter) = compose(self.letterhead, self.lookup, job, kind, order, report.is_some()) {
            letter.report = report.map(|pdf| attachment(job, pdf));
            self.port.send(&letter).await?;
        } else if matches!(kind, MailKind::Link | MailKind::Expiring) {
            return Err(Fault::broken("the key that mailed links are made with has changed"));
        }
        Ok(vec![if bare { Event::MailedBare(kind, order) } else { Event::Mailed(kind, order) }])
    }

    async fn delete(&self, job: &Job, copies: &Copies) -> Result<Vec<Event>, Fault> {
        match copies {
            Copies::CarrierCopy(number) => {
                let attempt = job.attempts().iter().find(|a| a.number == *number);
                if let Some(reference) = attempt.and_then(|a| a.reference.as_deref()) {
                    self.port.forget(reference).await?;
                }
            }
            _ => self.port.erase(job.id(), copies).await?,
        }
        Ok(vec![Event::Deleted(copies.clone())])
    }
}

/// The report of a Job, with the reduced first page if that is still there; none before an attempt is over.
///
/// # Errors
/// A [`Fault`] of the bucket, or of the making.
pub async fn report_of<P: FirstPages + Reports + Clock>(port: &P, job: &Job) -> Result<Option<Vec<u8>>, Fault> {
    let (Some(attempt), Some(facts)) = (report::decisive(job), ReportFacts::of(job, port.now())) else {
        return Ok(None);
    };
    let picture = port.picture(job.id(), attempt.number).await?;
    port.report(&facts, picture).map(Some)
}

fn attachment(job: &Job, pdf: Vec<u8>) -> Attachment {
    Attachment { name: report::file_name(job), pdf }
}
