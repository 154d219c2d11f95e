"""Who may do what with a result."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asking.request import ImageRequest
from bot.domain.gate.permissions import Action, Actor, Allowed, Denied, may
from bot.domain.gate.rule import Rule
from bot.domain.ids import ChannelId, GuildId, UserId
from bot.domain.jobs.job import Job
from tests.unit.test_job import make_image, make_job

ALICE, BOB = UserId(1), UserId(2)
HERE, ELSEWHERE = ChannelId(2), ChannelId(3)
SERVER = GuildId(9)


def make_result(*, private: bool = False, guild_id: GuildId | None = SERVER) -> Job:
    """A result of Alice's, in the channel that is here."""
    job = make_job(make_image())
    return replace(
        job,
        request=ImageRequest(prompt="a lighthouse in fog", private=private),
        origin=replace(job.origin, user_id=ALICE, channel_id=HERE, guild_id=guild_id),
    )


def make_actor(
    user_id: UserId, *, channel_id: ChannelId = HERE, manages_messages: bool = False
) -> Actor:
    return Actor(
        user_id=user_id,
        guild_id=SERVER,
        channel_id=channel_id,
        manages_messages=manages_messages,
    )


VOTES = {Action.UPVOTE, Action.DOWNVOTE}


@pytest.mark.parametrize("action", sorted(set(Action) - {Action.SHARE, Action.DELETE} - VOTES))
@pytest.mark.parametrize("member", [ALICE, BOB])
def test_a_public_result_is_everybodys(action: Action, member: UserId) -> None:
    assert may(action, make_actor(member), make_result()) == Allowed()


@given(
    action=st.sampled_from(Action),
    manages_messages=st.booleans(),
    channel_id=st.sampled_from([HERE, ELSEWHERE]),
)
def test_a_private_result_is_nobody_elses(
    action: Action, *, manages_messages: bool, channel_id: ChannelId
) -> None:
    stranger = make_actor(BOB, channel_id=channel_id, manages_messages=manages_messages)

    decision = may(action, stranger, make_result(private=True))

    assert decision == Denied(Rule.RESULT_PRIVATE)


@pytest.mark.parametrize("action", sorted(VOTES))
def test_a_picture_is_voted_on_by_all_but_its_member(action: Action) -> None:
    assert may(action, make_actor(BOB), make_result()) == Allowed()
    assert may(action, make_actor(ALICE), make_result()) == Denied(Rule.YOUR_OWN_PICTURE)


@pytest.mark.parametrize("action", sorted(set(Action) - VOTES))
def test_a_private_result_is_its_members(action: Action) -> None:
    assert may(action, make_actor(ALICE), make_result(private=True)) == Allowed()


@pytest.mark.parametrize(
    ("actor", "decision"),
    [
        (make_actor(ALICE), Allowed()),
        (make_actor(BOB), Denied(Rule.NOT_YOUR_RESULT)),
        (make_actor(BOB, manages_messages=True), Allowed()),
        (
            make_actor(BOB, manages_messages=True, channel_id=ELSEWHERE),
            Denied(Rule.NOT_YOUR_RESULT),
        ),
        (make_actor(ALICE, channel_id=ELSEWHERE), Allowed()),
    ],
)
def test_a_result_is_deleted_by_its_member_or_a_moderator_of_its_channel(
    actor: Actor, decision: Allowed | Denied
) -> None:
    assert may(Action.DELETE, actor, make_result()) == decision


def test_what_everybody_sees_is_not_shared() -> None:
    assert may(Action.SHARE, make_actor(ALICE), make_result()) == Denied(Rule.ALREADY_PUBLIC)


def test_in_direct_messages_there_is_nobody_to_share_with() -> None:
    job = make_result(private=True, guild_id=None)

    assert may(Action.SHARE, make_actor(ALICE), job) == Denied(Rule.NOBODY_TO_SHARE_WITH)
