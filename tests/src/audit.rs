//! What a running stack has of one Job, told by the resources themselves and not by our API.
//!
//! Everything there is gets listed and searched, not the places where the code would have put something: an object of
//! which nobody knows whose it is, is a finding too. The emulator shows queues without receiving from them, so messages in
//! flight and delayed ones are seen as well. Far ends, such as the sender's mailbox, the payment provider's books and the
//! paper of the fax machine, are listed apart: what they have was given to them.

use std::fmt;

use serde_json::{Value, json};

use crate::{
    aws::{Aws, AwsError, named},
    client::{Desk, Failure},
    stack::Stack,
};

/// What kind of thing has something of a Job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An object, a version of one or a delete marker.
    Object,
    /// A multipart upload that nobody finished.
    Upload,
    /// An item of the table.
    Record,
    /// A message of a queue, waiting, delayed, in flight or dead.
    Message,
    /// A copy at the carrier.
    CarrierCopy,
    /// Lines of a function's log, which may hold the Job's name and nothing else.
    Log,
    /// A mail that left us.
    Mail,
    /// A payment in the provider's books.
    Payment,
}

/// One thing that has something of a Job.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Its kind.
    pub kind: Kind,
    /// Where: bucket, table, queue, log group.
    pub place: String,
    /// What: a key, a name, a count.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            Kind::Object => "object",
            Kind::Upload => "unfinished upload",
            Kind::Record => "record",
            Kind::Message => "message",
            Kind::CarrierCopy => "carrier copy",
            Kind::Log => "log",
            Kind::Mail => "mail (left us)",
            Kind::Payment => "payment (the provider's)",
        };
        write!(f, "{kind:<26}{}  {}", self.place, self.what)
    }
}

