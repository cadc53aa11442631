//! Reading: single objects, lists with Stripe's cursors, and `expand`.

use serde_json::{Value, json};

use super::fault::Fault;
use super::fields::{Field, Kind, may};
use super::ledger::Ledger;

const CREATED: &[Field] = &[
    may("gt", Kind::Integer(0)),
    may("gte", Kind::Integer(0)),
    may("lt", Kind::Integer(0)),
    may("lte", Kind::Integer(0)),
];
const EXPAND: Field = may("expand", Kind::List(&Kind::Text(200)));
const CURSORS: [Field; 4] = [
    may("limit", Kind::Integer(1)),
    may("starting_after", Kind::Text(255)),
    may("ending_before", Kind::Text(255)),
    may("created", Kind::Object(CREATED)),
];
/// Query of a request for one object.
pub(super) const ONE: &[Field] = &[EXPAND];
/// Query of the list of sessions.
pub(super) const SESSIONS: &[Field] = &[
    EXPAND,
    CURSORS[0],
    CURSORS[1],
    CURSORS[2],
    CURSORS[3],
    may("payment_intent", Kind::Text(255)),
    may("status", Kind::Word(&["open", "complete", "expired"])),
];
/// Query of the list of refunds.
pub(super) const REFUNDS: &[Field] = &[
    EXPAND,
    CURSORS[0],
    CURSORS[1],
    CURSORS[2],
    CURSORS[3],
    may("payment_intent", Kind::Text(255)),
    may("charge", Kind::Text(255)),
];
/// Query of the list of events.
pub(super) const EVENTS: &[Field] =
    &[EXPAND, CURSORS[0], CURSORS[1], CURSORS[2], CURSORS[3], may("type", Kind::Text(255))];

/// Stripe's default and greatest number of objects in a list.
const PAGE: i64 = 10;
const MOST: i64 = 100;

impl Ledger {
    /// One of the four lists.
    pub(super) fn list(&self, path: &str, query: &Value) -> Result<Value, Fault> {
        let all: Vec<Value> = match path {
            "/v1/checkout/sessions" => self.sessions.iter().map(super::objects::Session::view).collect(),
            "/v1/refunds" => self.refunds.iter().map(super::objects::Refund::view).collect(),
            _ => self.events.iter().map(|event| event.body.clone()).collect(),
        };
        let wanted = |object: &&Value| {
            ["payment_intent", "status", "charge", "type"]
                .iter()
                .all(|name| query.get(*name).is_none_or(|value| object[*name] == *value))
                && created_fits(object, query)
        };
        let newest_first: Vec<&Value> = all.iter().rev().filter(wanted).collect();
        page(path, &newest_first, query)
    }

    /// Replaces ids by the objects that `expand` names.
    pub(super) fn expand(&self, object: &mut Value, query: &Value) -> Result<(), Fault> {
        let paths = query.get("expand").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        for path in paths.iter().filter_map(Value::as_str) {
            if let Some(inner) = path.strip_prefix("data.") {
                for each in object["data"].as_array_mut().into_iter().flatten() {
                    self.expand_path(each, inner)?;
                }
            } else {
                self.expand_path(object, path)?;
            }
        }
        Ok(())
    }

    fn expand_path(&self, object: &mut Value, path: &str) -> Result<(), Fault> {
        let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
        let id = object.get(name).and_then(Value::as_str).map(ToOwned::to_owned);
        match (name, id) {
            ("payment_intent", Some(id)) => object[name] = self.intent(&id)?.view(),
            ("latest_charge" | "charge", Some(id)) => object[name] = self.charge_view(&id)?,
            ("line_items", None) if object["object"] == "checkout.session" => object[name] = self.line_items(object)?,
            _ if object.get(name).is_some() => {}
            _ => return Err(Fault::invalid(format!("This property cannot be expanded ({name})."), "expand")),
        }
        match rest {
            Some(rest) if !object[name].is_null() => self.expand_path(&mut object[name], rest),
            _ => Ok(()),
        }
    }

    fn line_items(&self, session: &Value) -> Result<Value, Fault> {
        let session = self.session(session["id"].as_str().unwrap_or_default())?;
        let items: Vec<Value> = session.request["line_items"].as_array().into_iter().flatten().map(|item| {
            let price = &item["price_data"];
            let amount = price["unit_amount"].as_i64().unwrap_or_default() * item["quantity"].as_i64().unwrap_or_default();
            json!({"object": "item", "amount_total": amount, "amount_subtotal": amount, "currency": price["currency"],
                "description": price["product_data"]["name"], "quantity": item["quantity"]})
        }).collect();
        let url = format!("/v1/checkout/sessions/{}/line_items", session.id);
        Ok(json!({"object": "list", "data": items, "has_more": false, "url": url}))
    }
}

