"""Stops a running stack by its process id, and waits until it is gone: stop.py [STATE-FOLDER]"""

import json
import os
import signal
import sys
import time
from pathlib import Path

from processes import is_running
from progress import say
from setup import ROOT


def main() -> None:
    """Asks the runner to stop; it stops the rest."""
    state = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "target/stack"
    ready_file = state / "ready.json"
    if not ready_file.is_file():
        say("no stack is running")
        return
    runner = json.loads(ready_file.read_text())["pids"]["runner"]
    if is_running(runner):
        os.kill(runner, signal.SIGTERM)
    deadline = time.monotonic() + 45
    while is_running(runner) and time.monotonic() < deadline:
        time.sleep(0.2)
    if is_running(runner):
        sys.exit(f"process {runner} does not end")
    ready_file.unlink(missing_ok=True)
    say("stopped")


if __name__ == "__main__":
    main()
