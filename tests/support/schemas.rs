//! Values held against the schemas of an OpenAPI file.
//!
//! One file, taken in by path where it is needed: the tests of the sandbox and the journeys hold both sides of the providers'
//! APIs against the same contracts, and neither may depend on the other.

use std::path::Path;

use serde_json::{Value, json};

/// An OpenAPI file.
pub(crate) struct Schemas {
    /// The whole file.
    pub(crate) document: Value,
}

impl Schemas {
    /// A provider's, from the contracts beside the checkout; says so and gives nothing where they are not there.
    pub(crate) fn of_provider(name: &str) -> Option<Self> {
        let folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
        let found = folders.map(|folder| folder.join("shared/contracts").join(name)).find(|file| file.is_file());
        let Some(bytes) = found.and_then(|file| std::fs::read(file).ok()) else {
            eprintln!("SKIPPED: the contract {name} is not there");
            return None;
        };
        let mut document = serde_json::from_slice(&bytes).expect("a contract is JSON");
        allow_null(&mut document);
        Some(Self { document })
    }

    /// What a reference stands for.
    pub(crate) fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(reference) => self.document.pointer(reference.trim_start_matches('#')).unwrap_or(&Value::Null),
            None => value,
        }
    }

    /// Everything that is wrong with a value of a schema of this file.
    pub(crate) fn faults(&self, schema: &Value, value: &Value) -> Vec<String> {
        let mut whole = schema.clone();
        whole["components"] = self.document["components"].clone();
        let validator =
            jsonschema::draft202012::options().should_validate_formats(true).build(&whole).expect("a schema");
        validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
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
