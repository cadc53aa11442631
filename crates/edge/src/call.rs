//! A call of the HTTP API: its path, its body, its caller's secret.

use std::{future::Future, sync::Arc};

use justfax::{
    flow::record::Recorded,
    ids::{DocumentId, JobId, Secret},
    job::Job,
    language::Language,
    ports::{ReadJobs, Stored},
};
use lambda_http::{Body, Error, Request, Response, service_fn};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    apart::apart,
    problem::{Code, Problem},
};

/// An answer or a problem.
pub type Answered = Result<Response<Body>, Problem>;

/// A call as a function sees it.
#[derive(Debug)]
pub struct Call {
    request: Request,
}

/// Serves the calls of one function until Lambda ends it.
///
/// # Errors
/// What the Lambda runtime cannot survive.
pub async fn serve<W, H, F>(world: W, handler: H) -> Result<(), Error>
where
    W: Send + Sync + 'static,
    H: Fn(Arc<W>, Call) -> F + Copy + Send + Sync,
    F: Future<Output = Answered> + Send + 'static,
{
    let world = Arc::new(world);
    lambda_http::run(service_fn(move |request: Request| {
        let world = Arc::clone(&world);
        let call = Call { request };
        let language = call.language();
        let answer = apart(handler(world, call));
        async move {
            let answered = answer.await.unwrap_or_else(|panicked| Err(panicked.into()));
            Ok::<_, Error>(answered.unwrap_or_else(|problem| problem.response(language)))
        }
    }))
    .await
}

/// An answer in JSON that nobody may keep.
///
/// # Errors
/// [`Code::Internal`] when the value cannot be written.
pub fn json(status: u16, value: &impl Serialize) -> Answered {
    let body = serde_json::to_string(value).map_err(|_| Problem::from(Code::Internal))?;
    Response::builder()
        .status(status)
        .header("Content-Type", "application/json")
        .header("Cache-Control", "no-store")
        .body(Body::Text(body))
        .map_err(|_| Code::Internal.into())
}

/// A PDF file to keep, under a name of letters, digits and hyphens.
///
/// # Errors
/// [`Code::Internal`] when the name does not fit a header.
pub fn pdf(name: &str, file: Vec<u8>) -> Answered {
    Response::builder()
        .status(200)
        .header("Content-Type", "application/pdf")
        .header("Content-Disposition", format!("attachment; filename=\"{name}\""))
        .header("Cache-Control", "no-store")
        .body(Body::Binary(file))
        .map_err(|_| Code::Internal.into())
}

impl Call {
    /// Wraps a request, for tests.
    pub fn new(request: Request) -> Self {
        Self { request }
    }

    /// Method and path segments after `/api`, e.g. `("POST", ["jobs"])`.
    pub fn route(&self) -> (&str, Vec<&str>) {
        let path = self.request.uri().path();
        let path = path.split_once("/api/").map_or("", |(_, rest)| rest);
        (self.request.method().as_str(), path.split('/').filter(|s| !s.is_empty()).collect())
    }

    /// The language asked for.
    pub fn language(&self) -> Language {
        Language::preferred(self.header("accept-language"))
    }

    /// A header as text, empty where it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.request.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// The body as it came.
    pub fn bytes(&self) -> &[u8] {
        self.request.body()
    }

    /// The body as JSON of the documented form.
    ///
    /// # Errors
    /// [`Code::BadRequest`].
    pub fn body<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        serde_json::from_slice(self.bytes()).map_err(|_| Code::BadRequest.into())
    }

    /// The secret that the caller presents.
    ///
    /// # Errors
    /// [`Code::NotFound`] when there is none, or it is none: the same as for one that opens nothing.
    pub fn secret(&self) -> Result<Secret, Problem> {
        let secret = self.header("authorization").strip_prefix("Bearer ").and_then(|text| Secret::parse(text).ok());
        secret.ok_or_else(|| Code::NotFound.into())
    }

    /// The Job that a path names and the caller's secret opens. An unknown Job, a Job of somebody else and a name that
    /// is no name get the same answer.
    ///
    /// # Errors
    /// [`Code::NotFound`], or trouble on our side.
    pub async fn job(&self, port: &impl ReadJobs, id: &str) -> Result<Stored, Problem> {
        let not_found = Problem::from(Code::NotFound);
        let id = JobId::parse(id).map_err(|_| not_found)?;
        let secret = self.secret()?;
        let stored = port.load(&id).await?.ok_or(not_found)?;
        if stored.job.opens_with(&secret) { Ok(stored) } else { Err(not_found) }
    }
}

/// A Document named by a path.
///
/// # Errors
/// [`Code::NotFound`].
pub fn document(text: &str) -> Result<DocumentId, Problem> {
    DocumentId::parse(text).map_err(|_| Code::NotFound.into())
}

/// The Job after an event, or why it did not move.
///
/// # Errors
/// The refusal as a problem.
pub fn moved(recorded: Recorded) -> Result<Job, Problem> {
    match recorded {
        Recorded::Moved(job) => Ok(*job),
        Recorded::Refused(refused, _) => Err(refused.into()),
        Recorded::Unknown => Err(Code::NotFound.into()),
    }
}
