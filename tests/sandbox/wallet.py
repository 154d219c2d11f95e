"""A wallet that signs in and pays, with a key that belongs to nobody."""

import base64
import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from eth_account import Account
from eth_account.messages import encode_defunct, encode_typed_data
from eth_account.signers.local import LocalAccount

from sandbox.venice.payments import TRANSFER_TYPES, USDC_DOMAIN
from sandbox.venice.x402 import BASE_RECEIVER
from tests.clock import NOON


def make_account(number: int = 1) -> LocalAccount:
    account = Account.from_key(number.to_bytes(32, "big"))
    assert isinstance(account, LocalAccount)
    return account


@dataclass(frozen=True)
class SignIn:
    """What a sign-in header says; each field can be made wrong."""

    account: LocalAccount = field(default_factory=make_account)
    address: str | None = None
    domain: str = "api.venice.ai"
    version: str = "1"
    message_chain: str = "8453"
    header_chain: object = 8453
    nonce: str | None = None
    issued_at: datetime | None = NOON
    expires_at: datetime | None = NOON + timedelta(minutes=10)
    signature: str | None = None
    kind: str | None = None

    def message(self) -> str:
        lines = [
            f"{self.domain} wants you to sign in with your Ethereum account:",
            self.address or self.account.address,
            "",
            "Sign in to Venice API",
            "",
            "URI: https://api.venice.ai",
            f"Version: {self.version}",
            f"Chain ID: {self.message_chain}",
            f"Nonce: {secrets.token_hex(8) if self.nonce is None else self.nonce}",
        ]
        if self.issued_at is not None:
            lines.append(f"Issued At: {self.issued_at.isoformat()}")
        if self.expires_at is not None:
            lines.append(f"Expiration Time: {self.expires_at.isoformat()}")
        return "\n".join(lines)

    def header(self) -> str:
        message = self.message()
        signed = self.account.sign_message(encode_defunct(text=message))
        payload = {
            "address": self.account.address,
            "message": message,
            "signature": self.signature or "0x" + signed.signature.hex().removeprefix("0x"),
            "chainId": self.header_chain,
        }
        if self.kind is not None:
            payload["type"] = self.kind
        return base64.b64encode(json.dumps(payload).encode()).decode("ascii")

    def headers(self, name: str = "SIGN-IN-WITH-X") -> dict[str, str]:
        return {name: self.header()}


def make_payment(
    account: LocalAccount,
    *,
    usd_micros: int = 5_000_000,
    to: str = BASE_RECEIVER,
    valid_before: datetime = NOON + timedelta(minutes=5),
    signer: LocalAccount | None = None,
) -> str:
    """A `PAYMENT-SIGNATURE` header."""
    nonce = "0x" + secrets.token_hex(32)
    authorization = {
        "from": account.address,
        "to": to,
        "value": usd_micros,
        "validAfter": 0,
        "validBefore": int(valid_before.timestamp()),
        "nonce": nonce,
    }
    typed = encode_typed_data(
        domain_data=USDC_DOMAIN, message_types=TRANSFER_TYPES, message_data=authorization
    )
    signature = (signer or account).sign_message(typed).signature.hex().removeprefix("0x")
    texts = {name: str(authorization[name]) for name in ("value", "validAfter", "validBefore")}
    document = {
        "x402Version": 2,
        "accepted": {"scheme": "exact", "network": "eip155:8453"},
        "payload": {"signature": "0x" + signature, "authorization": authorization | texts},
    }
    return base64.b64encode(json.dumps(document).encode()).decode("ascii")
