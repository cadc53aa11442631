"""The functions: those in the folder are those in the template, with no secret among their settings."""

import re

import pytest
from expanded import FUNCTIONS, ROOT, logical, raw, resources, root, text

LAMBDAS = {name.split(":")[1]: r["Properties"] for name, r in resources("AWS::Lambda::Function")}
SECRET_NAMES = {"payment-api-key", "payment-webhook-secret", "carrier-api-key", "carrier-public-key", "lookup-key", "report-signing-key"}


def test_every_function_is_deployed_and_every_deployed_one_exists():
    assert set(LAMBDAS) == {logical(name) for name in FUNCTIONS}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_is_a_binary_on_the_bare_runtime(name):
    properties = LAMBDAS[logical(name)]
    assert (properties["Runtime"], properties["Handler"]) == ("provided.al2023", "bootstrap")
    assert properties["FunctionName"] == {"Fn::Sub": f"${{AWS::StackName}}-{name}"}
    assert properties["Architectures"] == [{"Ref": "Architecture"}]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_secret_is_in_the_environment(name):
    variables = LAMBDAS[logical(name)]["Environment"]["Variables"]
    for key, value in variables.items():
        if key == "SECRETS_PATH":  # where the secrets are, not what they are
            continue
        assert not any(word in key for word in ("KEY", "SECRET", "TOKEN", "PASSWORD")), key
        assert "resolve:ssm" not in text(value) and "resolve:secretsmanager" not in text(value)


def test_no_parameter_takes_a_secret():
    for name in raw("template.yaml")["Parameters"]:
        assert not any(word in name.lower() for word in ("key", "secret", "token", "password")), name


@pytest.mark.parametrize("name", FUNCTIONS)
def test_only_a_function_with_secrets_knows_where_they_are(name):
    from test_access import granted

    reads = any(action.startswith("ssm:") for action, _ in granted(name))
    assert ("SECRETS_PATH" in LAMBDAS[logical(name)]["Environment"]["Variables"]) == reads


def test_the_secrets_that_roles_may_read_are_those_that_are_documented_and_made_locally():
    import credentials
    from test_access import needs

    asked = set().union(*(needs(name) for name in FUNCTIONS))
    read = {resource.split("/")[-1] for action, resource in asked if action == "ssm:GetParameters"}
    made = credentials.as_parameters({
        "payment_api_key": "", "payment_webhook_secret": "", "carrier_api_key": "", "carrier_signing_seed": "A" * 43 + "=", "lookup_key": "",
        "report_signing_key": "",
    })
    operations = (ROOT / "docs/OPERATIONS.md").read_text()
    assert read == SECRET_NAMES == set(made)
    assert all(name in operations for name in SECRET_NAMES)


def test_the_real_providers_are_the_defaults():
    parameters = raw("template.yaml")["Parameters"]
    assert parameters["PaymentApiUrl"]["Default"] == "https://api.stripe.com"
    assert parameters["CarrierApiUrl"]["Default"] == "https://api.telnyx.com"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_log_is_kept_for_two_weeks_at_most(name):
    group = raw("infra/observability.yaml")["Resources"][f"{logical(name)}Log"]["Properties"]
    assert group["LogGroupName"] == {"Fn::Sub": f"/aws/lambda/${{Prefix}}-{name}"}
    assert group["RetentionInDays"] == {"Ref": "LogDays"} and group["KmsKeyId"] == {"Ref": "KeyArn"}


def test_no_log_group_is_kept_for_ever():
    assert all("RetentionInDays" in group["Properties"] for _, group in resources("AWS::Logs::LogGroup"))
    days = raw("template.yaml")["Parameters"]["LogDays"]
    assert days["Default"] == max(days["AllowedValues"]) == 14


@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_error_in_a_functions_log_is_told_to_a_person(name):
    observability = raw("infra/observability.yaml")["Resources"]
    counted = observability[f"{logical(name)}Errors"]["Properties"]
    assert counted["LogGroupName"] == {"Ref": f"{logical(name)}Log"} and "ERROR" in counted["FilterPattern"]
    alarm = observability["PersonMustLook"]["Properties"]
    assert alarm["MetricName"] == counted["MetricTransformations"][0]["MetricName"] and alarm["AlarmActions"] == [{"Ref": "Alarms"}]


def test_every_alarm_reaches_a_person_and_has_an_entry_in_the_runbook():
    runbook = (ROOT / "docs/OPERATIONS.md").read_text()
    for name, alarm in resources("AWS::CloudWatch::Alarm"):
        assert alarm["Properties"]["AlarmActions"], name
        entry = re.search(r'"([^"]+)"\.$', alarm["Properties"]["AlarmDescription"]).group(1)
        assert f"### {entry}\n" in runbook, entry


# Given to all functions by the template's Globals, whether they read them or not.
COMMON = {"LOG_LEVEL", "JOBS_TABLE", "SITE_URL", "REDIAL_RULE", "CORRECTION_WINDOW"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_is_given_exactly_the_settings_that_it_reads(name):
    sources = "\n".join(file.read_text() for file in (ROOT / "functions" / name / "src").rglob("*.rs"))
    read = set(re.findall(r'settings\s*\.(?:text|optional|parsed)\(\s*"([A-Z_]+)"', sources))
    given = set(LAMBDAS[logical(name)]["Environment"]["Variables"])
    assert given - COMMON == read - COMMON and read <= given
