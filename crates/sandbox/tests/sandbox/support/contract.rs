//! The providers' contracts, as what the sandbox says must fit them.

use serde_json::{Value, json};

use crate::schemas::Schemas;

/// A contract, ready to check objects of any of its schemas.
pub(crate) struct Contract(Schemas);

impl Contract {
    /// A contract by its file name; nothing where the contracts are not there.
    pub(crate) fn open(name: &str) -> Option<Self> {
        Schemas::of_provider(name).map(Self)
    }

    /// Asserts that a value is valid for a named schema.
    pub(crate) fn check(&self, schema: &str, value: &Value) {
        assert!(self.0.document["components"]["schemas"].get(schema).is_some(), "no schema {schema}");
        self.check_schema(&json!({"$ref": format!("#/components/schemas/{schema}")}), value);
    }

    /// Asserts that a value is valid for the answer of an operation.
    pub(crate) fn check_answer(&self, path: &str, method: &str, status: &str, value: &Value) {
        let answers = &self.0.document["paths"][path][method]["responses"];
        let answer = self.0.resolve(answers.get(status).unwrap_or(&answers["default"]));
        self.check_schema(&answer["content"]["application/json"]["schema"], value);
    }

    fn check_schema(&self, schema: &Value, value: &Value) {
        let faults = self.0.faults(schema, value);
        assert!(faults.is_empty(), "{}\nin {value:#}", faults.join("\n"));
    }
}
