"""Who may do what: exactly what the ports of its code ask for, and a role for each function."""

import re
from functools import cache

import pytest
from expanded import FUNCTIONS, ROOT, listed, logical, raw, resources, role_statements, root, text

READ_QUEUE = {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"}


def on(resource: str, *actions: str) -> set[tuple[str, str]]:
    return {(action, resource) for action in actions}


def secrets(*names: str) -> set[tuple[str, str]]:
    return {("ssm:GetParameters", f"SecretsPath/{name}") for name in names}


def deleting(*kinds: str) -> set[tuple[str, str]]:
    return {(action, f"BucketArn/{kind}/*") for action in ("s3:DeleteObject", "s3:DeleteObjectVersion") for kind in kinds}


# What a port of the domain asks of AWS. The functions say in their sources which ports they have (`delegate!`), so a
# function that gets another port fails here until its role is widened, and one that loses a port until it is narrowed.
TABLE, BUCKET = "TableArn", "BucketArn"
PORTS = {
    "ReadJobs": on(TABLE, "dynamodb:GetItem"),
    "Jobs": on(TABLE, "dynamodb:PutItem"),
    "Overdue": on(f"{TABLE}/index/by-due", "dynamodb:Query"),
    "JobsOf": on(f"{TABLE}/index/by-email", "dynamodb:Query"),
    "DataKeys": on(TABLE, "dynamodb:GetItem", "dynamodb:PutItem"),
    "Limits": on(TABLE, "dynamodb:UpdateItem"),
    "Lines": on(TABLE, "dynamodb:PutItem", "dynamodb:DeleteItem"),
    "UploadDesk": on(f"{BUCKET}/uploads/*", "s3:PutObject"),
    # s3:ListBucket, or S3 answers "forbidden" for an object that is gone.
    "Originals": on(f"{BUCKET}/uploads/*", "s3:GetObject") | on(BUCKET, "s3:ListBucket"),
    "Renderings": on("PrepareQueueArn", "sqs:SendMessage"),
    "PageShelf": on(f"{BUCKET}/pages/*", "s3:PutObject"),
    "PreviewLinks": on(f"{BUCKET}/pages/*", "s3:GetObject"),
    "Press": on(f"{BUCKET}/pages/*", "s3:GetObject") | on(BUCKET, "s3:ListBucket")
    | on(f"{BUCKET}/transmissions/*", "s3:PutObject", "s3:GetObject") | on(f"{BUCKET}/reports/*", "s3:PutObject"),
    "FirstPages": on(f"{BUCKET}/reports/*", "s3:GetObject") | on(BUCKET, "s3:ListBucket"),
    "Eraser": on(BUCKET, "s3:ListBucketVersions"),
    "Post": on("identity/MailDomain", "ses:SendRawEmail") | on("identity/MailFrom", "ses:SendRawEmail")
    | on("configuration-set/Prefix-mail", "ses:SendRawEmail"),
    # Not AWS: providers over HTTPS, the clock, the kernel. And nudges and inboxes, which depend on the queues a function has.
    "Nudges": set(), "Inbox": set(), "Checkouts": set(), "Payments": set(), "Carrier": set(), "CarrierCopies": set(), "Reports": set(), "Clock": set(), "Entropy": set(),
}
# Which copies an eraser is asked to erase: those of one unwanted Document, or all.
ERASES = {"prepare": deleting("uploads", "pages"), "settle": deleting("uploads", "pages", "transmissions", "reports")}
READS = {"prepare": "PrepareQueueArn", "dispatch": "DispatchQueueArn", "settle": "SettleQueueArn"}


@cache
def sources(name: str) -> str:
    """The source text of a function."""
    return "\n".join(file.read_text() for file in sorted((ROOT / "functions" / name / "src").rglob("*.rs")))


def ports(name: str) -> set[str]:
    """The ports that a function's world has."""
    (block,) = re.findall(r"delegate!\(World \{(.*?)\}\)", sources(name), re.DOTALL)
    return set(re.findall(r"(\w+) => ", block))


def needs(name: str) -> set[tuple[str, str]]:
    """What a function needs, from its ports, its queues and its secrets."""
    asked = set().union(*(PORTS[port] for port in ports(name)))
    if name in READS:
        asked |= on(READS[name], *READ_QUEUE)
    for queue in re.findall(r'text\("(DISPATCH|SETTLE)_QUEUE_URL"\)', sources(name)):
        asked |= on(f"{queue.title()}QueueArn", "sqs:SendMessage")
    for names in re.findall(r"Secrets::read\(.*?&\[([^\]]*)\]", sources(name), re.DOTALL):
        asked |= secrets(*re.findall(r'"([a-z-]+)"', names))
    return asked | ERASES.get(name, set())


def short(resource) -> str:
    """A resource of a policy in the words of the table: the references without ARN and account."""
    if "Ref" in resource:
        return resource["Ref"]
    written = resource["Fn::Sub"].replace("${", "").replace("}", "")
    for long in ("arn:AWS::Partition:ssm:AWS::Region:AWS::AccountId:parameter", "arn:AWS::Partition:ses:AWS::Region:AWS::AccountId:"):
        written = written.removeprefix(long)
    return written


def granted(name: str) -> set[tuple[str, str]]:
    """All pairs of action and resource of a role, its log and its use of the key left out."""
    return {
        (action, short(resource))
        for statement in role_statements(name)
        if statement["Sid"] not in ("OwnLog", "KeyThroughServicesOnly")
        for action in listed(statement["Action"])
        for resource in listed(statement["Resource"])
    }


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_role_holds_exactly_what_its_function_needs(name):
    assert granted(name) == needs(name)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_runs_under_its_own_role(name):
    role = root()["Resources"][logical(name)]["Properties"]["Role"]
    assert role == {"Fn::GetAtt": ["Access", f"Outputs.{logical(name)}RoleArn"]}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_writes_into_its_own_log_only(name):
    (log,) = [statement for statement in role_statements(name) if statement["Sid"] == "OwnLog"]
    assert set(log["Action"]) == {"logs:CreateLogStream", "logs:PutLogEvents"}
    assert f"/aws/lambda/${{Prefix}}-{name}:*" in text(log["Resource"])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_key_is_used_only_through_the_services_the_function_talks_to(name):
    (key,) = [statement for statement in role_statements(name) if statement["Sid"] == "KeyThroughServicesOnly"]
    assert set(listed(key["Action"])) <= {"kms:Decrypt", "kms:GenerateDataKey"}
    through = {item["Fn::Sub"].split(".")[0] for item in key["Condition"]["StringEquals"]["kms:ViaService"]}
    services = {action.split(":")[0] for action, _ in granted(name)} & {"dynamodb", "s3", "sqs", "ssm"}
    assert through <= services and {"dynamodb"} <= through


def test_no_policy_has_a_wildcard_action_or_every_resource():
    for name, role in resources("AWS::IAM::Role"):
        assert "ManagedPolicyArns" not in role["Properties"], name
        for policy in role["Properties"]["Policies"]:
            for statement in policy["PolicyDocument"]["Statement"]:
                assert statement["Effect"] == "Allow"
                assert not any("*" in action for action in listed(statement["Action"])), (name, statement["Sid"])
                assert "*" not in listed(statement["Resource"]), (name, statement["Sid"])
                assert "NotAction" not in statement and "NotResource" not in statement


def test_there_is_no_role_besides_those_of_the_functions_and_the_audit():
    of_functions = {f"infra/access.yaml:{logical(name)}Role" for name in FUNCTIONS}
    of_audit = {"infra/audit.yaml:TrailRole", "infra/audit.yaml:BreakGlassRole"}
    assert {name for name, _ in resources("AWS::IAM::Role")} == of_functions | of_audit


def test_people_get_in_with_a_second_factor_for_an_hour_only():
    role = raw("infra/audit.yaml")["Resources"]["BreakGlassRole"]["Properties"]
    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Condition"]["Bool"] == {"aws:MultiFactorAuthPresent": "true"}
    assert role["MaxSessionDuration"] == 3600


def test_every_access_to_documents_and_records_is_recorded_and_one_by_people_is_told():
    audit = raw("infra/audit.yaml")["Resources"]
    trail = audit["Trail"]["Properties"]
    assert trail["IsLogging"] is True and trail["EnableLogFileValidation"] is True
    recorded = text(trail["AdvancedEventSelectors"])
    assert all(word in recorded for word in ("AWS::S3::Object", "${BucketArn}/", "AWS::DynamoDB::Table", "TableArn"))
    assert "readOnly" not in recorded and "eventName" not in recorded
    assert "Access-*" in text(audit["SomebodyElse"]["Properties"]["FilterPattern"])
    assert audit["AccessByPeople"]["Properties"]["AlarmActions"] == [{"Ref": "AlarmTopicArn"}]
    assert raw("template.yaml")["Parameters"]["AuditTrail"]["Default"] == "yes"


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if "Post" in ports(name)])
def test_mails_go_out_under_our_sender_only(name):
    (mails,) = [statement for statement in role_statements(name) if statement["Sid"] == "Mails"]
    assert mails["Condition"] == {"StringEquals": {"ses:FromAddress": {"Ref": "MailFrom"}}}


