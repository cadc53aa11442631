//! Schemas of OpenAPI files, to hold real requests and answers against.

use serde_json::{Map, Value, json};

use crate::schemas::Schemas;

/// An OpenAPI file.
pub(crate) struct Contract(Schemas);

impl Contract {
    /// Our own, `docs/openapi.yaml`.
    pub(crate) fn ours() -> Self {
        let document =
            serde_saphyr::from_str(include_str!("../../../docs/openapi.yaml")).expect("docs/openapi.yaml is YAML");
        Self(Schemas { document })
    }

    /// A provider's; nothing where the contracts are not there.
    pub(crate) fn of_provider(name: &str) -> Option<Self> {
        Schemas::of_provider(name).map(Self)
    }

    /// The operation with this `operationId`, with its path and method.
    pub(crate) fn operation(&self, id: &str) -> Option<&Value> {
        let paths = self.0.document["paths"].as_object()?;
        paths
            .values()
            .filter_map(Value::as_object)
            .flat_map(Map::values)
            .find(|operation| operation["operationId"] == id)
    }

    /// The operation at a path.
    pub(crate) fn at(&self, path: &str, method: &str) -> &Value {
        &self.0.document["paths"][path][method]
    }

    /// All operation ids.
    pub(crate) fn operations(&self) -> Vec<String> {
        let paths = self.0.document["paths"].as_object().into_iter().flat_map(Map::values);
        let ids = paths.filter_map(Value::as_object).flat_map(Map::values).filter_map(|o| o["operationId"].as_str());
        ids.map(ToOwned::to_owned).collect()
    }

    /// The answer that an operation describes for a status.
    fn answer<'a>(&'a self, operation: &'a Value, status: u16) -> Option<&'a Value> {
        let answers = operation["responses"].as_object()?;
        let exact = answers.get(&status.to_string());
        exact.or_else(|| answers.get("default").filter(|_| status >= 400)).map(|answer| self.0.resolve(answer))
    }

    /// Everything that is wrong with a value of a schema of this file.
    pub(crate) fn faults(&self, schema: &Value, value: &Value) -> Vec<String> {
        self.0.faults(schema, value)
    }

    /// Everything that is wrong with an answer of ours.
    pub(crate) fn answer_faults(&self, operation: &str, status: u16, content_type: &str, body: &str) -> Vec<String> {
        let Some(described) = self.operation(operation) else { return vec![format!("no operation {operation}")] };
        let Some(answer) = self.answer(described, status) else {
            return vec![format!("status {status} is not described")];
        };
        let Some((kind, media)) = answer["content"].as_object().and_then(|content| content.iter().next()) else {
            return vec![];
        };
        if content_type != kind {
            return vec![format!("content type {content_type:?} instead of {kind}")];
        }
        if !kind.ends_with("json") {
            return vec![];
        }
        match serde_json::from_str(body) {
            Ok(value) => self.faults(&media["schema"], &value),
            Err(error) => vec![format!("no JSON: {error}")],
        }
    }
}

#[test]
fn an_answer_with_a_wrong_or_unknown_field_is_noticed() {
    let ours = Contract::ours();
    let good = r#"{"url":"https://pay.example/1","expires":"2026-11-24T08:00:00Z"}"#;
    assert_eq!(ours.answer_faults("checkout", 200, "application/json", good), Vec::<String>::new());
    for bad in [
        r#"{"url":"https://pay.example/1","expires":"soon"}"#,
        r#"{"url":"https://pay.example/1","expires":"2026-11-24T08:00:00Z","more":1}"#,
        "{}",
        "nothing",
    ] {
        assert!(!ours.answer_faults("checkout", 200, "application/json", bad).is_empty(), "{bad}");
    }
    assert!(!ours.answer_faults("checkout", 200, "text/html", good).is_empty());
    assert!(!ours.answer_faults("checkout", 201, "application/json", good).is_empty());
}

#[test]
fn a_problem_must_have_a_code_that_is_listed() {
    let ours = Contract::ours();
    let problem = |code: &str| json!({"type": "about:blank", "title": "t", "status": 404, "code": code}).to_string();
    assert!(ours.answer_faults("viewJob", 404, "application/problem+json", &problem("not_found")).is_empty());
    assert!(!ours.answer_faults("viewJob", 404, "application/problem+json", &problem("no_idea")).is_empty());
    assert!(!ours.answer_faults("viewJob", 404, "application/json", &problem("not_found")).is_empty());
}

#[test]
fn the_headless_client_has_every_operation_of_the_api() {
    let client = [
        include_str!("../../src/client/mod.rs"),
        include_str!("../../src/client/job.rs"),
        include_str!("../../src/client/people.rs"),
    ]
    .concat();
    let missing: Vec<_> =
        Contract::ours().operations().into_iter().filter(|id| !client.contains(&format!("\"{id}\""))).collect();
    assert_eq!(missing, Vec::<String>::new(), "operations that no journey can hold against what the functions answer");
}
