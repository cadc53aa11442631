"""Queues and what reads them: no message is lost without somebody being told."""

import re

import pytest
from expanded import ROOT, raw, resources, root, text

QUEUE = raw("infra/queue.yaml")["Resources"]
MAPPINGS = {name.split(":")[1]: r["Properties"] for name, r in resources("AWS::Lambda::EventSourceMapping")}
READERS = {"Prepare": "PrepareUploads", "Dispatch": "DispatchNudges", "Settle": "SettleNudges"}


def test_every_queue_is_made_from_the_one_block():
    blocks = {name: r["Properties"]["TemplateURL"] for name, r in raw("infra/messaging.yaml")["Resources"].items()}
    assert blocks == {name: "queue.yaml" for name in READERS}
    assert {name.split(":")[0] for name, _ in resources("AWS::SQS::Queue")} == {"infra/queue.yaml"}


def test_a_message_is_given_up_after_five_tries_and_kept_for_two_weeks():
    redrive = QUEUE["Work"]["Properties"]["RedrivePolicy"]
    assert redrive["maxReceiveCount"] == 5 and "Dead" in text(redrive["deadLetterTargetArn"])
    assert QUEUE["Dead"]["Properties"]["MessageRetentionPeriod"] == 14 * 24 * 3600


@pytest.mark.parametrize(("alarm", "queue", "metric"), [
    ("DeadAlarm", "Dead", "ApproximateNumberOfMessagesVisible"), ("AgeAlarm", "Work", "ApproximateAgeOfOldestMessage"),
])
def test_somebody_is_told(alarm, queue, metric):
    properties = QUEUE[alarm]["Properties"]
    assert properties["MetricName"] == metric and queue in text(properties["Dimensions"])
    assert properties["AlarmActions"] == [{"Ref": "AlarmTopicArn"}]


@pytest.mark.parametrize("function", READERS)
def test_a_queue_is_read_with_partial_answers_and_a_limit(function):
    mapping = MAPPINGS[READERS[function]]
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["ScalingConfig"]["MaximumConcurrency"] <= 10
    assert f"{function}QueueArn" in text(mapping["EventSourceArn"])


@pytest.mark.parametrize("function", READERS)
def test_a_message_stays_hidden_longer_than_its_function_may_run(function):
    block = raw("infra/messaging.yaml")["Resources"][function]["Properties"]["Parameters"]
    assert block["VisibilitySeconds"] > root()["Resources"][function]["Properties"]["Timeout"]


def test_documents_are_prepared_one_at_a_time():
    assert MAPPINGS["PrepareUploads"]["BatchSize"] == 1


def test_only_the_bucket_of_this_account_feeds_the_prepare_queue():
    allow = QUEUE["WorkPolicy"]["Properties"]["PolicyDocument"]["Statement"][1]["Fn::If"][1]
    assert allow["Principal"] == {"Service": "s3.amazonaws.com"} and allow["Action"] == "sqs:SendMessage"
    assert "SourceBucketArn" in text(allow["Condition"]) and "AWS::AccountId" in text(allow["Condition"])
    fed = [name for name, r in raw("infra/messaging.yaml")["Resources"].items() if "SourceBucketArn" in r["Properties"]["Parameters"]]
    assert fed == ["Prepare"]


def test_the_clean_up_runs_every_minute():
    ((_, rule),) = resources("AWS::Events::Rule")
    assert rule["Properties"]["ScheduleExpression"] == "rate(1 minute)"
    assert "Cleanup" in text(rule["Properties"]["Targets"])


@pytest.mark.parametrize("function", ["Dispatch", "Settle"])
def test_a_lease_outlives_its_worker_and_lapses_before_the_message_comes_again(function):
    work = (ROOT / "crates/justfax/src/flow/work.rs").read_text()
    lease = int(re.search(r"LEASE: SignedDuration = SignedDuration::from_secs\((\d+)\)", work)[1])
    block = raw("infra/messaging.yaml")["Resources"][function]["Properties"]["Parameters"]
    assert root()["Resources"][function]["Properties"]["Timeout"] + 10 <= lease < block["VisibilitySeconds"]
