//! `POST /api/jobs` and `POST /api/jobs/{job}/documents`.

use std::{collections::BTreeMap, sync::Arc};

use justfax::{
    document::{MOST_DOCUMENT_BYTES, MOST_DOCUMENTS},
    flow::open::{self, Announced, Uploads},
    language::Language,
};
use justfax_aws::{jobs::JobsTable, system::System, uploads::UploadSigner};
use justfax_edge::{Answered, Call, Code, Problem, json};
use serde::{Deserialize, Serialize};

/// What this function may do.
pub(crate) struct World {
    pub(crate) jobs: JobsTable,
    pub(crate) uploads: UploadSigner,
    pub(crate) system: System,
}

justfax::delegate!(World {
    ReadJobs => jobs;
    Jobs => jobs;
    UploadDesk => uploads;
    Clock => system;
    Entropy => system;
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OpenJob {
    language: Language,
    documents: Vec<NewDocument>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AddDocuments {
    documents: Vec<NewDocument>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewDocument {
    name: String,
    bytes: u64,
}

#[derive(Serialize)]
struct OpenedJob {
    job: String,
    secret: String,
    uploads: Vec<UploadView>,
    kept_until: String,
}

#[derive(Serialize)]
struct UploadsView {
    uploads: Vec<UploadView>,
}

#[derive(Serialize)]
struct UploadView {
    document: String,
    url: String,
    fields: BTreeMap<String, String>,
}

pub(crate) async fn handle(world: Arc<World>, call: Call) -> Answered {
    match call.route() {
        ("POST", path) if path == ["jobs"] => open(&world, &call).await,
        ("POST", path) if path.len() == 3 && path[0] == "jobs" && path[2] == "documents" => {
            add(&world, &call, path[1]).await
        }
        _ => Err(Code::NotFound.into()),
    }
}

async fn open(world: &World, call: &Call) -> Answered {
    let wish: OpenJob = call.body()?;
    let files = announced(wish.documents)?;
    let (job, secret, uploads) = open::open(world, wish.language, &files).await?;
    tracing::info!(job.id = %job.id(), documents = files.len(), "opened");
    let answer = OpenedJob {
        job: job.id().to_string(),
        secret: secret.reveal().to_owned(),
        uploads: views(uploads),
        kept_until: job.kept_until().to_string(),
    };
    json(201, &answer)
}

async fn add(world: &World, call: &Call, job: &str) -> Answered {
    let stored = call.job(world, job).await?;
    let wish: AddDocuments = call.body()?;
    let files = announced(wish.documents)?;
    let uploads = open::add(world, stored.job, stored.version, &files).await?;
    json(201, &UploadsView { uploads: views(uploads) })
}

fn announced(documents: Vec<NewDocument>) -> Result<Vec<Announced>, Problem> {
    if documents.is_empty() || documents.len() > MOST_DOCUMENTS {
        return Err(Problem::with(Code::TooManyDocuments, "documents"));
    }
    if documents.iter().any(|d| d.bytes == 0) {
        return Err(Problem::with(Code::EmptyDocument, "documents"));
    }
    if documents.iter().any(|d| d.bytes > MOST_DOCUMENT_BYTES) {
        return Err(Problem::with(Code::DocumentTooLarge, "documents"));
    }
    if documents.iter().any(|d| d.name.is_empty() || d.name.len() > 1000) {
        return Err(Problem::with(Code::BadRequest, "documents"));
    }
    Ok(documents.into_iter().map(|d| Announced { name: d.name, bytes: d.bytes }).collect())
}

fn views(uploads: Uploads) -> Vec<UploadView> {
    let view = |(document, upload): (justfax::ids::DocumentId, justfax::ports::Upload)| UploadView {
        document: document.to_string(),
        url: upload.url,
        fields: upload.fields.into_iter().collect(),
    };
    uploads.into_iter().map(view).collect()
}
