"""A full disk, a database that takes no writes, a clock that jumps: what members are told."""

import contextlib
import errno
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.domain.jobs.failure import Billing, FailureReason, ImageFailure
from bot.domain.jobs.job import ImageState, JobState
from bot.domain.jobs.painting import Painting
from bot.domain.money import UsdMicros
from bot.domain.quotas.ledger import BOT_ACCOUNT, Usage
from bot.domain.quotas.windows import DAY, window_at
from bot.services.jobs.runner import LEASE
from bot.storage.errors import DatabaseUnavailable
from tests.services.house import House, make_place, seeds_of
from tests.services.models import PENNY
from tests.services.painters import PlainBody, painting

NOT_KEPT = ImageFailure(FailureReason.INTERNAL, Billing.BILLED)
LONG = "a red fox " * 140
MOST_UNTIL_FULL = 100
LOST = ImageFailure(FailureReason.LOST, Billing.MAYBE_BILLED)


class UnkeptBody(PlainBody):
    """A picture for which the disk has no room."""

    def write_to(self, path: Path) -> str:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))


async def unkept(seed: int) -> Painting:
    return replace(painting(seed), body=UnkeptBody(b""))


async def used(house: House, account: str) -> Usage:
    async with house.database.read() as tx:
        return await tx.ledger.usage(account, window_at(DAY, house.clock.now(), UTC))  # type: ignore[arg-type] # any key


@contextlib.asynccontextmanager
async def set_for_writers(house: House, pragma: str, usual: str) -> AsyncIterator[None]:
    """SQLite itself refuses what is written in this block."""
    await _on_writer(house, pragma)
    try:
        yield
    finally:
        await _on_writer(house, usual)


async def _on_writer(house: House, pragma: str) -> None:
    """Past SQLAlchemy, whose transaction would be refused as well."""
    async with house.database._engines.writer.connect() as connection:
        await connection.run_sync(_tell_driver, pragma)


def _tell_driver(connection: Connection, pragma: str) -> None:
    driver: Any = connection.connection.driver_connection
    driver.execute(pragma)


Misfortune = Callable[[House], contextlib.AbstractAsyncContextManager[None]]


def read_only(house: House) -> contextlib.AbstractAsyncContextManager[None]:
    return set_for_writers(house, "PRAGMA query_only = ON", "PRAGMA query_only = OFF")


def full(house: House) -> contextlib.AbstractAsyncContextManager[None]:
    return set_for_writers(house, "PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1073741823")


async def test_no_room_for_a_picture_refunds_its_member_and_the_next_one_is_shown(
    house: House,
) -> None:
    house.painter.paint_one = unkept
    job = await house.ask(make_place())
    await house.finish()

    [told] = house.messenger.shown
    assert told.failed == (NOT_KEPT,)
    assert await used(house, job.origin.account) == Usage()
    assert await used(house, BOT_ACCOUNT) == Usage(1, UsdMicros(PENNY))

    async def well(seed: int) -> Painting:
        return painting(seed)

    house.painter.paint_one = well
    await house.ask(make_place(), key="interaction-2")
    await house.finish()
    assert seeds_of(house.messenger.shown) == [1_000]


@pytest.mark.parametrize("misfortune", [read_only, full])
async def test_a_request_that_cannot_be_written_reserves_nothing_and_can_be_sent_again(
    house: House, misfortune: Misfortune
) -> None:
    numbers = iter(range(MOST_UNTIL_FULL))

    async def ask_until_refused() -> None:
        for number in numbers:
            await house.ask(make_place(), key=f"{number}", prompt=LONG)

    async with misfortune(house):
        with pytest.raises((DatabaseUnavailable, OperationalError)):
            await ask_until_refused()
    accepted = MOST_UNTIL_FULL - len(list(numbers)) - 1
    assert (await used(house, BOT_ACCOUNT)).images == accepted

    again = await house.ask(make_place(), key="again")
    await house.finish()
    assert again.id in [result.job.id for result in house.messenger.shown]


async def test_a_database_that_turns_read_only_before_a_picture_is_sent_sends_nothing(
    house: House,
) -> None:
    await house.ask(make_place())
    with capture_logs() as logs:
        async with read_only(house):
            await house.finish()
    assert "claim_failed" in [each["event"] for each in logs]
    assert house.painter.orders == []

    house.clock.move(LEASE.total_seconds() + 1)
    house.bell.ring()
    await house.finish()
    assert seeds_of(house.messenger.shown) == [1_000]


async def test_a_database_that_turns_read_only_while_it_is_painted_never_paints_it_twice(
    house: House,
) -> None:
    with capture_logs() as logs:
        until_repaired = contextlib.AsyncExitStack()

        async def paint_on_a_failing_disk(seed: int) -> Painting:
            await until_repaired.enter_async_context(read_only(house))
            return painting(seed)

        house.painter.paint_one = paint_on_a_failing_disk
        job = await house.ask(make_place())
        async with until_repaired:
            await house.finish()
    assert house.messenger.shown == []
    assert "job_crashed" in [each["event"] for each in logs]

    house.clock.move(LEASE.total_seconds() + 1)
    house.bell.ring()
    await house.finish()

    [told] = house.messenger.shown
    assert told.failed == (LOST,)
    assert len(house.painter.orders) == 1
    assert await used(house, job.origin.account) == Usage()


@pytest.mark.parametrize("jump", [timedelta(hours=-3), timedelta(hours=3)])
async def test_a_clock_that_jumps_while_a_job_waits_does_not_keep_it_from_its_member(
    house: House, jump: timedelta
) -> None:
    job = await house.ask(make_place())
    house.clock.move(jump.total_seconds())
    await house.finish()

    assert seeds_of(house.messenger.shown) == [1_000]
    ended = await house.job(job)
    assert ended.state is JobState.DONE


@pytest.mark.parametrize("jump", [timedelta(hours=-3), timedelta(hours=3)])
async def test_a_clock_that_jumps_while_a_picture_is_painted_does_not_lose_it(
    house: House, jump: timedelta
) -> None:
    async def paint_through_the_jump(seed: int) -> Painting:
        house.clock.move(jump.total_seconds())
        return painting(seed)

    house.painter.paint_one = paint_through_the_jump
    job = await house.ask(make_place(), images=2)
    await house.finish()

    ended = await house.job(job)
    assert {image.state for image in ended.images} == {ImageState.DELIVERED}
    assert len(house.painter.orders) == 2


async def test_over_midnight_a_refund_goes_back_to_the_day_that_was_charged(house: House) -> None:
    async def paint_into_the_next_day(seed: int) -> Painting:
        house.clock.move(timedelta(days=1).total_seconds())
        return await unkept(seed)

    asked_at = house.clock.now()
    house.painter.paint_one = paint_into_the_next_day
    job = await house.ask(make_place())
    await house.finish()

    async with house.database.read() as tx:
        assert await tx.ledger.usage(job.origin.account, window_at(DAY, asked_at, UTC)) == Usage()
        today = window_at(DAY, house.clock.now(), UTC)
        assert await tx.ledger.usage(job.origin.account, today) == Usage()