/// No audit could be made.
#[derive(Debug, thiserror::Error)]
pub enum NotAudited {
    /// The emulator.
    #[error(transparent)]
    Aws(#[from] AwsError),
    /// The desk.
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// Everything that has something of a Job. `words` are further data of it to look for, such as an address or a number, in
/// every record, message and log line.
///
/// # Errors
/// [`NotAudited`].
pub async fn audit(
    aws: &Aws,
    desk: &Desk,
    stack: &Stack,
    job: &str,
    words: &[String],
) -> Result<Vec<Finding>, NotAudited> {
    let mut found = objects(aws, stack, job).await?;
    let wanted: Vec<&str> = std::iter::once(job).chain(words.iter().map(String::as_str)).collect();
    let names = |text: &str| wanted.iter().any(|word| text.contains(word));
    for item in aws.items(&stack.table).await? {
        if names(&item.to_string()) {
            let what = item["pk"]["S"].as_str().unwrap_or("without a name").to_owned();
            found.push(Finding { kind: Kind::Record, place: stack.table.clone(), what });
        }
    }
    for (queue, body) in aws.all_messages().await? {
        if names(&body) {
            found.push(Finding { kind: Kind::Message, place: queue, what: body });
        }
    }
    for group in stack.log_groups.values() {
        let lines = aws.log_lines(group, 0).await?.iter().filter(|line| names(line)).count();
        if lines > 0 {
            found.push(Finding { kind: Kind::Log, place: group.clone(), what: format!("{lines} lines") });
        }
    }
    found.extend(far_ends(desk, job).await?);
    found.sort();
    Ok(found)
}

/// Objects in every version, and uploads in parts. An object below no Job's name could be anybody's.
async fn objects(aws: &Aws, stack: &Stack, job: &str) -> Result<Vec<Finding>, AwsError> {
    let mut found = Vec::new();
    for listing in ["versions", "list-type=2", "uploads"] {
        let kind = if listing == "uploads" { Kind::Upload } else { Kind::Object };
        let keys = aws.every_key(listing).await?;
        let ours = keys.into_iter().filter(|key| key.contains(job) || !names_a_job(key));
        found.extend(ours.map(|what| Finding { kind, place: stack.bucket.clone(), what }));
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// Whether a key is `<kind>/<26 characters of base32>/…`.
fn names_a_job(key: &str) -> bool {
    let name = key.split('/').nth(1).unwrap_or_default();
    name.len() == 26 && name.bytes().all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b))
}

async fn far_ends(desk: &Desk, job: &str) -> Result<Vec<Finding>, Failure> {
    let calls = desk.calls(job).await?.into_iter().filter(|call| !call.deleted || call.carrier_copy.is_some());
    let mut found: Vec<_> =
        calls.map(|call| Finding { kind: Kind::CarrierCopy, place: "carrier".to_owned(), what: call.id }).collect();
    for (kind, mail) in desk.mails(job).await? {
        found.push(Finding { kind: Kind::Mail, place: mail.to.join(", "), what: kind });
    }
    for intent in desk.payments(job).await? {
        found.push(Finding { kind: Kind::Payment, place: "payment provider".to_owned(), what: intent.id });
    }
    Ok(found)
}

impl Aws {
    /// Every key of the bucket by one of its listings: `versions`, `list-type=2` or `uploads`.
    pub(crate) async fn every_key(&self, listing: &str) -> Result<Vec<String>, AwsError> {
        let (mut keys, mut from) = (Vec::new(), String::new());
        loop {
            let xml = self.listing(&format!("{listing}&max-keys=1000{from}")).await?;
            keys.extend(named(&xml, "Key").map(ToOwned::to_owned));
            let next = |element: &str, parameter: &str| {
                named(&xml, element).next().map(|value| format!("&{parameter}={}", value.replace('/', "%2F")))
            };
            let further = [("NextContinuationToken", "continuation-token"), ("NextKeyMarker", "key-marker")]
                .into_iter()
                .find_map(|(element, parameter)| next(element, parameter));
            match further.filter(|_| xml.contains("<IsTruncated>true")) {
                Some(marker) => from = marker,
                None => return Ok(keys),
            }
        }
    }

    /// Every item of a table, in the words of its API.
    ///
    /// # Errors
    /// [`AwsError`].
    pub async fn items(&self, table: &str) -> Result<Vec<Value>, AwsError> {
        let (mut items, mut from) = (Vec::new(), Value::Null);
        loop {
            let mut body = json!({ "TableName": table, "ConsistentRead": true });
            if !from.is_null() {
                body["ExclusiveStartKey"] = from;
            }
            let mut answer = self.call("dynamodb", "DynamoDB_20120810.Scan", "1.0", &body).await?;
            items.extend(answer["Items"].as_array_mut().into_iter().flatten().map(Value::take));
            from = answer["LastEvaluatedKey"].take();
            if from.is_null() {
                return Ok(items);
            }
        }
    }

    /// Changes attributes of a Job's item, which no function of ours could: how the tests let time pass.
    ///
    /// # Errors
    /// [`AwsError`].
    pub async fn rewrite(&self, table: &str, job: &str, update: &str, values: &Value) -> Result<(), AwsError> {
        let body = json!({
            "TableName": table, "Key": { "pk": { "S": format!("job#{job}") } }, "UpdateExpression": update,
            "ConditionExpression": "attribute_exists(pk)", "ExpressionAttributeValues": values,
        });
        self.call("dynamodb", "DynamoDB_20120810.UpdateItem", "1.0", &body).await.map(|_| ())
    }

    /// The bodies of all messages of all queues, whatever their state, without touching them.
    async fn all_messages(&self) -> Result<Vec<(String, String)>, AwsError> {
        let all: Value = self.peeked().await?;
        let regions = all["messages"].as_object().into_iter().flat_map(|accounts| accounts.values());
        let queues =
            regions.filter_map(Value::as_object).flat_map(|r| r.values()).filter_map(Value::as_object).flatten();
        let bodies = |(queue, messages): (&String, &Value)| {
            let name = queue.rsplit('/').next().unwrap_or(queue).to_owned();
            let bodies = messages.as_array().cloned().unwrap_or_default().into_iter();
            bodies.map(move |m| (name.clone(), m["Body"].as_str().unwrap_or_default().to_owned())).collect::<Vec<_>>()
        };
        Ok(queues.flat_map(bodies).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_names_no_job_is_noticed() {
        assert!(names_a_job("uploads/abcdefghijklmnopqrstuvwxyz/abc"));
        for key in ["uploads/x", "abcdefghijklmnopqrstuvwxyz", "tmp/ABCDEFGHIJKLMNOPQRSTUVWXYZ/1", ""] {
            assert!(!names_a_job(key), "{key}");
        }
    }
}
