//! One sender's life: uploads, orders, pays, waits, loses patience, in a world that fails all the time.
//!
//! The sender is as stubborn as a person with a deadline: what is not answered, or answered with trouble, is tried again. An
//! answer that is a decision (a problem below 500) is believed.

use std::{collections::BTreeSet, time::Duration};

use tokio::time::{Instant, sleep};

use super::{
    living::Living,
    plan::{Afterwards, Meanwhile, Paying, Plan},
};
use crate::client::{Client, Failure, JobClient, JobView, NewDocument, PaymentForm, Stage, Upload, upload};

/// How long one call is tried again.
const STUBBORN: Duration = Duration::from_mins(4);
/// How long a whole life may last; redials, lapsed leases and lost news add up to some minutes each.
const LIFE: Duration = Duration::from_mins(25);
/// A file that is still not converted after this long is uploaded again.
const CONVERTED_WITHIN: Duration = Duration::from_mins(4);
/// Between two looks at the status page.
const LOOK: Duration = Duration::from_secs(3);

/// What a sender lived through, as far as a sender can know.
#[derive(Debug)]
pub(super) struct Life {
    /// What they set out to do.
    pub(super) plan: Plan,
    /// The Job, once it was open.
    pub(super) job: Option<JobClient>,
    /// The price ordered at, in minor units.
    pub(super) price: i64,
    /// The last stage seen.
    pub(super) stage: Option<Stage>,
    /// Whether the fax was seen on its way.
    pub(super) sent: bool,
    /// After how many attempts a mail about an undelivered fax was waited for, each time.
    pub(super) undelivered_mails: BTreeSet<usize>,
    /// Whether they cancelled, erased, or took the money back.
    pub(super) withdrew: bool,
    /// What they never got past.
    pub(super) trouble: Option<String>,
}

/// Lives a whole life.
pub(super) async fn live(client: &Client, plan: Plan, living: &Living) -> Life {
    let mut life = Life {
        plan,
        job: None,
        price: 0,
        stage: None,
        sent: false,
        undelivered_mails: BTreeSet::new(),
        withdrew: false,
        trouble: None,
    };
    let lived = tokio::time::timeout(LIFE, life.all(client, living)).await;
    life.trouble = match lived {
        Ok(Ok(())) => None,
        Ok(Err(failure)) => Some(failure.to_string()),
        Err(_) => Some(format!("still {:?} after {} minutes", life.stage, LIFE.as_secs() / 60)),
    };
    if let Some(job) = &life.job {
        living.gone(&job.id);
    }
    life
}

impl Life {
    async fn all(&mut self, client: &Client, living: &Living) -> Result<(), Failure> {
        let job = self.upload(client, living).await?;
        self.pay(client, &job).await?;
        self.wait(&job).await?;
        if self.plan.tidies_up && !matches!(self.stage, Some(Stage::Delivered | Stage::Purged)) {
            self.erase(&job).await?;
        }
        let view = until(&job, JobView::is_settled).await?;
        self.stage = Some(view.stage);
        Ok(())
    }

    /// Opens the Job, uploads, and waits for the pages.
    async fn upload(&mut self, client: &Client, living: &Living) -> Result<JobClient, Failure> {
        let text = document(&self.plan);
        let announced = [NewDocument { name: "note.txt".to_owned(), bytes: text.len() as u64 }];
        let opened = insist(|| client.open_job("de", &announced)).await?;
        let job = client.job(&opened.job, &opened.secret);
        self.job = Some(job.clone());
        for form in &opened.uploads {
            living.born(&opened.job, &form.document);
            put(client, form, text.as_bytes()).await?;
        }
        let mut asked = Instant::now();
        loop {
            let view = insist(|| job.view()).await?;
            self.stage = Some(view.stage);
            if view.documents.iter().all(|document| document.state != "awaited") {
                return if view.stage == Stage::Ready { Ok(job) } else { Err(otherwise(&view)) };
            }
            if asked.elapsed() > CONVERTED_WITHIN {
                asked = Instant::now();
                for form in &opened.uploads {
                    put(client, form, text.as_bytes()).await?;
                }
            }
            sleep(LOOK).await;
        }
    }

    async fn pay(&mut self, client: &Client, job: &JobClient) -> Result<(), Failure> {
        if self.plan.paying == Paying::SecondOrder {
            let first = self.plan.corrected.clone();
            self.order(client, job, &first).await?;
        }
        let to = self.plan.to.clone();
        let page = self.order(client, job, &to).await?;
        match self.plan.paying {
            Paying::Never => return Ok(()),
            Paying::SecondCard => {
                page.decline().await?;
            }
            Paying::SecondThoughts => {
                page.abandon().await?;
            }
            _ => {}
        }
        let method = match self.plan.paying {
            Paying::Bank => "bank",
            Paying::SlowBank => "slow_bank",
            _ => "card",
        };
        let left = page.pay(method).await?;
        if left.status == 303 {
            Ok(())
        } else {
            Err(Failure::Unpromised { operation: "paying", status: left.status, why: left.page })
        }
    }

    async fn order(&mut self, client: &Client, job: &JobClient, to: &str) -> Result<PaymentForm, Failure> {
        let quote = insist(|| job.quote(to, None)).await?;
        self.price = i64::from(quote.price.amount);
        let email = format!("{}@example.org", job.id);
        let page = insist(|| job.checkout(to, &email, &quote.price, "de")).await?;
        Ok(PaymentForm::new(client.http(), &page.url))
    }

