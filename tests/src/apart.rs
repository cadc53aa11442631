//! A table and a bucket of a test's own on the emulator, so that no function of the stack works on what it writes.
//!
//! The table is made as the deployed one is described. The bucket keeps versions, which the deployed one never does:
//! whoever deletes there must find them all.

use serde_json::{Value, json};

use crate::{
    aws::{Aws, AwsError},
    stack::Stack,
};

impl Aws {
    /// Makes both under a name that is not taken; the stack with them in the place of its own.
    ///
    /// # Errors
    /// [`AwsError`].
    pub async fn apart(&self, stack: &Stack, name: &str) -> Result<Stack, AwsError> {
        let description = self.dynamo("DescribeTable", &json!({ "TableName": stack.table })).await?;
        self.dynamo("CreateTable", &like(&description["Table"], name)).await?;
        let url = format!("{}/{name}", stack.emulator);
        let place = format!(
            "<CreateBucketConfiguration><LocationConstraint>{}</LocationConstraint></CreateBucketConfiguration>",
            stack.region
        );
        self.send("s3", http::Request::put(&url).body(place)).await?;
        let versions = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
        self.send("s3", http::Request::put(format!("{url}?versioning=")).body(versions.to_owned())).await?;
        Ok(Stack { table: name.to_owned(), bucket: name.to_owned(), ..stack.clone() })
    }

    /// Puts an object into a bucket.
    ///
    /// # Errors
    /// [`AwsError`].
    pub async fn put(&self, stack: &Stack, key: &str, body: String) -> Result<(), AwsError> {
        let url = format!("{}/{}/{key}", stack.emulator, stack.bucket);
        self.send("s3", http::Request::put(url).body(body)).await.map(|_| ())
    }

    async fn dynamo(&self, action: &str, body: &Value) -> Result<Value, AwsError> {
        self.call("dynamodb", &format!("DynamoDB_20120810.{action}"), "1.0", body).await
    }
}

/// The order for a table like one described.
fn like(table: &Value, name: &str) -> Value {
    let index = |index: &Value| {
        json!({
            "IndexName": index["IndexName"], "KeySchema": index["KeySchema"], "Projection": index["Projection"],
        })
    };
    let indexes: Vec<Value> = table["GlobalSecondaryIndexes"].as_array().into_iter().flatten().map(index).collect();
    json!({
        "TableName": name,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": table["AttributeDefinitions"],
        "KeySchema": table["KeySchema"],
        "GlobalSecondaryIndexes": indexes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_made_like_another_has_its_indexes_and_not_its_name() {
        let keys = json!([{ "AttributeName": "pk", "KeyType": "HASH" }]);
        let index = json!({ "IndexName": "by-due", "KeySchema": keys, "Projection": {}, "IndexStatus": "ACTIVE" });
        let made = like(&json!({ "TableName": "jobs", "KeySchema": keys, "GlobalSecondaryIndexes": [index] }), "apart");
        assert_eq!((&made["TableName"], &made["KeySchema"]), (&json!("apart"), &keys));
        assert_eq!(made["GlobalSecondaryIndexes"][0]["IndexName"], "by-due");
        assert!(made["GlobalSecondaryIndexes"][0].get("IndexStatus").is_none());
    }
}
