"""Who pays: the holders of the API keys, and wallets with prepaid credit."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

USD_MICROS = 1_000_000
MINIMUM_WALLET_BALANCE_USD_MICROS = 100_000
"""A wallet below $0.10 is asked to top up before anything is painted."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """One line of a wallet's history.

    Attributes:
        id: its own id.
        kind: `TOP_UP` or `CHARGE`.
        amount_usd_micros: signed; negative for a charge.
        balance_after_usd_micros: the balance once it was applied.
        created_at: when.
        request_id: the request that was charged, if any.
        model_id: the model that was used, if any.
    """

    id: str
    kind: str
    amount_usd_micros: int
    balance_after_usd_micros: int
    created_at: datetime
    request_id: str | None = None
    model_id: str | None = None


@dataclass(slots=True)
class Account:
    """A payer.

    Attributes:
        key: what tells payers apart: a wallet's address, or `key`.
        balance_usd_micros: what is left, in micro-dollars.
        is_wallet: whether it is a wallet.
        in_flight: how many of its requests are being answered.
        transactions: its history, newest last.
    """

    key: str
    balance_usd_micros: int
    is_wallet: bool = False
    in_flight: int = 0
    transactions: list[Transaction] = field(default_factory=list)

    def can_spend(self, usd_micros: int) -> bool:
        """Whether it may be charged that much."""
        if self.is_wallet and self.balance_usd_micros < MINIMUM_WALLET_BALANCE_USD_MICROS:
            return False
        return self.balance_usd_micros >= usd_micros

    def charge(self, usd_micros: int, *, at: datetime, request_id: str, model_id: str) -> None:
        """Takes the price of one request."""
        self._book("CHARGE", -usd_micros, at=at, request_id=request_id, model_id=model_id)

    def top_up(self, usd_micros: int, *, at: datetime) -> None:
        """Adds credit."""
        self._book("TOP_UP", usd_micros, at=at)

    def _book(
        self,
        kind: str,
        amount_usd_micros: int,
        *,
        at: datetime,
        request_id: str | None = None,
        model_id: str | None = None,
    ) -> None:
        self.balance_usd_micros += amount_usd_micros
        self.transactions.append(
            Transaction(
                id=f"ledger_{uuid4().hex}",
                kind=kind,
                amount_usd_micros=amount_usd_micros,
                balance_after_usd_micros=self.balance_usd_micros,
                created_at=at,
                request_id=request_id,
                model_id=model_id,
            )
        )
