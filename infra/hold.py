"""Places or lifts a legal hold on one Job: hold.py JOB ON|OFF WHY [STACK]

A hold suspends the deletion of our copies and the expiry of the record (docs/OPERATIONS.md, "Legal hold"). It is written into
the record with who, when and why, under the record's version, so that it can collide with no function; and every
object of the Job is written anew in place, because the bucket deletes by age whatever anybody says. It lasts 28 days,
less than the bucket's 30: who needs it longer places it again, and a forgotten one ends by itself.

Without a STACK, on the local stack that is running. With one, on that stack, through its break-glass role alone, which
wants a second factor: MFA_SERIAL and MFA_CODE in the environment. Every step is in the trail, and the alarm rings.
"""

import json
import os
import re
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import boto3

READY_FILE = Path(__file__).resolve().parents[1] / "target/stack/ready.json"
LASTS = timedelta(days=28)
# crates/justfax/src/retention.rs: a record is kept this long after its end, and so after the end of a hold.
ENDED = timedelta(days=30)


class Refused(Exception):
    """It cannot be done, and why."""


class Place:
    """The table and the bucket of a stack, and who is at it."""

    def __init__(self, dynamodb, s3, table: str, bucket: str, who: str):
        self.dynamodb, self.s3, self.table, self.bucket, self.who = dynamodb, s3, table, bucket, who


def local() -> Place:
    """The stack that runs here, as the emulator's root user."""
    ready = Path(os.environ.get("JUSTFAX_STACK") or os.environ.get("JUSTFAX_READY") or READY_FILE)
    if not ready.is_file():
        raise Refused("no stack is running here, and no STACK was named")
    facts = json.loads(ready.read_text())
    access = {
        "endpoint_url": facts["emulator"], "region_name": facts["region"],
        "aws_access_key_id": facts["access_key"], "aws_secret_access_key": facts["secret_key"],
    }
    who = os.environ.get("USER") or "operator"
    return Place(boto3.client("dynamodb", **access), boto3.client("s3", **access), facts["table"], facts["bucket"], who)


def deployed(stack: str) -> Place:
    """A deployed stack, through its break-glass role."""
    described = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in described["Outputs"]}
    if "BreakGlassRole" not in outputs:
        raise Refused("this stack has no break-glass role (AuditTrail=no): use that of the organisation's own trail")
    sts = boto3.client("sts")
    who = sts.get_caller_identity()["Arn"].rsplit("/", 1)[-1]
    given = sts.assume_role(
        RoleArn=outputs["BreakGlassRole"], RoleSessionName=f"hold-{who}"[:64],
        SerialNumber=os.environ["MFA_SERIAL"], TokenCode=os.environ["MFA_CODE"],
    )["Credentials"]
    access = {
        "aws_access_key_id": given["AccessKeyId"], "aws_secret_access_key": given["SecretAccessKey"],
        "aws_session_token": given["SessionToken"],
    }
    return Place(boto3.client("dynamodb", **access), boto3.client("s3", **access), outputs["JobsTable"], outputs["DocumentsBucket"], who)


def stamp(at: datetime) -> str:
    """A time as the record has it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def text(**fields: str) -> dict:
    """A map of strings in the table's words."""
    return {"M": {name: {"S": value} for name, value in fields.items()}}


def placed(item: dict, who: str, why: str, now: datetime) -> tuple[str, dict]:
    """The change that places a hold: appended, never overwritten; the record expires later, never sooner."""
    until = now + LASTS
    hold = text(by=who, why=why, since=stamp(now), until=stamp(until))
    expires = max(int(item["expires"]["N"]), int((until + ENDED).timestamp()))
    return (
        "SET job.holds = list_append(if_not_exists(job.holds, :none), :holds), expires = :expires, version = :next",
        {":none": {"L": []}, ":holds": {"L": [hold]}, ":expires": {"N": str(expires)}},
    )


def lifted(item: dict, who: str, why: str, now: datetime) -> tuple[str, dict]:
    """The change that lifts every hold in force, and has the clean-up look at the Job at once."""
    holds = item["job"]["M"].get("holds", {"L": []})["L"]
    end = text(by=who, why=why, at=stamp(now))
    new = [hold if _is_lifted(hold) else {"M": hold["M"] | {"lifted": end}} for hold in holds]
    if new == holds:
        raise Refused("there is no hold to lift")
    change, values = "SET job.holds = :holds, version = :next", {":holds": {"L": new}}
    if "due_shard" in item:
        change, values = f"{change}, due_at = :now", values | {":now": {"N": str(int(now.timestamp() * 1000))}}
    return change, values


def _is_lifted(hold: dict) -> bool:
    return "M" in hold["M"].get("lifted", {})


def change(place: Place, job: str, what, why: str) -> None:
    """Loads, changes under the record's version, and again when a function was quicker."""
    key = {"pk": {"S": f"job#{job}"}}
    for _ in range(10):
        item = place.dynamodb.get_item(TableName=place.table, Key=key, ConsistentRead=True).get("Item")
        if item is None:
            raise Refused("there is no such Job, or it is forgotten")
        update, values = what(item, place.who, why, datetime.now(timezone.utc))
        seen = item["version"]["N"]
        try:
            place.dynamodb.update_item(
                TableName=place.table, Key=key, UpdateExpression=update, ConditionExpression="version = :seen",
                ExpressionAttributeValues=values | {":seen": {"N": seen}, ":next": {"N": str(int(seen) + 1)}},
            )
            return
        except place.dynamodb.exceptions.ConditionalCheckFailedException:
            continue
    raise Refused("the Job kept changing; try again")


def renew(place: Place, job: str) -> int:
    """Writes every object of the Job anew where it lies; its age, by which the bucket deletes, begins again."""
    count = 0
    for folder in ("uploads", "pages", "transmissions", "reports"):
        for page in place.s3.get_paginator("list_objects_v2").paginate(Bucket=place.bucket, Prefix=f"{folder}/{job}/"):
            for found in page.get("Contents", []):
                place.s3.copy_object(
                    Bucket=place.bucket, Key=found["Key"], CopySource={"Bucket": place.bucket, "Key": found["Key"]},
                    MetadataDirective="REPLACE", Metadata={"held": "1"},
                    ContentType=place.s3.head_object(Bucket=place.bucket, Key=found["Key"])["ContentType"],
                )
                count += 1
    return count


def main() -> None:
    """Reads the command line, does it, and says what was done."""
    job, state, why = (sys.argv[1:4] + ["", "", ""])[:3]
    stack = sys.argv[4] if len(sys.argv) > 4 else ""
    if not re.fullmatch(r"[a-z2-7]{26}", job) or state not in ("ON", "OFF") or not why.strip():
        sys.exit('make hold JOB=<26 characters> ON|OFF WHY="reference of the order" [STACK=justfax]')
    try:
        place = deployed(stack) if stack else local()
        change(place, job, placed if state == "ON" else lifted, why.strip())
        objects = renew(place, job) if state == "ON" else 0
    except (Refused, KeyError) as refused:
        sys.exit(f"hold: {refused}")
    until = stamp(datetime.now(timezone.utc) + LASTS)
    print(f"held by {place.who} until {until}, {objects} objects renewed" if state == "ON" else f"lifted by {place.who}")


if __name__ == "__main__":
    main()
