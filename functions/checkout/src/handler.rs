//! `POST /api/jobs/{job}/quote` and `POST /api/jobs/{job}/checkout`.

use std::sync::Arc;

use justfax::{
    flow::order::{self, Wish},
    job::{Job, event::Rules},
    language::Language,
    lookup::LookupKey,
    money::Money,
    number::Country,
    tariff::Tariff,
    view::{RecipientView, RedialsView},
};
use justfax_aws::{jobs::JobsTable, nudges::Queues, system::System};
use justfax_edge::{Answered, Call, Code, Problem, json};
use justfax_payments::stripe::Stripe;
use serde::{Deserialize, Serialize};

/// What this function may do.
pub(crate) struct World {
    pub(crate) jobs: JobsTable,
    pub(crate) nudges: Queues,
    pub(crate) payments: Stripe,
    pub(crate) tariff: Tariff,
    pub(crate) lookup: LookupKey,
    pub(crate) rules: Rules,
    pub(crate) system: System,
}

justfax::delegate!(World {
    ReadJobs => jobs;
    Jobs => jobs;
    Nudges => nudges;
    Checkouts => payments;
    Clock => system;
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AskQuote {
    to: String,
    country: Option<Country>,
}

#[derive(Serialize)]
struct QuoteView {
    recipient: RecipientView,
    pages: u32,
    price: Money,
    net: Money,
    vat: Money,
    vat_percent: String,
    expected_seconds: u32,
    redials: RedialsView,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Checkout {
    to: String,
    country: Option<Country>,
    email: String,
    price: Money,
    terms_version: String,
    early_performance: bool,
    language: Option<Language>,
}

#[derive(Serialize)]
struct PaymentPageView {
    url: String,
    expires: String,
}

pub(crate) async fn handle(world: Arc<World>, call: Call) -> Answered {
    let ("POST", path) = call.route() else { return Err(Code::NotFound.into()) };
    match path.as_slice() {
        ["jobs", job, "quote"] => quote(&world, &call, job).await,
        ["jobs", job, "checkout"] => checkout(&world, &call, job).await,
        _ => Err(Code::NotFound.into()),
    }
}

async fn quote(world: &World, call: &Call, job: &str) -> Answered {
    let job = call.job(world, job).await?.job;
    let ask: AskQuote = call.body()?;
    let quote = order::quote(&job, &world.tariff, &ask.to, ask.country)?;
    let view = QuoteView {
        recipient: RecipientView::from(&quote.recipient),
        pages: quote.pages,
        price: quote.price.gross,
        net: quote.price.net,
        vat: quote.price.vat,
        vat_percent: quote.price.vat_percent,
        expected_seconds: expected_seconds(&job),
        redials: RedialsView::from(&world.rules),
    };
    json(200, &view)
}

/// Time on the line at the usual speed.
fn expected_seconds(job: &Job) -> u32 {
    let bytes = usize::try_from(job.encoded_bytes()).unwrap_or(usize::MAX);
    justfax_pages::transmission_seconds(bytes, job.page_count() as usize)
}

async fn checkout(world: &World, call: &Call, job: &str) -> Answered {
    let job = call.job(world, job).await?.job;
    let wish: Checkout = call.body()?;
    if !wish.early_performance {
        return Err(Problem::with(Code::ConsentMissing, "early_performance"));
    }
    let wish = Wish {
        to: wish.to,
        home: wish.country,
        email: wish.email,
        price: wish.price,
        terms_version: wish.terms_version,
        language: wish.language,
    };
    let page = order::checkout(world, &world.tariff, &world.lookup, &job, &wish).await?;
    tracing::info!(job.id = %job.id(), "ordered");
    json(200, &PaymentPageView { url: page.url, expires: page.expires.to_string() })
}
