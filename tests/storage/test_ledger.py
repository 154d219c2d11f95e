from dataclasses import replace
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.errors import Budget, BudgetReached, QuotaExceeded
from bot.domain.ids import AccountKey, ImageId, JobId
from bot.domain.money import UsdMicros
from bot.domain.quotas.ledger import BOT_ACCOUNT, Charge, Closing, Usage
from bot.domain.quotas.windows import BUCKET, DAY, MONTH, rolling, window_at
from bot.storage.database import Database
from tests.storage.factories import (
    NOW,
    TODAY,
    bot_charge,
    image_limit,
    make_reservation,
    member_charge,
    reserve,
    server_charge,
    usage_of,
)
from tests.storage.sums import entries_of, wrong_balances

EVERYONE = [member_charge(), server_charge(), bot_charge()]
ACCOUNTS = ("member-1", "server:1", "bot")


def usage(images: int, usd_micros: int) -> Usage:
    return Usage(images, UsdMicros(usd_micros))


async def close(
    database: Database, image_id: str, closing: Closing, *, cost_usd_micros: int | None = None
) -> bool:
    cost = None if cost_usd_micros is None else UsdMicros(cost_usd_micros)
    async with database.write() as tx:
        return await tx.ledger.close(ImageId(image_id), closing, cost_usd_micros=cost, now=NOW)


async def usages(database: Database) -> tuple[Usage, ...]:
    return tuple([await usage_of(database, account) for account in ACCOUNTS])


async def test_nothing_is_used_at_first(database: Database) -> None:
    assert await usage_of(database, "member-1") == Usage()


async def test_a_reservation_counts_on_every_account_in_images_and_money(
    database: Database,
) -> None:
    await reserve(database, EVERYONE, [make_reservation(usd_micros=70), make_reservation()])
    assert await usages(database) == (usage(2, 10_070),) * 3
    assert await wrong_balances(database) == []


async def test_an_unknown_price_counts_in_images_alone(database: Database) -> None:
    await reserve(database, EVERYONE, [make_reservation(usd_micros=None)])
    assert await usages(database) == (usage(1, 0),) * 3


async def test_an_unknown_price_is_refused_where_money_is_limited(database: Database) -> None:
    with pytest.raises(ValueError, match="price of an image is not known"):
        await reserve(database, [bot_charge(usd_micros=1)], [make_reservation(usd_micros=None)])


async def test_a_limit_on_images_can_be_used_up_exactly(database: Database) -> None:
    charge = member_charge(images=3)
    await reserve(database, [charge], [make_reservation()])
    await reserve(database, [charge], [make_reservation(), make_reservation()])
    with pytest.raises(QuotaExceeded) as raised:
        await reserve(database, [charge], [make_reservation()])
    error = raised.value
    assert (error.wanted, error.left, error.limit) == (1, 0, 3)
    assert error.resets_at == TODAY.end


async def test_more_images_than_are_left_reserve_none_of_them(database: Database) -> None:
    charges = [member_charge(images=3), bot_charge()]
    await reserve(database, charges, [make_reservation(), make_reservation()])
    with pytest.raises(QuotaExceeded) as raised:
        await reserve(database, charges, [make_reservation(), make_reservation()])
    assert (raised.value.wanted, raised.value.left) == (2, 1)
    assert await usage_of(database, "member-1") == usage(2, 20_000)
    assert await usage_of(database, "bot") == usage(2, 20_000)


@pytest.mark.parametrize(
    ("charges", "budget"),
    [
        ([member_charge(), server_charge(usd_micros=25_000), bot_charge()], Budget.SERVER),
        ([member_charge(), server_charge(), bot_charge(usd_micros=25_000)], Budget.BOT),
    ],
)
async def test_a_budget_says_whose_it_is_and_what_is_left(
    database: Database, charges: list[Charge], budget: Budget
) -> None:
    await reserve(database, charges, [make_reservation()])
    with pytest.raises(BudgetReached) as raised:
        await reserve(database, charges, [make_reservation(), make_reservation()])
    error = raised.value
    assert (error.budget, error.cost_usd_micros, error.left_usd_micros) == (budget, 20_000, 15_000)
    assert error.resets_at == TODAY.end
    assert await usages(database) == (usage(1, 10_000),) * 3


async def test_the_first_charge_that_does_not_fit_is_the_one_told(database: Database) -> None:
    charges = [member_charge("z-member", images=0), bot_charge(usd_micros=0)]
    with pytest.raises(QuotaExceeded):
        await reserve(database, charges, [make_reservation()])


async def test_a_refusal_that_is_caught_in_its_transaction_changes_nothing(
    database: Database,
) -> None:
    async with database.write() as tx:
        with pytest.raises(BudgetReached):
            await tx.ledger.reserve(
                [member_charge(), bot_charge(usd_micros=1)],
                [make_reservation()],
                job_id=JobId("test-job"),
                now=NOW,
            )
    assert await usage_of(database, "member-1") == Usage()
    assert await entries_of(database) == []


async def test_a_shown_image_is_settled_at_what_it_cost(database: Database) -> None:
    await reserve(database, EVERYONE, [make_reservation("i", usd_micros=10_000)])
    assert await close(database, "i", Closing.SHOWN, cost_usd_micros=7_500)
    assert await usages(database) == (usage(1, 7_500),) * 3
    assert await wrong_balances(database) == []


async def test_an_image_may_cost_more_than_was_reserved(database: Database) -> None:
    charge = bot_charge(usd_micros=10_000)
    await reserve(database, [charge], [make_reservation("i", usd_micros=10_000)])
    await close(database, "i", Closing.SHOWN, cost_usd_micros=12_000)
    assert await usage_of(database, "bot") == usage(1, 12_000)
    with pytest.raises(BudgetReached) as raised:
        await reserve(database, [charge], [make_reservation(usd_micros=1)])
    assert raised.value.left_usd_micros == 0


