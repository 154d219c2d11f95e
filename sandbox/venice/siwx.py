"""Sign-In-With-X: one signed message that stands for one request of a wallet on Base.

The header is base64 of JSON `{address, message, signature, chainId}`; the message is an EIP-4361
one (https://eips.ethereum.org/EIPS/eip-4361), signed by EIP-191. Solana wallets are refused.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

HEADERS = ("SIGN-IN-WITH-X", "X-Sign-In-With-X")
"""The header, and its older name."""

DOMAIN = "api.venice.ai"
CHAIN_ID = 8453
CHAIN_NAMES = (CHAIN_ID, str(CHAIN_ID), f"eip155:{CHAIN_ID}")
LONGEST_AGE = timedelta(minutes=5)
CLOCK_SKEW = timedelta(minutes=1)
"""How far ahead a caller's clock may be."""

_PREAMBLE = re.compile(
    r"(?P<domain>[^\s]+) wants you to sign in with your Ethereum account:\n"
    r"(?P<address>0x[0-9a-fA-F]{40})\n"
)
_FIELD = re.compile(r"^(?P<name>[A-Z][A-Za-z ]+): (?P<value>.+)$", re.MULTILINE)
_NONCE = re.compile(r"[A-Za-z0-9]{8,}")

Recover = Callable[[str, str], str]
"""From a message and its signature to the address that signed it."""


class InvalidSignIn(Exception):
    """The header does not prove what it claims; the message says why."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """A header's content, not yet believed.

    Attributes:
        address: the wallet it claims, lower-case.
        message: the message, as signed.
        signature: the signature, in hex.
        chain_id: the chain it names beside the message.
        domain: the message's domain.
        signer: the address in the message, lower-case.
        fields: the message's named fields, such as `Nonce`.
    """

    address: str
    message: str
    signature: str
    chain_id: object
    domain: str
    signer: str
    fields: Mapping[str, str]

    @property
    def nonce(self) -> str:
        """The message's nonce."""
        return self.fields.get("Nonce", "")


def find_header(headers: Mapping[str, str]) -> str | None:
    """The wallet header under either name."""
    return next((headers[name] for name in HEADERS if name in headers), None)


def parse(header: str) -> SignIn:
    """Reads a header.

    Raises:
        InvalidSignIn: if it is not base64 of such JSON with such a message.
    """
    try:
        payload: object = json.loads(base64.b64decode(header, validate=True))
    except (binascii.Error, ValueError) as error:
        raise InvalidSignIn("the header is not base64 of JSON") from error
    if not isinstance(payload, dict):
        raise InvalidSignIn("the header is not a JSON object")
    address, message, signature = (payload.get(k) for k in ("address", "message", "signature"))
    if not (isinstance(address, str) and isinstance(message, str) and isinstance(signature, str)):
        raise InvalidSignIn("address, message and signature must be text")
    if payload.get("type") == "ed25519":
        raise InvalidSignIn("the stand-in takes wallets on Base only")
    preamble = _PREAMBLE.match(message)
    if preamble is None:
        raise InvalidSignIn("the message is not an EIP-4361 message")
    return SignIn(
        address=address.lower(),
        message=message,
        signature=signature,
        chain_id=payload.get("chainId"),
        domain=preamble["domain"],
        signer=preamble["address"].lower(),
        fields={found["name"]: found["value"] for found in _FIELD.finditer(message)},
    )


def verify(sign_in: SignIn, *, now: datetime, recover: Recover) -> None:
    """Checks everything but the nonce's freshness.

    Raises:
        InvalidSignIn: naming the first thing that is wrong.
    """
    for holds, complaint in (
        (sign_in.domain == DOMAIN, f"the domain must be {DOMAIN}"),
        (sign_in.signer == sign_in.address, "the message names another address"),
        (sign_in.fields.get("Version") == "1", "the version must be 1"),
        (sign_in.fields.get("Chain ID") == str(CHAIN_ID), f"the chain must be {CHAIN_ID}"),
        (sign_in.chain_id in CHAIN_NAMES, f"chainId must be {CHAIN_ID}"),
        (_NONCE.fullmatch(sign_in.nonce), "the nonce needs 8 or more alphanumerics"),
    ):
        if not holds:
            raise InvalidSignIn(complaint)
    _check_times(sign_in, now=now)
    if recover(sign_in.message, sign_in.signature).lower() != sign_in.address:
        raise InvalidSignIn("the signature is another wallet's")


def recover_signer(message: str, signature: str) -> str:
    """The address that signed a message by EIP-191; takes some milliseconds.

    Raises:
        InvalidSignIn: if the signature is malformed.
    """
    # Imported late: the wallet extra is optional, and slow to load.
    from eth_account import Account  # noqa: PLC0415 - only where wallets are used
    from eth_account.messages import encode_defunct  # noqa: PLC0415 - only where wallets are used
    from eth_keys.exceptions import BadSignature  # noqa: PLC0415 - only where wallets are used
    from eth_utils.exceptions import ValidationError  # noqa: PLC0415 - only where wallets are used

    try:
        return str(Account.recover_message(encode_defunct(text=message), signature=signature))
    except (ValueError, BadSignature, ValidationError) as error:
        raise InvalidSignIn("the signature is malformed") from error


def _check_times(sign_in: SignIn, *, now: datetime) -> None:
    issued_at = _instant(sign_in.fields.get("Issued At"))
    if issued_at is None or issued_at < now - LONGEST_AGE:
        raise InvalidSignIn("Issued At must be at most 5 minutes old")
    if issued_at > now + CLOCK_SKEW:
        raise InvalidSignIn("Issued At is in the future")
    expires_at = _instant(sign_in.fields.get("Expiration Time"))
    if "Expiration Time" in sign_in.fields and (expires_at is None or expires_at <= now):
        raise InvalidSignIn("the message has expired")


def _instant(text: str | None) -> datetime | None:
    try:
        instant = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return instant if instant.tzinfo is not None else None
