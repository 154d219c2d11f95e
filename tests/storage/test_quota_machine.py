"""The ledger lives through anything: reservations, endings, grants, changed windows, crashes.

After every step the limits hold, no entry is lost and balances are the sums of entries.
"""

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.domain.errors import BudgetReached, QuotaExceeded
from bot.domain.ids import AccountKey, ImageId, JobId
from bot.domain.money import UsdMicros
from bot.domain.quotas.ledger import (
    BOT_ACCOUNT,
    AccountKind,
    Amount,
    Charge,
    Closing,
    Draw,
    Limit,
    Reservation,
)
from bot.domain.quotas.limits import OF_THE_BOT, Unit
from bot.domain.quotas.windows import DAY, MONTH, WEEK, Window, WindowKind, rolling, window_at
from bot.storage.database import Database
from tests.prepared import PostgresqlSchemas, prepared_sqlite
from tests.storage.factories import NOW
from tests.storage.plain_book import Book, Borne
from tests.storage.sums import entries_of, wrong_balances
from tests.thoroughness import tries

IMAGE_LIMIT = 4
BUDGET = 400
GRANTED_IMAGES = 3
WINDOWS = (DAY, WEEK, MONTH, rolling(1), rolling(24))
ZONES = ("UTC", "Europe/Rome", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia")

_Result = TypeVar("_Result")


class PowerCut(Exception):
    """What ends a transaction half-way."""


class QuotaMachine(RuleBasedStateMachine):
    """Members of one server with a cap on images, grants beside it, and a shared budget."""

    url_of: Callable[[], "Iterator[str]"]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.place = self.url_of()
        self.url = next(self.place)
        self.numbers = itertools.count()
        self.now = NOW
        self.window: WindowKind = DAY
        self.zone = "UTC"
        self.grants: list[tuple[str, datetime, datetime]] = []
        self.book = Book()
        self.open()

    def run(self, work: Callable[[Database], Awaitable[_Result]]) -> _Result:
        async def call() -> _Result:
            return await work(self.database)

        return self.runner.run(call())

    def open(self) -> None:
        async def enter() -> tuple[AsyncExitStack, Database]:
            stack = AsyncExitStack()
            return stack, await stack.enter_async_context(Database.open(self.url))

        self.stack, self.database = self.runner.run(enter())

    def teardown(self) -> None:
        self.runner.run(self.stack.aclose())
        self.runner.close()
        next(self.place, None)

    def windows(self) -> tuple[Window, Window]:
        zone = ZoneInfo(self.zone)
        return window_at(self.window, self.now, zone), window_at(MONTH, self.now, UTC)

    def charges(self, member: int) -> list[Charge]:
        members, months = self.windows()
        account = AccountKey(f"member-{member}")
        draws = tuple(
            Draw(AccountKey(f"grant:{grant}:{account}"), since, images=GRANTED_IMAGES)
            for grant, since, until in self.grants
            if until > self.now
        )
        limit = Limit(members, Unit.IMAGES, IMAGE_LIMIT, OF_THE_BOT)
        budget = Limit(months, Unit.USD_MICROS, BUDGET, OF_THE_BOT)
        return [
            Charge(account, AccountKind.MEMBER, (limit,), draws),
            Charge(BOT_ACCOUNT, AccountKind.BOT, (budget,)),
        ]

    def fits(self, charge: Charge, prices: list[int]) -> bool:
        """By the plain records: so many images into the window and the grants, and the money."""
        since = charge.limits[0].window.start
        room = max(0, IMAGE_LIMIT - self.book.images_used(charge.account, since))
        for draw in charge.draws:
            drawn = self.book.images_used(draw.account, datetime.min.replace(tzinfo=UTC))
            room += max(0, GRANTED_IMAGES - drawn)
        spent = self.book.money_used(self.windows()[1].start)
        return len(prices) <= room and spent + sum(prices) <= BUDGET

    @rule(
        member=st.integers(0, 1),
        prices=st.lists(st.integers(1, 60), min_size=1, max_size=4),
    )
    def reserve(self, member: int, prices: list[int]) -> None:
        charges = self.charges(member)
        images = [
            Reservation(ImageId(f"image-{next(self.numbers)}"), UsdMicros(price))
            for price in prices
        ]

        async def work(database: Database) -> None:
            async with database.write() as tx:
                await tx.ledger.reserve(charges, images, job_id=JobId("job"), now=self.now)

        try:
            self.run(work)
        except (QuotaExceeded, BudgetReached):
            assert not self.fits(charges[0], prices)
            return
        assert self.fits(charges[0], prices)
        self.write_down(charges[0], images)

    def write_down(self, charge: Charge, images: list[Reservation]) -> None:
        since = charge.limits[0].window.start
        for image in images:
            account = charge.account
            if self.book.images_used(account, since) >= IMAGE_LIMIT:
                account = next(
                    draw.account
                    for draw in charge.draws
                    if self.book.images_used(draw.account, datetime.min.replace(tzinfo=UTC))
                    < GRANTED_IMAGES
                )
            self.book.images[image.image_id] = Borne(self.now, account, image.usd_micros or 0)
        self.book.entries += 2 * len(images)

    @precondition(lambda self: self.book.images)
    @rule(data=st.data(), closing=st.sampled_from(Closing), cost=st.integers(0, 60))
    def close(self, data: st.DataObject, closing: Closing, cost: int) -> None:
        image_id = data.draw(st.sampled_from(sorted(self.book.images)))
        borne = self.book.images[image_id]
        cost = min(cost, borne.usd_micros)

        async def work(database: Database) -> bool:
            async with database.write() as tx:
                return await tx.ledger.close(
                    image_id, closing, cost_usd_micros=UsdMicros(cost), now=self.now
                )

        assert self.run(work) is not borne.closed
        if borne.closed:
            return
        borne.closed = True
        borne.counts_for_member = closing is Closing.SHOWN
        borne.usd_micros = 0 if closing is Closing.NOT_BILLED else cost
        self.book.entries += 2

    @precondition(lambda self: len(self.grants) < 3)
    @rule(hours=st.integers(1, 100))
    def grant(self, hours: int) -> None:
        until = self.now + timedelta(hours=hours)
        self.grants.append((f"{next(self.numbers)}", self.now, until))
        self.grants.sort(key=lambda each: each[2])

    @precondition(lambda self: any(each.closed for each in self.book.images.values()))
    @rule(usd_micros=st.integers(-50, 0))
    def correct(self, usd_micros: int) -> None:
        async def work(database: Database) -> None:
            async with database.write() as tx:
                await tx.ledger.correct(
                    BOT_ACCOUNT,
                    Amount(0, UsdMicros(usd_micros)),
                    reason="test",
                    now=self.now,
                )

        self.run(work)
        self.book.corrected.append((self.now, usd_micros))
        self.book.entries += 1

    @rule(window=st.sampled_from(WINDOWS))
    def change_window(self, window: WindowKind) -> None:
        self.window = window

    @rule(zone=st.sampled_from(ZONES))
    def change_time_zone(self, zone: str) -> None:
        self.zone = zone

    @rule(minutes=st.integers(1, 3_000))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(member=st.integers(0, 1))
    def crash_between(self, member: int) -> None:
        async def work(database: Database) -> None:
            async with database.write() as tx:
                await tx.ledger.reserve(
                    self.charges(member),
                    [Reservation(ImageId("lost"), UsdMicros(1))],
                    job_id=JobId("lost"),
                    now=self.now,
                )
                await tx.ledger.close(
                    ImageId("lost"), Closing.SHOWN, cost_usd_micros=None, now=self.now
                )
                raise PowerCut

        with pytest.raises((PowerCut, QuotaExceeded, BudgetReached)):
            self.run(work)

    @rule()
    def restart(self) -> None:
        self.runner.run(self.stack.aclose())
        self.open()

    @invariant()
    def balances_are_the_sums_of_all_entries(self) -> None:
        assert self.run(wrong_balances) == []
        assert len(self.run(entries_of)) == self.book.entries

    @invariant()
    def usage_is_what_was_done(self) -> None:
        members, months = self.windows()

        async def work(database: Database) -> None:
            async with database.read() as tx:
                for member in (0, 1):
                    account = AccountKey(f"member-{member}")
                    used = (await tx.ledger.usage(account, members)).images
                    assert used == self.book.images_used(account, members.start)
                spent = (await tx.ledger.usage(BOT_ACCOUNT, months)).usd_micros
                assert spent == self.book.money_used(months.start)

        self.run(work)


def sqlite_place() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp())
    yield prepared_sqlite(folder / "gondola.db")
    shutil.rmtree(folder)


class OnSqlite(QuotaMachine):
    """The machine on a file."""

    url_of = staticmethod(sqlite_place)


MACHINE = settings(
    max_examples=tries(3),
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_nothing_is_overspent_or_lost_on_sqlite() -> None:
    run_state_machine_as_test(OnSqlite, settings=MACHINE)


def test_nothing_is_overspent_or_lost_on_postgresql(schemas: PostgresqlSchemas) -> None:
    def place() -> Iterator[str]:
        with schemas.one() as url:
            yield url

    machine = type("OnPostgresql", (QuotaMachine,), {"url_of": staticmethod(place)})
    run_state_machine_as_test(machine, settings=MACHINE)
