//! `GET /api/jobs/{job}`, with `/cover`, `/export` and `/report`, and `GET /api/report-keys`.

use std::sync::Arc;

use data_encoding::BASE64;
use justfax::{
    export::export,
    fault::Fault,
    flow::{record::record, settle::report_of},
    job::{
        Job,
        event::{Event, Rules},
    },
    ports::PreviewLinks,
    report, view,
};
use justfax_aws::{files::Documents, jobs::JobsTable, nudges::Queues, system::System};
use justfax_edge::{Answered, Call, Code, call::pdf, json};
use justfax_pages::{COLUMNS, cover, preview};
use justfax_report::{ReportWriter, seal::KeyList};
use serde::Serialize;

/// What this function may do.
pub(crate) struct World {
    pub(crate) jobs: JobsTable,
    pub(crate) nudges: Queues,
    pub(crate) files: Documents,
    pub(crate) reports: ReportWriter,
    pub(crate) rules: Rules,
    pub(crate) system: System,
    /// What the header line of every page begins with.
    pub(crate) header_sender: String,
}

#[derive(Serialize)]
struct CoverPage {
    columns: usize,
    rows: usize,
    rows_per_inch: u32,
    picture: String,
}

justfax::delegate!(World {
    ReadJobs => jobs;
    Jobs => jobs;
    Nudges => nudges;
    PreviewLinks => files;
    FirstPages => files;
    Reports => reports;
    Clock => system;
});

pub(crate) async fn handle(world: Arc<World>, call: Call) -> Answered {
    let ("GET", path) = call.route() else { return Err(Code::NotFound.into()) };
    match path.as_slice() {
        ["report-keys"] => json(200, &KeyList { keys: vec![world.reports.key.public()] }),
        ["jobs", job] => {
            let job = call.job(&*world, job).await?.job;
            let links = links(&*world, &job).await?;
            json(200, &view::view(&job, &world.rules, links).with_header(&world.header_sender))
        }
        ["jobs", job, "cover"] => cover(&call.job(&*world, job).await?.job),
        ["jobs", job, "export"] => json(200, &export(&call.job(&*world, job).await?.job)),
        ["jobs", job, "report"] => {
            let job = call.job(&*world, job).await?.job;
            let report = report_of(&*world, &job).await?.ok_or(Code::WrongStage)?;
            fetched(&world, &job).await;
            pdf(&report::file_name(&job), report)
        }
        _ => Err(Code::NotFound.into()),
    }
}

/// The picture in a report goes once the sender has it (promise P1). Who asks has the report whatever comes of this: a
/// picture that stays is deleted by its time.
async fn fetched(world: &World, job: &Job) {
    if let Err(fault) = record(world, &world.rules, job.id(), &Event::ReportFetched).await {
        tracing::warn!(job.id = %job.id(), error = %fault, "the picture waits for its time");
    }
}

/// The cover page in the answer itself, not at an address: it changes with the number of pages.
fn cover(job: &Job) -> Answered {
    let page = if job.is_over() { None } else { cover::of(job).map_err(|_| Code::Internal)? };
    let page = page.ok_or(Code::NotFound)?;
    let picture = format!("data:image/png;base64,{}", BASE64.encode(&preview::png(&page)));
    let rows_per_inch = page.resolution().rows_per_inch();
    json(200, &CoverPage { columns: COLUMNS, rows: page.rows(), rows_per_inch, picture })
}

/// Addresses of the pictures of every page, none once the documents are gone.
async fn links(port: &impl PreviewLinks, job: &Job) -> Result<Vec<(String, String)>, Fault> {
    let mut links = Vec::new();
    if job.is_over() {
        return Ok(links);
    }
    for (document, rendering) in job.documents().iter().filter_map(|d| Some((d, d.rendering()?))) {
        for (number, _) in (1..).zip(&rendering.pages) {
            links.push(port.link(job.id(), &document.id, rendering.edition, number).await?);
        }
    }
    Ok(links)
}
