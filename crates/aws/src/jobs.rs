//! Jobs in DynamoDB: one item a Job, written under a version condition.
//!
//! The item carries, beside the Job, only what the indexes need: a due time in one of eight shards, a keyed hash of
//! the address, and the TTL.

use std::collections::HashMap;

use aws_sdk_dynamodb::{
    Client,
    error::ProvideErrorMetadata,
    types::{AttributeValue, AttributeValue::N, AttributeValue::S},
};
use justfax::{
    Timestamp,
    fault::Fault,
    ids::JobId,
    job::Job,
    ports::{Committed, Jobs, Overdue, ReadJobs, Stored},
};

use crate::{
    failure::{fault, held},
    sdk::configured,
};

/// The index by due time is spread over this many partitions.
const SHARDS: u8 = 8;

/// The table of Jobs and line leases.
#[derive(Debug, Clone)]
pub struct JobsTable {
    pub(crate) client: Client,
    pub(crate) table: String,
}

impl JobsTable {
    /// The table of this name.
    pub fn new(aws: &crate::Aws, table: String) -> Self {
        Self { client: configured!(aws_sdk_dynamodb, aws), table }
    }

    fn item(job: &Job, version: u64) -> Result<HashMap<String, AttributeValue>, Fault> {
        let body: AttributeValue = serde_dynamo::to_attribute_value(job).map_err(Fault::broken)?;
        let mut item = HashMap::from([
            ("pk".to_owned(), S(format!("job#{}", job.id()))),
            ("version".to_owned(), N(version.to_string())),
            ("job".to_owned(), body),
            ("expires".to_owned(), N(job.forget_at().as_second().to_string())),
        ]);
        if let Some(due) = job.due() {
            item.insert("due_shard".to_owned(), S(shard(job.id()).to_string()));
            item.insert("due_at".to_owned(), N(due.as_millisecond().to_string()));
        }
        if let Some(hash) = job.email_hash() {
            item.insert("email_hash".to_owned(), S(hash.to_owned()));
        }
        Ok(item)
    }
}

/// The shard of a Job: ids are random, so any character spreads them.
fn shard(id: &JobId) -> u8 {
    id.as_str().bytes().next().unwrap_or_default() % SHARDS
}

impl ReadJobs for JobsTable {
    async fn load(&self, id: &JobId) -> Result<Option<Stored>, Fault> {
        let got = self
            .client
            .get_item()
            .table_name(&self.table)
            .key("pk", S(format!("job#{id}")))
            .consistent_read(true)
            .send()
            .await
            .map_err(|e| fault("GetItem", &e, e.code()))?;
        let Some(mut item) = got.item else { return Ok(None) };
        let version = item.get("version").and_then(|v| v.as_n().ok()).and_then(|n| n.parse().ok());
        let (Some(version), Some(body)) = (version, item.remove("job")) else {
            return Err(Fault::broken("an item without version or job"));
        };
        let job = serde_dynamo::from_attribute_value(body).map_err(Fault::broken)?;
        Ok(Some(Stored { job, version }))
    }
}

impl Jobs for JobsTable {
    async fn commit(&self, job: &Job, seen: u64) -> Result<Committed, Fault> {
        let put = self.client.put_item().table_name(&self.table).set_item(Some(Self::item(job, seen + 1)?));
        let put = if seen == 0 {
            put.condition_expression("attribute_not_exists(pk)")
        } else {
            put.condition_expression("version = :seen").expression_attribute_values(":seen", N(seen.to_string()))
        };
        Ok(if held("PutItem", put.send().await)? { Committed::Done } else { Committed::Conflict })
    }
}

impl JobsTable {
    /// The first overdue Jobs of a shard with their due times (milliseconds), oldest first.
    async fn overdue_in(&self, shard: u8, now: Timestamp, most: usize) -> Result<Vec<(i64, JobId)>, Fault> {
        let (mut found, mut from) = (Vec::new(), None::<HashMap<String, AttributeValue>>);
        while found.len() < most {
            let page = self
                .client
                .query()
                .table_name(&self.table)
                .index_name("by-due")
                .key_condition_expression("due_shard = :shard AND due_at <= :now")
                .expression_attribute_values(":shard", S(shard.to_string()))
                .expression_attribute_values(":now", N(now.as_millisecond().to_string()))
                .limit(i32::try_from(most - found.len()).unwrap_or(i32::MAX))
                .set_exclusive_start_key(from.take())
                .send()
                .await
                .map_err(|e| fault("Query", &e, e.code()))?;
            found.extend(page.items().iter().filter_map(due));
            match page.last_evaluated_key {
                Some(last) => from = Some(last),
                None => break,
            }
        }
        Ok(found)
    }
}

/// Due time and name of an entry of the index.
fn due(item: &HashMap<String, AttributeValue>) -> Option<(i64, JobId)> {
    let at = item.get("due_at")?.as_n().ok()?.parse().ok()?;
    Some((at, JobId::parse(item.get("pk")?.as_s().ok()?.strip_prefix("job#")?).ok()?))
}

/// Any of the oldest may lie in one shard, so each is asked for all of them: a few hundred names that are not used.
impl Overdue for JobsTable {
    async fn overdue(&self, now: Timestamp, most: usize) -> Result<Vec<JobId>, Fault> {
        let mut found = Vec::new();
        for shard in 0..SHARDS {
            found.extend(self.overdue_in(shard, now, most).await?);
        }
        found.sort();
        found.truncate(most);
        Ok(found.into_iter().map(|(_, job)| job).collect())
    }
}
