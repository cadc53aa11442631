//! A sender with witnesses: opens Jobs on the running stack, and at the end of a journey asks everybody what is left.

use std::{path::Path, sync::Arc};

use justfax_tests::{
    aws::Aws,
    client::{
        Client, Desk, Exchange, Failure, Intent, JobClient, JobView, NewDocument, OpenedJob, PaymentForm, Problem,
        Raster, Stage, upload, wait_for,
    },
    send::previews,
    stack::{Stack, http},
};

use crate::{contract::Contract, samples, stack::stack};

/// How long anything may take, in seconds: two cores, two journeys at once, and conversions of 200 pages.
pub(crate) const PATIENCE: u64 = 240;

/// One running stack and everybody who can be asked about it.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) stack: Stack,
    /// Speaks German; each of its answers is held against `docs/openapi.yaml`.
    pub(crate) client: Client,
    pub(crate) desk: Desk,
    pub(crate) aws: Aws,
}

impl World {
    pub(crate) fn get() -> Self {
        let (stack, http) = (stack(), http().expect("an HTTP client"));
        let ours = Contract::ours();
        let witness = move |seen: &Exchange<'_>| {
            let faults = ours.answer_faults(seen.operation, seen.status, seen.content_type, seen.body);
            if faults.is_empty() { Ok(()) } else { Err(format!("{} in {:.600}", faults.join("; "), seen.body)) }
        };
        Self {
            client: Client::new(http.clone(), &stack.api, "de").watched_by(Arc::new(witness)),
            desk: Desk::new(&http, &stack.site),
            aws: Aws::new(http, stack.clone()),
            stack,
        }
    }

    /// Opens a Job for these files without uploading.
    pub(crate) async fn announce(&self, files: &[(&str, &[u8])]) -> OpenedJob {
        self.client.open_job("de", &announced(files)).await.unwrap_or_else(|error| panic!("{error}"))
    }

    /// Opens a Job and uploads these files.
    pub(crate) async fn upload(&self, files: &[(&str, &[u8])]) -> Journey {
        let opened = self.announce(files).await;
        for (form, (_, bytes)) in opened.uploads.iter().zip(files) {
            let uploaded = upload(self.client.http(), form, bytes).await.expect("the storage answers");
            assert_eq!(uploaded.status, 204, "{}", uploaded.body);
        }
        Journey::new(self.clone(), &opened)
    }

    /// Opens a Job with these samples and waits for their pages.
    pub(crate) async fn prepare(&self, names: &[&str]) -> Journey {
        let files: Vec<_> = names.iter().map(|name| (*name, samples::read(name))).collect();
        let files: Vec<_> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
        self.upload(&files).await.prepared().await
    }

    /// Opens a Job with any one file and waits for its pages.
    pub(crate) async fn prepare_file(&self, file: &Path) -> Journey {
        let bytes = std::fs::read(file).expect("the file is there");
        self.upload(&[("document.pdf", &bytes)]).await.prepared().await
    }
}

/// What is announced for files.
pub(crate) fn announced(files: &[(&str, &[u8])]) -> Vec<NewDocument> {
    files.iter().map(|(name, bytes)| NewDocument { name: (*name).to_owned(), bytes: bytes.len() as u64 }).collect()
}

/// A test number of the German range: what the far end does is chosen by the ending. Each test takes a `slot` of its own,
/// because two faxes to one number wait for each other.
pub(crate) fn number(slot: u8, ending: &str) -> String {
    assert!(slot < 10, "one digit");
    format!("+4930 23125{slot}{ending}").replace(' ', "")
}

/// A number of the same range behind which a machine simply answers; again one for each test.
pub(crate) fn answering(slot: u8) -> String {
    assert!((11..100).contains(&slot), "endings up to 10 have meanings of their own");
    format!("+493023125{}", 100 + u32::from(slot))
}

/// One Job on its way.
pub(crate) struct Journey {
    pub(crate) world: World,
    pub(crate) job: JobClient,
    /// The pages as the sender was shown them.
    pub(crate) shown: Vec<Raster>,
    finished: bool,
}

impl Journey {
    pub(crate) fn new(world: World, opened: &OpenedJob) -> Self {
        let job = world.client.job(&opened.job, &opened.secret);
        Self { world, job, shown: Vec::new(), finished: false }
    }

    /// Waits until every file is pages or refused.
    pub(crate) async fn converted(&self) -> JobView {
        let done = |view: &JobView| view.documents.iter().all(|document| document.state != "awaited");
        self.job.until("conversion", PATIENCE, done).await.unwrap_or_else(|error| panic!("{error}"))
    }

