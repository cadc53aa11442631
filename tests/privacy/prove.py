"""Switches off the mechanism of each privacy promise and sees whether a test notices: a line for each promise.

    P1 … | mechanism removed | test that caught it        or `not caught` in the last place

It works on a copy of the sources in target/privacy, so nothing here is touched. First every test that is to catch something
must pass on the unchanged copy; only then is its failing worth anything. Ends with 1 if a mechanism went unnoticed.
All of it takes some minutes: rules and roles are asserted on the templates, behaviour on the model of a fax, pages on the built site.
Whole journeys on a stack prove the same with everything in place (docs/PRIVACY.md); they are too slow to be run with each
mechanism removed.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import promises
from promises import ROOT

FOLDER = ROOT / "target/privacy"
COPY = FOLDER / "sources"


@dataclass(frozen=True)
class Removal:
    """A mechanism, how it is taken out of the sources, and the test that must notice."""

    promise: str
    mechanism: str
    file: str
    before: str
    after: str
    test: str


CALLS, TIME = "crates/justfax/src/job/calls.rs", "crates/justfax/src/job/time.rs"
STORAGE, ACCESS = "infra/storage.yaml", "infra/access.yaml"
REMOVALS = [
    Removal("P1", "deletion skipped on delivery", CALLS, "        self.earn_payment(now);\n        self.delete_documents(now);", "        self.earn_payment(now);",
            "delivery_captures_deletes_and_tells"),
    Removal("P1", "deleted documents kept as old versions", STORAGE, "      BucketName: !Ref BucketName\n",
            "      BucketName: !Ref BucketName\n      VersioningConfiguration: { Status: Enabled }\n", "test_documents_are_encrypted_with_our_own_key_and_never_versioned"),
    Removal("P2", "clean-up of unsent documents", TIME, "Stage::Draft | Stage::Failed(_) => self.purge(now),", "Stage::Draft | Stage::Failed(_) => {}",
            "unsent_files_are_purged_after_thirty_days_and_not_before"),
    Removal("P2", "lifecycle rule of the bucket", STORAGE, "            ExpirationInDays: !Ref KeepDays\n", "", "test_no_document_lives_longer_than_the_promised_month"),
    Removal("P2", "one reminder and no second", "crates/justfax/src/job/resume.rs", "} else if waits && !went {", "} else if waits {",
            "the_link_goes_at_once_and_the_reminder_three_days_before_the_end"),
    Removal("P3", "release of the hold", "crates/justfax/src/job/payment.rs", "            S::Held { intent, .. } => (S::Releasing(intent), Owed::Release),\n            S::Taken",
            "            S::Held { intent, .. } => (S::Capturing(intent), Owed::Capture),\n            S::Taken", "an_undelivered_job_gives_the_money_back_by_itself_after_a_day"),
    Removal("P4", "question to the carrier in place of a second call", CALLS, "self.attempts.iter().position(|a| a.number == number) {", "None::<usize> {",
            "a_worker_that_died_at_the_call_leaves_a_question_not_a_second_call"),
    Removal("P5", "forgetting of the person after a month", "crates/justfax/src/job/forget.rs", "{ ended + retention::ENDED }", "{ ended + retention::ENDED * 12 }",
            "a_person_who_asks_nothing_is_forgotten_a_month_after_the_end_and_not_before"),
    Removal("P5", "expiry of records in the table", STORAGE, "TimeToLiveSpecification: { AttributeName: expires, Enabled: true }",
            "TimeToLiveSpecification: { AttributeName: expires, Enabled: false }", "test_records_expire_are_encrypted_and_can_be_restored_for_a_week_only"),
    Removal("P6", "redaction of the address", "crates/justfax/src/email.rs", 'f.write_str("EmailAddress(…)")', "f.write_str(&self.0)", "an_address_does_not_show_itself"),
    Removal("P6", "list of log fields (the address is logged)", "functions/checkout/src/handler.rs", 'tracing::info!(job.id = %job.id(), "ordered");',
            'tracing::info!(job.id = %job.id(), email = wish.email, "ordered");', "test_a_log_line_has_fields_of_the_list_only"),
    Removal("P6", "retention of the access log", "infra/observability.yaml", 'LogGroupName: !Sub "/${Prefix}/api", RetentionInDays: !Ref LogDays,',
            'LogGroupName: !Sub "/${Prefix}/api",', "test_no_log_group_is_kept_for_ever"),
    Removal("P7", "no cookie", "web/src/flow/boot.tsx", "export function start<Own>", 'document.cookie = "visitor=1";\n\nexport function start<Own>',
            '"no cookie is set and nobody else is asked for anything"'),
    Removal("P8", "limit of messages", "crates/justfax/src/flow/messages.rs", "take_one(&own, MOST_OF_ONE, end)", "take_one(&own, 1000, end)",
            "a_flood_of_messages_is_stopped_before_it_is_mailed"),
    Removal("P8", "role of the contact form that can write a counter and no record", ACCESS,
            "                Action: dynamodb:UpdateItem\n                Resource: !Ref TableArn\n                Condition: { \"ForAllValues:StringLike\": { dynamodb:LeadingKeys: [\"limit#*\"] } }\n              - Sid: Mails",
            "                Action: [dynamodb:UpdateItem, dynamodb:PutItem]\n                Resource: !Ref TableArn\n              - Sid: Mails",
            "test_what_people_write_reaches_no_record_and_no_document"),
    Removal("P9", "policy that keeps the caller's country from the API", "infra/web.yaml", "b689b0a8-53d0-40ab-baf2-38738e2966ac", "33f36d7e-f396-46d9-90e0-52428a34d9dc",
            "test_nobody_is_told_where_a_caller_is"),
    Removal("P10", "least role (status may delete pages)", ACCESS, "              - Sid: PresignedPreviews\n                Effect: Allow\n                Action: s3:GetObject\n",
            "              - Sid: PresignedPreviews\n                Effect: Allow\n                Action: [s3:GetObject, s3:DeleteObject]\n",
            "test_a_role_holds_exactly_what_its_function_needs"),
    Removal("P10", "refusal of everything without TLS", STORAGE, "          - Sid: TlsOnly\n            Effect: Deny", "          - Sid: Anyhow\n            Effect: Deny", "test_a_bucket_takes_tls_only"),
    Removal("P10", "rotation of the key", "infra/keys.yaml", "EnableKeyRotation: true", "EnableKeyRotation: false", "test_the_key_is_rotated_and_survives_the_stack"),
    Removal("P10", "record of who reads documents", "infra/audit.yaml", 'Equals: ["AWS::S3::Object"]', 'Equals: ["AWS::Lambda::Function"]',
            "test_every_access_to_documents_and_records_is_recorded_and_one_by_people_is_told"),
    Removal("P11", "carrier's name in the list", "infra/operator.json", '"name": "Telnyx LLC"', '"name": "A carrier"', "test_every_provider_that_the_system_talks_to_is_named"),
    Removal("P12", "mailed link is good once", "crates/justfax/src/flow/rights.rs", "if !port.spend(&link.hash(), now).await? {", "if false {",
            "a_mailed_link_opens_once_within_its_hour_and_its_page_closes_by_itself"),
    Removal("P12", "forgetting at the person's word", "crates/justfax/src/job/wishes.rs", "        self.leaving = true;\n", "",
            "an_erased_job_forgets_the_person_once_nothing_is_owed_and_keeps_how_the_money_ended"),
    Removal("P12", "address in the export", "crates/justfax/src/export.rs", "email: order.email.as_str().to_owned(),", "email: String::new(),", "everything_personal_in_the_record_is_in_the_export"),
    Removal("P13", "entry in the list of changes", "infra/operator.json", '"terms_version": "', '"terms_version": "2030-01-01", "was": "',
            "test_the_version_in_force_heads_the_list_of_changes_in_every_language"),
    Removal("P14", "suspension of deletion under a hold", "crates/justfax/src/job/hold.rs", "Some(until) if is_ours => pending.due().max(until),", "Some(until) if is_ours && until < pending.due() => until,",
            "a_hold_suspends_the_deletion_of_our_copies_and_of_nothing_else"),
    Removal("P14", "expiry of a held record put off", "crates/justfax/src/job/due.rs", "ended.max(until + retention::ENDED)", "ended.min(until + retention::ENDED)",
            "a_held_record_outlives_its_month_and_one_whose_hold_was_lifted_does_not"),
]


def say(text: str) -> None:
    """Progress, beside the result."""
    print(text, file=sys.stderr, flush=True)


def copy_sources() -> None:
    """Brings the copy to what is here, file by file, so that what was compiled of unchanged ones stays good."""
    listed = subprocess.run(["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = {name for name in listed.split("\0") if name and (ROOT / name).is_file()}
    kept = [file for file in COPY.rglob("*") if file.is_file() and not {"node_modules", "target", "dist"} & set(file.relative_to(COPY).parts)] if COPY.is_dir() else []
    for file in kept:
        if str(file.relative_to(COPY)) not in names:
            file.unlink()
    for name in names:
        source, target = ROOT / name, COPY / name
        if not target.is_file() or target.read_bytes() != source.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    modules = COPY / "web/node_modules"
    if not modules.is_symlink():
        modules.symlink_to(ROOT / "web/node_modules")


def run(command: list, folder: Path, name: str) -> tuple[bool, str]:
    """Whether a command ended well, and what it said; also kept in a log beside the copy."""
    environment = os.environ | {"CARGO_TARGET_DIR": str(FOLDER / "cargo"), "CARGO_TERM_COLOR": "never", "CARGO_PROFILE_DEV_DEBUG": "0"}
    done = subprocess.run([str(part) for part in command], cwd=folder, env=environment, capture_output=True, text=True, errors="replace", stdin=subprocess.DEVNULL)
    output = done.stdout + done.stderr
    (FOLDER / f"{name}.log").write_text(output)
    return done.returncode == 0, output


def outcome(tests: list[str], name: str) -> dict[str, str]:
    """`passed`, `failed` or `unknown` for each test, run on the copy as it is now."""
    rust = [test for test in tests if not test.startswith(("test_", '"'))]
    python = [test for test in tests if test.startswith("test_")]
    pages = [test for test in tests if test.startswith('"')]
    told: dict[str, str] = {}
    if rust:
        command = ["cargo", "test", "--locked", "--quiet", "-p", "justfax", "--lib", "--", "--format", "pretty", *rust]
        output = run(command, COPY, f"{name}-rust")[1]
        told |= {test: _word(rf"^test \S*\b{test} \.\.\. (ok|FAILED)", output) for test in rust}
    if python:
        chosen = " or ".join(python)
        output = run([sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", "tests/template", "-k", chosen], COPY, f"{name}-python")[1]
        for test in python:
            words = re.findall(rf"^(PASSED|FAILED|ERROR) \S+::{test}(?:\[|\s|$)", output, re.MULTILINE)
            told[test] = "failed" if {"FAILED", "ERROR"} & set(words) else "passed" if words else "unknown"
    for test in pages:
        title = test.strip('"')
        good, output = run(["npm", "run", "--silent", "build"], COPY / "web", f"{name}-site")
        if good:
            good, output = run([ROOT / "web/node_modules/.bin/playwright", "test", "--project=site", "-g", title], COPY / "web", f"{name}-pages")
            told[test] = "passed" if good and "1 passed" in output else "failed" if "1 failed" in output else "unknown"
        else:
            told[test] = "unknown"
    return told


def _word(pattern: str, output: str) -> str:
    found = re.search(pattern, output, re.MULTILINE)
    return {"ok": "passed", "FAILED": "failed"}[found.group(1)] if found else "unknown"


def remove(removal: Removal) -> str:
    """Takes one mechanism out of the copy, runs its test, puts it back; what the test said."""
    file = COPY / removal.file
    before = file.read_text()
    if before.count(removal.before) != 1:
        return f"unknown: its mechanism is not once in {removal.file}"
    try:
        file.write_text(before.replace(removal.before, removal.after))
        name = f"{removal.promise}-{REMOVALS.index(removal)}"
        return outcome([removal.test], name)[removal.test]
    finally:
        file.write_text(before)


def line(promise: str, told: dict[Removal, str]) -> str:
    """The line of a promise."""
    (words,) = [row[1] for row in promises.rows("Promises") if row[0].strip("| ") == promise]
    removed = "; ".join(removal.mechanism for removal in told)
    caught = "; ".join(removal.test if result == "failed" else f"not caught ({result})" for removal, result in told.items())
    return f"{promise} {words} | {removed} | {caught}"


def main() -> int:
    """The unchanged copy, then promise by promise."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    copy_sources()
    tests = sorted({removal.test for removal in REMOVALS})
    say(f"prove: {len(tests)} tests on unchanged sources, then {len(REMOVALS)} mechanisms removed one by one")
    if wrong := [test for test, result in outcome(tests, "unchanged").items() if result != "passed"]:
        say(f"prove: these do not pass before anything is removed (logs in {FOLDER}): {', '.join(wrong)}")
        return 1
    lines = []
    for promise in promises.proofs():
        told = {removal: remove(removal) for removal in REMOVALS if removal.promise == promise}
        lines.append(line(promise, told) if told else f"{promise} | nothing removed | not caught")
        print(lines[-1], flush=True)
    (FOLDER / "proved.txt").write_text("\n".join(lines) + "\n")
    say(f"prove: {(time.monotonic() - began) / 60:.1f} minutes; the same in {FOLDER / 'proved.txt'}")
    return 1 if any("not caught" in text for text in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
