"""A contest: a theme, pictures that members enter, a blind vote, and a prize.

    submitting → voting → counting → closed
             ↘ too few        ↘ cancelled (from submitting and voting)

Nobody votes any more while it is counted, so that what was counted is what was voted.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.domain.ids import ChannelId, GuildId, ImageId, MessageId, UserId
from bot.domain.jobs.job import MessageAddress
from bot.domain.money import UsdMicros

ContestId = NewType("ContestId", str)

MOST_THEME_CHARS = 200
MOST_WORDS = 5
MOST_WORD_CHARS = 40
MOST_ENTRIES_OF_MEMBER = 3
MOST_HOURS = 24 * 14
DEFAULT_SUBMIT_HOURS = 48
DEFAULT_VOTE_HOURS = 24
DEFAULT_PRIZE_DAYS = 30

MOST_ENTRIES = 100
"""A gallery of more nobody looks at to its end."""

FEWEST_ENTRIES = 2
"""One picture alone is no contest."""

ENTRIES_PER_PAGE = 4


class Phase(StrEnum):
    """Where a contest is."""

    SUBMITTING = "submitting"
    VOTING = "voting"
    COUNTING = "counting"
    CLOSED = "closed"
    TOO_FEW = "too_few"
    CANCELLED = "cancelled"


OPEN_PHASES = frozenset({Phase.SUBMITTING, Phase.VOTING, Phase.COUNTING})
"""A server has one contest in these phases at a time."""


@dataclass(frozen=True, slots=True)
class Prize:
    """What each winner gets: extra images or dollars, for so many days."""

    images: int | None
    usd_micros: UsdMicros | None
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """A contest. `message` is where it stands, `announced` the phase that the message shows."""

    id: ContestId
    guild_id: GuildId
    channel_id: ChannelId
    opened_by: UserId
    theme: str
    words: tuple[str, ...]
    entries_of_member: int
    prize: Prize | None
    opened_at: datetime
    submit_until: datetime
    vote_until: datetime
    phase: Phase = Phase.SUBMITTING
    message_id: MessageId | None = None
    announced: Phase | None = None

    @property
    def message(self) -> MessageAddress | None:
        """Where it stands in its channel."""
        if self.message_id is None:
            return None
        return MessageAddress(channel_id=self.channel_id, message_id=self.message_id)

    @property
    def is_open(self) -> bool:
        """Whether something is still to come."""
        return self.phase in OPEN_PHASES

    def is_in(self, phase: Phase, now: datetime) -> bool:
        """Whether it is in a phase and the time for that is not over.

        It is moved on a little later than its time is over, or much later if the bot was down.
        """
        ends = {Phase.SUBMITTING: self.submit_until, Phase.VOTING: self.vote_until}
        return self.phase is phase and now < ends[phase]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A picture in a contest.

    `number` is drawn by lot when the voting starts. `place` and `weight` (in thousandths) are
    written when the contest closes.
    """

    contest_id: ContestId
    image_id: ImageId
    user_id: UserId
    origin: MessageAddress
    entered_at: datetime
    number: int | None = None
    place: int | None = None
    weight: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A member's vote for an entry; `weight` is in thousandths."""

    contest_id: ContestId
    image_id: ImageId
    user_id: UserId
    weight: int


def entry_target(contest_id: ContestId, number: int) -> str:
    """What a button carries that concerns a page or an entry, by its number."""
    return f"{contest_id}-{number}"


def read_entry_target(target: str) -> tuple[ContestId, int] | None:
    """The contest and the number; None if a button carries no such thing."""
    contest_id, _, number = target.partition("-")
    if not contest_id or not number.isdecimal() or len(number) > 4:  # noqa: PLR2004 - digits enough
        return None
    return ContestId(contest_id), int(number)
