"""What servers and the operator allow, as members and managers meet it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import Budget, BudgetReached, PriceUnknown, QuotaExceeded
from bot.domain.ids import GrantId, GuildId, RoleId, UserId
from bot.domain.jobs.failure import FailureReason
from bot.domain.money import UsdMicros
from bot.domain.quotas.errors import ModelTooDear, SlowedDown, TooManyAtOnce, TooManyInRequest
from bot.domain.quotas.grants import Grant, GrantTarget
from bot.domain.quotas.limits import (
    OF_THE_SERVER,
    UNLIMITED,
    Cap,
    Limits,
    LimitScope,
    LimitSource,
    Unit,
)
from bot.domain.quotas.server_quota import Allowance, ServerQuota
from bot.domain.quotas.spender import MemberStanding
from bot.domain.quotas.windows import DAY, MONTH, rolling
from bot.services.quotas.accounts import OperatorLimits
from bot.services.quotas.limit_book import LimitBook
from tests.services.house import House, make_limits, make_place, make_request, open_house
from tests.services.models import PENNY, PIXEL_MODEL, RATIO_MODEL, TIER_MODEL, UNPRICED_MODEL
from tests.services.painters import failing

SERVER = GuildId(70)
ARTIST = MemberStanding(roles=frozenset({RoleId(1)}))
OF_ARTISTS = LimitSource(LimitScope.ROLE, 1)


def images_a_day(most: int) -> Limits:
    return Limits(caps=(Cap(Unit.IMAGES, DAY, most),))


def make_grant(house: House, **overrides: object) -> Grant:
    grant = Grant(
        id=GrantId("grant-1"),
        guild_id=SERVER,
        target=GrantTarget.MEMBER,
        target_id=7,
        images=2,
        reason="won the contest",
        created_at=house.clock.now(),
        expires_at=house.clock.now() + timedelta(days=7),
    )
    return replace(grant, **overrides)  # type: ignore[arg-type] # fields by name


async def test_a_servers_own_limit_counts_at_once(house: House) -> None:
    await house.limits.set_limits(SERVER, OF_THE_SERVER, images_a_day(1))
    await house.ask(make_place())

    with pytest.raises(QuotaExceeded) as raised:
        await house.ask(make_place(), key="interaction-2")

    assert (raised.value.limit, raised.value.source) == (1, OF_THE_SERVER)


async def test_a_role_gives_its_members_more(house: House) -> None:
    await house.limits.set_limits(SERVER, OF_THE_SERVER, images_a_day(1))
    await house.limits.set_limits(SERVER, OF_ARTISTS, images_a_day(4))

    await house.ask(make_place(standing=ARTIST), images=4)

    status = await house.quota.status(make_place(standing=ARTIST).spender)
    assert (status.lines[0].left, status.lines[0].source) == (0, OF_ARTISTS)
    assert status.is_used_up


async def test_limits_of_one_server_do_not_hold_in_another_nor_in_direct_messages(
    house: House,
) -> None:
    await house.limits.set_limits(SERVER, OF_THE_SERVER, images_a_day(0))

    await house.ask(make_place(guild_id=GuildId(71)), key="interaction-2")
    await house.ask(make_place(guild_id=None), key="interaction-3")


async def test_a_limit_that_is_taken_back_holds_no_more(house: House) -> None:
    await house.limits.set_limits(SERVER, OF_THE_SERVER, images_a_day(0))
    await house.limits.set_limits(SERVER, OF_THE_SERVER, Limits())

    await house.ask(make_place())


async def test_a_rolling_window_frees_images_as_they_age(house: House) -> None:
    hourly = Limits(caps=(Cap(Unit.IMAGES, rolling(2), 1),))
    await house.limits.set_limits(SERVER, OF_THE_SERVER, hourly)
    await house.ask(make_place())

    with pytest.raises(QuotaExceeded) as raised:
        await house.ask(make_place(), key="interaction-2")

    house.clock.move((raised.value.resets_at - house.clock.now()).total_seconds())
    await house.ask(make_place(), key="interaction-3")


async def test_a_day_ends_at_midnight_in_the_servers_time_zone(house: House) -> None:
    await house.limits.set_server_quota(SERVER, ServerQuota(time_zone="Europe/Rome"))
    status = await house.quota.status(make_place().spender)

    # It is noon in UTC and two in Rome.
    assert status.lines[0].resets_at - house.clock.now() == timedelta(hours=10)


async def test_more_images_than_one_request_may_have_are_refused_from_memory(
    house: House,
) -> None:
    await house.limits.set_limits(SERVER, OF_THE_SERVER, Limits(images_per_request=2))

    with pytest.raises(TooManyInRequest):
        house.generation.plan(make_request(images=3), make_place())
    house.generation.plan(make_request(images=2), make_place())


async def test_a_model_that_is_too_dear_is_refused_with_those_that_are_not(house: House) -> None:
    await house.limits.set_limits(SERVER, OF_THE_SERVER, Limits(dearest_usd_micros=30_000))

    with pytest.raises(ModelTooDear) as raised:
        house.generation.plan(make_request(model=TIER_MODEL.id), make_place())

    assert raised.value.cheaper == (RATIO_MODEL.id, PIXEL_MODEL.id)
    house.generation.plan(make_request(model=RATIO_MODEL.id), make_place())


async def test_a_limit_on_money_refuses_a_price_that_nobody_knows(house: House) -> None:
    dollars = Limits(caps=(Cap(Unit.USD_MICROS, MONTH, 10 * PENNY),))
    await house.limits.set_limits(SERVER, OF_ARTISTS, dollars)

    house.generation.plan(make_request(model=UNPRICED_MODEL.id), make_place())
    with pytest.raises(PriceUnknown):
        house.generation.plan(make_request(model=UNPRICED_MODEL.id), make_place(standing=ARTIST))


async def test_images_at_once_are_counted_until_they_are_done(house: House) -> None:
    await house.limits.set_limits(SERVER, OF_THE_SERVER, Limits(at_once=3))
    await house.ask(make_place(), images=2)

    with pytest.raises(TooManyAtOnce) as raised:
        await house.ask(make_place(), images=2, key="interaction-2")
    assert raised.value.open_images == 2
    assert await house.images_used(make_place()) == 2

    await house.finish()
    await house.ask(make_place(), images=3, key="interaction-3")


async def test_a_members_dollars_are_told_with_what_would_fit(house: House) -> None:
    dollars = Limits(caps=(Cap(Unit.USD_MICROS, MONTH, 7 * PENNY),))
    await house.limits.set_limits(SERVER, OF_THE_SERVER, dollars)

    with pytest.raises(BudgetReached) as raised:
        await house.ask(make_place(), model=RATIO_MODEL.id, images=3)

    error = raised.value
    assert (error.budget, error.source, error.window) == (Budget.MEMBER, OF_THE_SERVER, MONTH)
    assert (error.fitting_images, error.cheaper) == (2, (PIXEL_MODEL.id,))


async def test_grants_are_drawn_on_when_the_limit_is_reached(house: House) -> None:
    await house.limits.set_limits(SERVER, OF_THE_SERVER, images_a_day(1))
    await house.limits.add_grant(make_grant(house))

    await house.ask(make_place(), images=3)

    status = await house.quota.status(make_place().spender)
    assert (status.lines[0].left, status.grants[0].images_left) == (0, 0)
    with pytest.raises(QuotaExceeded):
        await house.ask(make_place(), key="interaction-2")


async def test_what_fails_goes_back_to_where_it_came_from(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=make_limits(images=1)) as house:
        await house.limits.add_grant(make_grant(house))
        house.painter.paint_one = failing(FailureReason.LOST)

        await house.ask(make_place(), images=3)
        await house.finish()

        status = await house.quota.status(make_place().spender)
        assert (status.lines[0].left, status.grants[0].images_left) == (1, 2)


async def test_a_grant_to_a_role_gives_each_of_its_members_that_much(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=make_limits(images=0)) as house:
        await house.limits.add_grant(make_grant(house, target=GrantTarget.ROLE, target_id=1))

        for number in (7, 8):
            place = make_place(user_id=UserId(number), standing=ARTIST)
            await house.ask(place, images=2, key=f"interaction-{number}")
            with pytest.raises(QuotaExceeded):
                await house.ask(place, key=f"again-{number}")


async def test_a_grant_ends_when_it_expires_or_is_revoked(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=make_limits(images=0)) as house:
        await house.limits.add_grant(make_grant(house))
        await house.limits.add_grant(make_grant(house, id=GrantId("grant-2"), images=1))
        await house.limits.revoke_grant(GrantId("grant-2"))
        with pytest.raises(QuotaExceeded):
            await house.ask(make_place(), images=3)

        house.clock.move(timedelta(days=7).total_seconds())
        with pytest.raises(QuotaExceeded):
            await house.ask(make_place(), key="interaction-2")


async def test_managers_and_operator_are_told_once_a_window_at_four_fifths(tmp_path: Path) -> None:
    limits = make_limits(server_usd_micros=10 * PENNY, bot_usd_micros=10 * PENNY)
    async with open_house(tmp_path, limits=limits) as house:
        await house.ask(make_place(), images=4)
        await house.watch.tell_all()
        assert house.managers.told == []

        for number in range(2):
            await house.ask(make_place(), images=2, key=f"more-{number}")
        await house.ask(make_place(), key="more")
        await house.watch.tell_all()

        ((guild_id, alert),) = house.managers.told
        assert (guild_id, alert.used_usd_micros) == (SERVER, 8 * PENNY)
        assert len(house.alerts.budgets) == 1

    async with open_house(tmp_path, limits=limits, first_id=100) as house:
        await house.ask(make_place(), key="after a restart")
        await house.watch.tell_all()
        assert house.managers.told == []

        with pytest.raises(BudgetReached) as raised:
            await house.ask(make_place(), key="too much")
        assert raised.value.budget is Budget.SERVER

        house.clock.move(timedelta(days=1).total_seconds())
        await house.ask(make_place(), images=4, key="tomorrow 1")
        await house.ask(make_place(), images=4, key="tomorrow 2")
        await house.watch.tell_all()
        assert len(house.managers.told) == 1


async def test_managers_who_cannot_be_told_do_not_keep_the_operator_from_being_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_args: object) -> None:
        raise OSError("Discord is down")

    limits = make_limits(server_usd_micros=PENNY, bot_usd_micros=PENNY)
    async with open_house(tmp_path, limits=limits) as house:
        monkeypatch.setattr(house.managers, "tell_managers", fail)
        await house.ask(make_place())

        await house.watch.tell_all()

        assert len(house.alerts.budgets) == 1


async def test_managers_may_lower_their_budget_and_not_raise_it(tmp_path: Path) -> None:
    async with open_house(tmp_path, limits=make_limits(server_usd_micros=3 * PENNY)) as house:
        await house.limits.set_server_quota(
            SERVER, ServerQuota(budget=Allowance(day=UNLIMITED, month=2 * PENNY))
        )
        with pytest.raises(BudgetReached) as raised:
            await house.ask(make_place(), images=3)
        assert (raised.value.left_usd_micros, raised.value.window) == (2 * PENNY, MONTH)


async def test_near_the_end_of_the_budget_only_cheap_models_are_painted(tmp_path: Path) -> None:
    limits = OperatorLimits(images_per_member=25, server=Allowance(day=20 * PENNY))
    async with open_house(tmp_path, limits=limits) as house:
        slow = ServerQuota(slow_down_usd_micros=UsdMicros(PENNY))
        await house.limits.set_server_quota(SERVER, slow)
        for number in range(4):
            await house.ask(make_place(), images=4, key=f"before-{number}")

        with pytest.raises(SlowedDown) as raised:
            await house.ask(make_place(), model=RATIO_MODEL.id)

        assert raised.value.cheaper == (PIXEL_MODEL.id,)
        await house.ask(make_place(), key="a cheap one")


async def test_what_is_set_outlives_a_restart_and_reaches_other_processes(house: House) -> None:
    other = LimitBook(house.database, make_limits(), house.clock)
    await other.load()
    quota = ServerQuota(time_zone="Asia/Tokyo", budget=Allowance(month=UNLIMITED))
    said = Limits(caps=(Cap(Unit.USD_MICROS, rolling(6), UNLIMITED),), at_once=UNLIMITED)
    await house.limits.set_limits(SERVER, OF_ARTISTS, said)
    await house.limits.set_server_quota(SERVER, quota)
    await house.limits.add_grant(make_grant(house))

    await other.look()

    assert other.limits_of(SERVER) == {OF_ARTISTS: said}
    assert other.quota_of(SERVER) == quota
    assert other.grants_of(SERVER) == (make_grant(house),)
    await house.limits.revoke_grant(GrantId("grant-1"))
    await other.look()
    assert other.grants_of(SERVER) == ()
