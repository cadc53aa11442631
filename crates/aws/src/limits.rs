//! Limits: a counter for each name, which the table forgets by itself when its window is over.
//!
//! A condition on the counter decides, not a look before it: callers that come at once cannot all see the last place.

use aws_sdk_dynamodb::types::AttributeValue::{N, S};
use justfax::{Timestamp, fault::Fault, ports::Limits};

use crate::{failure::held, jobs::JobsTable};

impl Limits for JobsTable {
    async fn take_one(&self, name: &str, most: u32, until: Timestamp) -> Result<bool, Fault> {
        let counted = self
            .client
            .update_item()
            .table_name(&self.table)
            .key("pk", S(format!("limit#{name}")))
            .update_expression("SET expires = :until ADD taken :one")
            .condition_expression("attribute_not_exists(taken) OR taken < :most")
            .expression_attribute_values(":until", N(until.as_second().to_string()))
            .expression_attribute_values(":one", N("1".to_owned()))
            .expression_attribute_values(":most", N(most.to_string()))
            .send()
            .await;
        held("UpdateItem", counted)
    }
}
