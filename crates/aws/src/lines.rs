//! Line leases: an item per number that is being dialled, named by a keyed hash.

use aws_sdk_dynamodb::types::AttributeValue::{N, S};
use justfax::{Timestamp, fault::Fault, ports::Lines};

use crate::{failure::held, jobs::JobsTable};

impl Lines for JobsTable {
    async fn take(&self, line: &str, holder: &str, now: Timestamp, until: Timestamp) -> Result<bool, Fault> {
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .item("pk", S(format!("line#{line}")))
            .item("holder", S(holder.to_owned()))
            .item("until", N(until.as_second().to_string()))
            .item("expires", N(until.as_second().to_string()))
            .condition_expression("attribute_not_exists(pk) OR #until < :now OR holder = :holder")
            .expression_attribute_names("#until", "until")
            .expression_attribute_values(":now", N(now.as_second().to_string()))
            .expression_attribute_values(":holder", S(holder.to_owned()))
            .send()
            .await;
        held("PutItem", put)
    }

    async fn free(&self, line: &str, holder: &str) -> Result<(), Fault> {
        let deleted = self
            .client
            .delete_item()
            .table_name(&self.table)
            .key("pk", S(format!("line#{line}")))
            .condition_expression("holder = :holder")
            .expression_attribute_values(":holder", S(holder.to_owned()))
            .send()
            .await;
        held("DeleteItem", deleted).map(|_| ())
    }
}
