"""The operator's tool for legal holds: what it writes, and that its figures are those of the code and the bucket."""

import sys
from datetime import datetime, timezone

import pytest
from expanded import ROOT, raw
from test_privacy import constant

sys.path.insert(0, str(ROOT / "infra"))
import hold  # noqa: E402

NOW = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)


def record(**more) -> dict:
    """A Job's item as the table gives it."""
    return {"expires": {"N": "1"}, "version": {"N": "7"}, "job": {"M": {}}, **more}


def test_a_hold_ends_before_the_bucket_deletes_what_it_keeps():
    assert hold.LASTS.days < raw("template.yaml")["Parameters"]["KeepDays"]["Default"]


def test_a_record_is_kept_after_a_hold_as_long_as_the_code_keeps_it():
    assert hold.ENDED.total_seconds() == constant("crates/justfax/src/retention.rs", "ENDED")


def test_a_hold_says_who_and_why_and_never_shortens_the_life_of_a_record():
    update, values = hold.placed(record(), "erika", "Az. 1/26", NOW)
    (placed,) = values[":holds"]["L"]
    assert {name: value["S"] for name, value in placed["M"].items()} == {
        "by": "erika", "why": "Az. 1/26", "since": "2026-11-24T12:00:00Z", "until": "2026-12-22T12:00:00Z",
    }
    assert "list_append" in update and int(values[":expires"]["N"]) == int((NOW + hold.LASTS + hold.ENDED).timestamp())
    late = hold.placed(record(expires={"N": "99999999999"}), "erika", "Az. 1/26", NOW)[1]
    assert late[":expires"]["N"] == "99999999999"


def test_lifting_ends_every_hold_in_force_keeps_the_account_and_wakes_the_clean_up():
    placed = hold.placed(record(), "erika", "Az. 1/26", NOW)[1][":holds"]["L"][0]
    held = record(job={"M": {"holds": {"L": [placed, placed]}}}, due_shard={"S": "3"})
    update, values = hold.lifted(held, "max", "closed", NOW)
    assert all(one["M"]["by"] == {"S": "erika"} and one["M"]["lifted"]["M"]["by"] == {"S": "max"} for one in values[":holds"]["L"])
    assert "due_at = :now" in update
    again = record(job={"M": {"holds": values[":holds"]}})
    with pytest.raises(hold.Refused):
        hold.lifted(again, "max", "closed", NOW)


def test_a_job_that_owes_nothing_is_not_put_into_the_index_of_due_times():
    placed = hold.placed(record(), "erika", "Az. 1/26", NOW)[1][":holds"]["L"][0]
    assert "due_at" not in hold.lifted(record(job={"M": {"holds": {"L": [placed]}}}), "max", "closed", NOW)[0]
