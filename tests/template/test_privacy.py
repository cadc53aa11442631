"""docs/PRIVACY.md against what there is: its tests exist, and what is deployed keeps things exactly as long as it says."""

import json
import re
import sys

import pytest
from expanded import FUNCTIONS, ROOT, raw, resources, text

sys.path.insert(0, str(ROOT / "tests/privacy"))
import promises  # noqa: E402
import prove  # noqa: E402

STORAGE = raw("infra/storage.yaml")["Resources"]
OBSERVABILITY = raw("infra/observability.yaml")["Resources"]
KEPT = promises.retention()
OPERATOR = json.loads((ROOT / "infra/operator.json").read_text())
LANGUAGES = sorted((ROOT / "web/src/texts").glob("??.ts"))
DAY, HOUR = 86400, 3600


def days(entity: str) -> int:
    """Days that an entity is kept, as the table says."""
    return int(re.match(r"(\d+) days?\b", KEPT[entity]).group(1))


def constant(file: str, name: str) -> int:
    """Hours or minutes of a duration in the code, in seconds."""
    code = (ROOT / file).read_text()
    unit, value = re.search(rf"const {name}: SignedDuration = SignedDuration::from_(hours|mins)\(([\d *]+)\)", code).groups()
    product = 1
    for factor in value.split("*"):
        product *= int(factor)
    return product * (HOUR if unit == "hours" else 60)


def test_every_promise_is_there_and_names_a_test():
    assert list(promises.proofs()) == [f"P{number}" for number in range(1, 15)]
    assert all(promises.proofs().values())


@pytest.mark.parametrize("name", sorted({test for tests in promises.proofs().values() for test in tests}))
def test_a_test_named_as_proof_exists(name):
    assert promises.exists(name)


@pytest.mark.parametrize("removal", prove.REMOVALS, ids=lambda removal: f"{removal.promise} {removal.mechanism}")
def test_every_mechanism_can_still_be_removed(removal):
    """Or `make prove-privacy` would prove nothing of it."""
    assert (ROOT / removal.file).read_text().count(removal.before) == 1


def test_documents_are_kept_as_long_as_the_table_says():
    rules = {rule["Id"]: rule for rule in STORAGE["Documents"]["Properties"]["LifecycleConfiguration"]["Rules"]}
    assert rules["nothing-is-kept-longer-than-promised"]["ExpirationInDays"] == {"Ref": "KeepDays"}
    limit = raw("template.yaml")["Parameters"]["KeepDays"]
    assert days("documents of an unsent fax") == limit["Default"] == limit["MaxValue"] == OPERATOR["retention_days"]
    assert days("documents of an unsent fax") * DAY == constant("crates/justfax/src/retention.rs", "UNSENT")
    assert rules["no-picture-outlives-its-report"]["ExpirationInDays"] == days("picture of the first page, for the report")
    assert constant("crates/justfax/src/retention.rs", "PICTURE") == DAY
    broken = rules["no-remains-of-broken-uploads"]["AbortIncompleteMultipartUpload"]
    assert broken == {"DaysAfterInitiation": days("remains of broken uploads")}


def test_no_role_may_begin_an_upload_in_parts():
    granted = text([role["Properties"]["Policies"] for _, role in resources("AWS::IAM::Role")])
    assert "Multipart" not in granted


def test_records_are_kept_as_long_as_the_table_says():
    jobs = STORAGE["Jobs"]["Properties"]
    assert jobs["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}
    assert days("record of a fax") * DAY == constant("crates/justfax/src/retention.rs", "ENDED")
    window = jobs["PointInTimeRecoverySpecification"]["RecoveryPeriodInDays"]
    assert days("backup of the records") == window == OPERATOR["backup_retention_days"]


def test_every_item_of_the_table_expires():
    for file in ("jobs", "lines", "limits", "rights"):
        code = (ROOT / f"crates/aws/src/{file}.rs").read_text()
        writes = code.count(".put_item()") + code.count(".update_item()")
        assert writes and code.count("expires") >= writes, file


def test_keys_and_counters_are_kept_as_long_as_the_table_says():
    rights = "crates/justfax/src/flow/rights.rs"
    assert KEPT["key to an address"] == "1 hour"
    assert HOUR == constant(rights, "LINK_LASTS") >= constant(rights, "PAGE_LASTS")
    flows = [(ROOT / f"crates/justfax/src/flow/{flow}.rs").read_text() for flow in ("rights", "messages", "links")]
    windows = [hours for flow in flows for hours in re.findall(r"window\(now, SignedDuration::from_hours\((\d+)\)\)", flow)]
    assert max(map(int, windows)) * HOUR == days("counter of a limit") * DAY


def test_messages_are_kept_as_long_as_the_table_says():
    queue = raw("infra/queue.yaml")["Resources"]
    assert queue["Work"]["Properties"]["MessageRetentionPeriod"] == days("work message") * DAY
    assert queue["Dead"]["Properties"]["MessageRetentionPeriod"] == days("dead letter") * DAY


def test_logs_and_the_trail_are_kept_as_long_as_the_table_says():
    parameter = raw("template.yaml")["Parameters"]["LogDays"]
    assert max(parameter["AllowedValues"]) == parameter["Default"] == days("log of a function, access log") == OPERATOR["log_retention_days"]
    audit = raw("infra/audit.yaml")["Resources"]
    assert audit["Watched"]["Properties"]["RetentionInDays"] == days("log of access to data")
    rules = audit["Kept"]["Properties"]["LifecycleConfiguration"]["Rules"]
    assert [rule["ExpirationInDays"] for rule in rules if "ExpirationInDays" in rule] == [days("trail of access to data")]
    groups = {name for name, _ in resources("AWS::Logs::LogGroup")}
    assert len(groups) == len(FUNCTIONS) + 2, "a log group that the table does not know"


def test_nothing_that_holds_data_is_missing_from_the_table():
    holding = {kind: len(resources(kind)) for kind in ("AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::SQS::Queue")}
    assert holding == {"AWS::S3::Bucket": 3, "AWS::DynamoDB::Table": 1, "AWS::SQS::Queue": 2}


def test_the_carrier_is_told_to_store_nothing():
    code = (ROOT / "crates/carrier/src/telnyx/mod.rs").read_text()
    assert "store_media: false" in code and "store_preview: false" in code


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda file: file.stem)
def test_the_policy_names_the_backup_and_every_period(language):
    policy = language.read_text().split("    privacy: {")[1].split("    subprocessors: {")[0]
    assert all(fact in policy for fact in ("{retention}", "{backup}", "{logs}", "{correction}"))


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda file: file.stem)
def test_the_version_in_force_heads_the_list_of_changes_in_every_language(language):
    changes = language.read_text().split("    changes: {")[1].split("    terms: {")[0]
    listed = re.findall(r'id: "v(\d{4}-\d{2}-\d{2})"', changes)
    assert listed and listed[0] == OPERATOR["terms_version"] and listed == sorted(listed, reverse=True)


