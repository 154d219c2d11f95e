"""Pictures that a server may look at together, with what their votes come to."""

from dataclasses import dataclass

from bot.domain.ids import ChannelId, ImageId
from bot.domain.jobs.job import MessageAddress
from bot.domain.jobs.stored_picture import StoredPicture
from bot.domain.voting.vote import NO_VOTES, Tally

EXAMPLES_OF_A_STYLE = 3
"""How many of its best-liked pictures show what a style looks like, beside the chosen one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LikedPicture:
    """A picture that may be shown to all; `shown` is None where its message is not known.

    `channel_id` is where it was painted, whose rules it carries along.
    """

    image_id: ImageId
    channel_id: ChannelId
    picture: StoredPicture
    tally: Tally = NO_VOTES
    shown: MessageAddress | None = None