    /// Watches the status page until the Job is over for this sender.
    async fn wait(&mut self, job: &JobClient) -> Result<(), Failure> {
        if self.plan.paying == Paying::Never {
            self.withdrew = true;
            self.stage = Some(insist(|| job.cancel()).await?.stage);
            return Ok(());
        }
        let since = Instant::now();
        loop {
            let view = insist(|| job.view()).await?;
            self.stage = Some(view.stage);
            self.sent |= matches!(view.stage, Stage::Sending | Stage::Undelivered | Stage::Delivered);
            match view.stage {
                Stage::Delivered | Stage::Failed | Stage::Purged => return Ok(()),
                Stage::Ready if self.withdrew => return Ok(()),
                Stage::Undelivered => self.react(job).await?,
                _ => self.lose_patience(job, &view, since.elapsed()).await?,
            }
            sleep(LOOK).await;
        }
    }

    async fn lose_patience(&mut self, job: &JobClient, view: &JobView, waited: Duration) -> Result<(), Failure> {
        match self.plan.meanwhile {
            Meanwhile::Cancels(after) if waited > Duration::from_millis(after) && view.allows("cancel") => {
                match insist(|| job.cancel()).await {
                    Ok(_) => self.withdrew = true,
                    Err(Failure::Problem(problem)) if problem.code == "wrong_stage" => {
                        // Being dialled just now; or cancelled by the call whose answer got lost.
                        let now = insist(|| job.view()).await?.stage;
                        self.withdrew |= now == Stage::Ready;
                    }
                    Err(other) => return Err(other),
                }
            }
            Meanwhile::Erases(after) if waited > Duration::from_millis(after) && !self.withdrew => {
                self.erase(job).await?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Does what was planned for a fax that was not delivered. A correction that did not help is the last.
    async fn react(&mut self, job: &JobClient) -> Result<(), Failure> {
        if self.plan.reads_mail {
            let view = until(job, |view| view.mails.iter().all(|mail| mail.state == "sent")).await?;
            self.undelivered_mails.insert(view.attempts.len());
        }
        let corrected = match self.plan.afterwards {
            Afterwards::Corrects => self.plan.corrected.clone(),
            Afterwards::CorrectsWrongly => unallocated(&self.plan.corrected),
            Afterwards::MoneyBack => {
                self.withdrew = true;
                return decided(insist(|| job.money_back()).await);
            }
            Afterwards::Erases => return self.erase(job).await,
        };
        self.plan.afterwards = Afterwards::MoneyBack;
        decided(insist(|| job.correct_number(&corrected)).await)
    }

    async fn erase(&mut self, job: &JobClient) -> Result<(), Failure> {
        self.withdrew = true;
        decided(insist(|| job.erase()).await)
    }
}

/// The text that is faxed: of one page, or of two.
fn document(plan: &Plan) -> String {
    let line = |line| format!("Sender {}, line {line}: nothing may be lost.\n", plan.index);
    (1..=plan.lines).map(line).collect()
}

/// The same number as one that is not given to anybody.
fn unallocated(number: &str) -> String {
    format!("{}07", &number[..number.len() - 2])
}

/// A refusal for a stage that has passed is an answer: the call before it had done it, or the world was quicker.
fn decided<T>(answer: Result<T, Failure>) -> Result<(), Failure> {
    match answer {
        Ok(_) => Ok(()),
        Err(Failure::Problem(problem)) if matches!(problem.code.as_str(), "wrong_stage" | "price_changed") => Ok(()),
        Err(other) => Err(other),
    }
}

async fn put(client: &Client, form: &Upload, bytes: &[u8]) -> Result<(), Failure> {
    insist(|| async {
        let uploaded = upload(client.http(), form, bytes).await?;
        if uploaded.status == 204 {
            return Ok(());
        }
        Err(Failure::Unpromised { operation: "upload", status: uploaded.status, why: uploaded.body })
    })
    .await
}

/// Tries a call until it is answered.
async fn insist<T, F: Future<Output = Result<T, Failure>>>(call: impl Fn() -> F) -> Result<T, Failure> {
    let since = Instant::now();
    loop {
        match call().await {
            Ok(answer) => return Ok(answer),
            Err(Failure::Problem(problem)) if problem.status < 500 => return Err(Failure::Problem(problem)),
            Err(failure) if since.elapsed() > STUBBORN => return Err(failure),
            Err(_) => sleep(Duration::from_millis(700)).await,
        }
    }
}

/// Looks until something is true; the life's own limit ends it.
async fn until(job: &JobClient, wanted: impl Fn(&JobView) -> bool) -> Result<JobView, Failure> {
    loop {
        let view = insist(|| job.view()).await?;
        if wanted(&view) {
            return Ok(view);
        }
        sleep(LOOK).await;
    }
}

fn otherwise(view: &JobView) -> Failure {
    Failure::Unpromised { operation: "conversion", status: 200, why: format!("{:?}", view.documents) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(code: &str) -> Result<(), Failure> {
        let problem = serde_json::json!({"status": 409, "code": code, "title": "t"});
        Err(Failure::Problem(serde_json::from_value(problem).unwrap()))
    }

    #[test]
    fn a_wish_that_came_too_late_is_an_answer_and_anything_else_is_not() {
        assert!(decided(problem("wrong_stage")).is_ok());
        assert!(decided(problem("not_found")).is_err());
    }

    #[test]
    fn a_wrong_correction_leads_to_a_number_that_nobody_has() {
        assert_eq!(unallocated("+493023125911"), "+493023125907");
    }
}
