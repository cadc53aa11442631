"""All checks and tests, one after the other, and one honest line at the end.

    test.py [--only checks | rust | web | journey | templates ...]

Every suite runs even if an earlier one failed, so that one run tells everything. The journeys need a running stack; it
is started once, from nothing, its ready file is named by JUSTFAX_STACK and its site by JUSTFAX_SITE.
The end line sums what the runners themselves counted; each check counts as one test. Exit code 0 means none failed.
"""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import build
from progress import Failure, say
from setup import ROOT, VENV

sys.path.insert(0, str(ROOT / "tests/privacy"))
import promises  # noqa: E402

STATE = ROOT / "target/test-stack"
ENVIRONMENT = os.environ | {"PATH": f"{VENV / 'bin'}:{os.environ['PATH']}", "SAM_CLI_TELEMETRY": "0"}

CHECKS = {
    "format": ["cargo", "fmt", "--all", "--check"],
    "clippy": ["cargo", "clippy", "--release", "--locked", "--workspace", "--all-targets", "--keep-going", "--quiet", "--", "-D", "warnings"],
    "licences, bans, sources": ["cargo", "deny", "--log-level", "error", "check", "licenses", "bans", "sources"],
    "template": [VENV / "bin/sam", "validate", "--lint", "--region", "eu-central-1"],
    "nested templates": [VENV / "bin/cfn-lint", "--ignore-checks", "W3002", "--", *sorted((ROOT / "infra").glob("*.yaml"))],
}
NEXTEST = ["cargo", "nextest", "run", "--release", "--locked", "--workspace", "--no-fail-fast", "--no-tests", "pass"]
SUITES = {
    "rust": (NEXTEST, ROOT),
    "web": (["npm", "test", "--silent"], ROOT / "web"),
    "journey": (["npm", "run", "--silent", "journey"], ROOT / "web"),
    "templates": ([VENV / "bin/python", "-m", "pytest", "-q", "-rp", "-p", "no:cacheprovider", "tests/template"], ROOT),
}

# How the runners close: nextest and pytest "3 passed, 1 failed", Playwright "  3 passed (2s)", node "ℹ pass 3".
_COUNT = re.compile(r"(\d+) (passed|failed|skipped|flaky|did not run|errors?)\b|^(?:#|ℹ) (pass|fail|skipped|cancelled|todo) (\d+)", re.MULTILINE)
_MEANS = {
    "passed": "passed", "pass": "passed", "flaky": "passed", "failed": "failed", "fail": "failed", "error": "failed",
    "errors": "failed", "cancelled": "failed", "skipped": "skipped", "todo": "skipped", "did not run": "skipped",
}


@dataclass
class Tally:
    """What has been counted so far, and the names of what went wrong."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    wrong: list[str] = field(default_factory=list)

    def check(self, name: str, good: bool) -> None:
        """Counts one check."""
        self.passed += good
        self.failed += not good
        if not good:
            self.wrong.append(name)

    def suite(self, name: str, code: int, output: str) -> None:
        """Counts what a runner says of itself; one that fails without a failed test counts as one."""
        counted = {"passed": 0, "failed": 0, "skipped": 0}
        for number, word, node_word, node_number in _COUNT.findall(closing_lines(output)):
            counted[_MEANS[word or node_word]] += int(number or node_number)
        if code != 0:
            self.wrong.append(name)
            counted["failed"] = max(counted["failed"], 1)
        for kind, number in counted.items():
            setattr(self, kind, getattr(self, kind) + number)


def closing_lines(output: str) -> str:
    """The lines in which runners sum up; what tests print themselves does not count."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", output)
    sums = (r"^\s*Summary \[", r"^\d+ (passed|failed|skipped|error)", r"^  \d+ (passed|failed|skipped|flaky|did not run)", r"^[#ℹ] (pass|fail|skipped|cancelled|todo) ")
    return "\n".join(line for line in plain.splitlines() if any(re.search(pattern, line) for pattern in sums))