fn created_fits(object: &Value, query: &Value) -> bool {
    let created = object["created"].as_i64().unwrap_or_default();
    let limit = |name: &str| query.get("created").and_then(|limits| limits.get(name)).and_then(Value::as_i64);
    limit("gt").is_none_or(|limit| created > limit)
        && limit("gte").is_none_or(|limit| created >= limit)
        && limit("lt").is_none_or(|limit| created < limit)
        && limit("lte").is_none_or(|limit| created <= limit)
}

fn page(path: &str, newest_first: &[&Value], query: &Value) -> Result<Value, Fault> {
    let place = |name: &str| -> Result<Option<usize>, Fault> {
        let Some(id) = query.get(name).and_then(Value::as_str) else { return Ok(None) };
        let found = newest_first.iter().position(|object| object["id"] == id);
        found.map(Some).ok_or_else(|| Fault::missing("object", id, name))
    };
    let limit = query.get("limit").and_then(Value::as_i64).unwrap_or(PAGE).min(MOST);
    let limit = usize::try_from(limit).unwrap_or(1);
    let from = place("starting_after")?.map_or(0, |at| at + 1);
    let to = place("ending_before")?.unwrap_or(newest_first.len()).max(from);
    let part = &newest_first[from..to];
    let data: Vec<&Value> = part.iter().take(limit).copied().collect();
    Ok(json!({"object": "list", "data": data, "has_more": part.len() > limit, "url": path}))
}

#[cfg(test)]
mod tests {
    use super::super::paying::Method;
    use super::*;

    fn ledger(sessions: usize) -> Ledger {
        let mut ledger = Ledger::default();
        for number in 0..sessions {
            let request = json!({
                "client_reference_id": format!("job{number}"), "success_url": "http://127.0.0.1/",
                "line_items": [{"quantity": 2, "price_data": {"currency": "eur", "unit_amount": 100,
                    "product_data": {"name": "Fax"}}}],
            });
            ledger.create_session(&request, "http://127.0.0.1").unwrap();
        }
        ledger
    }

    fn names(list: &Value) -> Vec<&str> {
        list["data"].as_array().unwrap().iter().map(|one| one["client_reference_id"].as_str().unwrap()).collect()
    }

    #[test]
    fn lists_are_newest_first_and_turned_by_cursors() {
        let ledger = ledger(4);
        let first = ledger.list("/v1/checkout/sessions", &json!({"limit": 2})).unwrap();
        assert_eq!((names(&first), &first["has_more"]), (vec!["job3", "job2"], &json!(true)));
        let after = json!({"limit": 2, "starting_after": first["data"][1]["id"]});
        let second = ledger.list("/v1/checkout/sessions", &after).unwrap();
        assert_eq!((names(&second), &second["has_more"]), (vec!["job1", "job0"], &json!(false)));
        let before = json!({"ending_before": second["data"][0]["id"]});
        assert_eq!(names(&ledger.list("/v1/checkout/sessions", &before).unwrap()), ["job3", "job2"]);
        assert!(ledger.list("/v1/checkout/sessions", &json!({"starting_after": "cs_none"})).is_err());
        let later = json!({"created": {"gt": ledger.sessions[3].created}});
        assert_eq!(names(&ledger.list("/v1/checkout/sessions", &later).unwrap()), Vec::<&str>::new());
    }

    #[test]
    fn expand_replaces_ids_and_refuses_what_is_not_there() {
        let mut ledger = ledger(1);
        let id = ledger.sessions[0].id.clone();
        ledger.pay(&id, Method::Card).unwrap();
        let query = json!({"expand": ["payment_intent.latest_charge", "line_items"]});
        let mut session = ledger.session(&id).unwrap().view();
        ledger.expand(&mut session, &query).unwrap();
        assert_eq!(session["payment_intent"]["latest_charge"]["object"], "charge");
        assert_eq!(session["line_items"]["data"][0]["amount_total"], 200);
        let mut list = ledger.list("/v1/checkout/sessions", &json!({})).unwrap();
        ledger.expand(&mut list, &json!({"expand": ["data.payment_intent"]})).unwrap();
        assert_eq!(list["data"][0]["payment_intent"]["object"], "payment_intent");
        assert!(ledger.expand(&mut session, &json!({"expand": ["colour"]})).is_err());
    }
}
