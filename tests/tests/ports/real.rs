//! The real place: the adapters as the functions use them, with the stack's own keys, and the witnesses of the journeys.

use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::{Arc, atomic::AtomicBool},
};

use justfax::{
    Timestamp,
    fault::Fault,
    ids::{DocumentId, JobId},
    ports::Clock,
};
use justfax_aws::{
    files::Documents, http, jobs::JobsTable, mail::PostOffice, secrets::Secrets, settings::Settings, system::System,
};
use justfax_carrier::telnyx::Telnyx;
use justfax_pages::{FaxPage, pdf};
use justfax_payments::stripe::Stripe;
use justfax_proof::contract::{Outside, Purse};
use justfax_tests::{
    aws::Aws,
    client::{Call, Desk, Intent, PaymentForm, wait_for},
    stack::{self, Stack},
};

use crate::lossy::Lossy;

/// How long a call or a mail may take, in seconds.
const PATIENCE: u64 = 120;
/// Nobody listens there: what the carrier tells of these calls is no function's business.
const NOWHERE: &str = "http://127.0.0.1:9/";

/// The adapters, and everybody who can be asked what really happened.
pub(crate) struct Real {
    jobs: JobsTable,
    files: Documents,
    carrier: Telnyx,
    payments: Stripe,
    post: PostOffice,
    system: System,
    ways: Lossy,
    stack: Stack,
    aws: Aws,
    desk: Desk,
    client: reqwest::Client,
}

justfax::delegate!(Real {
    Entropy => system;
    ReadJobs => jobs;
    Jobs => jobs;
    Overdue => jobs;
    JobsOf => jobs;
    Lines => jobs;
    Limits => jobs;
    DataKeys => jobs;
    Originals => files;
    PageShelf => files;
    FirstPages => files;
    Eraser => files;
    Carrier => carrier;
    CarrierCopies => carrier;
    Checkouts => payments;
    Payments => payments;
    Post => post;
});

impl Real {
    /// On the running stack, with a table and a bucket of its own.
    pub(crate) async fn new() -> Self {
        let given = std::env::var_os("JUSTFAX_STACK").map(PathBuf::from);
        let deployed = Stack::read(&given.expect("JUSTFAX_STACK names the ready file of a stack")).unwrap();
        let client = stack::http().unwrap();
        let root = Aws::new(client.clone(), deployed.clone());
        let name = format!("ports-{}", JobId::random(&System));
        let stack = root.apart(&deployed, &name).await.unwrap();
        let (settings, environment) = (settings(&stack), environment(&root).await);
        let (access, http) = (justfax_aws::Aws::new(&settings), http().unwrap());
        let names = ["payment-api-key", "carrier-api-key"];
        let secrets = Secrets::read(&access, &http, &stack.secrets_path, &names).await.unwrap();
        let loses = Arc::new(AtomicBool::new(false));
        let (carrier, payment) = (Lossy::to(&stack.carrier, &loses).await, Lossy::to(&stack.payment, &loses).await);
        Self {
            jobs: JobsTable::new(&access, stack.table.clone()),
            files: Documents::new(&access, stack.bucket.clone()),
            carrier: Telnyx {
                http: http.clone(),
                base: carrier.url,
                key: secrets.get("carrier-api-key").to_owned(),
                connection_id: environment("CARRIER_CONNECTION_ID"),
                from: environment("CARRIER_FROM").try_into().unwrap(),
                webhook_url: NOWHERE.to_owned(),
            },
            payments: Stripe {
                http,
                base: payment.url.clone(),
                key: secrets.get("payment-api-key").to_owned(),
                site_url: stack.site.clone(),
            },
            post: PostOffice::new(&access, "JustFax".into(), environment("MAIL_FROM"), environment("MAIL_EVENTS")),
            system: System,
            ways: payment,
            aws: Aws::new(client.clone(), stack.clone()),
            desk: Desk::new(&client, &stack.site),
            stack,
            client,
        }
    }
}

