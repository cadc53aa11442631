//! `GET /api/jobs/{job}` and `GET /api/jobs/{job}/export`.

use std::sync::Arc;

use justfax::{
    export::export,
    fault::Fault,
    job::{Job, event::Rules},
    ports::PreviewLinks,
    view,
};
use justfax_aws::{files::Documents, jobs::JobsTable};
use justfax_edge::{Answered, Call, Code, json};

/// What this function may do.
pub(crate) struct World {
    pub(crate) jobs: JobsTable,
    pub(crate) files: Documents,
    pub(crate) rules: Rules,
}

justfax::delegate!(World {
    ReadJobs => jobs;
    PreviewLinks => files;
});

pub(crate) async fn handle(world: Arc<World>, call: Call) -> Answered {
    let ("GET", path) = call.route() else { return Err(Code::NotFound.into()) };
    let (job, is_export) = match path.as_slice() {
        ["jobs", job] => (job, false),
        ["jobs", job, "export"] => (job, true),
        _ => return Err(Code::NotFound.into()),
    };
    let job = call.job(&*world, job).await?.job;
    if is_export {
        return json(200, &export(&job));
    }
    let links = links(&*world, &job).await?;
    json(200, &view::view(&job, &world.rules, links))
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
