"""The secrets of one local stack: made at its first start, kept in its state folder, put into SSM as on AWS.

Both ends of each secret are made here: what a function reads from SSM, and what the sandboxes need to be its other side.
"""

import base64
import json
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from emulator import Emulator


def load_or_make(state: Path) -> dict[str, str]:
    """The secrets of this state folder."""
    file = state / "secrets.json"
    known = json.loads(file.read_text()) if file.is_file() else {}
    made = {
        "payment_api_key": f"sk_test_{secrets.token_hex(24)}",
        "payment_webhook_secret": f"whsec_{secrets.token_hex(24)}",
        "carrier_api_key": f"KEY{secrets.token_hex(24)}",
        "carrier_signing_seed": base64.b64encode(secrets.token_bytes(32)).decode(),
        "lookup_key": base64.b64encode(secrets.token_bytes(32)).decode(),
        "report_signing_key": base64.b64encode(secrets.token_bytes(32)).decode(),
    } | known
    file.touch(mode=0o600)
    file.write_text(json.dumps(made, indent=1))
    return made


def public_key(seed: str) -> str:
    """Base64 of the raw Ed25519 public key, as the carrier's portal shows it."""
    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(seed))
    return base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def as_parameters(made: dict[str, str]) -> dict[str, str]:
    """Name and value of each SecureString that the functions read below SECRETS_PATH."""
    return {
        "payment-api-key": made["payment_api_key"],
        "payment-webhook-secret": made["payment_webhook_secret"],
        "carrier-api-key": made["carrier_api_key"],
        "carrier-public-key": public_key(made["carrier_signing_seed"]),
        "lookup-key": made["lookup_key"],
        "report-signing-key": made["report_signing_key"],
    }


def put(emulator: Emulator, path: str, key_arn: str, made: dict[str, str]) -> None:
    """Stores them where the functions look; an unchanged one is left alone."""
    ssm = emulator.client("ssm")
    for name, value in as_parameters(made).items():
        ssm.put_parameter(Name=f"{path}/{name}", Value=value, Type="SecureString", KeyId=key_arn, Overwrite=True)
