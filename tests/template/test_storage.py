"""Where data lies: encrypted, over TLS only, and not for ever."""

import pytest
from expanded import listed, raw, resources, text

STORAGE = raw("infra/storage.yaml")["Resources"]
DOCUMENTS = STORAGE["Documents"]["Properties"]
JOBS = STORAGE["Jobs"]["Properties"]

BUCKETS = resources("AWS::S3::Bucket")
QUEUES = resources("AWS::SQS::Queue")


def of(found):
    return pytest.mark.parametrize(("name", "resource"), found, ids=[name for name, _ in found])


def test_no_document_lives_longer_than_the_promised_month():
    rules = {rule["Id"]: rule for rule in DOCUMENTS["LifecycleConfiguration"]["Rules"]}
    whole = rules["nothing-is-kept-longer-than-promised"]
    assert whole["Status"] == "Enabled" and "Prefix" not in whole and "TagFilters" not in whole
    assert whole["ExpirationInDays"] == {"Ref": "KeepDays"}
    assert whole["NoncurrentVersionExpiration"] == {"NoncurrentDays": 1}
    days = raw("template.yaml")["Parameters"]["KeepDays"]
    assert (days["Default"], days["MaxValue"]) == (30, 30)


def test_the_picture_for_a_report_is_gone_after_a_day_even_if_no_function_deletes_it():
    rules = {rule["Id"]: rule for rule in DOCUMENTS["LifecycleConfiguration"]["Rules"]}
    picture = rules["no-picture-outlives-its-report"]
    assert (picture["Status"], picture["Prefix"], picture["ExpirationInDays"]) == ("Enabled", "reports/", 1)


@of(BUCKETS)
def test_broken_uploads_leave_nothing(name, resource):
    rules = resource["Properties"]["LifecycleConfiguration"]["Rules"]
    assert any(rule.get("AbortIncompleteMultipartUpload") == {"DaysAfterInitiation": 1} for rule in rules)


@of(BUCKETS)
def test_a_bucket_is_private_and_encrypted(name, resource):
    properties = resource["Properties"]
    assert all(properties["PublicAccessBlockConfiguration"].values()) and len(properties["PublicAccessBlockConfiguration"]) == 4
    assert properties["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert properties["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]


def test_documents_are_encrypted_with_our_own_key_and_never_versioned():
    rule = DOCUMENTS["BucketEncryption"]["ServerSideEncryptionConfiguration"][0]
    assert rule["ServerSideEncryptionByDefault"] == {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": {"Ref": "KeyArn"}}
    assert rule["BucketKeyEnabled"] is True
    assert "VersioningConfiguration" not in DOCUMENTS


def test_only_the_site_may_upload_from_a_browser():
    (rule,) = DOCUMENTS["CorsConfiguration"]["CorsRules"]
    assert rule["AllowedOrigins"] == [{"Ref": "SiteUrl"}]
    assert sorted(rule["AllowedMethods"]) == ["GET", "POST"]


def test_uploads_alone_are_told_to_the_prepare_queue():
    (rule,) = DOCUMENTS["NotificationConfiguration"]["QueueConfigurations"]
    assert rule["Filter"]["S3Key"]["Rules"] == [{"Name": "prefix", "Value": "uploads/"}]


def test_records_expire_are_encrypted_and_can_be_restored_for_a_week_only():
    assert JOBS["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}
    assert JOBS["SSESpecification"] == {"SSEEnabled": True, "SSEType": "KMS", "KMSMasterKeyId": {"Ref": "KeyArn"}}
    assert JOBS["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True, "RecoveryPeriodInDays": 7}
    assert JOBS["DeletionProtectionEnabled"] is True


def test_indexes_are_sparse_and_show_keys_only():
    indexes = {index["IndexName"]: index for index in JOBS["GlobalSecondaryIndexes"]}
    assert set(indexes) == {"by-due", "by-email"}
    assert all(index["Projection"] == {"ProjectionType": "KEYS_ONLY"} for index in indexes.values())


@of(QUEUES)
def test_a_queue_is_encrypted_with_our_own_key(name, resource):
    assert resource["Properties"]["KmsMasterKeyId"] == {"Ref": "KeyArn"}


def tls_denials(policies):
    """The resources of every statement that refuses all actions without TLS."""
    for _, policy in policies:
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]:
            if isinstance(statement, dict) and statement.get("Sid") == "TlsOnly":
                assert statement["Effect"] == "Deny" and statement["Principal"] == "*"
                assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
                yield from (text(item) for item in listed(statement["Resource"]))


@of(BUCKETS)
def test_a_bucket_takes_tls_only(name, resource):
    denied = set(tls_denials(resources("AWS::S3::BucketPolicy")))
    logical = name.split(":")[1]
    assert text({"Fn::GetAtt": [logical, "Arn"]}) in denied
    assert text({"Fn::Sub": f"${{{logical}.Arn}}/*"}) in denied


@of(QUEUES)
def test_a_queue_takes_tls_only(name, resource):
    assert text({"Fn::GetAtt": [name.split(":")[1], "Arn"]}) in set(tls_denials(resources("AWS::SQS::QueuePolicy")))


def test_the_key_is_rotated_and_survives_the_stack():
    ((_, key),) = resources("AWS::KMS::Key")
    assert key["Properties"]["EnableKeyRotation"] is True
    assert key["DeletionPolicy"] == "Retain"


def test_every_service_that_uses_the_key_is_bound_to_this_account():
    ((_, key),) = resources("AWS::KMS::Key")
    for statement in key["Properties"]["KeyPolicy"]["Statement"]:
        if "Service" in statement["Principal"]:
            assert "AWS::AccountId" in text(statement["Condition"]), statement["Sid"]
            assert not any("*" in action for action in listed(statement["Action"]))


def test_nothing_goes_to_the_bucket_under_another_key():
    (policy,) = [p for name, p in resources("AWS::S3::BucketPolicy") if "storage" in name]
    statement = next(s for s in policy["Properties"]["PolicyDocument"]["Statement"] if s["Sid"] == "NoOtherKeyThanOurs")
    assert statement["Effect"] == "Deny" and statement["Action"] == "s3:PutObject"
