//! `application/x-www-form-urlencoded` with bracketed keys, as Stripe takes it: `line_items[0][price_data][currency]=eur`.
//!
//! Becomes a tree whose leaves are texts. Lists stay maps with their indexes as keys, in the order of the indexes: which of
//! the two a node is, is known only to the rules of the field (see `fields`).

use std::collections::BTreeMap;

use super::fault::Fault;

/// Deeper keys are refused; the real API uses at most 5.
const DEEPEST: usize = 8;

/// A node of the decoded body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// A value.
    Text(String),
    /// An object, or a list with its indexes as keys.
    Map(BTreeMap<Key, Node>),
}

/// A part of a bracketed key: numbers sort as numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// `[0]`, or the place of a `[]`.
    Index(u32),
    /// `[name]`.
    Name(String),
}

impl Key {
    pub(super) fn text(&self) -> String {
        match self {
            Self::Index(index) => index.to_string(),
            Self::Name(name) => name.clone(),
        }
    }
}

/// Decodes a body or query into its tree.
///
/// # Errors
/// 400 for bytes that are no form, keys with broken brackets, and a key given twice or both as value and as object.
pub(super) fn decode(body: &[u8]) -> Result<BTreeMap<Key, Node>, Fault> {
    let mut root = BTreeMap::new();
    for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        let (name, value) = split_once(pair, b'=');
        let (name, value) = (unescape(name)?, unescape(value)?);
        let path = path(&name)?;
        insert(&mut root, &path, value, &name)?;
    }
    Ok(root)
}

fn split_once(pair: &[u8], at: u8) -> (&[u8], &[u8]) {
    match pair.iter().position(|byte| *byte == at) {
        Some(place) => (&pair[..place], &pair[place + 1..]),
        None => (pair, &[]),
    }
}

/// `+` and `%xx`; the result must be UTF-8.
fn unescape(text: &[u8]) -> Result<String, Fault> {
    let fault = || Fault::invalid("Invalid request: the body is not valid form encoding.", "");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        match first {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits = rest.get(..2).and_then(|two| std::str::from_utf8(two).ok()).ok_or_else(fault)?;
                bytes.push(u8::from_str_radix(digits, 16).map_err(|_| fault())?);
                rest = &rest[2..];
            }
            other => bytes.push(*other),
        }
    }
    String::from_utf8(bytes).map_err(|_| fault())
}

/// `a[b][0][]` → a, b, 0, next index.
fn path(name: &str) -> Result<Vec<Option<Key>>, Fault> {
    let fault = || Fault::invalid(format!("Invalid parameter name: {name}"), name);
    let (first, rest) = name.find('[').map_or((name, ""), |at| name.split_at(at));
    if first.is_empty() || first.contains(']') {
        return Err(fault());
    }
    let mut path = vec![Some(Key::Name(first.to_owned()))];
    let mut rest = rest;
    while !rest.is_empty() {
        let (part, tail) = rest.strip_prefix('[').and_then(|open| open.split_once(']')).ok_or_else(fault)?;
        if part.contains('[') || path.len() == DEEPEST {
            return Err(fault());
        }
        path.push(if part.is_empty() { None } else { Some(key(part)) });
        rest = tail;
    }
    Ok(path)
}

fn key(part: &str) -> Key {
    part.parse().map_or_else(|_| Key::Name(part.to_owned()), Key::Index)
}

fn insert(map: &mut BTreeMap<Key, Node>, path: &[Option<Key>], value: String, name: &str) -> Result<(), Fault> {
    let fault = || Fault::invalid(format!("Invalid parameter: {name} is given twice or in two shapes."), name);
    let Some((first, rest)) = path.split_first() else {
        return Err(fault());
    };
    let key = first.clone().unwrap_or_else(|| Key::Index(u32::try_from(map.len()).unwrap_or(u32::MAX)));
    if rest.is_empty() {
        return if map.insert(key, Node::Text(value)).is_none() { Ok(()) } else { Err(fault()) };
    }
    match map.entry(key).or_insert_with(|| Node::Map(BTreeMap::new())) {
        Node::Map(inner) => insert(inner, rest, value, name),
        Node::Text(_) => Err(fault()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(body: &str, path: &[&str]) -> Option<String> {
        let mut at = Node::Map(decode(body.as_bytes()).ok()?);
        for part in path {
            let Node::Map(map) = at else { return None };
            at = map.get(&key(part))?.clone();
        }
        match at {
            Node::Text(text) => Some(text),
            Node::Map(_) => None,
        }
    }

    #[test]
    fn brackets_make_a_tree_and_escapes_are_undone() {
        let body = "mode=payment&line_items[0][price_data][product_data][name]=Fax+%C3%A0+2&line_items[10][quantity]=1&expand[]=a&expand[]=b";
        assert_eq!(node(body, &["line_items", "0", "price_data", "product_data", "name"]).unwrap(), "Fax à 2");
        assert_eq!(node(body, &["line_items", "10", "quantity"]).unwrap(), "1");
        assert_eq!(node(body, &["expand", "1"]).unwrap(), "b");
        assert_eq!(node("line_items%5B0%5D%5Bquantity%5D=2", &["line_items", "0", "quantity"]).unwrap(), "2");
    }

    #[test]
    fn broken_bodies_are_refused() {
        for body in [
            "a=%zz",
            "a=%f",
            "a=%ff",
            "[a]=1",
            "a[b=1",
            "a]=1",
            "a=1&a=2",
            "a=1&a[b]=2",
            "a[b]=1&a=2",
            "a[b]c=1",
            "a[b][c][d][e][f][g][h][i]=1",
        ] {
            assert!(decode(body.as_bytes()).is_err(), "{body}");
        }
    }
}
