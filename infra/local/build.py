"""Builds what is deployed: the workspace, the site, and what sam makes of the template.

One cargo build in the one profile makes every binary, and everything else reuses it; so this is also the first step of
`make test`. A lock keeps two stacks that start at once from building into each other.

    .venv/bin/python infra/local/build.py
"""

import fcntl
import os
import sys
from contextlib import contextmanager
from pathlib import Path

import fingerprint
from progress import Failure, run, say
from setup import ROOT, VENV

TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
BINARIES = TARGET / "release"
BUILT = ROOT / ".aws-sam/build"
SITE = ROOT / "web/dist"


def function_names() -> list[str]:
    """The functions: each a folder below functions/ and a binary of the same name."""
    return sorted(folder.name for folder in (ROOT / "functions").iterdir() if (folder / "Cargo.toml").is_file())


def template_files() -> list[Path]:
    """Everything that sam reads."""
    return [ROOT / "template.yaml", *(ROOT / "infra").glob("*.yaml"), *(ROOT / "infra/build").iterdir()]


def build_workspace() -> None:
    """All crates, all functions, the sandboxes and the command line clients, in release."""
    run("building the Rust workspace (some minutes the first time)", ["cargo", "build", "--release", "--locked", "--workspace"], cwd=ROOT)


def build_site() -> None:
    """The static site, into web/dist."""
    value = fingerprint.of_files([*fingerprint.files_below(ROOT / "web"), ROOT / "docs/openapi.yaml", ROOT / "infra/operator.json"])
    mark = TARGET / "site.built"
    if SITE.is_dir() and fingerprint.is_current(mark, value):
        return
    run("building the site", ["npm", "run", "--silent", "build"], quiet=True, cwd=ROOT / "web")
    fingerprint.keep(mark, value)


def make_samples() -> None:
    """The project's own sample documents, into target/samples: for the README, the desk, the bench and the tests."""
    folder = ROOT / "target/samples"
    value = fingerprint.of_files((ROOT / "tests/samples").glob("*.py"))
    if not fingerprint.is_current(folder.with_suffix(".made"), value):
        run("making sample documents", [VENV / "bin/python", ROOT / "tests/samples/generate.py", folder], quiet=True)
        fingerprint.keep(folder.with_suffix(".made"), value)


def build_stack() -> str:
    """What `sam build` makes, in .aws-sam/build; returns the fingerprint of the result."""
    binaries = [BINARIES / name for name in function_names()]
    if absent := [binary.name for binary in binaries if not binary.is_file()]:
        raise Failure(f"not built: {', '.join(absent)}; run it without --built, or look into {BINARIES}")
    value = fingerprint.of_files([*template_files(), *binaries])
    mark = BUILT.parent / "stack.built"
    if not (BUILT.is_dir() and fingerprint.is_current(mark, value)):
        environment = sam_environment() | {"JUSTFAX_BUILT": "1", "CARGO_TARGET_DIR": str(TARGET)}
        command = [VENV / "bin/sam", "build", "--parallel", "--template", ROOT / "template.yaml", "--build-dir", BUILT]
        run("sam build", command, quiet=True, cwd=ROOT, env=environment)
        fingerprint.keep(mark, value)
    return value


def sam_environment() -> dict[str, str]:
    """The caller's environment without any real AWS account in it, and with sam's telemetry off."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("AWS_")}
    nowhere = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull, "AWS_EC2_METADATA_DISABLED": "true"}
    return kept | nowhere | {"SAM_CLI_TELEMETRY": "0", "PATH": f"{VENV / 'bin'}:{os.environ['PATH']}"}


@contextmanager
def alone():
    """Waits until no other process builds in this checkout."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with (TARGET / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def build_all(rust: bool = True) -> str:
    """Everything that a stack is made of; returns its fingerprint."""
    with alone():
        if rust:
            build_workspace()
        build_site()
        make_samples()
        return build_stack()


if __name__ == "__main__":
    try:
        build_all()
        say("built")
    except Failure as failure:
        sys.exit(f"build: {failure}")
