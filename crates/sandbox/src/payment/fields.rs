//! Which fields each request takes, and of which kind: the contract of the API as data.
//!
//! Checked before anything is carried out, in the order in which Stripe complains: unknown, missing, malformed. The result is
//! a JSON value with real integers and lists, which the operations read without checking again.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::fault::Fault;
use super::form::{Key, Node};

/// The kind of a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// Text of at most this many characters.
    Text(usize),
    /// A whole number, not below this.
    Integer(i64),
    /// One of these words.
    Word(&'static [&'static str]),
    /// Three letters, taken in lower case.
    Currency,
    /// An absolute address.
    Url,
    /// An address with an at sign in it.
    Email,
    /// Up to 50 keys of 40 characters with values of 500.
    Metadata,
    /// An object with these fields.
    Object(&'static [Field]),
    /// A list of at least one of this kind.
    List(&'static Kind),
}

/// A field of an object.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    name: &'static str,
    kind: Kind,
    required: bool,
}

/// An optional field.
pub(super) const fn may(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: false }
}

/// A required field.
pub(super) const fn must(name: &'static str, kind: Kind) -> Field {
    Field { name, kind, required: true }
}

/// Checks a decoded form against its fields.
///
/// # Errors
/// Stripe's answer to the first thing that is wrong.
pub(super) fn check(form: &BTreeMap<Key, Node>, fields: &[Field]) -> Result<Value, Fault> {
    object(form, fields, "")
}

fn object(map: &BTreeMap<Key, Node>, fields: &[Field], at: &str) -> Result<Value, Fault> {
    for key in map.keys() {
        let name = key.text();
        if !fields.iter().any(|field| field.name == name) {
            let param = place(at, &name);
            return Err(Fault::coded("parameter_unknown", format!("Received unknown parameter: {param}"), &param));
        }
    }
    let mut checked = Map::new();
    for field in fields {
        let param = place(at, field.name);
        match map.get(&Key::Name(field.name.to_owned())) {
            Some(node) => {
                checked.insert(field.name.to_owned(), value(node, field.kind, &param)?);
            }
            None if field.required => {
                return Err(Fault::coded("parameter_missing", format!("Missing required param: {param}."), &param));
            }
            None => {}
        }
    }
    Ok(Value::Object(checked))
}

fn place(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_owned() } else { format!("{at}[{name}]") }
}

fn value(node: &Node, kind: Kind, param: &str) -> Result<Value, Fault> {
    match (node, kind) {
        (Node::Map(map), Kind::Object(fields)) => object(map, fields, param),
        (Node::Map(map), Kind::Metadata) => metadata(map, param),
        (Node::Map(map), Kind::List(inner)) => list(map, inner, param),
        (Node::Text(text), Kind::Metadata) if text.is_empty() => Ok(json!({})),
        (Node::Map(_), _) => Err(Fault::invalid(format!("Invalid string: {param} is an object"), param)),
        (Node::Text(_), Kind::Object(_) | Kind::Metadata) => Err(Fault::invalid("Invalid object", param)),
        (Node::Text(_), Kind::List(_)) => Err(Fault::invalid("Invalid array", param)),
        (Node::Text(text), kind) => scalar(text, kind, param),
    }
}

fn scalar(text: &str, kind: Kind, param: &str) -> Result<Value, Fault> {
    if text.is_empty() {
        let message = format!(
            "You passed an empty string for '{param}'. We assume empty values are an attempt to unset a parameter; however '{param}' cannot be unset."
        );
        return Err(Fault::coded("parameter_invalid_empty", message, param));
    }
    match kind {
        Kind::Text(most) if text.chars().count() > most => {
            let message = format!("Invalid string: must be at most {most} characters");
            Err(Fault::invalid(message, param))
        }
        Kind::Integer(least) => integer(text, least, param),
        Kind::Word(words) if !words.contains(&text) => {
            Err(Fault::invalid(format!("Invalid {param}: must be one of {}", words.join(", ")), param))
        }
        Kind::Currency => currency(text, param),
        Kind::Url if reqwest::Url::parse(text).is_err() => Err(Fault::coded("url_invalid", "Not a valid URL", param)),
        Kind::Email if !is_email(text) => {
            Err(Fault::coded("email_invalid", format!("Invalid email address: {text}"), param))
        }
        _ => Ok(json!(text)),
    }
}

