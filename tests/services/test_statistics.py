"""Who may count what, and what the report on spending says."""

import csv
import io
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.errors import ManageServerNeeded, NoServerHere
from bot.domain.ids import GuildId, ModelId, UserId
from bot.domain.jobs.failure import Billing, FailureReason
from bot.domain.money import UsdMicros
from bot.domain.statistics.statistics import (
    Period,
    Spending,
    Statistics,
    StatisticsQuery,
    Topic,
    Whose,
)
from bot.services.asking.plans import Place
from bot.services.quotas.spending_report import SpendingReport, SpendingReportService, csv_of
from bot.services.statistics.statistics import StatisticsService
from tests.clock import NOON
from tests.services.house import House, make_place
from tests.services.models import RATIO_MODEL
from tests.services.painters import failing

BOB = UserId(8)


def service(house: House, zone: str = "UTC") -> StatisticsService:
    return StatisticsService(
        storage=house.database,
        catalogue=house.catalogue,
        clock=house.clock,
        zone_of=lambda _guild_id: ZoneInfo(zone),
    )


async def count(
    house: House,
    place: Place,
    *,
    topic: Topic = Topic.IMAGES,
    whose: Whose = Whose.SERVER,
    may_manage: bool = False,
    zone: str = "UTC",
) -> Statistics:
    query = StatisticsQuery(topic, whose, Period.WEEK)
    return await service(house, zone).count(query, place, may_manage=may_manage)


async def paint(house: House, place: Place, key: str, **request: object) -> None:
    await house.ask(place, key=key, **request)
    await house.finish()


async def report(house: House) -> SpendingReport:
    now = house.clock.now()
    spending = SpendingReportService(storage=house.database, catalogue=house.catalogue)
    return await spending.report(GuildId(70), now - timedelta(days=1), now + timedelta(minutes=15))


async def test_models_are_counted_by_name_the_busiest_first(house: House) -> None:
    await paint(house, make_place(), "1", model=RATIO_MODEL.id)
    await paint(house, make_place(user_id=BOB), "2", images=3)

    found = await count(house, make_place(), may_manage=True)

    assert [(each.name, each.images[-1], each.usd_micros[-1]) for each in found.models] == [
        ("Z-Image Turbo", 3, 30_000),
        ("Flux 2 Pro", 1, 30_000),
    ]
    assert found.members == (0, 0, 0, 0, 0, 0, 2)
    assert found.total_members == 2


async def test_a_model_that_is_no_longer_listed_keeps_its_id(house: House) -> None:
    await paint(house, make_place(), "1")
    house.catalogue.all_models = ()

    [series] = (await count(house, make_place())).models

    assert series.name == "z-image-turbo"


async def test_the_day_is_that_of_the_time_zone(house: House) -> None:
    await paint(house, make_place(), "1")
    house.clock.move(3 * 3600)

    in_utc = await count(house, make_place())
    in_sydney = await count(house, make_place(), zone="Australia/Sydney")

    assert in_utc.images[-2:] == (0, 1)
    assert in_sydney.images[-2:] == (1, 0)


async def test_only_managers_see_a_servers_cost(house: House) -> None:
    with pytest.raises(ManageServerNeeded):
        await count(house, make_place(), topic=Topic.COST)
    assert Topic.COST not in (await count(house, make_place())).topics
    managers = await count(house, make_place(), topic=Topic.COST, may_manage=True)
    assert Topic.COST in managers.topics


async def test_everybody_sees_their_own_cost_and_in_direct_messages_too(house: House) -> None:
    alone = make_place(guild_id=None)
    await paint(house, alone, "1")

    mine = await count(house, alone, topic=Topic.COST, whose=Whose.ME)

    assert mine.usd_micros[-1] == 10_000
    assert mine.members is None
    with pytest.raises(NoServerHere):
        await count(house, alone)


async def test_the_report_adds_what_was_billed_and_never_shown(house: House) -> None:
    await paint(house, make_place(), "1")
    house.painter.paint_one = failing(FailureReason.TIMED_OUT, Billing.MAYBE_BILLED)
    await paint(house, make_place(), "2")

    found = await report(house)

    assert [(line.user_id, line.images, line.usd_micros) for line in found.lines] == [
        (UserId(7), 1, 20_000)
    ]
    assert (found.images, found.usd_micros) == (1, 20_000)


async def test_the_table_names_members_by_id_and_mention(house: House) -> None:
    await paint(house, make_place(), "1", images=2)

    rows = list(csv.reader(io.StringIO(csv_of(await report(house)).decode(), newline="")))

    assert rows == [
        ["from", "to", "member_id", "mention", "model", "images", "usd"],
        [
            "2026-05-03T12:00+00:00",
            "2026-05-04T12:15+00:00",
            "7",
            "<@7>",
            "z-image-turbo",
            "2",
            "0.02",
        ],
    ]


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_the_table_is_a_formula(beginning: str) -> None:
    name = ModelId(f'{beginning}HYPERLINK("https://example.org")')

    [_, line] = csv.reader(io.StringIO(csv_of(one_line(name)).decode(), newline=""))

    assert line[4] == f"'{name}"
    assert line[2:4] == ["", ""]


def one_line(model: ModelId) -> SpendingReport:
    spent = Spending(user_id=None, model=model, images=1, usd_micros=UsdMicros(1))
    return SpendingReport(NOON, NOON + timedelta(days=1), (spent,), {model: model})
