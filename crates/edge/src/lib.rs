//! What every function shares at its edge: reading a call, answering with JSON or problem details, working through a
//! batch of messages. Functions parse here, call a flow, and render what it says.

pub mod apart;
pub mod call;
mod operator;
pub mod problem;
pub mod queue;
pub mod webhook;

mod words;

pub use call::{Answered, Call, json, serve};
pub use operator::operator;
pub use problem::{Code, Problem};

/// The operator's rules from the settings `REDIAL_RULE` and `CORRECTION_WINDOW`, by default the real ones.
///
/// # Errors
/// When one of them cannot be read.
pub fn rules(setting: &impl Fn(&str) -> Option<String>) -> Result<justfax::job::event::Rules, lambda_runtime::Error> {
    let mut rules = justfax::job::event::Rules::default();
    if let Some(text) = setting("REDIAL_RULE") {
        rules.redial = justfax::redial::RedialRule::parse(&text)?;
    }
    if let Some(text) = setting("CORRECTION_WINDOW") {
        rules.correction = justfax::redial::parse_duration(&text).ok_or("CORRECTION_WINDOW is not like 24h")?;
    }
    Ok(rules)
}
