"""Samples of the messages of the checks on votes; see `message_samples`."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.ids import ChannelId, GuildId, ImageId, MessageId, UserId
from bot.domain.jobs.job import MessageAddress
from bot.domain.styles.server_style import MAX_STYLE_NAME
from bot.domain.voting.explanation import Rank, StyleExplanation, VoteShare
from bot.domain.voting.holding import Hold, HoldId, HoldNotice, HoldState
from bot.domain.voting.vote import (
    NO_VOTES,
    MemberVotes,
    Newness,
    Subject,
    SubjectKind,
    Tally,
    Vote,
    VoteValue,
)
from bot.text.words import Words
from bot.ui.votes.vote_check_panel import (
    decided_panel,
    explanation_panel,
    hold_panel,
    hold_reminder_panel,
    withdrawal_panel,
    withdrawn_panel,
)
from tests.contract.sample_values import HIGHEST_ID
from tests.contract.sampling import Sample, Samples, registering_in

SAMPLES: Samples = {}

samples_of = registering_in(SAMPLES)

WHEN = datetime(2026, 5, 4, tzinfo=UTC)
MANY = 999_999
SHOWN = MessageAddress(channel_id=ChannelId(HIGHEST_ID), message_id=MessageId(HIGHEST_ID))


def notices() -> Iterator[HoldNotice]:
    votes = [
        Vote(
            image_id=ImageId("0123456789abcdef"),
            user_id=UserId(HIGHEST_ID - number),
            guild_id=GuildId(HIGHEST_ID),
            value=VoteValue.UP,
            weight=500,
            cast_at=WHEN,
        )
        for number in range(500)
    ]
    for kind in SubjectKind:
        hold = Hold(
            id=HoldId("0123456789abcdef"),
            guild_id=GuildId(HIGHEST_ID),
            subject=Subject(kind, f"{HIGHEST_ID}"),
            since=WHEN,
        )
        yield HoldNotice(hold, votes, "*" * MAX_STYLE_NAME, SHOWN)
        yield HoldNotice(hold, votes[:1])


@samples_of(explanation_panel)
def _(words: Words) -> Iterator[Sample]:
    shares = [
        VoteShare(
            weight=weight,
            newness=newness,
            held=held,
            on_descendants=held,
            tally=Tally(MANY, MANY, MANY * weight, MANY * weight),
        )
        for weight in (1_000, 500, 0)
        for newness in (*Newness, None)
        for held in (True, False)
    ]
    shares += [replace(share, held=False, on_descendants=True) for share in shares]
    name, tally = "*" * MAX_STYLE_NAME, Tally(MANY, MANY, MANY, MANY)
    for rank in (Rank(MANY, MANY), None):
        yield explanation_panel(
            StyleExplanation(name=name, tally=tally, shares=shares, rank=rank), words
        )
    yield explanation_panel(StyleExplanation(name="a", tally=NO_VOTES, shares=(), rank=None), words)


@samples_of(hold_panel)
def _(words: Words) -> Iterator[Sample]:
    for notice in notices():
        yield hold_panel(notice, words)


@samples_of(hold_reminder_panel)
def _(words: Words) -> Iterator[Sample]:
    for notice in notices():
        yield hold_reminder_panel(notice, words)


@samples_of(decided_panel)
def _(words: Words) -> Iterator[Sample]:
    for notice in notices():
        for state in HoldState:
            done = replace(notice, hold=replace(notice.hold, state=state))
            yield decided_panel(done, HIGHEST_ID, words)


@samples_of(withdrawal_panel)
def _(words: Words) -> Iterator[Sample]:
    for votes in (1, MANY):
        yield withdrawal_panel(MemberVotes(UserId(HIGHEST_ID), votes), words)


@samples_of(withdrawn_panel)
def _(words: Words) -> Iterator[Sample]:
    for votes in (1, MANY):
        yield withdrawn_panel(MemberVotes(UserId(HIGHEST_ID), votes), words)
