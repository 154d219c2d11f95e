"""What managers change about limits: field by field, and what that comes to for whom."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import NothingGiven
from bot.domain.ids import GuildId, RoleId
from bot.domain.quotas.errors import (
    ChangesNothing,
    NewMemberDaysWrong,
    TooManyCaps,
    WindowWithoutAmount,
)
from bot.domain.quotas.limit_change import (
    LimitChange,
    changed_fields,
    effects_of,
    exceptions_to,
    role_source,
    typical_spender,
)
from bot.domain.quotas.limit_edit import (
    MAX_CAPS,
    TypedLimits,
    TypedSettings,
    edited_limits,
    edited_settings,
)
from bot.domain.quotas.limit_fields import PER_REQUEST, cap_field, limits_that_say, said_in
from bot.domain.quotas.limits import (
    NO_LIMITS,
    OF_THE_BOT,
    OF_THE_SERVER,
    UNLIMITED,
    Cap,
    Limits,
    LimitScope,
    LimitSource,
    Sourced,
    Unit,
)
from bot.domain.quotas.server_quota import Allowance, ServerQuota
from bot.domain.quotas.windows import DAY, MONTH, WEEK, rolling

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
NEW_SINCE = NOW - timedelta(days=7)
SERVER = GuildId(70)
IMAGES_A_DAY = cap_field(Unit.IMAGES, DAY)

ceilings = st.one_of(st.integers(0, 1_000), st.just(UNLIMITED))
windows = st.sampled_from([DAY, WEEK, MONTH, rolling(24)])
caps = st.builds(Cap, st.sampled_from(Unit), windows, ceilings)
some_limits = st.builds(
    Limits,
    caps=st.lists(caps, max_size=4, unique_by=lambda cap: (cap.unit, cap.window)).map(tuple),
    at_once=st.none() | ceilings,
    dearest_usd_micros=st.none() | ceilings,
    images_per_request=st.none() | ceilings,
)
sources = st.one_of(
    st.just(OF_THE_SERVER),
    st.builds(
        LimitSource,
        st.sampled_from([LimitScope.MEMBER, LimitScope.ROLE, LimitScope.CHANNEL]),
        st.integers(1, 3),
    ),
    st.sampled_from([LimitSource(LimitScope.BOOSTERS), LimitSource(LimitScope.NEW_MEMBERS)]),
)


def images_a_day(most: int) -> Limits:
    return Limits(caps=(Cap(Unit.IMAGES, DAY, most),))


class TestAnEdit:
    def test_leaves_what_was_not_given(self) -> None:
        before = Limits(caps=(Cap(Unit.IMAGES, DAY, 5),), at_once=2)

        after = edited_limits(before, TypedLimits(images="9", dollars="1.50", window="week"))

        assert said_in(after) == {
            **said_in(before),
            cap_field(Unit.IMAGES, WEEK): 9,
            cap_field(Unit.USD_MICROS, WEEK): 1_500_000,
        }

    def test_takes_a_field_back(self) -> None:
        before = Limits(caps=(Cap(Unit.IMAGES, DAY, 5),), at_once=2)

        after = edited_limits(before, TypedLimits(images="inherit", at_once=" Inherit "))

        assert after == NO_LIMITS

    def test_of_nothing_is_refused(self) -> None:
        with pytest.raises(NothingGiven):
            edited_limits(NO_LIMITS, TypedLimits())
        with pytest.raises(WindowWithoutAmount):
            edited_limits(NO_LIMITS, TypedLimits(window="week"))
        with pytest.raises(ChangesNothing):
            edited_limits(images_a_day(5), TypedLimits(images="5"))

    def test_makes_no_more_windows_than_one_can_keep_in_mind(self) -> None:
        full = Limits(caps=tuple(Cap(Unit.IMAGES, rolling(n + 1), 1) for n in range(MAX_CAPS)))

        with pytest.raises(TooManyCaps):
            edited_limits(full, TypedLimits(images="1", window="day"))

    def test_of_settings_keeps_what_the_operator_allows(self) -> None:
        before = ServerQuota(allowance=Allowance(day=7), budget=Allowance(month=3))

        after = edited_settings(before, TypedSettings(day="2", month="inherit", slow_down="0.05"))

        assert after.allowance == before.allowance
        assert after.budget == Allowance(day=2_000_000)
        assert after.slow_down_usd_micros == 50_000
        slow_again = edited_settings(after, TypedSettings(slow_down="unlimited"))
        assert slow_again.slow_down_usd_micros is None

    def test_of_settings_can_be_wrong(self) -> None:
        with pytest.raises(NothingGiven):
            edited_settings(ServerQuota(), TypedSettings())
        with pytest.raises(NewMemberDaysWrong):
            edited_settings(ServerQuota(), TypedSettings(new_member_days=-1))
        with pytest.raises(ChangesNothing):
            edited_settings(ServerQuota(), TypedSettings(time_zone="utc"))

    @given(some_limits)
    def test_goes_by_fields_that_are_all_there_is(self, limits: Limits) -> None:
        again = limits_that_say(said_in(limits))

        assert said_in(again) == said_in(limits)
        assert set(again.caps) == set(limits.caps)


class TestWhatAChangeComesTo:
    def test_for_somebody_without_roles(self) -> None:
        change = LimitChange(source=OF_THE_SERVER, before=NO_LIMITS, after=images_a_day(3))

        [effect] = effects_of(
            {},
            images_a_day(25),
            change,
            spender=typical_spender(OF_THE_SERVER, SERVER, NOW),
            new_since=NEW_SINCE,
        )

        assert effect.field == IMAGES_A_DAY
        assert effect.before == Sourced(25, OF_THE_BOT)
        assert effect.after == Sourced(3, OF_THE_SERVER)

    def test_leaves_alone_who_has_a_say_of_their_own(self) -> None:
        artists = LimitSource(LimitScope.ROLE, 1)
        writers = LimitSource(LimitScope.ROLE, 2)
        rules = {artists: images_a_day(9), writers: Limits(at_once=1)}
        change = LimitChange(source=OF_THE_SERVER, before=NO_LIMITS, after=images_a_day(3))

        assert exceptions_to(rules, change) == (artists,)
        assert (
            effects_of(
                rules,
                NO_LIMITS,
                change,
                spender=typical_spender(artists, SERVER, NOW),
                new_since=NEW_SINCE,
            )
            == ()
        )

    @given(sources, some_limits, some_limits)
    def test_is_seen_by_those_it_is_made_for_and_by_no_other_field(
        self, source: LimitSource, before: Limits, after: Limits
    ) -> None:
        rules = {} if before.is_empty else {source: before}
        change = LimitChange(source=source, before=before, after=after)

        effects = effects_of(
            rules,
            NO_LIMITS,
            change,
            spender=typical_spender(source, SERVER, NOW),
            new_since=NEW_SINCE,
        )

        assert {effect.field for effect in effects} == changed_fields(change)

    @given(sources, sources, some_limits, some_limits)
    def test_leaves_the_exceptions_as_they_are(
        self, source: LimitSource, other: LimitSource, after: Limits, others: Limits
    ) -> None:
        change = LimitChange(source=source, before=NO_LIMITS, after=after)
        rules = {} if other == source else {other: others}
        spender = typical_spender(other, SERVER, NOW)

        effects = effects_of(rules, NO_LIMITS, change, spender=spender, new_since=NEW_SINCE)

        if exceptions_to(rules, change):
            assert not {effect.field for effect in effects} & said_in(others).keys()


def test_the_role_that_everybody_has_stands_for_the_server() -> None:
    assert role_source(RoleId(SERVER), SERVER) == OF_THE_SERVER
    assert role_source(RoleId(1), SERVER) == LimitSource(LimitScope.ROLE, 1)


def test_fields_of_no_window_have_none() -> None:
    assert PER_REQUEST.window is None
    assert cap_field(Unit.IMAGES, WEEK).window == WEEK
