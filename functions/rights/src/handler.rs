//! `POST /api/rights`, `POST /api/rights/key`, `GET` and `DELETE /api/rights/faxes`, `PUT` and `DELETE /api/jobs/{job}/link`.

use std::sync::Arc;

use justfax::{
    email::EmailAddress,
    export::{Export, export},
    flow::{
        links,
        record::record,
        rights::{self, Asked},
    },
    job::{
        Job,
        event::{Event, Rules},
    },
    language::Language,
    lookup::LookupKey,
    mail::Letterhead,
    view,
};
use justfax_aws::{jobs::JobsTable, mail::PostOffice, nudges::Queues, system::System};
use justfax_edge::{Answered, Call, Code, Problem, call::moved, json};
use serde::{Deserialize, Serialize};

/// What this function may do.
pub(crate) struct World {
    pub(crate) jobs: JobsTable,
    pub(crate) nudges: Queues,
    pub(crate) post: PostOffice,
    pub(crate) lookup: LookupKey,
    pub(crate) letterhead: Letterhead,
    pub(crate) rules: Rules,
    pub(crate) system: System,
}

justfax::delegate!(World {
    ReadJobs => jobs;
    Jobs => jobs;
    JobsOf => jobs;
    DataKeys => jobs;
    Limits => jobs;
    Nudges => nudges;
    Post => post;
    Clock => system;
    Entropy => system;
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AskMail {
    email: String,
    language: Language,
}

#[derive(Serialize)]
struct DataKey {
    key: String,
    expires: String,
}

#[derive(Serialize)]
struct FaxesOf {
    faxes: Vec<Export>,
}

pub(crate) async fn handle(world: Arc<World>, call: Call) -> Answered {
    let (method, path) = call.route();
    match (method, path.as_slice()) {
        ("POST", ["rights"]) => ask(&world, &call).await,
        ("POST", ["rights", "key"]) => {
            let opened = rights::open(&*world, &call.secret()?).await?;
            let (key, expires) = opened.ok_or(Code::NotFound)?;
            json(200, &DataKey { key: key.reveal().to_owned(), expires: expires.to_string() })
        }
        ("GET", ["rights", "faxes"]) => told(200, rights::faxes(&*world, &call.secret()?).await?),
        ("DELETE", ["rights", "faxes"]) => {
            let left = rights::erase(&*world, &world.rules, &call.secret()?).await?;
            tracing::info!(faxes = left.as_ref().map(Vec::len), "erased by their address");
            told(202, left)
        }
        ("PUT", ["jobs", job, "link"]) => link(&world, &call, job).await,
        ("DELETE", ["jobs", job, "link"]) => {
            let job = call.job(&*world, job).await?.job;
            let job = moved(record(&*world, &world.rules, job.id(), &Event::ReminderDeclined).await?)?;
            json(200, &view::view(&job, &world.rules, Vec::new()))
        }
        _ => Err(Code::NotFound.into()),
    }
}

async fn link(world: &World, call: &Call, job: &str) -> Answered {
    let job = call.job(world, job).await?.job;
    let AskMail { email, language } = call.body()?;
    let address = EmailAddress::parse(&email).map_err(|_| Problem::with(Code::EmailInvalid, "email"))?;
    match links::ask(world, &world.lookup, &job, &call.secret()?, &address, language).await? {
        links::Asked::Owed(job) => {
            tracing::info!(job.id = %job.id(), "link asked for by mail");
            json(202, &view::view(&job, &world.rules, Vec::new()))
        }
        links::Asked::Refused(refused) => Err(refused.into()),
        links::Asked::TooMany => Err(Code::TooManyLinks.into()),
        links::Asked::Unknown => Err(Code::NotFound.into()),
    }
}

async fn ask(world: &World, call: &Call) -> Answered {
    let wish: AskMail = call.body()?;
    let address = EmailAddress::parse(&wish.email).map_err(|_| Problem::with(Code::EmailInvalid, "email"))?;
    match rights::ask(world, &world.lookup, &world.letterhead, &address, wish.language).await? {
        Asked::Answered => json(202, &serde_json::json!({})),
        Asked::TooMany => Err(Code::TooManyRequests.into()),
    }
}

fn told(status: u16, jobs: Option<Vec<Job>>) -> Answered {
    let jobs = jobs.ok_or(Code::NotFound)?;
    json(status, &FaxesOf { faxes: jobs.iter().map(export).collect() })
}
