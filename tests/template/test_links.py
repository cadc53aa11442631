"""What each function links: what it cannot link, it cannot do."""

import subprocess
from functools import cache

import pytest
from expanded import FUNCTIONS, ROOT

NEVER = {"spandsp", "justfax-sandbox", "justfax-tests", "openssl-sys", "aws-lc-sys", "native-tls"}
# What only some functions may do, by the crate that does it.
ONLY = {
    "justfax-payments": {"checkout", "payment-webhook", "settle"},
    "justfax-carrier": {"dispatch", "carrier-webhook", "settle"},
    "aws-sdk-ses": {"settle", "rights", "messages"},
    "hayro": {"prepare"},
    "justfax-report": {"settle", "job-status"},
}


@cache
def linked(name: str) -> set[str]:
    """All crates that end up in a function's binary."""
    tree = subprocess.run(
        ["cargo", "tree", "--locked", "--package", name, "--edges", "normal", "--prefix", "none", "--format", "{p}"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout
    return {line.split()[0] for line in tree.splitlines() if line.strip()}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_links_no_development_code_and_no_second_tls(name):
    assert not linked(name) & NEVER


@pytest.mark.parametrize("crate", ONLY)
def test_a_power_is_linked_only_by_those_who_need_it(crate):
    assert {name for name in FUNCTIONS if crate in linked(name)} <= ONLY[crate]
