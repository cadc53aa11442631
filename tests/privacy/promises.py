"""Reads docs/PRIVACY.md: which tests prove which promise, and how long what is kept.

    promises.not_run(output)   the named tests that a whole run of the suites did not pass through
"""

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def rows(heading: str) -> list[list[str]]:
    """The cells of the table below a heading, without its head."""
    section = (ROOT / "docs/PRIVACY.md").read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def proofs() -> dict[str, list[str]]:
    """The tests of each promise, by its number."""
    return {number: re.findall(r"`([^`]+)`", tests) for number, _, _, tests in (tuple(cell.strip() for cell in row) for row in rows("Promises"))}


def retention() -> dict[str, str]:
    """How long each entity is kept."""
    return {entity: kept for entity, kept, *_ in rows("Retention")}


def exists(test: str) -> bool:
    """Whether there is a test of this name, and not only a function."""
    if test.startswith('"'):
        return f"test({test}" in _sources("web/src", "ts") + _sources("web/tests", "ts")
    if test.startswith("test_"):
        return f"def {test}(" in _sources("tests/template", "py")
    pattern = re.compile(rf"#\[(?:tokio::)?test\]\n(?:\s*#\[[^\n]*\]\n)*\s*(?:async )?fn {test}\(")
    return any(pattern.search(_sources(folder, "rs")) for folder in ("crates", "functions", "tests"))


@cache
def _sources(folder: str, kind: str) -> str:
    return "\n".join(file.read_text() for file in sorted((ROOT / folder).rglob(f"*.{kind}")))


def not_run(output: str) -> list[str]:
    """The named tests that do not stand among the passed ones in the output of all suites."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", output)
    passed = [line for line in plain.splitlines() if re.match(r"\s*(PASS|PASSED|✓|ok)\b|\s*✓|.*\bPASSED\b", line)]
    lines = "\n".join(passed) + "\n"

    def ran(test: str) -> bool:
        if test.startswith('"'):
            return test.strip('"') in lines
        return re.search(rf"(?<![\w]){re.escape(test)}(?![\w])", lines) is not None

    return sorted({test for tests in proofs().values() for test in tests if not ran(test)})
