"""Which votes make a burst, and what of a member makes a vote weigh less."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.ids import GuildId, ImageId, UserId
from bot.domain.voting.holding import BURST_WITHIN, FEWEST_MEMBERS, burst_among, watched
from bot.domain.voting.vote import (
    FULL_WEIGHT,
    NO_VOTES,
    Credit,
    Newness,
    Subject,
    SubjectKind,
    Vote,
    VoteValue,
    counted,
)
from bot.domain.voting.weight import newness_of, vote_weight

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
OWNER = UserId(99)


def vote_by(
    member: int,
    *,
    newness: Newness | None = Newness.MEMBERSHIP,
    ago: timedelta = timedelta(0),
    held: bool = False,
) -> Vote:
    return Vote(
        image_id=ImageId("image"),
        user_id=UserId(member),
        guild_id=GuildId(1),
        value=VoteValue.UP,
        weight=500,
        cast_at=NOW - ago,
        newness=newness,
        held=held,
    )


votes = st.lists(
    st.builds(
        vote_by,
        st.integers(1, 8),
        newness=st.sampled_from([*Newness, None]),
        ago=st.integers(0, 20).map(lambda minutes: timedelta(minutes=minutes)),
        held=st.booleans(),
    ),
    max_size=16,
)


@settings(max_examples=60)
@given(votes=votes)
def test_a_burst_is_of_enough_new_members_within_the_time(votes: list[Vote]) -> None:
    burst = burst_among(votes, now=NOW)

    assert all(vote.is_of_a_new_member and not vote.held for vote in burst)
    assert all(NOW - vote.cast_at <= BURST_WITHIN for vote in burst)
    assert not burst or len({vote.user_id for vote in burst}) >= FEWEST_MEMBERS
    # Votes of members who were here before change nothing.
    others = [vote_by(member, newness=Newness.ACCOUNT) for member in range(20)]
    assert burst_among([*votes, *others], now=NOW) == burst


def test_one_member_who_votes_often_is_no_burst() -> None:
    members = [vote_by(member) for member in range(FEWEST_MEMBERS)]

    assert burst_among(members, now=NOW) == members
    assert burst_among(members[1:] * 3, now=NOW) == []


def test_the_narrowest_subject_is_looked_at_first_and_models_and_ancestors_never() -> None:
    kinds = (SubjectKind.MODEL, SubjectKind.MEMBER, SubjectKind.STYLE, SubjectKind.IMAGE)
    direct = [Credit(subject=Subject(kind, "x"), owner=OWNER) for kind in kinds]
    ancestor = Credit(subject=Subject(SubjectKind.IMAGE, "parent"), owner=OWNER, direct=False)

    assert [each.kind for each in watched([*direct, ancestor])] == [
        SubjectKind.IMAGE,
        SubjectKind.STYLE,
        SubjectKind.MEMBER,
    ]


def test_a_held_vote_counts_for_nothing() -> None:
    credit = Credit(subject=Subject(SubjectKind.IMAGE, "image"), owner=OWNER)

    assert counted(vote_by(1, held=True), credit) == NO_VOTES
    assert counted(vote_by(1), credit).ups == 1


@pytest.mark.parametrize(
    ("account_days", "member_days", "newness"),
    [
        (400, 400, Newness.NONE),
        (400, None, Newness.NONE),
        (29, 400, Newness.ACCOUNT),
        (400, 6, Newness.MEMBERSHIP),
        (3, 0, Newness.BOTH),
    ],
)
def test_it_is_said_what_was_new(
    account_days: int, member_days: int | None, newness: Newness
) -> None:
    account = NOW - timedelta(days=account_days)
    member = None if member_days is None else NOW - timedelta(days=member_days)

    assert newness_of(now=NOW, account_since=account, member_since=member) is newness


ages = st.integers(0, 60).map(lambda days: timedelta(days=days))


@settings(max_examples=60)
@given(account=ages, member=st.none() | ages)
def test_a_vote_weighs_less_exactly_if_something_was_new(
    account: timedelta, member: timedelta | None
) -> None:
    since = None if member is None else NOW - member
    weight = vote_weight(now=NOW, account_since=NOW - account, member_since=since)
    newness = newness_of(now=NOW, account_since=NOW - account, member_since=since)

    assert (weight == FULL_WEIGHT) is (newness is Newness.NONE)