fn integer(text: &str, least: i64, param: &str) -> Result<Value, Fault> {
    match text.parse::<i64>() {
        Ok(number) if number >= least => Ok(json!(number)),
        Ok(_) => Err(Fault::coded(
            "parameter_invalid_integer",
            format!("This value must be greater than or equal to {least}."),
            param,
        )),
        Err(_) => Err(Fault::coded("parameter_invalid_integer", format!("Invalid integer: {text}"), param)),
    }
}

/// The currencies that JustFax may ever ask for.
fn currency(text: &str, param: &str) -> Result<Value, Fault> {
    let lower = text.to_ascii_lowercase();
    if ["eur", "usd", "gbp", "chf"].contains(&lower.as_str()) {
        return Ok(json!(lower));
    }
    Err(Fault::invalid(format!("Invalid currency: {lower}."), param))
}

fn is_email(text: &str) -> bool {
    let valid = |part: &str| !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || c == '@');
    text.len() <= 512
        && text.split_once('@').is_some_and(|(local, domain)| valid(local) && valid(domain) && domain.contains('.'))
}

fn metadata(map: &BTreeMap<Key, Node>, param: &str) -> Result<Value, Fault> {
    if map.len() > 50 {
        return Err(Fault::invalid("You can only specify up to 50 keys.", param));
    }
    let mut checked = Map::new();
    for (key, node) in map {
        let (name, Node::Text(text)) = (key.text(), node) else {
            return Err(Fault::invalid("Metadata values must be strings", &place(param, &key.text())));
        };
        if name.chars().count() > 40 || text.chars().count() > 500 {
            return Err(Fault::invalid(
                "Metadata keys have up to 40 and values up to 500 characters",
                &place(param, &name),
            ));
        }
        checked.insert(name, json!(text));
    }
    Ok(Value::Object(checked))
}

fn list(map: &BTreeMap<Key, Node>, kind: &'static Kind, param: &str) -> Result<Value, Fault> {
    let mut items = Vec::new();
    for (key, node) in map {
        if matches!(key, Key::Name(_)) {
            return Err(Fault::invalid("Invalid array", param));
        }
        items.push(value(node, *kind, &place(param, &key.text()))?);
    }
    Ok(Value::Array(items))
}

#[cfg(test)]
mod tests {
    use super::super::form::decode;
    use super::*;

    const FIELDS: &[Field] = &[
        must("amount", Kind::Integer(1)),
        may("words", Kind::List(&Kind::Word(&["a", "b"]))),
        may("metadata", Kind::Metadata),
        may("inner", Kind::Object(&[must("email", Kind::Email)])),
    ];

    fn code(body: &str) -> String {
        let fault = decode(body.as_bytes()).and_then(|form| check(&form, FIELDS)).unwrap_err();
        fault.body["error"]["code"].as_str().unwrap_or("none").to_owned()
    }

    #[test]
    fn a_good_form_becomes_typed_values() {
        let form = decode(b"amount=12&words[0]=b&metadata[job]=7&inner[email]=a@b.de").unwrap();
        let expected = json!({"amount": 12, "words": ["b"], "metadata": {"job": "7"}, "inner": {"email": "a@b.de"}});
        assert_eq!(check(&form, FIELDS).unwrap(), expected);
    }

    #[test]
    fn each_wrong_form_gets_its_code() {
        assert_eq!(code("amount=1&colour=red"), "parameter_unknown");
        assert_eq!(code("words[0]=a"), "parameter_missing");
        assert_eq!(code("amount=1&inner[x]=1"), "parameter_unknown");
        assert_eq!(code("amount=1.5"), "parameter_invalid_integer");
        assert_eq!(code("amount=0"), "parameter_invalid_integer");
        assert_eq!(code("amount="), "parameter_invalid_empty");
        assert_eq!(code("amount=1&inner[email]=nobody"), "email_invalid");
        assert_eq!(code("amount=1&words[0]=c"), "none");
        assert_eq!(code("amount=1&words=a"), "none");
        assert_eq!(code("amount[0]=1"), "none");
    }
}
