"""Puts the dead letters of a queue back to work: redrive.py QUEUE [STACK] [READY_FILE]

Without a STACK, of the local stack that the ready file describes; with one, of that stack under the AWS credentials of the environment.
Moves message by message (send, then delete), so that an interruption may double a message but never loses one; doubled
messages are harmless by design. Moves at most what was there at the start, so a poison message cannot keep it busy.
"""

import json
import sys
from pathlib import Path

import boto3

READY_FILE = Path(__file__).resolve().parents[1] / "target/stack/ready.json"


def queues(name: str, stack: str | None, ready_file: Path) -> tuple[object, str, str]:
    """A client, the dead-letter queue and the work queue."""
    if stack:
        described = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
        outputs = {output["OutputKey"]: output["OutputValue"] for output in described["Outputs"]}
        return boto3.client("sqs"), outputs[f"{name.title()}DeadUrl"], outputs[f"{name.title()}QueueUrl"]
    if not ready_file.is_file():
        sys.exit("no stack is running here, and no STACK was named")
    facts = json.loads(ready_file.read_text())
    client = boto3.client(
        "sqs", endpoint_url=facts["emulator"], region_name=facts["region"],
        aws_access_key_id=facts["access_key"], aws_secret_access_key=facts["secret_key"],
    )
    return client, facts["dead_queues"][name], facts["queues"][name]


def move(sqs, dead: str, work: str) -> int:
    """Moves what is there now; returns how many."""
    waiting = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["ApproximateNumberOfMessages"])["Attributes"]
    left = int(waiting["ApproximateNumberOfMessages"])
    moved = 0
    while moved < left:
        received = sqs.receive_message(QueueUrl=dead, MaxNumberOfMessages=min(10, left - moved), WaitTimeSeconds=1).get("Messages", [])
        if not received:
            break
        for message in received:
            sqs.send_message(QueueUrl=work, MessageBody=message["Body"])
            sqs.delete_message(QueueUrl=dead, ReceiptHandle=message["ReceiptHandle"])
            moved += 1
    return moved


def main() -> None:
    """Moves and says how many."""
    if len(sys.argv) < 2 or sys.argv[1] not in ("prepare", "dispatch", "settle"):
        sys.exit("QUEUE is prepare, dispatch or settle")
    name, stack, ready_file, *_ = [*sys.argv[1:], "", ""]
    moved = move(*queues(name, stack or None, Path(ready_file or READY_FILE)))
    print(f"{moved} messages put back to {name}")


if __name__ == "__main__":
    main()
