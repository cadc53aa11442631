//! The contract in memory: the ports of the proofs, answered by their world.

use std::{
    collections::BTreeSet,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use jiff::{SignedDuration, Timestamp};
use justfax::{
    fault::Fault,
    ids::{DocumentId, JobId},
    redial::Outcome,
};

use super::{BUSY, Case, Kept, Outside, Purse, Unlike};
use crate::{
    wire::{Reply, Request, Wire},
    world::{World, money::Money},
};

/// The world of the proofs as a place.
#[derive(Debug)]
pub struct Memory {
    wire: Wire,
    world: Mutex<World>,
    loses: AtomicBool,
}

justfax::delegate!(Memory {
    Entropy => wire;
    ReadJobs => wire;
    Jobs => wire;
    Overdue => wire;
    JobsOf => wire;
    Lines => wire;
    Limits => wire;
    DataKeys => wire;
    Originals => wire;
    PageShelf => wire;
    FirstPages => wire;
    Eraser => wire;
    Carrier => wire;
    CarrierCopies => wire;
    Checkouts => wire;
    Payments => wire;
    Post => wire;
});

impl Default for Memory {
    fn default() -> Self {
        let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000);
        Self {
            wire: Wire::new(now, 1),
            world: Mutex::new(World::new(Vec::new(), now, None)),
            loses: AtomicBool::new(false),
        }
    }
}

impl Memory {
    /// Runs a case.
    ///
    /// # Errors
    /// What the contract says otherwise.
    pub fn keeps(&self, case: Case<'_>) -> Kept {
        let ended = self.wire.drive(case, |request| self.answer(request));
        ended.unwrap_or_else(|| Err(Unlike::Differs("the case waits for something else than a port".to_owned())))
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: &Request) -> Reply {
        let mut world = self.world();
        let reply = world.answer(request);
        // No record names a page here, and each is shown to the sender at once.
        world.tills.values_mut().for_each(|till| till.shown = true);
        if self.loses.swap(false, Ordering::Relaxed) { request.unanswered() } else { reply }
    }
}

impl Outside for Memory {
    fn now(&self) -> Timestamp {
        self.world().now
    }

    async fn upload(&self, job: &JobId, document: &DocumentId, bytes: Vec<u8>) -> Result<(), Fault> {
        let pages = bytes.first().copied().unwrap_or_default();
        self.world().bytes.entry(job.clone()).or_default().originals.insert(document.clone(), pages);
        Ok(())
    }

    async fn transmission(&self, job: &JobId, attempt: u32) -> Result<String, Fault> {
        let mut world = self.world();
        let bytes = world.bytes.entry(job.clone()).or_default();
        bytes.transmissions.insert(attempt);
        bytes.pictures.insert(attempt);
        Ok(String::new())
    }

    async fn kept(&self, job: &JobId) -> Result<BTreeSet<String>, Fault> {
        let bytes = self.world().bytes.get(job).cloned().unwrap_or_default();
        let originals = bytes.originals.keys().map(|document| format!("uploads/{document}"));
        let pages = bytes.pages.iter().map(|(document, edition)| format!("pages/{document}/{edition}"));
        let transmissions = bytes.transmissions.iter().map(|attempt| format!("transmissions/{attempt}"));
        let pictures = bytes.pictures.iter().map(|attempt| format!("reports/{attempt}"));
        Ok(originals.chain(pages).chain(transmissions).chain(pictures).collect())
    }

    fn lose_answer(&self) {
        self.loses.store(true, Ordering::Relaxed);
    }

    async fn call_over(&self, job: &JobId) -> Result<(), Fault> {
        for call in self.world().calls.0.iter_mut().filter(|call| call.job == *job && call.outcome.is_none()) {
            call.outcome = Some(if call.to == BUSY { Outcome::Busy } else { Outcome::Delivered });
        }
        Ok(())
    }

    async fn calls(&self, job: &JobId) -> Result<usize, Fault> {
        Ok(self.world().calls.0.iter().filter(|call| call.job == *job).count())
    }

    async fn pay(&self, job: &JobId, order: u32, _url: &str, held: bool) -> Result<bool, Fault> {
        Ok(self.world().pay(job, order, held))
    }

    async fn purse(&self, job: &JobId) -> Result<Purse, Fault> {
        let money = self.world().tills.iter().find(|((of, _), _)| of == job).map(|(_, till)| till.money);
        Ok(match money {
            None | Some(Money::None) => Purse::Empty,
            Some(Money::Held(_)) => Purse::Held,
            Some(Money::Captured | Money::Taken) => Purse::Taken,
            Some(Money::Released | Money::Withdrawn) => Purse::Released,
            Some(Money::Refunded) => Purse::PaidBack,
        })
    }

    async fn mails(&self, name: &str, _wanted: usize) -> Result<usize, Fault> {
        Ok(self.world().mails.get(name).copied().unwrap_or_default().into())
    }
}
