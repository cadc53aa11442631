"""The templates as CloudFormation gets them: SAM's transform applied, nested stacks beside the root.

References stay as they are written; a test asks for what a property says, not for what it becomes.
"""

import json
from functools import cache
from pathlib import Path

import boto3
from samcli.yamlhelper import yaml_parse
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

ROOT = Path(__file__).resolve().parents[2]
FUNCTIONS = sorted(folder.name for folder in (ROOT / "functions").iterdir() if (folder / "Cargo.toml").is_file())


def logical(name: str) -> str:
    """open-upload -> OpenUpload."""
    return "".join(part.title() for part in name.split("-"))


@cache
def raw(file: str) -> dict:
    """A template as written."""
    return yaml_parse((ROOT / file).read_text())


@cache
def root() -> dict:
    """template.yaml after SAM's transform."""
    template = json.loads(json.dumps(raw("template.yaml")))
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://bucket/key"
    template["Globals"]["Function"].pop("CodeUri")
    session = boto3.Session(region_name="eu-central-1")
    return Translator({}, Parser(), boto_session=session).translate(template, {})


@cache
def templates() -> dict[str, dict]:
    """Every template by its file name, the root one expanded."""
    nested = {str(file.relative_to(ROOT)): raw(str(file.relative_to(ROOT))) for file in sorted((ROOT / "infra").glob("*.yaml"))}
    return {"template.yaml": root()} | nested


def resources(kind: str) -> list[tuple[str, dict]]:
    """Every resource of a type, anywhere: its name as file:LogicalId, and the resource."""
    return [
        (f"{file}:{name}", resource)
        for file, template in templates().items()
        for name, resource in template["Resources"].items()
        if resource["Type"] == kind
    ]


def text(value) -> str:
    """A property as one string, to search in."""
    return json.dumps(value, sort_keys=True)


def listed(value) -> list:
    """Policy language allows one thing or a list of things."""
    return value if isinstance(value, list) else [value]


def role_statements(name: str) -> list[dict]:
    """The policy statements of one function's role."""
    role = raw("infra/access.yaml")["Resources"][f"{logical(name)}Role"]["Properties"]
    return [statement for policy in role["Policies"] for statement in policy["PolicyDocument"]["Statement"]]
