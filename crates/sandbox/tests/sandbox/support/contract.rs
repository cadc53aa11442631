//! The providers' contract files, where the shared corpus lies beside the checkout.

use std::path::PathBuf;

use serde_json::{Value, json};

/// A contract, ready to check objects of any of its schemas.
pub(crate) struct Contract {
    document: Value,
}

impl Contract {
    /// Reads a file of `../shared/contracts`; says so and gives nothing where the folder is not there.
    pub(crate) fn open(name: &str) -> Option<Self> {
        let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/contracts").join(name);
        let Ok(bytes) = std::fs::read(&file) else {
            eprintln!("skipped: {} is not there", file.display());
            return None;
        };
        let mut document: Value = serde_json::from_slice(&bytes).unwrap();
        allow_null(&mut document);
        Some(Self { document })
    }

    /// Asserts that a value is valid for a named schema.
    pub(crate) fn check(&self, schema: &str, value: &Value) {
        assert!(self.document["components"]["schemas"].get(schema).is_some(), "no schema {schema}");
        self.check_schema(&json!({"$ref": format!("#/components/schemas/{schema}")}), value);
    }

    /// Asserts that a value is valid for the answer of an operation.
    pub(crate) fn check_answer(&self, path: &str, method: &str, status: &str, value: &Value) {
        let answers = &self.document["paths"][path][method]["responses"];
        let mut answer = answers.get(status).unwrap_or(&answers["default"]);
        if let Some(reference) = answer["$ref"].as_str() {
            answer = self.document.pointer(reference.trim_start_matches('#')).unwrap();
        }
        self.check_schema(&answer["content"]["application/json"]["schema"], value);
    }

    fn check_schema(&self, schema: &Value, value: &Value) {
        let mut whole = schema.clone();
        whole["components"] = self.document["components"].clone();
        let validator = jsonschema::draft202012::new(&whole).unwrap();
        let faults: Vec<String> =
            validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{}\nin {value:#}", faults.join("\n"));
    }
}

/// OpenAPI 3.0 writes `nullable`; JSON Schema wants the type null.
fn allow_null(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if map.remove("nullable") == Some(json!(true)) {
                let plain = Value::Object(std::mem::take(map));
                map.insert("anyOf".to_owned(), json!([plain, {"type": "null"}]));
            }
            map.values_mut().for_each(allow_null);
        }
        Value::Array(list) => list.iter_mut().for_each(allow_null),
        _ => {}
    }
}
