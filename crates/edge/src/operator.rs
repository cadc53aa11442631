//! The operator's configuration, compiled into every function that speaks of it: who operates the service cannot change
//! between two of them without a deployment.

use justfax::operator::Operator;

/// Who operates the service, from `infra/operator.json`.
///
/// # Errors
/// What is missing or wrong in that file.
pub fn operator() -> Result<Operator, serde_json::Error> {
    serde_json::from_str(include_str!("../../../infra/operator.json"))
}
