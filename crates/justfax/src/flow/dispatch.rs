//! Performs what a Job owes on the telephone line.

use jiff::SignedDuration;

use super::work::Perform;
use crate::{
    fault::Fault,
    job::{
        Job,
        attempt::Attempt,
        effect::{Effect, Worker},
        event::{CallNews, Event},
    },
    lookup::LookupKey,
    ports::{Call, Carrier, CarrierWord, Clock, Dialled, Lines, Press},
};

/// Longest time on the line: 200 pages with a slow machine.
const LONGEST_CALL: SignedDuration = SignedDuration::from_hours(4);
/// When another Job of ours is talking to the machine, look again after this long.
const LINE_BUSY: SignedDuration = SignedDuration::from_secs(20);

/// The worker of the dispatch function.
#[derive(Debug)]
pub struct Dispatcher<'a, P> {
    /// Its ports.
    pub port: &'a P,
    /// Hashes numbers.
    pub lookup: &'a LookupKey,
}

impl<P: Clock + Lines + Press + Carrier> Perform for Dispatcher<'_, P> {
    const WORKER: Worker = Worker::Dispatch;

    async fn perform(&self, job: &Job, effect: &Effect) -> Result<Vec<Event>, Fault> {
        match effect {
            Effect::Dial(number) => self.dial(job, find(job, *number)?).await,
            Effect::AskCarrier(number) => self.ask(job, find(job, *number)?).await,
            Effect::FreeLine(number) => {
                let attempt = find(job, *number)?;
                self.port.free(&self.lookup.of_number(&attempt.to), &holder(job, *number)).await?;
                Ok(vec![Event::Done(effect.clone())])
            }
            _ => Err(Fault::broken("not an effect of the dispatcher")),
        }
    }
}

impl<P: Clock + Lines + Press + Carrier> Dispatcher<'_, P> {
    /// Dials. Up to the carrier's call every failure leaves the attempt as if it had not been claimed.
    async fn dial(&self, job: &Job, attempt: &Attempt) -> Result<Vec<Event>, Fault> {
        let number = attempt.number;
        let now = self.port.now();
        let line = self.lookup.of_number(&attempt.to);
        let not_dialled = |wait| Ok(vec![Event::Call(number, CallNews::NotDialled(now + wait))]);
        match self.port.take(&line, &holder(job, number), now, now + LONGEST_CALL).await {
            Ok(true) => {}
            Ok(false) => return not_dialled(LINE_BUSY),
            Err(fault) => return not_dialled(wait_after(&fault, job, number)),
        }
        let sheet = match self.port.make(job, attempt).await {
            Ok(sheet) => sheet,
            Err(fault) => {
                let wait = wait_after(&fault, job, number);
                self.port.free(&line, &holder(job, number)).await?;
                return not_dialled(wait);
            }
        };
        let file_made = Event::Call(number, CallNews::FileMade(sheet.sha256.clone()));
        let news = match self.port.dial(&call(job, attempt, &sheet.url)).await {
            Ok(Dialled::Accepted(reference)) => CallNews::Progress { reference, transmitting: false },
            Ok(Dialled::Refused(report)) => CallNews::Report { reference: None, report },
            Ok(Dialled::Ambiguous) => CallNews::Silence,
            Err(fault) => {
                let wait = wait_after(&fault, job, number);
                self.port.free(&line, &holder(job, number)).await?;
                return not_dialled(wait);
            }
        };
        Ok(vec![file_made, Event::Call(number, news)])
    }

    async fn ask(&self, job: &Job, attempt: &Attempt) -> Result<Vec<Event>, Fault> {
        let word = self.port.look(&call(job, attempt, ""), attempt.reference.as_deref()).await?;
        let news = match word {
            CarrierWord::Progress { reference, transmitting } => CallNews::Progress { reference, transmitting },
            CarrierWord::Over { reference, report } => CallNews::Report { reference: Some(reference), report },
            CarrierWord::Unlisted => CallNews::Unlisted,
        };
        Ok(vec![Event::Call(attempt.number, news)])
    }
}

fn find(job: &Job, number: u32) -> Result<&Attempt, Fault> {
    job.attempts().iter().find(|a| a.number == number).ok_or_else(|| Fault::broken("an effect without its attempt"))
}

fn call<'a>(job: &'a Job, attempt: &'a Attempt, sheet_url: &'a str) -> Call<'a> {
    Call { job: job.id(), attempt: attempt.number, to: &attempt.to, sheet_url, began: attempt.began }
}

fn holder(job: &Job, attempt: u32) -> String {
    format!("{}.{attempt}", job.id())
}

/// How long to wait after a failure before the call; logged here, because the attempt is simply taken back.
fn wait_after(fault: &Fault, job: &Job, attempt: u32) -> SignedDuration {
    tracing::warn!(job.id = %job.id(), attempt.number = attempt, error = %fault, "not dialled");
    match fault {
        Fault::Retry { wait, .. } => (*wait).max(SignedDuration::from_secs(5)),
        Fault::Broken(_) => SignedDuration::from_mins(15),
    }
}