/// The emulator's root user: what the roles of the functions allow is the journeys' matter.
fn settings(stack: &Stack) -> Settings {
    let pairs = [
        ("AWS_ACCESS_KEY_ID", &stack.access_key),
        ("AWS_SECRET_ACCESS_KEY", &stack.secret_key),
        ("AWS_REGION", &stack.region),
        ("AWS_ENDPOINT_URL", &stack.emulator),
    ];
    Settings::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value.clone())))
}

/// Settings as the functions that dial and mail have them.
async fn environment(aws: &Aws) -> impl Fn(&str) -> String {
    let mut all = aws.environment_of("dispatch").await.unwrap();
    all.extend(aws.environment_of("settle").await.unwrap());
    move |name| all.iter().find(|(given, _)| given == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

/// `folder/job/rest…` as the contract names it: without the Job, and without what is inside an edition.
fn name_of(key: &str) -> String {
    let parts: Vec<&str> = key.split('/').collect();
    match parts.as_slice() {
        ["pages", _, document, edition, ..] => format!("pages/{document}/{edition}"),
        [folder, _, name] => format!("{folder}/{}", name.split('.').next().unwrap_or_default()),
        _ => key.to_owned(),
    }
}

impl Outside for Real {
    fn now(&self) -> Timestamp {
        self.system.now()
    }

    async fn upload(&self, job: &JobId, document: &DocumentId, bytes: Vec<u8>) -> Result<(), Fault> {
        let body = String::from_utf8(bytes).map_err(Fault::broken)?;
        self.aws.put(&self.stack, &format!("uploads/{job}/{document}"), body).await.map_err(Fault::broken)
    }

    async fn transmission(&self, job: &JobId, attempt: u32) -> Result<String, Fault> {
        self.files.keep_picture(job, attempt, b"png".to_vec()).await?;
        let page = FaxPage::blank(justfax::choices::Resolution::Standard, 1100);
        self.files.transmission(job, attempt, pdf::write(&[page])).await
    }

    async fn kept(&self, job: &JobId) -> Result<BTreeSet<String>, Fault> {
        let keys = self.aws.keys_of(job.as_str()).await.map_err(Fault::broken)?;
        Ok(keys.iter().map(|key| name_of(key)).collect())
    }

    fn lose_answer(&self) {
        self.ways.lose();
    }

    async fn call_over(&self, job: &JobId) -> Result<(), Fault> {
        let look = || async {
            let calls = self.desk.calls(job.as_str()).await?;
            Ok(if calls.iter().all(Call::is_over) { Ok(()) } else { Err(calls) })
        };
        wait_for("the end of the calls", PATIENCE, look).await.map_err(Fault::broken)
    }

    async fn calls(&self, job: &JobId) -> Result<usize, Fault> {
        Ok(self.desk.calls(job.as_str()).await.map_err(Fault::broken)?.len())
    }

    async fn pay(&self, _job: &JobId, _order: u32, url: &str, held: bool) -> Result<bool, Fault> {
        let page = PaymentForm::new(&self.client, url);
        let left = page.pay(if held { "card" } else { "bank" }).await.map_err(Fault::broken)?;
        Ok(left.status == 303)
    }

    async fn purse(&self, job: &JobId) -> Result<Purse, Fault> {
        let intents = self.desk.payments(job.as_str()).await.map_err(Fault::broken)?;
        Ok(intents.first().map_or(Purse::Empty, purse_of))
    }

    async fn mails(&self, name: &str, wanted: usize) -> Result<usize, Fault> {
        let look = || async {
            let mails = self.desk.all_mails().await?;
            let count = mails.iter().filter(|mail| mail.key() == Some(name)).count();
            Ok(if count >= wanted { Ok(count) } else { Err(count) })
        };
        wait_for("mails", PATIENCE, look).await.map_err(Fault::broken)
    }
}

fn purse_of(intent: &Intent) -> Purse {
    match intent.status.as_str() {
        "requires_capture" => Purse::Held,
        "canceled" => Purse::Released,
        "succeeded" if intent.refunded > 0 && intent.refunded == intent.captured => Purse::PaidBack,
        "succeeded" => Purse::Taken,
        _ => Purse::Empty,
    }
}
