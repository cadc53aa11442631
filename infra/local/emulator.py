"""Starts the AWS emulator and hands out clients for it.

Signatures, presigned conditions, bucket CORS and the roles of the functions are checked (AUTH=true), and its state is
kept on disk, so that the next start has everything deployed already. Facts and gaps: docs/decisions/local-emulator.md
"""

import os
import shutil
import sys
import urllib.error
import urllib.request
from pathlib import Path

import boto3
from botocore.config import Config

from processes import Child

REGION = "eu-central-1"
ACCOUNT = "000000000000"
# The emulator's root user. Worth nothing anywhere else.
ACCESS_KEY = SECRET_KEY = "test"


class Emulator:
    """One emulator with its own port and its own state folder."""

    def __init__(self, state: Path, port: int):
        self.folder = state / "emulator"
        self.log = state / "emulator.log"
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.smtp_port: int | None = None
        self.child: Child | None = None

    def credentials(self) -> dict[str, str]:
        """Environment that points any AWS tool at this emulator."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        }

    def environment(self) -> dict[str, str]:
        """What the emulator runs with; function processes inherit it, so nothing of the caller's gets in."""
        folders = {name: self.folder / name.lower() for name in ("STATE_DIR", "S3_DATA_DIR", "TMPDIR")}
        for folder in folders.values():
            folder.mkdir(parents=True, exist_ok=True)
        mail = {"SMTP_HOST": f"127.0.0.1:{self.smtp_port}"} if self.smtp_port else {}
        return mail | self.credentials() | {name: str(folder) for name, folder in folders.items()} | {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "BIND_HOST": "127.0.0.1",
            "MINISTACK_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "MINISTACK_REGION": REGION,
            "IOT_MTLS_ENABLED": "0",
            "AUTH": "true",
            "PERSIST_STATE": "1",
            "S3_PERSIST": "1",
            "LAMBDA_WARM_TTL_SECONDS": "120",
        }

    def start(self) -> None:
        """Starts it and waits until it answers."""
        program = Path(__file__).with_name("emulator_process.py")
        self.folder.mkdir(parents=True, exist_ok=True)
        self.child = Child("the AWS emulator", [sys.executable, program], self.log, self.environment())
        self.child.wait_until(self.answers, 60)

    def answers(self) -> bool:
        """Whether it serves requests."""
        try:
            with urllib.request.urlopen(f"{self.url}/_ministack/ready", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def stop(self) -> None:
        """Stops it; it writes its state to disk on the way."""
        if self.child:
            self.child.stop()

    def forget(self) -> None:
        """Throws all state away; only while it is stopped."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def client(self, service: str):
        """A boto3 client of the root user."""
        return boto3.client(
            service, endpoint_url=self.url, region_name=REGION, aws_access_key_id=ACCESS_KEY,
            aws_secret_access_key=SECRET_KEY, config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 2}),
        )