async def test_a_cost_that_is_not_known_is_what_was_reserved(database: Database) -> None:
    await reserve(database, EVERYONE, [make_reservation("i", usd_micros=10_000)])
    await close(database, "i", Closing.SHOWN)
    assert await usages(database) == (usage(1, 10_000),) * 3


async def test_what_was_not_billed_is_released_everywhere(database: Database) -> None:
    await reserve(database, EVERYONE, [make_reservation("i"), make_reservation("other")])
    await close(database, "i", Closing.NOT_BILLED, cost_usd_micros=10_000)
    assert await usages(database) == (usage(1, 10_000),) * 3


async def test_what_was_billed_without_a_picture_costs_the_budgets_and_not_the_member(
    database: Database,
) -> None:
    await reserve(database, EVERYONE, [make_reservation("i")])
    await close(database, "i", Closing.BILLED_NOT_SHOWN)
    assert await usages(database) == (usage(0, 0), usage(1, 10_000), usage(1, 10_000))


@pytest.mark.parametrize("again", list(Closing))
async def test_an_image_is_closed_once(database: Database, again: Closing) -> None:
    await reserve(database, EVERYONE, [make_reservation("i")])
    assert await close(database, "i", Closing.SHOWN)
    before = await entries_of(database)
    assert not await close(database, "i", again, cost_usd_micros=1)
    assert await usages(database) == (usage(1, 10_000),) * 3
    assert await entries_of(database) == before


async def test_an_image_that_was_never_reserved_is_not_closed(database: Database) -> None:
    assert not await close(database, "unknown", Closing.SHOWN)


async def test_entries_tell_what_happened_and_why(database: Database) -> None:
    await reserve(database, [member_charge(), bot_charge()], [make_reservation("i")])
    await close(database, "i", Closing.BILLED_NOT_SHOWN, cost_usd_micros=9_000)
    told = [
        (entry["account"], entry["kind"], entry["phase"], entry["reason"])
        for entry in await entries_of(database)
    ]
    assert told == [
        ("bot", "reserve", "open", None),
        ("member-1", "reserve", "open", None),
        ("bot", "settle", "close", "billed_not_shown"),
        ("member-1", "release", "close", "billed_not_shown"),
    ]


async def test_a_day_and_a_month_count_the_same_images(database: Database) -> None:
    month = window_at(MONTH, NOW, UTC)
    charge = replace(member_charge(), limits=(image_limit(2), image_limit(3, month)))
    yesterday = NOW - timedelta(days=1)
    await reserve(database, [charge], [make_reservation(), make_reservation()], now=yesterday)
    await reserve(database, [charge], [make_reservation()])
    async with database.read() as tx:
        assert await tx.ledger.usage(charge.account, TODAY) == usage(1, 10_000)
        assert await tx.ledger.usage(charge.account, month) == usage(3, 30_000)
    with pytest.raises(QuotaExceeded) as raised:
        await reserve(database, [charge], [make_reservation()])
    assert raised.value.window is MONTH
    assert raised.value.resets_at == month.end


async def test_another_time_zone_counts_from_its_own_midnight(database: Database) -> None:
    await reserve(database, [member_charge()], [make_reservation()], now=TODAY.start)
    there = window_at(DAY, NOW, ZoneInfo("America/New_York"))
    async with database.read() as tx:
        assert await tx.ledger.usage(AccountKey("member-1"), TODAY) == usage(1, 10_000)
        assert await tx.ledger.usage(AccountKey("member-1"), there) == Usage()


async def test_a_rolling_window_says_when_its_oldest_use_leaves_it(database: Database) -> None:
    charge = replace(member_charge(), limits=(image_limit(1, window_at(rolling(2), NOW, UTC)),))
    await reserve(database, [charge], [make_reservation()], now=NOW - timedelta(hours=1))
    with pytest.raises(QuotaExceeded) as raised:
        await reserve(database, [charge], [make_reservation()])
    free_at = raised.value.resets_at
    assert NOW + timedelta(hours=1) <= free_at <= NOW + timedelta(hours=1) + BUCKET
    later = replace(charge, limits=(image_limit(1, window_at(rolling(2), free_at, UTC)),))
    await reserve(database, [later], [make_reservation()], now=free_at)


async def test_a_reservation_tells_how_far_the_limits_are_used(database: Database) -> None:
    charges = [member_charge(), server_charge(usd_micros=100_000), bot_charge()]
    await reserve(database, charges, [make_reservation()])
    async with database.write() as tx:
        uses = await tx.ledger.reserve(
            charges, [make_reservation(), make_reservation()], job_id=JobId("j"), now=NOW
        )
    assert [(use.account, use.before, use.after) for use in uses] == [("server:1", 10_000, 30_000)]


async def test_an_image_closed_on_the_next_day_counts_in_the_window_it_was_reserved_in(
    database: Database,
) -> None:
    await reserve(database, EVERYONE, [make_reservation("i")])
    async with database.write() as tx:
        await tx.ledger.close(
            ImageId("i"), Closing.SHOWN, cost_usd_micros=UsdMicros(4_000), now=TODAY.end
        )
    assert await usages(database) == (usage(1, 4_000),) * 3


async def test_the_bots_account_is_the_same_for_everybody(database: Database) -> None:
    for member in ("member-1", "member-2"):
        await reserve(database, [member_charge(member), bot_charge()], [make_reservation()])
    async with database.read() as tx:
        assert await tx.ledger.usage(BOT_ACCOUNT, TODAY) == usage(2, 20_000)
        assert await tx.ledger.usage(AccountKey("member-2"), TODAY) == usage(1, 10_000)
