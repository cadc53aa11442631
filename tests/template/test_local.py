"""The local runner's own arithmetic: what it counts, what it skips, what it bridges."""

from pathlib import Path

import bridge
import fingerprint
import pytest
import setup
import test as runner
from expanded import FUNCTIONS, raw


@pytest.mark.parametrize(("output", "expected"), [
    ("     Summary [   0.9s] 12 tests run: 10 passed, 1 failed, 1 timed out, 3 skipped\n", (10, 1, 3)),
    ("3 failed, 41 passed, 2 skipped in 1.20s\n", (41, 3, 2)),
    ("  2 flaky\n  1 skipped\n  7 passed (3.1s)\n", (9, 0, 1)),
    ("ℹ tests 5\nℹ pass 4\nℹ fail 1\nℹ skipped 0\n", (4, 1, 0)),
    ("my test prints: 99 passed, 99 failed\n  all 5 passed of them\n", (0, 0, 0)),
])
def test_what_a_runner_says_of_itself_is_counted(output, expected):
    tally = runner.Tally()
    tally.suite("x", 1 if expected[1] else 0, output)
    assert (tally.passed, tally.failed, tally.skipped) == expected


def test_a_runner_that_fails_without_a_failed_test_counts_as_one():
    tally = runner.Tally()
    tally.suite("web", 1, "SyntaxError\n")
    assert (tally.failed, tally.wrong) == (1, ["web"])


def test_a_failed_check_is_named():
    tally = runner.Tally()
    tally.check("format", good=False)
    tally.check("clippy", good=True)
    assert (tally.passed, tally.failed, tally.wrong) == (1, 1, ["format"])


def test_a_step_is_repeated_when_a_file_or_a_setting_changes(tmp_path: Path):
    source = tmp_path / "source"
    source.write_text("one")
    first = fingerprint.of_files([source], "setting")
    fingerprint.keep(tmp_path / "mark", first)
    assert fingerprint.is_current(tmp_path / "mark", first)
    assert fingerprint.of_files([source], "other") != first
    source.write_text("two")
    assert fingerprint.of_files([source], "setting") != first


def test_installed_and_generated_files_are_no_sources(tmp_path: Path):
    for name in ("src/a.ts", "src/types.gen.ts", "node_modules/x/index.js", "dist/index.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert fingerprint.files_below(tmp_path) == [tmp_path / "src/a.ts"]


def test_a_purpose_needs_the_packages_of_the_simpler_ones():
    assert set(setup.wanted_packages("run")) < set(setup.wanted_packages("test")) < set(setup.wanted_packages("bench"))


def test_lifecycle_rules_keep_their_meaning_over_the_bridge():
    rules = raw("infra/storage.yaml")["Resources"]["Documents"]["Properties"]["LifecycleConfiguration"]["Rules"]
    bridged = [bridge._lifecycle_rule(rule | ({"ExpirationInDays": "30"} if "ExpirationInDays" in rule else {})) for rule in rules]
    assert bridged[0]["Expiration"] == {"Days": 30} and bridged[0]["NoncurrentVersionExpiration"] == {"NoncurrentDays": 1}
    assert (bridged[1]["Filter"], bridged[1]["Expiration"]) == ({"Prefix": "reports/"}, {"Days": 30})
    assert bridged[2]["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}
    assert all(rule["Status"] == "Enabled" for rule in bridged)
    assert [rule["Filter"]["Prefix"] for rule in bridged] == ["", "reports/", ""]


def test_the_makefile_of_the_build_knows_each_function():
    import subprocess

    for name in FUNCTIONS:
        logical = "".join(part.title() for part in name.split("-"))
        made = subprocess.run(
            ["bash", "-c", f"sed 's/\\([a-z]\\)\\([A-Z]\\)/\\1-\\2/g' <<<{logical} | tr '[:upper:]' '[:lower:]'"], capture_output=True, text=True
        ).stdout.strip()
        assert made == name
