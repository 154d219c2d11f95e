"""Payments of x402: a signed USDC transfer on Base, checked and never submitted.

The header is base64 of JSON `{x402Version, accepted, payload: {signature, authorization}}`; the
authorization is an EIP-3009 `TransferWithAuthorization`, signed by EIP-712.
"""

from datetime import datetime

from pydantic import Base64Bytes, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from sandbox.venice import x402
from sandbox.venice.accounts import USD_MICROS

PAYMENT_HEADERS = ("PAYMENT-SIGNATURE", "X-402-Payment", "X-PAYMENT")
USDC_DOMAIN = {
    "name": "USD Coin",
    "version": "2",
    "chainId": 8453,
    "verifyingContract": x402.BASE_USDC,
}
TRANSFER_TYPES = {
    "TransferWithAuthorization": [
        {"name": "from", "type": "address"},
        {"name": "to", "type": "address"},
        {"name": "value", "type": "uint256"},
        {"name": "validAfter", "type": "uint256"},
        {"name": "validBefore", "type": "uint256"},
        {"name": "nonce", "type": "bytes32"},
    ]
}


class InvalidPayment(Exception):
    """The payment cannot be taken; the message says why."""


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True)


class Authorization(_Document):
    """An EIP-3009 authorization; `value` is in millionths of a dollar, as USDC counts."""

    payer: str = Field(alias="from", pattern=r"^0x[0-9a-fA-F]{40}$")
    to: str
    value: int = Field(ge=0)
    valid_after: int = Field(alias="validAfter", ge=0)
    valid_before: int = Field(alias="validBefore", ge=0)
    nonce: str = Field(pattern=r"^0x[0-9a-fA-F]{64}$")


class _Payload(_Document):
    signature: str = Field(pattern=r"^0x[0-9a-fA-F]{130}$")
    authorization: Authorization


class Payment(_Document):
    """A payment, not yet believed."""

    payload: _Payload

    @property
    def payer(self) -> str:
        """The wallet that pays."""
        return self.payload.authorization.payer

    @property
    def usd_micros(self) -> int:
        """How much, in micro-dollars."""
        return self.payload.authorization.value

    @property
    def nonce(self) -> str:
        """What makes the transfer good for once."""
        return self.payload.authorization.nonce.lower()


_HEADER: TypeAdapter[bytes] = TypeAdapter(Base64Bytes)


def parse_payment(header: str) -> Payment:
    """Reads a header.

    Raises:
        InvalidPayment: if it is not base64 of such JSON.
    """
    try:
        return Payment.model_validate_json(_HEADER.validate_python(header))
    except ValidationError as error:
        raise InvalidPayment("Invalid payment header") from error


def verify(payment: Payment, *, now: datetime) -> None:
    """Checks receiver, amount, times and signature; takes some milliseconds.

    Raises:
        InvalidPayment: naming the first thing that is wrong.
    """
    transfer = payment.payload.authorization
    minimum = x402.MINIMUM_TOP_UP_USD * USD_MICROS
    for holds, complaint in (
        (transfer.to.lower() == x402.BASE_RECEIVER, "The receiver is not ours"),
        (transfer.value >= minimum, f"The minimum is ${x402.MINIMUM_TOP_UP_USD}"),
        (transfer.valid_after <= now.timestamp(), "The payment is not valid yet"),
        (transfer.valid_before > now.timestamp(), "The payment has expired"),
        (_signer(payment) == transfer.payer.lower(), "The signature is another wallet's"),
    ):
        if not holds:
            raise InvalidPayment(complaint)


def _signer(payment: Payment) -> str:
    # Imported late: the wallet extra is optional, and slow to load.
    from eth_account import Account  # noqa: PLC0415 - only where wallets are used
    from eth_account.messages import encode_typed_data  # noqa: PLC0415 - only where wallets are used
    from eth_keys.exceptions import BadSignature  # noqa: PLC0415 - only where wallets are used
    from eth_utils.exceptions import ValidationError as InvalidValue  # noqa: PLC0415 - only where wallets are used

    transfer = payment.payload.authorization
    message = encode_typed_data(
        domain_data=USDC_DOMAIN,
        message_types=TRANSFER_TYPES,
        message_data=transfer.model_dump(by_alias=True),
    )
    try:
        return str(Account.recover_message(message, signature=payment.payload.signature)).lower()
    except (ValueError, BadSignature, InvalidValue) as error:
        raise InvalidPayment("The signature is malformed") from error
