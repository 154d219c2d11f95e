"""The routes of wallets: balance, transactions, and how to top up (x402)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import Field

from bot.venice.wire.base import ApiAnswer, Count


class WalletBalance(ApiAnswer):
    """What a wallet has, and how much can be added."""

    wallet_address: str
    balance_usd: Decimal
    can_consume: bool
    minimum_top_up_usd: Decimal
    suggested_top_up_usd: Decimal
    diem_balance_usd: Decimal | None = None


class WalletBalanceAnswer(ApiAnswer):
    """The answer of `GET /x402/balance/{wallet}`."""

    data: WalletBalance


class Transaction(ApiAnswer):
    """One movement of a wallet's credit; `created_at` is an ISO 8601 text."""

    id: str
    amount: Decimal
    balance_after: Decimal
    type: str
    created_at: str
    request_id: str | None
    model_id: str | None


class Page(ApiAnswer):
    """Which part of a list this is."""

    limit: Count
    offset: Count
    has_more: bool


class Transactions(ApiAnswer):
    """A page of a wallet's movements."""

    wallet_address: str
    current_balance: Decimal
    transactions: tuple[Transaction, ...]
    pagination: Page


class TransactionsAnswer(ApiAnswer):
    """The answer of `GET /x402/transactions/{wallet}`."""

    data: Transactions


class PaymentOption(ApiAnswer):
    """A payment that would be accepted; `amount` is in base units (USDC has 6 decimals)."""

    scheme: str
    network: str
    amount: str
    asset: str
    pay_to: str
    max_timeout_seconds: float
    extra: Mapping[str, Any] = Field(default_factory=dict)


class TopUpInstructions(ApiAnswer):
    """The body of the 402 that an empty `POST /x402/top-up` is answered with."""

    x402_version: float = Field(alias="x402Version")
    accepts: tuple[PaymentOption, ...]
