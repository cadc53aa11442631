//! The bodies of requests that change files and pages before the order.

use justfax::{
    choices::{Choices, Password, Resolution, Turn},
    cover::CoverText,
    flow::arrange::Change,
    ids::DocumentId,
    job::{Job, event::Event},
};
use justfax_edge::{Call, Code, Problem};
use justfax_pages::{cover, g4};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Arrange {
    order: Vec<DocumentId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoosePages {
    turns: Vec<PageTurn>,
    left_out: Vec<u32>,
    photo: bool,
    password: Option<Password>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PageTurn {
    page: u32,
    degrees: Turn,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChooseResolution {
    resolution: Resolution,
    #[serde(default)]
    passwords: Vec<DocumentPassword>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentPassword {
    document: DocumentId,
    password: Password,
}

/// The files in another order.
pub(crate) fn order(call: &Call) -> Result<Change, Problem> {
    let Arrange { order } = call.body()?;
    Ok(Change::Order(order))
}

/// What is wanted of the pages of a file. A page that is turned twice is no wish.
pub(crate) fn pages(call: &Call, document: DocumentId) -> Result<Change, Problem> {
    let ChoosePages { turns, left_out, photo, password } = call.body()?;
    let named = turns.len();
    let turns: std::collections::BTreeMap<u32, Turn> = turns.into_iter().map(|t| (t.page, t.degrees)).collect();
    if turns.len() < named {
        return Err(Problem::with(Code::BadRequest, "turns"));
    }
    let choices = Choices { photo, turns, left_out: left_out.into_iter().collect() };
    Ok(Change::Pages(document, choices, password))
}

/// How fine the fax is.
pub(crate) fn resolution(call: &Call) -> Result<Change, Problem> {
    let ChooseResolution { resolution, passwords } = call.body()?;
    Ok(Change::Resolution(resolution, passwords.into_iter().map(|p| (p.document, p.password)).collect()))
}

/// The cover page, set once to see that it fits and how long it takes on the line.
pub(crate) fn cover(call: &Call, job: &Job) -> Result<Event, Problem> {
    let text: CoverText = call.body()?;
    if !text.is_bounded() {
        return Err(Problem::with(Code::CoverTooLong, "message"));
    }
    if let Some(field) = cover::unprintable(&text) {
        return Err(Problem::with(Code::LettersUnknown, field));
    }
    let pages = job.page_count() + u32::from(job.cover().is_none());
    let page = cover::page(&text, pages as usize, job.resolution());
    let page = page.map_err(|_| Problem::with(Code::CoverTooLong, "message"))?;
    Ok(Event::CoverWritten(text, u32::try_from(g4::encode(&page).len()).unwrap_or(u32::MAX)))
}

#[cfg(test)]
mod tests {
    use lambda_http::{Body, Request};

    use super::*;

    fn call(body: &str) -> Call {
        Call::new(Request::new(Body::Text(body.to_owned())))
    }

    fn of(body: &str) -> Result<Change, Problem> {
        pages(&call(body), DocumentId::parse("abcdefghijklmnop").unwrap())
    }

    #[test]
    fn the_wishes_for_pages_are_read() {
        let body = r#"{"turns":[{"page":2,"degrees":90}],"left_out":[3,1],"photo":true,"password":"opensesame"}"#;
        let Change::Pages(_, choices, password) = of(body).unwrap() else { panic!("another change") };
        assert_eq!((choices.turns[&2], choices.photo), (Turn::Clockwise, true));
        assert_eq!(choices.left_out.into_iter().collect::<Vec<_>>(), [1, 3]);
        assert!(password.is_some());
    }

    #[test]
    fn half_turned_doubly_turned_and_unknown_things_are_no_wishes() {
        for body in [
            r#"{"turns":[{"page":2,"degrees":45}],"left_out":[],"photo":false}"#,
            r#"{"turns":[{"page":2,"degrees":90},{"page":2,"degrees":0}],"left_out":[],"photo":false}"#,
            r#"{"turns":[],"left_out":[-1],"photo":false}"#,
            r#"{"turns":[],"left_out":[],"photo":false,"password":""}"#,
            r#"{"turns":[],"left_out":[],"photo":false,"price":1}"#,
            r#"{"left_out":[],"photo":false}"#,
        ] {
            assert_eq!(of(body).unwrap_err().code, Code::BadRequest, "{body}");
        }
        assert!(order(&call(r#"{"order":["../x"]}"#)).is_err());
        assert!(resolution(&call(r#"{"resolution":"superfine"}"#)).is_err());
    }
}
