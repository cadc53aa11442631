"""Child processes of the local stack: started with a log file, stopped by their id, never left behind.

Each is a session of its own, so that Ctrl-C reaches the runner alone and the runner stops them in the right order; and
the kernel ends them when the runner dies without a word (Linux), so that a killed test leaves no emulator running.
"""

import ctypes
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from progress import Failure, say

_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """A running child process and its log file."""

    def __init__(self, name: str, command: list, log: Path, env: dict[str, str]):
        self.name, self.log = name, log
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [str(part) for part in command], env=env, cwd=log.parent, stdin=subprocess.DEVNULL,
                stdout=output, stderr=output, start_new_session=True, preexec_fn=_die_with_parent,
            )

    @property
    def pid(self) -> int:
        """The process id."""
        return self.process.pid

    def require_alive(self) -> None:
        """Fails with the end of the log when the process has ended by itself."""
        if (code := self.process.poll()) is not None:
            tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])
            raise Failure(f"{self.name} has ended with {code}; the end of {self.log}:\n{tail}")

    def wait_until(self, ready, seconds: float) -> None:
        """Waits until `ready()` is true, at most so long."""
        deadline = time.monotonic() + seconds
        while not ready():
            self.require_alive()
            if time.monotonic() > deadline:
                raise Failure(f"{self.name} was not ready within {seconds:.0f} s; see {self.log}")
            time.sleep(0.1)

    def stop(self, patience: float = 20) -> None:
        """Asks the process to end, and ends it when it does not; then its children, which share its session."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                say(f"{self.name} does not end; killing it")
                self.process.kill()
                self.process.wait()
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass


def is_free(port: int) -> bool:
    """Whether nobody listens on this port of the loopback interface."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def free_port(preferred: int = 0) -> int:
    """The preferred port if it is free, else any free one."""
    if preferred and is_free(preferred):
        return preferred
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_running(pid: int) -> bool:
    """Whether a process of this id exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
