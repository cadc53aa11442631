"""Applies what the emulator's CloudFormation drops from the template, through the same AWS APIs.

The template stays what is right on AWS; this file bends. It walks the deployed stack with its nested ones, reads the
templates as deployed, and puts each dropped property on the resource that the stack made. The gaps are listed in
docs/decisions/local-emulator.md; a gap that closes in a later release turns its step here into a repetition, not a fault.
"""

import json
from typing import Any, Iterator

from samcli.yamlhelper import yaml_parse

from emulator import Emulator


class Stack:
    """A deployed stack: its template, parameter values and the physical names of its resources."""

    def __init__(self, emulator: Emulator, name: str):
        formation = emulator.client("cloudformation")
        body = formation.get_template(StackName=name)["TemplateBody"]
        self.template = body if isinstance(body, dict) else yaml_parse(body)
        described = formation.describe_stacks(StackName=name)["Stacks"][0]
        self.parameters = {item["ParameterKey"]: item["ParameterValue"] for item in described.get("Parameters", [])}
        listed = formation.list_stack_resources(StackName=name)["StackResourceSummaries"]
        self.names = {item["LogicalResourceId"]: item["PhysicalResourceId"] for item in listed}
        self.nested = [item["PhysicalResourceId"] for item in listed if item["ResourceType"] == "AWS::CloudFormation::Stack"]

    def resolve(self, value: Any) -> Any:
        """A property with its references replaced; only Ref, which is all that the properties below use."""
        if isinstance(value, dict):
            if list(value) == ["Ref"]:
                return self.parameters.get(value["Ref"]) or self.names[value["Ref"]]
            if any(key.startswith("Fn::") for key in value):
                raise ValueError(f"the bridge cannot resolve {value}")
            return {key: self.resolve(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.resolve(item) for item in value]
        return value

    def resources(self, kind: str) -> Iterator[tuple[str, dict]]:
        """Physical name and raw properties of each resource of a type."""
        for logical, resource in self.template["Resources"].items():
            if resource["Type"] == kind and logical in self.names:
                yield self.names[logical], resource.get("Properties", {})


def stacks(emulator: Emulator, name: str) -> Iterator[Stack]:
    """The stack and all that are nested in it, at any depth."""
    stack = Stack(emulator, name)
    yield stack
    for nested in stack.nested:
        yield from stacks(emulator, nested)


def apply(emulator: Emulator, name: str) -> Iterator[str]:
    """Applies everything; yields a line for each property."""
    for stack in stacks(emulator, name):
        for bucket, properties in stack.resources("AWS::S3::Bucket"):
            yield from _bucket(emulator.client("s3"), stack, bucket, properties)
        for table, properties in stack.resources("AWS::DynamoDB::Table"):
            yield from _table(emulator.client("dynamodb"), stack, table, properties)
        for destination, properties in stack.resources("AWS::SES::ConfigurationSetEventDestination"):
            yield from _mail_events(emulator.client("ses"), stack, properties["EventDestination"])
        for role, properties in stack.resources("AWS::IAM::Role"):
            yield from _mail_role(emulator.client("iam"), role, properties)


def _bucket(s3, stack: Stack, bucket: str, properties: dict) -> Iterator[str]:
    if rules := properties.get("LifecycleConfiguration", {}).get("Rules"):
        s3.put_bucket_lifecycle_configuration(
            Bucket=bucket, LifecycleConfiguration={"Rules": [_lifecycle_rule(stack.resolve(rule)) for rule in rules]}
        )
        yield f"lifecycle of {bucket}"
    if rules := properties.get("BucketEncryption", {}).get("ServerSideEncryptionConfiguration"):
        s3.put_bucket_encryption(
            Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": [_encryption_rule(stack.resolve(rule)) for rule in rules]}
        )
        yield f"encryption of {bucket}"


def _lifecycle_rule(rule: dict) -> dict:
    """A rule of the template in the words of the S3 API."""
    made = {"ID": rule["Id"], "Status": rule["Status"], "Filter": {"Prefix": rule.get("Prefix", "")}}
    if days := rule.get("ExpirationInDays"):
        made["Expiration"] = {"Days": int(days)}
    for same in ("NoncurrentVersionExpiration", "AbortIncompleteMultipartUpload"):
        if same in rule:
            made[same] = {key: int(value) for key, value in rule[same].items()}
    return made


def _encryption_rule(rule: dict) -> dict:
    return {
        "ApplyServerSideEncryptionByDefault": rule["ServerSideEncryptionByDefault"],
        "BucketKeyEnabled": bool(rule.get("BucketKeyEnabled")),
    }


def _table(dynamodb, stack: Stack, table: str, properties: dict) -> Iterator[str]:
    if wanted := properties.get("TimeToLiveSpecification"):
        described = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
        if described["TimeToLiveStatus"] == "DISABLED":
            dynamodb.update_time_to_live(TableName=table, TimeToLiveSpecification=stack.resolve(wanted))
        yield f"expiry of records in {table}"
    if wanted := properties.get("PointInTimeRecoverySpecification"):
        dynamodb.update_continuous_backups(TableName=table, PointInTimeRecoverySpecification=stack.resolve(wanted))
        yield f"backups of {table}"
    if wanted := properties.get("SSESpecification"):
        given = stack.resolve(wanted)
        dynamodb.update_table(
            TableName=table,
            SSESpecification={"Enabled": given["SSEEnabled"], "SSEType": given["SSEType"], "KMSMasterKeyId": given["KMSMasterKeyId"]},
        )
        yield f"encryption of {table}"


def _mail_events(ses, stack: Stack, destination: dict) -> Iterator[str]:
    """The emulator publishes no events of a configuration set, but the same notices by the topics of an identity."""
    topic = stack.resolve(destination["SnsDestination"]["TopicARN"])
    for identity in ses.list_identities()["Identities"]:
        for kind in destination["MatchingEventTypes"]:
            ses.set_identity_notification_topic(Identity=identity, NotificationType=kind.title(), SnsTopic=topic)
        yield f"mail notices of {identity}"


def _mail_role(iam, role: str, properties: dict) -> Iterator[str]:
    """The emulator refuses ses:SendRawEmail on an identity, as it knows no resource for it; `*` it allows."""
    if "ses:SendRawEmail" not in json.dumps(properties.get("Policies", []), default=str):
        return
    allowed = {"Effect": "Allow", "Action": "ses:SendRawEmail", "Resource": "*"}
    iam.put_role_policy(
        RoleName=role, PolicyName="local-only-mail", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
    )
    yield f"mail right of {role}"
