"""A round, its phases, and the styles that members propose in it.

    proposing → voting → counting → closed
              ↘         ↘
                cancelled          (by whoever may manage the server, before the count)

A round that ends with too few proposals goes from proposing to counting, and has no winner.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.ids import ChannelId, GuildId, ImageId, UserId
from bot.domain.styles.server_style import StyleDraft

RoundId = NewType("RoundId", str)

MAX_THEME_CHARS = 100
MAX_DAYS = 14
"""For proposals, and as many for votes."""

MAX_WINNERS = 5
MAX_WEEKS = 52
FEWEST_PROPOSALS = 2
"""With fewer there is nothing to vote on."""

_LONG_PHASE = timedelta(days=2)
_LONG_NOTICE = timedelta(days=1)


class Phase(StrEnum):
    """Where a round stands."""

    PROPOSING = "proposing"
    VOTING = "voting"
    COUNTING = "counting"
    CLOSED = "closed"
    CANCELLED = "cancelled"


OVER = frozenset({Phase.CLOSED, Phase.CANCELLED})
"""Phases in which the channel is free for another round."""


class VotingWay(StrEnum):
    """How members vote: for as many as they like, or for some in order."""

    APPROVAL = "approval"
    RANKED = "ranked"


class WinnerNote(StrEnum):
    """What became of a winner as a style of the server."""

    KEPT = "kept"
    RENAMED = "renamed"
    NO_ROOM = "no_room"
    UNPAINTABLE = "unpaintable"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlan:
    """What whoever opens a round decides. Winners stay in the server's styles for `weeks`."""

    theme: str
    proposal_days: int
    vote_days: int
    winners: int
    weeks: int
    way: VotingWay = VotingWay.APPROVAL
    sets_default: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A style's place at the end; its weight is in thousandths of a vote.

    Who proposed it is said by the proposal alone, and is gone with it.
    """

    number: int
    name: str
    weight: int


@dataclass(frozen=True, slots=True)
class Winner:
    """A winner as a style of the server, under the name that was free."""

    number: int
    style_id: str
    name: str
    note: WinnerNote


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundResult:
    """What a round came to. `places` are the first ones, the best first.

    `equals` are the names of those who had equally much where a winner was decided.
    """

    ballots: int
    proposals: int
    places: tuple[Placed, ...] = ()
    equals: tuple[str, ...] = ()
    winners: tuple[Winner, ...] = ()
    default_style: str | None = None
    offered_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleRound:
    """A round in a channel. `phase_ends` is when the present phase ends by itself.

    `told` and `reminded` are the last phases that the channel was told of and reminded of.
    """

    id: RoundId
    guild_id: GuildId
    channel_id: ChannelId
    plan: RoundPlan
    opened_by: UserId
    opened_at: datetime
    phase_ends: datetime
    phase: Phase = Phase.PROPOSING
    told: Phase = Phase.PROPOSING
    reminded: Phase | None = None
    left_out: int = 0
    result: RoundResult | None = None

    def is_in(self, phase: Phase, now: datetime) -> bool:
        """Whether it is in a phase whose time is not over."""
        return self.phase is phase and now < self.phase_ends

    @property
    def voting_lasts(self) -> timedelta:
        """How long members may vote."""
        return timedelta(days=self.plan.vote_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleProposal:
    """A style that a member proposes. Without an example picture it does not stand yet."""

    round_id: RoundId
    number: int
    author_id: UserId
    draft: StyleDraft
    proposed_at: datetime
    image_id: ImageId | None = None
    withdrawn: bool = False

    @property
    def stands(self) -> bool:
        """Whether it can be voted for."""
        return not self.withdrawn and self.image_id is not None


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a member votes for: numbers of proposals, the best first where that counts.

    The weight is in thousandths.
    """

    user_id: UserId
    choices: tuple[int, ...]
    weight: int


def opened(
    round_id: RoundId,
    plan: RoundPlan,
    *,
    guild_id: GuildId,
    channel_id: ChannelId,
    by: UserId,
    now: datetime,
) -> StyleRound:
    """A new round, which takes proposals."""
    return StyleRound(
        id=round_id,
        guild_id=guild_id,
        channel_id=channel_id,
        plan=plan,
        opened_by=by,
        opened_at=now,
        phase_ends=now + timedelta(days=plan.proposal_days),
    )


def moved_on(style_round: StyleRound, now: datetime, *, standing: int) -> StyleRound:
    """The round as it goes on where its phase is over; the same one where it is not.

    Members get their full time to vote, however late the vote began.
    """
    if now < style_round.phase_ends:
        return style_round
    match style_round.phase:
        case Phase.PROPOSING if standing >= FEWEST_PROPOSALS:
            ends = now + style_round.voting_lasts
            return replace(style_round, phase=Phase.VOTING, phase_ends=ends)
        case Phase.PROPOSING | Phase.VOTING:
            return replace(style_round, phase=Phase.COUNTING)
        case _:
            return style_round


def reminder_at(begins: datetime, ends: datetime) -> datetime:
    """When members are reminded of a phase: a day before its end, in a short one at 3/4 of it."""
    lasts = ends - begins
    return ends - (_LONG_NOTICE if lasts >= _LONG_PHASE else lasts / 4)
