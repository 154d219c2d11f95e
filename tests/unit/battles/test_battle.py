"""The rules of a battle: who votes, what votes come to, what ends them."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.battles.battle import (
    NO_VOTES,
    Battle,
    BattleState,
    BattleVote,
    CallOff,
    Count,
    Side,
    check_may_vote,
    released,
    tally,
)
from bot.domain.battles.errors import BattleNotOpen, BattleOver, OwnBattle
from bot.domain.gate.permissions import Action, Actor, Allowed, Denied, may
from bot.domain.gate.rule import Rule
from bot.domain.ids import BattleId, ChannelId, GuildId, UserId
from tests.clock import NOON
from tests.storage.factories import make_job, make_request

STARTER, BOB = UserId(1), UserId(2)

votes_of_members = st.lists(
    st.builds(
        BattleVote,
        user_id=st.integers(1, 50).map(UserId),
        side=st.sampled_from(Side),
        weight=st.sampled_from([0, 500, 1_000]),
        cast_at=st.just(NOON),
    ),
    max_size=40,
)


def make_battle(**overrides: object) -> Battle:
    battle = Battle(
        id=BattleId("1"),
        guild_id=GuildId(70),
        channel_id=ChannelId(700),
        starter_id=STARTER,
        locale="en-US",
        prompt="a red fox",
        style_a="server:a",
        style_b="preset:B",
        minutes=60,
        votes_wanted=None,
        created_at=NOON,
        state=BattleState.OPEN,
        closes_at=NOON + timedelta(hours=1),
    )
    return replace(battle, **overrides)  # type: ignore[arg-type] # fields by name


@given(votes_of_members, st.randoms(use_true_random=False))
def test_a_count_is_that_of_its_votes_in_whatever_order(
    votes: list[BattleVote], chance: random.Random
) -> None:
    shuffled = [*votes]
    chance.shuffle(shuffled)
    count = tally(shuffled)

    assert count == tally(votes)
    for side, number, weight in (
        (Side.A, count.votes_a, count.weight_a),
        (Side.B, count.votes_b, count.weight_b),
    ):
        own = [vote for vote in votes if vote.side is side and vote.weight]
        assert number == len(own)
        assert weight == sum(vote.weight for vote in own)


@given(votes_of_members)
def test_the_winner_has_more_than_half_of_the_weight(votes: list[BattleVote]) -> None:
    count = tally(votes)
    match count.winner, count.share_a:
        case Side.A, float(share):
            assert share > 0.5
        case Side.B, float(share):
            assert share < 0.5
        case None, share:
            assert share in {None, 0.5}
        case _:
            pytest.fail(f"{count}")


@pytest.mark.parametrize(
    ("battle", "user_id", "error"),
    [
        (make_battle(state=BattleState.ASKED), BOB, BattleNotOpen),
        (make_battle(state=BattleState.PAINTING), BOB, BattleNotOpen),
        (make_battle(state=BattleState.CLOSED), BOB, BattleOver),
        (make_battle(state=BattleState.CALLED_OFF), BOB, BattleOver),
        (make_battle(closes_at=NOON), BOB, BattleOver),
        (make_battle(), STARTER, OwnBattle),
    ],
)
def test_who_may_not_vote(battle: Battle, user_id: UserId, error: type[Exception]) -> None:
    with pytest.raises(error):
        check_may_vote(battle, user_id, now=NOON)
    check_may_vote(make_battle(), BOB, now=NOON)


def test_votes_close_a_battle_only_where_that_was_wanted() -> None:
    assert not make_battle().is_decided(Count(500, 500, 1, 1))
    assert not make_battle(votes_wanted=3).is_decided(Count(1, 1, 1, 1))
    assert make_battle(votes_wanted=3).is_decided(Count(1, 2, 1, 1))


@pytest.mark.parametrize("action", Action)
def test_what_is_in_a_battle_can_only_be_reported_until_it_ends(action: Action) -> None:
    job = make_job(request=make_request(private=True, battle=BattleId("1")))
    for user_id in (job.origin.user_id, BOB):
        actor = Actor(
            user_id=user_id,
            guild_id=job.origin.guild_id,
            channel_id=job.origin.channel_id,
            manages_messages=True,
        )
        expected = Allowed() if action is Action.REPORT else Denied(Rule.BATTLE_OPEN)
        assert may(action, actor, job) == expected
        ended = released(job, make_battle(state=BattleState.CLOSED, count=NO_VOTES))
        assert may(action, actor, ended) != Denied(Rule.BATTLE_OPEN)


def test_what_a_moderator_removed_stays_its_members_own() -> None:
    job = make_job(request=make_request(private=True, battle=BattleId("1")))
    removed = released(job, make_battle(call_off=CallOff.REMOVED))

    assert removed.request == make_request(private=True)
    assert released(job, make_battle(call_off=CallOff.STOPPED)).request.private is False
