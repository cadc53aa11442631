//! `POST /api/messages` and `POST /api/withdrawals`.

use std::sync::Arc;

use justfax::{
    email::EmailAddress,
    flow::messages::{self, LONGEST_LINE, LONGEST_MESSAGE, Note},
    flow::rights::Asked,
    language::Language,
    lookup::LookupKey,
    mail::Letterhead,
};
use justfax_aws::{jobs::JobsTable, mail::PostOffice, system::System};
use justfax_edge::{Answered, Call, Code, Problem, json};
use serde::Deserialize;
use serde_json::json as value;

/// What this function may do.
pub(crate) struct World {
    pub(crate) table: JobsTable,
    pub(crate) post: PostOffice,
    pub(crate) lookup: LookupKey,
    pub(crate) letterhead: Letterhead,
    pub(crate) operator: EmailAddress,
    pub(crate) system: System,
}

justfax::delegate!(World {
    Limits => table;
    Post => post;
    Clock => system;
    Entropy => system;
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    email: String,
    text: String,
    language: Language,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Withdrawal {
    name: String,
    order: String,
    email: String,
    language: Language,
}

pub(crate) async fn handle(world: Arc<World>, call: Call) -> Answered {
    let ("POST", path) = call.route() else { return Err(Code::NotFound.into()) };
    let (email, language, note) = match path.as_slice() {
        ["messages"] => {
            let Message { email, text, language } = call.body()?;
            (email, language, Note::Message(field(&text, "text", LONGEST_MESSAGE)?))
        }
        ["withdrawals"] => {
            let Withdrawal { name, order, email, language } = call.body()?;
            let (name, order) = (field(&name, "name", LONGEST_LINE)?, field(&order, "order", LONGEST_LINE)?);
            (email, language, Note::Withdrawal { name, order })
        }
        _ => return Err(Code::NotFound.into()),
    };
    let from = EmailAddress::parse(&email).map_err(|_| Problem::with(Code::EmailInvalid, "email"))?;
    let World { lookup, letterhead, operator, .. } = &*world;
    match messages::write(&*world, lookup, letterhead, operator, &from, language, &note).await? {
        (Asked::Answered, at) => json(202, &value!({ "received": at })),
        (Asked::TooMany, _) => Err(Code::TooManyRequests.into()),
    }
}

fn field(text: &str, name: &'static str, longest: usize) -> Result<String, Problem> {
    messages::field(text, longest).ok_or(Problem::with(Code::TextInvalid, name))
}
