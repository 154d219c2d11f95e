"""Who may discipline whom, who is kept from asking, and how many reports count."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conduct.authority import (
    NO_MEMBER,
    Rank,
    Untouchable,
    untouchable,
    untouchable_everywhere,
)
from bot.domain.conduct.bars import Barred, Block
from bot.domain.conduct.conduct import Strike, StrikeRules
from bot.domain.gate.rule import Rule
from bot.domain.ids import GuildId, UserId
from bot.domain.jobs.failure import FailureReason, prevented_by
from bot.domain.moderation.report_weight import MOST_REJECTED, reports_a_day

NOW = datetime(2026, 5, 17, 12, tzinfo=UTC)
ALICE, BOB = UserId(7), UserId(8)
OWNERS = frozenset({UserId(1), UserId(2)})

heights = st.tuples(st.integers(0, 9), st.integers(-9, -1))
ranks = st.builds(
    Rank,
    user_id=st.integers(1, 4).map(UserId),
    height=heights,
    owns_server=st.booleans(),
    is_bot=st.booleans(),
)


def rank(user_id: UserId, position: int, *, owns: bool = False, bot: bool = False) -> Rank:
    return Rank(user_id=user_id, height=(position, -1), owns_server=owns, is_bot=bot)


@pytest.mark.parametrize(
    ("moderator", "member", "why"),
    [
        (rank(ALICE, 2), rank(BOB, 1), None),
        (rank(ALICE, 2), Rank(user_id=BOB), None),
        (rank(ALICE, 2), rank(BOB, 2), Untouchable.NOT_BELOW_YOU),
        (rank(ALICE, 1), rank(BOB, 2), Untouchable.NOT_BELOW_YOU),
        (rank(ALICE, 0, owns=True), rank(BOB, 9), None),
        (rank(ALICE, 9), rank(BOB, 1, owns=True), Untouchable.SERVER_OWNER),
        (rank(ALICE, 9, owns=True), rank(ALICE, 9, owns=True), Untouchable.YOURSELF),
        (rank(ALICE, 9, owns=True), rank(BOB, 1, bot=True), Untouchable.BOT),
    ],
)
def test_roles_decide_who_may_strike_whom(
    moderator: Rank, member: Rank, why: Untouchable | None
) -> None:
    assert untouchable(moderator, member) == why


@given(ranks, ranks)
def test_no_two_members_can_strike_each_other(one: Rank, other: Rank) -> None:
    # A server has one owner.
    if one.owns_server and other.owns_server:
        return
    assert untouchable(one, other) is not None or untouchable(other, one) is not None


@pytest.mark.parametrize(
    ("member", "why"),
    [
        (rank(BOB, 99, owns=True), None),
        (Rank(user_id=BOB, height=NO_MEMBER), None),
        (rank(UserId(1), 0), Untouchable.YOURSELF),
        (rank(UserId(2), 0), Untouchable.BOTS_OWNER),
        (rank(BOB, 0, bot=True), Untouchable.BOT),
    ],
)
def test_the_bots_owner_blocks_anybody_but_a_bot_and_the_owners(
    member: Rank, why: Untouchable | None
) -> None:
    assert untouchable_everywhere(UserId(1), member, owners=OWNERS) == why


def block(*, until: datetime | None = None, reason: str = "spam") -> Block:
    return Block(guild_id=GuildId(70), user_id=ALICE, since=NOW, until=until, reason=reason)


def test_a_block_bars_one_member_and_says_why() -> None:
    barred = Barred(at=NOW, here={ALICE: block()})
    bar = barred.bar_of(ALICE)
    assert bar is not None
    assert (bar.rule, bar.until, bar.reason, bar.everywhere) == (Rule.BLOCKED, None, "spam", False)
    assert barred.bar_of(BOB) is None


def test_a_block_everywhere_is_told_first() -> None:
    barred = Barred(at=NOW, here={ALICE: block()}, everywhere={ALICE: block(reason="worse")})
    bar = barred.bar_of(ALICE)
    assert bar is not None
    assert (bar.reason, bar.everywhere) == ("worse", True)


@given(st.integers(1, 1_000), st.integers(0, 2_000))
def test_a_block_ends_when_it_says(lasts_h: int, later_h: int) -> None:
    ends = NOW + timedelta(hours=lasts_h)
    barred = Barred(at=NOW + timedelta(hours=later_h), here={ALICE: block(until=ends)})
    assert (barred.bar_of(ALICE) is not None) == (later_h < lasts_h)


@given(st.integers(0, 8))
def test_strikes_pause_and_never_block_by_themselves(count: int) -> None:
    rules = StrikeRules()
    strikes = (Strike(NOW, NOW + rules.counts_for),) * count
    bar = Barred(at=NOW, strikes={ALICE: strikes}, rules=rules).bar_of(ALICE)
    if rules.pause_at <= count < rules.block_at:
        assert bar is not None
        assert (bar.rule, bar.until) == (Rule.PAUSED_FOR_STRIKES, NOW + rules.pause)
    else:
        assert bar is None


def test_what_a_bar_prevents_is_not_taken_for_changed_rules() -> None:
    assert prevented_by(Rule.BLOCKED) is FailureReason.MEMBER_BARRED
    assert prevented_by(Rule.PAUSED_FOR_STRIKES) is FailureReason.MEMBER_BARRED
    assert prevented_by(Rule.PAUSED) is FailureReason.PAUSED
    assert prevented_by(Rule.BLOCKED_TERM) is FailureReason.RULES_CHANGED
    assert prevented_by(None) is FailureReason.RULES_CHANGED


def test_who_reported_falsely_may_report_little() -> None:
    assert reports_a_day(MOST_REJECTED) < reports_a_day(MOST_REJECTED - 1)
