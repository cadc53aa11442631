"""The site and the API: one origin, strict headers, and exactly the paths of the contract."""

import json
import subprocess

import pytest
import yaml
from expanded import ROOT, raw, resources, root, text

WEB = raw("infra/web.yaml")["Resources"]
ROUTES = raw("infra/routes.yaml")["Resources"]
HEADERS = WEB["Headers"]["Properties"]["ResponseHeadersPolicyConfig"]
DISTRIBUTION = WEB["Distribution"]["Properties"]["DistributionConfig"]
PATHS = WEB["Paths"]["Properties"]["FunctionCode"]


def deployed_headers() -> dict[str, str]:
    """The headers that CloudFront adds, by name."""
    security = HEADERS["SecurityHeadersConfig"]
    transport = security["StrictTransportSecurity"]
    assert all(header["Override"] for header in security.values())
    policy = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"].replace("${UploadOrigin}", "{upload_origin}")
    return {
        "Content-Security-Policy": " ".join(policy.split()),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": security["FrameOptions"]["FrameOption"],
        "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
        "Strict-Transport-Security": f"max-age={transport['AccessControlMaxAgeSec']}" + "; includeSubDomains" * transport["IncludeSubdomains"],
        **{item["Header"]: item["Value"] for item in HEADERS["CustomHeadersConfig"]["Items"]},
    }


def test_the_site_has_the_same_headers_here_and_in_production():
    assert deployed_headers() == json.loads((ROOT / "web/headers.json").read_text())["always"]


def test_the_policy_trusts_nobody_but_ourselves():
    policy = deployed_headers()["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "*" not in policy
    assert "require-trusted-types-for 'script'" in policy and "frame-ancestors 'none'" in policy


def test_site_and_api_have_the_headers_and_take_tls_only():
    for behaviour in [DISTRIBUTION["DefaultCacheBehavior"], *DISTRIBUTION["CacheBehaviors"]]:
        assert behaviour["ResponseHeadersPolicyId"] == {"Ref": "Headers"}
        assert behaviour["ViewerProtocolPolicy"] in ("redirect-to-https", "https-only")


def test_the_api_is_on_the_sites_origin_and_never_cached():
    (api,) = DISTRIBUTION["CacheBehaviors"]
    assert api["PathPattern"] == "/api/*" and api["TargetOriginId"] == "api"
    assert api["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    assert {"DELETE", "POST", "GET"} <= set(api["AllowedMethods"])


def test_an_answer_of_the_api_is_never_replaced_by_an_error_page():
    assert "CustomErrorResponses" not in DISTRIBUTION


def test_only_our_distribution_reads_the_sites_bucket():
    for statement in WEB["SitePolicy"]["Properties"]["PolicyDocument"]["Statement"]:
        if statement["Effect"] == "Allow":
            assert statement["Principal"] == {"Service": "cloudfront.amazonaws.com"}
            assert "${Distribution}" in text(statement["Condition"])


def contract() -> set[str]:
    """Method and path of every operation in the OpenAPI file."""
    api = yaml.safe_load((ROOT / "docs/openapi.yaml").read_text())
    base = api["servers"][0]["url"]
    return {f"{method.upper()} {base}{path}" for path, item in api["paths"].items() for method in item if method in ("get", "post", "put", "patch", "delete")}


def test_the_api_has_exactly_the_paths_of_its_contract():
    deployed = [r["Properties"]["RouteKey"] for r in ROUTES.values() if r["Type"] == "AWS::ApiGatewayV2::Route"]
    assert len(deployed) == len(set(deployed)) and set(deployed) == contract()


def test_every_integration_is_used_and_may_be_called():
    integrations = {name for name, r in ROUTES.items() if r["Type"] == "AWS::ApiGatewayV2::Integration"}
    used = {text(r["Properties"]["Target"]).split("${")[1].split("}")[0] for r in ROUTES.values() if r["Type"] == "AWS::ApiGatewayV2::Route"}
    permitted = {r["Properties"]["FunctionName"]["Ref"].removesuffix("Arn") for r in ROUTES.values() if r["Type"] == "AWS::Lambda::Permission"}
    assert integrations == used == permitted
    assert all(ROUTES[name]["Properties"]["PayloadFormatVersion"] == "2.0" for name in integrations)


def test_the_access_log_tells_no_address_that_opens_a_job():
    stage = root()["Resources"]["ApiStage"]["Properties"]
    written = json.loads(" ".join(stage["AccessLogSettings"]["Format"].split()))
    assert set(written) == {"time", "request", "ip", "agent", "route", "status", "ms", "error"}
    assert written["route"] == "$context.routeKey" and "path" not in text(written) and "authorizer" not in text(written)
    assert stage["DefaultRouteSettings"]["ThrottlingRateLimit"] <= 100


def ask(uri: str, language: str | None = None) -> dict:
    """What the CloudFront function makes of a request, run by node."""
    headers = {"accept-language": {"value": language}} if language is not None else {}
    event = {"request": {"uri": uri, "headers": headers, "method": "GET"}}
    script = f"{PATHS}\nconsole.log(JSON.stringify(handler({json.dumps(event)})))"
    return json.loads(subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True).stdout)


@pytest.mark.parametrize(("language", "goes_to"), [
    ("de-DE,de;q=0.9,en;q=0.8", "/de/"), ("en-US", "/en/"), ("it,de;q=0.5,en;q=0.4", "/de/"), ("it", "/en/"), ("fr-CH,fr;q=0.9", "/fr/"), ("", "/en/"),
    (None, "/en/"), ("de;q=0,en", "/en/"), ("EN;q=0.1, DE;q=0.2", "/de/"), ("*;q=x;;,,=", "/en/"),
])
def test_the_root_leads_to_the_preferred_language(language, goes_to):
    answer = ask("/", language)
    assert (answer["statusCode"], answer["headers"]["location"]["value"]) == (302, goes_to)
    assert answer["headers"]["cache-control"]["value"] == "no-store"


@pytest.mark.parametrize(("uri", "becomes"), [("/de/", "/de/index.html"), ("/assets/a.js", "/assets/a.js"), ("/.well-known/key", "/.well-known/key")])
def test_a_folder_is_its_index(uri, becomes):
    assert ask(uri)["uri"] == becomes


def test_a_published_key_is_never_taken_back():
    import publish

    old, new = {"id": "a", "public_key": "A"}, {"id": "b", "public_key": "B"}
    assert publish.with_key({"keys": []}, {"keys": [old]}) == {"keys": [old]}
    assert publish.with_key({"keys": [old]}, {"keys": [new]}) == {"keys": [old, new]}
    assert publish.with_key({"keys": [old, new]}, {"keys": [new]}) == {"keys": [old, new]}


def test_a_missing_slash_is_added_but_never_leads_to_another_host():
    assert ask("/de/preise")["headers"]["location"]["value"] == "/de/preise/"
    assert "statusCode" not in ask("//evil.example")


def test_resources_that_hold_data_say_what_happens_to_it_when_the_stack_goes():
    for kind in ("AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::SQS::Queue", "AWS::Logs::LogGroup"):
        for name, resource in resources(kind):
            assert resource.get("DeletionPolicy") and resource.get("UpdateReplacePolicy"), name
