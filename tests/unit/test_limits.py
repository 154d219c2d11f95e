"""Which limit holds: the most specific place that says something, field by field."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import ChannelId, GrantId, GuildId, RoleId, UserId
from bot.domain.quotas.grants import Grant, GrantTarget, grants_for
from bot.domain.quotas.limits import (
    OF_THE_BOT,
    OF_THE_SERVER,
    UNLIMITED,
    Cap,
    Ceiling,
    LimitRules,
    Limits,
    LimitScope,
    LimitSource,
    Sourced,
    SourcedCap,
    Unit,
    layers_of,
    new_member_since,
    resolve,
)
from bot.domain.quotas.server_quota import Allowance, ServerQuota, bot_budget, server_budget
from bot.domain.quotas.spender import MemberStanding, Spender
from bot.domain.quotas.windows import DAY, MONTH, WindowKind

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
SERVER = GuildId(70)
OF_MEMBER = LimitSource(LimitScope.MEMBER, 7)
OF_ARTISTS = LimitSource(LimitScope.ROLE, 1)
OF_FRIENDS = LimitSource(LimitScope.ROLE, 2)
OF_CHANNEL = LimitSource(LimitScope.CHANNEL, 700)
OF_THREAD = LimitSource(LimitScope.CHANNEL, 701)

ceilings = st.integers(0, 100) | st.just(UNLIMITED)


def images(most: Ceiling, window: WindowKind = DAY) -> Limits:
    return Limits(caps=(Cap(Unit.IMAGES, window, most),))


def spender(*roles: int, boosting: bool = False, joined_days_ago: int = 400) -> Spender:
    return Spender(
        user_id=UserId(7),
        guild_id=SERVER,
        channels=(ChannelId(700),),
        standing=MemberStanding(
            roles=frozenset(map(RoleId, roles)),
            joined_at=NOW - timedelta(days=joined_days_ago),
            boosting=boosting,
        ),
    )


def image_cap(rules: LimitRules, who: Spender | None = None) -> tuple[Ceiling, LimitSource]:
    layers = layers_of(
        rules, images(25), spender=who or spender(), new_since=new_member_since(NOW, 7)
    )
    (found,) = resolve(layers).caps
    return found.cap.most, found.source


def test_where_a_server_says_nothing_the_bots_own_limit_holds() -> None:
    assert image_cap({}) == (25, OF_THE_BOT)


def test_the_most_specific_place_wins_also_where_it_gives_less() -> None:
    rules = {OF_THE_SERVER: images(50)}
    assert image_cap(rules) == (50, OF_THE_SERVER)
    rules[OF_CHANNEL] = images(5)
    assert image_cap(rules) == (5, OF_CHANNEL)
    rules[OF_ARTISTS] = images(100)
    assert image_cap(rules, spender(1)) == (100, OF_ARTISTS)
    rules[OF_MEMBER] = images(2)
    assert image_cap(rules, spender(1)) == (2, OF_MEMBER)


def test_the_best_of_a_members_roles_counts_and_unlimited_is_the_best() -> None:
    rules = {OF_ARTISTS: images(10), OF_FRIENDS: images(30)}
    assert image_cap(rules, spender(1, 2)) == (30, OF_FRIENDS)
    rules[OF_ARTISTS] = images(UNLIMITED)
    assert image_cap(rules, spender(1, 2)) == (UNLIMITED, OF_ARTISTS)


def test_what_is_said_of_a_role_that_is_gone_concerns_nobody() -> None:
    assert image_cap({OF_ARTISTS: images(10)}, spender(2)) == (25, OF_THE_BOT)


def test_boosters_and_new_members_count_as_roles() -> None:
    boosters, new = LimitSource(LimitScope.BOOSTERS), LimitSource(LimitScope.NEW_MEMBERS)
    rules = {boosters: images(60), new: images(3)}
    assert image_cap(rules, spender(boosting=True)) == (60, boosters)
    assert image_cap(rules, spender(joined_days_ago=6)) == (3, new)
    assert image_cap(rules, spender(joined_days_ago=8)) == (25, OF_THE_BOT)


def test_a_thread_obeys_its_own_limit_then_that_of_its_channel() -> None:
    who = Spender(user_id=UserId(7), guild_id=SERVER, channels=(ChannelId(701), ChannelId(700)))
    assert image_cap({OF_CHANNEL: images(5)}, who) == (5, OF_CHANNEL)
    assert image_cap({OF_CHANNEL: images(5), OF_THREAD: images(9)}, who) == (9, OF_THREAD)


def test_each_field_and_each_window_has_a_source_of_its_own() -> None:
    rules = {
        OF_MEMBER: Limits(at_once=2),
        OF_THE_SERVER: Limits(
            caps=(Cap(Unit.IMAGES, MONTH, 200), Cap(Unit.USD_MICROS, MONTH, 5_000_000)),
            dearest_usd_micros=100_000,
            images_per_request=UNLIMITED,
        ),
    }
    found = resolve(layers_of(rules, images(25), spender=spender(), new_since=None))

    assert found.caps == (
        SourcedCap(Cap(Unit.IMAGES, DAY, 25), OF_THE_BOT),
        SourcedCap(Cap(Unit.IMAGES, MONTH, 200), OF_THE_SERVER),
        SourcedCap(Cap(Unit.USD_MICROS, MONTH, 5_000_000), OF_THE_SERVER),
    )
    assert found.at_once == Sourced(2, OF_MEMBER)
    assert found.dearest_usd_micros == Sourced(100_000, OF_THE_SERVER)
    assert found.images_per_request == Sourced(UNLIMITED, OF_THE_SERVER)
    assert found.images_per_request.end is None


@given(st.lists(st.lists(st.none() | ceilings, max_size=3), max_size=5))
def test_the_first_layer_that_speaks_decides_by_its_best(said: list[list[Ceiling | None]]) -> None:
    layers = [
        [(LimitSource(LimitScope.ROLE, n), Limits(at_once=most)) for n, most in enumerate(rank)]
        for rank in said
    ]
    found = resolve(layers).at_once
    spoken = [[most for most in rank if most is not None] for rank in said]
    first = next((rank for rank in spoken if rank), None)
    if first is None:
        assert found is None
        return
    assert found is not None
    numbers = [most for most in first if isinstance(most, int)]
    assert found.most == (UNLIMITED if len(numbers) < len(first) else max(numbers))


@pytest.mark.parametrize(
    ("own", "allowance", "default", "most"),
    [
        (None, None, None, None),
        (None, None, 500, 500),
        (300, None, 500, 300),
        (900, None, 500, 500),
        (UNLIMITED, None, 500, 500),
        (300, None, None, 300),
        (900, 800, 500, 800),
        (900, UNLIMITED, 500, 900),
        (None, 0, 500, 0),
    ],
)
def test_managers_lower_what_the_operator_allows_and_cannot_raise_it(
    own: Ceiling | None, allowance: Ceiling | None, default: int | None, most: int | None
) -> None:
    quota = ServerQuota(budget=Allowance(day=own), allowance=Allowance(day=allowance))
    lines = server_budget(quota, Allowance(day=default))

    assert [line.most for line in lines] == ([] if most is None else [most])


def test_a_budget_has_a_line_a_day_and_a_line_a_month() -> None:
    lines = bot_budget(Allowance(day=100, month=UNLIMITED))
    assert [(line.window, line.most) for line in lines] == [(DAY, 100)]
    assert len(bot_budget(Allowance(day=100, month=200))) == 2


def grant(name: str, target: GrantTarget, target_id: int, days: int = 3) -> Grant:
    return Grant(
        id=GrantId(name),
        guild_id=SERVER,
        target=target,
        target_id=target_id,
        images=5,
        reason="a contest",
        created_at=NOW - timedelta(days=1),
        expires_at=NOW + timedelta(days=days),
    )


def test_grants_are_drawn_on_in_the_order_in_which_they_expire() -> None:
    mine = grant("mine", GrantTarget.MEMBER, 7)
    of_my_role = grant("of-my-role", GrantTarget.ROLE, 1, days=1)
    others = [
        grant("of-another", GrantTarget.MEMBER, 8),
        grant("of-another-role", GrantTarget.ROLE, 7),
        grant("expired", GrantTarget.MEMBER, 7, days=0),
    ]
    assert grants_for([mine, of_my_role, *others], spender(1), NOW) == (of_my_role, mine)