@pytest.mark.parametrize(("name", "prefixes"), [
    ("settle", ["uploads/*", "pages/*", "transmissions/*", "reports/*"]), ("prepare", ["uploads/*", "pages/*"]),
])
def test_copies_are_looked_for_below_their_prefixes_only(name, prefixes):
    (look,) = [statement for statement in role_statements(name) if statement["Sid"] == "LookForCopies"]
    assert look["Condition"] == {"StringLike": {"s3:prefix": prefixes}}


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if "Limits" in ports(name)])
def test_a_limit_is_counted_in_counters_only(name):
    (limits,) = [statement for statement in role_statements(name) if statement["Sid"] == "Limits"]
    assert limits["Condition"] == {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["limit#*"]}}


def test_what_people_write_reaches_no_record_and_no_document():
    assert {resource for _, resource in granted("messages")} == {
        "TableArn", "identity/MailDomain", "identity/MailFrom", "configuration-set/Prefix-mail", "SecretsPath/lookup-key",
    }
    assert {action for action, resource in granted("messages") if resource == "TableArn"} == {"dynamodb:UpdateItem"}


def test_the_clean_up_can_read_no_job():
    assert not any(action in ("dynamodb:GetItem", "dynamodb:Scan", "dynamodb:PutItem") for action, _ in granted("cleanup"))


def test_an_eraser_is_one_whose_copies_are_named():
    assert {name for name in FUNCTIONS if "Eraser" in ports(name)} == set(ERASES)
