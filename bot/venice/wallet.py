"""A wallet on Base that pays by x402: every try is signed anew.

The header is base64 of JSON with an EIP-4361 message (https://eips.ethereum.org/EIPS/eip-4361),
signed by EIP-191. One header is good for one try: its nonce is spent even if the try fails.
"""

import asyncio
import base64
import json
import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bot.venice.clock import Clock
from bot.venice.credentials import HIDDEN

HEADER = "SIGN-IN-WITH-X"
DOMAIN = "api.venice.ai"
CHAIN_ID = 8453
LIFETIME = timedelta(minutes=5)
MOST_IN_FLIGHT = 5
"""Requests that a wallet may have open at once (Venice)."""


class WalletExtraMissing(Exception):
    """Signing needs eth-account, which comes with the extra `wallet`."""

    def __init__(self) -> None:
        super().__init__(
            "paying by wallet needs eth-account: install the extra, pip install 'gondola[wallet]'"
        )


class InvalidWalletKey(Exception):
    """The text is no private key; it is not repeated here."""

    def __init__(self) -> None:
        super().__init__("the wallet's key must be a private key of 32 bytes in hex")


class _Signer(Protocol):
    """The part of eth-account's local account that is used."""

    @property
    def address(self) -> str: ...

    def sign_message(self, signable_message: object) -> "_Signed": ...


class _Signed(Protocol):
    @property
    def signature(self) -> bytes: ...


class Wallet:
    """Signs in by a private key.

    Args:
        private_key: 32 bytes in hex.
        clock: says when a message is issued.
        nonce: draws at least 8 alphanumerics, never the same twice.

    Raises:
        WalletExtraMissing: if eth-account is not installed.
        InvalidWalletKey: if the key is none.
    """

    def __init__(
        self,
        private_key: str,
        *,
        clock: Clock,
        nonce: Callable[[], str] = lambda: secrets.token_hex(8),
    ) -> None:
        self._private_key = private_key.strip().removeprefix("0x")
        self._signer = _signer(self._private_key)
        self._clock = clock
        self._nonce = nonce

    def __repr__(self) -> str:
        return f"Wallet({self.address})"

    @property
    def address(self) -> str:
        """The wallet's public address."""
        return self._signer.address

    @property
    def most_in_flight(self) -> int | None:
        """Five."""
        return MOST_IN_FLIGHT

    async def headers(self) -> Mapping[str, str]:
        """A freshly signed header; signing takes milliseconds and is done in a thread."""
        message = sign_in_message(
            address=self.address, nonce=self._nonce(), issued_at=self._clock.now()
        )
        return {HEADER: await asyncio.to_thread(self._signed, message)}

    def redacted(self, text: str) -> str:
        """The text without the private key."""
        return text.replace(self._private_key, HIDDEN)

    def _signed(self, message: str) -> str:
        # Imported late: the extra is optional, and slow to load.
        from eth_account.messages import encode_defunct  # noqa: PLC0415 - only where wallets are used

        signed = self._signer.sign_message(encode_defunct(text=message))
        payload = {
            "address": self.address,
            "message": message,
            "signature": "0x" + signed.signature.hex().removeprefix("0x"),
            "timestamp": int(self._clock.now().timestamp() * 1_000),
            "chainId": CHAIN_ID,
        }
        return base64.b64encode(json.dumps(payload).encode()).decode("ascii")


def sign_in_message(*, address: str, nonce: str, issued_at: datetime) -> str:
    """The EIP-4361 message that is signed."""
    return "\n".join(
        (
            f"{DOMAIN} wants you to sign in with your Ethereum account:",
            address,
            "",
            "Sign in to Venice API",
            "",
            f"URI: https://{DOMAIN}",
            "Version: 1",
            f"Chain ID: {CHAIN_ID}",
            f"Nonce: {nonce}",
            f"Issued At: {_iso(issued_at)}",
            f"Expiration Time: {_iso(issued_at + LIFETIME)}",
        )
    )


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _signer(private_key: str) -> _Signer:
    try:
        # Imported late: the extra is optional, and slow to load.
        from eth_account import Account  # noqa: PLC0415 - only where wallets are used
        from eth_utils.exceptions import ValidationError  # noqa: PLC0415 - only where wallets are used
    except ImportError as error:
        raise WalletExtraMissing from error
    try:
        signer: _Signer = Account.from_key(private_key)
    except (ValueError, ValidationError):
        raise InvalidWalletKey from None
    return signer
