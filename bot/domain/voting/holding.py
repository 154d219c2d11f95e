"""Bursts of votes by new members: they are held until moderators say whether they count.

Whoever calls friends, or makes accounts, to vote something up comes at once and comes new. New
members who like what they see are as welcome as others, so nothing is thrown away by itself.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.ids import GuildId, UserId
from bot.domain.jobs.job import MessageAddress
from bot.domain.moderation.errors import OwnVotesHeld
from bot.domain.voting.vote import Credit, Subject, SubjectKind, Vote

FEWEST_MEMBERS = 5
BURST_WITHIN = timedelta(minutes=10)

HoldId = NewType("HoldId", str)
"""Votes that are held together: as many hexadecimal digits as other ids have."""

_WATCHED = (SubjectKind.IMAGE, SubjectKind.STYLE, SubjectKind.MEMBER)
"""The narrowest first. A model gets votes from everybody, so that a burst says nothing there."""


class HoldState(StrEnum):
    """What became of held votes. The values are in the database: they are never renamed."""

    OPEN = "open"
    COUNTED = "counted"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Votes for one subject that wait for a decision, or got one.

    Attributes:
        told: whether moderators were told of it.
    """

    id: HoldId
    guild_id: GuildId
    subject: Subject
    since: datetime
    state: HoldState = HoldState.OPEN
    told: bool = False


def watched(credits_: Collection[Credit]) -> Sequence[Subject]:
    """Of what a vote counts for, that which a burst may be on, the narrowest first."""
    subjects = [credit.subject for credit in credits_ if credit.direct]
    return [subject for kind in _WATCHED for subject in subjects if subject.kind is kind]


def burst_among(votes: Collection[Vote], *, now: datetime) -> Sequence[Vote]:
    """The votes that make a burst, of those for one subject; none where they make none."""
    found = [
        vote
        for vote in votes
        if vote.is_of_a_new_member and not vote.held and now - vote.cast_at <= BURST_WITHIN
    ]
    return found if len({vote.user_id for vote in found}) >= FEWEST_MEMBERS else []


def check_decider(
    moderator: UserId, interested: Collection[UserId], *, others_moderate: bool
) -> None:
    """See whether a moderator may decide on held votes.

    Args:
        moderator: who wants to.
        interested: who painted what the votes are for, or wrote the style that they are for.
        others_moderate: whether anybody else could decide; else votes would wait for ever.

    Raises:
        OwnVotesHeld: if others should.
    """
    if moderator in interested and others_moderate:
        raise OwnVotesHeld


@dataclass(frozen=True, slots=True)
class HoldNotice:
    """What moderators are told: of which votes, for what.

    Attributes:
        style: the name of the style that they are for, if they are for one.
        shown: where the picture is shown that they are for, if they are for one.
    """

    hold: Hold
    votes: Sequence[Vote]
    style: str | None = None
    shown: MessageAddress | None = None

    @property
    def members(self) -> Sequence[UserId]:
        """Whose votes those are, each once."""
        return list(dict.fromkeys(vote.user_id for vote in self.votes))