def test_every_provider_that_the_system_talks_to_is_named():
    purposes = {purpose for entry in OPERATOR["subprocessors"] for purpose in entry["purposes"]}
    assert {"hosting", "mail", "payment", "carrier"} <= purposes
    named = " ".join(entry["name"] for entry in OPERATOR["subprocessors"]).lower()
    parameters = raw("template.yaml")["Parameters"]
    for name in ("PaymentApiUrl", "CarrierApiUrl"):
        company = parameters[name]["Default"].split(".")[-2]
        assert company in named, f"{company} gets data and is not named"
    assert "amazon web services" in named


def test_the_statistic_knows_nothing_but_the_outcome():
    ends = [resource["Properties"] for name, resource in OBSERVABILITY.items() if name.endswith("Ends")]
    assert ends
    for counted in ends:
        (metric,) = counted["MetricTransformations"]
        assert metric["Dimensions"] == [{"Key": "Outcome", "Value": "$.outcome"}] and counted["FilterPattern"] == '{ $.message = "ended" }'


def test_nobody_is_told_where_a_caller_is():
    behaviours = raw("infra/web.yaml")["Resources"]["Distribution"]["Properties"]["DistributionConfig"]
    # Managed "AllViewerExceptHostHeader", which adds no header of CloudFront's own, as "AllViewerAndCloudFrontHeaders" does.
    told = [behaviour.get("OriginRequestPolicyId") for behaviour in behaviours["CacheBehaviors"]]
    assert told == ["b689b0a8-53d0-40ab-baf2-38738e2966ac"]
    for folder in ("functions", "crates/edge", "crates/justfax", "crates/aws"):
        for file in (ROOT / folder).rglob("*.rs"):
            asked = re.search(r"cloudfront-viewer|x-forwarded-for|source_?ip\b", file.read_text(), re.IGNORECASE)
            assert asked is None, f"{file} asks where a caller is"
    headers = json.loads((ROOT / "web/headers.json").read_text())["always"]
    assert "geolocation=()" in headers["Permissions-Policy"]


def macros(code: str) -> list[str]:
    """The arguments of every log macro in a source text."""
    found = []
    for start in re.finditer(r"tracing::(?:error|warn|info|debug|trace)!\(", code):
        depth, at = 1, start.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(code[at], 0)
            at += 1
        found.append(code[start.end():at - 1])
    return found


def fields(arguments: str) -> set[str]:
    """The field names of a log macro: what stands before `=`, and variables that are their own name."""
    without_text = re.sub(r'"(?:[^"\\]|\\.)*"', "", arguments)
    flat = re.sub(r"\([^()]*\)", "", re.sub(r"\([^()]*\)", "", without_text))
    parts = [part.strip() for part in flat.split(",") if part.strip()]
    return {re.match(r"[%?]?([\w.]+)", part).group(1) for part in parts if not part.startswith("target")}


def test_a_log_line_has_fields_of_the_list_only():
    listed = set(re.findall(r"`([\w.]+)`", (ROOT / "docs/LOGGING.md").read_text().split("| --- | --- |")[1].split("\n\n")[0]))
    seen = set()
    for file in [*(ROOT / "crates").rglob("*.rs"), *(ROOT / "functions").rglob("*.rs")]:
        if "sandbox" in file.parts or "proof" in file.parts or "tests" in file.parts:
            continue
        for arguments in macros(file.read_text()):
            seen |= fields(arguments)
            assert fields(arguments) <= listed, f"{file}: {fields(arguments) - listed}"
    assert len(seen) > 8, "the log lines were not found"
