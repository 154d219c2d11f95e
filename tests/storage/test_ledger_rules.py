"""Whatever is reserved and closed, in whatever order: sums are right and no limit is overspent."""

import itertools
from collections import defaultdict
from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.errors import BudgetReached, QuotaExceeded
from bot.domain.ids import AccountKey, ImageId
from bot.domain.money import UsdMicros
from bot.domain.quotas.ledger import (
    AccountKind,
    Charge,
    Closing,
    EntryKind,
    Limit,
    Usage,
    entry_kind,
)
from bot.domain.quotas.limits import Unit
from bot.storage.database import Database
from tests.storage.factories import (
    NOW,
    image_limit,
    make_reservation,
    money_limit,
    reserve,
    usage_of,
)
from tests.storage.sums import wrong_balances
from tests.thoroughness import tries

IMAGE_LIMIT = 6
SERVER_LIMIT = UsdMicros(500)
BOT_LIMIT = UsdMicros(800)


@dataclass(frozen=True)
class Reserve:
    """A member of a server asks for images at these prices."""

    member: int
    server: int
    prices: list[int]


@dataclass(frozen=True)
class Close:
    """The n-th image that was reserved so far ends."""

    image: int
    closing: Closing
    cost_usd_micros: int | None


costs = st.integers(min_value=0, max_value=300)
members = st.integers(min_value=0, max_value=2)
reserves = st.builds(Reserve, members, st.integers(0, 1), st.lists(costs, min_size=1, max_size=4))
closes = st.builds(Close, st.integers(0, 11), st.sampled_from(Closing), st.none() | costs)
histories = st.lists(reserves | closes, max_size=14)

examples = itertools.count(1)


@dataclass
class Model:
    """The rules once more, as plain sums."""

    prefix: str
    images: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    usd_micros: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    reserved: list[tuple[str, list[Charge], int]] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)

    def charges(self, act: Reserve) -> list[Charge]:
        return [
            self._charge(f"member-{act.member}", AccountKind.MEMBER, image_limit(IMAGE_LIMIT)),
            self._charge(f"server-{act.server}", AccountKind.SERVER, money_limit(SERVER_LIMIT)),
            self._charge("bot", AccountKind.BOT, money_limit(BOT_LIMIT)),
        ]

    def _charge(self, name: str, kind: AccountKind, limit: Limit) -> Charge:
        return Charge(AccountKey(f"{self.prefix}-{name}"), kind, (limit,))

    def fits(self, charge: Charge, prices: list[int]) -> bool:
        (limit,) = charge.limits
        if limit.unit is Unit.IMAGES:
            return self.images[charge.account] + len(prices) <= limit.most
        # What is free is painted even where a cost that turned out higher overdrew the budget.
        return all(
            price == 0 or self.usd_micros[charge.account] + sum(prices[: number + 1]) <= limit.most
            for number, price in enumerate(prices)
        )

    def reserve(self, charges: list[Charge], image_id: str, price: int) -> None:
        self.reserved.append((image_id, charges, price))
        for charge in charges:
            self.images[charge.account] += 1
            self.usd_micros[charge.account] += price

    def close(self, act: Close) -> None:
        image_id, charges, price = self.reserved[act.image]
        self.closed.add(image_id)
        for charge in charges:
            self.usd_micros[charge.account] -= price
            if entry_kind(act.closing, charge.kind) is EntryKind.RELEASE:
                self.images[charge.account] -= 1
            else:
                cost = act.cost_usd_micros
                self.usd_micros[charge.account] += price if cost is None else cost

    def usage(self, account: str) -> Usage:
        return Usage(self.images[account], UsdMicros(self.usd_micros[account]))


@settings(
    max_examples=tries(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=histories)
async def test_any_history(database: Database, history: list[Reserve | Close]) -> None:
    model = Model(prefix=f"example-{next(examples)}")
    for act in history:
        if isinstance(act, Reserve):
            await check_reserve(database, model, act)
        elif act.image < len(model.reserved):
            await check_close(database, model, act)
    for account in model.images:
        assert await usage_of(database, account) == model.usage(account)
    assert await wrong_balances(database) == []


async def check_reserve(database: Database, model: Model, act: Reserve) -> None:
    charges = model.charges(act)
    fits = all(model.fits(charge, act.prices) for charge in charges)
    reservations = [make_reservation(usd_micros=price) for price in act.prices]
    try:
        await reserve(database, charges, reservations)
    except (QuotaExceeded, BudgetReached):
        assert not fits
        return
    assert fits
    for reservation, price in zip(reservations, act.prices, strict=True):
        model.reserve(charges, reservation.image_id, price)


async def check_close(database: Database, model: Model, act: Close) -> None:
    image_id = model.reserved[act.image][0]
    cost = None if act.cost_usd_micros is None else UsdMicros(act.cost_usd_micros)
    async with database.write() as tx:
        done = await tx.ledger.close(ImageId(image_id), act.closing, cost_usd_micros=cost, now=NOW)
    assert done == (image_id not in model.closed)
    if done:
        model.close(act)
