//! What is stored about an address: its Jobs by the index of keyed hashes, and the keys with which its owner gets there.
//!
//! The table forgets a key days after its time, so its time is compared too. A mailed key is spent by overwriting it
//! under a condition, not by deleting it: the function that does so needs no right to delete anything.

use std::collections::HashMap;

use aws_sdk_dynamodb::{
    error::ProvideErrorMetadata,
    types::AttributeValue::{self, N, S},
};
use justfax::{
    Timestamp,
    fault::Fault,
    ids::{JobId, SecretHash},
    ports::{DataKeys, JobsOf, KeyUse},
};

use crate::{
    failure::{fault, held},
    jobs::JobsTable,
};

fn name_of(used: KeyUse) -> &'static str {
    match used {
        KeyUse::Link => "link",
        KeyUse::Page => "page",
    }
}

fn place(key: &SecretHash) -> AttributeValue {
    S(format!("rights#{}", key.as_str()))
}

impl JobsOf for JobsTable {
    async fn jobs_of(&self, email_hash: &str) -> Result<Vec<JobId>, Fault> {
        let (mut found, mut from) = (Vec::new(), None::<HashMap<String, AttributeValue>>);
        loop {
            let page = self
                .client
                .query()
                .table_name(&self.table)
                .index_name("by-email")
                .key_condition_expression("email_hash = :whose")
                .expression_attribute_values(":whose", S(email_hash.to_owned()))
                .set_exclusive_start_key(from.take())
                .send()
                .await
                .map_err(|e| fault("Query", &e, e.code()))?;
            let ids = page.items().iter().filter_map(|item| item.get("pk")?.as_s().ok());
            found.extend(ids.filter_map(|pk| JobId::parse(pk.strip_prefix("job#")?).ok()));
            match page.last_evaluated_key {
                Some(last) => from = Some(last),
                None => return Ok(found),
            }
        }
    }
}

impl DataKeys for JobsTable {
    async fn keep(&self, key: &SecretHash, used: KeyUse, whose: &str, until: Timestamp) -> Result<(), Fault> {
        self.client
            .put_item()
            .table_name(&self.table)
            .item("pk", place(key))
            .item("used", S(name_of(used).to_owned()))
            .item("whose", S(whose.to_owned()))
            .item("expires", N(until.as_second().to_string()))
            .send()
            .await
            .map_err(|e| fault("PutItem", &e, e.code()))?;
        Ok(())
    }

    async fn holder(&self, key: &SecretHash, used: KeyUse, now: Timestamp) -> Result<Option<String>, Fault> {
        let got =
            self.client.get_item().table_name(&self.table).key("pk", place(key)).consistent_read(true).send().await;
        let Some(item) = got.map_err(|e| fault("GetItem", &e, e.code()))?.item else { return Ok(None) };
        let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).map(String::as_str);
        let until = item.get("expires").and_then(|value| value.as_n().ok()?.parse::<i64>().ok()).unwrap_or(0);
        let is_good = text("used") == Some(name_of(used)) && until > now.as_second();
        Ok(is_good.then(|| text("whose").map(str::to_owned)).flatten())
    }

    async fn spend(&self, key: &SecretHash, now: Timestamp) -> Result<bool, Fault> {
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .item("pk", place(key))
            .item("used", S("spent".to_owned()))
            .item("expires", N(now.as_second().to_string()))
            .condition_expression("used = :link AND expires > :now")
            .expression_attribute_values(":link", S(name_of(KeyUse::Link).to_owned()))
            .expression_attribute_values(":now", N(now.as_second().to_string()))
            .send()
            .await;
        held("PutItem", put)
    }
}
