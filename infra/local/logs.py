"""Shows what the functions of a running stack log, in the order of time: logs.py [-f] [FUNCTION...]

Reads the log groups through the same API as on AWS; the emulator's START, END and REPORT lines are left out.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import boto3

from setup import ROOT

_PLATFORM = ("START RequestId", "END RequestId", "REPORT RequestId")


def events(client, groups: dict[str, str], since: int) -> list[tuple[int, str, str, str]]:
    """Time, stream, function and text of every event since then, oldest first."""
    found = []
    for name, group in groups.items():
        for page in client.get_paginator("filter_log_events").paginate(logGroupName=group, startTime=since):
            found += [(event["timestamp"], event["logStreamName"], name, event["message"].rstrip()) for event in page["events"]]
    return sorted(event for event in found if not event[3].startswith(_PLATFORM))


def main() -> None:
    """Prints all there is, and with -f what comes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-f", "--follow", action="store_true")
    parser.add_argument("--state", type=Path, default=ROOT / "target/stack")
    parser.add_argument("functions", nargs="*")
    options = parser.parse_args()
    ready_file = options.state / "ready.json"
    if not ready_file.is_file():
        sys.exit("no stack is running; `make run` starts one")
    facts = json.loads(ready_file.read_text())
    client = boto3.client(
        "logs", endpoint_url=facts["emulator"], region_name=facts["region"],
        aws_access_key_id=facts["access_key"], aws_secret_access_key=facts["secret_key"],
    )
    groups = {name: group for name, group in facts["log_groups"].items() if not options.functions or name in options.functions}
    seen: set[tuple] = set()
    since = 0
    while True:
        for event in events(client, groups, since):
            if event not in seen:
                seen.add(event)
                when, _, name, text = event
                since = max(since, when - 2000)
                print(f"{time.strftime('%H:%M:%S', time.localtime(when / 1000))} {name:15} {text}", flush=True)
        if not options.follow:
            return
        time.sleep(1)


if __name__ == "__main__":
    try:
        main()
    except (KeyboardInterrupt, BrokenPipeError):
        pass
