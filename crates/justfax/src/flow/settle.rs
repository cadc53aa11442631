//! Performs what a Job owes after the line is quiet: money, deletion, mail.

use super::work::Perform;
use crate::{
    fault::Fault,
    job::{
        Job,
        effect::{Copies, Effect, Worker},
        event::{Event, MoneyNews},
        payment::PaymentState,
    },
    mail::{Letterhead, compose},
    ports::{CarrierCopies, Eraser, Payments, Post},
};

/// The worker of the settle function.
#[derive(Debug)]
pub struct Settler<'a, P> {
    /// Its ports.
    pub port: &'a P,
    /// Who writes the mails.
    pub letterhead: &'a Letterhead,
}

impl<P: Payments + CarrierCopies + Eraser + Post> Perform for Settler<'_, P> {
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
            Effect::Mail(kind, order) => {
                if let Some(letter) = compose(self.letterhead, job, *kind, *order) {
                    self.port.send(&letter).await?;
                }
                Ok(vec![Event::Mailed(*kind, *order)])
            }
            _ => Err(Fault::broken("not an effect of the settler")),
        }
    }
}

impl<P: Payments + CarrierCopies + Eraser + Post> Settler<'_, P> {
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
