"""For what a vote counts, and how much."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import GuildId, ImageId, UserId
from bot.domain.jobs.job import Job
from bot.domain.voting.credits import Forebear, credits_of, read_style_key, server_style_key
from bot.domain.voting.span import span_keys
from bot.domain.voting.vote import (
    FULL_WEIGHT,
    NO_VOTES,
    Credit,
    Subject,
    SubjectKind,
    Tally,
    Vote,
    VoteValue,
    counted,
)
from bot.domain.voting.weight import vote_weight
from tests.storage.factories import make_job, make_origin, make_recipe, make_request

NOW = datetime(2025, 5, 20, 12, 0, tzinfo=UTC)
HOME = GuildId(9)
ALICE, BOB, CAROL = UserId(1), UserId(2), UserId(3)


def job_of(user_id: UserId, *, guild_id: GuildId = HOME, **changes: object) -> Job:
    return make_job(origin=make_origin(user_id=user_id, guild_id=guild_id), **changes)


def shares(credits_: tuple[Credit, ...]) -> dict[tuple[str, str], int]:
    return {(each.subject.kind, each.subject.key): each.share for each in credits_}


def a_vote(
    user_id: UserId = CAROL, *, value: VoteValue = VoteValue.UP, weight: int = 1_000
) -> Vote:
    return Vote(
        image_id=ImageId("child"),
        user_id=user_id,
        guild_id=GuildId(9),
        value=value,
        weight=weight,
        cast_at=NOW,
    )


def test_a_vote_counts_for_the_image_its_style_model_and_member() -> None:
    job = job_of(ALICE, recipe=make_recipe(style="Watercolor"))

    assert shares(credits_of(ImageId("child"), job, [])) == {
        ("image", "child"): FULL_WEIGHT,
        ("model", "test-model"): FULL_WEIGHT,
        ("member", "1"): FULL_WEIGHT,
        ("style", "preset:Watercolor"): FULL_WEIGHT,
    }


def test_a_servers_style_counts_instead_of_the_preset_beneath_it() -> None:
    job = job_of(
        ALICE,
        request=make_request(server_style="abc"),
        recipe=make_recipe(style="Watercolor"),
    )

    keys = [key for kind, key in shares(credits_of(ImageId("child"), job, [])) if kind == "style"]

    assert keys == [server_style_key("abc")]
    assert read_style_key(keys[0]) == ("abc", None)
    assert read_style_key("preset:Noir") == (None, "Noir")


def test_each_generation_back_counts_half_of_the_one_before() -> None:
    forebears = [Forebear(ImageId(f"a{age}"), job_of(BOB)) for age in (1, 2, 3, 4)]

    found = shares(credits_of(ImageId("child"), job_of(ALICE), forebears))

    assert [found.get(("image", f"a{age}")) for age in (1, 2, 3, 4)] == [500, 250, 125, None]


@pytest.mark.parametrize(
    "hidden",
    [
        job_of(BOB, request=make_request(private=True)),
        job_of(BOB, deleted_at=NOW),
        job_of(BOB, guild_id=GuildId(8)),
    ],
)
def test_what_the_server_does_not_see_is_no_ancestor(hidden: Job) -> None:
    forebears = [Forebear(ImageId("hidden"), hidden), Forebear(ImageId("seen"), job_of(BOB))]

    found = shares(credits_of(ImageId("child"), job_of(ALICE), forebears))

    assert ("image", "hidden") not in found
    assert found["image", "seen"] == 250


def test_nobodys_vote_counts_for_an_ancestor_of_their_own() -> None:
    credit = Credit(subject=Subject(SubjectKind.IMAGE, "parent"), owner=CAROL, direct=False)

    assert counted(a_vote(CAROL), credit) == NO_VOTES
    assert counted(a_vote(BOB), credit) == Tally(up_weight=1_000)


@pytest.mark.parametrize(
    ("account_days", "member_days", "weight"),
    [
        (0, 0, 0),
        (6.9, 400, 0),
        (7, 400, 500),
        (30, 400, 1_000),
        (400, 0.9, 0),
        (400, 1, 500),
        (400, 7, 1_000),
        (400, None, 1_000),
    ],
)
def test_fresh_accounts_and_new_members_weigh_less(
    account_days: float, member_days: float | None, weight: int
) -> None:
    since = None if member_days is None else NOW - timedelta(days=member_days)
    account = NOW - timedelta(days=account_days)
    assert vote_weight(now=NOW, account_since=account, member_since=since) == weight


@pytest.mark.parametrize(
    ("at", "keys"),
    [
        (datetime(2025, 5, 20, tzinfo=UTC), ("2025-W21", "2025-05", "all")),
        (datetime(2024, 12, 30, tzinfo=UTC), ("2025-W01", "2024-12", "all")),
    ],
)
def test_a_vote_counts_in_its_week_its_month_and_for_all_time(
    at: datetime, keys: tuple[str, ...]
) -> None:
    assert span_keys(at) == keys


tallies = st.builds(Tally, *[st.integers(0, 10_000)] * 4)


@given(tallies, tallies)
def test_what_is_added_can_be_taken_back(one: Tally, other: Tally) -> None:
    assert one + other + -other == one
    assert 0 <= one.score <= 1
