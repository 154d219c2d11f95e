"""What every painting route does around its own work: let in, count, charge, wait, answer."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sandbox.venice import x402
from sandbox.venice.accounts import USD_MICROS, Account
from sandbox.venice.catalogue import Model
from sandbox.venice.rate_limit import Allowance
from sandbox.venice.refusal import refused
from sandbox.venice.visit import Visit

MOST_IN_FLIGHT_A_WALLET = 5

_SYSTEM_RANDOM = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class Admission:
    """A request that may be painted.

    Attributes:
        visit: the request.
        account: who pays.
        model: what paints.
        price_usd_micros: what it will cost.
        allowance: what is left of the minute.
    """

    visit: Visit
    account: Account
    model: Model
    price_usd_micros: int
    allowance: Allowance

    def settle(self) -> None:
        """Charges the price."""
        self.visit.charge(self.account, self.price_usd_micros, model_id=self.model.id)

    def headers(self) -> dict[str, str]:
        """The headers of every painted answer."""
        headers = self.allowance.headers() | deprecation_headers(self.model)
        if self.account.is_wallet:
            headers["X-Balance-Remaining"] = f"{self.account.balance_usd_micros / USD_MICROS:.6f}"
        return headers


@asynccontextmanager
async def payer(visit: Visit) -> AsyncIterator[Account]:
    """The account that sent a request, while it is being answered.

    Raises:
        Refusal: 401, 402 where there are no credentials, or 429 where a wallet asks too much
            at once.
    """
    now = visit.backend.clock()
    account = await visit.backend.credentials.payer(
        visit.request.headers,
        now=now,
        no_credentials=x402.discovery(visit.request.path, now=now),
    )
    if account.is_wallet and account.in_flight >= MOST_IN_FLIGHT_A_WALLET:
        raise refused(429, "Too many concurrent requests for this wallet")
    account.in_flight += 1
    try:
        yield account
    finally:
        account.in_flight -= 1


def admit(
    visit: Visit, account: Account, model: Model, *, price_usd_micros: int, images: int = 1
) -> Admission:
    """Counts a checked request against the minute and the balance.

    Raises:
        Refusal: 402 or 429.
    """
    backend = visit.backend
    allowance = backend.limiter.take(
        payer=account.key, model_id=model.id, images=images, now=backend.clock()
    )
    if not account.can_spend(price_usd_micros):
        if account.is_wallet:
            path, now = visit.request.path, backend.clock()
            raise x402.insufficient_balance(account, path, now=now)
        raise refused(402, "Insufficient USD or Diem balance to complete request")
    return Admission(visit, account, model, price_usd_micros, allowance)


async def painting_time(visit: Visit) -> None:
    """Waits as long as painting is said to take, or as a fault wants it to."""
    await visit.pause.take()
    if visit.backend.delay_s > 0:
        await asyncio.sleep(visit.backend.delay_s)


def random_seed() -> int:
    """A seed for a request that left it out."""
    return _SYSTEM_RANDOM.randint(1, 999_999_999)


def deprecation_headers(model: Model) -> dict[str, str]:
    """What an answer says where its model is about to be retired."""
    deprecation = model.model_spec.deprecation
    if deprecation is None:
        return {}
    headers = {
        "x-venice-deprecated": "true",
        "x-venice-model-deprecation-warning": f"{model.id} will be retired",
        "x-venice-model-deprecation-date": deprecation.date,
    }
    if deprecation.replacement_model_id is not None:
        headers["x-venice-deprecated-replacement"] = deprecation.replacement_model_id
    return headers
