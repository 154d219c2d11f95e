"""What an answer says of paying: what is left, and how to add to it. Pure.

A wallet's 402 tells balance and steps in its body; the header `PAYMENT-REQUIRED` (base64 of
JSON), the body of a request without credentials and that of an empty `POST /x402/top-up` list
the payments that would be accepted.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pydantic import ValidationError
from pydantic_core import from_json

from bot.venice.wire.x402 import PaymentOption

_STEPS = ("step1", "step2", "step3")


@dataclass(frozen=True, slots=True)
class PaymentInstructions:
    """What is known of an account that cannot pay; None and empty where nothing is.

    Attributes:
        balance_usd: what is left.
        minimum_balance_usd: what a request needs there to be.
        suggested_top_up_usd: what the API suggests to add.
        minimum_top_up_usd: the least that can be added.
        steps: how to add it, in the API's words.
        accepts: the payments that are accepted.
    """

    balance_usd: Decimal | None = None
    minimum_balance_usd: Decimal | None = None
    suggested_top_up_usd: Decimal | None = None
    minimum_top_up_usd: Decimal | None = None
    steps: tuple[str, ...] = ()
    accepts: tuple[PaymentOption, ...] = ()


NOTHING_KNOWN = PaymentInstructions()


def payment_instructions(
    headers: Mapping[str, str], document: Mapping[str, object]
) -> PaymentInstructions:
    """Read a 402; what is missing or malformed is left out."""
    steps = document.get("topUpInstructions")
    return PaymentInstructions(
        balance_usd=_usd(document.get("currentBalanceUsd")),
        minimum_balance_usd=_usd(document.get("minimumBalanceUsd")),
        suggested_top_up_usd=_usd(document.get("suggestedTopUpUsd")),
        minimum_top_up_usd=_usd(document.get("minimumTopUpUsd")),
        steps=_steps(steps) if isinstance(steps, dict) else (),
        accepts=_options(document.get("accepts")) or _options(_in_header(headers).get("accepts")),
    )


def _steps(instructions: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(
        step for name in _STEPS if isinstance(step := instructions.get(name), str) and step
    )


def _options(listed: object) -> tuple[PaymentOption, ...]:
    options: list[PaymentOption] = []
    for entry in listed if isinstance(listed, list) else ():
        try:
            options.append(PaymentOption.model_validate(entry))
        except ValidationError:
            continue
    return tuple(options)


def _in_header(headers: Mapping[str, str]) -> Mapping[str, object]:
    try:
        decoded: object = from_json(
            base64.b64decode(headers.get("payment-required", ""), validate=True)
        )
    except (ValueError, binascii.Error):
        return {}
    return decoded if isinstance(decoded, dict) else {}


def _usd(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None
