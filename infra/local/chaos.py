"""Runs faxes through a stack of their own while everything fails: chaos.py [--jobs 200] [--seed N] [--built]

The senders, the blows and the verdict are those of `justfax-chaos`, which this starts beside the stack. What it cannot do
itself it asks for in a line on its stdout, and gets the new process id back: a restart of the emulator with its data kept.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

import build
from progress import Failure, say
from run import Stopped, stop_on_signals, write_ready_file
from setup import ROOT
from stack import Stack

RESTART = "restart the emulator"


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", default="200", help="how many senders")
    parser.add_argument("--seed", help="which senders; by default new ones each time")
    parser.add_argument("--state", type=Path, default=ROOT / "target/chaos-stack")
    parser.add_argument("--built", action="store_true", help="the workspace is built already")
    return parser.parse_args()


def restart(stack: Stack, ready_file: Path) -> int:
    """Restarts the emulator as it is, and gives its new process id."""
    stack.emulator.stop()
    stack.emulator.start()
    write_ready_file(ready_file, stack.facts())
    return stack.emulator.child.pid


def chaos(stack: Stack, ready_file: Path, options: argparse.Namespace) -> int:
    """Runs the program to its end, doing what it asks; its exit code."""
    command = [build.BINARIES / "justfax-chaos", "--stack", ready_file, "--keeper", "yes", "--jobs", options.jobs]
    if options.seed:
        command += ["--seed", options.seed]
    process = subprocess.Popen(
        [str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    try:
        for line in process.stdout:
            if line.strip() == RESTART:
                process.stdin.write(f"{restart(stack, ready_file)}\n")
                process.stdin.flush()
            else:
                sys.stdout.write(line)
                sys.stdout.flush()
        return process.wait()
    finally:
        process.kill()


def main() -> int:
    """Starts a stack from nothing, has it suffer, and stops it."""
    options = arguments()
    state = options.state.resolve()
    shutil.rmtree(state, ignore_errors=True)
    stop_on_signals()
    stack, ready_file = None, state / "ready.json"
    try:
        built = build.build_all(rust=not options.built)
        stack = Stack(state, any_ports=True)
        stack.start(built)
        write_ready_file(ready_file, stack.facts())
        return chaos(stack, ready_file, options)
    except Stopped as why:
        say(f"stopping ({why})")
        return 1
    finally:
        ready_file.unlink(missing_ok=True)
        if stack:
            stack.stop()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        sys.exit(f"chaos: {failure}")
