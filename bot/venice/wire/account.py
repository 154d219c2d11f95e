"""`GET /api_keys/rate_limits` and `GET /billing/balance`: what an API key may do, and has left."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from bot.venice.wire.base import ApiAnswer


class RateLimit(ApiAnswer):
    """So many of a kind: `RPM` and `RPD` count requests, `TPM` tokens, by minute or day."""

    amount: float
    type: str


class ModelRateLimits(ApiAnswer):
    """The limits on one model."""

    api_model_id: str | None = None
    rate_limits: tuple[RateLimit, ...]


class ApiTier(ApiAnswer):
    """What kind of customer the key belongs to."""

    id: str
    is_charged: bool


class KeyBalances(ApiAnswer):
    """What the key can spend; None for what was not said."""

    usd: Annotated[Decimal | None, Field(alias="USD")] = None
    diem: Annotated[Decimal | None, Field(alias="DIEM")] = None


class KeyLimits(ApiAnswer):
    """What a key may do. Moments are ISO 8601 texts."""

    access_permitted: bool
    api_tier: ApiTier
    balances: KeyBalances
    key_expiration: str | None
    next_epoch_begins: str
    rate_limits: tuple[ModelRateLimits, ...]


class KeyLimitsAnswer(ApiAnswer):
    """The answer of `GET /api_keys/rate_limits`."""

    data: KeyLimits


class Balances(ApiAnswer):
    """What an account has; None for what it has no account in."""

    diem: Decimal | None
    usd: Decimal | None


class BillingBalance(ApiAnswer):
    """The answer of `GET /billing/balance`, which only an admin key may ask."""

    can_consume: bool
    consumption_currency: str | None
    balances: Balances
    diem_epoch_allocation: Decimal
