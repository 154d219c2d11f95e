"""Grants beside a member's own limits, corrections, and fifty tasks at all of it at once."""

import asyncio
import random
from datetime import timedelta

import pytest

from bot.domain.errors import BudgetReached, QuotaExceeded
from bot.domain.ids import AccountKey, GrantId, ImageId
from bot.domain.money import UsdMicros
from bot.domain.quotas.grants import Grant, GrantTarget
from bot.domain.quotas.ledger import Amount, Closing, Draw, Usage
from bot.storage.database import Database
from tests.storage.factories import (
    NOW,
    SERVER,
    bot_charge,
    make_reservation,
    member_charge,
    reserve,
    usage_of,
)
from tests.storage.sums import entries_of, wrong_balances


def draw(name: str, *, images: int | None = None, usd_micros: int | None = None) -> Draw:
    money = None if usd_micros is None else UsdMicros(usd_micros)
    return Draw(AccountKey(name), NOW - timedelta(days=3), images, money)


async def close(database: Database, image_id: str, closing: Closing) -> None:
    async with database.write() as tx:
        await tx.ledger.close(ImageId(image_id), closing, cost_usd_micros=None, now=NOW)


async def images_of(database: Database, *accounts: str) -> list[int]:
    return [(await usage_of(database, account)).images for account in accounts]


async def test_the_window_goes_first_then_the_grants_in_their_order(database: Database) -> None:
    charge = member_charge(images=1, draws=(draw("soon", images=1), draw("late", images=5)))
    await reserve(database, [charge, bot_charge()], [make_reservation() for _ in range(4)])
    assert await images_of(database, "member-1", "soon", "late", "bot") == [1, 1, 2, 4]
    assert await wrong_balances(database) == []


async def test_a_request_that_does_not_fit_even_with_grants_takes_nothing_of_them(
    database: Database,
) -> None:
    charge = member_charge(images=1, draws=(draw("grant", images=1),))
    with pytest.raises(QuotaExceeded) as raised:
        await reserve(database, [charge], [make_reservation() for _ in range(3)])
    assert (raised.value.wanted, raised.value.left) == (3, 2)
    assert await images_of(database, "member-1", "grant") == [0, 0]


async def test_a_grant_of_money_bears_images_while_it_lasts(database: Database) -> None:
    charge = member_charge(images=0, draws=(draw("grant", usd_micros=25_000),))
    await reserve(database, [charge], [make_reservation(), make_reservation()])
    with pytest.raises(QuotaExceeded):
        await reserve(database, [charge], [make_reservation()])
    with pytest.raises(QuotaExceeded):
        await reserve(database, [charge], [make_reservation(usd_micros=None)])
    assert await usage_of(database, "grant") == Usage(2, UsdMicros(20_000))


async def test_what_ends_goes_back_to_the_grant_it_came_from(database: Database) -> None:
    charge = member_charge(images=0, draws=(draw("grant", images=3),))
    names = ("shown", "free", "billed")
    await reserve(database, [charge, bot_charge()], [make_reservation(name) for name in names])
    for name, closing in zip(
        names, (Closing.SHOWN, Closing.NOT_BILLED, Closing.BILLED_NOT_SHOWN), strict=True
    ):
        await close(database, name, closing)
    assert await images_of(database, "grant", "bot") == [1, 2]


async def test_a_grant_is_noted_and_a_correction_counts(database: Database) -> None:
    grant = Grant(
        id=GrantId("g"),
        guild_id=SERVER,
        target=GrantTarget.MEMBER,
        target_id=7,
        images=3,
        reason="a contest",
        created_at=NOW,
        expires_at=NOW + timedelta(days=1),
    )
    await reserve(database, [bot_charge()], [make_reservation()])
    async with database.write() as tx:
        await tx.ledger.note_grant(grant)
        amount = Amount(images=0, usd_micros=UsdMicros(-4_000))
        await tx.ledger.correct(AccountKey("bot"), amount, reason="billed less", now=NOW)
    told = [(entry["kind"], entry["reason"]) for entry in await entries_of(database)]
    assert told[1:] == [("grant", "3 images, 0 micro-dollars"), ("correction", "billed less")]
    assert await usage_of(database, "bot") == Usage(1, UsdMicros(6_000))
    assert await wrong_balances(database) == []


@pytest.mark.parametrize("table", ["balances", "day_balances"])
async def test_a_balance_that_is_not_the_sum_of_its_entries_is_found(
    database: Database, table: str
) -> None:
    await reserve(database, [bot_charge()], [make_reservation()])
    async with database._engines.writer.begin() as connection:
        await connection.exec_driver_sql(f"UPDATE {table} SET used_images = used_images + 1")  # noqa: S608 - a table's name
    assert {account for account, _ in await wrong_balances(database)} == {"bot"}


async def test_fifty_tasks_with_limits_and_grants_overspend_none_and_lose_no_entry(
    database: Database,
) -> None:
    """Reservations and endings of five members, at moments in several buckets, in any order."""
    draws = {
        n: (draw(f"grant-{n}", images=2), draw(f"dollars-{n}", usd_micros=30_000)) for n in range(5)
    }
    accepted: list[str] = []
    order = random.Random(5)  # noqa: S311 - which order does not matter, only that it is mixed

    async def live(number: int) -> None:
        member = number % 5
        charges = [
            member_charge(f"{'az'[member % 2]}-{member}", images=4, draws=draws[member]),
            bot_charge(usd_micros=300_000),
        ]
        name = f"image-{number}"
        moment = NOW + timedelta(minutes=order.choice((0, 14, 29, 60)))
        try:
            await reserve(
                database, charges[:: (-1) ** number], [make_reservation(name)], now=moment
            )
        except (QuotaExceeded, BudgetReached):
            return
        accepted.append(name)
        if number % 3 == 0:
            await close(database, name, order.choice(list(Closing)))

    await asyncio.gather(*(live(number) for number in range(50)))
    closed = sum(entry["phase"] == "close" for entry in await entries_of(database))
    assert len(await entries_of(database)) == 2 * len(accepted) + closed
    assert await wrong_balances(database) == []
    for member in range(5):
        window, images, dollars = await images_of(
            database, f"{'az'[member % 2]}-{member}", f"grant-{member}", f"dollars-{member}"
        )
        assert window <= 4
        assert images <= 2
        assert dollars <= 3
    assert (await usage_of(database, "bot")).usd_micros <= 300_000
