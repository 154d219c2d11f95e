"""Requests that are turned away for a while, and what is served meanwhile."""

from datetime import UTC, timedelta
from pathlib import Path

import pytest

from bot.domain.errors import QuotaExceeded
from bot.domain.ids import GuildId, UserId
from bot.domain.jobs.admission import (
    AdmissionLimits,
    AskedTooSoon,
    OwnQueueFull,
    PausedAfterFailures,
    QueueFull,
)
from bot.domain.jobs.cooldown import MOST_FAILURES
from bot.domain.jobs.failure import FailureReason
from bot.domain.preferences.defaults import NO_OPTIONS
from bot.domain.quotas.ledger import BOT_ACCOUNT
from bot.domain.quotas.windows import DAY, window_at
from bot.services.asking.plans import Place
from bot.services.schedule.housekeeping import CONDUCT_KEPT_FOR
from tests.services.house import House, make_limits, make_place, make_request, open_house
from tests.services.painters import failing, paint_well

MEMBER = make_place()
OTHER = make_place(user_id=UserId(8))


def pausing(seconds: int) -> AdmissionLimits:
    return AdmissionLimits(jobs=100, jobs_of_member=100, pause=timedelta(seconds=seconds))


async def fail_often(house: House, place: Place = MEMBER, *, times: int = MOST_FAILURES) -> None:
    house.painter.paint_one = failing(FailureReason.REJECTED)
    for number in range(times):
        await house.ask(place, key=f"failing-{place.user_id}-{number}")
    await house.finish()
    house.painter.paint_one = paint_well


async def test_who_fails_ten_times_in_a_minute_is_paused_for_a_minute(house: House) -> None:
    await fail_often(house)
    with pytest.raises(PausedAfterFailures) as refused:
        await house.ask(MEMBER, key="next")

    await house.ask(OTHER, key="of another")
    house.clock.move((refused.value.until - house.clock.now()).total_seconds())
    await house.ask(MEMBER, key="next")


async def test_a_pause_holds_in_every_server(house: House) -> None:
    await fail_often(house)
    with pytest.raises(PausedAfterFailures):
        await house.ask(make_place(guild_id=GuildId(71)), key="elsewhere")


async def test_a_pause_survives_a_restart(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await fail_often(house)
        clock = house.clock
    async with open_house(tmp_path, clock=clock, first_id=1_000) as house:
        with pytest.raises(PausedAfterFailures):
            await house.ask(MEMBER, key="next")


async def test_failures_of_the_bot_pause_nobody(house: House) -> None:
    house.painter.paint_one = failing(FailureReason.UNREACHABLE)
    for number in range(MOST_FAILURES + 1):
        await house.ask(MEMBER, key=f"{number}")
    await house.finish()
    await house.ask(MEMBER, key="next")


async def test_a_refusal_that_stands_is_answered_from_memory(house: House) -> None:
    await fail_often(house)
    with pytest.raises(PausedAfterFailures):
        await house.ask(MEMBER, key="next")
    with pytest.raises(PausedAfterFailures):
        house.generation.plan(make_request(), MEMBER)
    house.generation.plan(make_request(), OTHER)
    house.clock.move(60)
    house.generation.plan(make_request(), MEMBER)


async def test_there_can_be_a_pause_between_requests(tmp_path: Path) -> None:
    async with open_house(tmp_path, admission=pausing(20)) as house:
        await house.ask(MEMBER, key="first")
        with pytest.raises(AskedTooSoon):
            await house.ask(MEMBER, key="second")
        await house.ask(OTHER, key="of another")
        house.clock.move(20)
        await house.ask(MEMBER, key="second")


async def test_a_request_that_was_refused_begins_no_pause(tmp_path: Path) -> None:
    async with open_house(tmp_path, admission=pausing(20), limits=make_limits(images=1)) as house:
        with pytest.raises(QuotaExceeded):
            await house.ask(MEMBER, key="too large", images=2)
        await house.ask(MEMBER, key="fits")


async def test_old_conduct_is_forgotten(tmp_path: Path) -> None:
    async with open_house(tmp_path, admission=pausing(20)) as house:
        await house.ask(MEMBER)
        assert await house.housekeeping.forget_conduct() == 0
        house.clock.move(CONDUCT_KEPT_FOR.total_seconds() + 1)
        assert await house.housekeeping.forget_conduct() == 1


async def test_a_full_queue_refuses_without_charging(tmp_path: Path) -> None:
    limits = AdmissionLimits(jobs=3, jobs_of_member=3)
    async with open_house(tmp_path, admission=limits) as house:
        for number in range(3):
            await house.ask(MEMBER, key=f"{number}")
        with pytest.raises(QueueFull) as refused:
            await house.ask(OTHER, key="over")
        assert refused.value.waiting == 3
        async with house.database.read() as tx:
            used = await tx.ledger.usage(BOT_ACCOUNT, window_at(DAY, house.clock.now(), UTC))
        assert used.images == 3
        with pytest.raises(QueueFull):
            house.generation.plan(make_request(), OTHER)

        await house.finish()
        house.clock.move(2)
        await house.ask(OTHER, key="over")


async def test_a_request_that_was_let_in_is_the_same_when_it_comes_again(tmp_path: Path) -> None:
    limits = AdmissionLimits(jobs=1, jobs_of_member=1)
    async with open_house(tmp_path, admission=limits) as house:
        first = await house.ask(MEMBER, key="same")
        assert (await house.ask(MEMBER, key="same")).id == first.id


async def test_one_member_cannot_fill_the_queue(tmp_path: Path) -> None:
    limits = AdmissionLimits(jobs=10, jobs_of_member=2)
    async with open_house(tmp_path, admission=limits) as house:
        for number in range(2):
            await house.ask(MEMBER, key=f"{number}")
        with pytest.raises(OwnQueueFull) as refused:
            await house.ask(MEMBER, key="over")
        assert refused.value.waiting == 2
        await house.ask(OTHER, key="of another")


async def test_a_paused_member_can_still_keep_a_preset(house: House) -> None:
    await fail_often(house)
    with pytest.raises(PausedAfterFailures):
        await house.ask(MEMBER, key="next")

    preset = house.presets.checked("fox", "a red fox", NO_OPTIONS, MEMBER)
    assert preset.name == "fox"