    /// Waits until nothing of the Job is in the bucket.
    pub(crate) async fn gone(&self) {
        let look = || async {
            let keys = self.world.aws.keys_of(&self.job.id).await.expect("the bucket answers");
            Ok(if keys.is_empty() { Ok(()) } else { Err(keys) })
        };
        wait_for("deletion of every copy", PATIENCE, look).await.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Waits until every file is pages, and looks at each.
    pub(crate) async fn prepared(mut self) -> Self {
        let view = self.converted().await;
        assert_eq!(view.stage, Stage::Ready, "{:?}", view.documents);
        self.shown = previews(&self.world.client, &view).await.expect("every preview is a picture");
        self
    }

    /// Where mails of this Job go.
    pub(crate) fn email(&self) -> String {
        format!("{}@example.org", self.job.id)
    }

    /// Orders to a number at the price quoted.
    pub(crate) async fn order(&self, to: &str) -> PaymentForm {
        let quote = self.job.quote(to, Some("DE")).await.unwrap_or_else(|error| panic!("{error}"));
        let page =
            self.job.checkout(to, &self.email(), &quote.price, "de").await.unwrap_or_else(|error| panic!("{error}"));
        PaymentForm::new(self.world.client.http(), &page.url)
    }

    /// Orders and pays by card.
    pub(crate) async fn pay(&self, to: &str) {
        let left = self.order(to).await.pay("card").await.expect("the payment page answers");
        assert_eq!(left.status, 303, "{}", left.page);
        let location = left.location.unwrap_or_default();
        assert!(location.starts_with(&format!("{}/de/status/#{}", self.world.stack.site, self.job.id)), "{location}");
    }

    /// Waits for a stage.
    pub(crate) async fn reach(&self, stage: Stage) -> JobView {
        self.job.until_stage(stage, PATIENCE).await.unwrap_or_else(|error| panic!("{error}"))
    }

    /// Waits until an ended Job owes nothing any more.
    pub(crate) async fn settled(&self) -> JobView {
        self.job
            .until("money, copies and mails", PATIENCE, JobView::is_settled)
            .await
            .unwrap_or_else(|error| panic!("{error}"))
    }

    /// Kinds of the mails in the mailbox, oldest first.
    pub(crate) async fn mail_kinds(&self) -> Vec<String> {
        let mails = self.world.desk.mails(&self.job.id).await.expect("the mailbox answers");
        mails.into_iter().map(|(kind, _)| kind).collect()
    }

    /// Ends the journey: erases what may be kept, then fails on everything that is left behind.
    pub(crate) async fn finish(mut self) {
        self.finished = true;
        let view = self.job.view().await.expect("the Job is there");
        if !matches!(view.stage, Stage::Delivered | Stage::Purged) {
            self.job.erase().await.unwrap_or_else(|error| panic!("{error}"));
            self.reach(Stage::Purged).await;
        }
        self.settled().await;
        self.require_nothing_left().await;
    }

    async fn require_nothing_left(&self) {
        let World { desk, aws, stack, .. } = &self.world;
        let job = &self.job.id;
        assert_eq!(
            aws.keys_of(job).await.expect("the storage answers"),
            Vec::<String>::new(),
            "objects of an ended Job"
        );
        let payments = desk.payments(job).await.expect("the payment sandbox answers");
        assert!(payments.iter().all(Intent::is_settled), "money is neither captured nor released: {payments:?}");
        let sessions = desk.sessions(job).await.expect("the payment sandbox answers");
        assert!(
            sessions.iter().all(|session| session["status"] != "open"),
            "a payment page is still open: {sessions:?}"
        );
        let calls = desk.calls(job).await.expect("the carrier sandbox answers");
        assert!(
            calls.iter().all(|call| call.deleted && call.carrier_copy.is_none()),
            "the carrier keeps a copy: {calls:?}"
        );
        for (name, url) in &stack.dead_queues {
            let dead = aws.peek(url).await.expect("the queue answers");
            assert!(!dead.iter().any(|body| body.contains(job.as_str())), "a dead letter in {name}: {dead:?}");
        }
        drained(&self.world).await;
    }
}

/// Waits until no message can be received or is being worked on. Delayed ones are nudges for work due in minutes, e.g. to
/// ask about a payment whose webhook never came; when that work was done before, they find nothing to do.
pub(crate) async fn drained(world: &World) {
    for (name, url) in &world.stack.queues {
        let look = || async {
            let waiting = world.aws.waiting(url).await.expect("the queue answers");
            Ok(if waiting.visible + waiting.in_flight == 0 { Ok(()) } else { Err((name, waiting)) })
        };
        wait_for("an empty queue", PATIENCE, look).await.unwrap_or_else(|error| panic!("{error}"));
    }
}

impl Drop for Journey {
    fn drop(&mut self) {
        assert!(self.finished || std::thread::panicking(), "a journey must end with finish()");
    }
}

/// The problem that a call must give.
pub(crate) fn problem<T: std::fmt::Debug>(answer: Result<T, Failure>) -> Problem {
    match answer {
        Err(Failure::Problem(problem)) => problem,
        other => panic!("no problem but {other:?}"),
    }
}

/// Asserts a problem's code and field, and that it tells what to do in the language asked for.
pub(crate) fn says(problem: &Problem, code: &str, field: Option<&str>, words: &str) {
    assert_eq!((problem.code.as_str(), problem.field.as_deref()), (code, field), "{problem:?}");
    assert!(problem.detail.contains(words) || problem.title.contains(words), "{words:?} is not in {problem:?}");
}
