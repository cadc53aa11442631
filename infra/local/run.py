"""Builds, deploys and runs the whole service on this machine, until Ctrl-C or SIGTERM.

    run.py [--state DIR] [--ready-file FILE] [--ephemeral] [--built]

The last line, on stdout, is `ready: http://127.0.0.1:PORT/`; it comes when the site, the API and the sandboxes answer.
The ready file (by default DIR/ready.json) tells programs everything else; it exists exactly while the stack runs.
"""

import argparse
import json
import shutil
import signal
import sys
import time
from pathlib import Path

import build
from processes import is_running
from progress import Failure, say
from setup import ROOT
from stack import Stack


class Stopped(Exception):
    """Somebody asked us to stop."""


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--state", type=Path, default=ROOT / "target/stack", help="folder of all state, ports and logs")
    parser.add_argument("--ready-file", type=Path, help="JSON file with all addresses and names")
    parser.add_argument("--ephemeral", action="store_true", help="begin from nothing, on any free ports, and leave nothing")
    parser.add_argument("--built", action="store_true", help="the workspace is built already")
    return parser.parse_args()


def already_running(ready_file: Path) -> dict | None:
    """What the ready file says, if the stack that wrote it still runs."""
    if not ready_file.is_file():
        return None
    facts = json.loads(ready_file.read_text())
    return facts if is_running(facts["pids"]["runner"]) else None


def stop_on_signals() -> None:
    """Turns Ctrl-C and SIGTERM into an exception at the place where the runner waits; later ones are ignored."""

    def handler(number: int, _frame) -> None:
        for again in (signal.SIGINT, signal.SIGTERM):
            signal.signal(again, signal.SIG_IGN)
        raise Stopped(signal.Signals(number).name)

    signal.signal(signal.SIGINT, handler)
    signal.signal(signal.SIGTERM, handler)


def write_ready_file(file: Path, facts: dict) -> None:
    """Whole or not at all: a reader never sees half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".draft")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(facts, indent=1))
    draft.rename(file)


def serve(options: argparse.Namespace, state: Path, ready_file: Path) -> None:
    """Starts the stack, says so, and watches it."""
    stack = None
    try:
        built = build.build_all(rust=not options.built)
        stack = Stack(state, any_ports=options.ephemeral)
        stack.start(built)
        write_ready_file(ready_file, stack.facts())
        say("the site is at the address below, the developer desk at /desk/, logs by `make logs`; Ctrl-C stops")
        print(f"ready: {stack.site_url}/", flush=True)
        while True:
            time.sleep(1)
            stack.require_alive()
    except Stopped as why:
        say(f"stopping ({why})")
    finally:
        ready_file.unlink(missing_ok=True)
        if stack:
            stack.stop()
        if options.ephemeral:
            shutil.rmtree(state / "emulator", ignore_errors=True)


def main() -> None:
    """Runs, unless the same stack runs already."""
    options = arguments()
    state = options.state.resolve()
    ready_file = (options.ready_file or state / "ready.json").resolve()
    if facts := already_running(ready_file):
        say(f"runs already (process {facts['pids']['runner']}); `make stop` stops it")
        print(f"ready: {facts['site']}/", flush=True)
        return
    if options.ephemeral:
        for leftover in ("emulator", "sandbox"):
            shutil.rmtree(state / leftover, ignore_errors=True)
    stop_on_signals()
    serve(options, state, ready_file)


if __name__ == "__main__":
    try:
        main()
    except (Failure, Stopped) as failure:
        sys.exit(f"run: {failure}")
