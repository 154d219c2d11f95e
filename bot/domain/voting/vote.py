"""A vote, what it counts for, and what votes come to.

Weights are in thousandths, so that sums are exact whatever the order of their parts.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import GuildId, ImageId, UserId
from bot.domain.ranking.vote_share import lower_bound

FULL_WEIGHT = 1_000


class VoteValue(StrEnum):
    """What a member says of a picture."""

    UP = "up"
    DOWN = "down"


class Newness(StrEnum):
    """What of a member was new when they voted."""

    NONE = "none"
    ACCOUNT = "account"
    MEMBERSHIP = "membership"
    BOTH = "both"


class SubjectKind(StrEnum):
    """What votes are counted for."""

    IMAGE = "image"
    STYLE = "style"
    MODEL = "model"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a tally is of: an image, a style, a model, or the member who asked for an image."""

    kind: SubjectKind
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """A member's vote on an image; `weight` is in thousandths.

    Attributes:
        newness: what of the member was new then; None of votes from before that was written down.
        held: whether it waits for moderators, and counts for nothing until they say so.
    """

    image_id: ImageId
    user_id: UserId
    guild_id: GuildId
    value: VoteValue
    weight: int
    cast_at: datetime
    newness: Newness | None = None
    held: bool = False

    @property
    def is_of_a_new_member(self) -> bool:
        """Whether its member was new to the server."""
        return self.newness in (Newness.MEMBERSHIP, Newness.BOTH)


@dataclass(frozen=True, slots=True)
class MemberVotes:
    """How many votes a member has in a server, or had."""

    user_id: UserId
    votes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What votes on an image count for, with which share in thousandths.

    Votes of the `owner` do not count for it. An indirect credit adds weight, but no vote.
    """

    subject: Subject
    owner: UserId
    share: int = FULL_WEIGHT
    direct: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """How many votes there are for and against, and their weights in thousandths."""

    ups: int = 0
    downs: int = 0
    up_weight: int = 0
    down_weight: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """The tally of both."""
        return Tally(
            self.ups + other.ups,
            self.downs + other.downs,
            self.up_weight + other.up_weight,
            self.down_weight + other.down_weight,
        )

    def __neg__(self) -> "Tally":
        """What takes this tally back."""
        return Tally(-self.ups, -self.downs, -self.up_weight, -self.down_weight)

    @property
    def is_empty(self) -> bool:
        """Whether no vote is in it."""
        return self == NO_VOTES

    @property
    def score(self) -> float:
        """By what it is ranked: the share in favour is at least this, from 0 to 1."""
        return lower_bound(self.up_weight / FULL_WEIGHT, self.down_weight / FULL_WEIGHT)


NO_VOTES = Tally()


def counted(vote: Vote, credit: Credit) -> Tally:
    """What a vote adds to the tally that a credit names."""
    if vote.held or vote.user_id == credit.owner:
        return NO_VOTES
    votes = int(credit.direct)
    weight = vote.weight * credit.share // FULL_WEIGHT
    if vote.value is VoteValue.UP:
        return Tally(ups=votes, up_weight=weight)
    return Tally(downs=votes, down_weight=weight)
