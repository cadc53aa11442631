//! The smallest function there can be, as the yardstick for our own: the Lambda runtime and nothing else.

use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde_json::{Value, json};

async fn answer(_event: LambdaEvent<Value>) -> Result<Value, Error> {
    Ok(json!({}))
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    lambda_runtime::run(service_fn(answer)).await
}
