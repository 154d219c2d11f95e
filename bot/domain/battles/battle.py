"""A battle of two styles: one prompt, one seed, two pictures shown as A and B without names.

    asked → painting → open → closed
                  ↘      ↘ called off

Which style is A is drawn by lot and stored. Until the battle has ended, its pictures are private
requests that name it (`bot.domain.asking.any_recipe.is_blind`). One that is called off counts for
nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.asking.request import ImageRequest
from bot.domain.battles.errors import BattleNotOpen, BattleOver, OwnBattle
from bot.domain.ids import BattleId, ChannelId, GuildId, JobId, UserId
from bot.domain.jobs.failure import ImageFailure
from bot.domain.jobs.job import Job, MessageAddress

FEWEST_MINUTES = 5
MOST_MINUTES = 7 * 24 * 60
DEFAULT_MINUTES = 60
MOST_VOTES = 1_000

MOST_OPEN = 20
"""Battles of one server at the same time."""

RESTS_FOR = timedelta(days=7)
"""A pair is not chosen again so soon, as long as there is another."""


class Side(StrEnum):
    """Where a picture stands."""

    A = "a"
    B = "b"


class BattleState(StrEnum):
    """Where a battle is on its walk. The values are in the database: they are never renamed."""

    ASKED = "asked"
    PAINTING = "painting"
    OPEN = "open"
    CLOSED = "closed"
    CALLED_OFF = "called_off"


GOING_ON = frozenset({BattleState.PAINTING, BattleState.OPEN})


class CallOff(StrEnum):
    """Why a battle came to nothing. What a moderator removed is shown to nobody again."""

    NOT_PAINTED = "not_painted"
    BLURRED = "blurred"
    DELETED = "deleted"
    STOPPED = "stopped"
    REMOVED = "removed"
    UNREACHABLE = "unreachable"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Count:
    """The votes of a battle that weigh anything, and their weights in thousandths."""

    votes_a: int = 0
    votes_b: int = 0
    weight_a: int = 0
    weight_b: int = 0

    @property
    def votes(self) -> int:
        """How many votes weigh anything."""
        return self.votes_a + self.votes_b

    @property
    def share_a(self) -> float | None:
        """The share of the weights that is A's; None without votes."""
        total = self.weight_a + self.weight_b
        return self.weight_a / total if total else None

    @property
    def winner(self) -> Side | None:
        """Who has more weight; None where nobody has."""
        if self.weight_a == self.weight_b:
            return None
        return Side.A if self.weight_a > self.weight_b else Side.B

    def votes_of(self, side: Side) -> int:
        """How many votes a side has."""
        return self.votes_a if side is Side.A else self.votes_b


NO_VOTES = Count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Battle:
    """A battle, at any time of its life.

    `style_a` and `style_b` are keys as in `bot.domain.voting.credits`, so that a renamed or a
    retired style keeps its battles, and those of a merged one count for its heir. The prompt is
    forgotten once the end was told.

    Attributes:
        minutes: how long it is open.
        votes_wanted: after how many votes it closes before its time.
        shown: its message, from the moment it is painted on.
        failure: why a picture was not painted, where that called it off, and by which job.
        count: what came of it, once it is closed.
    """

    id: BattleId
    guild_id: GuildId
    channel_id: ChannelId
    starter_id: UserId
    locale: str
    prompt: str
    style_a: str
    style_b: str
    minutes: int
    votes_wanted: int | None
    created_at: datetime
    state: BattleState = BattleState.ASKED
    shown: MessageAddress | None = None
    closes_at: datetime | None = None
    closed_at: datetime | None = None
    call_off: CallOff | None = None
    failure: ImageFailure | None = None
    failed_job: JobId | None = None
    count: Count = NO_VOTES

    def style_of(self, side: Side) -> str:
        """The key of a side's style."""
        return self.style_a if side is Side.A else self.style_b

    def is_decided(self, count: Count) -> bool:
        """Whether enough have voted for it to close before its time."""
        return self.votes_wanted is not None and count.votes >= self.votes_wanted


@dataclass(frozen=True, slots=True)
class BattleSide:
    """A side's picture: the job that paints it, and whether it is ready to be shown."""

    side: Side
    job_id: JobId
    is_ready: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BattleVote:
    """A member's vote in a battle; `weight` is in thousandths."""

    user_id: UserId
    side: Side
    weight: int
    cast_at: datetime


def check_may_vote(battle: Battle, user_id: UserId, *, now: datetime) -> None:
    """Say whether a member may vote now.

    Whoever started a battle may have named its styles, and can wait for the pair they want.

    Raises:
        BattleNotOpen: if its pictures are not there yet.
        BattleOver: if it has ended, or its time is over.
        OwnBattle: if they started it.
    """
    if battle.state in {BattleState.ASKED, BattleState.PAINTING}:
        raise BattleNotOpen
    if battle.state is not BattleState.OPEN or battle.closes_at is None or now >= battle.closes_at:
        raise BattleOver
    if user_id == battle.starter_id:
        raise OwnBattle


def is_of_one_style(battle: Battle, heirs: Mapping[str, str]) -> bool:
    """Whether its styles are one by now, by the keys of merged styles and of their heirs."""
    one, other = (heirs.get(key, key) for key in (battle.style_a, battle.style_b))
    return one == other


def released(job: Job, battle: Battle) -> Job:
    """A picture of an ended battle: an ordinary result, for everybody unless it was removed."""
    request = job.request
    if not isinstance(request, ImageRequest):
        raise TypeError(f"job {job.id} is no painting")
    if battle.call_off is CallOff.REMOVED:
        return replace(job, request=replace(request, battle=None))
    return replace(job, request=replace(request, private=False))


def tally(votes: Iterable[BattleVote]) -> Count:
    """What votes come to, in whatever order they are; those that weigh nothing do not count."""
    sums = {side: [0, 0] for side in Side}
    for vote in votes:
        if vote.weight > 0:
            sums[vote.side][0] += 1
            sums[vote.side][1] += vote.weight
    (votes_a, weight_a), (votes_b, weight_b) = sums[Side.A], sums[Side.B]
    return Count(votes_a, votes_b, weight_a, weight_b)
