"""One running local stack: the emulator with everything deployed, and the sandboxes around it.

The order matters. Ports are chosen first, because the site's address is a parameter of the stack; then the emulator and
the deployment, because the sandboxes must know the API's address; then the sandboxes, and last of all it is asked
whether a page, the API and the sandboxes really answer.
"""

import json
import os
import shutil
import urllib.error
import urllib.request
from pathlib import Path

import credentials
import deployed
from build import BINARIES, SITE, function_names
from emulator import ACCESS_KEY, REGION, SECRET_KEY, Emulator
from processes import Child, free_port
from progress import Failure, say

# Tried first when a person starts the stack, so that bookmarks keep working; tests take any free ones.
PREFERRED_PORTS = {"desk": 8300, "payment": 8301, "carrier": 8302, "smtp": 8303, "emulator": 8304}


class Stack:
    """A stack in its own state folder."""

    def __init__(self, state: Path, any_ports: bool):
        self.state = state
        # Tests search the logs for what may not stand in them, so theirs are as full as they can be.
        self.log_level = "debug" if any_ports else "info"
        self.state.mkdir(parents=True, exist_ok=True)
        self.ports = self._choose_ports(any_ports)
        self.emulator = Emulator(state, self.ports["emulator"])
        self.secrets = credentials.load_or_make(state)
        self.sandbox: Child | None = None

    def _choose_ports(self, any_ports: bool) -> dict[str, int]:
        """The ports of last time if they are free; else others, and then the emulator must forget its old address."""
        file = self.state / "ports.json"
        last = json.loads(file.read_text()) if file.is_file() else {}
        wanted = last or ({name: 0 for name in PREFERRED_PORTS} if any_ports else PREFERRED_PORTS)
        ports: dict[str, int] = {}
        for name in PREFERRED_PORTS:
            port = free_port(wanted.get(name, 0))
            while port in ports.values():
                port = free_port()
            ports[name] = port
        if last and ports != last:
            say("a port of last time is taken: starting afresh on others")
            shutil.rmtree(self.state / "emulator", ignore_errors=True)
        file.write_text(json.dumps(ports))
        return ports

    @property
    def site_url(self) -> str:
        """Where the site is; the desk serves it."""
        return f"http://127.0.0.1:{self.ports['desk']}"

    def start(self, built: str) -> None:
        """Starts everything and returns when it answers."""
        say(f"starting the AWS emulator on port {self.ports['emulator']}")
        self.emulator.smtp_port = self.ports["smtp"]
        self.emulator.start()
        self._deploy(built)
        say("starting the payment sandbox, the carrier sandbox and the desk")
        self._start_sandbox()
        self._require_answers()

    def _deploy(self, built: str) -> None:
        payment, carrier = (f"http://127.0.0.1:{self.ports[name]}" for name in ("payment", "carrier"))
        values = deployed.parameters(self.site_url, payment, carrier) | {"LogLevel": self.log_level}
        try:
            changed = deployed.deploy(self.emulator, built, values)
        except Failure as failure:
            say(f"{failure}\nthe kept state does not take this deployment: once more from nothing")
            self.emulator.stop()
            self.emulator.forget()
            self.emulator.start()
            changed = deployed.deploy(self.emulator, built, values)
        if not changed:
            say("nothing has changed since the last deployment")
        found = deployed.outputs(self.emulator)
        credentials.put(self.emulator, found["SecretsPath"], found["KeyArn"], self.secrets)

    def _start_sandbox(self) -> None:
        folder = self.state / "sandbox"
        folder.mkdir(exist_ok=True)
        ready = folder / "ready.json"
        ready.unlink(missing_ok=True)
        config = folder / "config.json"
        config.touch(mode=0o600)
        config.write_text(json.dumps({
            **{f"{name}_port": self.ports[name] for name in ("desk", "payment", "carrier", "smtp")},
            "api_url": deployed.api_url(self.emulator),
            "emulator_url": self.emulator.url,
            "site_dir": str(SITE),
            **{name: value for name, value in self.secrets.items() if name not in ("lookup_key", "report_signing_key")},
            "carrier_connection_id": deployed.parameters("", "", "")["CarrierConnectionId"],
            "upload_origin": self.emulator.url,
            "real_time": os.environ.get("REAL_TIME") == "1",
        }, indent=1))
        command = [BINARIES / "justfax-sandbox", "--state", folder, "--config", config]
        environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
        self.sandbox = Child("the sandbox program", command, self.state / "sandbox.log", environment)
        self.sandbox.wait_until(ready.is_file, 30)

    def _require_answers(self) -> None:
        for what, path in (("the site", "/"), ("the desk", "/desk/"), ("the API", f"/api/jobs/{'a' * 26}")):
            status = _status(self.site_url + path)
            if status == 0 or status >= 500:
                raise Failure(f"{what} answers {status or 'nothing'} at {path}; see the logs in {self.state} and `make logs`")

    def require_alive(self) -> None:
        """Fails when one of the processes has ended by itself."""
        for child in (self.emulator.child, self.sandbox):
            if child:
                child.require_alive()

    def facts(self) -> dict:
        """Everything that a client of the stack may need to know: addresses, names, credentials, logs, process ids."""
        found = deployed.outputs(self.emulator)
        return {
            "site": self.site_url,
            "desk": f"{self.site_url}/desk/",
            "api": f"{self.site_url}/api",
            "api_direct": deployed.api_url(self.emulator),
            "emulator": self.emulator.url,
            "payment": f"http://127.0.0.1:{self.ports['payment']}",
            "carrier": f"http://127.0.0.1:{self.ports['carrier']}",
            "region": REGION,
            "access_key": ACCESS_KEY,
            "secret_key": SECRET_KEY,
            "stack": deployed.STACK,
            "table": found["JobsTable"],
            "bucket": found["DocumentsBucket"],
            "queues": {name: found[f"{name.title()}QueueUrl"] for name in ("prepare", "dispatch", "settle")},
            "dead_queues": {name: found[f"{name.title()}DeadUrl"] for name in ("prepare", "dispatch", "settle")},
            "functions": {name: f"{deployed.STACK}-{name}" for name in function_names()},
            "log_groups": {name: f"/aws/lambda/{deployed.STACK}-{name}" for name in function_names()},
            "secrets_path": found["SecretsPath"],
            "secrets": self.secrets | {"carrier_public_key": credentials.public_key(self.secrets["carrier_signing_seed"])},
            "state": str(self.state),
            "pids": {"runner": os.getpid(), "emulator": self.emulator.child.pid, "sandbox": self.sandbox.pid},
            "logs": {"emulator": str(self.emulator.log), "sandbox": str(self.sandbox.log)},
        }

    def stop(self) -> None:
        """Stops the sandboxes first, then the emulator, which keeps its state."""
        if self.sandbox:
            self.sandbox.stop()
        self.emulator.stop()


def _status(url: str) -> int:
    """The HTTP status of a page, redirects followed; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return 0
