"""Progress lines on stderr: when, and what is going on now.

One format for every step, so that a first run of ten minutes never looks as if it hung.
"""

import subprocess
import sys
import time

_BEGUN = time.monotonic()


class Failure(Exception):
    """Something a person can put right; shown without a traceback."""


def say(text: str) -> None:
    """Writes one line with the seconds since the program began."""
    print(f"[{time.monotonic() - _BEGUN:5.1f} s] {text}", file=sys.stderr, flush=True)


def run(what: str, command: list, quiet: bool = False, **options) -> None:
    """Runs a command to its end; its output is shown as it comes, or only when it fails if `quiet`."""
    say(what)
    if quiet:
        options |= {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    else:
        options.setdefault("stdout", sys.stderr)
    done = subprocess.run([str(part) for part in command], **options)
    if done.returncode != 0:
        output = f"\n{done.stdout}" if quiet else ""
        raise Failure(f"{what}: '{' '.join(str(part) for part in command[:3])} …' ended with {done.returncode}{output}")