def show_and_keep(command: list, folder: Path, environment: dict) -> tuple[int, str]:
    """Runs a command, shows its output as it comes, and returns its exit code and that output."""
    process = subprocess.Popen(
        [str(part) for part in command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
    )
    lines = []
    for line in process.stdout:
        sys.stderr.write(line)
        lines.append(line)
    return process.wait(), "".join(lines)


def run_checks(tally: Tally) -> None:
    """What needs no running service."""
    for name, command in CHECKS.items():
        say(f"check: {name}")
        tally.check(name, show_and_keep(command, ROOT, ENVIRONMENT)[0] == 0)
    say("known holes in dependencies are checked by `make advisories`, which needs a network")


def start_stack() -> subprocess.Popen:
    """Starts a stack of the tests' own and waits for its ready line."""
    command = [sys.executable, ROOT / "infra/local/run.py", "--state", STATE, "--ephemeral", "--built"]
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True, start_new_session=True)
    for line in process.stdout:
        if line.startswith("ready: "):
            return process
    raise Failure(f"the stack for the tests did not start ({process.wait()})")


def stop_stack(process: subprocess.Popen) -> None:
    """Stops it by its process id."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()


def run_suites(tally: Tally, wanted: list[str]) -> None:
    """The suites, with one running stack."""
    stack, told = None, []
    environment = dict(ENVIRONMENT)
    try:
        if {"rust", "journey"} & set(wanted):
            stack = start_stack()
            ready_file = STATE / "ready.json"
            environment |= {"JUSTFAX_STACK": str(ready_file), "JUSTFAX_SITE": json.loads(ready_file.read_text())["site"]}
    except Failure as failure:
        say(str(failure))
        tally.check("stack", False)
    try:
        for name in wanted:
            say(f"tests: {name}")
            command, folder = SUITES[name]
            code, output = show_and_keep(command, folder, environment)
            tally.suite(name, code, output)
            told.append(output)
    finally:
        if stack:
            stop_stack(stack)
    if set(wanted) == set(SUITES):
        check_promises(tally, "\n".join(told))


def check_promises(tally: Tally, output: str) -> None:
    """That every test which docs/PRIVACY.md names as a proof has passed in this run."""
    missing = promises.not_run(output)
    for name in missing:
        say(f"docs/PRIVACY.md names a proof that did not pass: {name}")
    tally.check("the proofs of docs/PRIVACY.md ran", good=not missing)


def main() -> int:
    """Runs what is asked for; everything by default."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=["checks", *SUITES], default=["checks", *SUITES])
    wanted = parser.parse_args().only
    tally, begun = Tally(), time.monotonic()
    suites = [name for name in SUITES if name in wanted]
    try:
        if suites != ["templates"] and suites:
            build.build_all()
            tally.check("build", True)
    except Failure as failure:
        say(str(failure))
        tally.check("build", False)
        suites = [name for name in suites if name == "templates"]
    if "checks" in wanted:
        run_checks(tally)
    run_suites(tally, suites)
    write_summary(tally, time.monotonic() - begun)
    return 1 if tally.failed else 0


def write_summary(tally: Tally, seconds: float) -> None:
    """The closing line on stdout, the same as JSON in target/, and what went wrong."""
    facts = {"passed": tally.passed, "failed": tally.failed, "skipped": tally.skipped, "wrong": tally.wrong, "seconds": round(seconds)}
    (ROOT / "target").mkdir(exist_ok=True)
    (ROOT / "target/tests.json").write_text(json.dumps(facts))
    say(f"done in {seconds / 60:.1f} minutes" + (f"; wrong: {', '.join(tally.wrong)}" if tally.wrong else ""))
    print(f"{tally.passed} passed, {tally.failed} failed, {tally.skipped} skipped", flush=True)


if __name__ == "__main__":
    sys.exit(main())
