//! What the flows ask about people: their Jobs, their keys, and how often they came.

use justfax::{
    Timestamp,
    fault::Fault,
    ids::{JobId, SecretHash},
    ports::{DataKeys, JobsOf, KeyUse, Limits},
};

use super::{Reply, Request, Wire, unfit};

fn is_link(used: KeyUse) -> bool {
    used == KeyUse::Link
}

impl JobsOf for Wire {
    async fn jobs_of(&self, email_hash: &str) -> Result<Vec<JobId>, Fault> {
        match self.ask(Request::JobsOf(email_hash.to_owned())).await? {
            Reply::Listed(jobs) => Ok(jobs),
            other => Err(unfit(&other)),
        }
    }
}

impl Limits for Wire {
    async fn take_one(&self, name: &str, most: u32, _until: Timestamp) -> Result<bool, Fault> {
        Ok(self.ask(Request::TakeOne(name.to_owned(), most)).await? == Reply::Taken(true))
    }
}

impl DataKeys for Wire {
    async fn keep(&self, key: &SecretHash, used: KeyUse, whose: &str, until: Timestamp) -> Result<(), Fault> {
        self.done(Request::Keep(key.as_str().to_owned(), is_link(used), whose.to_owned(), until)).await
    }

    async fn holder(&self, key: &SecretHash, used: KeyUse, now: Timestamp) -> Result<Option<String>, Fault> {
        match self.ask(Request::Holder(key.as_str().to_owned(), is_link(used), now)).await? {
            Reply::Whose(whose) => Ok(whose),
            other => Err(unfit(&other)),
        }
    }

    async fn spend(&self, key: &SecretHash, now: Timestamp) -> Result<bool, Fault> {
        Ok(self.ask(Request::Spend(key.as_str().to_owned(), now)).await? == Reply::Taken(true))
    }
}
