"""Deploys the real template by a real `sam deploy`, and knows what has been deployed.

The mark of a finished deployment lies inside the emulator (as a parameter), not beside it: after a crash the emulator
may wake up with an older state than the files around it, and then the mark is old too and everything is deployed again.
"""

import json

from botocore.exceptions import ClientError

import bridge
from build import BUILT, ROOT, VENV, sam_environment
from emulator import REGION, Emulator
from fingerprint import of_files
from progress import run, say

STACK = "justfax"
_MARK = f"/justfax-local/{STACK}/deployed"


def parameters(site_url: str, payment_url: str, carrier_url: str) -> dict[str, str]:
    """The template's parameters for the local stack: other addresses and shorter waits, nothing else."""
    return {
        "MailFrom": "fax@justfax.example",
        "CarrierConnectionId": "1293384261075731499",
        "CarrierFrom": "+493023125000",
        "SiteUrl": site_url,
        "PaymentApiUrl": payment_url,
        "CarrierApiUrl": carrier_url,
        "RedialRule": "busy=2s,2s,4s,6s;no_answer=2s,4s;line_lost=0s,2s;not_a_fax=2s;carrier_trouble=2s,4s,8s,16s",
        "CorrectionWindow": "24h",
        # The emulator records no trail.
        "AuditTrail": "no",
    }


def deploy(emulator: Emulator, built: str, values: dict[str, str]) -> bool:
    """Brings the emulator to this build with these values; returns whether there was anything to do."""
    programs = [ROOT / "infra/local/bridge.py", ROOT / "infra/local/deployed.py"]
    wanted = of_files(programs, built, json.dumps(values, sort_keys=True))
    if _mark(emulator) == wanted:
        return False
    command = [
        VENV / "bin/sam", "deploy", "--template-file", BUILT / "template.yaml", "--stack-name", STACK,
        "--region", REGION, "--resolve-s3", "--capabilities", "CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND",
        "--no-confirm-changeset", "--no-fail-on-empty-changeset", "--no-progressbar",
        "--parameter-overrides", *(f"{name}={value}" for name, value in values.items()),
    ]
    run("sam deploy", command, quiet=True, cwd=ROOT, env=sam_environment() | emulator.credentials())
    for line in bridge.apply(emulator, STACK):
        say(f"  bridged: {line}")
    emulator.client("ssm").put_parameter(Name=_MARK, Value=wanted, Type="String", Overwrite=True)
    return True


def _mark(emulator: Emulator) -> str | None:
    try:
        return emulator.client("ssm").get_parameter(Name=_MARK)["Parameter"]["Value"]
    except ClientError as error:
        if error.response["Error"]["Code"] == "ParameterNotFound":
            return None
        raise


def outputs(emulator: Emulator) -> dict[str, str]:
    """The outputs of the deployed stack."""
    stack = emulator.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}


def api_url(emulator: Emulator) -> str:
    """Where the HTTP API of the stack answers; append a path such as /api/jobs."""
    return f"{emulator.url}/_aws/execute-api/{outputs(emulator)['ApiId']}/$default"
