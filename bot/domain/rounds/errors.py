"""What can be wrong about rounds. Nothing could have been charged."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import KeepingError


class RoundError(KeepingError):
    """About a round."""


class NoRoundHere(RoundError):
    """There is no open round in the channel."""


@dataclass(eq=False)
class RoundOpenAlready(RoundError):
    """The channel has a round that is not over."""

    theme: str


class CannotAnnounceHere(RoundError):
    """The bot may not send messages with files in the channel."""


@dataclass(eq=False)
class ThemeEmpty(RoundError):
    """A round needs a theme."""

    limit: int


@dataclass(eq=False)
class ProposalsOver(RoundError):
    """The round takes no more proposals; members vote until a moment, where that is known."""

    votes_until: datetime | None


@dataclass(eq=False)
class VotingNotBegun(RoundError):
    """Members still propose, until then."""

    proposals_until: datetime


class VotingOver(RoundError):
    """The round takes no more ballots."""


@dataclass(eq=False)
class ProposalsFull(RoundError):
    """The round has as many proposals as any round takes."""

    limit: int


@dataclass(eq=False)
class TooManyOfYours(RoundError):
    """The member has as many proposals in the round as a member may have."""

    limit: int


@dataclass(eq=False)
class ProposalExists(RoundError):
    """The round has a style of that name."""

    name: str


@dataclass(eq=False)
class ProposalUnknown(RoundError):
    """The round has no style of that name that the member may withdraw."""

    name: str


class ExampleNotFound(RoundError):
    """The picture named as an example is none that the member may show here."""


class ExampleThere(RoundError):
    """The proposal has its example already, or is withdrawn."""


class NothingToVoteFor(RoundError):
    """All styles of the round are the member's own."""


class BallotOutdated(RoundError):
    """A menu was used that is not the ballot's present one."""
