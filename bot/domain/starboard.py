"""The starboard: what a server likes is shown once more, in a channel of its own.

A picture's stars are the members who voted for it; new accounts count by their votes' weight.
Once shown it stays, also where votes are taken back: it was seen, and a picture that comes and
goes with one vote would be an announcement each time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.ids import ChannelId, GuildId, ImageId, MessageId
from bot.domain.jobs.job import MessageAddress
from bot.domain.voting.vote import FULL_WEIGHT

DEFAULT_THRESHOLD = 3
MOST_THRESHOLD = 100

EDIT_EVERY = timedelta(seconds=10)
"""How often the count of one picture is edited, at most."""

SENDING_TAKES = timedelta(seconds=90)
"""Who began to post longer ago than this has ended, with or without a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Starboard:
    """Where a server's starboard is, and from how many stars on.

    `unreached` is whether its managers were told that nothing can be posted there.
    """

    guild_id: GuildId
    channel_id: ChannelId
    threshold: int
    unreached: bool = False


@dataclass(frozen=True, slots=True)
class Stars:
    """The votes for a picture, and what they weigh in thousandths."""

    votes: int = 0
    weight: int = 0

    def reach(self, threshold: int) -> bool:
        """Whether they are enough."""
        return self.weight >= threshold * FULL_WEIGHT


class PostState(StrEnum):
    """Where a picture is on its way to the starboard.

    waiting → posting → posted → removing → removed → posting …
                              ↘ dismissed
    """

    WAITING = "waiting"
    """It has the stars, and could not be posted yet."""
    POSTING = "posting"
    """Somebody sends it; after a crash it may stand there already."""
    POSTED = "posted"
    REMOVING = "removing"
    REMOVED = "removed"
    """It may not be shown any more; if it may again, it is posted again."""
    DISMISSED = "dismissed"
    """A moderator deleted it from the starboard: it never comes back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StarPost:
    """A picture on its way to a starboard, or on it.

    Attributes:
        origin: the message that the picture is in.
        message_id: of its message on the starboard.
        safe: whether a channel with safe mode may show it.
        stars: the votes that its message shows.
        times: how often it was posted; a part of the name by which Discord knows a repetition.
        since: when it came into its state.
    """

    image_id: ImageId
    guild_id: GuildId
    channel_id: ChannelId
    origin: MessageAddress
    state: PostState
    message_id: MessageId | None = None
    safe: bool
    stars: int = 0
    times: int = 1
    since: datetime
    edited_at: datetime | None = None

    @property
    def address(self) -> MessageAddress | None:
        """Where its message on the starboard is."""
        if self.message_id is None:
            return None
        return MessageAddress(channel_id=self.channel_id, message_id=self.message_id)

    @property
    def nonce(self) -> str:
        """By what Discord recognises that the same is posted again."""
        return f"{self.image_id[:19]}-s{self.times}"


class Step(StrEnum):
    """What is to be done about a picture now."""

    NOTHING = "nothing"
    POST = "post"
    KEEP_IN_STEP = "keep_in_step"
    TAKE_DOWN = "take_down"


_ON_ITS_WAY = frozenset(
    {PostState.WAITING, PostState.POSTING, PostState.POSTED, PostState.REMOVING}
)


def next_step(
    board: Starboard | None, post: StarPost | None, stars: Stars, *, presentable: bool
) -> Step:
    """What is to be done; `presentable` is whether the channel in question may show the picture."""
    state = None if post is None else post.state
    if state is PostState.DISMISSED:
        return Step.NOTHING
    if not presentable or state is PostState.REMOVING:
        return Step.TAKE_DOWN if state in _ON_ITS_WAY else Step.NOTHING
    if state is PostState.POSTED:
        return Step.KEEP_IN_STEP
    if state is PostState.POSTING:
        return Step.POST
    if board is None or not stars.reach(board.threshold):
        return Step.TAKE_DOWN if state is PostState.WAITING else Step.NOTHING
    return Step.POST


def edit_due_at(post: StarPost, now: datetime) -> datetime:
    """When its count may be edited next; now, where that is past."""
    return now if post.edited_at is None else max(now, post.edited_at + EDIT_EVERY)
