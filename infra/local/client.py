"""Runs the command line clients: client.py send FILE=… TO=… | client.py audit JOB=… [WORD=…] | client.py bench | client.py bench-pages

Kept out of the Makefile, so that file names with spaces arrive whole.
"""

import argparse
import os
import sys
from pathlib import Path

from build import BINARIES
from setup import ROOT

PROGRAMS = {"send": "justfax-send", "audit": "justfax-audit", "bench": "justfax-bench", "bench-pages": "bench-pages"}


def main() -> None:
    """Replaces itself by the client."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--state", type=Path, default=ROOT / "target/stack")
    parser.add_argument("what", choices=list(PROGRAMS))
    parser.add_argument("values", nargs="*", help="NAME=VALUE, handed on as --name VALUE")
    options = parser.parse_args()
    ready_file = options.state / "ready.json"
    if options.what in ("send", "audit") and not ready_file.is_file():
        sys.exit("no stack is running; `make run` starts one")
    program = BINARIES / PROGRAMS[options.what]
    if not program.is_file():
        sys.exit(f"{program} is not built; `make build` builds it")
    command = [str(program)] if options.what == "bench-pages" else [str(program), "--stack", str(ready_file)]
    for value in options.values:
        name, _, text = value.partition("=")
        command += [f"--{name.lower()}", text]
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
