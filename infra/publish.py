"""Copies the built site to the bucket of a deployed stack and tells CloudFront: publish.py [STACK]

With the AWS credentials of the environment. Hashed assets may be kept for a year and are copied first; pages are
asked for anew each time and are copied after what they name; what is no longer part of the site is deleted last. The
key that reports are signed with is added to the published list, from which none is ever taken: old reports stay checkable.
"""

import json
import mimetypes
import sys
import time
import urllib.request
from pathlib import Path

import boto3

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "web/dist"
TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".webmanifest": "application/manifest+json"}


def cache_control(key: str) -> str:
    """The rule of web/headers.json whose path is the longest that fits."""
    rules = json.loads((ROOT / "web/headers.json").read_text())["cache"]
    return rules[max((path for path in rules if f"/{key}".startswith(path)), key=len)]


def content_type(file: Path) -> str:
    """By the file's ending, text with its charset."""
    return TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"


KEYS = ".well-known/justfax-report-keys.json"


def with_key(published: dict, now: dict) -> dict:
    """The published list with the keys in use now added."""
    known = {key["id"] for key in published["keys"]}
    return {"keys": published["keys"] + [key for key in now["keys"] if key["id"] not in known]}


def publish_keys(s3, bucket: str, api_url: str) -> None:
    """Adds the API's key to the list in the bucket."""
    with urllib.request.urlopen(f"{api_url}/api/report-keys", timeout=30) as answer:
        now = json.load(answer)
    try:
        published = json.load(s3.get_object(Bucket=bucket, Key=KEYS)["Body"])
    except s3.exceptions.NoSuchKey:
        published = {"keys": []}
    body = json.dumps(with_key(published, now), indent=1).encode()
    s3.put_object(Bucket=bucket, Key=KEYS, Body=body, ContentType="application/json", CacheControl=cache_control(KEYS))


def main() -> None:
    """Publishes."""
    stack = sys.argv[1] if len(sys.argv) > 1 and sys.argv[1] else "justfax"
    if not (SITE / "en/index.html").is_file():
        sys.exit("the site is not built; `make build` builds it")
    described = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in described["Outputs"]}
    s3, bucket = boto3.client("s3"), outputs["SiteBucket"]
    files = {str(file.relative_to(SITE)): file for file in SITE.rglob("*") if file.is_file()}
    for key in sorted(files, key=lambda key: (not key.startswith("assets/"), key)):
        s3.put_object(Bucket=bucket, Key=key, Body=files[key].read_bytes(), ContentType=content_type(files[key]), CacheControl=cache_control(key))
    there = [item["Key"] for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket) for item in page.get("Contents", [])]
    for key in set(there) - set(files) - {KEYS}:
        s3.delete_object(Bucket=bucket, Key=key)
    publish_keys(s3, bucket, outputs["ApiUrl"])
    boto3.client("cloudfront").create_invalidation(
        DistributionId=outputs["DistributionId"],
        InvalidationBatch={"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": str(time.time_ns())},
    )
    print(f"{len(files)} files published to {outputs['SiteUrl']}/")


if __name__ == "__main__":
    main()
