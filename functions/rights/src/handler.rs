//! `POST /api/rights`, `POST /api/rights/key`, `GET` and `DELETE /api/rights/faxes`.

use std::sync::Arc;

use justfax::{
    email::EmailAddress,
    export::{Export, export},
    flow::rights::{self, Asked},
    job::{Job, event::Rules},
    language::Language,
    lookup::LookupKey,
    mail::Letterhead,
};
use justfax_aws::{jobs::JobsTable, mail::PostOffice, nudges::Queues, system::System};
use justfax_edge::{Answered, Call, Code, Problem, json};
use serde::{Deserialize, Serialize};
use serde_json::Value;

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
struct AskRights {
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

/// The service's name, as the operator's configuration has it.
pub(crate) fn service_name() -> Result<String, serde_json::Error> {
    let operator: Value = serde_json::from_str(include_str!("../../../infra/operator.json"))?;
    Ok(operator["service"].as_str().unwrap_or_default().to_owned())
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
        _ => Err(Code::NotFound.into()),
    }
}

async fn ask(world: &World, call: &Call) -> Answered {
    let wish: AskRights = call.body()?;
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
