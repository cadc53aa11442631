//! `DELETE /api/jobs/{job}`, `DELETE …/documents/{document}`, `PUT …/documents`, `…/documents/{document}`,
//! `…/resolution`, `PUT` and `DELETE …/cover`, `POST …/cancel`, `…/number`, `…/money-back`.

use std::sync::Arc;

use justfax::{
    flow::{
        arrange::{Change, arrange},
        record::record,
    },
    job::{
        Job,
        event::{Event, Rules},
    },
    number::{Country, FaxNumber},
    tariff::Tariff,
    view,
};
use justfax_aws::{inbox::Queue, jobs::JobsTable, nudges::Queues, system::System};
use justfax_edge::{
    Answered, Call, Code, Problem,
    call::{document, moved},
    json,
};
use serde::Deserialize;

use crate::arranging;

/// What this function may do.
pub(crate) struct World {
    pub(crate) jobs: JobsTable,
    pub(crate) nudges: Queues,
    pub(crate) renderings: Queue,
    pub(crate) rules: Rules,
    pub(crate) tariff: Tariff,
    pub(crate) system: System,
}

justfax::delegate!(World {
    ReadJobs => jobs;
    Jobs => jobs;
    Nudges => nudges;
    Renderings => renderings;
    Clock => system;
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CorrectNumber {
    to: String,
    country: Option<Country>,
}

pub(crate) async fn handle(world: Arc<World>, call: Call) -> Answered {
    let (method, path) = call.route();
    let ["jobs", job, rest @ ..] = path.as_slice() else { return Err(Code::NotFound.into()) };
    let job = call.job(&*world, job).await?.job;
    if let Some(change) = change(&call, method, rest)? {
        let job = moved(arrange(&*world, &world.rules, job.id(), &change).await?)?;
        tracing::info!(job.id = %job.id(), "arranged by the sender");
        return json(200, &view::view(&job, &world.rules, Vec::new()));
    }
    let (status, event) = match (method, rest) {
        ("DELETE", []) => (202, Event::Erased),
        ("DELETE", ["documents", name]) => (200, Event::DocumentRemoved(document(name)?)),
        ("PUT", ["cover"]) => (200, arranging::cover(&call, &job)?),
        ("DELETE", ["cover"]) => (200, Event::CoverRemoved),
        ("POST", ["cancel"]) => (200, Event::Cancelled),
        ("POST", ["money-back"]) => (200, Event::MoneyBack),
        ("POST", ["number"]) => (200, Event::NumberCorrected(corrected(&world, &call, &job)?)),
        _ => return Err(Code::NotFound.into()),
    };
    let job = moved(record(&*world, &world.rules, job.id(), &event).await?)?;
    tracing::info!(job.id = %job.id(), "changed by the sender");
    json(status, &view::view(&job, &world.rules, Vec::new()))
}

/// What the sender wants of files and pages, if that is what the call is about.
fn change(call: &Call, method: &str, rest: &[&str]) -> Result<Option<Change>, Problem> {
    Ok(Some(match (method, rest) {
        ("PUT", ["documents"]) => arranging::order(call)?,
        ("PUT", ["documents", name]) => arranging::pages(call, document(name)?)?,
        ("PUT", ["resolution"]) => arranging::resolution(call)?,
        _ => return Ok(None),
    }))
}

/// The number to dial instead. The money held must fit its price.
fn corrected(world: &World, call: &Call, job: &Job) -> Result<FaxNumber, Problem> {
    let wish: CorrectNumber = call.body()?;
    let to = FaxNumber::parse(&wish.to, wish.country)?;
    let price = world.tariff.price(&to, job.page_count())?;
    if job.order().is_none_or(|order| order.price == price.gross) {
        Ok(to)
    } else {
        Err(Problem::with(Code::PriceChanged, "to"))
    }
}
